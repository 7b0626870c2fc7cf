"""Numbers with standard errors over realisations, which share their disorder across all keys.

A seed is one disorder, of which every system is a piece (`mbl.disorder`): rows of the same seed
belong together whatever their size, bubble or strength of disorder. Differences are taken row by
row, and what several keys enter is resampled by seeds.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import xarray as xr
from scipy.stats import DegenerateDataWarning, bootstrap

from mbl.ensembles.rows import LackingError, mean_and_error
from mbl.hilbert import Floats

RESAMPLES = 1000


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error.

    Attributes
    ----------
    value, error
        In the unit of what is estimated; the error is NaN where it is not known.
    realisations
        How many entered.
    paired
        Whether it compares rows of the same seeds.
    """

    value: float
    error: float
    realisations: int = 0
    paired: bool = False

    def __str__(self) -> str:
        """Value and error to two digits of the error: ``0.441 ± 0.013``."""
        if not np.isfinite(self.error) or self.error == 0:
            return f"{self.value:.3g}"
        digits = max(0, 1 - int(np.floor(np.log10(self.error))))
        return f"{self.value:.{digits}f} ± {self.error:.{digits}f}"

    @property
    def over(self) -> str:
        """Of what: ``over 200 realisations``, ``paired over 200 realisations``."""
        return f"{'paired ' * self.paired}over {self.realisations} realisations"

    def scaled(self, factor: float) -> Self:
        """The same in another unit."""
        value, error = self.value * factor, self.error * abs(factor)
        return type(self)(value, error, self.realisations, self.paired)


def mean(rows: xr.DataArray, *, pairs: bool = False) -> Estimate:
    """Mean over realisations of one number a realisation, shape (seed,).

    Raises
    ------
    LackingError
        Where no realisation has the number.
    """
    value, error = mean_and_error(rows)
    count = int(rows.notnull().sum())
    if not count:
        raise LackingError("no realisation of it")
    return Estimate(float(value), float(error), count, pairs)


def paired(first: xr.DataArray, second: xr.DataArray) -> Estimate:
    """Mean of second less first over the seeds that both have, shape (seed,) each.

    Raises
    ------
    LackingError
        Where they have no seed in common.
    """
    first, second = (rows.reset_coords(drop=True) for rows in (first, second))
    return mean(second - first, pairs=True)


def rise(
    points: Sequence[xr.DataArray],
    compare: Callable[[xr.DataArray, xr.DataArray], Estimate] = paired,
) -> tuple[Estimate, list[Estimate]]:
    """How far something rises over all points, and from each of them to the next.

    Parameters
    ----------
    points
        Rows of each, two or more.
    compare
        Gives by how much the second of two exceeds the first.
    """
    return compare(points[0], points[-1]), [compare(*two) for two in pairwise(points)]


def share(rows: xr.DataArray) -> Estimate:
    """Share of realisations that have a property (rows of 0, 1 and NaN where unknown).

    The error is that of Agresti and Coull (Am. Stat. 52, 119) at two standard errors, which does
    not vanish where all realisations or none have it; the value is the plain share.
    """
    known = rows.values[np.isfinite(rows.values)]
    if not len(known):
        raise LackingError("no realisation of it")
    count, have = len(known), float(known.sum())
    shrunk = (have + 2) / (count + 4)
    error = np.sqrt(shrunk * (1 - shrunk) / (count + 4)) + abs(shrunk - have / count) / 2
    return Estimate(have / count, float(error), count)


def resampled(
    statistic: Callable[..., Floats | float],
    *rows: xr.DataArray,
    pairs: bool = False,
    resamples: int = RESAMPLES,
) -> tuple[Floats, Floats, Floats]:
    """A function of the rows of several keys, with its error by bootstrap of seeds.

    Parameters
    ----------
    statistic
        Function of as many arrays as there are `rows`, seeds along the first axis of each, NaN
        where a key lacks a seed. Its value may be an array, NaN where it fails.
    *rows
        With a dimension `seed` each; joined by seed.
    pairs
        Whether only seeds count that all `rows` have.
    resamples
        Their number.

    Returns
    -------
    value, error, distribution
        Of all rows; the standard deviation over resamples, NaN of a single realisation; and the
        resamples along a last axis.
    """
    plain = [one.reset_coords(drop=True) for one in rows]
    aligned = xr.align(*plain, join="inner" if pairs else "outer")
    arrays = [one.transpose("seed", ...).values for one in aligned]
    count = len(arrays[0]) if arrays else 0
    if not count:
        raise LackingError("no realisation in common" if pairs else "no realisation of it")
    value = np.asarray(statistic(*arrays), dtype=float)
    if count < 2:
        return value, np.full_like(value, np.nan), np.full((*value.shape, 0), np.nan)

    def of_resample(chosen: np.ndarray) -> Floats:
        return np.asarray(statistic(*(array[chosen] for array in arrays)), dtype=float)

    # A generator of its own kind of start: the same rows always have the same error.
    with warnings.catch_warnings():
        # of its interval, which is not used, where the statistic fails for a resample
        warnings.simplefilter("ignore", DegenerateDataWarning)
        drawn = bootstrap(
            (np.arange(count),), of_resample, n_resamples=resamples, vectorized=False,
            method="percentile", rng=np.random.default_rng(0),
        ).bootstrap_distribution  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where fewer than two have a value
        error = np.asarray(np.nanstd(drawn, axis=-1, ddof=1))
    return value, error, drawn


def estimated(
    statistic: Callable[..., float], *rows: xr.DataArray, pairs: bool = False
) -> Estimate:
    """A number made of the rows of several keys, with its error by bootstrap (`resampled`)."""
    value, error, _ = resampled(statistic, *rows, pairs=pairs)
    seeds = [set(one["seed"].values.tolist()) for one in rows]
    count = len(set.intersection(*seeds) if pairs else set.union(*seeds))
    return Estimate(float(value), float(error), count, pairs)


def covariance(points: xr.DataArray) -> tuple[Floats, Floats, int]:
    """Means of several numbers of the same realisations, and the covariance of these means.

    Parameters
    ----------
    points
        Dimension `seed` and one other.

    Returns
    -------
    mean, covariance, count
        Shapes (points,) and (points, points), over the realisations that have all points.
    """
    values = points.transpose("seed", ...).values
    whole = values[np.isfinite(values).all(axis=1)]
    count = len(whole)
    if count < 2:
        raise LackingError("fewer than two realisations of all points")
    return (
        whole.mean(axis=0),
        np.cov(whole, rowvar=False, ddof=1).reshape(2 * (values.shape[1],)) / count,
        count,
    )
