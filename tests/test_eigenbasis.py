import dense
import numpy as np
import pytest

from mbl.eigenbasis import from_eigenbasis, real_product, to_eigenbasis


def random_states(L, count):
    rng = np.random.default_rng(L)
    return rng.standard_normal((count, 2**L)) + 1j * rng.standard_normal((count, 2**L))


@pytest.mark.parametrize(("L", "disorder", "seed"), [(3, 1.0, 0), (4, 7.5, 1), (5, 20.0, 0)])
def test_eigenbasis_and_back(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    states = random_states(L, 2)
    amplitudes = to_eigenbasis(ring.vectors, states)
    np.testing.assert_allclose(amplitudes, states @ ring.V, rtol=0, atol=1e-12)
    np.testing.assert_allclose(from_eigenbasis(ring.vectors, amplitudes), states, atol=1e-12)


def test_complex_rows_times_a_real_matrix():
    states = random_states(3, 2)
    matrix = np.random.default_rng(0).standard_normal((8, 5))
    np.testing.assert_allclose(real_product(states, matrix), states @ matrix, atol=1e-14)
