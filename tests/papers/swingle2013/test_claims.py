"""Claims on rows of known truth: each says what is so, and that it is not where it is not."""

import made_fixed_points as made
import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.fixed_point_growth import two_spins
from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.swingle2013 import claims, claims_dynamics

YES, NO, MAYBE = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.UNDECIDED
EXACT, VIOLATED = Word.EXACT, Word.VIOLATED
NONE = xr.Dataset()  # a table that a claim does not look at


@pytest.mark.parametrize(
    ("mean", "word"), [(1.0, YES), (0.96, MAYBE), (1.04, MAYBE), (0.9, NO), (1.1, NO)]
)
def test_mean_energy(mean, word):
    found = claims.mean_energy_is_that_of_independent_spins(made.spectrum(mean=mean))
    assert found.word == word
    assert "ξ = 0" in found.numbers
    assert "ξ = 1" in found.numbers


@pytest.mark.parametrize(("width", "word"), [(1.0, YES), (0.95, YES), (0.5, NO), (1.34, NO)])
def test_density_of_states(width, word):
    assert claims.density_of_states_is_gaussian(made.spectrum(width)).word == word


@pytest.mark.parametrize(("height", "word"), [(0.95, YES), (0.75, NO), (1.3, NO), (0.86, MAYBE)])
def test_height_of_the_density_of_states(height, word):
    rows = made.spectrum()
    rows["density"] = rows["density"] * height
    assert claims.density_of_states_is_gaussian(rows).word == word


@pytest.mark.parametrize(("per_site", "word"), [(-0.95, YES), (-1.09, MAYBE), (-0.5, NO)])
def test_level_spacings(per_site, word):
    found = claims.levels_are_exponentially_dense(made.spectrum(per_site=per_site))
    assert found.word == word
    assert found.numbers.endswith("from L = 6 to 8")


@pytest.mark.parametrize(("bound", "word"), [(2.0, EXACT), (0.9, VIOLATED)])
def test_light_cone(bound, word):
    assert claims.light_cone_is_bounded(made.light_cone(bound)).word == word


@pytest.mark.parametrize(("length", "word"), [(0.5, YES), (0.99, MAYBE), (3.0, NO)])
def test_decay_outside_the_cone(length, word):
    assert claims.commutators_decay_outside_the_cone(made.light_cone(length=length)).word == word


def test_points_inside_the_cone_do_not_count():
    cone = made.light_cone()
    inside = cone["distance"] < 3
    cone["norm"] = cone["norm"] * np.exp(2 * cone["distance"]).where(inside, 1)  # a plateau
    assert claims.commutators_decay_outside_the_cone(cone).word == NO
    cone["bound"] = cone["bound"].where(~inside, 2.0)
    found = claims.commutators_decay_outside_the_cone(cone)
    assert found.word == YES
    assert found.numbers.startswith("ln of the fall from d = 3 on")
    with pytest.raises(LackingError, match="outside the light cone"):
        claims.commutators_decay_outside_the_cone(cone.assign(bound=xr.full_like(cone["bound"], 2)))
    with pytest.raises(LackingError, match="fictitious_time = 1"):
        claims.commutators_decay_outside_the_cone(cone.isel(fictitious_time=[0, 2]))


@pytest.mark.parametrize(("changes", "word"), [({}, EXACT), ({"tightness": 1.2}, VIOLATED)])
def test_bound_of_the_entropy(changes, word):
    assert claims.entropy_is_bounded(made.area_law(**changes)).word == word


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, YES),
        ({"slope": 0.005}, YES),
        ({"slope": -0.005}, YES),
        ({"slope": 0.0095}, MAYBE),
        ({"slope": 0.02}, NO),
        ({"per_site": 0.004}, YES),
        ({"per_site": 0.02}, NO),
    ],
)
def test_area_law(changes, word):
    assert claims.entropy_obeys_an_area_law(made.area_law(**changes)).word == word


def test_one_realisation_above_a_bound_is_enough():
    cone, area, grown = made.light_cone(), made.area_law(), made.growth()
    cone["norm"][{"key": 0, "seed": 3, "fictitious_time": 1, "distance": 2}] *= 3
    area["tightness"][{"key": 0, "seed": 3, "ends": 1}] = 1.1
    assert claims.light_cone_is_bounded(cone).word == VIOLATED
    assert claims.entropy_is_bounded(area).word == VIOLATED
    grown["entropy"][{"key": 0, "seed": 3, "down": 0, "time": 5}] = 2.9
    assert claims_dynamics.diagonal_entropy_caps_growth(grown).word == VIOLATED
    grown["bound"][{"key": 0, "seed": 4, "down": 0, "time": 5}] = 0.9 * 2
    assert claims_dynamics.growth_is_bounded(made.growth()).word == EXACT
    assert claims_dynamics.growth_is_bounded(grown).word == VIOLATED


def test_two_spins():
    spins = two_spins(J1=0.9, J2=0.4, J12=0.1, periods=2, points=8)
    assert claims_dynamics.two_spins_entangle_fully(spins, NONE).word == EXACT
    for name in ("purity", "purity_exact"):
        wrong = spins.assign({name: spins[name] + 1e-6})
        assert claims_dynamics.two_spins_entangle_fully(wrong, NONE).word == VIOLATED


@pytest.mark.parametrize(("revival", "word"), [(0.51, YES), (0.548, MAYBE), (0.7, NO)])
def test_revival_among_many_spins(revival, word):
    rows = made.growth(revival=revival)
    assert claims_dynamics.many_spins_do_not_revive(NONE, rows).word == word


@pytest.mark.parametrize(
    ("changes", "grows", "linear", "full"),
    [
        ({"rate": 1.0}, YES, YES, YES),
        ({"rate": 0.91}, YES, YES, MAYBE),
        ({"rate": 0.65}, YES, YES, NO),
        ({"rate": 1.0, "offset": 0.5}, YES, NO, NO),
        ({"rate": 0.7, "curved": 0.3}, YES, NO, NO),
        ({"rate": -1.0}, NO, NO, NO),
        ({"rate": 1.0, "late": 0.6}, NO, YES, YES),
        ({"rate": 1.0, "late": 1.77}, NO, YES, YES),
        ({"rate": 1.0, "late": 1.24}, MAYBE, YES, YES),
    ],
)
def test_growth_of_entanglement(changes, grows, linear, full):
    rows = made.growth(**changes)
    assert claims_dynamics.entanglement_grows_as_a_logarithm(rows).word == grows
    assert claims_dynamics.slope_is_linear_in_length(rows).word == linear
    found = claims_dynamics.slope_is_entropy_times_length(rows)
    assert found.word == full
    assert "p = 0.25" in found.numbers
    assert "p = 0.5" in found.numbers


def test_a_slope_that_one_state_alone_has_is_not_that_of_all():
    rows = made.growth(rate=1.0)
    rows["rate"] = rows["rate"] * xr.DataArray([0.8, 1.0], dims="down")
    assert claims_dynamics.slope_is_entropy_times_length(rows).word == NO


def test_a_line_that_is_rejected_decides_though_its_parameters_would_do():
    rows = made.growth()
    one = {"key": 4, "down": 0}  # ξ = 1 between 0.5 and 2
    rows["rate"][one] = rows["rate"][one] * 1.04
    found = claims_dynamics.slope_is_linear_in_length(rows)
    assert found.word == NO
    assert "χ²" in found.numbers
    assert "p = 0.5" in found.numbers  # the other state is told too


@pytest.mark.parametrize(("cap", "word"), [(2.8, EXACT), (1.5, VIOLATED)])
def test_cap_of_the_entropy(cap, word):
    assert claims_dynamics.diagonal_entropy_caps_growth(made.growth(cap=cap)).word == word


def test_without_the_state_in_the_plane_or_enough_lengths_growth_is_not_judged():
    elsewhere = made.growth(down=(0.1, 0.3))
    unfitted = made.growth(rate=np.nan)
    single, two = made.growth().isel(key=[0, 2, 4]), made.growth().isel(key=[0, 3, 4])
    for claim, rows in (
        ("entanglement_grows_as_a_logarithm", elsewhere),
        ("entanglement_grows_as_a_logarithm", unfitted),
        ("entanglement_grows_as_a_logarithm", single),
        ("slope_is_linear_in_length", unfitted),
        ("slope_is_linear_in_length", single),
        ("slope_is_linear_in_length", two),
        ("slope_is_entropy_times_length", unfitted),
        ("slope_is_entropy_times_length", single),
    ):
        with pytest.raises(LackingError):
            getattr(claims_dynamics, claim)(rows)


def test_growth_without_rates_in_half_of_its_window_is_not_judged():
    with pytest.raises(LackingError, match="too few times"):
        claims_dynamics.entanglement_grows_as_a_logarithm(made.growth(late=np.nan))


@pytest.mark.parametrize(("least", "word"), [((0, 0.2, 0.4), YES), ((0, 0.2, 0.7), NO)])
def test_recurrences(least, word):
    rows = made.finite_range(least)
    assert claims_dynamics.entropy_recurs_at_finite_range(rows).word == word


def test_recurrences_of_half_the_realisations_are_not_those_of_most():
    rows = made.finite_range()
    rows["least"][{"range": 2, "seed": slice(0, 15)}] = 0.9
    assert claims_dynamics.entropy_recurs_at_finite_range(rows).word == MAYBE


@pytest.mark.parametrize(("tightness", "word"), [(1.0, EXACT), (1.1, VIOLATED)])
def test_cap_of_finite_range(tightness, word):
    rows = made.finite_range(tightness=tightness)
    assert claims_dynamics.finite_range_gives_a_strict_area_law(rows).word == word


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, YES),
        ({"fall": 1.001}, MAYBE),
        ({"fall": 0.5}, NO),
        ({"rise": 0.02}, YES),
        ({"rise": -0.1}, YES),
        ({"rise": 0.05}, MAYBE),
        ({"rise": 0.2}, NO),
    ],
)
def test_what_spreads_from_a_local_quench(changes, word):
    rows = made.transport(**changes)
    assert claims_dynamics.energy_is_not_transported(rows).word == word
    assert claims_dynamics.entanglement_does_not_spread(rows).word == word


def test_energy_and_entanglement_are_judged_apart():
    rows = made.transport()
    rows["energy"] = rows["energy"] * np.exp(1.5 * rows["distance"])
    assert claims_dynamics.energy_is_not_transported(rows).word == NO
    assert claims_dynamics.entanglement_does_not_spread(rows).word == YES


def test_spreading_needs_distances_outside_the_cone_and_late_times():
    rows = made.transport()
    for changed in (rows.isel(distance=[0, 1, 2]), rows.isel(time=[0, 1, 2, 3])):
        with pytest.raises(LackingError):
            claims_dynamics.energy_is_not_transported(changed)


@pytest.mark.parametrize("name", ["flip", "energy", "entropy"])
def test_one_eigenstate_above_the_bound_of_what_is_far_is_enough(name):
    rows = made.transport()
    judges = (
        claims_dynamics.distant_spin_flips_are_bounded,
        (claims_dynamics.distant_energy_and_entropy_are_bounded),
    )
    assert [judge(rows).word for judge in judges] == [EXACT, EXACT]
    rows[f"{name}_tightness"][{"key": 0, "seed": 5}] = 1.01
    expected = [VIOLATED, EXACT] if name == "flip" else [EXACT, VIOLATED]
    assert [judge(rows).word for judge in judges] == expected


@pytest.mark.parametrize(
    ("changes", "word"),
    [({}, YES), ({"same": 0.7}, NO), ({"same": 0.44}, MAYBE), ({"largest": 0.3, "same": 0.1}, NO)],
)
def test_states_out_of_order(changes, word):
    assert claims_dynamics.states_shoot_through_crossings(made.crossings(**changes)).word == word


@pytest.mark.parametrize(("largest", "word"), [(0.95, YES), (0.91, MAYBE), (0.7, NO)])
def test_evolved_states(largest, word):
    rows = made.crossings(largest)
    assert claims_dynamics.evolved_states_are_eigenstates(rows).word == word


@pytest.mark.parametrize(("moved", "word"), [(1e-14, EXACT), (1e-3, VIOLATED)])
def test_crossings_without_a_perturbation(moved, word):
    found = claims_dynamics.crossings_keep_eigenvectors(made.crossings(moved=moved))
    assert found.word == word
    assert "of all pairs cross" in found.numbers


@pytest.mark.parametrize(("error", "word"), [(0.3, YES), (0.05, MAYBE), (0.02, NO)])
def test_quasi_adiabatic_generator(error, word):
    rows = made.quasi_adiabatic(error=error)
    assert claims.generator_is_local_but_for_near_levels(rows).word == word


def test_a_generator_that_falls_on_the_way_is_not_one_that_rises():
    rows = made.quasi_adiabatic()
    rows["generator_error"] = rows["generator_error"] * xr.DataArray([3.0, 0.1, 1.0], dims="gap")
    assert claims.generator_is_local_but_for_near_levels(rows).word == NO


@pytest.mark.parametrize(("clear", "word"), [(0.97, YES), (0.91, MAYBE), (0.1, NO)])
def test_states_on_which_the_generator_is_k(clear, word):
    found = claims.generator_is_k_for_almost_all_states(made.quasi_adiabatic(clear=clear))
    assert found.word == word


@pytest.mark.parametrize(("ratio", "word"), [(0.2, YES), (0.495, MAYBE), (1.0, NO), (1.6, NO)])
def test_near_levels(ratio, word):
    assert claims.near_levels_are_not_connected(made.quasi_adiabatic(ratio)).word == word


@pytest.mark.parametrize(
    ("claim", "changes", "word"),
    [
        ("spectrum_is_that_of_the_fixed_point", {}, EXACT),
        ("spectrum_is_that_of_the_fixed_point", {"error": 1e-3}, VIOLATED),
        ("localised_under_weak_perturbation", {}, YES),
        ("localised_under_weak_perturbation", {"weak": 0.424}, MAYBE),
        ("localised_under_weak_perturbation", {"weak": 0.53}, NO),
        ("localised_as_the_chain_grows", {}, YES),
        ("localised_as_the_chain_grows", {"ratio_rise": -0.1}, YES),
        ("localised_as_the_chain_grows", {"ratio_rise": 0.02}, MAYBE),
        ("localised_as_the_chain_grows", {"ratio_rise": 0.05}, NO),
        ("localised_as_the_chain_grows", {"entropy_rise": 0.05}, YES),
        ("localised_as_the_chain_grows", {"entropy_rise": 0.1}, MAYBE),
        ("localised_as_the_chain_grows", {"entropy_rise": 0.5}, NO),
        ("localised_at_a_tenth_of_the_energy", {}, YES),
        ("localised_at_a_tenth_of_the_energy", {"ratio_rise": 0.05}, NO),
        ("localised_at_a_tenth_of_the_energy", {"entropy_rise": 0.5}, NO),
        ("delocalised_under_strong_perturbation", {}, YES),
        ("delocalised_under_strong_perturbation", {"strong": 0.4}, NO),
        ("delocalised_under_strong_perturbation", {"entropy": 0.5}, NO),
    ],
)
def test_stability(claim, changes, word):
    assert getattr(claims, claim)(made.stability(**changes)).word == word


def test_chains_of_one_size_tell_of_no_size():
    one = made.stability().isel(key=[0]), made.spectrum().isel(key=[0, 1])
    with pytest.raises(LackingError, match="a single size"):
        claims.localised_as_the_chain_grows(one[0])
    with pytest.raises(LackingError, match="a single size"):
        claims.levels_are_exponentially_dense(one[1])


def test_larger_chains_with_fewer_seeds_are_compared_by_all_that_there_are():
    rows = made.stability()
    names = ["gap_ratio", "entropy", "spectrum_error"]
    fewer = rows[names].where((rows["L"] == 6) | (rows["seed"] < 10))
    assert claims.localised_as_the_chain_grows(rows.assign(fewer)).word == YES
