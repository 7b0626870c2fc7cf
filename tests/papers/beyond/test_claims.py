import numpy as np
import pytest
from worlds_beyond import AT, tables

from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.beyond import claims

YES, NO = Word.SUPPORTED, Word.NOT_SUPPORTED


def test_rare_failures_of_the_sorting_alone_are_no_gain_of_most():
    found = tables(spread=0.5)
    error = found[1]["norm_error"]
    error[{"labelling": -1}] = 1.01 * error.isel(labelling=0)
    error[{"labelling": 0, "seed": slice(0, 10)}] = 50.0  # rules the mean, in one of six
    for claim in (
        claims.more_accurate_at_strong_disorder,
        claims.more_accurate_near_the_transition,
    ):
        verdict = claim(*found)
        assert verdict.word == NO
        assert "median ratio 0.990" in verdict.numbers


def test_a_labelling_that_is_worse_is_not_supported():
    found = tables(2.0)
    for claim in (claims.more_accurate_near_the_transition, claims.more_accurate_at_strong_disorder,
                  claims.lbits_are_more_local, claims.dynamics_of_more_realisations):  # fmt: skip
        assert claim(*found).word == NO


def test_the_smallest_ring_alone_decides():
    found = tables(0.2)
    for table, name in zip(
        found, ("truncation_error", "norm_error", "imbalance_error"), strict=False
    ):
        table[name][{"L": 1}] = np.nan
    assert claims.more_accurate_near_the_transition(*found).word == YES
    assert claims.lbits_are_more_local(*found).word == YES


@pytest.mark.parametrize("lacking", [{"Delta": [5.0]}, {"order": range(1, 4)}])
def test_what_is_not_there_is_lacking(lacking):
    with pytest.raises(LackingError):
        claims.more_accurate_near_the_transition(*tables(at=AT | lacking))
    with pytest.raises(LackingError, match="labelling = combined"):
        claims.lbits_are_more_local(*tables(labellings=["sorted", "overlap"]))


def test_bounds_that_are_reached():
    found = tables()
    assert claims.linear_labellings_are_optimal(*found).word == Word.EXACT
    found[3]["bound"][{"labelling": 1, "seed": 5}] += 1e-6
    assert claims.linear_labellings_are_optimal(*found).word == Word.VIOLATED
