import sys
from dataclasses import replace
from itertools import permutations, product
from types import ModuleType, SimpleNamespace

import dense
import numpy as np
import pytest

from mbl import registry
from mbl.lbits.averages import infinite_time_average
from mbl.lbits.labelling import Labelling, declared, label_eigenstates
from mbl.lbits.locality import truncation_error
from mbl.lbits.sorting import agreement, sorted_labels

LABELLINGS = [one.name for one in registry.DECLARED if isinstance(one, registry.Labelling)]
OPTIMAL = [name for name in LABELLINGS if name != "sorted"]
each_ring = pytest.mark.parametrize(
    ("L", "disorder", "seed"), [ring for ring in dense.RINGS if ring[0] in (3, 4, 7) and ring[2]]
)


def eigenstates(ring, vectors=None):
    vectors = ring.vectors if vectors is None else vectors
    return SimpleNamespace(energy=ring.E, averages=infinite_time_average(vectors), vectors=vectors)


def labelled(method, ring, vectors=None):
    return label_eigenstates(method, eigenstates(ring, vectors))


def test_labellings_by_name():
    assert LABELLINGS == [
        "sorted", "magnetization", "overlap", "localized", "consistent", "combined"
    ]  # fmt: skip
    with pytest.raises(ValueError, match="unknown labelling 'alphabetic'; known: sorted, magn"):
        labelled("alphabetic", dense.ring(3, 7.5, 0))


def test_labellings_say_what_they_ask_for():
    assert [name for name in LABELLINGS if declared(name).averages_only] == ["sorted"]
    assert {name: declared(name).start for name in LABELLINGS if declared(name).start} == {
        "localized": "combined"
    }


def test_a_declared_function_is_a_labelling(monkeypatch):
    def reverse(states):
        return Labelling(np.arange(len(states.energy))[::-1], 0.0, np.nan, 0)

    module = ModuleType("mine")
    module.reverse, reverse.__module__, reverse.__qualname__ = reverse, "mine", "reverse"
    monkeypatch.setitem(sys.modules, "mine", module)
    monkeypatch.setattr(registry, "DECLARED", list(registry.DECLARED))
    registry.labelling()(reverse)
    assert labelled("reverse", dense.ring(3, 7.5, 0)).label.tolist() == [7, 6, 5, 4, 3, 2, 1, 0]


@each_ring
def test_sorted_is_that_of_the_paper(L, disorder, seed):
    averages = infinite_time_average(dense.ring(L, disorder, seed).vectors)
    labelling = label_eigenstates("sorted", SimpleNamespace(averages=averages))  # and no more
    assert np.array_equal(labelling.label, sorted_labels(averages))
    assert labelling.objective == agreement(averages, labelling.label)
    assert np.isnan(labelling.bound)
    assert labelling.iterations == 0


@each_ring
def test_sorted_does_not_exceed_the_optimum_of_the_papers_criterion(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    best = labelled("magnetization", ring)
    inside = dense.bits(L)[labelled("sorted", ring).label].sum(axis=1)
    if np.array_equal(inside, np.repeat(np.arange(L + 1), [len(s) for s in dense.sectors(L)])):
        assert labelled("sorted", ring).objective <= best.objective + 1e-12


@pytest.mark.parametrize("method", OPTIMAL)
@each_ring
def test_eigenstates_and_product_states_of_a_sector_pair_off(L, disorder, seed, method):
    labelling = labelled(method, dense.ring(L, disorder, seed))
    start = 0
    for states in dense.sectors(L):
        end = start + len(states)
        assert sorted(labelling.label[start:end]) == states.tolist()
        start = end


@pytest.mark.parametrize("method", OPTIMAL)
@each_ring
def test_no_objective_exceeds_its_bound(L, disorder, seed, method):
    labelling = labelled(method, dense.ring(L, disorder, seed))
    assert labelling.objective <= labelling.bound + 1e-12
    if method in ("magnetization", "overlap"):
        assert labelling.objective == pytest.approx(labelling.bound, rel=1e-13)


@pytest.mark.parametrize("disorder", [1.0, 7.5, 20.0])
@pytest.mark.parametrize("seed", range(4))
def test_objectives_against_all_labellings_of_three_sites(disorder, seed):
    ring = dense.ring(3, disorder, seed)
    parts = product(*(permutations(states) for states in dense.sectors(3)))
    every = [np.concatenate(part) for part in parts]
    average = infinite_time_average(ring.vectors)

    def magnetization(label):
        return np.mean((average * (1 - 2 * dense.bits(3)[label].T)).sum(axis=0))

    def overlap(label):
        return np.mean(ring.V[label, np.arange(8)] ** 2)

    best = labelled("magnetization", ring)
    assert best.objective == pytest.approx(max(map(magnetization, every)))
    assert best.objective == pytest.approx(magnetization(best.label))
    best = labelled("overlap", ring)
    assert best.objective == pytest.approx(max(map(overlap, every)))
    assert best.objective == pytest.approx(overlap(best.label))


@each_ring
def test_localized_is_the_most_local(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    error = {
        method: truncation_error(ring.vectors, labelled(method, ring).label)[:, 1].mean()
        for method in ("localized", "combined")
    }
    assert error["localized"] <= error["combined"] + 1e-12
    assert labelled("localized", ring).objective == pytest.approx(L * (1 - error["localized"]))


@each_ring
def test_localized_goes_on_from_combined(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    alone, combined = labelled("localized", ring), labelled("combined", ring)
    going_on = label_eigenstates("localized", eigenstates(ring), combined)
    assert np.array_equal(alone.label, going_on.label)
    assert alone.iterations == going_on.iterations >= combined.iterations
    there = replace(combined, label=alone.label)
    again = label_eigenstates("localized", eigenstates(ring), there)
    assert again.iterations == combined.iterations  # starts at its end: nothing is left to raise


@pytest.mark.parametrize("method", LABELLINGS)
@pytest.mark.parametrize("disorder", [1.0, 7.5, 20.0])
def test_labels_know_neither_signs_nor_memory_order(method, disorder):
    ring = dense.ring(6, disorder, 1)
    rng = np.random.default_rng(0)
    flipped = [np.asfortranarray(V * rng.choice([-1, 1], len(V))) for V in ring.vectors]
    assert np.array_equal(
        labelled(method, ring).label, labelled(method, ring, vectors=flipped).label
    )


@pytest.mark.parametrize("method", LABELLINGS)
@pytest.mark.parametrize(("L", "disorder", "seed"), dense.STRONG[::2])
def test_infinite_disorder_gives_the_p_bits(L, disorder, seed, method):
    ring = dense.ring(L, disorder, seed)
    assert np.array_equal(labelled(method, ring).label, np.abs(ring.V).argmax(axis=0))
