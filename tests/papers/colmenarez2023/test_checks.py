"""Faults of what a figure is to show, on an ensemble as one writes it."""

import pytest
from made_tables import list_faults

from mbl.papers.checks import one_size
from mbl.papers.colmenarez2023 import checks

ENTRIES = [
    {"n": 4, "L": 8, "W": [4.4, 8.0], "seeds": "0-9"},
    {"n": 4, "L": 10, "W": [4.4, 8.0], "seeds": "0-9"},
    {"L": 10, "W": [4.4, 8.0], "seeds": "0-9"},
    {"L": 12, "W": [4.4, 8.0], "seeds": "0-9"},
]


def faults(check, entries=ENTRIES, **shown):
    return list_faults(check, "figures.colmenarez2023.fig3", shown, "inclusion", entries)


def test_an_ensemble_that_holds_everything_has_no_fault():
    shown = {"sizes": [8, 10], "strengths": [8.0], "distances": [0, 4], "size": 8, "distance": 3}
    for check in (checks.one_bubble, checks.beside_longer_chains, checks.shown_is_there):
        assert faults(check, **shown) == []


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ({"sizes": [8, 11]}, "'inclusion' has no bubble with L = 11; it has [8, 10]"),
        ({"size": 12}, "'inclusion' has no bubble with L = 12; it has [8, 10]"),
        ({"strengths": [4.5]}, "'inclusion' has no W = 4.5; it has [4.4, 8.0]"),
        (
            {"distance": 5},
            "no site of 'inclusion' lies at distance 5; the farthest of its largest chain is 4",
        ),
        (
            {"distances": [0, 9]},
            "no site of 'inclusion' lies at distance 9; the farthest of its largest chain is 4",
        ),
    ],
)
def test_what_is_shown_must_be_there(shown, fault):
    assert faults(checks.shown_is_there, **shown) == [f"figures.colmenarez2023.fig3: {fault}"]


def test_bubbles_are_of_one_size():
    other = [*ENTRIES, {"n": 3, "L": 8, "W": [4.4], "seeds": "0-9"}]
    expected = "must hold bubbles of one n; this figure shows one"
    for entries in (other, ENTRIES[2:]):
        (fault,) = faults(checks.one_bubble, entries)
        assert fault == f"figures.colmenarez2023.fig3.ensemble: 'inclusion' {expected}"


def test_every_bubble_has_its_longer_chain():
    first, second = faults(checks.beside_longer_chains, ENTRIES[:3])
    assert first.endswith(
        "'inclusion' lacks the chain without bubble of L = 12 at W = 4.4, beside the bubble's "
        "L = 10; add it"
    )
    assert "W = 8.0" in second


def test_a_scan_names_its_bandwidths():
    (fault,) = faults(checks.scans_bandwidth)
    assert fault.endswith("'inclusion' has entries without beta; this figure scans it")
    scan = [{"n": 4, "L": 8, "W": [1.0], "beta": [0.5], "seeds": "0-9"}]
    assert faults(checks.scans_bandwidth, scan) == []


def test_a_comparison_of_bubbles_is_at_one_length():
    (fault,) = faults(one_size)
    assert fault.endswith("'inclusion' holds several sizes; this figure shows one L")
    assert faults(one_size, ENTRIES[1:3]) == []
