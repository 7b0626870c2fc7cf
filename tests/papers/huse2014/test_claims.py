"""What the worlds of all claims leave open: exact claims, fits, labellings, and what is lacking."""

import numpy as np
import pytest
import worlds_huse2014 as worlds
import xarray as xr

from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.huse2014 import claims, claims_dynamics

YES, NO, OPEN = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.UNDECIDED
NONE = worlds.NONE


@pytest.mark.parametrize(("violation", "word"), [(1e-14, Word.EXACT), (1e-3, Word.VIOLATED)])
def test_what_holds_by_construction(violation, word):
    names = ("same_site", "different_sites", "conservation")
    algebra = worlds.rows(**dict.fromkeys(names, violation), bare=4.0)
    couplings, ranges = worlds.rows(expansion=violation), worlds.rows(weight_sum=violation)
    lbits = worlds.rows(lbit_echo_loss=violation)
    tables = (algebra, ranges, couplings, lbits)
    assert claims.pauli_algebra(*tables).word == word
    assert claims.lbits_are_conserved(*tables).word == word
    assert claims.hamiltonian_is_the_lbits(*tables).word == word
    assert claims.range_weights_sum_to_one(ranges).word == word
    assert claims_dynamics.lbit_echo_is_perfect(NONE, lbits).word == word


def test_one_bad_realisation_is_enough():
    ranges = worlds.rows(weight_sum=1e-14)
    ranges["weight_sum"][{"labelling": 0, "Delta": 1, "seed": 3}] = 1e-3
    assert claims.range_weights_sum_to_one(ranges).word == Word.VIOLATED


def logs(*means, width=0.02):
    """Rows of logarithms about given means."""
    x = worlds.on("distance", range(1, len(means) + 1))
    return xr.DataArray(list(means), x.coords, "distance") + worlds.scatter(
        width, "distance", distance=len(means)
    )


@pytest.mark.parametrize(
    ("means", "width", "word"),
    [
        ((0.0, -2.0, -4.0, -6.0), 0.2, YES),
        ((0.0, -3.0, -5.0, -6.0), 0.2, NO),  # bent by far more than its errors
        ((0.0, -3.0, -5.0, -6.0), 20.0, OPEN),  # which large errors do not make straight
        ((0.0, 2.0, 4.0, 6.0), 0.2, NO),  # straight, but rises
        ((0.0, -1.0, -3.0, -6.0), 0.2, NO),
    ],
)
def test_an_exponential_is_a_straight_line_that_falls_and_has_no_bend(means, width, word):
    verdict = claims.exponential(logs(*means, width=width), "distance", "J")
    assert verdict.word == word
    assert "degrees of freedom" in verdict.numbers


def test_a_bend_beyond_the_margin_is_none_though_its_line_is_not_rejected():
    rows = logs(0.0, -1.5, -2.5, -3.0, width=3.0)
    assert claims.exponential(rows, "distance", "J").word in (OPEN, NO)


def test_two_points_are_no_line():
    with pytest.raises(LackingError, match="no third value of distance"):
        claims.exponential(logs(0.0, -2.0), "distance", "J")
    few = logs(0.0, -2.0, -4.0, -6.0).isel(seed=slice(3))
    with pytest.raises(LackingError, match="no more realisations than the line"):
        claims.exponential(few, "distance", "J")


def test_a_fall_in_the_middle_is_not_a_rise():
    rows = logs(0.0, 2.0, 1.0, 3.0)
    assert claims.rises(rows, "distance", "").word == NO
    assert claims.rises(logs(0.0, 1.0, 2.0, 3.0), "distance", "").word == YES
    assert "paired over 100 realisations" in claims.rises(rows, "distance", "S").numbers
    with pytest.raises(LackingError, match="no second value of distance"):
        claims.rises(rows[{"distance": [0]}], "distance", "")


def test_the_half_of_the_ring_is_no_distance_of_an_exponential():
    """Both ways round are as long there: couplings are larger than their decay alone makes them."""
    table = worlds.couplings()
    for name in ("log_pair", "log_interaction"):
        table[name][{"distance": -1}] += 1.0
    assert claims.couplings_fall_exponentially_with_distance(table).word == YES
    for name in ("log_pair", "log_interaction"):
        table[name][{"distance": -2}] += 1.0
    assert claims.couplings_fall_exponentially_with_distance(table).word == NO


def test_verdicts_are_of_the_last_labelling_and_the_strongest_disorder():
    table, other = worlds.couplings(), worlds.couplings(fall=0.0)
    for name in table:
        table[name][{"labelling": 0}] = other[name].isel(labelling=0)
        table[name][{"Delta": 0}] = other[name].isel(Delta=0)
    assert claims.couplings_fall_with_distance(table).word == YES
    turned = table.isel(labelling=[1, 0])
    assert claims.couplings_fall_with_distance(turned).word != YES


def test_local_lengths_stand_in_the_numbers():
    numbers = claims.couplings_fall_with_distance(worlds.couplings()).numbers
    assert numbers.count("local ξ = 0.3") == 2


@pytest.mark.parametrize("power", [0.5, 1.0])
def test_a_power_of_time_is_no_logarithm(power):
    tables = worlds.growth(x=0.1, power=power)
    assert claims_dynamics.entanglement_grows_while_interactions_dephase(*tables).word == YES
    assert claims_dynamics.entanglement_grows_as_a_logarithm(*tables).word == NO


@pytest.mark.parametrize(("slope", "word"), [(0.32, YES), (0.15, NO), (0.6, NO)])
def test_the_prefactor_lies_between_a_half_and_one(slope, word):
    assert claims_dynamics.slope_is_density_times_length(*worlds.growth(x=slope)).word == word


def test_rare_long_lbits_are_told_from_common_ones():
    (table,) = worlds.localised()
    flat = table.copy(deep=True)
    inside = flat["lbit_range"].notnull()
    uniform = np.random.default_rng(0).uniform(0, 4, inside.shape)
    flat["lbit_range"] = flat["lbit_range"].copy(data=uniform).where(inside)
    assert claims.long_lbits_are_rare(table).word == YES
    assert claims.long_lbits_are_rare(flat).word == NO


def test_sizes_and_strengths_that_the_largest_ring_lacks_do_not_count():
    (table,) = worlds.localised()
    for name in ("lbit_range", "log_weight"):
        table[name] = table[name].where((table["L"] < 10) | (table["Delta"] > 5))
    assert claims.mean_range_falls_with_disorder(table).word == YES
    assert "Δ = 7.5, 20" in claims.mean_range_falls_with_disorder(table).numbers
    assert "Δ = 7.5" in claims.thermal_range_grows_with_size(table).numbers
    with pytest.raises(LackingError):
        claims.localised_range_is_finite(table.sel(L=[10]))


def test_several_sizes_where_one_is_shown_are_lacking():
    pbits, lbits = worlds.signals()
    with pytest.raises(LackingError):
        claims_dynamics.pbit_echo_survives(pbits.reindex(L=[8, 10]), lbits)
