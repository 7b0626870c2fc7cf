"""Area law of the eigenstates U|n⟩, and of those of H + gV (swingle2013, sections III A and IV)."""

import numpy as np
import scipy.linalg
import scipy.sparse as sp
from numpy.typing import NDArray

from mbl.dynamics.entanglement import entanglement_entropy
from mbl.hilbert import Floats, Ints
from mbl.models.fixed_point import Complexes, apply_unitary

# 2 max √(x(1 − x)) ln(x/(1 − x)): the fastest growth in nats under OA ⊗ OB of unit norms.
ENTANGLING_CONSTANT = 2 * 0.6627434193491816
PAULI = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])


def eigenstates(K: sp.csr_array, labels: Ints) -> Complexes:
    """Eigenstates U|n⟩ of H for some product states n (eq. 2.3), shape (labels, 2^L)."""
    states = np.zeros((len(labels), K.shape[0]))
    states[np.arange(len(labels)), labels] = 1.0
    return apply_unitary(K, states)


def block_entropy(states: NDArray[np.inexact], start: int, length: int) -> Floats:
    """Entanglement entropy of the sites start … start + length − 1 of pure states (eq. 3.2).

    Parameters
    ----------
    states
        Amplitudes, shape (…, 2^L).
    start, length
        The block, neither empty nor the whole chain.

    Returns
    -------
    ndarray, shape (…)
        In nats.
    """
    lead = states.shape[:-1]
    parts = states.reshape(*lead, 1 << start, 1 << length, -1)
    block_first = np.moveaxis(parts, -2, -3).reshape(*lead, -1)
    return entanglement_entropy(block_first, length)


def entangling_rates(terms: Complexes) -> Floats:
    """Bound c Σ_α ‖O_αA‖ ‖O_αB‖ of dS/dt by the term on each bond (eqs. 3.4–3.6), in nats.

    The part of a term that acts on both sites is Σ_ab M_ab σᵃ ⊗ σᵇ; the singular values of M are
    the products of norms. c = 1.3255: with Schmidt weights λ of any state, dS/dt under OA ⊗ OB is
    −Σᵢⱼ √(λᵢλⱼ) ln(λᵢ/λⱼ) Im(⟨i|OA|j⟩⟨i|OB|j⟩), where √(λᵢλⱼ) |ln(λᵢ/λⱼ)| ≤ (c/2)(λᵢ + λⱼ) and
    Σⱼ |⟨i|O|j⟩|² ≤ ‖O‖².

    Parameters
    ----------
    terms
        kⱼ of the bonds (j, j + 1), shape (L − 1, 4, 4).

    Returns
    -------
    ndarray, shape (L − 1,)
    """
    pairs = np.einsum("axy,bzw->abxzyw", PAULI, PAULI).reshape(3, 3, 4, 4)
    M = np.einsum("abxy,jyx->jab", pairs, terms).real / 4
    rates: Floats = ENTANGLING_CONSTANT * np.linalg.svd(M, compute_uv=False).sum(axis=1)
    return rates


def area_law_bound(terms: Complexes, start: int, length: int) -> float:
    """Bound of the entropy of a block in any eigenstate (eq. 3.7), in nats.

    The sum of the `entangling_rates` of the bonds that the block's ends cut, over unit time, and
    never above the logarithm of the dimension of the block or of its complement.

    Parameters
    ----------
    terms
        kⱼ of the bonds (j, j + 1), shape (L − 1, 4, 4).
    start, length
        The block as for `block_entropy`.
    """
    L = len(terms) + 1
    cuts = [bond for bond in (start - 1, start + length - 1) if 0 <= bond < L - 1]
    generated = entangling_rates(terms)[cuts].sum()
    return float(min(generated, min(length, L - length) * np.log(2)))


def blocks(L: int) -> list[tuple[int, int, int, int]]:
    """Blocks by the number of their ends inside the chain, one or two, and their length.

    A block of one end starts at site 0; a block of two lies in the middle and leaves a site at
    least on either side.

    Returns
    -------
    list of tuple
        Row (number of ends less one) and column (length less one) of a table of shape (2, L − 1),
        start and length.
    """
    ended = [(0, length - 1, 0, length) for length in range(1, L)]
    return ended + [(1, length - 1, (L - length) // 2, length) for length in range(1, L - 1)]


def block_entropies(states: NDArray[np.inexact]) -> Floats:
    """`block_entropy` of all `blocks`, shape (…, 2, L − 1); NaN where there is no such block."""
    L = states.shape[-1].bit_length() - 1
    entropies = np.full((*states.shape[:-1], 2, L - 1), np.nan)
    for row, column, start, length in blocks(L):
        entropies[..., row, column] = block_entropy(states, start, length)
    return entropies


def block_bounds(terms: Complexes) -> Floats:
    """`area_law_bound` of all `blocks`, shape (2, L − 1); NaN where there is no such block."""
    L = len(terms) + 1
    bounds = np.full((2, L - 1), np.nan)
    for row, column, start, length in blocks(L):
        bounds[row, column] = area_law_bound(terms, start, length)
    return bounds


def middle_levels(dimension: int, count: int) -> slice:
    """So many consecutive levels in the middle of a spectrum, among its levels in order."""
    first = (dimension - count) // 2
    return slice(first, first + count)


def perturbed_eigenstates(
    H: Complexes, V: sp.csr_array, strength: float, count: int
) -> tuple[Floats, Complexes]:
    """Eigenstates of H + gV in the middle of the spectrum (eq. 4.1).

    Parameters
    ----------
    H
        Shape (2^L, 2^L), in units of J₀.
    V
        Perturbation, shape (2^L, 2^L).
    strength
        g in units of J₀.
    count
        Number of consecutive levels.

    Returns
    -------
    energies : ndarray, shape (count,)
        Ascending.
    states : ndarray, shape (count, 2^L)
        One eigenstate a row.
    """
    middle = middle_levels(len(H), count)
    levels, vectors = scipy.linalg.eigh(
        H + strength * V.toarray(),
        subset_by_index=[middle.start, middle.stop - 1],
        overwrite_a=True,
        check_finite=False,
    )
    return levels, vectors.T


def spectrum_error(levels: Floats, energies: Floats) -> float:
    """Largest difference of levels of H from those of H₀, which U does not change (eq. 2.3).

    Parameters
    ----------
    levels
        Of H in the middle of its spectrum, ascending, shape (count,).
    energies
        Diagonal of H₀, shape (2^L,).
    """
    expected = np.sort(energies)[middle_levels(len(energies), len(levels))]
    return float(np.abs(levels - expected).max())
