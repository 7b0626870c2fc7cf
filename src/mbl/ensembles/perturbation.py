"""Second-order perturbation theory of the purity against exact eigenstates (SM E)."""

import xarray as xr

from mbl.ensembles.rows import once_per_table
from mbl.registry import Variable, coordinate, statistic

COMPARED = ("exact", "perturbative")
OVER = ("seed", "configuration", "site")


@statistic(
    "chain/perturbation",
    references="colmenarez2023, supplementary material E",
    contents={
        "exact": Variable(OVER, "f", "1", "γ, exact"),
        "perturbative": Variable(OVER, "f", "1", "γ to second order in J/W"),
    }
    | coordinate("configuration", "i", "1", "product state that the eigenstate stems from")
    | coordinate("site", "i", "1", "site, from 0"),
    of=("perturbation",),
    ensemble="perturbation",
)
def perturbation(block: xr.Dataset) -> xr.Dataset:
    """Purities by second-order perturbation theory beside exact ones."""
    return block[list(COMPARED)].reset_coords(drop=True).transpose(*OVER)


@once_per_table
def quartiles(rows: xr.Dataset) -> xr.Dataset:
    """Quartiles of 1 − γ and of the error of perturbation theory at each W.

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
    exact, second = (by_strength[name] for name in COMPARED)
    out = xr.Dataset()
    for name, values, long_name in (
        ("effect", 1 - exact, "quartiles of 1 − γ"),
        ("deviation", abs(second - exact), "quartiles of |γ to second order − γ|"),
    ):
        out[name] = values.quantile([0.25, 0.5, 0.75], OVER)
        out[name].attrs = {"units": "1", "long_name": long_name}
    return out
