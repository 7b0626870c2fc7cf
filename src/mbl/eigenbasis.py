"""Amplitudes of states on product states and on eigenstates, through the sector blocks.

The eigenvectors are real and conserve total Sᶻ: Σn² numbers stand for a matrix of 4^L.
"""

import numpy as np
from numpy.typing import NDArray

from mbl.hilbert import Floats, sectors

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
    states = np.empty_like(amplitudes)
    start = 0
    for s, V in zip(sectors(len(vectors) - 1), vectors, strict=True):
        states[..., s] = real_product(amplitudes[..., start : start + len(s)], V.T)
        start += len(s)
    return states
