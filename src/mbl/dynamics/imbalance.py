"""Imbalance of the Néel state (goihl2018, eq. 11 and Fig. 8)."""

import numpy as np

from mbl.hilbert import Floats, neel_state, sector, sigma_z


def neel_sector(L: int) -> int:
    """Number of down spins of the Néel state: the only sector that its dynamics enters."""
    return neel_state(L).bit_count()


def imbalance(L: int, vectors: Floats, energies: Floats, times: Floats) -> Floats:
    """Imbalance I(t) = (1/L) Σᵢ (−1)^i ⟨σᶻᵢ(t)⟩, sites from 1, from the Néel state; I(0) = 1.

    Parameters
    ----------
    L
        Number of sites.
    vectors
        Eigenvectors of the Néel state's sector, shape (n, n), n = C(L, ⌈L/2⌉).
    energies
        Energies of those eigenvectors under one or more Hamiltonians that share them,
        shape (hamiltonians, n), in units of J.
    times
        Shape (times,), in units of 1/J.

    Returns
    -------
    ndarray, shape (hamiltonians, times)
    """
    states = sector(L, neel_sector(L))
    signs = np.where(np.arange(L) % 2, 1.0, -1.0)  # (−1)^i with sites counted from 1
    observable = signs @ sigma_z(states, L) / L
    overlap = vectors[np.searchsorted(states, neel_state(L))]
    out = np.empty((len(energies), len(times)))
    for row, energy in zip(out, energies, strict=True):
        phase = np.outer(energy, times)
        # |ψ|² from real and imaginary part: real matrix products only.
        real = vectors @ (overlap[:, None] * np.cos(phase))
        imaginary = vectors @ (overlap[:, None] * np.sin(phase))
        row[:] = observable @ (real**2 + imaginary**2)
    return out
