"""Infinite-time averages: what dephasing leaves of the p-bits."""

import numpy as np

from mbl.hilbert import Floats, sectors, sigma_z


def infinite_time_average(vectors: list[Floats]) -> Floats:
    """Infinite-time averages of all σᶻᵢ in the energy eigenbasis (goihl2018, section V).

    Parameters
    ----------
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n), as from `diagonalize`.

    Returns
    -------
    ndarray, shape (L, 2^L)
        mᵢ(e) = ⟨e|σᶻᵢ|e⟩, eigenstates sector after sector.
    """
    L = len(vectors) - 1
    return np.concatenate(
        [sigma_z(s, L) @ np.square(V) for s, V in zip(sectors(L), vectors, strict=True)], axis=1
    )
