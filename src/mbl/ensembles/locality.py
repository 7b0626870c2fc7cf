"""Truncation errors of the l-bits and the buffers that hold them (goihl2018, Figs. 2–5)."""

from collections.abc import Sequence

import xarray as xr

from mbl.ensembles.rows import averaged, once_per_table
from mbl.lbits.locality import minimal_buffer, supports
from mbl.registry import Variable, statistic
from mbl.systems.ring_contents import SITE, SUPPORT, TRUNCATION


@statistic(
    "ring/locality",
    references="goihl2018, eq. 6, Figs. 2–5",
    contents={"truncation_error": Variable(("seed", "site", "support"), "f", "1", TRUNCATION)}
    | SITE
    | SUPPORT,
    of=("locality",),
)
def locality(block: xr.Dataset) -> xr.Dataset:
    """Truncation errors of the l-bits of each realisation."""
    return xr.Dataset({"truncation_error": block["truncation_error"]}).reset_coords(drop=True)


@once_per_table
def mean_errors(rows: xr.Dataset) -> xr.Dataset:
    """Mean truncation errors of each l-bit and over l-bits, with their standard errors."""
    over_lbits = error_over_lbits(rows, " over l-bits")
    return averaged(rows[["truncation_error"]].assign(mean_truncation_error=over_lbits))


def error_over_lbits(rows: xr.Dataset, meaning: str) -> xr.DataArray:
    """Truncation error of each realisation, mean over its l-bits; `meaning` ends its long name."""
    error = rows["truncation_error"].mean("site")
    return error.assign_attrs(units="1", long_name=TRUNCATION + meaning)


def mean_buffers(rows: xr.Dataset, thresholds: Sequence[float]) -> xr.Dataset:
    """Minimal buffers |S| over l-bits, for each weight α that they hold, with standard errors.

    Parameters
    ----------
    rows
        Of `ring/locality`.
    thresholds
        The weights α.
    """
    by_size = [_buffers(rows["truncation_error"].sel(L=[L]), thresholds) for L in rows["L"].values]
    buffer = xr.concat(by_size, "L").transpose(..., "seed", "threshold")
    buffer.attrs = {"units": "1", "long_name": "smallest |S| with weight α, over l-bits"}
    buffer["threshold"].attrs = {"units": "1", "long_name": "weight α that the buffer holds"}
    return averaged(xr.Dataset({"buffer": buffer}))


def _buffers(error: xr.DataArray, thresholds: Sequence[float]) -> xr.DataArray:
    """Minimal buffers of each realisation of one size, mean over its l-bits."""
    L = int(error["L"].item())
    error = error.sel(support=supports(L)).transpose(..., "support")
    there = error.notnull().all("support")  # NaN holds no weight, and would take the whole ring
    buffers = [
        there.copy(data=minimal_buffer(error.values, alpha, L)).where(there).mean("site")
        for alpha in thresholds
    ]
    return xr.concat(buffers, xr.Variable("threshold", list(thresholds)))
