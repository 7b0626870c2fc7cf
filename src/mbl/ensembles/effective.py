"""Statistics of the effective model (goihl2018, Figs. 6 and 7)."""

from collections.abc import Iterable

import numpy as np
import xarray as xr

from mbl.ensembles.statistics import grid, statistics


def effective_statistics(keys: Iterable[xr.Dataset]) -> xr.Dataset:
    """Errors of the truncated models, and couplings by order and extension.

    Parameters
    ----------
    keys
        Datasets of kind `effective`, all realisations of one L and Δ each.

    Returns
    -------
    Dataset of kind `effective_statistics`
    """
    return grid(
        statistics(key, {"norm_error": key["norm_error"], "coupling": mean_couplings(key)})
        for key in keys
    )


def mean_couplings(key: xr.Dataset) -> xr.DataArray:
    """Mean |ω_μ| of each realisation over the μ of one order and extension.

    Returns
    -------
    DataArray (seed, order, extension), in units of J
        NaN where no μ has that order and extension.
    """
    spins, extension = key["spins"].values, key["extension"].values
    orders, extensions = np.unique(spins[spins > 0]), np.unique(extension)
    kind = (spins[:, None, None] == orders[:, None]) & (extension[:, None, None] == extensions)
    count = kind.sum(axis=0)
    total = np.tensordot(np.abs(key["coupling"].values), kind.astype(float), axes=1)
    return xr.DataArray(
        total / np.where(count, count, np.nan),
        dims=("seed", "order", "extension"),
        coords={"order": orders, "extension": extensions},
    )
