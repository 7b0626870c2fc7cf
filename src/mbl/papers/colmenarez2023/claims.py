"""Claims of the main text of colmenarez2023: gap ratios, purities and their correlations."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import xarray as xr

from mbl.ensembles.crossings import crossing_at, crossing_shift
from mbl.ensembles.estimates import Estimate, estimated, mean
from mbl.ensembles.lines import fit_polynomial
from mbl.ensembles.midspectrum import moments_of, pooled_correlation
from mbl.ensembles.rows import LackingError, keys_of
from mbl.hilbert import Floats
from mbl.keys import sector_dimension
from mbl.ledger.verdicts import Verdict, Word, above, all_of, within
from mbl.papers.colmenarez2023.chains import beside, effect, farthest, largest, strengths_in
from mbl.plotting.table import bubble_size, sizes_of, strengths_of
from mbl.registry import claim
from mbl.spectral import GOE_GAP_RATIO, POISSON_GAP_RATIO

colmenarez = partial(claim, "colmenarez2023")
FAR = 2  # steps from the bubble at which sites are no longer its neighbours, nor theirs


def _gap_ratio(midspectrum: xr.Dataset, end: int, limit: float) -> Verdict:
    """Whether the largest chain's gap ratio is a limit, at the weakest or strongest disorder."""
    L, W = largest(midspectrum), strengths_of(midspectrum)[end]
    ratio = mean(beside(midspectrum, L, W)[0]["gap_ratio"])
    return within(ratio, limit - 0.02, limit + 0.02, f"L = {L}, W = {W:g}: {ratio} {ratio.over}")


@colmenarez("Fig. 2", figure="fig2")
def levels_repel_at_weak_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At weak disorder the gap ratio is that of the Gaussian orthogonal ensemble, 0.5307.

    To 0.02, a seventh of what it differs by from that of independent levels.
    """
    return _gap_ratio(midspectrum, 0, GOE_GAP_RATIO)


@colmenarez("Fig. 2", figure="fig2")
def levels_are_independent_at_strong_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At strong disorder the gap ratio is that of independent levels, 0.3863.

    To 0.02, as at weak disorder.
    """
    return _gap_ratio(midspectrum, -1, POISSON_GAP_RATIO)


def _sizes(midspectrum: xr.Dataset) -> tuple[int, int, int]:
    """n_GOE and the smallest and largest L with a bubble, whose gap ratios differ most."""
    n = bubble_size(midspectrum)
    sizes = sizes_of(midspectrum, n)
    if len(sizes) < 2:
        raise LackingError("one size, where a crossing takes two")
    return n, sizes[0], sizes[-1]


def _shift(midspectrum: xr.Dataset) -> tuple[Estimate, str]:
    """How far the bubble shifts the crossing, and the numbers."""
    n, small, large = _sizes(midspectrum)
    shift = crossing_shift(midspectrum, n, small, large)
    with_bubble = crossing_at(midspectrum, n, small, large)
    alone = crossing_at(midspectrum, 0, small + 2, large + 2)
    text = f"L = {small}, {large}: W = {with_bubble} with, {alone} without bubble, "
    return shift, f"{text}shifted by {shift} {shift.over}"


@colmenarez("Fig. 2, inset; section III", figure="fig2")
def bubble_shifts_crossing(midspectrum: xr.Dataset) -> Verdict:
    """The bubble moves the crossing of the gap ratios to slightly larger disorder."""
    shift, text = _shift(midspectrum)
    return above(shift, 0.0, text)


@colmenarez("Section V", figure="fig2")
def bubble_hardly_shifts_crossing(midspectrum: xr.Dataset) -> Verdict:
    """The bubble makes little or no drift of the crossing of the gap ratios.

    Less than 0.5 J either way, as wide as the range that the paper gives for the crossing itself.
    """
    shift, text = _shift(midspectrum)
    return within(shift, -0.5, 0.5, text)


@colmenarez("Section IV", figure="fig2")
def crossing_lies_at_the_known_disorder(midspectrum: xr.Dataset) -> Verdict:
    """With and without bubble the gap ratios cross near W = 3.5 … 4.

    To 0.5 J on either side of the range.
    """
    n, small, large = _sizes(midspectrum)
    verdicts = []
    for bubble, longer, which in ((n, 0, "with"), (0, 2, "without")):
        found = crossing_at(midspectrum, bubble, small + longer, large + longer)
        text = f"L = {small + longer}, {large + longer}: W = {found} {which} bubble {found.over}"
        verdicts.append(within(found, 3.0, 4.5, text))
    return all_of(*verdicts)


@colmenarez("Section II", figure="fig3")
def thermal_purity_falls_with_dimension(midspectrum: xr.Dataset) -> Verdict:
    """In an ergodic chain γ − 1/2 falls as d^(−1/2) with the dimension d of the sector.

    The power to 0.1, a fifth of what this law differs by from that of random vectors, d^(−1); at
    the weakest disorder, over all sizes, in the bulk of the chain with the bubble.
    """
    n, W = bubble_size(midspectrum), strengths_of(midspectrum)[0]
    keys = keys_of(midspectrum, "L", n=n, W=W)
    sizes = [int(L) for L in keys["L"].values]
    if len(sizes) < 3:
        raise LackingError("fewer than three sizes, where a power law takes three")
    dimensions = np.array([float(sector_dimension(n, L)) for L in sizes])
    line = fit_polynomial(np.log(dimensions), keys["bulk_purity"] - 0.5, logarithm=True)
    power = line.coefficients[1]
    text = f"W = {W:g}, d = {dimensions[0]:g} … {dimensions[-1]:g}: power {power} {power.over}, "
    text += line.goodness
    if line.rejected:
        return Verdict(Word.NOT_SUPPORTED, text)
    return within(power, -0.6, -0.4, text)


@colmenarez("Fig. 3", figure="fig9")
def bubble_lowers_purity_nearby(midspectrum: xr.Dataset) -> Verdict:
    """Next to the bubble the purity is lower than in the chain alone at every disorder."""
    L = largest(midspectrum)
    gaps = {W: effect(midspectrum, L, W, 0) for W in strengths_in(midspectrum, 0.0, np.inf)}
    return all_of(*(above(gap, 0.0, _told(L, W, gap)) for W, gap in gaps.items()))


def _told(L: int, W: float, gap: Estimate) -> str:
    return f"L = {L}, W = {W:g}: {gap} {gap.over}"


@colmenarez("Fig. 3, section IV", figure="fig9")
def bubble_lowers_purity_far_away(midspectrum: xr.Dataset) -> Verdict:
    """Up to W ≈ 5.6 the purity stays lower than in the chain alone at the largest distance."""
    L = largest(midspectrum)
    gaps = {W: effect(midspectrum, L, W, farthest(L)) for W in strengths_in(midspectrum, 0.0, 5.6)}
    return all_of(*(above(gap, 0.0, _told(L, W, gap)) for W, gap in gaps.items()))


@colmenarez("Fig. 3", figure="fig9")
def no_effect_far_away_at_strong_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At the strongest disorder the bubble has no effect on the purity at the largest distance.

    Less than 0.01, about half of what is left of the effect at W = 5.2, where the paper sees it.
    """
    L, W = largest(midspectrum), strengths_in(midspectrum, 7.0, np.inf)[-1]
    gap = effect(midspectrum, L, W, farthest(L))
    return within(gap, -0.01, 0.01, _told(L, W, gap))


@colmenarez("Fig. 4", figure="fig4", asks=("distance",))
def purity_grows_with_size(midspectrum: xr.Dataset, *, distance: int) -> Verdict:
    """At W ≥ 5.2 the purity at a fixed distance from the bubble grows with the chain.

    The slope of a line through all sizes, which shares its seeds.
    """
    n = bubble_size(midspectrum)
    verdicts = []
    for W in strengths_in(midspectrum, 5.2, np.inf):
        keys = keys_of(midspectrum, "L", n=n, W=W)
        keys = keys.isel(key=[distance <= farthest(int(L)) for L in keys["L"].values])
        sizes = keys["L"].values.astype(float)
        if len(sizes) < 2:
            raise LackingError(f"no two sizes with a site at distance {distance}")
        line = fit_polynomial(sizes, keys["purity"].sel(distance=distance))
        slope = line.coefficients[1]
        slope = replace(slope, paired=True)
        text = f"W = {W:g}, distance {distance}, L = {sizes[0]:g} … {sizes[-1]:g}: "
        verdicts.append(above(slope, 0.0, f"{text}{slope} a site {slope.over}"))
    return all_of(*verdicts)


def _gain(with_bubble: Floats, alone: Floats) -> float:
    """By how much the bubble raises C(r), mean over the distances beyond its neighbours."""
    size = with_bubble.shape[-1]
    gain = pooled_correlation(with_bubble) - pooled_correlation(alone)[..., :size]
    return float(gain[FAR:].mean())


def _gain_at(midspectrum: xr.Dataset, W: float) -> Verdict:
    """Whether the bubble raises C(r) in the largest chain."""
    L = largest(midspectrum)
    if farthest(L) < FAR:
        raise LackingError(f"no site beyond distance {FAR - 1}")
    pair = [moments_of(key) for key in beside(midspectrum, L, W)]
    gain = estimated(_gain, *pair, pairs=True)
    text = f"L = {L}, W = {W:g}, mean over r = {FAR} … {farthest(L)}: {gain} {gain.over}"
    return above(gain, 0.0, text)


@colmenarez("Fig. 5", figure="fig5")
def bubble_raises_correlations(midspectrum: xr.Dataset) -> Verdict:
    """At W = 4.4 the bubble enhances the correlation of purities across the chain."""
    return _gain_at(midspectrum, 4.4)


@colmenarez("Fig. 5", figure="fig5")
def correlations_raised_up_to_six(midspectrum: xr.Dataset) -> Verdict:
    """The enhancement persists at W = 5.2 and, to some extent, at 6.0."""
    return all_of(*(_gain_at(midspectrum, W) for W in (5.2, 6.0)))


@colmenarez("Fig. 5", figure="fig5")
def enhancement_grows_with_size(midspectrum: xr.Dataset) -> Verdict:
    """At W = 4.4 the enhancement of the correlation grows with the chain.

    The slope of a line through all sizes, each of which counts alike.
    """
    sizes = [L for L in sizes_of(midspectrum, bubble_size(midspectrum)) if farthest(L) >= FAR]
    if len(sizes) < 3:
        raise LackingError("fewer than three sizes, where a trend takes three")
    moments = [moments_of(key) for L in sizes for key in beside(midspectrum, L, 4.4)]

    def gains(*samples: Floats) -> list[float]:
        return [_gain(*samples[at : at + 2]) for at in range(0, len(samples), 2)]

    slope = estimated(lambda *samples: _slope(sizes, gains(*samples)), *moments, pairs=True)
    values = ", ".join(f"{gain:.3f}" for gain in gains(*(one.values for one in moments)))
    told = ", ".join(map(str, sizes))
    return above(slope, 0.0, f"L = {told}: {values}, {slope} a site {slope.over}")


def _slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Of the line of least squares."""
    return float(np.polyfit(x, y, 1)[0])
