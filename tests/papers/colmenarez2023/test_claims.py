"""What claims make of rows of known truth, beyond the worlds of `worlds_colmenarez2023`."""

import numpy as np
import pytest
import xarray as xr
from made_chains import (
    crossing_at,
    inclusion,
    perturbation,
    responding,
    rows,
    scan,
    with_response,
)

from mbl.catalogue import catalogue
from mbl.ensembles.rows import LackingError
from mbl.ledger.report import judge
from mbl.ledger.verdicts import Word
from mbl.papers.colmenarez2023 import claims
from mbl.papers.colmenarez2023 import claims_supplement as further
from mbl.registry import DECLARED, Claim

NOTHING = xr.Dataset()
YES, NO, MAYBE = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.UNDECIDED
SHORT = with_response(0.1, 0.1, 0.1)


@pytest.mark.parametrize(("ratio", "word"), [(0.5307, MAYBE), (0.40, NO), (0.535, MAYBE)])
def test_levels_at_weak_disorder(ratio, word):
    """An error of 0.01 leaves the window of ± 0.02 undecided at best."""
    verdict = claims.levels_repel_at_weak_disorder(inclusion((2.0, 8.0), gap_ratio=ratio))
    assert verdict.word == word
    assert verdict.numbers.startswith("L = 8, W = 2:")


@pytest.mark.parametrize(("shift", "word"), [(0.9, YES), (-0.9, NO), (0.02, MAYBE)])
def test_the_shift_of_the_crossing(shift, word):
    gap_ratio = crossing_at(3.4, 3.4 + shift)
    chains = inclusion((2.0, 3.0, 4.0, 5.0), gap_ratio=lambda *key: 5 * gap_ratio(*key))
    verdict = claims.bubble_shifts_crossing(chains)
    assert verdict.word == word
    assert "paired over 30 realisations" in verdict.numbers


def test_both_crossings_lie_at_the_known_disorder():
    near, far = crossing_at(3.7, 3.9), crossing_at(3.7, 5.4)
    words = [
        claims.crossing_lies_at_the_known_disorder(
            inclusion((2.0, 3.0, 4.0, 5.0, 6.0), gap_ratio=lambda *key: 5 * curve(*key))  # noqa: B023
        ).word
        for curve in (near, far)
    ]
    assert words == [YES, NO]


@pytest.mark.parametrize(("gap", "word"), [(0.05, YES), (-0.05, NO), (0.001, MAYBE)])
def test_the_response_far_away(gap, word):
    """Paired: an effect of 0.02 is decided where each mean has an error of 0.01."""
    midspectrum = with_response(0.2, 0.1, gap)
    assert claims.bubble_lowers_purity_far_away(midspectrum).word == word
    assert claims.bubble_lowers_purity_far_away(with_response(0.2, 0.1, 0.02)).word == YES
    assert claims.bubble_lowers_purity_nearby(midspectrum).word == YES


@pytest.mark.parametrize(("gap", "word"), [(0.02, YES), (0.04, NO), (0.0, NO)])
def test_five_percent_are_of_what_a_bubble_can_take_away(gap, word):
    verdict = further.effect_is_five_percent(with_response(0.1, 0.05, gap))
    assert verdict.word == word
    assert f"{100 * gap / 0.4:.1f}" in verdict.numbers


@pytest.mark.parametrize(("slope", "word"), [(0.02, YES), (-0.02, NO), (0.0005, MAYBE)])
def test_purity_against_size_is_at_the_distance_that_the_figure_shows(slope, word):
    """The larger chains alone have a site there; all of them count."""
    chains = inclusion((4.0, 6.0), sizes=(6, 8, 10), purity=lambda n, L, W: 0.5 + slope * L)
    claim = catalogue()[Claim]["colmenarez2023/purity_grows_with_size"]
    assert claim.asks == ("distance",)
    verdict = judge(claim, [chains])
    assert verdict.word == word
    assert "distance 3, L = 8 … 10" in verdict.numbers
    assert "distance 1, L = 6 … 10" in judge(claim, [chains], {"distance": 1}).numbers
    assert judge(claim, [chains], {"distance": 4}).word == Word.NOT_COMPUTED


@pytest.mark.parametrize(("gain", "word"), [(0.3, YES), (-0.3, NO), (0.0, MAYBE)])
def test_correlations(gain, word):
    chains = inclusion(
        (4.4, 5.2, 6.0), sizes=(6, 8), covariance=lambda n, L, W: 0.1 + (gain if n else 0.0)
    )
    assert claims.bubble_raises_correlations(chains).word == word
    assert claims.correlations_raised_up_to_six(chains).word == word


def test_a_best_bandwidth_that_moves_is_not_the_same():
    moving = scan(lambda W: 0.2 * W)
    assert further.gap_ratio_has_a_best_bandwidth(moving).word == YES
    assert further.best_bandwidth_is_the_same_at_all_disorder(moving).word == NO


def test_a_best_bandwidth_at_the_end_of_the_scan_is_no_maximum():
    assert further.gap_ratio_has_a_best_bandwidth(scan(lambda W: 4.0)).word == NO


@pytest.mark.parametrize(("slope", "word"), [(-0.02, YES), (0.02, NO), (0.0, MAYBE)])
def test_the_size_of_the_bubble(slope, word):
    keys = [(n, 8, W, 0.6) for n in (0, 3, 8) for W in (4.0, 8.0)]
    made = rows(keys, purity=lambda n, L, W: 0.8 + slope * n)
    assert further.larger_bubbles_thermalise_more(made).word == word
    away = further.larger_bubbles_thermalise_more_at_a_distance(made, distances=[0, 2])
    assert away.word == word


def test_of_a_rejected_fit_nothing_is_read():
    bump = with_response(*(0.1 + 0.05 * np.cos(np.pi * np.arange(8))), W=5.2, L=16)
    for claim in (
        further.response_is_exponential_plus_constant,
        further.asymptote_differs_from_zero,
    ):
        verdict = claim(bump)
        assert verdict.word == NO
        assert "for 5 degrees of freedom" in verdict.numbers
    assert further.avalanche_describes_purities(bump, NOTHING).word == NO
    with pytest.raises(LackingError, match=r"no p, as eq\. 6 is rejected: χ²"):
        further.bubble_seldom_starts_an_avalanche(bump, NOTHING)


def test_a_fit_with_large_errors_is_no_support():
    """A good χ² is what large errors give: the points must also lie near the curve."""
    chains = responding(0.02, 5.2)
    loud = chains["purity"] + 20 * (chains["purity"] - chains["purity"].mean("seed"))
    verdict = further.response_is_exponential_plus_constant(chains.assign(purity=loud))
    assert verdict.word == MAYBE


@pytest.mark.parametrize(("asymptote", "word"), [(0.03, YES), (-0.03, NO)])
def test_the_sign_of_the_asymptote(asymptote, word):
    assert further.asymptote_differs_from_zero(responding(asymptote, 4.4, 5.2)).word == word


@pytest.mark.parametrize(("power", "word"), [(-4.0, YES), (-2.5, NO)])
def test_the_order_of_perturbation_theory(power, word):
    compared = perturbation((64.0, 8.0, 16.0, 32.0), power)  # in any order
    verdict = further.second_order_gives_the_purity(NOTHING, compared)
    assert verdict.word == word
    assert "W = 16 … 32" in verdict.numbers
    assert "W = 8 …" not in verdict.numbers


@pytest.mark.parametrize(("power", "word"), [(-2.0, YES), (-1.0, NO)])
def test_the_power_of_the_residual_correlation(power, word):
    compared = perturbation((8.0, 16.0, 32.0, 64.0), residual=power)
    verdict = further.residual_correlation_falls_as_square_of_disorder(NOTHING, compared)
    assert verdict.word == word
    assert "L = 8, r = 3, W = 8 … 64" in verdict.numbers


def test_conservation_alone_correlates_bonds(monkeypatch):
    claim = further.residual_correlation_is_two_over_square
    verdict = claim(NOTHING, perturbation((8.0,)))
    assert verdict.word == Word.EXACT
    assert "at L = 8" in verdict.numbers
    monkeypatch.setattr(further, "residual_correlation", lambda L: 2 / L**2)
    assert claim(NOTHING, perturbation((8.0,))).word == Word.VIOLATED


LACKING = {
    claims.bubble_shifts_crossing: (SHORT,),
    claims.crossing_lies_at_the_known_disorder: (SHORT,),
    claims.thermal_purity_falls_with_dimension: (SHORT,),
    claims.bubble_lowers_purity_far_away: (with_response(0.1, 0.1, 0.1, W=8.0),),
    claims.no_effect_far_away_at_strong_disorder: (SHORT,),
    claims.bubble_raises_correlations: (SHORT,),
    claims.correlations_raised_up_to_six: (with_response(0.1, 0.1, W=5.2, L=4),),
    claims.enhancement_grows_with_size: (inclusion((4.4,)),),
    further.effect_is_five_percent: (with_response(0.1, 0.1, 0.1, W=8.0),),
    further.bubble_fills_the_centre: (SHORT,),
    further.best_bandwidth_is_the_same_at_all_disorder: (scan(lambda W: 0.6, strengths=(1.0,)),),
    further.gap_ratio_has_a_best_bandwidth: (rows([(4, 8, 1.0, beta) for beta in (0.2, 0.6)]),),
    further.larger_bubbles_thermalise_more: (rows([(4, 8, 4.0, 0.6), (0, 8, 4.0, 0.0)]),),
    further.response_is_exponential_plus_constant: (SHORT,),
    further.asymptote_vanishes_at_strong_disorder: (responding(0.0, 5.2),),
    further.bubble_seldom_starts_an_avalanche: (responding(0.0, 8.0), NOTHING),
    further.second_order_gives_the_purity: (NOTHING, perturbation((8.0,))),
    further.residual_correlation_falls_as_square_of_disorder: (NOTHING, perturbation((8.0, 16.0))),
}


@pytest.mark.parametrize("claim", LACKING, ids=lambda claim: claim.__name__)
def test_what_a_scale_lacks_is_said(claim):
    with pytest.raises(LackingError):
        claim(*LACKING[claim])


def test_every_claim_is_declared_with_a_figure():
    ours = [one for one in DECLARED if isinstance(one, Claim) and one.paper == "colmenarez2023"]
    assert len(ours) == 28
    assert [one.name for one in ours if one.exact] == [
        "colmenarez2023/residual_correlation_is_two_over_square"
    ]
    assert {one.figure.partition("/")[2] for one in ours} == {
        "fig2", "fig3", "fig4", "fig5", "fig6", "fig7", "fig8", "fig9", "theory",
    }  # fmt: skip
