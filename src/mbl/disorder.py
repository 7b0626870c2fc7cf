"""Disorder realisations: one seed, one world, of which every system is a finite piece.

A seed is one infinite disorder. Fields are counted from two ends, each a stream of its own, and a
larger system inserts sites in the middle: a place at some distance from an end, or from the bubble
there, keeps its surroundings whatever the size. What two systems of one seed differ by is then what
the size, the bubble or the strength of the disorder does, and averages of such differences need far
fewer realisations than differences of averages.

A realisation never depends on the disorder strength, on how seeds were grouped into jobs or on the
number of cores: fields are drawn in units of the disorder strength from generators of their own.
"""

from collections.abc import Callable
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from mbl.hilbert import Floats, Ints

LARGEST_BUBBLE = 64  # dimension of the matrices of a seed, of which bubbles are leading blocks


def generator(model: str, *key: int) -> np.random.Generator:
    """Random generator of one realisation.

    Parameters
    ----------
    model
        Name of the stream, such as ``"left fields"``.
    *key
        The integers that single out the realisation, such as the seed.
    """
    # The length keeps keys apart that differ by a trailing zero, which entropy alone does not.
    entropy = [crc32(model.encode()), len(key), *key]
    return np.random.default_rng(np.random.SeedSequence(entropy))


def _from_both_ends(L: int, draw: Callable[[str, int], NDArray[Any]]) -> NDArray[Any]:
    """Numbers of L sites, along the last axis: half drawn from the left end, half from the right.

    `draw` takes the name of the end and how many numbers.
    """
    left, right = draw("left", (L + 1) // 2), draw("right", L // 2)
    return np.concatenate([left, right[..., ::-1]], axis=-1)


def site_fields(L: int, seed: int) -> Floats:
    """Random fields hᵢ of a ring or of a chain alone (goihl2018, eq. 1; colmenarez2023, eq. 2).

    Parameters
    ----------
    L
        Number of sites.
    seed
        Number of the realisation, 0, 1, ….

    Returns
    -------
    ndarray, shape (L,)
        Uniform in [−1, 1], in units of the disorder strength. The first ⌈L/2⌉ are the first ones
        from the left, the others the first ones from the right, whatever L.
    """
    return _from_both_ends(
        L, lambda end, count: generator(f"{end} fields", seed).uniform(-1.0, 1.0, count)
    )


def site_fields_beside_bubble(L: int, seed: int) -> Floats:
    """Random fields hᵢ of a chain of L sites with a bubble, in units of W, shape (L,).

    The bubble stands in place of the first and the last site of the chain of L + 2 sites alone,
    which colmenarez2023 compares it with.
    """
    return site_fields(L + 2, seed)[1:-1]


def site_spins(L: int, count: int, seed: int) -> Ints:
    """Random spins of product states that realisations start from, nested as fields are.

    Parameters
    ----------
    L
        Number of sites.
    count
        Number of states, each of which has streams of its own.
    seed
        Number of the realisation, 0, 1, ….

    Returns
    -------
    ndarray, shape (count, L)
        0 for up and 1 for down. The first ⌈L/2⌉ are the first ones from the left, the others the
        first ones from the right, whatever L.
    """

    def draw(end: str, sites: int) -> Ints:
        streams = [generator(f"{end} spins", seed, state) for state in range(count)]
        return np.stack([stream.integers(0, 2, sites) for stream in streams])

    return _from_both_ends(L, draw)


def bubble_draws(n: int, seed: int) -> Floats:
    """Independent standard normal A of R₀, R₁, R₂ (colmenarez2023, eq. 4), whatever L.

    Parameters
    ----------
    n
        Dimension n_GOE of the bubble. A smaller one is the leading block of a larger one.
    seed
        Number of the realisation, 0, 1, ….

    Returns
    -------
    ndarray, shape (3, n, n)

    Raises
    ------
    ValueError
        Where the bubble is larger than what a seed holds.
    """
    if n > LARGEST_BUBBLE:
        raise ValueError(f"a bubble of dimension {n}; a seed holds {LARGEST_BUBBLE} at most")
    shape = (3, LARGEST_BUBBLE, LARGEST_BUBBLE)
    return generator("bubble", seed).standard_normal(shape)[:, :n, :n]
