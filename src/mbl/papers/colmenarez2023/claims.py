"""Claims of colmenarez2023."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.avalanche import CRITICAL_LENGTH
from mbl.ensembles.crossings import gap_ratio_crossings
from mbl.ensembles.midspectrum import correlations, densities
from mbl.ensembles.perturbation import COMPARED, OVER
from mbl.ensembles.response import purity_response
from mbl.ensembles.rows import LackingError, averaged, key_of
from mbl.ledger.verdicts import (
    Verdict,
    above,
    all_of,
    below,
    difference,
    measured,
    value_at,
    within,
)
from mbl.perturbation import residual_correlation
from mbl.registry import claim
from mbl.spectral import GOE_GAP_RATIO, POISSON_GAP_RATIO

colmenarez = partial(claim, "colmenarez2023")
Number = tuple[float, float]


def _largest(data: xr.Dataset, *, bubble: bool = True) -> xr.Dataset:
    """Keys of the largest chain, with a bubble or alone, by W."""
    chosen = data.isel(key=(data["n"].values > 0) == bubble)
    return chosen.isel(key=chosen["L"].values == chosen["L"].max().item()).sortby("W")


def _alone(data: xr.Dataset, key: xr.Dataset) -> xr.Dataset:
    """The chain alone beside a chain with a bubble: two sites longer."""
    return key_of(data, n=0, L=int(key["L"]) + 2, W=float(key["W"]))


def _at(data: xr.Dataset) -> str:
    return f"L = {int(data['L'])}, W = {float(data['W']):g}"


@colmenarez("Fig. 2", figure="fig2")
def levels_repel_at_weak_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At weak disorder the gap ratio is that of the Gaussian orthogonal ensemble, 0.5307."""
    key = _largest(averaged(midspectrum, ["gap_ratio"])).isel(key=0)
    ratio = value_at(key, "gap_ratio")
    text = f"{_at(key)}: {measured(*ratio)}"
    return within(*ratio, GOE_GAP_RATIO - 0.02, GOE_GAP_RATIO + 0.02, text)


@colmenarez("Fig. 2", figure="fig2")
def levels_are_independent_at_strong_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At strong disorder the gap ratio is that of independent levels, 0.3863."""
    key = _largest(averaged(midspectrum, ["gap_ratio"])).isel(key=-1)
    ratio = value_at(key, "gap_ratio")
    text = f"{_at(key)}: {measured(*ratio)}"
    return within(*ratio, POISSON_GAP_RATIO - 0.02, POISSON_GAP_RATIO + 0.02, text)


def _crossing(midspectrum: xr.Dataset, *, bubble: bool) -> Number:
    """Crossing of the two largest sizes."""
    crossings = gap_ratio_crossings(midspectrum)
    pairs = crossings.isel(pair=(crossings["n"].values > 0) == bubble).sortby("L")
    if not pairs.sizes["pair"]:
        raise LackingError(f"no sizes L and L + 2 {'with' if bubble else 'without'} bubble")
    return value_at(pairs.isel(pair=-1), "crossing")


@colmenarez("Fig. 2, inset; section III", figure="fig2")
def bubble_shifts_crossing(midspectrum: xr.Dataset) -> Verdict:
    """The bubble moves the crossing of the gap ratios to slightly larger disorder."""
    with_bubble, alone = (_crossing(midspectrum, bubble=bubble) for bubble in (True, False))
    shift, error = difference(alone, with_bubble)
    return above(
        shift, error, 0, f"W = {measured(*with_bubble)} with, {measured(*alone)} without bubble"
    )


@colmenarez("Section IV", figure="fig2")
def crossing_lies_at_the_known_disorder(midspectrum: xr.Dataset) -> Verdict:
    """The gap ratios cross near W = 3.5 … 4."""
    alone = _crossing(midspectrum, bubble=False)
    return within(*alone, 3.0, 4.5, f"W = {measured(*alone)} without bubble")


def _response(key: xr.Dataset, distance: int) -> Number:
    return value_at(key, "difference", distance=distance)


def _farthest(key: xr.Dataset) -> int:
    return (int(key["L"]) + 1) // 2 - 1


@colmenarez("Fig. 3", figure="fig9")
def bubble_lowers_purity_nearby(midspectrum: xr.Dataset) -> Verdict:
    """Next to the bubble the purity is lower than in the chain alone at every disorder."""
    keys = _largest(purity_response(midspectrum))
    verdicts = []
    for position in range(keys.sizes["key"]):
        key = keys.isel(key=position)
        gap = _response(key, 0)
        verdicts.append(above(*gap, 0, f"{_at(key)}: {measured(*gap)}"))
    return all_of(*verdicts)


@colmenarez("Fig. 3, section IV", figure="fig9")
def bubble_lowers_purity_far_away(midspectrum: xr.Dataset) -> Verdict:
    """Up to W ≈ 5.6 the purity stays lower than in the chain alone at the largest distance."""
    key = key_of(_largest(purity_response(midspectrum)), W=5.2)
    gap = _response(key, _farthest(key))
    return above(*gap, 0, f"{_at(key)}, distance {_farthest(key)}: {measured(*gap)}")


@colmenarez("SM C", figure="fig9")
def effect_is_five_percent(midspectrum: xr.Dataset) -> Verdict:
    """At W = 5.2 the effect of the bubble far away is weak, about 5 %."""
    key = key_of(_largest(purity_response(midspectrum)), W=5.2)
    gap = _response(key, _farthest(key))
    return within(*gap, 0.01, 0.09, f"{_at(key)}: γ falls by {measured(*gap)}")


@colmenarez("Fig. 3", figure="fig9")
def no_effect_far_away_at_strong_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At the strongest disorder the effect at the largest distance is within its error."""
    key = _largest(purity_response(midspectrum)).isel(key=-1)
    gap, error = _response(key, _farthest(key))
    return below(abs(gap), 0.0, 2 * error, f"{_at(key)}: {measured(gap, error)}")


@colmenarez("Fig. 4", figure="fig4")
def purity_grows_with_size(midspectrum: xr.Dataset) -> Verdict:
    """At W ≥ 5.2 the purity at a fixed distance from the bubble grows with the chain."""
    data = averaged(midspectrum, ["purity"])
    bubbles = data.isel(key=data["n"].values > 0)
    distance = min(5, (int(bubbles["L"].min()) + 1) // 2 - 1)
    verdicts = []
    for W in sorted({float(W) for W in bubbles["W"].values if W >= 5.2}):
        sizes = bubbles.isel(key=bubbles["W"].values == W).sel(distance=distance).sortby("L")
        sizes = sizes.isel(key=np.isfinite(sizes["purity"].values))
        small, large = (value_at(sizes.isel(key=end), "purity") for end in (0, -1))
        text = (
            f"W = {W:g}, distance {distance}, L = {int(sizes['L'][0])}, {int(sizes['L'][-1])}: "
            f"{measured(*small)}, {measured(*large)}"
        )
        verdicts.append(above(*difference(small, large), 0, text))
    return all_of(*verdicts)


def _correlations(midspectrum: xr.Dataset, W: float) -> tuple[str, Number]:
    """C(r) with bubble less that of the longer chain alone, at half the chain."""
    data = correlations(midspectrum)
    key = key_of(_largest(data), W=W)
    r = _farthest(key)
    with_bubble = value_at(key, "correlation", distance=r)
    alone = value_at(_alone(data, key), "correlation", distance=r)
    text = f"{_at(key)}, r = {r}: {measured(*with_bubble)} with, {measured(*alone)} without"
    return text, difference(alone, with_bubble)


@colmenarez("Fig. 5", figure="fig5")
def bubble_raises_correlations(midspectrum: xr.Dataset) -> Verdict:
    """At W = 4.4 the bubble enhances the correlation of purities across the chain."""
    text, gain = _correlations(midspectrum, 4.4)
    return above(*gain, 0, text)


@colmenarez("Fig. 5", figure="fig5")
def correlations_raised_up_to_six(midspectrum: xr.Dataset) -> Verdict:
    """The enhancement persists at W = 5.2 and, to some extent, at 6.0."""
    gains = [_correlations(midspectrum, W) for W in (5.2, 6.0)]
    return all_of(*(above(*gain, 0, text) for text, gain in gains))


@colmenarez("Fig. 6, SM A", figure="fig6")
def gap_ratio_has_a_best_bandwidth(midspectrum: xr.Dataset) -> Verdict:
    """The gap ratio has a maximum at an intermediate bandwidth β of the bubble."""
    data = averaged(midspectrum, ["gap_ratio"])
    verdicts = []
    for n in sorted({int(n) for n in data["n"].values}):
        scan = data.isel(key=(data["n"].values == n)).sortby("beta")
        scan = scan.isel(key=scan["W"].values == scan["W"].max().item())
        best = int(np.argmax(scan["gap_ratio"].values))
        top = value_at(scan.isel(key=best), "gap_ratio")
        for end in (0, -1):
            edge = value_at(scan.isel(key=end), "gap_ratio")
            text = f"n_GOE = {n}: {measured(*top)} at β = {float(scan['beta'][best]):g}, "
            text += f"{measured(*edge)} at {float(scan['beta'][end]):g}"
            verdicts.append(above(*difference(edge, top), 0, text))
    return all_of(*verdicts)


@colmenarez("Fig. 7, SM B", figure="fig7")
def bubble_fills_the_centre(midspectrum: xr.Dataset) -> Verdict:
    """At W = 4 the bubble moves weight of ⟨Sᶻ⟩ from the localised peaks to the centre."""
    data = densities(midspectrum)
    key = key_of(_largest(data), W=4.0)
    distance = _farthest(key)

    def centre(chain: xr.Dataset, at: int) -> Number:
        inside = chain.sel(distance=at, spin=slice(-0.25, 0.25))
        width = float(chain["spin"][1] - chain["spin"][0])
        # bins of one realisation are correlated: errors add up
        return float(inside["density"].sum()) * width, float(inside["density_error"].sum()) * width

    with_bubble, alone = centre(key, distance), centre(_alone(data, key), distance + 1)
    text = f"{_at(key)}: weight of |⟨Sᶻ⟩| < 1/4 {measured(*with_bubble)}, {measured(*alone)} alone"
    return above(*difference(alone, with_bubble), 0, text)


@colmenarez("Fig. 8, SM C", figure="fig8")
def larger_bubbles_thermalise_more(midspectrum: xr.Dataset) -> Verdict:
    """The purity next to the bubble falls as the bubble grows."""
    data = averaged(midspectrum, ["purity"])
    bubbles = data.isel(key=data["n"].values > 0)
    verdicts = []
    for W in sorted({float(W) for W in bubbles["W"].values}):
        grown = bubbles.isel(key=bubbles["W"].values == W).sortby("n")
        small, large = (value_at(grown.isel(key=end), "purity", distance=0) for end in (0, -1))
        text = f"W = {W:g}: {measured(*small)} at n_GOE = {int(grown['n'][0])}, "
        text += f"{measured(*large)} at {int(grown['n'][-1])}"
        verdicts.append(above(*difference(large, small), 0, text))
    return all_of(*verdicts)


@colmenarez("Fig. 9, SM C", figure="fig9")
def response_is_exponential_plus_constant(midspectrum: xr.Dataset) -> Verdict:
    """The response is fitted by γ₀ + A e^(−i/ξ)."""
    chi2 = _known(_largest(purity_response(midspectrum)), "chi2")["chi2"]
    worst = float(chi2.max())
    return below(worst, 0.0, 3.0, f"χ² per degree of freedom at most {worst:.2g}")


def _known(response: xr.Dataset, chi2: str) -> xr.Dataset:
    """Keys whose fit left degrees of freedom: short chains have too few distances."""
    known = response.isel(key=np.isfinite(response[chi2].values))
    if not known.sizes["key"]:
        raise LackingError("too few distances for a fit")
    return known


def _asymptote(key: xr.Dataset) -> tuple[float, float, str]:
    """Interval of γ₀ at two standard deviations."""
    low, high = key["asymptote_interval"].sel(deviations=2).values
    return float(low), float(high), f"{_at(key)}: γ₀ in [{low:.3g}, {high:.3g}] at two deviations"


@colmenarez("Fig. 9, SM C", figure="fig9")
def asymptote_differs_from_zero(midspectrum: xr.Dataset) -> Verdict:
    """Below W = 7 the response does not decay to zero within these sizes: γ₀ > 0."""
    keys = _largest(purity_response(midspectrum))
    verdicts = []
    for W in sorted({float(W) for W in keys["W"].values if 4 < W < 7}):
        low, high, text = _asymptote(key_of(keys, W=W))
        middle, half = 0.5 * (low + high), 0.25 * (high - low)
        verdicts.append(above(middle, half, 0, text))
    return all_of(*verdicts)


@colmenarez("Fig. 9, SM C", figure="fig9")
def asymptote_vanishes_at_strong_disorder(midspectrum: xr.Dataset) -> Verdict:
    """At W ≥ 7 the deviation of γ₀ from zero is no longer significant."""
    low, _, text = _asymptote(_largest(purity_response(midspectrum)).isel(key=-1))
    return below(low, 0.0, 0.0, text)


@colmenarez("Eq. 6", figure="theory")
def avalanche_describes_purities(midspectrum: xr.Dataset, perturbation: xr.Dataset) -> Verdict:
    """The avalanche model of eq. 6 describes the purities against distance."""
    keys = _known(_largest(purity_response(midspectrum)), "avalanche_chi2")
    worst = keys.isel(key=int(np.argmax(keys["avalanche_chi2"].values)))
    text = f"χ² per degree of freedom up to {float(worst['avalanche_chi2']):.2g} ({_at(worst)})"
    return below(float(worst["avalanche_chi2"]), 0.0, 3.0, text)


@colmenarez("Section IV", figure="theory")
def bubble_seldom_starts_an_avalanche(midspectrum: xr.Dataset, perturbation: xr.Dataset) -> Verdict:
    """The probability p that the bubble starts an avalanche is small."""
    key = key_of(_largest(purity_response(midspectrum)), W=5.2)
    p = value_at(key, "probability")
    xi = float(key["localization_length"])
    text = f"{_at(key)}: p = {measured(*p)} at ξ = {xi:.2g} (ξ* = {CRITICAL_LENGTH:.2f})"
    return below(*p, 0.3, text)


@colmenarez("SM E", figure="theory")
def second_order_gives_the_purity(midspectrum: xr.Dataset, perturbation: xr.Dataset) -> Verdict:
    """Second order in J/W gives the purity at strong disorder (with prefactors derived anew)."""
    by_strength = perturbation.sortby("W")
    exact, second = (by_strength[name] for name in COMPARED)
    off = abs(second - exact).median(OVER).values[-3:]
    if len(off) < 2:
        raise LackingError("one disorder strength, where a power of it takes two")
    power = float(np.polyfit(np.log(by_strength["W"].values[-3:]), np.log(off), 1)[0])
    text = f"median error falls as W^{power:.2f} (−4 is the next order)"
    return below(power, 0.0, -3.0, text)


@colmenarez("Eq. 23, SM E", figure="theory")
def residual_correlation_falls_as_two_over_square(
    midspectrum: xr.Dataset, perturbation: xr.Dataset
) -> Verdict:
    """Conservation of Sᶻ alone correlates distant bonds as 2/L²."""
    L = int(perturbation["L"].values[0])
    at, far = (residual_correlation(size) * size**2 for size in (L, 1000))
    return within(far, 0.0, 1.99, 2.02, f"L² times it: {at:.2f} at L = {L}, {far:.3f} at 1000")
