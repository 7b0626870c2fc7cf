"""The bubble Hamiltonian against explicit Kronecker products on the whole space."""

from math import comb

import dense
import numpy as np
import pytest

from mbl.hilbert import sector
from mbl.models import ring
from mbl.models.bubble import (
    bubble_chain,
    bubble_matrices,
    central_sector,
    chain,
    mean_spins,
    sublattice_parity,
)

W, G = 3.7, 0.8


def spin(kind, site, L):
    """Spin-1/2 operators on 2^L; p and m raise and lower."""
    if kind == "p":
        return 0.5 * (dense.pauli("x", site, L) + 1j * dense.pauli("y", site, L)).real
    if kind == "m":
        return spin("p", site, L).T
    return 0.5 * dense.pauli(kind, site, L).real


def explicit_chain(fields, disorder, anisotropy=1.0):
    L = len(fields)
    H = sum(disorder * h * spin("z", i, L) for i, h in enumerate(fields))
    for i in range(L - 1):
        flip = spin("p", i, L) @ spin("m", i + 1, L)
        H = H + 0.5 * (flip + flip.T) + anisotropy * spin("z", i, L) @ spin("z", i + 1, L)
    return H


def explicit_bubble_chain(fields, disorder, R, g):
    L, n = len(fields), R.shape[1]
    flip = spin("p", 0, L) @ spin("m", L - 1, L)
    coupling = np.kron(spin("z", 0, L) @ spin("z", L - 1, L), R[1])
    coupling += np.kron(flip, R[2]) + np.kron(flip, R[2]).T
    one = np.kron(explicit_chain(fields, disorder), np.eye(n))
    return one + np.kron(np.eye(2**L), R[0]) + g * coupling


def sample(L, n, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(-1, 1, L), bubble_matrices(rng.standard_normal((3, n, n)), 0.6)


@pytest.mark.parametrize("L", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("anisotropy", [1.0, 0.4])
def test_the_chain_is_that_of_the_paper_in_every_sector(L, anisotropy):
    fields, _ = sample(L, 1)
    H = explicit_chain(fields, W, anisotropy)
    for down in range(L + 1):
        states = sector(L, down)
        block = chain(states, fields, W, anisotropy=anisotropy).toarray()
        np.testing.assert_allclose(block, H[np.ix_(states, states)], rtol=0, atol=1e-14)


@pytest.mark.parametrize("L", [3, 4, 5, 6])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_bubble_is_that_of_the_paper(L, n):
    fields, R = sample(L, n)
    H = explicit_bubble_chain(fields, W, R, G)
    states = central_sector(L)
    rows = (states[:, None] * n + np.arange(n)).ravel()
    block = bubble_chain(states, fields, W, R, coupling=G).toarray()
    np.testing.assert_allclose(block, H[np.ix_(rows, rows)], rtol=0, atol=1e-13)
    outside = np.delete(H[rows], rows, axis=1)
    assert not outside.any()  # the chain's Sᶻ is conserved


@pytest.mark.parametrize(("L", "magnetization"), [(4, 0), (5, 0.5), (7, 0.5), (10, 0)])
def test_the_sector_is_the_largest(L, magnetization):
    states = central_sector(L)
    assert len(states) == comb(L, L // 2)
    assert {L / 2 - int(s).bit_count() for s in states} == {magnetization}


def test_without_coupling_the_bubble_decouples_exactly():
    fields, R = sample(6, 3)
    states = central_sector(6)
    together = np.linalg.eigvalsh(bubble_chain(states, fields, W, R, coupling=0.0).toarray())
    alone = np.linalg.eigvalsh(chain(states, fields, W).toarray())
    sums = np.add.outer(alone, np.linalg.eigvalsh(R[0])).ravel()
    np.testing.assert_allclose(together, np.sort(sums), rtol=0, atol=1e-12)


def test_bubble_matrices_are_of_the_orthogonal_ensemble():
    draws = np.random.default_rng(3).standard_normal((4000, 4, 4))
    R = bubble_matrices(draws, 0.6)
    np.testing.assert_array_equal(R, R.swapaxes(1, 2))
    variance = R.var(axis=0)
    # (β/2)² · 4 on the diagonal, (β/2)² · 2 beside it; 4000 draws are within 10 %
    expected = 0.09 * (2 + 2 * np.eye(4))
    np.testing.assert_allclose(variance, expected, rtol=0.1)


def test_pauli_and_spin_conventions_of_the_two_papers_agree():
    """Σ σσ + Δ Σ h σᶻ = 4 [Σ SS + (Δ/2) Σ h Sᶻ]: W = Δ/2, up to the ring's closing bond."""
    L, Delta = 6, 7.5
    fields, _ = sample(L, 1)
    states = central_sector(L)
    closing = np.zeros((len(states), len(states)))
    pauli = ring.sector_hamiltonian(states, fields, Delta)
    ends = dense.pauli("x", 0, L) @ dense.pauli("x", L - 1, L)
    ends = ends + dense.pauli("y", 0, L) @ dense.pauli("y", L - 1, L)
    ends = ends + dense.pauli("z", 0, L) @ dense.pauli("z", L - 1, L)
    closing = ends.real[np.ix_(states, states)]
    spins = chain(states, fields, Delta / 2).toarray()
    np.testing.assert_allclose(pauli - closing, 4 * spins, rtol=0, atol=1e-12)


@pytest.mark.parametrize("L", [4, 5, 6, 7])
def test_every_hop_of_the_chain_changes_the_parity(L):
    states = central_sector(L)
    parity = sublattice_parity(states, L)
    H = chain(states, sample(L, 1)[0], W).tocoo()
    hops = H.row != H.col
    assert (parity[H.row[hops]] != parity[H.col[hops]]).all()


@pytest.mark.parametrize(("L", "bipartite"), [(4, True), (6, True), (5, False)])
def test_the_bubbles_hop_changes_it_for_even_chains_alone(L, bipartite):
    fields, R = sample(L, 2)
    states = central_sector(L)
    parity = np.repeat(sublattice_parity(states, L), 2)
    H = bubble_chain(states, fields, W, R).tocoo()
    hops = H.row // 2 != H.col // 2
    assert (parity[H.row[hops]] != parity[H.col[hops]]).all() == bipartite


@pytest.mark.parametrize(("L", "n"), [(4, 1), (5, 3), (6, 2)])
def test_purity_of_a_site_is_that_of_the_partial_trace(L, n):
    fields, R = sample(L, n)
    states = central_sector(L)
    _, vectors = np.linalg.eigh(bubble_chain(states, fields, W, R).toarray())
    rows = vectors.T[:7]
    spins = mean_spins(states, L, rows, n)
    for row, mean in zip(rows, spins, strict=True):
        whole = np.zeros((2**L, n))
        whole[states] = row.reshape(-1, n)
        for site in range(L):
            psi = np.moveaxis(whole.reshape([2] * L + [n]), site, 0).reshape(2, -1)
            rho = psi @ psi.T
            assert np.trace(rho @ rho) == pytest.approx(2 * mean[site] ** 2 + 0.5, abs=1e-12)
