"""How far the l-bits and their interactions reach: ranges of Pauli strings, typical couplings.

An l-bit operator is a sum of Pauli strings of the p-bits (huse2014): τ = Σ c_P P. The weight of a
string is c_P², its squared Hilbert–Schmidt norm, and the weights of a τ sum to one. The paper
speaks of the norm alone; the square is what adds up and what partial traces give.

The weight on each support, the set of sites where a string is not the identity, is a bit mask's as
product states are (site 0 the most significant). Every notion of range is a function of the
support; on a ring two are natural and equal as long as a string covers less than a third of it:
`effective_model.extension`, the largest ring distance of two sites (the paper's words), and
`covering_arc`, the length of the shortest arc that holds them all.
"""

from functools import cache

import numpy as np
from scipy.linalg import hadamard

from mbl.hilbert import Floats, Ints, bit
from mbl.lbits.effective_model import extension, order, walsh_hadamard
from mbl.lbits.operators import tau_matrix

ROUNDING = 1e-13  # of the largest coupling: less is not told from zero
CACHED = 1 << 18  # numbers that stay in the cache through a transform


def covering_arc(L: int) -> Ints:
    """Steps from end to end of the shortest arc that holds each support, shape (2^L,); 0 … L − 1.

    0 for a single site and for none.
    """
    support = np.arange(1 << L)
    twice_round = np.concatenate([bit(support[:, None], np.arange(L), L)] * 2, axis=1)
    gap = np.zeros(1 << L, dtype=np.int64)  # run of identities that ends here
    widest = gap.copy()
    for occupied in twice_round.T:
        gap = np.where(occupied, 0, gap + 1)
        widest = np.maximum(widest, gap)
    return np.maximum(L - 1 - widest, 0)


def support_weights(operator: Floats) -> Floats:
    """Weight of the Pauli strings of an operator on every support.

    An operator is Σ_d D_d X^d with X^d flipping the spins of d and D_d diagonal; the
    Walsh–Hadamard transform of D_d gives the coefficients of the strings Z^m X^d, whose support is
    d ∪ m. D_d is the same at s and s ⊕ d but for a sign: states with the highest spin of d up are
    enough, and strings that differ in that spin of m alone, one of which vanishes, count as one.
    All 4^L strings cost L 4^L / 2 additions.

    Parameters
    ----------
    operator
        Real symmetric or antisymmetric matrix on all product states, shape (2^L, 2^L), such as from
        `tau_matrix`.

    Returns
    -------
    ndarray, shape (2^L,)
        Weight by support; they sum to Tr(operatorᵀ operator) / 2^L.
    """
    size = len(operator)
    states = np.arange(size)
    weights: Floats = np.square(_transform(operator.diagonal()) / size)
    for highest in range(size.bit_length() - 1):
        up = states[(states >> highest) & 1 == 0]
        every = states[1 << highest : 2 << highest]
        for flips in np.array_split(every, max(1, len(every) * len(up) // CACHED)):
            diagonals = operator[up, up ^ flips[:, None]]
            kept = diagonals.any(axis=1)  # Sᶻ conservation leaves only even flips to τᶻ
            strings = np.square(2 * _transform(diagonals[kept]) / size)
            support = flips[kept, None] | up
            weights += np.bincount(support.ravel(), strings.ravel(), minlength=size)
    return weights


_hadamard = cache(hadamard)


def _transform(values: Floats) -> Floats:
    """Walsh–Hadamard transform along the last axis as two small matrix products: fast for many."""
    bits = values.shape[-1].bit_length() - 1
    first, last = (_hadamard(1 << count, float) for count in (bits // 2, bits - bits // 2))
    parts = values.reshape(-1, len(first), len(last))
    transformed: Floats = (first @ (parts @ last)).reshape(values.shape)
    return transformed


def range_weights(axis: str, vectors: list[Floats], label: Ints, ranges: Ints) -> Floats:
    """Weight of the Pauli strings of every l-bit by their range.

    Parameters
    ----------
    axis
        ``"x"``, ``"y"`` or ``"z"`` for τˣ, τʸ or τᶻ.
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n); for τˣ and τʸ signs from `fix_signs`.
    label
        Position k(e) of every eigenstate, shape (2^L,).
    ranges
        Range of every support, shape (2^L,): `extension(L)` or `covering_arc(L)`.

    Returns
    -------
    ndarray, shape (L, ranges.max() + 1)
        Weight by site and range 0, 1, …; each row sums to one.
    """
    L = len(vectors) - 1
    weights = [support_weights(tau_matrix(axis, site, vectors, label)) for site in range(L)]
    return np.stack([np.bincount(ranges, w) for w in weights])


def mean_range(weights: Floats) -> Floats:
    """Mean range ℓ̄ of each l-bit (huse2014), from `range_weights` along the last axis."""
    mean: Floats = weights @ np.arange(weights.shape[-1]) / weights.sum(axis=-1)
    return mean


def random_range(L: int) -> float:
    """Mean range of a random operator, with equal weight on all strings but the identity.

    What operators of a thermal system come close to; of order of the size of the ring.
    """
    strings = 3.0 ** order(L)
    return float(extension(L) @ strings / (strings.sum() - 1))


def typical_interaction(coupling: Floats) -> Floats:
    """Mean ln |J| of the interaction of every two l-bits over the states of all others.

    In a given state of the others, the terms of huse2014, eq. 4, that hold both l-bits i and j add
    up to one effective J τᶻᵢτᶻⱼ, a quarter of the energies' second difference, which dephases the
    two after a time of 1/J. Its mean logarithm is that of typical states; a mean square would be
    that of the few where two others are in resonance.

    Parameters
    ----------
    coupling
        ω_μ, shape (…, 2^L), in units of J.

    Returns
    -------
    ndarray, shape (…, L (L − 1) / 2)
        J in units of that of H; pairs in ascending order of their μ, those of order 2.
    """
    mu = np.arange(coupling.shape[-1])
    least = ROUNDING * np.abs(coupling).max(axis=-1, keepdims=True)
    logs = []
    for pair in mu[np.bitwise_count(mu) == 2]:
        in_states = walsh_hadamard(coupling[..., (mu & pair) == pair])
        logs.append(np.log(np.maximum(np.abs(in_states), least)).mean(axis=-1))
    return np.stack(logs, axis=-1)


def mean_by(kind: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Means over all values of one kind: over couplings of one order, or at one distance.

    Parameters
    ----------
    kind
        Shape (values,).
    values
        Shape (…, values).

    Returns
    -------
    kinds, means
        Every kind once, ascending, shape (kinds,), and the means, shape (…, kinds).
    """
    kinds = np.unique(kind)
    return kinds, np.stack([values[..., kind == one].mean(axis=-1) for one in kinds], axis=-1)
