import dense
import numpy as np
import pytest

from mbl.dynamics.entanglement import entanglement_entropy, shannon_entropy


@pytest.mark.parametrize("cut", [1, 2, 4])
def test_entropy_is_that_of_the_reduced_density_matrix(cut):
    rng = np.random.default_rng(0)
    states = rng.standard_normal((3, 32)) + 1j * rng.standard_normal((3, 32))
    states /= np.linalg.norm(states, axis=1, keepdims=True)
    for state, entropy in zip(states, entanglement_entropy(states, cut), strict=True):
        p = np.linalg.eigvalsh(dense.partial_trace(np.outer(state, state.conj()), range(cut)))
        p = p[p > 1e-14]
        assert entropy == pytest.approx(-(p * np.log(p)).sum(), abs=1e-10)


def test_product_and_singlet():
    product = np.kron([0.6, 0.8], [1.0, 0.0])
    singlet = np.array([0, 1, -1, 0]) / np.sqrt(2)
    entropies = entanglement_entropy(np.stack([product, singlet]), 1)
    np.testing.assert_allclose(entropies, [0, np.log(2)], atol=1e-12)


def test_shannon_entropy_of_certainty_and_of_equal_chances():
    np.testing.assert_allclose(
        shannon_entropy(np.array([[1.0, 0, 0, 0], [0.25] * 4])), [0, np.log(4)]
    )
