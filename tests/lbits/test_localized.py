import dense
import numpy as np
import pytest

from mbl.lbits.functionals import ascend
from mbl.lbits.locality import supports, truncation_error
from mbl.lbits.localized import Locality, reduced_density_matrices

each_ring = pytest.mark.parametrize(
    ("L", "disorder", "seed"), [ring for ring in dense.RINGS if ring[0] <= 5 and not ring[2]]
)


def locality(vectors, size):
    return Locality(reduced_density_matrices(vectors, size), size)


def sizes(L):
    return [size for size in (1, 3, 5) if size <= L]


@each_ring
def test_scalar_products_are_those_of_the_partial_traces(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    for size in sizes(L):
        rho = reduced_density_matrices(ring.vectors, size)
        for site in range(L):
            kept = [j for j in range(L) if dense.distance(site, j, L) <= (size - 1) / 2]
            traced = np.array([dense.partial_trace(np.outer(v, v), kept) for v in ring.V.T])
            expected = np.einsum("eab,fab->ef", traced, traced)
            np.testing.assert_allclose(rho[site].T @ rho[site], expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize(("size", "entries"), [(1, 2), (3, 14), (5, 142)])
def test_only_independent_entries_are_kept(size, entries):
    assert reduced_density_matrices(dense.ring(5, 7.5, 0).vectors, size).shape == (5, entries, 32)


@each_ring
def test_locality_is_what_the_truncation_error_lacks(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    label = np.random.default_rng(seed).permutation(2**L)
    error = truncation_error(ring.vectors, label)
    for size in sizes(L):
        expected = (1 - error[:, supports(L).tolist().index(size)]).sum()
        value = locality(ring.vectors, size).value(label)
        assert value == pytest.approx(expected, abs=1e-12)


@each_ring
def test_no_labelling_exceeds_the_bound(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    for size in sizes(L):
        functional = locality(ring.vectors, size)
        product_states = np.concatenate(dense.sectors(L))
        label, _ = ascend([functional], product_states)
        assert functional.value(product_states) <= functional.value(label)
        assert functional.value(label) <= functional.bound() + 1e-12
        if size == L:
            assert functional.bound() == pytest.approx(L)


@pytest.mark.parametrize("L", [3, 4, 5, 6])
@pytest.mark.parametrize("size", [1, 3])
def test_p_bits_attain_the_bound(L, size):
    vectors = [np.eye(len(states)) for states in dense.sectors(L)]
    functional = locality(vectors, size)
    assert functional.value(np.concatenate(dense.sectors(L))) == pytest.approx(L)
    assert functional.bound() == pytest.approx(L)
