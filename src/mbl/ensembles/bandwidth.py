"""Bandwidths of the bubble at which the gap ratio is largest (colmenarez2023, Fig. 6)."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from mbl.ensembles.crossings import SHARE, mean_of
from mbl.ensembles.estimates import Estimate, resampled
from mbl.ensembles.lines import Polynomial, fit_polynomial
from mbl.ensembles.rows import LackingError, keys_of
from mbl.hilbert import Floats


def parabola(rows: xr.Dataset, n: int, W: float) -> Polynomial:
    """Parabola in ln β through the gap ratios of a bubble of n states.

    Raises
    ------
    LackingError
        Where fewer than four bandwidths are scanned.
    """
    scan = _scan(rows, n, W)
    return fit_polynomial(np.log(scan["beta"].values), scan["gap_ratio"], degree=2)


def best_bandwidth(rows: xr.Dataset, bubbles: Sequence[int], *W: float) -> Estimate:
    """Logarithm of β where the parabolas are highest, mean over bubbles; of two W the difference.

    Its error is not known where fewer than `SHARE` of the resamples of seeds have a maximum.
    """
    scans = [_scan(rows, n, strength) for strength in W for n in bubbles]
    # Coefficients of the parabola of least squares from the mean gap ratios.
    solve = [np.linalg.pinv(np.vander(np.log(scan["beta"].values), 3)) for scan in scans]

    def statistic(*samples: Floats) -> float:
        tops = [_top(*(one @ mean_of(sample))) for one, sample in zip(solve, samples, strict=True)]
        means = np.reshape(tops, (len(W), len(bubbles))).mean(axis=1)
        return float(means[-1] - means[0] if len(W) > 1 else means[0])

    samples = [scan["gap_ratio"].transpose("seed", "key").reset_coords(drop=True) for scan in scans]
    value, error, drawn = resampled(statistic, *samples)
    known = np.isfinite(drawn).mean() > SHARE if drawn.size else False
    return Estimate(
        float(value), float(error) if known else np.nan, rows.sizes["seed"], paired=len(W) > 1
    )


def _scan(rows: xr.Dataset, n: int, W: float) -> xr.Dataset:
    """Keys of one bubble at one strength, by β."""
    scan = keys_of(rows, "beta", n=n, W=W)
    if scan.sizes["key"] < 4:
        raise LackingError(f"{scan.sizes['key']} bandwidths, where a parabola takes four")
    return scan


def _top(bend: float, slope: float, _: float) -> float:
    """Where a parabola is highest; NaN where it is not."""
    return float(-0.5 * slope / bend) if bend < 0 else np.nan
