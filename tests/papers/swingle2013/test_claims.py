"""Claims on rows of known truth: each says what is so, and that it is not where it is not."""

import made_fixed_points as made
import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.fixed_point_growth import two_spins
from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.swingle2013 import claims

YES, NO, MAYBE = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.UNDECIDED
NONE = xr.Dataset()  # a table that a claim does not look at


@pytest.mark.parametrize(("changes", "word"), [({}, YES), ({"mean": 1.2}, NO)])
def test_mean_energy(changes, word):
    assert claims.mean_energy_is_exact(made.spectrum(**changes)).word == word


@pytest.mark.parametrize(("width", "word"), [(1.0, YES), (0.5, NO)])
def test_density_of_states(width, word):
    assert claims.density_of_states_is_gaussian(made.spectrum(width)).word == word


@pytest.mark.parametrize(("per_site", "word"), [(-0.95, YES), (-0.5, NO)])
def test_level_spacings(per_site, word):
    found = claims.levels_are_exponentially_dense(made.spectrum(per_site=per_site))
    assert found.word == word
    assert found.numbers == f"2^({per_site:.2f} L) over L = 6 … 8"


@pytest.mark.parametrize(("bound", "word"), [(2.0, YES), (0.9, NO)])
def test_light_cone(bound, word):
    assert claims.light_cone_is_bounded(made.light_cone(bound)).word == word


@pytest.mark.parametrize(("length", "word"), [(1.0, YES), (2.001, MAYBE), (3.0, NO)])
def test_decay_outside_the_cone(length, word):
    assert claims.commutators_decay_outside_the_cone(made.light_cone(length=length)).word == word


@pytest.mark.parametrize(("changes", "word"), [({}, YES), ({"tightness": 1.1}, NO)])
def test_bound_of_the_entropy(changes, word):
    assert claims.entropy_is_bounded(made.area_law(**changes)).word == word


@pytest.mark.parametrize(("slope", "word"), [(0.001, YES), (-0.001, YES), (0.05, NO)])
def test_area_law(slope, word):
    assert claims.entropy_obeys_an_area_law(made.area_law(slope)).word == word


def test_one_realisation_above_a_bound_is_enough():
    cone, area = made.light_cone(), made.area_law()
    cone["norm"][{"key": 0, "seed": 3, "fictitious_time": 1, "distance": 2}] *= 3
    area["tightness"][{"key": 0, "seed": 3, "ends": 1}] = 1.1
    assert claims.light_cone_is_bounded(cone).word == NO
    assert claims.entropy_is_bounded(area).word == NO


def test_two_spins():
    exact = two_spins(J1=0.9, J2=0.4, J12=0.1, periods=2, points=8)
    assert claims.two_spins_entangle_fully(exact, NONE).word == YES
    assert (
        claims.two_spins_entangle_fully(exact.assign(purity=exact["purity"] + 0.1), NONE).word == NO
    )


@pytest.mark.parametrize(("revival", "word"), [(0.6, YES), (0.99, NO)])
def test_revival_among_many_spins(revival, word):
    assert claims.many_spins_do_not_revive(NONE, made.growth(revival=revival)).word == word


@pytest.mark.parametrize(
    ("changes", "grows", "linear", "full"),
    [
        ({"rate": 1.0}, YES, YES, YES),
        ({"rate": 0.65}, YES, YES, NO),
        ({"rate": 0.3}, YES, NO, NO),
        ({"rate": 1.0, "offset": 0.5}, YES, NO, NO),
        ({"rate": -1.0}, NO, NO, NO),
    ],
)
def test_growth_of_entanglement(changes, grows, linear, full):
    rows = made.growth(**changes)
    assert claims.entanglement_grows_as_a_logarithm(rows).word == grows
    assert claims.slope_is_linear_in_length(rows).word == linear
    assert claims.slope_is_entropy_times_length(rows).word == full


@pytest.mark.parametrize(("cap", "word"), [(2.8, YES), (1.5, NO)])
def test_cap_of_the_entropy(cap, word):
    assert claims.diagonal_entropy_caps_growth(made.growth(cap=cap)).word == word


def test_without_the_state_in_the_plane_or_any_line_growth_is_not_judged():
    elsewhere = made.growth(down=(0.1, 0.3))
    unfitted = made.growth(rate=np.nan)
    single = made.growth().isel(key=[0, 3])
    for claim, rows in (
        (claims.entanglement_grows_as_a_logarithm, elsewhere),
        (claims.slope_is_linear_in_length, unfitted),
        (claims.slope_is_linear_in_length, single),
        (claims.slope_is_entropy_times_length, unfitted),
    ):
        with pytest.raises(LackingError):
            claim(rows)
    assert claims.entanglement_grows_as_a_logarithm(unfitted).word == MAYBE
    assert claims.slope_is_entropy_times_length(single).word == MAYBE  # 0.75 s ξ


@pytest.mark.parametrize(("error", "word"), [(0.3, YES), (0.02, NO)])
def test_quasi_adiabatic_generator(error, word):
    rows = made.quasi_adiabatic(error=error)
    assert claims.generator_is_local_but_for_near_levels(rows).word == word


@pytest.mark.parametrize(("connected", "word"), [(0.01, YES), (0.2, NO)])
def test_near_levels(connected, word):
    assert claims.near_levels_are_not_connected(made.quasi_adiabatic(connected)).word == word


@pytest.mark.parametrize(
    ("claim", "changes", "word"),
    [
        ("spectrum_is_that_of_the_fixed_point", {}, YES),
        ("spectrum_is_that_of_the_fixed_point", {"error": 1e-3}, NO),
        ("localised_under_weak_perturbation", {}, YES),
        ("localised_under_weak_perturbation", {"weak": 0.53}, NO),
        ("delocalised_under_strong_perturbation", {}, YES),
        ("delocalised_under_strong_perturbation", {"strong": 0.4}, NO),
        ("delocalised_under_strong_perturbation", {"entropy": 0.5}, NO),
    ],
)
def test_stability(claim, changes, word):
    assert getattr(claims, claim)(made.stability(**changes)).word == word
