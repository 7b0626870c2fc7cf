"""The l-bit operators τˣ, τʸ, τᶻ of huse2014, eqs. 1–3, and their algebra.

In the eigenbasis each is one factor per eigenstate and, for τˣ and τʸ, a swap of partners:
τ = Σₑ f(e) |e⟩⟨ē|. On amplitudes of the p-bits they act through the sector blocks, Σn² numbers.

τᶻ does not depend on the signs of the eigenvectors, τˣ and τʸ do: with the signs that an
eigensolver happens to return they hold the same algebra but are not local (`fix_signs`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from mbl.eigenbasis import Complex, from_eigenbasis, real_product, to_eigenbasis
from mbl.hilbert import Floats, Ints, bit, sectors, sigma_z, split_by_sector

AXES = "xyz"


def fix_signs(vectors: list[Floats], label: Ints) -> list[Floats]:
    """Eigenvectors with the signs that make τˣ and τʸ local: ⟨k(e)|e⟩ > 0.

    A labelling may assign a product state of another sector (`sorted_labels` does), whose overlap
    vanishes whatever the sign. There the largest amplitude is made positive, which is the same
    where the labelling agrees with it.

    Parameters
    ----------
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n), as from `diagonalize`.
    label
        Position k(e) of every eigenstate, shape (2^L,), read as the product state it is assigned.

    Returns
    -------
    list of ndarray
        As `vectors`.
    """
    L = len(vectors) - 1
    fixed = []
    for states, V, k in zip(sectors(L), vectors, split_by_sector(label, L), strict=True):
        every = np.arange(len(states))
        row = np.minimum(np.searchsorted(states, k), len(states) - 1)
        overlap = np.where(states[row] == k, V[row, every], 0.0)
        largest = V[np.abs(V).argmax(axis=0), every]
        fixed.append(V * np.sign(np.where(overlap == 0, largest, overlap)))
    return fixed


def pairing(axis: str, site: int, label: Ints) -> tuple[Ints, Complex]:
    """Partners ē and factors f(e) of τ = Σₑ f(e) |e⟩⟨ē| (huse2014, eqs. 1–3).

    Parameters
    ----------
    axis
        ``"x"``, ``"y"`` or ``"z"``.
    site
        The l-bit, 0 … L − 1.
    label
        Position k(e) of every eigenstate, shape (2^L,).

    Returns
    -------
    tuple of ndarray
        ē, shape (2^L,): e itself for τᶻ, else the eigenstate with that one l-bit flipped; and f(e),
        shape (2^L,): τᶻ(e) for τᶻ, 1 for τˣ, −i τᶻ(e) for τʸ.
    """
    L = len(label).bit_length() - 1
    sign = (1 - 2 * bit(label, site, L)).astype(np.complex128)
    factor = {"x": np.ones_like(sign), "y": -1j * sign, "z": sign}
    flipped = label if axis == "z" else label ^ (1 << (L - 1 - site))
    return np.argsort(label)[flipped], factor[axis]


def apply_tau(axis: str, site: int, states: Complex, vectors: list[Floats], label: Ints) -> Complex:
    """Apply τ of one l-bit to states of the p-bits (huse2014, eqs. 1–3); costs O(Σn²) a state.

    Parameters
    ----------
    axis
        ``"x"``, ``"y"`` or ``"z"``.
    site
        The l-bit, 0 … L − 1.
    states
        Amplitudes on the product states, shape (…, 2^L).
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n), signs from `fix_signs`.
    label
        Position k(e) of every eigenstate, shape (2^L,).

    Returns
    -------
    ndarray, shape (…, 2^L)
    """
    partner, factor = pairing(axis, site, label)
    return from_eigenbasis(vectors, factor * to_eigenbasis(vectors, states)[..., partner])


def tau_matrix(axis: str, site: int, vectors: list[Floats], label: Ints) -> Floats:
    """τ of one l-bit on all product states, real: τˣ, iτʸ or τᶻ.

    For questions about all 4^L Pauli strings alone, which have as many answers: 2^L × 2^L numbers,
    32 MB at L = 11 and 0.5 GB at L = 13, from products of sector blocks.

    Parameters
    ----------
    axis, site, vectors, label
        As in `apply_tau`.

    Returns
    -------
    ndarray, shape (2^L, 2^L)
    """
    L = len(vectors) - 1
    partner, factor = pairing(axis, site, label)
    real = factor.real - factor.imag  # one of them vanishes
    dimensions = [len(V) for V in vectors]
    home = np.repeat(np.arange(L + 1), dimensions)
    column = np.concatenate([np.arange(n) for n in dimensions])
    matrix = np.zeros((1 << L, 1 << L))
    for left, right in product(range(L + 1), repeat=2):
        e = np.flatnonzero((home == left) & (home[partner] == right))
        if len(e):
            kets = vectors[left].T[column[e]] * real[e, None]
            bras = vectors[right].T[column[partner[e]]]
            matrix[np.ix_(sectors(L)[left], sectors(L)[right])] = kets.T @ bras
    return matrix


@dataclass(frozen=True)
class AlgebraErrors:
    """Largest violations of the l-bits' algebra; all are rounding.

    Norms are those of the violating operator on one normalised random state, that is, its
    Hilbert–Schmidt norm over 2^(L/2) up to a statistical error of the order of 2^(−L/2).

    Attributes
    ----------
    same_site
        Of τᵃτᵇ = δ + i ε τᶜ on a site.
    different_sites
        Of [τᵃᵢ, τᵇⱼ] = 0.
    conservation
        Of [H, τᶻᵢ] = 0, in units of J.
    trace
        |Tr τᶻᵢ| / 2^L, which with (τᶻ)² = 1 makes the spectrum half +1 and half −1.
    bare
        Of [H, σᶻᵢ] = 0, in units of J: 4 J on a ring, whose p-bits are not conserved.
    """

    same_site: float
    different_sites: float
    conservation: float
    trace: float
    bare: float


def algebra_errors(
    vectors: list[Floats], label: Ints, blocks: Iterable[Floats], rng: np.random.Generator
) -> AlgebraErrors:
    """Violations of the Pauli algebra of all l-bits and of their conservation under H.

    Parameters
    ----------
    vectors, label
        As in `apply_tau`.
    blocks
        H by sector 0 … L, each of shape (n, n), in units of J, as from `sector_hamiltonian`.
    rng
        Draws the random state.
    """
    L = len(vectors) - 1
    state = rng.standard_normal(1 << L) + 1j * rng.standard_normal(1 << L)
    state /= np.linalg.norm(state)
    kinds = list(product(range(L), AXES))
    once = np.stack([apply_tau(axis, site, state, vectors, label) for site, axis in kinds])
    # twice[p, q] = τ_p τ_q |state⟩, p and q over sites and axes
    twice = np.stack([apply_tau(axis, site, once, vectors, label) for site, axis in kinds])
    same, different = 0.0, 0.0
    for site in range(L):
        x, y, z = range(3 * site, 3 * site + 3)
        for a, b, c in ((x, y, z), (y, z, x), (z, x, y)):
            errors = twice[a, a] - state, twice[a, b] - 1j * once[c], twice[b, a] + 1j * once[c]
            same = max(same, _largest(np.stack(errors)))
    for i, j in combinations(range(L), 2):
        at_i, at_j = slice(3 * i, 3 * i + 3), slice(3 * j, 3 * j + 3)
        swapped = twice[at_j, at_i].swapaxes(0, 1)
        different = max(different, _largest(twice[at_i, at_j] - swapped))
    tau_z = once[2::3]
    sigma = sigma_z(np.arange(1 << L), L).astype(np.complex128)
    h_state, h_tau_z, h_sigma = _apply_blocks(blocks, state, tau_z, sigma * state)
    tau_z_h = np.stack([apply_tau("z", site, h_state[0], vectors, label) for site in range(L)])
    norms = np.concatenate([np.square(V).sum(axis=0) for V in vectors])
    traces = [np.real(pairing("z", site, label)[1]) @ norms / (1 << L) for site in range(L)]
    return AlgebraErrors(
        same,
        different,
        _largest(h_tau_z - tau_z_h),
        float(np.abs(traces).max()),
        _largest(h_sigma - sigma * h_state),
    )


def _largest(deviations: Complex) -> float:
    """Largest norm of deviations along the last axis."""
    return float(np.linalg.norm(deviations, axis=-1).max())


def _apply_blocks(blocks: Iterable[Floats], *groups: Complex) -> list[Complex]:
    """H on several groups of states."""
    states = np.concatenate([np.atleast_2d(group) for group in groups])
    out = np.empty_like(states)
    L = states.shape[-1].bit_length() - 1
    for s, H in zip(sectors(L), blocks, strict=True):
        out[:, s] = real_product(states[:, s], H)
    return np.split(out, np.cumsum([len(np.atleast_2d(group)) for group in groups])[:-1])
