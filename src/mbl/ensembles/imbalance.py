"""Imbalance of the Néel state, exact and under the effective model (goihl2018, Fig. 8)."""

import numpy as np
import xarray as xr

from mbl.registry import Variable, statistic
from mbl.systems.ring_contents import HAMILTONIAN, IMBALANCE, TIME, TRUNCATION_ORDER

DISTANCE = "‖H − H_eff‖ in operator norm, of the effective model"


@statistic(
    "ring/imbalance",
    references="goihl2018, eq. 11, Fig. 8",
    contents={
        "imbalance": Variable(("seed", "hamiltonian", "time"), "f", "1", IMBALANCE),
        "truncation_order": Variable((), "f", "1", TRUNCATION_ORDER),
    }
    | HAMILTONIAN
    | TIME,
    of=("imbalance",),
)
def imbalance(block: xr.Dataset) -> xr.Dataset:
    """Imbalance of each realisation."""
    curves = block["imbalance"].reset_coords(drop=True)
    order = float(block["truncation_order"])
    return xr.Dataset({"imbalance": curves, "truncation_order": order})


@statistic(
    "ring/reproduction",
    references="goihl2018, Fig. 8",
    contents={
        "imbalance_error": Variable(
            ("seed",),
            "f",
            "1",
            "largest difference of the exact and the effective model's imbalance",
        )
    },
    of=("imbalance",),
)
def reproduction(block: xr.Dataset) -> xr.Dataset:
    """How far the effective model's imbalance is from that of each realisation."""
    apart = abs(_differences(block["imbalance"])).max("time").reset_coords(drop=True)
    return xr.Dataset({"imbalance_error": apart})


def reproduced(rows: xr.Dataset, within: float) -> xr.DataArray:
    """Whether the model's imbalance is never farther than so much from that of a realisation.

    Parameters
    ----------
    rows
        Of `ring/reproduction`.

    Returns
    -------
    DataArray
        1 or 0, NaN where there is no such realisation.
    """
    error = rows["imbalance_error"]
    return (error < within).where(error.notnull()).astype(float)


def _differences(curves: xr.DataArray) -> xr.DataArray:
    """Imbalance under the effective model less the exact one."""
    exact, effective = (curves.sel(hamiltonian=name, drop=True) for name in ("exact", "effective"))
    return effective - exact


def distances(imbalance: xr.Dataset, effective: xr.Dataset) -> xr.DataArray:
    """‖H − H_eff^(N)‖ of every realisation of one L and Δ whose dynamics are known, in units of J.

    Parameters
    ----------
    imbalance, effective
        Rows of `ring/imbalance` and `ring/effective`, the same realisations.
    """
    order = int(imbalance["truncation_order"].item())
    models = effective[["norm_error", "operator_norm"]].squeeze(["L", "Delta"])
    models = models.sel(order=order, drop=True).sel(seed=imbalance["seed"])
    distance = models["norm_error"] * models["operator_norm"]
    return distance.assign_attrs(units="J", long_name=DISTANCE)


def deviations(imbalance: xr.Dataset) -> xr.Dataset:
    """How the effective model's imbalance deviates from the exact one, in every realisation.

    Parameters
    ----------
    imbalance
        Rows of `ring/imbalance` of one L and Δ.

    Returns
    -------
    Dataset (seed)
        `largest` and `average` difference over all times, `early` and `late` the mean absolute one
        in the first and the last third of them, and `oscillations`: how much the exact imbalance's
        departures from its average are missed, root mean squares one over the other.
    """
    curves = imbalance["imbalance"].squeeze(["L", "Delta"], drop=True)
    difference, exact = _differences(curves), curves.sel(hamiltonian="exact", drop=True)
    third = max(1, curves.sizes["time"] // 3)
    apart = abs(difference)
    return xr.Dataset(
        {
            "largest": apart.max("time"),
            "average": difference.mean("time"),
            "early": apart.isel(time=slice(third)).mean("time"),
            "late": apart.isel(time=slice(-third, None)).mean("time"),
            "oscillations": difference.std("time") / exact.std("time"),
        }
    )


def ranked(imbalance: xr.Dataset, effective: xr.Dataset) -> xr.Dataset:
    """Realisations of one key ranked by ‖H − H_eff^(N)‖, the best first.

    Parameters
    ----------
    imbalance, effective
        Rows of `ring/imbalance` and `ring/effective`, the same realisations of one L and Δ.

    Returns
    -------
    Dataset
        Imbalance and `distance` with `rank` in the place of the seed, and the order N.
    """
    distance = distances(imbalance, effective)
    best_first = np.argsort(distance.values, kind="stable")
    curves = imbalance["imbalance"].squeeze(["L", "Delta"])
    data = xr.Dataset({"imbalance": curves, "distance": distance}).isel(seed=best_first)
    by_rank = data.rename_dims(seed="rank").reset_index("seed")
    about = {"units": "1", "long_name": "rank by ‖H − H_eff‖, 0 the best"}
    order = int(imbalance["truncation_order"].item())
    return by_rank.assign_coords(
        rank=("rank", np.arange(len(best_first)), about),
        truncation_order=((), order, imbalance["truncation_order"].attrs),
    )
