"""Bases and sectors of a chain of spins 1/2.

A product state is an integer: site 0 is its most significant of L bits (goihl2018, eq. 2), bit 0 is
spin up (σᶻ = +1) and bit 1 spin down (σᶻ = −1). Sectors of total Sᶻ are named by their number of
down spins and hold their states in ascending order.
"""

from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
ByState = TypeVar("ByState", Ints, Floats, NDArray[np.complex128])


def bit(states: Ints, site: Ints | int, L: int) -> Ints:
    """Bit of a site in each product state: 0 for up, 1 for down (arrays broadcast)."""
    return (states >> (L - 1 - site)) & 1


def down_spins(states: Ints) -> Ints:
    """Number of down spins of each product state."""
    return np.bitwise_count(states).astype(np.int64)


@cache
def sector(L: int, down: int) -> Ints:
    """Product states with a given number of down spins.

    Parameters
    ----------
    L
        Number of sites.
    down
        Number of down spins, 0 … L.

    Returns
    -------
    ndarray, shape (C(L, down),)
        The states in ascending order, read-only.
    """
    every = np.arange(1 << L, dtype=np.int64)
    states: Ints = every[down_spins(every) == down]
    states.flags.writeable = False
    return states


def sectors(L: int) -> list[Ints]:
    """All sectors of L spins, by number of down spins 0 … L."""
    return [sector(L, down) for down in range(L + 1)]


def split_by_sector(by_state: ByState, L: int) -> list[ByState]:
    """Views of an array of shape (…, 2^L), sector after sector, as one array per sector."""
    return np.split(by_state, np.cumsum([len(states) for states in sectors(L)])[:-1], axis=-1)


def sigma_z(states: Ints, L: int) -> Floats:
    """Eigenvalues of σᶻ of every site (goihl2018, eq. 2).

    Parameters
    ----------
    states
        Product states, shape (n,).
    L
        Number of sites.

    Returns
    -------
    ndarray, shape (L, n)
        +1 for up, −1 for down.
    """
    return np.stack([1.0 - 2.0 * bit(states, site, L) for site in range(L)])


def neel_state(L: int) -> int:
    """Néel state |1, 0, …, 1, 0, 1⟩ of goihl2018, section VII: site 0 and every second one down."""
    return sum(1 << (L - 1 - site) for site in range(0, L, 2))


def ring_distance(i: Ints | int, j: Ints | int, L: int) -> Ints:
    """Natural distance of two sites on a ring of L sites."""
    apart = np.abs(np.asarray(i, dtype=np.int64) - np.asarray(j, dtype=np.int64)) % L
    return np.asarray(np.minimum(apart, L - apart))
