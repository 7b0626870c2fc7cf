"""Claims of colmenarez2023."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.avalanche import CRITICAL_LENGTH
from mbl.claims.ledger import (
    Verdict,
    above,
    all_of,
    below,
    claim,
    difference,
    measured,
    value_at,
    within,
)
from mbl.perturbation import residual_correlation
from mbl.spectral import GOE_GAP_RATIO, POISSON_GAP_RATIO

colmenarez = partial(claim, "colmenarez2023")
Number = tuple[float, float]


def _row(data: xr.Dataset, **where: float) -> xr.Dataset:
    """The one row of a table with given n, L, W or β."""
    chosen = np.ones(data.sizes["key"], dtype=bool)
    for name, value in where.items():
        chosen &= data[name].values == value
    (key,) = np.nonzero(chosen)[0]
    return data.isel(key=key)


def _largest(data: xr.Dataset, *, bubble: bool = True) -> xr.Dataset:
    """Rows of the largest chain, with a bubble or alone, by W."""
    of = data.isel(key=(data["n"].values > 0) == bubble)
    return of.isel(key=of["L"].values == of["L"].max().item()).sortby("W")


def _alone(data: xr.Dataset, row: xr.Dataset) -> xr.Dataset:
    """The chain alone beside a chain with a bubble: two sites longer."""
    return _row(data, n=0, L=int(row["L"]) + 2, W=float(row["W"]))


def _at(data: xr.Dataset) -> str:
    return f"L = {int(data['L'])}, W = {float(data['W']):g}"


@colmenarez("Fig. 2", figure="fig2")
def levels_repel_at_weak_disorder(data: xr.Dataset, crossings: xr.Dataset) -> Verdict:
    """At weak disorder the gap ratio is that of the Gaussian orthogonal ensemble, 0.5307."""
    row = _largest(data).isel(key=0)
    ratio = value_at(row, "gap_ratio")
    text = f"{_at(row)}: {measured(*ratio)}"
    return within(*ratio, GOE_GAP_RATIO - 0.02, GOE_GAP_RATIO + 0.02, text)


@colmenarez("Fig. 2", figure="fig2")
def levels_are_independent_at_strong_disorder(data: xr.Dataset, crossings: xr.Dataset) -> Verdict:
    """At strong disorder the gap ratio is that of independent levels, 0.3863."""
    row = _largest(data).isel(key=-1)
    ratio = value_at(row, "gap_ratio")
    text = f"{_at(row)}: {measured(*ratio)}"
    return within(*ratio, POISSON_GAP_RATIO - 0.02, POISSON_GAP_RATIO + 0.02, text)


def _crossing(crossings: xr.Dataset, *, bubble: bool) -> Number:
    """Crossing of the two largest sizes."""
    of = crossings.isel(pair=(crossings["n"].values > 0) == bubble).sortby("L").isel(pair=-1)
    return value_at(of, "crossing")


@colmenarez("Fig. 2, inset; section III", figure="fig2")
def bubble_shifts_crossing(data: xr.Dataset, crossings: xr.Dataset) -> Verdict:
    """The bubble moves the crossing of the gap ratios to slightly larger disorder."""
    with_bubble, alone = (_crossing(crossings, bubble=bubble) for bubble in (True, False))
    shift, error = difference(alone, with_bubble)
    return above(
        shift, error, 0, f"W = {measured(*with_bubble)} with, {measured(*alone)} without bubble"
    )


@colmenarez("Section IV", figure="fig2")
def crossing_lies_at_the_known_disorder(data: xr.Dataset, crossings: xr.Dataset) -> Verdict:
    """The gap ratios cross near W = 3.5 … 4."""
    alone = _crossing(crossings, bubble=False)
    return within(*alone, 3.0, 4.5, f"W = {measured(*alone)} without bubble")


def _response(row: xr.Dataset, distance: int) -> Number:
    return value_at(row, "difference", distance=distance)


def _farthest(row: xr.Dataset) -> int:
    return (int(row["L"]) + 1) // 2 - 1


@colmenarez("Fig. 3", figure="fig9")
def bubble_lowers_purity_nearby(response: xr.Dataset) -> Verdict:
    """Next to the bubble the purity is lower than in the chain alone at every disorder."""
    verdicts = []
    for _, row in _largest(response).groupby("W"):
        one = row.isel(key=0)
        gap = _response(one, 0)
        verdicts.append(above(*gap, 0, f"{_at(one)}: {measured(*gap)}"))
    return all_of(*verdicts)


@colmenarez("Fig. 3, section IV", figure="fig9")
def bubble_lowers_purity_far_away(response: xr.Dataset) -> Verdict:
    """Up to W ≈ 5.6 the purity stays lower than in the chain alone at the largest distance."""
    row = _row(_largest(response), W=5.2)
    gap = _response(row, _farthest(row))
    return above(*gap, 0, f"{_at(row)}, distance {_farthest(row)}: {measured(*gap)}")


@colmenarez("SM C", figure="fig9")
def effect_is_five_percent(response: xr.Dataset) -> Verdict:
    """At W = 5.2 the effect of the bubble far away is weak, about 5 %."""
    row = _row(_largest(response), W=5.2)
    gap = _response(row, _farthest(row))
    return within(*gap, 0.01, 0.09, f"{_at(row)}: γ falls by {measured(*gap)}")


@colmenarez("Fig. 3", figure="fig9")
def no_effect_far_away_at_strong_disorder(response: xr.Dataset) -> Verdict:
    """At the strongest disorder the effect at the largest distance is within its error."""
    row = _largest(response).isel(key=-1)
    gap, error = _response(row, _farthest(row))
    return below(abs(gap), 0.0, 2 * error, f"{_at(row)}: {measured(gap, error)}")


@colmenarez("Fig. 4", figure="fig4")
def purity_grows_with_size(data: xr.Dataset) -> Verdict:
    """At W ≥ 5.2 the purity at a fixed distance from the bubble grows with the chain."""
    bubbles = data.isel(key=data["n"].values > 0)
    distance = min(5, (int(bubbles["L"].min()) + 1) // 2 - 1)
    verdicts = []
    for W in sorted({float(W) for W in bubbles["W"].values if W >= 5.2}):
        of = bubbles.isel(key=bubbles["W"].values == W).sel(distance=distance).sortby("L")
        of = of.isel(key=np.isfinite(of["purity"].values))
        small, large = (value_at(of.isel(key=end), "purity") for end in (0, -1))
        sizes = f"L = {int(of['L'][0])}, {int(of['L'][-1])}"
        text = f"W = {W:g}, distance {distance}, {sizes}: {measured(*small)}, {measured(*large)}"
        verdicts.append(above(*difference(small, large), 0, text))
    return all_of(*verdicts)


def _correlations(data: xr.Dataset, W: float, distance: int | None = None) -> tuple[str, Number]:
    """C(r) with bubble less that of the longer chain alone, at half the chain by default."""
    row = _row(_largest(data), W=W)
    r = _farthest(row) if distance is None else distance
    with_bubble = value_at(row, "correlation", distance=r)
    alone = value_at(_alone(data, row), "correlation", distance=r)
    text = f"{_at(row)}, r = {r}: {measured(*with_bubble)} with, {measured(*alone)} without"
    return text, difference(alone, with_bubble)


@colmenarez("Fig. 5", figure="fig5")
def bubble_raises_correlations(data: xr.Dataset) -> Verdict:
    """At W = 4.4 the bubble enhances the correlation of purities across the chain."""
    text, gain = _correlations(data, 4.4)
    return above(*gain, 0, text)


@colmenarez("Fig. 5", figure="fig5")
def correlations_raised_up_to_six(data: xr.Dataset) -> Verdict:
    """The enhancement persists at W = 5.2 and, to some extent, at 6.0."""
    return all_of(
        *(above(*gain, 0, text) for text, gain in (_correlations(data, W) for W in (5.2, 6.0)))
    )


@colmenarez("Fig. 6, SM A", figure="fig6")
def gap_ratio_has_a_best_bandwidth(data: xr.Dataset) -> Verdict:
    """The gap ratio has a maximum at an intermediate bandwidth β of the bubble."""
    verdicts = []
    for n in sorted({int(n) for n in data["n"].values}):
        of = data.isel(key=(data["n"].values == n)).sortby("beta")
        of = of.isel(key=of["W"].values == of["W"].max().item())
        best = int(np.argmax(of["gap_ratio"].values))
        top = value_at(of.isel(key=best), "gap_ratio")
        for end in (0, -1):
            edge = value_at(of.isel(key=end), "gap_ratio")
            text = f"n_GOE = {n}: {measured(*top)} at β = {float(of['beta'][best]):g}, "
            text += f"{measured(*edge)} at {float(of['beta'][end]):g}"
            verdicts.append(above(*difference(edge, top), 0, text))
    return all_of(*verdicts)


@colmenarez("Fig. 7, SM B", figure="fig7")
def bubble_fills_the_centre(data: xr.Dataset) -> Verdict:
    """At W = 4 the bubble moves weight of ⟨Sᶻ⟩ from the localised peaks to the centre."""
    row = _row(_largest(data), W=4.0)
    distance = _farthest(row)

    def centre(of: xr.Dataset, at: int) -> Number:
        inside = of.sel(distance=at, spin=slice(-0.25, 0.25))
        width = float(of["spin"][1] - of["spin"][0])
        # bins of one realisation are correlated: errors add up
        return float(inside["density"].sum()) * width, float(inside["density_error"].sum()) * width

    with_bubble, alone = centre(row, distance), centre(_alone(data, row), distance + 1)
    text = f"{_at(row)}: weight of |⟨Sᶻ⟩| < 1/4 {measured(*with_bubble)}, {measured(*alone)} alone"
    return above(*difference(alone, with_bubble), 0, text)


@colmenarez("Fig. 8, SM C", figure="fig8")
def larger_bubbles_thermalise_more(data: xr.Dataset) -> Verdict:
    """The purity next to the bubble falls as the bubble grows."""
    verdicts = []
    bubbles = data.isel(key=data["n"].values > 0)
    for W in sorted({float(W) for W in bubbles["W"].values}):
        of = bubbles.isel(key=bubbles["W"].values == W).sortby("n")
        small, large = (value_at(of.isel(key=end), "purity", distance=0) for end in (0, -1))
        text = f"W = {W:g}: {measured(*small)} at n_GOE = {int(of['n'][0])}, "
        text += f"{measured(*large)} at {int(of['n'][-1])}"
        verdicts.append(above(*difference(large, small), 0, text))
    return all_of(*verdicts)


@colmenarez("Fig. 9, SM C", figure="fig9")
def response_is_exponential_plus_constant(response: xr.Dataset) -> Verdict:
    """The response is fitted by γ₀ + A e^(−i/ξ)."""
    rows = _largest(response)
    chi2 = rows["chi2"].values
    worst = float(np.nanmax(chi2))
    return below(worst, 0.0, 3.0, f"χ² per degree of freedom at most {worst:.2g}")


def _asymptote(row: xr.Dataset) -> tuple[float, float, str]:
    """Interval of γ₀ at two standard deviations."""
    low, high = row["asymptote_interval"].sel(deviations=2).values
    return float(low), float(high), f"{_at(row)}: γ₀ in [{low:.3g}, {high:.3g}] at two deviations"


@colmenarez("Fig. 9, SM C", figure="fig9")
def asymptote_differs_from_zero(response: xr.Dataset) -> Verdict:
    """Below W = 7 the response does not decay to zero within these sizes: γ₀ > 0."""
    rows = _largest(response)
    verdicts = []
    for W in sorted({float(W) for W in rows["W"].values if 4 < W < 7}):
        low, high, text = _asymptote(_row(rows, W=W))
        middle, half = 0.5 * (low + high), 0.25 * (high - low)
        verdicts.append(above(middle, half, 0, text))
    return all_of(*verdicts)


@colmenarez("Fig. 9, SM C", figure="fig9")
def asymptote_vanishes_at_strong_disorder(response: xr.Dataset) -> Verdict:
    """At W ≥ 7 the deviation of γ₀ from zero is no longer significant."""
    rows = _largest(response)
    low, _, text = _asymptote(rows.isel(key=-1))
    return below(low, 0.0, 0.0, text)


@colmenarez("Eq. 6", figure="theory")
def avalanche_describes_purities(
    data: xr.Dataset, response: xr.Dataset, perturbation: xr.Dataset
) -> Verdict:
    """The avalanche model of eq. 6 describes the purities against distance."""
    rows = _largest(response).dropna("key", subset=["avalanche_chi2"])
    worst = rows.isel(key=int(np.argmax(rows["avalanche_chi2"].values)))
    text = f"χ² per degree of freedom up to {float(worst['avalanche_chi2']):.2g} ({_at(worst)})"
    return below(float(worst["avalanche_chi2"]), 0.0, 3.0, text)


@colmenarez("Section IV", figure="theory")
def bubble_seldom_starts_an_avalanche(
    data: xr.Dataset, response: xr.Dataset, perturbation: xr.Dataset
) -> Verdict:
    """The probability p that the bubble starts an avalanche is small."""
    row = _row(_largest(response), W=5.2)
    p = value_at(row, "probability")
    xi = float(row["localization_length"])
    text = f"{_at(row)}: p = {measured(*p)} at ξ = {xi:.2g} (ξ* = {CRITICAL_LENGTH:.2f})"
    return below(*p, 0.3, text)


@colmenarez("SM E", figure="theory")
def second_order_gives_the_purity(
    data: xr.Dataset, response: xr.Dataset, perturbation: xr.Dataset
) -> Verdict:
    """Second order in J/W gives the purity at strong disorder (with prefactors derived anew)."""
    over = ("seed", "configuration", "site")
    off = abs(perturbation["perturbative"] - perturbation["exact"]).median(over)
    power = float(np.polyfit(np.log(off["W"][-3:]), np.log(off[-3:]), 1)[0])
    text = f"median error falls as W^{power:.2f} (−4 is the next order)"
    return below(power, 0.0, -3.0, text)


@colmenarez("Eq. 23, SM E", figure="theory")
def residual_correlation_falls_as_two_over_square(
    data: xr.Dataset, response: xr.Dataset, perturbation: xr.Dataset
) -> Verdict:
    """Conservation of Sᶻ alone correlates distant bonds as 2/L²."""
    L = int(perturbation["L"])
    at, far = (residual_correlation(size) * size**2 for size in (L, 1000))
    return within(far, 0.0, 1.99, 2.02, f"L² times it: {at:.2f} at L = {L}, {far:.3f} at 1000")
