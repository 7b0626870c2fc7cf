"""Random-field Heisenberg ring of goihl2018, eq. 1, in Pauli matrices.

H = Σᵢ (σˣᵢσˣᵢ₊₁ + σʸᵢσʸᵢ₊₁ + σᶻᵢσᶻᵢ₊₁ + Δ hᵢ σᶻᵢ), site L the same as site 0.
"""

import numpy as np

from mbl.hilbert import Floats, Ints, bit, sigma_z

SMALLEST = 3  # on fewer sites the two bonds of the ring join the same pair


def sector_hamiltonian(states: Ints, fields: Floats, disorder: float) -> Floats:
    """Block of H in one sector of total Sᶻ.

    Parameters
    ----------
    states
        All product states of the sector in ascending order, shape (n,).
    fields
        hᵢ in units of the disorder strength, shape (L,), L ≥ 3.
    disorder
        Disorder strength Δ in units of J.

    Returns
    -------
    ndarray, shape (n, n)
        Symmetric, in units of J, Fortran order (so that LAPACK may overwrite it).
    """
    L = len(fields)
    if L < SMALLEST:
        raise ValueError(f"a ring needs at least {SMALLEST} sites, not {L}")
    z = sigma_z(states, L)
    H = np.zeros((len(states), len(states)), order="F")
    np.fill_diagonal(H, (z * np.roll(z, -1, axis=0)).sum(axis=0) + disorder * (fields @ z))
    for i in range(L):
        j = (i + 1) % L
        (antiparallel,) = np.nonzero(bit(states, i, L) != bit(states, j, L))
        swapped = states[antiparallel] ^ ((1 << (L - 1 - i)) | (1 << (L - 1 - j)))
        H[antiparallel, np.searchsorted(states, swapped)] += 2.0  # σˣσˣ + σʸσʸ = 2 (σ⁺σ⁻ + h.c.)
    return H
