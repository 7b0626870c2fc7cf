"""Ramsey and spin-echo signals of a p-bit and of an l-bit (huse2014).

A spin in the plane precesses about z at a rate that the other spins set, and dephases with them
(Ramsey). The echo turns that spin by π about x half-way: for an l-bit, whose bath of other τᶻ is
static, everything that precession has done is undone, exactly and at all times. A p-bit is made of
several l-bits, its pulse disturbs the bath, and its echo is lost in part.

Signals are coherences ⟨σˣ + iσʸ⟩ (or of τ) over their initial value. Their mean over states is a
signal of an ensemble; its modulus is free of the common precession.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from mbl.dynamics.growth import evolve, evolve_lbits
from mbl.eigenbasis import Complex
from mbl.hilbert import Floats, Ints

Evolution = Callable[[Complex, Floats], Complex]


def ramsey_pbit(
    vectors: list[Floats], energy: Floats, states: Complex, site: int, times: Floats
) -> Complex:
    """Coherence of a p-bit after free evolution.

    Parameters
    ----------
    vectors, energy
        As in `evolve`.
    states
        Initial states, shape (states, 2^L), the p-bit along ±x in each: `product_states`
        with ``"x"`` at the site.
    site
        The p-bit, 0 … L − 1.
    times
        Shape (times,), in units of 1/J.

    Returns
    -------
    ndarray, shape (states, times)
        1 at time zero.
    """
    return _ramsey(partial(evolve, vectors, energy), states, site, times)


def echo_pbit(
    vectors: list[Floats], energy: Floats, states: Complex, site: int, times: Floats
) -> Complex:
    """Coherence of a p-bit after evolution for t/2, a pulse σˣ on it, and evolution for t/2.

    Parameters and result are those of `ramsey_pbit`; the echo is the real part, along x.
    """
    return _echo(partial(evolve, vectors, energy), states, site, times)


def ramsey_lbit(energy: Floats, label: Ints, states: Complex, site: int, times: Floats) -> Complex:
    """Coherence ⟨τˣ + iτʸ⟩ of an l-bit after free evolution.

    Parameters
    ----------
    energy, label
        As in `evolve_lbits`.
    states
        Initial states of the l-bits, amplitudes by label, shape (states, 2^L), the l-bit along ±x
        in each. With the other l-bits along ±x, one state holds all their 2^(L−1) configurations
        with equal weights: the signal is that of an unpolarised bath.
    site
        The l-bit, 0 … L − 1.
    times
        Shape (times,), in units of 1/J.

    Returns
    -------
    ndarray, shape (states, times)
        1 at time zero.
    """
    return _ramsey(partial(evolve_lbits, energy, label), states, site, times)


def echo_lbit(energy: Floats, label: Ints, states: Complex, site: int, times: Floats) -> Complex:
    """Coherence of an l-bit after evolution for t/2, a pulse τˣ on it, and evolution for t/2.

    Parameters and result are those of `ramsey_lbit`; it is 1 at all times.
    """
    return _echo(partial(evolve_lbits, energy, label), states, site, times)


def _ramsey(evolution: Evolution, states: Complex, site: int, times: Floats) -> Complex:
    return np.stack(
        [_coherence(evolution(psi, times), site) / _coherence(psi, site) for psi in states]
    )


def _echo(evolution: Evolution, states: Complex, site: int, times: Floats) -> Complex:
    def echo(psi: Complex) -> Complex:
        flipped = _flip(evolution(psi, times / 2), site)
        return _coherence(evolution(flipped, times / 2), site) / _coherence(psi, site)

    return np.stack([echo(psi) for psi in states])


def _of_site(states: Complex, site: int) -> Complex:
    """View with the site's spin on its own axis, shape (…, 2^site, 2, 2^(L−1−site))."""
    return states.reshape(*states.shape[:-1], 1 << site, 2, -1)


def _flip(states: Complex, site: int) -> Complex:
    """The pulse: σˣ of a site."""
    return np.flip(_of_site(states, site), axis=-2).reshape(states.shape)


def _coherence(states: Complex, site: int) -> Complex:
    """⟨σˣ + iσʸ⟩ of a site, shape (…)."""
    spin = _of_site(states, site)
    coherence: Complex = 2.0 * (spin[..., 0, :].conj() * spin[..., 1, :]).sum(axis=(-2, -1))
    return coherence
