"""Growth of entanglement from product states (huse2014): S ≈ s∞ ξ ln(J₀ t) a cut.

Exact evolution in the eigenbasis, in units of 1/J. Energies are good to rounding, ε‖H‖ ≈ 10⁻¹⁴ to
10⁻¹³ J, and so are phases up to times of 10¹⁰ / J and more.

On a ring a block of consecutive sites has two ends: its entropy grows from both, at twice the rate
of the paper's cut between two half-chains.
"""

import numpy as np

from mbl.dynamics.entanglement import entanglement_entropy, shannon_entropy
from mbl.eigenbasis import Complex, real_product
from mbl.hilbert import Floats, Ints, sectors, split_by_sector

UP = {"z": np.array([1.0, 0.0]), "x": np.array([1.0, 1.0]) / np.sqrt(2)}
DOWN = {"z": np.array([0.0, 1.0]), "x": np.array([1.0, -1.0]) / np.sqrt(2)}


def product_states(axes: str, down: Ints) -> Complex:
    """Product states with every spin up or down along its axis.

    Parameters
    ----------
    axes
        Axis of every site, ``"x"`` or ``"z"``: ``"z" * L``, or ``"zzxzz"`` for a spin to precess.
    down
        1 where a spin is down along its axis, else 0, shape (states, L).

    Returns
    -------
    ndarray, shape (states, 2^L)
        Amplitudes on the product states of σᶻ (or of τᶻ, where they are read as labels).
    """
    states = np.ones((len(down), 1), dtype=complex)
    for axis, flipped in zip(axes, down.T, strict=True):
        spin = np.where(flipped[:, None], DOWN[axis], UP[axis])
        states = (states[:, :, None] * spin[:, None, :]).reshape(len(down), -1)
    return states


def evolve(vectors: list[Floats], energy: Floats, states: Complex, times: Floats) -> Complex:
    """Evolve states of the p-bits: ψ(t) = V e^{−iEt} Vᵀ ψ(0).

    Parameters
    ----------
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n), as from `diagonalize`.
    energy
        Energies of all eigenstates, sector after sector, shape (2^L,), in units of J.
    states
        Amplitudes on the product states, shape (…, 2^L).
    times
        Broadcast against the states' leading axes; in units of 1/J.

    Returns
    -------
    ndarray, shape (…, 2^L)
    """
    L = len(vectors) - 1
    lead = np.broadcast_shapes(states.shape[:-1], times.shape)
    evolved = np.zeros((*lead, 1 << L), dtype=complex)
    for s, V, E in zip(sectors(L), vectors, split_by_sector(energy, L), strict=True):
        part = states[..., s]
        if part.any():  # product states along z lie in one sector
            amplitude = real_product(part, V) * np.exp(-1j * E * times[..., None])
            evolved[..., s] = real_product(amplitude, V.T)
    return evolved


def evolve_lbits(energy: Floats, label: Ints, states: Complex, times: Floats) -> Complex:
    """Evolve states of the l-bits, where H is diagonal (huse2014, eq. 4).

    Parameters
    ----------
    energy
        Energies of all eigenstates, shape (2^L,), in units of J.
    label
        Position k(e) of every eigenstate, shape (2^L,).
    states
        Amplitudes by label, shape (…, 2^L).
    times
        Broadcast against the states' leading axes; in units of 1/J.

    Returns
    -------
    ndarray, shape (…, 2^L)
    """
    by_label = np.empty_like(energy)
    by_label[label] = energy
    evolved: Complex = states * np.exp(-1j * by_label * times[..., None])
    return evolved


def entropy_growth(
    vectors: list[Floats], energy: Floats, states: Complex, times: Floats, cut: int
) -> Floats:
    """Entanglement entropy of the first p-bits against time.

    Parameters
    ----------
    vectors, energy
        As in `evolve`.
    states
        Initial states, shape (states, 2^L).
    times
        Shape (times,), in units of 1/J.
    cut
        Number of sites of the block, 1 … L − 1.

    Returns
    -------
    ndarray, shape (states, times)
        In nats.
    """
    entropies = [entanglement_entropy(evolve(vectors, energy, psi, times), cut) for psi in states]
    return np.stack(entropies)


def lbit_entropy_growth(
    energy: Floats, label: Ints, states: Complex, times: Floats, cut: int
) -> Floats:
    """Entanglement entropy of the first l-bits against time: dephasing alone, without dressing.

    Parameters
    ----------
    energy, label
        As in `evolve_lbits`.
    states
        Initial states, amplitudes by label, shape (states, 2^L).
    times
        Shape (times,), in units of 1/J.
    cut
        Number of l-bits of the block, 1 … L − 1.

    Returns
    -------
    ndarray, shape (states, times)
        In nats.
    """
    entropies = [entanglement_entropy(evolve_lbits(energy, label, s, times), cut) for s in states]
    return np.stack(entropies)


def dephased_entropy(vectors: list[Floats], states: Complex, cut: int) -> Floats:
    """Entropy of the first p-bits once all eigenstates have dephased: ρ̄ = Σₑ |⟨e|ψ⟩|² |e⟩⟨e|.

    The largest that the block's mean entropy at late times can be, by concavity, and close to it
    for a block much smaller than the rest. Its growth by a site is huse2014's s∞.

    Parameters
    ----------
    vectors
        As in `evolve`.
    states
        Initial states, shape (states, 2^L).
    cut
        Number of sites of the block, 1 … L − 1.

    Returns
    -------
    ndarray, shape (states,)
        In nats.
    """
    L = len(vectors) - 1
    reduced = np.zeros((len(states), 1 << cut, 1 << cut))
    for s, V in zip(sectors(L), vectors, strict=True):
        for psi, rho in zip(states, reduced, strict=True):
            if psi[s].any():
                eigenstates = np.zeros((1 << L, len(s)))
                eigenstates[s] = V * np.abs(real_product(psi[s], V))
                block = eigenstates.reshape(1 << cut, -1)
                rho += block @ block.T
    return shannon_entropy(np.maximum(np.linalg.eigvalsh(reduced), 0.0))


def eigenstate_entropy(vectors: list[Floats], cut: int) -> Floats:
    """Entanglement entropy of the first p-bits in every eigenstate.

    Parameters
    ----------
    vectors
        As in `evolve`.
    cut
        Number of sites of the block, 1 … L − 1.

    Returns
    -------
    ndarray, shape (2^L,)
        In nats, eigenstates sector after sector.
    """
    L = len(vectors) - 1
    entropies = []
    for s, V in zip(sectors(L), vectors, strict=True):
        states = np.zeros((len(s), 1 << L))
        states[:, s] = V.T
        entropies.append(entanglement_entropy(states, cut))
    return np.concatenate(entropies)


def bins(first: float, last: float, points: int, samples: int) -> tuple[Floats, Floats]:
    """Times evenly spaced in ln t, and instants about each that an average is taken over.

    Entropies of few spins come back again and again, those of neighbours at multiples of
    (π/2)/J: times that are few a decade alias with them, averages over bins of ln t do not.

    Returns
    -------
    times, instants
        Shapes (points,) and (points, samples); all instants together are evenly spaced in ln t.
    """
    times = np.geomspace(first, last, points)
    step = np.log(last / first) / (points - 1)
    return times, times[:, None] * np.exp(step * ((np.arange(samples) + 0.5) / samples - 0.5))
