"""Disorder realisations, each a function of its model, size and seed alone.

A realisation never depends on the disorder strength, on how seeds were grouped into jobs or on the
number of cores: fields are drawn in units of the disorder strength from a generator of their own.
"""

from zlib import crc32

import numpy as np

from mbl.hilbert import Floats


def generator(model: str, *key: int) -> np.random.Generator:
    """Random generator of one realisation.

    Parameters
    ----------
    model
        Name of the model, such as ``"ring"``.
    *key
        The integers that single out the realisation, such as L and the seed.
    """
    # The length keeps keys apart that differ by a trailing zero, which entropy alone does not.
    entropy = [crc32(model.encode()), len(key), *key]
    return np.random.default_rng(np.random.SeedSequence(entropy))


def ring_fields(L: int, seed: int) -> Floats:
    """Random fields hᵢ of goihl2018, eq. 1, uniform in [−1, 1], in units of Δ.

    Parameters
    ----------
    L
        Number of sites.
    seed
        Number of the realisation, 0, 1, ….

    Returns
    -------
    ndarray, shape (L,)
    """
    return generator("ring", L, seed).uniform(-1.0, 1.0, L)


def chain_fields(L: int, seed: int) -> Floats:
    """Random fields hᵢ of colmenarez2023, eq. 2, uniform in [−1, 1], in units of W, shape (L,).

    The same chain stands alone and with every bubble.
    """
    return generator("chain", L, seed).uniform(-1.0, 1.0, L)


def bubble_draws(n: int, L: int, seed: int) -> Floats:
    """Independent standard normal A of R₀, R₁, R₂ (colmenarez2023, eq. 4), a stream of their own.

    Parameters
    ----------
    n
        Dimension n_GOE of the bubble.
    L
        Number of sites of its chain.
    seed
        Number of the realisation, 0, 1, ….

    Returns
    -------
    ndarray, shape (3, n, n)
    """
    return generator("bubble", L, seed, n).standard_normal((3, n, n))
