"""Second-order perturbation theory of the purity against exact eigenstates (SM E)."""

import numpy as np
import xarray as xr

from mbl.ensembles.midspectrum import MOMENTS, purity_moments
from mbl.ensembles.rows import once_per_table
from mbl.registry import Variable, coordinate, statistic


@statistic(
    "chain/perturbation",
    references="colmenarez2023, supplementary material E",
    contents={
        "effect": Variable(("seed",), "f", "1", "median over eigenstates and sites of 1 − γ"),
        "deviation": Variable(
            ("seed",), "f", "1", "median over eigenstates and sites of |γ to second order − γ|"
        ),
    }
    | MOMENTS
    | coordinate("distance", "i", "1", "distance from the ends"),
    of=("perturbation",),
    ensemble="perturbation",
)
def perturbation(block: xr.Dataset) -> xr.Dataset:
    """Purities of each realisation, and the error of perturbation theory.

    Medians, as a resonance makes single purities small and takes them out of the expansion.
    """
    dims = ("seed", "configuration", "site")
    exact, second = (block[name].transpose(*dims).values for name in ("exact", "perturbative"))
    moments = purity_moments(exact)
    return xr.Dataset(
        {
            "effect": ("seed", np.median(1 - exact, axis=(1, 2))),
            "deviation": ("seed", np.median(np.abs(second - exact), axis=(1, 2))),
            **{name: (("seed", "distance"), values) for name, values in moments.items()},
        },
        {"seed": block["seed"].values, "distance": np.arange((exact.shape[-1] + 1) // 2)},
    )


@once_per_table
def quartiles(rows: xr.Dataset) -> xr.Dataset:
    """Quartiles over realisations of 1 − γ and of the error of perturbation theory at each W.

    Parameters
    ----------
    rows
        Tier 2 of `perturbation`, of chains of one L.

    Returns
    -------
    Dataset
        `effect` and `deviation` along `quantile` and W, ascending.
    """
    by_strength = rows.swap_dims(key="W").sortby("W").drop_vars(["n", "beta", "L"])
    out = xr.Dataset()
    for name in ("effect", "deviation"):
        out[name] = by_strength[name].quantile([0.25, 0.5, 0.75], "seed")
        meaning = rows[name].attrs.get("long_name", name)
        out[name].attrs = {"units": "1", "long_name": f"quartiles of the {meaning}"}
    return out
