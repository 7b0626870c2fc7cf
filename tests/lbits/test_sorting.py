import dense
import numpy as np
import pytest

from mbl.disorder import site_fields
from mbl.hilbert import sectors
from mbl.lbits.averages import infinite_time_average
from mbl.lbits.sorting import sorted_labels
from mbl.models.ring import sector_hamiltonian
from mbl.solvers.full_spectrum import diagonalize

each_ring = pytest.mark.parametrize(("L", "disorder", "seed"), dense.RINGS)


def sorted_by_the_text(averages):
    """goihl2018, section V, by its text, not its pseudocode: n and j count from 1 there."""
    L = len(averages)
    perm = list(range(2**L))
    for n in range(1, L + 1):
        size = 2 ** (L - n + 1)
        for j in range(1, 2 ** (n - 1) + 1):
            block = slice((j - 1) * size, j * size)
            perm[block] = sorted(perm[block], key=averages[n - 1].__getitem__, reverse=True)
    return [perm.index(e) for e in range(2**L)]


@each_ring
def test_sorted_labels_are_those_of_the_text(L, disorder, seed):
    averages = infinite_time_average(dense.ring(L, disorder, seed).vectors)
    assert sorted_labels(averages).tolist() == sorted_by_the_text(averages)


def test_sorted_labels_of_two_sites_by_hand():
    averages = np.array([[-0.2, 0.9, 0.1, -0.8], [0.5, -0.3, -0.2, 0.6]])
    assert sorted_labels(averages).tolist() == [3, 1, 0, 2]


def test_sorted_labels_keep_the_order_of_equal_averages():
    averages = np.array([[1, -1, 1, -1, 1, -1, 1, -1], np.zeros(8), np.zeros(8)])
    assert sorted_labels(averages).tolist() == [0, 4, 1, 5, 2, 6, 3, 7]


@each_ring
def test_sorted_l_bits_are_exact_pauli_operators(L, disorder, seed):
    fields = site_fields(L, seed)
    vectors = diagonalize(sector_hamiltonian(s, fields, disorder) for s in sectors(L)).vectors
    label = sorted_labels(infinite_time_average(vectors))
    assert sorted(label) == list(range(2**L))

    H = dense.hamiltonian(fields, disorder)
    taus = np.array(dense.taus(dense.embed(vectors), label))
    np.testing.assert_allclose(taus @ H, H @ taus, rtol=0, atol=1e-11)
    products = np.einsum("iab,jbc->ijac", taus, taus)
    np.testing.assert_allclose(products, products.swapaxes(0, 1), rtol=0, atol=1e-12)
    for square in np.einsum("iiac->iac", products):
        np.testing.assert_allclose(square, np.eye(2**L), rtol=0, atol=1e-12)
    np.testing.assert_allclose(np.trace(taus, axis1=1, axis2=2), 0, rtol=0, atol=1e-11)
    overlaps = np.trace(products, axis1=2, axis2=3) / 2**L
    np.testing.assert_allclose(overlaps, np.eye(L), rtol=0, atol=1e-12)


@each_ring
def test_no_first_l_bit_is_closer_to_the_average_than_the_sorted_one(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    averages = infinite_time_average(ring.vectors)
    tau = dense.tau(ring.V, sorted_labels(averages), 0)
    # The best a traceless sign can do: + on the larger half of the averages, − on the smaller.
    lower, upper = np.split(np.sort(averages[0]), 2)
    overlap = np.trace(tau @ dense.pauli("z", 0, L))
    assert overlap.real == pytest.approx(upper.sum() - lower.sum(), rel=1e-12)


@pytest.mark.parametrize(("L", "disorder", "seed"), dense.STRONG)
def test_infinite_disorder_gives_the_p_bits(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    label = sorted_labels(infinite_time_average(ring.vectors))
    assert np.array_equal(label, np.abs(ring.V).argmax(axis=0))
    for site, tau in enumerate(dense.taus(ring.V, label)):
        np.testing.assert_allclose(tau, dense.pauli("z", site, L), rtol=0, atol=1e-3)
