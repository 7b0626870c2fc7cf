"""Entanglement growth by dephasing under the diagonal H₀ (swingle2013, sections III B and C)."""

import numpy as np
from numpy.typing import NDArray

from mbl.dynamics.area_law import ENTANGLING_CONSTANT
from mbl.dynamics.entanglement import entanglement_entropy, shannon_entropy
from mbl.hilbert import Floats, down_spins
from mbl.models.fixed_point import Complexes, extent


def product_state(L: int, down: float = 0.5) -> Floats:
    """All spins in √(1 − p)|0⟩ + √p|1⟩, p the probability of down (eq. 3.10), shape (2^L,).

    p = 1/2 lies in the plane. Azimuths would drop out: rotations about z commute with H₀.
    """
    n = down_spins(np.arange(1 << L))
    state: Floats = np.sqrt(down**n * (1 - down) ** (L - n))
    return state


def diagonal_growth(
    energies: Floats, state: NDArray[np.inexact], times: Floats, cut: int
) -> Floats:
    """Entanglement entropy S(t) of the first sites under H₀ (eq. 3.18).

    Parameters
    ----------
    energies
        Diagonal of H₀, shape (2^L,), in units of J₀.
    state
        Initial amplitudes, shape (2^L,).
    times
        Shape (times,), in units of 1/J₀. Rounding of the phases acts as couplings of relative size
        10⁻¹⁶ that entangle too: keep J₀t below about 10¹².
    cut
        Number of sites on the left of the cut.

    Returns
    -------
    ndarray, shape (times,)
        In nats.
    """
    return np.array([entanglement_entropy(np.exp(-1j * energies * t) * state, cut) for t in times])


def diagonal_entropy(state: NDArray[np.inexact], cut: int) -> Floats:
    """Entropy of the first sites once all their Z are measured (eqs. 3.15 and 3.16).

    It bounds S(t) at all times, for H₀ conserves it; (−p ln p − (1 − p) ln(1 − p)) a site in a
    `product_state`.
    """
    probabilities = np.square(np.abs(state)).reshape(1 << cut, -1).sum(axis=1)
    return shannon_entropy(probabilities)


def spin_purity(energies: Floats, state: NDArray[np.inexact], times: Floats, site: int) -> Floats:
    """Purity Tr ρ² of one spin under H₀, which other spins dephase (below eq. 3.12).

    Parameters
    ----------
    energies, state, times
        As for `diagonal_growth`.
    site
        The spin.

    Returns
    -------
    ndarray, shape (times,)
        1/2 where maximally mixed.
    """
    up, down = np.moveaxis(state.reshape(1 << site, 2, -1), 1, 0).reshape(2, -1)
    low, high = np.moveaxis(energies.reshape(1 << site, 2, -1), 1, 0).reshape(2, -1)
    cost = high - low  # of flipping the spin, in each state of the others
    coherence = np.array([(up * down.conj() * np.exp(1j * cost * t)).sum() for t in times])
    p = np.square(np.abs(up)).sum(), np.square(np.abs(down)).sum()
    purity: Floats = p[0] ** 2 + p[1] ** 2 + 2 * np.square(np.abs(coherence))
    return purity


def growth_bound(couplings: Floats, times: Floats, cut: int, site_entropy: float) -> Floats:
    """Bound of S(t) from a product state: min_R [R s + (c/4) t Σ |J_μ|] (sections III B and C).

    The sum is over couplings across the cut of extent above R. Those up to R act on R sites on
    either side, which hold no more than R s; every other is J/4 times two commuting operators of
    norm 1 apart from parts on one side, and adds by `ENTANGLING_CONSTANT` (eq. 3.4).

    Parameters
    ----------
    couplings
        J_μ, shape (2^L,), in units of J₀.
    times
        Shape (times,), in units of 1/J₀.
    cut
        Number of sites on the left of the cut.
    site_entropy
        s, the `diagonal_entropy` of one site, in nats.

    Returns
    -------
    ndarray, shape (times,)
        In nats.
    """
    L = len(couplings).bit_length() - 1
    words = np.arange(len(couplings))
    right = (1 << (L - cut)) - 1
    across = (words & right != 0) & (words & ~right != 0)
    by_extent = np.bincount(extent(words), np.abs(couplings) * across, minlength=L)
    beyond = by_extent.sum() - np.cumsum(by_extent)
    beyond[-1] = 0.0  # but for rounding
    reach = np.minimum(np.arange(L), min(cut, L - cut))
    bound = site_entropy * reach + np.multiply.outer(times, ENTANGLING_CONSTANT / 4 * beyond)
    return np.asarray(bound.min(axis=1))


def couplings_across(couplings: Floats, cut: int, reach: int) -> Floats:
    """Couplings across a cut of extent `reach` at most, of the sites that they act on.

    Alone they make the entanglement between the two sides (eqs. 3.17–3.19).

    Parameters
    ----------
    couplings
        J_μ, shape (2^L,).
    cut
        Number of sites on the left of the cut.
    reach
        R, 1 … min(cut, L − cut).

    Returns
    -------
    ndarray, shape (4^R,)
        By sets of the R sites on either side, 0 where a set lies on one side or is longer.
    """
    right = len(couplings).bit_length() - 1 - cut
    words = np.arange(1 << 2 * reach)
    across = (words >> reach != 0) & (words & ((1 << reach) - 1) != 0)
    kept = across & (extent(words) <= reach)
    return np.where(kept, couplings[words << (right - reach)], 0.0)


def growth_rates(times: Floats, entropies: Floats, low: float, high: float) -> Floats:
    """Slopes dS/d(ln t) of each realisation, by least squares (s ξ of eqs. 3.20 and 3.21).

    Parameters
    ----------
    times
        Shape (times,).
    entropies
        S(t) of realisations, shape (realisations, times), in nats.
    low, high
        The window: from when the mean over realisations exceeds the one until it reaches the
        other, in nats.

    Returns
    -------
    ndarray, shape (realisations,)
        NaN where the mean does not cross the whole window, or does so within two times.
    """
    mean = entropies.mean(axis=0)
    (above,), (beyond,) = np.nonzero(mean > low), np.nonzero(mean >= high)
    if len(beyond) == 0 or beyond[0] - above[0] < 2:
        return np.full(len(entropies), np.nan)
    window = slice(above[0], beyond[0])
    slopes: Floats = np.polyfit(np.log(times[window]), entropies[:, window].T, 1)[0]
    return slopes


def two_spin_density_matrix(J1: float, J12: float, times: Floats) -> Complexes:
    """Reduced density matrix of spin one of two, both in the plane at first (eq. 3.12).

    Under h = J₁P₁ + J₂P₂ + J₁₂P₁P₂; J₂ drops out.

    Parameters
    ----------
    J1, J12
        Couplings, in any unit of energy.
    times
        Shape (times,), in the inverse of that unit.

    Returns
    -------
    ndarray, shape (times, 2, 2)
        Maximally mixed at J₁₂t = π.
    """
    coherence = np.exp(1j * J1 * times) * (1 + np.exp(1j * J12 * times)) / 2
    matrices = np.full((len(times), 2, 2), 0.5, dtype=complex)
    matrices[:, 0, 1] *= coherence
    matrices[:, 1, 0] *= coherence.conj()
    return matrices


def two_spin_purity(phase: Floats) -> Floats:
    """Purity Tr ρ₁² = (1 + cos²(J₁₂t/2))/2 of eq. 3.12 at phase J₁₂t; 1/2 at π."""
    purity: Floats = 0.5 * (1 + np.square(np.cos(phase / 2)))
    return purity
