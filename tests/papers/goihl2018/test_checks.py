"""Faults of what a figure is to show, on an ensemble as one writes it."""

import pytest
from made_tables import list_faults

from mbl.papers.checks import one_size
from mbl.papers.goihl2018 import checks

ONE = [{"L": 9, "Delta": [5.0], "seeds": "0-0"}]


def faults(check, entries):
    return list_faults(check, "figures.goihl2018.fig2", {}, "mine", entries)


@pytest.mark.parametrize("check", [checks.odd_sizes, one_size, checks.one_key])
def test_one_odd_ring_has_no_fault(check):
    assert faults(check, ONE) == []


@pytest.mark.parametrize(
    ("check", "entry", "fault"),
    [
        (checks.odd_sizes, {"L": 8}, "ensembles.ring.mine[0].L: 8 is even, but goihl2018's"),
        (checks.one_key, {"Delta": [5.0, 6.0]}, "'mine' holds 2 pairs of L and Delta; this figure"),
    ],
)
def test_a_fault_is_named(check, entry, fault):
    (found,) = faults(check, [ONE[0] | entry])
    assert fault in found


def test_sizes_are_counted_over_entries():
    (found,) = faults(one_size, [*ONE, ONE[0] | {"L": 11}])
    assert found == (
        "figures.goihl2018.fig2.ensemble: 'mine' holds several sizes; this figure shows one L"
    )
