"""Imbalance of the Néel state, exact and under the effective model (goihl2018, Fig. 8)."""

import numpy as np
import xarray as xr

from mbl.registry import Variable, statistic
from mbl.systems.ring_contents import HAMILTONIAN, IMBALANCE, TIME, TRUNCATION_ORDER


@statistic(
    "ring/imbalance",
    references="goihl2018, eq. 11, Fig. 8",
    contents={
        "imbalance": Variable(("seed", "hamiltonian", "time"), "f", "1", IMBALANCE),
        "imbalance_error": Variable(
            ("seed",),
            "f",
            "1",
            "largest difference of the exact and the effective model's imbalance",
        ),
        "truncation_order": Variable((), "f", "1", TRUNCATION_ORDER),
    }
    | HAMILTONIAN
    | TIME,
    of=("imbalance",),
)
def imbalance(block: xr.Dataset) -> xr.Dataset:
    """Imbalance of each realisation, and how far the effective model is from it."""
    curves = block["imbalance"].reset_coords(drop=True)
    return xr.Dataset(
        {
            "imbalance": curves,
            "imbalance_error": differences(curves).max("time"),
            "truncation_order": float(block["truncation_order"]),
        }
    )


def differences(curves: xr.DataArray) -> xr.DataArray:
    """Absolute difference of the exact imbalance and that under the effective model."""
    exact, effective = (curves.sel(hamiltonian=name, drop=True) for name in ("exact", "effective"))
    return abs(exact - effective)


def ranked(imbalance: xr.Dataset, effective: xr.Dataset) -> xr.Dataset:
    """Realisations of one key ranked by ‖H − H_eff^(N)‖ / ‖H‖, the best first.

    Parameters
    ----------
    imbalance, effective
        Rows of `ring/imbalance` and `ring/effective`, the same realisations of one L and Δ.

    Returns
    -------
    Dataset
        Imbalance and norm error with `rank` in the place of the seed, and the order N.
    """
    order = int(imbalance["truncation_order"].item())
    curves = imbalance["imbalance"].squeeze(["L", "Delta"])
    error = effective["norm_error"].squeeze(["L", "Delta"]).sel(order=order, drop=True)
    error = error.sel(seed=curves["seed"])
    error.attrs["long_name"] += " of the effective model"
    best_first = np.argsort(error.values, kind="stable")
    data = xr.Dataset({"imbalance": curves, "norm_error": error}).isel(seed=best_first)
    by_rank = data.rename_dims(seed="rank").reset_index("seed")
    about = {"units": "1", "long_name": "rank by ‖H − H_eff‖ / ‖H‖, 0 the best"}
    return by_rank.assign_coords(
        rank=("rank", np.arange(len(best_first)), about),
        truncation_order=((), order, imbalance["truncation_order"].attrs),
    )
