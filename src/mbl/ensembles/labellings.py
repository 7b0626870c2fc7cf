"""Labellings side by side on the same eigenstates (beyond the papers)."""

from collections.abc import Iterable

import xarray as xr

from mbl.ensembles.effective import mean_couplings
from mbl.ensembles.statistics import mean_and_error

Realisations = tuple[xr.Dataset, xr.Dataset, xr.Dataset, xr.Dataset]


def labelling_statistics(keys: Iterable[tuple[str, Realisations]]) -> xr.Dataset:
    """Locality, effective model and dynamics of every realisation under every labelling.

    Parameters
    ----------
    keys
        Name of a labelling with datasets of kinds `lbits`, `locality`, `effective` and `imbalance`,
        all realisations of one L and Δ each.

    Returns
    -------
    Dataset of kind `labelling_statistics`
    """
    rows = [_row(name, *parts) for name, parts in keys]
    names = list(dict.fromkeys(str(row["labelling"].item()) for row in rows))
    joined = xr.merge(rows, join="outer", compat="no_conflicts")
    return joined.sel(labelling=names).sortby(["L", "Delta"])


def _row(
    name: str, lbits: xr.Dataset, locality: xr.Dataset, effective: xr.Dataset, imbalance: xr.Dataset
) -> xr.Dataset:
    """One labelling at one L and Δ."""
    evolved = imbalance["imbalance"]
    apart = abs(evolved.sel(hamiltonian="exact") - evolved.sel(hamiltonian="effective"))
    couplings = mean_couplings(effective)
    mean, error = mean_and_error(couplings)
    row = xr.Dataset(
        {
            "truncation_error": locality["truncation_error"].mean("site"),
            "norm_error": effective["norm_error"],
            "imbalance_error": apart.max("time"),
            "objective": lbits["objective"],
            "bound": lbits["bound"],
            "coupling": mean,
            "coupling_error": error,
        }
    ).reset_coords(drop=True)
    at = {"labelling": name, "L": int(lbits["L"]), "Delta": float(lbits["Delta"])}
    return row.assign_coords(at).expand_dims(list(at))
