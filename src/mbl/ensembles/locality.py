"""Truncation errors of the l-bits and the buffers that hold them (goihl2018, Figs. 2–5)."""

from collections.abc import Callable, Sequence

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate, estimated, resampled
from mbl.ensembles.rows import LackingError, averaged, once_per_table, select
from mbl.hilbert import Floats
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


def errors_of_lbits(rows: xr.Dataset, support: int) -> xr.DataArray:
    """Truncation errors of every l-bit at one |S|, by site.

    Raises
    ------
    LackingError
        Where there is no such buffer.
    """
    return select(rows, support=support)["truncation_error"]


def proper_errors(rows: xr.Dataset, L: int) -> xr.DataArray:
    """Truncation errors of the realisations of one size on buffers smaller than the ring.

    Returns
    -------
    DataArray (Delta, seed, support)
        Means over the l-bits of each realisation, |S| < L.
    """
    error = error_over_lbits(rows.sel(L=L), " over l-bits")
    return error.sel(support=[size for size in supports(L) if size < L])


def half_heights(error: xr.DataArray) -> dict[int, Estimate]:
    """The Δ at which the mean truncation error falls through 1/2, by |S|.

    Parameters
    ----------
    error
        Of `proper_errors`.

    Returns
    -------
    dict
        Interpolated between neighbouring Δ, with the error by resampling seeds of all Δ jointly.

    Raises
    ------
    LackingError
        Where the error does not fall through 1/2 between two Δ, at any |S|.
    """
    Delta = error["Delta"].values.astype(float)

    def falls(rows: Floats) -> Floats:
        means = np.nanmean(rows, axis=0)
        return np.array([_falls_through(Delta, of_support, 0.5) for of_support in means.T])

    rows = error.transpose("seed", "Delta", "support")
    never = np.isnan(falls(rows.values))
    if never.any():
        sizes = ", ".join(str(size) for size in error["support"].values[never])
        raise LackingError(f"no two Delta between which the error at |S| = {sizes} is halved")
    height, spread, _ = resampled(falls, rows)
    numbers = zip(error["support"].values, height, spread, strict=True)
    count = error.sizes["seed"]
    return {int(size): Estimate(value, apart, count) for size, value, apart in numbers}


def _falls_through(x: Floats, y: Floats, height: float) -> float:
    """Where the line through points first falls through a height, NaN where it does not."""
    (right,) = np.nonzero((y[:-1] > height) & (y[1:] <= height))
    if not len(right):
        return np.nan
    i = right[0]
    return float(np.interp(height, y[[i + 1, i]], x[[i + 1, i]]))


def decay_rate(error: xr.DataArray) -> Estimate:
    """Mean decay rate of ln ε per site of |S|, from the smallest to the largest buffer.

    It is that between the end points: the decay need not be exponential.

    Parameters
    ----------
    error
        Truncation errors ε, (seed, support).
    """
    return estimated(_rate_over(error), error.dropna("seed").transpose("seed", "support"))


def rate_difference(first: xr.DataArray, second: xr.DataArray) -> Estimate:
    """Mean decay rate (`decay_rate`) of second less that of first, over the seeds of both."""
    rate = _rate_over(first)
    known = [one.dropna("seed").transpose("seed", "support") for one in (first, second)]
    return estimated(lambda one, other: rate(other) - rate(one), *known, pairs=True)


def _rate_over(error: xr.DataArray) -> Callable[[Floats], float]:
    """Function from rows (seed, support) to their mean decay rate per site."""
    span = float(error["support"][-1] - error["support"][0])

    def rate(rows: Floats) -> float:
        first, last = rows[:, 0].mean(), rows[:, -1].mean()
        return float(np.log(first / last) / span)

    return rate


def local_rates(error: xr.DataArray) -> Floats:
    """Decay rates of ln ε per site between neighbouring |S|, (seed, support) to (supports − 1,)."""
    means = np.log(error.mean("seed").transpose("support").values)
    rates: Floats = -np.diff(means) / np.diff(error["support"].values)
    return rates


def buffers_over_lbits(rows: xr.Dataset, thresholds: Sequence[float]) -> xr.DataArray:
    """Minimal buffers |S| of each realisation, mean over its l-bits.

    Parameters
    ----------
    rows
        Of `ring/locality`.
    thresholds
        The weights α that they hold.
    """
    by_size = [_buffers(rows["truncation_error"].sel(L=[L]), thresholds) for L in rows["L"].values]
    buffer = xr.concat(by_size, "L").transpose(..., "seed", "threshold")
    buffer.attrs = {"units": "1", "long_name": "smallest |S| with weight α, over l-bits"}
    buffer["threshold"].attrs = {"units": "1", "long_name": "weight α that the buffer holds"}
    return buffer


def mean_buffers(rows: xr.Dataset, thresholds: Sequence[float]) -> xr.Dataset:
    """Minimal buffers |S| over l-bits (`buffers_over_lbits`), with their standard errors."""
    return averaged(xr.Dataset({"buffer": buffers_over_lbits(rows, thresholds)}))


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
