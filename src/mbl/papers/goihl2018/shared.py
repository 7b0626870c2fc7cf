"""What several claims of goihl2018 ask of rows."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate, paired, rise
from mbl.ensembles.lines import REJECTED, Polynomial, fit_polynomial
from mbl.ensembles.rows import LackingError
from mbl.hilbert import Floats
from mbl.ledger.verdicts import Verdict, Word, altogether, below, monotone, within

LOCALISED = 10.0  # Δ from which the paper calls rings localised
BENT = 0.25  # change of a decay rate over all points, as a share of it, that leaves a line a line


def percent(part: Estimate) -> str:
    """A share in per cent: ``94 ± 3 %``."""
    return f"{part.scaled(100)} %"


def localised(data: xr.DataArray) -> list[xr.DataArray]:
    """Rows at each Δ of the localised phase, one or more."""
    strong = data.sel(Delta=slice(LOCALISED, None))
    if not strong.sizes["Delta"]:
        raise LackingError(f"no Delta from {LOCALISED:g} on")
    return [strong.isel(Delta=n) for n in range(strong.sizes["Delta"])]


def log_ratio(first: xr.DataArray, second: xr.DataArray) -> Estimate:
    """Logarithm of the mean of second over that of first, over the seeds that both have.

    Its error, to first order, is that of the differences of rows in units of their means.
    """
    rows = xr.align(first.dropna("seed"), second.dropna("seed"), join="inner")
    means = [one.mean("seed") for one in rows]
    apart = paired(rows[0] / means[0], rows[1] / means[1])
    return replace(apart, value=float(np.log(means[1] / means[0])))


def falls(points: Sequence[xr.DataArray], numbers: str) -> Verdict:
    """Whether logarithms of means fall from each point to the next, paired."""
    return monotone(*rise(points[::-1], log_ratio), numbers)


def curve(x: Floats, points: xr.DataArray) -> tuple[Polynomial, Estimate]:
    """Line through logarithms of means, and by which share its slope falls over all points."""
    line = fit_polynomial(x, points, 1, logarithm=True)
    parabola = fit_polynomial(x - x.mean(), points, 2, logarithm=True)
    rate = abs(line.coefficients[1].value)
    return line, parabola.coefficients[2].scaled(2 * float(np.ptp(x)) / rate)


def exponential(curves: Sequence[tuple[Polynomial, Estimate]], numbers: str) -> Verdict:
    """Whether all curves fall exponentially: no more and no less.

    No line may be rejected, one among so many. As that is no evidence where errors are large, no
    rate may change by more than `BENT` of itself.
    """
    verdicts = []
    for line, bend in curves:
        if line.p_value < REJECTED / len(curves):
            return Verdict(Word.NOT_SUPPORTED, numbers)
        if np.isnan(line.p_value):  # too few realisations to tell
            verdicts.append(Verdict(Word.UNDECIDED, ""))
        verdicts += [below(line.coefficients[1], 0.0, ""), within(bend, -BENT, BENT, "")]
    return altogether(numbers, *verdicts)
