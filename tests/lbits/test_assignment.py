from itertools import permutations, product

import dense
import numpy as np
import pytest

from mbl.lbits.assignment import assign, dual_bound


def random_gains(L, seed):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(len(states), len(states))) for states in dense.sectors(L)]


def overlaps(L, disorder, seed):
    return [np.square(V.T) for V in dense.ring(L, disorder, seed).vectors]


def tied_gains(L, seed):
    return [np.round(gain) for gain in random_gains(L, seed)]


def total(gains, label):
    """Total gain by looking every state up in its sector."""
    L = len(label).bit_length() - 1
    states_of = iter(label)
    result = 0.0
    for gain, states in zip(gains, dense.sectors(L), strict=True):
        for row in gain:
            result += row[states.tolist().index(next(states_of))]
    return result


def all_labellings(L):
    for parts in product(*(permutations(states) for states in dense.sectors(L))):
        yield np.concatenate(parts)


def random_labelling(L, seed):
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.permutation(states) for states in dense.sectors(L)])


@pytest.mark.parametrize("gains_of", [random_gains, tied_gains])
@pytest.mark.parametrize("seed", range(5))
def test_no_other_labelling_gains_more(gains_of, seed):
    gains = gains_of(3, seed)
    best = max(total(gains, label) for label in all_labellings(3))
    assert total(gains, assign(gains, 3)) == pytest.approx(best, abs=1e-14)


@pytest.mark.parametrize("L", [3, 4, 5, 6, 7])
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("kind", ["random", "tied", "weak disorder", "strong disorder"])
def test_the_dual_bound_proves_the_optimum(L, seed, kind):
    if "disorder" in kind:
        gains = overlaps(L, 1.0 if kind == "weak disorder" else 20.0, seed)
    else:
        gains = {"random": random_gains, "tied": tied_gains}[kind](L, seed)
    label = assign(gains, L)
    assert dual_bound(gains, label) == pytest.approx(total(gains, label), rel=1e-12)


@pytest.mark.parametrize("L", [3, 5, 7])
@pytest.mark.parametrize("seed", range(3))
def test_the_dual_bound_holds_from_any_labelling(L, seed):
    gains = random_gains(L, seed)
    best = total(gains, assign(gains, L))
    for other in range(5):
        label = random_labelling(L, other)
        assert total(gains, label) < best <= dual_bound(gains, label) + 1e-12
        assert dual_bound(gains, label) > total(gains, label) + 1e-12


def test_gains_may_come_one_sector_at_a_time():
    gains = random_gains(4, 0)
    label = assign(iter(gains), 4)
    assert np.array_equal(label, assign(gains, 4))
    assert dual_bound(iter(gains), label) == dual_bound(gains, label)
