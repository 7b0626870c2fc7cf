"""What claims tell of rows of known truth, beside their worlds, and what they ask for."""

import re

import numpy as np
import pytest
from worlds_goihl2018 import (
    averages,
    crossing,
    decaying,
    dephasing,
    effective,
    far,
    locality,
    quench,
)

from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.goihl2018 import claims, claims_model

YES, NO, MAYBE = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.UNDECIDED


def test_the_crossover_of_every_buffer_is_told():
    verdict = claims.crossover(crossing(lambda S: 9.0 - 0.3 * S))
    heights = verdict.numbers.partition("Δ = ")[2].partition(" for")[0].split(", ")
    found = [float(height.split(" ±")[0]) for height in heights]
    np.testing.assert_allclose(found, [8.7, 8.1, 7.5, 6.9, 6.3], atol=0.25)
    one_buffer_elsewhere = crossing(lambda S: 4.0 if S == 9 else 7.5)
    assert claims.crossover(one_buffer_elsewhere).word == NO


def test_without_a_crossover_there_is_nothing_to_judge():
    with pytest.raises(LackingError, match=r"\|S\| = 1, 3, 5, 7, 9 is halved"):
        claims.crossover(locality(lambda L, Delta, S: 0.9 - 0.01 * Delta))


def test_a_rise_on_the_way_is_no_fall():
    rising = locality(lambda L, Delta, S: 0.9 if Delta == 10.0 else 1 / (1 + Delta / 8))
    assert claims.localises_with_disorder(rising).word == NO
    bump = effective(lambda Delta, N: 0.8 * np.exp(-0.1 * Delta) * (3.0 if Delta == 10.0 else 1.0))
    verdict = claims_model.norm_error_falls_with_disorder(bump)
    assert verdict.word == NO
    assert "from Δ = 7.5 to 10" in verdict.numbers


@pytest.mark.parametrize(
    ("last", "word"), [(0.9, YES), (1.1, YES), (0.5, NO), (2.0, NO)]
)  # fmt: skip
def test_first_and_last_lbit(last, word):
    data = crossing(last=last)
    assert claims.first_and_last_lbit_differ_little(data).word == word


@pytest.mark.parametrize(
    ("bend", "seeds", "word"), [(0.0, 200, YES), (0.4, 200, NO), (-0.4, 200, NO), (0.0, 4, MAYBE)]
)
def test_decays_that_are_no_exponentials(bend, seeds, word):
    data = decaying(bend=bend, seeds=seeds)
    assert claims.exponential_decay(data).word == word


def test_a_decay_that_grows_is_none():
    assert claims.exponential_decay(decaying(lambda L, Delta: -0.01)).word == NO


@pytest.mark.parametrize(
    ("claim", "data"),
    [
        (claims.exponential_decay, crossing),
        (claims.first_and_last_lbit_differ_little, crossing),
        (claims_model.norm_error_decays_exponentially, effective),
    ],
)
def test_claims_of_strong_disorder_ask_for_it(claim, data):
    with pytest.raises(LackingError, match=r"Delta from 10 on"):
        claim(data(strengths=(2.0, 5.0)))


def test_sizes_are_compared_by_the_seeds_of_both():
    data = decaying(lambda L, Delta: 0.5 - 0.02 * L, sizes=(7, 9, 11))
    few = data.where((data["L"] < 11) | (data["seed"] < 50))
    for claim in (claims.slower_in_larger_rings, claims.larger_error_in_larger_rings):
        assert "paired over 200 realisations" in claim(data).numbers
        assert "paired over 50 realisations" in claim(few).numbers
        with pytest.raises(LackingError, match="one size"):
            claim(data.isel(L=[0]))


def test_the_opposite_is_not_supported():
    steeper = decaying(lambda L, Delta: 0.1 + 0.02 * L, sizes=(7, 9, 11))
    assert claims.slower_in_larger_rings(steeper).word == NO
    smaller = locality(lambda L, Delta, S: np.exp(-0.3 * S) / L, sizes=(7, 9, 11))
    assert claims.larger_error_in_larger_rings(smaller).word == NO
    weaker = decaying(lambda L, Delta: 0.3 - 0.005 * Delta)
    assert claims.faster_at_stronger_disorder(weaker).word == NO
    early, late = (quench(far, lambda delta, t, sign=s: delta + 0 * t if sign else 3 * (10 - t))
                   for s in (1, 0))  # fmt: skip
    assert claims_model.agreement_is_lost_with_time(*early).word != YES
    assert claims_model.agreement_is_lost_with_time(*late).word != YES


def test_means_that_rare_realisations_rule_stand_beside_what_most_do():
    data = effective(lambda Delta, N: 1e-4)
    data["norm_error"][{"seed": slice(0, 60)}] = 0.3
    verdict = claims_model.small_error_needs_high_order(data)
    assert verdict.word == YES
    assert "median 0.0001" in verdict.numbers
    assert "by more than 0.01 in 30" in verdict.numbers


def test_one_order_whose_couplings_rise_is_enough():
    data = effective(
        coupling=lambda N, d: np.exp(-0.7 * d if N != 3 else 0.7 * d), strengths=(20.0,)
    )
    verdict = claims_model.couplings_decay_with_extension(data)
    assert verdict.word == NO
    assert "N = 3" in verdict.numbers


def test_all_realisations_count_that_are_close():
    tables = quench(far, lambda delta, time: 0.2 * delta * time + (delta < 0.01) * time)
    verdict = claims_model.close_in_norm_reproduces_dynamics(*tables)
    assert verdict.word == NO  # the very best are the ones that fail
    assert "over 100 realisations" in verdict.numbers


@pytest.mark.parametrize(
    ("claim", "distance"),
    [
        (claims_model.close_in_norm_reproduces_dynamics, 10.0),
        (claims_model.average_imbalance_is_reproduced, 0.001),
        (claims_model.fast_oscillations_are_missed, 0.001),
    ],
)
def test_dynamics_ask_for_models_that_are_close_or_far(claim, distance):
    with pytest.raises(LackingError, match="fewer than two realisations with"):
        claim(*quench(lambda seed: distance, dephasing))


def test_averages_are_told_beside_those_before():
    verdict = claims.sorted_averages_resemble_pauli(averages(0.1))
    numbers = re.findall(r"by (\S+) ±", verdict.numbers)
    assert [float(number) for number in numbers] == pytest.approx([0.1, 1.0], abs=0.05)
