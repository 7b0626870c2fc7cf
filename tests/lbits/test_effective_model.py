import dense
import numpy as np
import pytest
from scipy.linalg import hadamard

from mbl.lbits.averages import infinite_time_average
from mbl.lbits.effective_model import (
    couplings,
    extension,
    norm_error,
    order,
    truncated_energies,
    walsh_hadamard,
)
from mbl.lbits.sorting import sorted_labels

each_size = pytest.mark.parametrize("L", [3, 4, 5, 6, 7])
each_ring = pytest.mark.parametrize(("L", "disorder", "seed"), dense.RINGS)


def labelled_rings(L, disorder, seed):
    """A ring with the labels of the paper and with random ones."""
    ring = dense.ring(L, disorder, seed)
    yield ring, sorted_labels(infinite_time_average(ring.vectors))
    yield ring, np.random.default_rng(seed).permutation(2**L)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)], ids=str)
@pytest.mark.parametrize("L", [0, 1, 2, 5])
def test_walsh_hadamard_is_the_hadamard_matrix(L, shape):
    values = np.random.default_rng(L).normal(size=(*shape, 2**L))
    values.flags.writeable = False
    expected = values @ hadamard(2**L)
    np.testing.assert_allclose(walsh_hadamard(values), expected, rtol=0, atol=1e-13)


@each_size
def test_order_and_extension(L):
    words = [np.flatnonzero(mu) for mu in dense.bits(L)]
    apart = [[dense.distance(i, j, L) for i in sites for j in sites] for sites in words]
    assert order(L).tolist() == [len(sites) for sites in words]
    assert extension(L).tolist() == [max(distances, default=0) for distances in apart]


@each_ring
def test_couplings_are_the_overlaps_with_h_and_rebuild_it(L, disorder, seed):
    for ring, label in labelled_rings(L, disorder, seed):
        products = np.array(dense.tau_products(ring.V, label))
        omega = couplings(ring.E, label)
        expected = np.einsum("ij,mji->m", ring.H, products) / 2**L
        np.testing.assert_allclose(omega, expected, rtol=0, atol=1e-11)
        assert omega[0] == pytest.approx(0, abs=1e-12)
        np.testing.assert_allclose(
            np.tensordot(omega, products, axes=1), ring.H, rtol=0, atol=1e-11
        )


@pytest.mark.parametrize(("L", "disorder", "seed"), dense.STRONG)
def test_infinite_disorder_leaves_the_fields_and_the_bonds(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    omega = couplings(ring.E, sorted_labels(infinite_time_average(ring.vectors)))
    expected = np.zeros((2,) * L)
    for i in range(L):
        word = np.eye(L, dtype=int)[i]
        expected[tuple(word)] = disorder * ring.fields[i]
        expected[tuple(word + np.roll(word, 1))] = 1
    np.testing.assert_allclose(omega, expected.ravel(), rtol=0, atol=1e-3)


@pytest.mark.parametrize(
    ("L", "disorder", "seed"), [(3, 1.0, 0), (4, 7.5, 0), (5, 7.5, 1), (6, 20.0, 0), (7, 7.5, 0)]
)
def test_truncations_are_the_dense_effective_models(L, disorder, seed):
    orders = np.arange(1, L + 1)
    for ring, label in labelled_rings(L, disorder, seed):
        products = dense.tau_products(ring.V, label)
        models = [dense.effective_hamiltonian(ring.H, products, N) for N in orders]
        omega = couplings(ring.E, label)

        energies = truncated_energies(omega, label, orders)
        expected = [np.diag(ring.V.T @ H_eff @ ring.V) for H_eff in models]
        np.testing.assert_allclose(energies, expected, rtol=0, atol=1e-11)

        error = [np.linalg.norm(ring.H - H_eff, ord=2) for H_eff in models]
        np.testing.assert_allclose(
            norm_error(ring.E, omega, label),
            np.array(error) / np.linalg.norm(ring.H, ord=2),
            rtol=0,
            atol=1e-12,
        )


def test_truncation_orders_come_as_asked_for():
    ring = dense.ring(5, 7.5, 0)
    label = sorted_labels(infinite_time_average(ring.vectors))
    omega = couplings(ring.E, label)
    every = truncated_energies(omega, label, np.arange(6))
    assert np.array_equal(truncated_energies(omega, label, np.array([4, 1])), every[[4, 1]])
    np.testing.assert_allclose(every[0], 0, rtol=0, atol=1e-12)


@each_ring
def test_the_model_of_all_orders_is_exact(L, disorder, seed):
    for ring, label in labelled_rings(L, disorder, seed):
        error = norm_error(ring.E, couplings(ring.E, label), label)
        assert error.shape == (L,)
        assert error[-1] < 1e-12 < error[0]
