"""Random-field XXZ chain with an ergodic bubble (colmenarez2023, eqs. 1–4), in spin-1/2 operators.

H = H_XXZ ⊗ 1 + 1 ⊗ R₀ + g [Sᶻ₀ Sᶻ_{L−1} ⊗ R₁ + (S⁺₀ S⁻_{L−1} ⊗ R₂ + h.c.)]. The chain is open; the
bubble closes it. A state of the whole is (chain state, bubble state), the bubble index the faster.
"""

import numpy as np
import scipy.sparse as sp

from mbl.hilbert import Floats, Ints, bit, sector, sigma_z


def central_sector(L: int) -> Ints:
    """Largest sector of the chain: Sᶻ = 0 for even L, +1/2 for odd L; dimension C(L, ⌊L/2⌋)."""
    return sector(L, L // 2)


def bubble_matrices(draws: Floats, beta: float) -> Floats:
    """Matrices R_l = (β/2)(A + Aᵀ) of the Gaussian orthogonal ensemble (colmenarez2023, eq. 4).

    Parameters
    ----------
    draws
        A for l = 0, 1, 2, independent standard normal numbers, shape (3, n_GOE, n_GOE).
    beta
        Bandwidth β in units of J.
    """
    return 0.5 * beta * (draws + np.swapaxes(draws, 1, 2))


def exchange(states: Ints, i: int, j: int, L: int) -> sp.csr_array:
    """S⁺ᵢS⁻ⱼ + h.c. in one sector: swaps antiparallel spins, shape (n, n)."""
    (antiparallel,) = np.nonzero(bit(states, i, L) != bit(states, j, L))
    swapped = states[antiparallel] ^ ((1 << (L - 1 - i)) | (1 << (L - 1 - j)))
    to = np.searchsorted(states, swapped)
    return sp.csr_array((np.ones(len(to)), (antiparallel, to)), shape=(len(states), len(states)))


def chain(
    states: Ints, fields: Floats, disorder: float, *, anisotropy: float = 1.0
) -> sp.csr_array:
    """Open random-field XXZ chain in one sector of total Sᶻ (colmenarez2023, eq. 2).

    Parameters
    ----------
    states
        All product states of the sector in ascending order, shape (n,).
    fields
        hᵢ in units of the disorder strength, shape (L,).
    disorder
        Disorder strength W in units of J.
    anisotropy
        Δ of the paper; 1 is the Heisenberg chain.

    Returns
    -------
    csr_array, shape (n, n)
        Symmetric, in units of J.
    """
    L = len(fields)
    z = 0.5 * sigma_z(states, L)
    diagonal = disorder * (fields @ z) + anisotropy * (z[:-1] * z[1:]).sum(axis=0)
    H = sp.diags_array(diagonal, format="csr")
    for i in range(L - 1):
        H = H + 0.5 * exchange(states, i, i + 1, L)
    return H


def bubble_chain(
    states: Ints,
    fields: Floats,
    disorder: float,
    bubble: Floats,
    *,
    coupling: float = 1.0,
    anisotropy: float = 1.0,
) -> sp.csr_array:
    """Chain with the bubble at its ends, in one sector of the chain's Sᶻ (colmenarez2023, eq. 1).

    Parameters
    ----------
    states, fields, disorder, anisotropy
        As for `chain`.
    bubble
        R₀, R₁, R₂ in units of J, shape (3, n_GOE, n_GOE), as from `bubble_matrices`.
    coupling
        g; the paper gives no value.

    Returns
    -------
    csr_array, shape (n n_GOE, n n_GOE)
        Symmetric, in units of J.
    """
    L, size = len(fields), bubble.shape[1]
    z = 0.5 * sigma_z(states, L)
    ends = exchange(states, 0, L - 1, L)  # R₂ is symmetric: S⁺S⁻ ⊗ R₂ and its conjugate share it
    H = (
        sp.kron(chain(states, fields, disorder, anisotropy=anisotropy), sp.eye_array(size))
        + sp.kron(sp.eye_array(len(states)), bubble[0])
        + coupling * sp.kron(sp.diags_array(z[0] * z[-1]), bubble[1])
        + coupling * sp.kron(ends, bubble[2])
    ).tocsr()
    H.sort_indices()
    return H


def sublattice_parity(states: Ints, L: int) -> Ints:
    """Parity of the number of up spins on even sites: every hop of the open chain changes it.

    The bubble's hop between the ends changes it too where L is even.
    """
    up = sum(1 - bit(states, site, L) for site in range(0, L, 2))
    return np.asarray(up % 2)


def mean_spins(states: Ints, L: int, vectors: Floats, bubble_size: int = 1) -> Floats:
    """⟨n|Sᶻᵢ|n⟩ of eigenvectors, shape (eigenvectors, L).

    Parameters
    ----------
    states
        Product states of the chain's sector, shape (n,).
    L
        Number of sites.
    vectors
        One eigenvector a row, shape (eigenvectors, n · bubble_size).
    bubble_size
        n_GOE, 1 without bubble.
    """
    weight = np.square(vectors).reshape(len(vectors), len(states), bubble_size).sum(axis=2)
    spins: Floats = weight @ (0.5 * sigma_z(states, L)).T
    return spins
