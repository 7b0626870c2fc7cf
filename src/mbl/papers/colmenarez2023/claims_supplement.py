"""Claims of the supplementary material of colmenarez2023, of Fig. 9 and of its theory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import xarray as xr

from mbl.avalanche import CRITICAL_LENGTH
from mbl.ensembles.bandwidth import best_bandwidth, parabola
from mbl.ensembles.estimates import Estimate, estimated, mean, paired, resampled
from mbl.ensembles.lines import fit_polynomial
from mbl.ensembles.midspectrum import moments_of, pooled_correlation
from mbl.ensembles.response import asymptote, deviations, misfit
from mbl.ensembles.rows import LackingError, keys_of
from mbl.hilbert import Floats
from mbl.ledger.verdicts import (
    Verdict,
    Word,
    above,
    all_of,
    altogether,
    below,
    exact,
    value_at,
    within,
)
from mbl.papers.colmenarez2023.chains import (
    beside,
    effect,
    farthest,
    fitted,
    largest,
    place,
)
from mbl.perturbation import bond_correlations, residual_correlation
from mbl.plotting.table import strengths_of
from mbl.registry import claim

colmenarez = partial(claim, "colmenarez2023")
POWERS = np.linspace(0, 6, 1201)


def _bubbles(midspectrum: xr.Dataset) -> list[int]:
    """n_GOE of all bubbles."""
    return sorted({int(n) for n in midspectrum["n"].values if n})


@colmenarez("Fig. 6, SM A", figure="fig6")
def gap_ratio_has_a_best_bandwidth(midspectrum: xr.Dataset) -> Verdict:
    """The gap ratio has a maximum at an intermediate bandwidth β of the bubble.

    A parabola in ln β through all bandwidths, which share their seeds, is bent downwards and has
    its top between the smallest and the largest of them, for every bubble and disorder. No point
    is singled out: the highest of several would be too high by chance.
    """
    verdicts = []
    for n in _bubbles(midspectrum):
        for W in strengths_of(midspectrum):
            bend = parabola(midspectrum, n, W).coefficients[2]
            top = best_bandwidth(midspectrum, [n], W)
            scanned = np.log(keys_of(midspectrum, "beta", n=n, W=W)["beta"].values)
            text = f"n_GOE = {n}, W = {W:g}: bend {bend}, top at ln β = {top} {top.over}"
            both = below(bend, 0.0, ""), within(top, scanned[0], scanned[-1], "")
            verdicts.append(altogether(text, *both))
    return all_of(*verdicts)


@colmenarez("SM A", figure="fig6")
def best_bandwidth_is_the_same_at_all_disorder(midspectrum: xr.Dataset) -> Verdict:
    """The best bandwidth β is almost the same at all disorder strengths.

    Mean over the bubbles of ln β at the top of the parabolas: between the weakest and the strongest
    disorder it moves by less than a factor of two, the distance of neighbouring bandwidths in the
    scan.
    """
    W = strengths_of(midspectrum)
    if len(W) < 2:
        raise LackingError("one disorder strength, where a comparison takes two")
    bubbles = _bubbles(midspectrum)
    move = best_bandwidth(midspectrum, bubbles, W[0], W[-1])
    first, last = (np.exp(best_bandwidth(midspectrum, bubbles, one).value) for one in (W[0], W[-1]))
    text = f"β = {first:.2f} at W = {W[0]:g}, {last:.2f} at {W[-1]:g}: ln β moves by {move} "
    return within(move, -np.log(2), np.log(2), text + move.over)


@colmenarez("Fig. 7, SM B", figure="fig7")
def bubble_fills_the_centre(midspectrum: xr.Dataset) -> Verdict:
    """At W = 4 the bubble moves weight of ⟨Sᶻ⟩ from the localised peaks to the centre."""
    gain, text = _central_gain(midspectrum, 4.0)
    return above(gain, 0.0, text)


def _central_gain(midspectrum: xr.Dataset, W: float) -> tuple[Estimate, str]:
    """How much more weight the centre has with the bubble, far from it in the largest chain."""
    L = largest(midspectrum)
    gain = effect(midspectrum, L, W, farthest(L), "central_weight").scaled(-1)
    weight = mean(beside(midspectrum, L, W)[1]["central_weight"].sel(distance=farthest(L) + 1))
    text = f"L = {L}, W = {W:g}: weight of |⟨Sᶻ⟩| < 1/4 {weight} alone, more by {gain} {gain.over}"
    return gain, text


@colmenarez("SM B", figure="fig7")
def no_effect_at_low_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At low disorder the bubble has no effect on ⟨Sᶻ⟩ beyond a small shift.

    At the weakest disorder the weight of |⟨Sᶻ⟩| < 1/4 at the largest distance changes by less than
    0.05, the share of the spins that change sides.
    """
    gain, text = _central_gain(midspectrum, strengths_of(midspectrum)[0])
    return within(gain, -0.05, 0.05, text)


@colmenarez("Fig. 8, SM C", figure="fig8")
def larger_bubbles_thermalise_more(midspectrum: xr.Dataset) -> Verdict:
    """The purity next to the bubble falls as the bubble grows.

    The slope of a line through all n_GOE, which share their seeds.
    """
    return _falls_with_bubble(midspectrum, [0])


@colmenarez("Fig. 8, SM C", figure="fig8", asks=("distances",))
def larger_bubbles_thermalise_more_at_a_distance(
    midspectrum: xr.Dataset, *, distances: Sequence[int]
) -> Verdict:
    """At a distance from the bubble, too, the purity falls as the bubble grows.

    As next to it, for the mean over the distances that the figure shows.
    """
    away = [distance for distance in distances if distance]
    if not away:
        raise LackingError("no distance above 0 in the figure")
    return _falls_with_bubble(midspectrum, away)


def _falls_with_bubble(midspectrum: xr.Dataset, distances: Sequence[int]) -> Verdict:
    """Whether the mean purity over distances falls with n_GOE at every disorder."""
    verdicts = []
    for W in strengths_of(midspectrum):
        keys = keys_of(midspectrum, "n", W=W)
        keys = keys.isel(key=keys["n"].values > 0)
        sizes = keys["n"].values.astype(float)
        if len(sizes) < 2:
            raise LackingError("one bubble, where a comparison takes two")
        purity = keys["purity"].sel(distance=list(distances)).mean("distance", skipna=False)
        slope = replace(fit_polynomial(sizes, purity).coefficients[1], paired=True)
        text = f"W = {W:g}, n_GOE = {sizes[0]:g} … {sizes[-1]:g}: {slope} a state {slope.over}"
        verdicts.append(below(slope, 0.0, text))
    return all_of(*verdicts)


def _fit(key: xr.Dataset, name: str, margin: float) -> Verdict:
    """Whether a fit describes the means: it is not rejected, and they lie near its curve."""
    off = deviations(key, name)
    worst = max(off, key=lambda one: abs(one.value))
    text = f"{place(key)}: {misfit(key, name).goodness}, farthest off {worst}"
    if misfit(key, name).rejected:
        return Verdict(Word.NOT_SUPPORTED, text)
    return altogether(text, *(within(one, -margin, margin, "") for one in off))


@colmenarez("Fig. 9, SM C", figure="fig9")
def response_is_exponential_plus_constant(midspectrum: xr.Dataset) -> Verdict:
    """The response is fitted by γ₀ + A e^(−i/ξ).

    At every disorder the fit is not rejected, with the covariance of the distances, and no distance
    deviates from it by 0.01, a tenth of the response next to the bubble.
    """
    return all_of(*(_fit(key, "exponential", 0.01) for key in fitted(midspectrum, 0.0, np.inf)))


@colmenarez("Fig. 9, SM C", figure="fig9")
def asymptote_differs_from_zero(midspectrum: xr.Dataset) -> Verdict:
    """Below W = 7 the response does not decay to zero within these sizes: γ₀ > 0.

    From W = 4.4 on, where the paper takes the chain to be localised.
    """
    verdicts = []
    for key in fitted(midspectrum, 4.2, 6.9):
        gamma = asymptote(key, 0.0)
        verdicts.append(_of_fit(key, gamma, above(gamma, 0.0, "")))
    return all_of(*verdicts)


def _of_fit(key: xr.Dataset, gamma: Estimate, verdict: Verdict) -> Verdict:
    """What a fit's γ₀ says, if the fit stands."""
    text = f"{place(key)}: γ₀ = {gamma} {gamma.over}"
    fit = misfit(key, "exponential")
    if fit.rejected:
        return Verdict(Word.NOT_SUPPORTED, f"{text}, {fit.goodness}")
    return Verdict(verdict.word, text)


@colmenarez("Fig. 9, SM C", figure="fig9")
def asymptote_vanishes_at_strong_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At W ≥ 7 the response decays to zero: γ₀ = 0.

    To 0.01, about half of what is left of the response far away at W = 5.2.
    """
    verdicts = []
    for key in fitted(midspectrum, 7.0, np.inf):
        low, high = asymptote(key, -0.01), asymptote(key, 0.01)
        both = above(low, -0.01, ""), below(high, 0.01, "")
        verdicts.append(_of_fit(key, low, all_of(*both)))
    return all_of(*verdicts)


@colmenarez("SM C", figure="fig9")
def effect_is_five_percent(midspectrum: xr.Dataset) -> Verdict:
    """At W = 5.2 the effect of the bubble far away is weak, about 5 %.

    Of γ − 1/2, which is what a bubble can take away; from 3 to 7 %.
    """
    L = largest(midspectrum)
    with_bubble, alone = (key["purity"] for key in beside(midspectrum, L, 5.2))
    pair = with_bubble.sel(distance=farthest(L)), alone.sel(distance=farthest(L) + 1)

    def percent_of(level: float) -> Callable[[Floats, Floats], float]:
        return lambda near, far: float(100 * (1 - (near - level).mean() / (far - level).mean()))

    rows = [one.reset_coords(drop=True).dropna("seed") for one in pair]
    percent, of_all = (estimated(percent_of(level), *rows, pairs=True) for level in (0.5, 0.0))
    text = f"L = {L}, distance {farthest(L)}: {percent} % of γ − 1/2 ({of_all} % of γ) "
    return within(percent, 3.0, 7.0, text + percent.over)


@colmenarez("Eq. 6", figure="theory")
def avalanche_describes_purities(midspectrum: xr.Dataset, perturbation: xr.Dataset) -> Verdict:
    """The avalanche model of eq. 6, capped, describes the purities against distance.

    The paper calls it a very rough prediction. At every disorder the fit is not rejected, with the
    covariance of the distances, and no distance deviates from it by 0.02, a fifth of the response
    next to the bubble.
    """
    return all_of(*(_fit(key, "avalanche", 0.02) for key in fitted(midspectrum, 0.0, np.inf)))


@colmenarez("Section IV", figure="theory")
def bubble_seldom_starts_an_avalanche(midspectrum: xr.Dataset, perturbation: xr.Dataset) -> Verdict:
    """The probability p that the bubble starts an avalanche is small.

    Below 0.3, at W = 5.2; of a fit of eq. 6 that is rejected no p is read.
    """
    (key,) = fitted(midspectrum, 5.2, 5.2)
    fit = misfit(key, "avalanche")
    if fit.rejected:
        raise LackingError(f"no p, as eq. 6 is rejected: {fit.goodness}")
    p = value_at(key, "avalanche_probability")
    xi = float(key["avalanche_localization_length"])
    text = f"{place(key)}: p = {p} at ξ = {xi:.2g} (ξ* = {CRITICAL_LENGTH:.2f})"
    return below(p, 0.3, text)


@colmenarez("SM E", figure="theory")
def second_order_gives_the_purity(midspectrum: xr.Dataset, perturbation: xr.Dataset) -> Verdict:
    """Second order in J/W gives the purity at strong disorder (with prefactors derived anew).

    Where W doubles, or nearly, the error falls with the next power, W⁻⁴, to 0.5: far from that of
    an error in the second order, W⁻². Of the three strongest disorders, by the logarithm of the
    median error in each realisation.
    """
    by_strength = perturbation.sortby("W").isel(key=slice(-3, None))
    W = by_strength["W"].values
    if len(W) < 2:
        raise LackingError("one disorder strength, where a power of it takes two")
    off = xr.ufuncs.log(by_strength["deviation"])
    verdicts = []
    for step in range(len(W) - 1):
        power = paired(off.isel(key=step), off.isel(key=step + 1)).scaled(
            1 / np.log(W[step + 1] / W[step])
        )
        text = f"W = {W[step]:g} … {W[step + 1]:g}: error as W^({power}) {power.over}"
        verdicts.append(within(power, -4.5, -3.5, text))
    return all_of(*verdicts)


@colmenarez("Eq. 23, SM E", figure="theory", exact=True)
def residual_correlation_is_two_over_square(
    midspectrum: xr.Dataset, perturbation: xr.Dataset
) -> Verdict:
    """Conservation of Sᶻ alone correlates distant bonds, as 2/L² in long chains.

    All pairs of bonds are counted over all product states of the sector, beside
    3/((L − 1)(L − 3)) − 1/(L − 1)², which tends to 2/L².
    """
    L = int(perturbation["L"].values[0])
    value = residual_correlation(L)
    off = float(np.abs(bond_correlations(L) - value).max())
    long = 10**8
    beyond = abs(residual_correlation(long) * long**2 - 2)
    return all_of(
        exact(off, 1e-12, f"L² times it is {value * L**2:.2f} at L = {L}, to {off:.1g}"),
        exact(beyond, 20 / long, f"2 in the limit, to {beyond:.1g} at L = {long:g}"),
    )


@colmenarez("Section IV, SM E", figure="theory")
def residual_correlation_falls_as_square_of_disorder(
    midspectrum: xr.Dataset, perturbation: xr.Dataset
) -> Verdict:
    """In the limit of strong disorder C(r) of distant sites falls as 1/W².

    The power to 0.5, half of the way to its neighbours; of C(r) across half the chain alone, over
    all W of perturbation theory.
    """
    by_strength = perturbation.sortby("W")
    W = by_strength["W"].values
    if len(W) < 3:
        raise LackingError("fewer than three disorder strengths, where a power law takes three")
    half = moments_of(by_strength.isel(key=0)).sizes["distance"] - 1
    # Of the distances only those that enter: it is resampled a thousand times.
    ends = by_strength.sel(distance=[0, half])
    moments = [moments_of(ends.isel(key=at)) for at in range(len(W))]

    def powers(*samples: Floats) -> Floats:
        measures = pooled_correlation, _covariance
        return np.array([_power(W, [measure(one)[-1] for one in samples]) for measure in measures])

    value, error, _ = resampled(powers, *moments)
    count = by_strength.sizes["seed"]
    power, covariance = (
        Estimate(*pair, count, paired=True) for pair in zip(value, error, strict=True)
    )
    text = f"L = {int(by_strength['L'][0])}, r = {half}, W = {W[0]:g} … {W[-1]:g}: C as "
    text += f"W^({power}), the covariance as W^({covariance}) {power.over}"
    return within(power, -2.5, -1.5, text)


def _covariance(moments: Floats) -> Floats:
    """Covariance of the purities with that at the end, over all realisations, by distance."""
    mean, _, covariance = moments.swapaxes(0, 1)
    apart = mean - mean.mean(axis=0)
    pooled: Floats = (covariance + apart[:, :1] * apart).mean(axis=0)
    return pooled


def _power(W: Floats, values: Sequence[float]) -> float:
    """Power law of least squares: what is lost in noise at strong disorder counts for little."""
    curves = W ** -POWERS[:, None]
    scale = curves @ np.array(values) / np.square(curves).sum(axis=1)
    off = np.square(values - scale[:, None] * curves).sum(axis=1)
    return -float(POWERS[np.argmin(off)])
