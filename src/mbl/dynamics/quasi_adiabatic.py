"""Quasi-adiabatic continuation (swingle2013, section IV B–D).

The filter F is odd and imaginary in time, its transform F̃(ω) = ∫dt F(t) e^{iωt} odd and real:
F̃(ω) = −(1 − b(ω/γ))/ω with a bump b that is smooth, 1 at 0 and 0 from 1 on. So F̃ = −1/ω for
|ω| ≥ γ without error, and F falls faster than any power of t.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.stats import kendalltau

from mbl.hilbert import Floats
from mbl.models.fixed_point import Complexes

NODES = 512  # of the quadrature: resolves the filter up to γ|t| of about 800


def bump(x: Floats) -> Floats:
    """b(x) = exp(1 − 1/(1 − x²)) inside |x| < 1 and 0 outside: infinitely smooth."""
    inside = np.abs(x) < 1
    square = np.square(np.where(inside, x, 0.0))
    return np.where(inside, np.exp(1 - 1 / (1 - square)), 0.0)


def filter_transform(omega: Floats, gap: float) -> Floats:
    """F̃(ω) (below eq. 4.11): −1/ω for |ω| ≥ γ, 0 at 0.

    Parameters
    ----------
    omega
        Energy differences, shape (…).
    gap
        γ, in the unit of ω.

    Returns
    -------
    ndarray, shape (…)
        In the inverse of that unit.
    """
    apart = omega != 0
    return np.where(apart, (bump(omega / gap) - 1) / np.where(apart, omega, 1.0), 0.0)


def filter_in_time(times: Floats, gap: float) -> Floats:
    """Imaginary part of F(t) (eq. 4.12), its real part being 0; ±1/2 at t → ±0.

    Parameters
    ----------
    times
        Shape (times,), in units of 1/γ's unit, up to γ|t| of about 800.
    gap
        γ.

    Returns
    -------
    ndarray, shape (times,)
    """
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    x, w = (nodes + 1) / 2, weights / 2
    tau = gap * np.abs(times)
    # −1/ω alone is the transform of (i/2) sgn t; the bump takes its slow part away.
    removed = 2 / np.pi * np.sin(np.multiply.outer(tau, x)) @ (w * bump(x) / x)
    return 0.5 * np.sign(times) * (1 - removed)


def quasi_adiabatic_generator(
    energies: Floats, derivative: NDArray[np.inexact], gap: float
) -> Complexes:
    """J of eq. 4.12 between eigenstates of H: J_mn = iF̃(E_m − E_n) ⟨m|∂H|n⟩ (eq. 4.23).

    Between levels γ or more apart it is the exact generator of i∂|ψ_n⟩ = J|ψ_n⟩.

    Parameters
    ----------
    energies
        Eigenvalues of H, shape (n,).
    derivative
        ⟨m|∂H/∂s|n⟩, shape (n, n).
    gap
        γ, in the unit of the energies.

    Returns
    -------
    ndarray, shape (n, n)
        Hermitian.
    """
    apart = np.subtract.outer(energies, energies)
    return np.asarray(1j * filter_transform(apart, gap) * derivative, dtype=complex)


def quasi_adiabatic_evolution(
    start: NDArray[np.inexact], end: NDArray[np.inexact], gap: float, steps: int
) -> Complexes:
    """Unitary that J generates while H(s) = (1 − s) H(0) + s H(1) runs from s = 0 to 1 (eq. 4.11).

    Parameters
    ----------
    start, end
        H(0) and H(1), Hermitian, shape (n, n).
    gap
        γ, in the unit of H.
    steps
        Steps in s, each by J in its middle: of second order.

    Returns
    -------
    ndarray, shape (n, n)
        In the basis of H, not of its eigenstates.
    """
    evolution = np.eye(len(start), dtype=complex)
    for s in (np.arange(steps) + 0.5) / steps:
        energies, states = np.linalg.eigh((1 - s) * start + s * end)
        derivative = states.conj().T @ (end - start) @ states
        rates, modes = np.linalg.eigh(quasi_adiabatic_generator(energies, derivative, gap))
        modes = states @ modes
        evolution = (modes * np.exp(-1j * rates / steps)) @ (modes.conj().T @ evolution)
    return evolution


def crossing_share(start: Floats, end: Floats) -> float:
    """Share of all pairs of levels that change their order from H₀(0) to H₀(1) (section IV E)."""
    return float((1 - kendalltau(start, end).statistic) / 2)


def model_generator(energies: Floats, K: sp.csr_array, gap: float) -> sp.csr_array:
    """U†JU = F̃(E_m − E_n)(E_n − E_m) K_mn of H(s) = e^{−isK} H₀ e^{isK} (eqs. 4.29–4.31).

    Parameters
    ----------
    energies
        Diagonal of H₀ in all product states, shape (2^L,).
    K
        Shape (2^L, 2^L).
    gap
        γ, in the unit of the energies.

    Returns
    -------
    csr_array, shape (2^L, 2^L)
        K between states γ or more apart.
    """
    entries = K.tocoo()
    rows, columns = entries.coords
    kept = 1 - bump((energies[rows] - energies[columns]) / gap)
    return sp.csr_array((kept * entries.data, entries.coords), shape=K.shape)


def near_pairs(energies: Floats, gaps: Floats) -> Floats:
    """Number of pairs of levels closer than each γ, shape (gaps,)."""
    levels = np.sort(energies)
    within = np.searchsorted(levels, np.add.outer(gaps, levels), side="left")
    pairs: Floats = (within - np.arange(len(levels)) - 1).sum(axis=1).astype(float)
    return pairs


def connected_near_pairs(energies: Floats, K: sp.csr_array, gaps: Floats) -> Floats:
    """Number of pairs of product states closer than each γ that K connects (below eq. 4.31).

    Parameters
    ----------
    energies
        Diagonal of H₀ in all product states, shape (2^L,).
    K
        Shape (2^L, 2^L).
    gaps
        γ, shape (gaps,); infinity counts all the pairs that K connects.

    Returns
    -------
    ndarray, shape (gaps,)
    """
    entries = K.tocoo()
    rows, columns = entries.coords
    upper = (rows < columns) & (entries.data != 0)
    apart = np.sort(np.abs(energies[rows[upper]] - energies[columns[upper]]))
    return np.searchsorted(apart, gaps, side="left").astype(float)


def clear_states(energies: Floats, K: sp.csr_array, gaps: Floats) -> Floats:
    """Fraction of product states that K connects to none closer than γ: there J|n⟩ is K|n⟩.

    Up to the phase of K_nn; the fraction for each γ, shape (gaps,). Arguments as for
    `connected_near_pairs`.
    """
    entries = K.tocoo()
    rows, columns = entries.coords
    moving = (rows != columns) & (entries.data != 0)
    nearest = np.full(len(energies), np.inf)
    np.minimum.at(nearest, rows[moving], np.abs(energies[rows] - energies[columns])[moving])
    return np.array([(nearest >= gap).mean() for gap in gaps])


def generator_error(energies: Floats, K: sp.csr_array, gaps: Floats) -> Floats:
    """‖U†JU − K‖ / ‖K‖ off the diagonal, in Frobenius norm, for each γ, shape (gaps,).

    What lies on the diagonal moves no eigenstate, only its phase.
    """
    moving = K - sp.diags_array(K.diagonal(), format="csr")
    return np.array(
        [
            sp.linalg.norm(model_generator(energies, moving, gap) - moving) / sp.linalg.norm(moving)
            for gap in gaps
        ]
    )
