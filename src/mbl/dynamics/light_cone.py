"""Light cone of the local unitary U = e^{−iKt} (swingle2013, eqs. 2.2 and 2.4)."""

import numpy as np
import scipy.sparse as sp
from scipy.special import factorial

from mbl.hilbert import Floats, bit, sigma_z
from mbl.models.fixed_point import Complexes, unitaries


def commutator_norms(operator: Complexes) -> Floats:
    """Operator norms ‖[A, Z_d]‖ for every site d.

    Parameters
    ----------
    operator
        A, Hermitian, shape (2^L, 2^L).

    Returns
    -------
    ndarray, shape (L,)
    """
    L = len(operator).bit_length() - 1
    states = np.arange(len(operator))
    norms = np.empty(L)
    for d in range(L):
        down = bit(states, d, L) == 1
        # [A, Z] holds twice the block of A that flips spin d, and minus its adjoint.
        norms[d] = 2 * np.linalg.norm(operator[~down][:, down], 2)
    return norms


def light_cone(K: sp.csr_array, times: Floats) -> Floats:
    """‖[A(t), Z_d]‖ with A(t) = e^{iKt} Z₀ e^{−iKt}: first site against every site d (eq. 2.4).

    Parameters
    ----------
    K
        Strictly local generator of L sites, shape (2^L, 2^L).
    times
        Fictitious times, shape (times,), in units of the inverse of K's; U of the paper has t = 1.

    Returns
    -------
    ndarray, shape (times, L)
        At most 2; column d is distance d.
    """
    z = sigma_z(np.arange(K.shape[0]), K.shape[0].bit_length() - 1)[0]
    return np.stack([commutator_norms((U.conj().T * z) @ U) for U in unitaries(K, times)])


def lieb_robinson_bound(terms: Complexes, times: Floats) -> Floats:
    """Bound of ‖[A(t), B]‖, A on the first site and B at distance d or more, ‖A‖ = ‖B‖ = 1.

    2 Πⱼ (2‖kⱼ‖t) / d!, the product over the d bonds between them, and never above 2. Proof: by
    Duhamel's formula, A(t) crosses bond d − 1 for the first time at some s,
    ‖[A(t), B]‖ ≤ 2‖B‖ ∫₀ᵗ ds ‖[k_{d−1}, A(s)]‖, with A(s) evolved by the bonds before it alone;
    k_{d−1} in the place of B is at distance d − 1. It is sharper than eq. 2.4 at every distance.

    Parameters
    ----------
    terms
        kⱼ of the bonds (j, j + 1), shape (L − 1, 4, 4).
    times
        Shape (times,).

    Returns
    -------
    ndarray, shape (times, L)
        Column d is distance d.
    """
    strengths = np.linalg.norm(terms, 2, axis=(1, 2))
    distance = np.arange(len(terms) + 1)
    product = np.concatenate([[1.0], np.cumprod(2 * strengths)])
    bound = 2 * product * np.power.outer(times, distance) / factorial(distance)
    return np.asarray(np.minimum(bound, 2.0))


def lieb_robinson_velocity(strength: float, length: float) -> float:
    """Velocity v_LR = 2kξ e^{1/ξ} with which eq. 2.4 holds for a chosen length ξ_LR, with C = 2.

    It follows from `lieb_robinson_bound` by xᵈ/d! ≤ e^{−d/ξ} exp(x e^{1/ξ}); it is least, 2ek, at
    ξ = 1.

    Parameters
    ----------
    strength
        Largest norm k of a term of K.
    length
        ξ_LR in units of the lattice spacing.
    """
    return float(2 * strength * length * np.exp(1 / length))


def exponential_bound(L: int, times: Floats, strength: float, length: float) -> Floats:
    """Bound 2 e^{−(d − v t)/ξ} of eq. 2.4 with C = 2 and v of `lieb_robinson_velocity`.

    Parameters
    ----------
    L
        Number of sites.
    times
        Shape (times,).
    strength, length
        As for `lieb_robinson_velocity`.

    Returns
    -------
    ndarray, shape (times, L)
        Column d is distance d; never above 2.
    """
    ahead = np.arange(L) - lieb_robinson_velocity(strength, length) * times[:, None]
    bound: Floats = 2 * np.exp(-np.maximum(ahead, 0.0) / length)
    return bound
