"""Crossings of gap ratios of neighbouring sizes (colmenarez2023, Fig. 2, inset)."""

import numpy as np
import xarray as xr
from scipy.integrate import cumulative_trapezoid

from mbl.ensembles.estimates import Estimate, resampled
from mbl.ensembles.rows import LackingError, once_per_table
from mbl.hilbert import Floats

SHARE = 0.95  # of the resamples must have a result, or those that do tell too small an error
MEANING = {
    "crossing": ("J", "W where the gap ratios of L and L + 2 cross"),
    "crossing_error": ("J", "its standard error by bootstrap of seeds"),
    "share": ("1", "share of resamples that cross at all"),
    "n": ("1", "dimension n_GOE of the bubble, 0 without"),
    "L": ("1", "number of sites of the smaller"),
}


@once_per_table
def gap_ratio_crossings(rows: xr.Dataset) -> xr.Dataset:
    """Disorder strengths where the gap ratios of L and L + 2 cross.

    Parameters
    ----------
    rows
        Tier 2 of `midspectrum`.

    Returns
    -------
    Dataset
        `crossing`, its error and the `share` of resamples that cross, along `pair` with n_GOE and
        the smaller L; no pair where no two sizes differ by 2. Seeds are resampled, through all
        sizes and strengths together.
    """
    sizes = sorted(set(zip(rows["n"].values.tolist(), rows["L"].values.tolist(), strict=True)))
    pairs = [(n, L) for n, L in sizes if (n, L + 2) in sizes]
    found = [_resampled(rows, [(n, L, L + 2)]) for n, L in pairs]
    crossings = xr.Dataset(
        {
            name: ("pair", np.array([one[position] for one in found], dtype=float))
            for position, name in enumerate(("crossing", "crossing_error", "share"))
        },
        {
            "n": ("pair", np.array([n for n, _ in pairs], dtype=int)),
            "L": ("pair", np.array([L for _, L in pairs], dtype=int)),
        },
    )
    for name, (units, long_name) in MEANING.items():
        crossings[name].attrs = {"units": units, "long_name": long_name}
    return crossings


def crossing_at(rows: xr.Dataset, n: int, small: int, large: int) -> Estimate:
    """Where the gap ratios of two sizes cross, with a bubble of n states or without (n = 0).

    Its error is not known where fewer than `SHARE` of the resamples cross.

    Raises
    ------
    LackingError
        Where a size is not there.
    """
    value, error, share = _resampled(rows, [(n, small, large)])
    return Estimate(value, error if share > SHARE else np.nan, rows.sizes["seed"])


def crossing_shift(rows: xr.Dataset, n: int, small: int, large: int) -> Estimate:
    """Crossing of two sizes with a bubble less that of the chains alone, two sites longer.

    As `crossing_at`; seeds are resampled for all four curves together.
    """
    pairs = [(n, small, large), (0, small + 2, large + 2)]
    value, error, share = _resampled(rows, pairs)
    return Estimate(value, error if share > SHARE else np.nan, rows.sizes["seed"], paired=True)


def _resampled(rows: xr.Dataset, pairs: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Crossing of a pair of sizes, less that of a second pair: value, error, share that cross."""
    ratios, strengths = [], []
    for n, *sizes in pairs:
        small, large = (_ratios(rows, n, L) for L in sizes)
        common = np.intersect1d(small["W"].values, large["W"].values)
        ratios += [small.sel(W=common), large.sel(W=common)]
        strengths.append(common)

    def statistic(*samples: Floats) -> float:
        means = [mean_of(sample) for sample in samples]
        first, *second = (
            crossing(W, *means[2 * at : 2 * at + 2]) for at, W in enumerate(strengths)
        )
        return first - sum(second)

    value, error, drawn = resampled(statistic, *(one.reset_coords(drop=True) for one in ratios))
    return float(value), float(error), float(np.isfinite(drawn).mean()) if drawn.size else np.nan


def _ratios(rows: xr.Dataset, n: int, L: int) -> xr.DataArray:
    """Gap ratios of the realisations of one size, (seed, W)."""
    chosen = (rows["n"].values == n) & (rows["L"].values == L)
    if not chosen.any():
        raise LackingError(f"no L = {L} {f'with n_GOE = {n}' if n else 'without bubble'}")
    of_size = rows["gap_ratio"].isel(key=chosen)
    return of_size.swap_dims(key="W").sortby("W").transpose("seed", "W")


def mean_of(sample: Floats) -> Floats:
    """Mean over the realisations that there are, shape (w,); NaN where there is none."""
    count = np.isfinite(sample).sum(axis=0)
    mean: Floats = np.nansum(sample, axis=0) / np.where(count > 0, count, np.nan)
    return mean


def crossing(W: Floats, small: Floats, large: Floats) -> float:
    """Disorder strength where the gap-ratio curves of two sizes cross (Fig. 2, inset).

    The larger size has the larger r̄ on the ergodic side: only changes of r̄_large − r̄_small from
    above zero to below count, by linear interpolation. Deep in either phase noise makes spurious
    ones: of several, the one with the largest area of the difference on its left less that on its
    right is taken, which weighs all data and favours no side.

    Parameters
    ----------
    W
        Disorder strengths, ascending, shape (w,).
    small, large
        r̄ of the smaller and the larger size, shape (w,); NaN where there is none.

    Returns
    -------
    float
        NaN where the curves do not cross.
    """
    known = np.isfinite(small) & np.isfinite(large)
    W, difference = W[known], (large - small)[known]
    (left,) = np.nonzero((difference[:-1] > 0) & (difference[1:] <= 0))
    if len(left) == 0:
        return np.nan
    above, below = difference[left], difference[left + 1]
    step = (W[left + 1] - W[left]) * above / (above - below)
    area = cumulative_trapezoid(difference, W, initial=0)[left] + 0.5 * above * step
    return float((W[left] + step)[np.argmax(area)])
