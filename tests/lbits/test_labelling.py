from dataclasses import replace
from itertools import permutations, product

import dense
import numpy as np
import pytest

from mbl.keys import LABELLINGS
from mbl.lbits.averages import infinite_time_average
from mbl.lbits.labelling import label_eigenstates
from mbl.lbits.locality import truncation_error
from mbl.lbits.sorting import sorted_labels

OPTIMAL = LABELLINGS[1:]
each_ring = pytest.mark.parametrize(
    ("L", "disorder", "seed"), [ring for ring in dense.RINGS if ring[0] in (3, 4, 7) and ring[2]]
)


def labelled(method, ring, vectors=None):
    vectors = ring.vectors if vectors is None else vectors
    return label_eigenstates(method, ring.E, infinite_time_average(vectors), vectors)


def test_labellings_by_name():
    assert LABELLINGS == (
        "sorted", "magnetization", "overlap", "localized", "consistent", "combined"
    )  # fmt: skip
    with pytest.raises(ValueError, match="unknown labelling 'alphabetic'; known: sorted, magn"):
        labelled("alphabetic", dense.ring(3, 7.5, 0))


@each_ring
def test_sorted_is_that_of_the_paper(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    labelling = labelled("sorted", ring)
    assert np.array_equal(labelling.label, sorted_labels(infinite_time_average(ring.vectors)))
    assert labelling.bound == pytest.approx(labelled("magnetization", ring).objective)


@pytest.mark.parametrize("method", OPTIMAL)
@each_ring
def test_eigenstates_and_product_states_of_a_sector_pair_off(L, disorder, seed, method):
    labelling = labelled(method, dense.ring(L, disorder, seed))
    start = 0
    for states in dense.sectors(L):
        end = start + len(states)
        assert sorted(labelling.label[start:end]) == states.tolist()
        start = end


@pytest.mark.parametrize("method", LABELLINGS)
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
    averages = infinite_time_average(ring.vectors)
    going_on = label_eigenstates("localized", ring.E, averages, ring.vectors, combined)
    assert np.array_equal(alone.label, going_on.label)
    assert alone.iterations == going_on.iterations >= combined.iterations
    there = replace(combined, label=alone.label)
    again = label_eigenstates("localized", ring.E, averages, ring.vectors, there)
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
