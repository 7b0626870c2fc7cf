"""Statistics of truncation errors and buffers (goihl2018, Figs. 2–5)."""

from collections.abc import Iterable, Sequence

import xarray as xr

from mbl.ensembles.statistics import grid, statistics
from mbl.lbits.locality import minimal_buffer


def locality_statistics(keys: Iterable[xr.Dataset]) -> xr.Dataset:
    """Truncation errors of each l-bit and over l-bits.

    Parameters
    ----------
    keys
        Datasets of kind `locality`, all realisations of one L and Δ each.

    Returns
    -------
    Dataset of kind `locality_statistics`
    """
    return grid(
        statistics(
            key,
            {
                "truncation_error": key["truncation_error"],
                "mean_truncation_error": key["truncation_error"].mean("site"),
            },
        )
        for key in keys
    )


def buffer_statistics(keys: Iterable[xr.Dataset], thresholds: Sequence[float]) -> xr.Dataset:
    """Minimal buffers |S| over l-bits, for each weight α that they hold.

    Parameters
    ----------
    keys
        Datasets of kind `locality`, all realisations of one L and Δ each.
    thresholds
        The weights α.

    Returns
    -------
    Dataset of kind `buffer_statistics`
    """
    return grid(statistics(key, {"buffer": _buffers(key, thresholds)}) for key in keys)


def _buffers(key: xr.Dataset, thresholds: Sequence[float]) -> xr.DataArray:
    """Minimal buffer by seed and threshold, mean over l-bits."""
    error = key["truncation_error"].transpose("seed", "site", "support").values
    return xr.DataArray(
        [minimal_buffer(error, alpha, int(key["L"])).mean(axis=1) for alpha in thresholds],
        dims=("threshold", "seed"),
        coords={"threshold": list(thresholds)},
    ).transpose("seed", "threshold")
