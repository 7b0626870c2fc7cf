"""Claims on rows of known truth: each says what is so, and that it is not where it is not."""

import numpy as np
import pytest
import xarray as xr
from made_chains import crossing_at, inclusion, perturbation, rows

from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.colmenarez2023 import claims
from mbl.registry import DECLARED, Claim

NO_PERTURBATION = xr.Dataset()
YES, NO, MAYBE = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.UNDECIDED


def with_response(*difference, W=5.2, L=6):
    """A chain of L sites with a bubble: by how much the purity is lower than alone, by distance."""
    purity = lambda n, L, W: 0.9 - np.array(difference) if n else 0.9  # noqa: E731
    return inclusion((W,), sizes=(L,), purity=purity)


def responding(asymptote, W):
    """An exponential above a constant, in chains long enough for a fit."""
    difference = asymptote + np.exp(-np.arange(8) / 0.5)
    return with_response(*difference, W=W, L=16)


@pytest.mark.parametrize(("ratio", "word"), [(0.5307, MAYBE), (0.40, NO), (0.535, MAYBE)])
def test_levels_at_weak_disorder(ratio, word):
    """An error of 0.01 leaves the window of ± 0.02 undecided at best."""
    verdict = claims.levels_repel_at_weak_disorder(inclusion((2.0, 8.0), gap_ratio=ratio))
    assert verdict.word == word
    assert verdict.numbers.startswith("L = 8, W = 2:")


def test_levels_at_strong_disorder():
    falling = inclusion((2.0, 8.0), gap_ratio=lambda n, L, W: 0.53 if W < 4 else 0.3)
    assert claims.levels_are_independent_at_strong_disorder(falling).word == NO


@pytest.mark.parametrize(("shift", "word"), [(0.9, YES), (-0.9, NO), (0.05, MAYBE)])
def test_the_shift_of_the_crossing(shift, word):
    gap_ratio = crossing_at(3.4, 3.4 + shift)
    midspectrum = inclusion((2.0, 3.0, 4.0, 5.0), gap_ratio=lambda *key: 5 * gap_ratio(*key))
    assert claims.bubble_shifts_crossing(midspectrum).word == word


def test_where_the_crossing_lies():
    far = inclusion((2.0, 3.0, 4.0, 5.0, 6.0), gap_ratio=crossing_at(5.5, 3.0))
    assert claims.crossing_lies_at_the_known_disorder(far).word != YES


@pytest.mark.parametrize(("gap", "word"), [(0.05, YES), (-0.05, NO), (0.001, MAYBE)])
def test_the_response_far_away(gap, word):
    midspectrum = with_response(0.2, 0.1, gap)
    assert claims.bubble_lowers_purity_far_away(midspectrum).word == word
    assert claims.bubble_lowers_purity_nearby(midspectrum).word == YES


def test_the_effect_is_small():
    assert claims.effect_is_five_percent(with_response(0.4, 0.3, 0.2)).word == NO
    assert claims.no_effect_far_away_at_strong_disorder(with_response(0.2, 0.1, 0.0)).word == YES
    assert claims.no_effect_far_away_at_strong_disorder(with_response(0.2, 0.1, 0.1)).word == NO


@pytest.mark.parametrize(("slope", "word"), [(0.05, YES), (-0.05, NO), (0.001, MAYBE)])
def test_purity_against_size(slope, word):
    midspectrum = inclusion((4.0, 6.0), purity=lambda n, L, W: 0.5 + slope * (L - 6))
    assert claims.purity_grows_with_size(midspectrum).word == word


@pytest.mark.parametrize(("gain", "word"), [(0.5, YES), (-0.5, NO), (0.0, MAYBE)])
def test_correlations(gain, word):
    midspectrum = inclusion((4.4, 5.2, 6.0), covariance=lambda n, L, W: 0.1 + (gain if n else 0.0))
    assert claims.bubble_raises_correlations(midspectrum).word == word
    assert claims.correlations_raised_up_to_six(midspectrum).word == word


@pytest.mark.parametrize(("best", "word"), [(0.6, YES), (2.0, MAYBE)])
def test_the_best_bandwidth(best, word):
    table = rows([(4, 8, 3.0, beta) for beta in (0.2, 0.6, 2.0)])
    top = 0.1 * (np.abs(table["beta"] - best) < 0.01)
    verdict = claims.gap_ratio_has_a_best_bandwidth(
        table.assign(gap_ratio=table["gap_ratio"] + top)
    )
    assert verdict.word == word
    assert f"at β = {best:g}" in verdict.numbers


def test_the_bubble_fills_the_centre():
    midspectrum = inclusion((4.0,))
    with_bubble = (midspectrum["n"] > 0) & (np.abs(midspectrum["spin"]) < 0.25)
    for name in ("spin_count", "spin_count_square"):
        midspectrum[name] = midspectrum[name].where(with_bubble | (midspectrum["n"] == 0), 0.0)
        outside = midspectrum[name].where(np.abs(midspectrum["spin"]) > 0.25, 0.0)
        midspectrum[name] = midspectrum[name].where(midspectrum["n"] > 0, outside)
    midspectrum["spin_count"][midspectrum["n"].values == 0, :, 0] = 100.0
    midspectrum["spin_count_square"][midspectrum["n"].values == 0, :, 0] = 400.0
    assert claims.bubble_fills_the_centre(midspectrum).word == YES


@pytest.mark.parametrize(("slope", "word"), [(-0.02, YES), (0.02, NO), (0.0, MAYBE)])
def test_the_size_of_the_bubble(slope, word):
    keys = [(n, 8, W, 0.6) for n in (0, 3, 8) for W in (4.0, 8.0)]
    midspectrum = rows(keys, purity=lambda n, L, W: 0.8 + slope * n)
    assert claims.larger_bubbles_thermalise_more(midspectrum).word == word


def test_fits_of_the_response():
    decaying, lasting = responding(0.0, 8.0), responding(0.3, 5.2)
    assert claims.response_is_exponential_plus_constant(decaying).word == YES
    assert claims.asymptote_vanishes_at_strong_disorder(decaying).word == YES
    assert claims.asymptote_vanishes_at_strong_disorder(lasting).word == NO
    assert claims.asymptote_differs_from_zero(lasting).word == YES
    assert claims.asymptote_differs_from_zero(responding(-0.3, 5.2)).word == NO
    assert claims.avalanche_describes_purities(lasting, NO_PERTURBATION).word == NO


@pytest.mark.parametrize(("power", "word"), [(-4.0, YES), (-2.5, NO)])
def test_the_order_of_perturbation_theory(power, word):
    compared = perturbation((64.0, 8.0, 16.0, 32.0), power)  # in any order
    verdict = claims.second_order_gives_the_purity(xr.Dataset(), compared)
    assert verdict.word == word
    assert f"W^{power:.2f}" in verdict.numbers


def test_conservation_alone_correlates_bonds():
    verdict = claims.residual_correlation_falls_as_two_over_square(
        xr.Dataset(), perturbation((8.0,))
    )
    assert verdict.word == YES
    assert "at L = 4" in verdict.numbers


LACKING = {
    claims.bubble_shifts_crossing: (with_response(0.1, 0.1, 0.1),),
    claims.crossing_lies_at_the_known_disorder: (with_response(0.1, 0.1, 0.1),),
    claims.bubble_lowers_purity_far_away: (with_response(0.1, 0.1, 0.1, W=8.0),),
    claims.effect_is_five_percent: (with_response(0.1, 0.1, 0.1, W=8.0),),
    claims.bubble_raises_correlations: (with_response(0.1, 0.1, 0.1),),
    claims.correlations_raised_up_to_six: (with_response(0.1, 0.1, 0.1),),
    claims.bubble_fills_the_centre: (with_response(0.1, 0.1, 0.1),),
    claims.response_is_exponential_plus_constant: (with_response(0.1, 0.1, 0.1),),
    claims.bubble_seldom_starts_an_avalanche: (
        with_response(0.1, 0.1, 0.1, W=8.0),
        NO_PERTURBATION,
    ),
    claims.second_order_gives_the_purity: (xr.Dataset(), perturbation((8.0,))),
}


@pytest.mark.parametrize("claim", LACKING, ids=lambda claim: claim.__name__)
def test_what_the_smallest_scale_lacks_is_said(claim):
    with pytest.raises(LackingError):
        claim(*LACKING[claim])


def test_every_claim_is_declared_with_a_figure():
    ours = [one for one in DECLARED if isinstance(one, Claim) and one.paper == "colmenarez2023"]
    assert len(ours) == 21
    assert {one.figure.partition("/")[2] for one in ours} == {
        "fig2", "fig4", "fig5", "fig6", "fig7", "fig8", "fig9", "theory",
    }  # fmt: skip
