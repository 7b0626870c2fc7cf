"""Amplitudes of states on product states and on eigenstates, through the sector blocks.

The eigenvectors are real and conserve total Sᶻ: Σn² numbers stand for a matrix of 4^L.
"""

import numpy as np
from numpy.typing import NDArray

from mbl.hilbert import Floats, sectors, split_by_sector

Complex = NDArray[np.complex128]


def real_product(amplitudes: Complex, matrix: Floats) -> Complex:
    """Complex rows times a real matrix, which numpy would first make complex."""
    return (amplitudes.real @ matrix) + 1j * (amplitudes.imag @ matrix)


def to_eigenbasis(vectors: list[Floats], states: Complex) -> Complex:
    """Amplitudes on the eigenstates, sector after sector, from those on the 2^L product states."""
    parts = zip(sectors(len(vectors) - 1), vectors, strict=True)
    return np.concatenate([real_product(states[..., s], V) for s, V in parts], axis=-1)


def from_eigenbasis(vectors: list[Floats], amplitudes: Complex) -> Complex:
    """Invert `to_eigenbasis`."""
    L = len(vectors) - 1
    states = np.empty_like(amplitudes)
    for s, V, part in zip(sectors(L), vectors, split_by_sector(amplitudes, L), strict=True):
        states[..., s] = real_product(part, V.T)
    return states
