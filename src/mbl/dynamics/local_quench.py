"""What a local perturbation of an eigenstate does far away (swingle2013, sections II and III B).

An eigenstate U|n⟩ is hit by a local unitary O on the first site and evolves under H = U H₀ U†. In
the frame of H₀ the state is Õ|n⟩ with Õ = U†OU at first, and H₀ changes phases alone. By the light
cone of U (`mbl.dynamics.light_cone`) Õ is within δ(d) = Πⱼ(2‖kⱼ‖)/d! of an operator on the first d
sites, the product over the d bonds from the first site on. At all times the spins from d on are
therefore what they are in |n⟩, but for amplitudes of norm δ(d): nothing that H₀ does brings them
anywhere.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import factorial, xlogy

from mbl.dynamics.entanglement import entanglement_entropy
from mbl.dynamics.light_cone import lieb_robinson_bound
from mbl.hilbert import Floats, Ints, bit
from mbl.models.fixed_point import Complexes


def quenched_amplitudes(U: Complexes, labels: Ints) -> Complexes:
    """Amplitudes ⟨m|U† X₀ U|n⟩ of eigenstates n once the first spin is flipped (section II).

    Parameters
    ----------
    U
        Shape (2^L, 2^L).
    labels
        Product states n, shape (states,).

    Returns
    -------
    ndarray, shape (states, 2^L)
        By the product state m, in the frame of H₀.
    """
    flipped = np.roll(U[:, labels], len(U) // 2, axis=0)
    return np.asarray((U.conj().T @ flipped).T)


def evolved(U: Complexes, energies: Floats, amplitudes: Complexes, times: Floats) -> Complexes:
    """States U e^{−iH₀t}|φ⟩ from amplitudes in the frame of H₀.

    Parameters
    ----------
    U
        Shape (2^L, 2^L).
    energies
        Diagonal of H₀, shape (2^L,), in units of J₀.
    amplitudes
        Shape (states, 2^L).
    times
        Shape (times,), in units of 1/J₀.

    Returns
    -------
    ndarray, shape (states, times, 2^L)
    """
    phases = np.exp(-1j * np.multiply.outer(times, energies))
    return np.asarray((amplitudes[:, None] * phases) @ U.T)


def flip_probabilities(amplitudes: Complexes, labels: Ints) -> Floats:
    """Probability that the l-bit of each site is no more what it was in the eigenstate.

    H₀ conserves it: it is the same at all times.

    Parameters
    ----------
    amplitudes, labels
        As from and for `quenched_amplitudes`.

    Returns
    -------
    ndarray, shape (states, L)
    """
    dimension = amplitudes.shape[-1]
    L = dimension.bit_length() - 1
    apart = np.arange(dimension) ^ labels[:, None]
    weights = np.square(np.abs(amplitudes))
    return np.stack([(weights * bit(apart, site, L)).sum(axis=-1) for site in range(L)], axis=-1)


def flip_bounds(terms: Complexes) -> Floats:
    """Bound of `flip_probabilities` in any eigenstate: ‖[Õ, Z_d]‖²/4 by the light cone.

    For (Z_d − z)Õ|n⟩ = [Z_d, Õ]|n⟩ is −2z times the part of Õ|n⟩ in which spin d is flipped.

    Parameters
    ----------
    terms
        kⱼ of the bonds (j, j + 1), shape (L − 1, 4, 4).

    Returns
    -------
    ndarray, shape (L,)
    """
    commutators = lieb_robinson_bound(terms, np.ones(1))[0]
    return np.asarray(np.square(commutators / 2))


def parts_beyond(H: Complexes) -> Iterator[Complexes]:
    """Part of H that acts on the sites from d on alone, for d = 0 … L − 1.

    Tr H / 2^d over the first d sites: what is left of H where those are in no particular state.

    Parameters
    ----------
    H
        Shape (2^L, 2^L).

    Yields
    ------
    ndarray, shape (2^(L − d), 2^(L − d))
    """
    part = H
    while len(part) > 1:
        yield part
        halves = part.reshape(2, len(part) // 2, 2, -1)
        part = (halves[0, :, 0] + halves[1, :, 1]) / 2


def energies_beyond(H: Complexes, states: NDArray[np.inexact]) -> tuple[Floats, Floats]:
    """Energies of the sites from d on in some states, and the widths of the spectra there.

    Parameters
    ----------
    H
        Shape (2^L, 2^L).
    states
        Shape (…, 2^L).

    Returns
    -------
    energies : ndarray, shape (…, L)
        ⟨H_d⟩ with H_d of `parts_beyond`; at d = 0 the energy of the whole chain.
    widths : ndarray, shape (L,)
        Largest less smallest eigenvalue of H_d.
    """
    energies, widths = [], []
    for part in parts_beyond(H):
        rest = states.reshape(-1, len(part))
        each = (rest.conj() * (rest @ part.T)).real.sum(axis=-1)
        energies.append(each.reshape(*states.shape[:-1], -1).sum(axis=-1))
        levels = np.linalg.eigvalsh(part)
        widths.append(levels[-1] - levels[0])
    return np.stack(energies, axis=-1), np.array(widths)


def entropies_beyond(states: NDArray[np.inexact]) -> Floats:
    """Entanglement entropy of the sites from d on, d = 0 … L − 1; shape (…, L), 0 at d = 0."""
    L = states.shape[-1].bit_length() - 1
    cuts = [entanglement_entropy(states, cut) for cut in range(1, L)]
    return np.stack([np.zeros(states.shape[:-1]), *cuts], axis=-1)


def distance_bounds(terms: Complexes) -> Floats:
    """Bound T of the trace distance of the sites from D on to what they were, at all times.

    min_d [δ(first site … bond d) + δ(site D … bond d)], d = 1 … D, and never above 1. Proof:
    without the bond between sites d − 1 and d, U is a product of two unitaries, the quenched state
    is from d on exactly what it was, and an observable Q on the sites from D on acts from d on
    alone in the frame of H₀. Putting the bond back changes Õ by δ of the d bonds up to it, and Q by
    ‖Q‖ δ of the D − d + 1 bonds down to it, each twice in an expectation value: |Δ⟨Q⟩| ≤ 2‖Q‖T.

    Parameters
    ----------
    terms
        kⱼ of the bonds (j, j + 1), shape (L − 1, 4, 4).

    Returns
    -------
    ndarray, shape (L,)
        1 at D = 0.
    """
    strengths = 2 * np.linalg.norm(terms, 2, axis=(1, 2))
    count = np.arange(1, len(terms) + 1)
    out = np.cumprod(strengths) / factorial(count)  # δ of the first 1, 2, … bonds
    bounds = np.ones(len(terms) + 1)
    for D in count:
        back = np.cumprod(strengths[:D][::-1]) / factorial(count[:D])  # of the last ones before D
        bounds[D] = min(1.0, (out[:D] + back[::-1]).min())
    return bounds


def entropy_bounds(distances: Floats) -> Floats:
    """Bound of the change of entropy of the sites from D on, in nats (Fannes and Audenaert).

    T ln(N − 1) − T ln T − (1 − T) ln(1 − T) with N = 2^(L − D); and never above the most that a
    cut after D sites can hold.

    Parameters
    ----------
    distances
        T as from `distance_bounds`, shape (L,).

    Returns
    -------
    ndarray, shape (L,)
        0 at D = 0.
    """
    L = len(distances)
    D = np.arange(L)
    dimension = np.exp2(L - D)
    T = np.minimum(distances, 1 - 1 / dimension)  # where it is largest
    bound = T * np.log(dimension - 1) - xlogy(T, T) - xlogy(1 - T, 1 - T)
    return np.asarray(np.minimum(bound, np.minimum(D, L - D) * np.log(2)))
