import dense
import numpy as np
import pytest

from mbl.hilbert import sectors
from mbl.models.ring import sector_hamiltonian
from mbl.solvers.full_spectrum import Spectrum, diagonalize, pack, unpack

DIMENSIONS = [1, 4, 6]


def symmetric_blocks():
    rng = np.random.default_rng(0)
    blocks = [rng.normal(size=(n, n)) for n in DIMENSIONS]
    return [np.asfortranarray(block + block.T) for block in blocks]


@pytest.mark.parametrize("disorder", [0.0, 1.0, 7.5])
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("L", [3, 4, 5, 6, 7])
def test_energies_of_the_ring(L, seed, disorder):
    fields = np.random.default_rng(seed).uniform(-1, 1, L)
    spectrum = diagonalize(sector_hamiltonian(states, fields, disorder) for states in sectors(L))
    expected = np.linalg.eigvalsh(dense.hamiltonian(fields, disorder))
    np.testing.assert_allclose(np.sort(spectrum.energy), expected, rtol=0, atol=1e-11)


def test_eigenpairs_of_every_block():
    blocks = symmetric_blocks()
    spectrum = diagonalize(block.copy(order="F") for block in blocks)
    for H, energies, V in zip(blocks, spectrum.energies, spectrum.vectors, strict=True):
        assert (np.diff(energies) >= 0).all()
        np.testing.assert_allclose(V.T @ V, np.eye(len(H)), rtol=0, atol=1e-13)
        np.testing.assert_allclose(V.T @ H @ V, np.diag(energies), rtol=0, atol=1e-13)


def test_energies_are_listed_block_after_block():
    spectrum = Spectrum([np.array([3.0]), np.array([1.0, 2.0])], [np.eye(1), np.eye(2)])
    assert spectrum.energy.tolist() == [3, 1, 2]


@pytest.mark.parametrize("memory", ["C", "F"])
def test_pack_lists_eigenvector_after_eigenvector(memory):
    vectors = [block.copy(order=memory) for block in np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])]
    assert pack(vectors).tolist() == [1, 3, 2, 4, 5, 7, 6, 8]


def test_unpack_inverts_pack_without_a_copy():
    vectors = diagonalize(symmetric_blocks()).vectors
    packed = pack(vectors)
    blocks = unpack(packed, DIMENSIONS)
    for block, V in zip(blocks, vectors, strict=True):
        assert np.array_equal(block, V)
        assert block.flags.f_contiguous
        assert np.shares_memory(block, packed)
