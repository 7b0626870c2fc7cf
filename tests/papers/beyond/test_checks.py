"""Faults of what a figure is to show, on an ensemble as one writes it."""

import pytest
from made_tables import list_faults

from mbl.papers.beyond import checks

SHOWN = {"labellings": ["sorted", "overlap"]}
SMALL = {"L": 5, "Delta": [5.0], "seeds": "0-9"}
LARGE = {"L": 7, "Delta": [5.0], "seeds": "0-9", "labellings": ["sorted"]}


def faults(check, *entries):
    return list_faults(check, "figures.beyond.lbit_methods", SHOWN, "mine", list(entries))


@pytest.mark.parametrize("check", [checks.large_enough, checks.labelled_at_smallest])
def test_larger_rings_may_have_fewer_labellings(check):
    assert faults(check, SMALL, LARGE) == []


def test_the_smallest_ring_has_all_labellings():
    (found,) = faults(checks.labelled_at_smallest, LARGE)
    assert "lbit_methods.labellings: ['overlap'] are not computed at the smallest size" in found


def test_larger_rings_are_larger_than_those_of_the_paper():
    def found(*sizes):
        entries = [{"L": L, "Delta": [5.0], "seeds": "0-9"} for L in sizes]
        config = {
            "ensembles": {"ring": {"shown": [{"L": 7}, {"L": 9}]}},
            "figures": {"goihl2018": {"fig3": {"ensemble": "shown"}}},
        }
        asked = {"where": "figures.beyond.finite_size", "ensemble": "mine", "entries": entries}
        return list(checks.larger_rings(**asked, config=config))

    assert found(7, 11) == []
    (fault,) = found(7, 9)
    assert "finite_size.ensemble: 'mine' holds no ring larger than L = 9" in fault


def test_models_that_are_compared_need_their_order():
    (found,) = faults(checks.large_enough, SMALL | {"L": 4})
    assert "'mine' holds L = 4; this figure compares models of order 4" in found
