"""The definitions of the papers as dense matrices on all 2^L states: the tests' independent oracle.

Nothing here knows the package. Sites count from 0, site 0 is the leftmost factor of a Kronecker
product, and the eigenstates of a ring are listed sector after sector, by number of down spins.
"""

from functools import cache, reduce
from itertools import product
from typing import NamedTuple

import numpy as np

PAULI = {
    "x": np.array([[0, 1], [1, 0]]),
    "y": np.array([[0, -1j], [1j, 0]]),
    "z": np.array([[1, 0], [0, -1]]),
}
UP, DOWN = np.eye(2)

RINGS = tuple(product((3, 4, 5, 6, 7), (1.0, 7.5, 20.0), (0, 1)))  # L, disorder, seed
STRONG = tuple(product((3, 4, 5, 6, 7), (1e6,), (0, 1)))


def bits(L):
    """Bits of all product states in ascending order, shape (2^L, L)."""
    return np.array(list(product((0, 1), repeat=L)))


def sectors(L):
    down = bits(L).sum(axis=1)
    return [np.flatnonzero(down == count) for count in range(L + 1)]


def pauli(axis, site, L):
    return reduce(np.kron, [np.eye(2**site), PAULI[axis], np.eye(2 ** (L - site - 1))])


def hamiltonian(fields, disorder):
    """goihl2018, eq. 1."""
    L = len(fields)
    H = np.zeros((2**L, 2**L), dtype=complex)
    for i in range(L):
        for axis in "xyz":
            H += pauli(axis, i, L) @ pauli(axis, (i + 1) % L, L)
        H += disorder * fields[i] * pauli("z", i, L)
    assert not H.imag.any()
    return H.real


def embed(vectors):
    """Eigenvectors by sector as columns on the 2^L product states, sector after sector."""
    L = len(vectors) - 1
    columns = []
    for states, block in zip(sectors(L), vectors, strict=True):
        columns.append(np.zeros((2**L, len(states))))
        columns[-1][states] = block
    return np.hstack(columns)


class Ring(NamedTuple):
    """A realisation and its eigenstates; arrays are read-only."""

    L: int
    disorder: float
    fields: np.ndarray
    H: np.ndarray
    energies: list[np.ndarray]  # by sector
    vectors: list[np.ndarray]  # by sector
    E: np.ndarray  # all energies
    V: np.ndarray  # all eigenvectors on the 2^L product states


@cache
def ring(L, disorder, seed):
    fields = np.random.default_rng(seed).uniform(-1, 1, L)
    H = hamiltonian(fields, disorder)
    pairs = [np.linalg.eigh(H[np.ix_(states, states)]) for states in sectors(L)]
    energies, vectors = map(list, zip(*pairs, strict=True))
    V = embed(vectors)
    E = np.concatenate(energies)
    for array in (fields, H, *energies, *vectors, E, V):
        array.flags.writeable = False
    return Ring(L, disorder, fields, H, energies, vectors, E, V)


def tau(V, label, site):
    """τᶻ of one site: eigenstate e has sign + where the site's bit of its label is 0 (eq. 5)."""
    L = len(V).bit_length() - 1
    sign = 1 - 2 * bits(L)[label, site]
    return (V * sign) @ V.T


def taus(V, label):
    return [tau(V, label, site) for site in range(len(V).bit_length() - 1)]


def tau_products(V, label):
    """τ(μ) of every binary word μ, ascending, as a list of 2^L matrices (below eq. 7)."""
    products = [np.eye(len(V))]
    for operator in taus(V, label):
        products = [P @ factor for P in products for factor in (np.eye(len(V)), operator)]
    return products


def effective_hamiltonian(H, products, order):
    """H_eff of all τ(μ) with at most `order` factors (eqs. 7 and 9)."""
    L = len(H).bit_length() - 1
    kept = bits(L).sum(axis=1) <= order
    return sum(np.trace(H @ P) / 2**L * P for P, keep in zip(products, kept, strict=True) if keep)


def distance(i, j, L):
    """Steps from site i to site j the shorter way round the ring."""
    return next(d for d in range(L) if (i + d) % L == j or (i - d) % L == j)


def partial_trace(operator, kept):
    """Trace out of an operator on 2^L states all sites but those kept."""
    L = len(operator).bit_length() - 1
    row = list(range(L))
    column = [L + site if site in kept else site for site in range(L)]
    out = sorted(kept) + [L + site for site in sorted(kept)]
    reduced = np.einsum(operator.reshape((2,) * (2 * L)), row + column, out)
    return reduced.reshape(2 ** len(kept), 2 ** len(kept))


def truncation_error(operator, site, size):
    """Left-hand side of eq. 6 for the buffer of `size` sites around a site."""
    L = len(operator).bit_length() - 1
    kept = [j for j in range(L) if distance(site, j, L) <= (size - 1) / 2]
    assert len(kept) == size
    reduced = partial_trace(operator, kept)
    return 1 - np.trace(reduced.T @ reduced) / 2 ** (size + 2 * (L - size))
