import dense
import numpy as np
import pytest

from mbl.lbits.averages import infinite_time_average
from mbl.lbits.locality import minimal_buffer, supports, truncation_error
from mbl.lbits.sorting import sorted_labels

each_size = pytest.mark.parametrize("L", [3, 4, 5, 6, 7])
each_ring = pytest.mark.parametrize(("L", "disorder", "seed"), dense.RINGS)


def sorted_ring(L, disorder, seed):
    vectors = dense.ring(L, disorder, seed).vectors
    return vectors, sorted_labels(infinite_time_average(vectors))


def shuffled_ring(L, disorder, seed):
    vectors = dense.ring(L, disorder, seed).vectors
    return vectors, np.random.default_rng(seed).permutation(2**L)


def shifted_p_bits(L, shift):
    """Product states labelled such that τᶻ of site i is σᶻ of site i + shift."""
    states = np.concatenate(dense.sectors(L))
    bits = np.roll(dense.bits(L)[states], -shift, axis=1)
    vectors = [np.eye(len(sector)) for sector in dense.sectors(L)]
    return vectors, bits @ (1 << np.arange(L)[::-1])


def test_supports_are_the_odd_sizes():
    assert [supports(L).tolist() for L in (5, 6, 7)] == [[1, 3, 5], [1, 3, 5], [1, 3, 5, 7]]


@pytest.mark.parametrize("labelled", [sorted_ring, shuffled_ring])
@each_ring
def test_truncation_error_is_that_of_the_partial_trace(L, disorder, seed, labelled):
    vectors, label = labelled(L, disorder, seed)
    taus = dense.taus(dense.ring(L, disorder, seed).V, label)
    expected = [
        [dense.truncation_error(tau, site, size) for size in range(1, L + 1, 2)]
        for site, tau in enumerate(taus)
    ]
    np.testing.assert_allclose(truncation_error(vectors, label), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("memory", ["C", "F"])
def test_truncation_error_whatever_the_memory_order(memory):
    vectors, label = sorted_ring(5, 7.5, 0)
    error = truncation_error([V.copy(order=memory) for V in vectors], label)
    np.testing.assert_allclose(error, truncation_error(vectors, label), rtol=0, atol=1e-14)


@pytest.mark.parametrize("labelled", [sorted_ring, shuffled_ring])
@each_ring
def test_truncation_error_falls_to_zero_with_the_buffer(L, disorder, seed, labelled):
    error = truncation_error(*labelled(L, disorder, seed))
    assert (np.diff(error, axis=1) < 1e-14).all()
    assert (error[:, 0] <= 1 + 1e-14).all()
    if L % 2:
        assert not error[:, -1].any()
    else:
        assert (error[:, -1] > 0).all()


@each_size
@pytest.mark.parametrize("shift", [0, 1, 2, 3])
def test_a_buffer_holds_the_p_bits_within_reach(L, shift):
    apart = dense.distance(0, shift % L, L)
    error = truncation_error(*shifted_p_bits(L, shift))
    expected = np.where(supports(L) >= 2 * apart + 1, 0.0, 1.0)
    np.testing.assert_allclose(error, np.tile(expected, (L, 1)), rtol=0, atol=1e-14)
    assert (minimal_buffer(error, 0.5, L) == min(2 * apart + 1, L)).all()


@pytest.mark.parametrize(("L", "disorder", "seed"), dense.STRONG)
def test_infinite_disorder_needs_no_buffer(L, disorder, seed):
    error = truncation_error(*sorted_ring(L, disorder, seed))
    assert error.shape == (L, len(supports(L)))
    np.testing.assert_allclose(error, 0, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("L", "error", "threshold", "size"),
    [
        (7, [0.75, 0.5, 0.25, 0.0], 0.25, 1),
        (7, [0.75, 0.5, 0.25, 0.0], 0.26, 3),
        (7, [0.75, 0.5, 0.25, 0.0], 0.5, 3),
        (7, [0.75, 0.5, 0.25, 0.0], 0.75, 5),
        (7, [0.75, 0.5, 0.25, 0.0], 0.8, 7),
        (6, [0.75, 0.5, 0.25], 0.75, 5),
        (6, [0.75, 0.5, 0.25], 0.8, 6),
        (4, [1.0, 0.9], 0.5, 4),
    ],
)
def test_minimal_buffer_of_one_l_bit(L, error, threshold, size):
    assert minimal_buffer(np.array(error), threshold, L) == size


def test_minimal_buffer_of_many_l_bits():
    error = np.array([[[0.1, 0.0, 0.0], [0.9, 0.8, 0.7]], [[0.6, 0.2, 0.1], [0.6, 0.5, 0.3]]])
    assert minimal_buffer(error, 0.6, 6).tolist() == [[1, 6], [3, 5]]
