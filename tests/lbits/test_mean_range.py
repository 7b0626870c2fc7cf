from functools import cache, reduce
from itertools import combinations, product

import dense
import numpy as np
import pytest

from mbl.lbits.averages import infinite_time_average
from mbl.lbits.effective_model import couplings, extension, order
from mbl.lbits.mean_range import (
    covering_arc,
    mean_by,
    mean_range,
    random_range,
    range_weights,
    support_weights,
    typical_interaction,
)
from mbl.lbits.operators import fix_signs, tau_matrix
from mbl.lbits.sorting import sorted_labels

PAULIS = [np.eye(2), *dense.PAULI.values()]


@cache
def pauli_strings(L):
    return np.array([reduce(np.kron, factors) for factors in product(PAULIS, repeat=L)])


def weights_by_expansion(operator):
    """Squared coefficients of all 4^L Pauli strings, summed by support."""
    L = len(operator).bit_length() - 1
    weights = np.zeros(2**L)
    coefficients = np.tensordot(pauli_strings(L), operator.T, 2) / 2**L
    for coefficient, string in zip(coefficients, product(range(4), repeat=L), strict=True):
        weights[int("".join(str(min(a, 1)) for a in string), 2)] += abs(coefficient) ** 2
    return weights


def sites(support, L):
    return [i for i in range(L) if dense.bits(L)[support, i]]


def brute_covering_arc(support, L):
    """Smallest number of steps d such that some arc of d + 1 sites holds the support."""
    inside = set(sites(support, L))
    arcs = ((d, {(start + i) % L for i in range(d + 1)}) for d in range(L) for start in range(L))
    return min(d for d, arc in arcs if inside <= arc)


def brute_diameter(support, L):
    return max((dense.distance(i, j, L) for i, j in combinations(sites(support, L), 2)), default=0)


@pytest.mark.parametrize("L", [3, 4, 5, 6, 7])
def test_ranges_of_all_supports(L):
    assert covering_arc(L).tolist() == [brute_covering_arc(s, L) for s in range(2**L)]
    assert extension(L).tolist() == [brute_diameter(s, L) for s in range(2**L)]


@pytest.mark.parametrize("L", [6, 7, 9])
def test_both_ranges_agree_below_a_third_of_the_ring(L):
    short = covering_arc(L) < L / 3
    assert np.array_equal(covering_arc(L)[short], extension(L)[short])
    assert (covering_arc(L) >= extension(L)).all()


@pytest.mark.parametrize("L", [2, 3, 4])
@pytest.mark.parametrize("sign", [1, -1], ids=["symmetric", "antisymmetric"])
def test_support_weights_of_any_matrix_are_those_of_the_pauli_expansion(L, sign):
    operator = np.random.default_rng(L).standard_normal((2**L, 2**L))
    operator += sign * operator.T
    weights = support_weights(operator)
    np.testing.assert_allclose(weights, weights_by_expansion(operator), rtol=1e-12)
    assert weights.sum() == pytest.approx((operator**2).sum() / 2**L, rel=1e-12)


def labelled_ring(L, disorder, seed):
    vectors = dense.ring(L, disorder, seed).vectors
    label = sorted_labels(infinite_time_average(vectors))
    return fix_signs(vectors, label), label


@pytest.mark.parametrize(("L", "disorder"), [(3, 1.0), (4, 7.5), (5, 20.0)])
@pytest.mark.parametrize("axis", "xyz")
def test_range_weights_of_l_bits_are_those_of_the_pauli_expansion(L, disorder, axis):
    vectors, label = labelled_ring(L, disorder, 0)
    for ranges in (covering_arc(L), extension(L)):
        result = range_weights(axis, vectors, label, ranges)
        for site, row in enumerate(result):
            weights = weights_by_expansion(tau_matrix(axis, site, vectors, label))
            expected = [weights[ranges == d].sum() for d in range(ranges.max() + 1)]
            np.testing.assert_allclose(row, expected, rtol=0, atol=1e-12)
        np.testing.assert_allclose(result.sum(axis=1), 1, rtol=1e-12)


@pytest.mark.parametrize("L", [4, 5])
def test_weight_inside_an_arc_is_that_of_the_partial_trace(L):
    """The other way to the same weights: 1 − ε of goihl2018, eq. 6, for every arc."""
    vectors, label = labelled_ring(L, 7.5, 1)
    tau = tau_matrix("z", 2, vectors, label)
    weights = support_weights(tau)
    for start, size in product(range(L), range(1, L)):
        arc = {(start + i) % L for i in range(size)}
        inside = [s for s in range(2**L) if set(sites(s, L)) <= arc]
        reduced = dense.partial_trace(tau, arc)
        expected = (reduced**2).sum() / 2 ** (size + 2 * (L - size))
        assert weights[inside].sum() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("L", "disorder", "seed"), dense.STRONG)
@pytest.mark.parametrize("axis", "xz")
def test_infinite_disorder_has_no_range(L, disorder, seed, axis):
    vectors, label = labelled_ring(L, disorder, seed)
    weights = range_weights(axis, vectors, label, extension(L))
    np.testing.assert_allclose(weights[:, 0], 1, rtol=0, atol=1e-6)
    np.testing.assert_allclose(mean_range(weights), 0, rtol=0, atol=1e-5)


@pytest.mark.parametrize("L", [3, 4, 5])
def test_a_random_operator_has_the_random_range(L):
    weights = np.array([any(string) for string in product(range(4), repeat=L)], dtype=float)
    ranges = [
        brute_diameter(int("".join(str(min(a, 1)) for a in string), 2), L)
        for string in product(range(4), repeat=L)
    ]
    assert random_range(L) == pytest.approx(np.average(ranges, weights=weights), rel=1e-12)


def test_mean_range_by_hand():
    assert mean_range(np.array([[1.0, 0, 0], [0.5, 0.25, 0.25]])).tolist() == [0, 0.75]


def test_means_by_kind_are_over_all_values_of_it():
    kinds, means = mean_by(np.array([2, 1, 2]), np.array([[1.0, 5.0, 3.0], [2.0, 0.0, 2.0]]))
    assert kinds.tolist() == [1, 2]
    assert means.tolist() == [[5, 2], [0, 2]]


@pytest.mark.parametrize("L", [3, 4, 5])
def test_typical_interaction_is_of_second_differences_of_the_energies(L):
    ring = dense.ring(L, 7.5, 0)
    label = np.random.default_rng(L).permutation(2**L)
    energy = ring.E[np.argsort(label)].reshape((2,) * L)
    expected = []
    for mu in np.flatnonzero(dense.bits(L).sum(axis=1) == 2):
        i, j = sites(mu, L)
        difference = np.diff(np.diff(energy, axis=i), axis=j) / 4
        expected.append(np.log(np.abs(difference)).mean())
    coupling = couplings(ring.E, label)
    np.testing.assert_allclose(typical_interaction(coupling), expected, rtol=1e-9)
    stacked = typical_interaction(np.stack([coupling, 2 * coupling]))
    np.testing.assert_allclose(stacked[1], stacked[0] + np.log(2), rtol=1e-12)


def test_an_interaction_that_vanishes_is_that_of_rounding():
    coupling = np.zeros(8)
    coupling[1] = 3.0
    np.testing.assert_allclose(typical_interaction(coupling), np.log(3e-13), rtol=1e-12)


def test_interactions_of_a_ring_fall_with_distance():
    ring = dense.ring(7, 20.0, 0)
    label = sorted_labels(infinite_time_average(ring.vectors))
    distance = extension(7)[order(7) == 2]
    _, log = mean_by(distance, typical_interaction(couplings(ring.E, label)))
    assert (np.diff(log) < -1).all()
