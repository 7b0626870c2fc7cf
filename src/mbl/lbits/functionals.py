"""What a labelling can be asked to maximise, and the ascent that does so by linear assignments.

A functional Φ of the labelling k is given by its value and, at any labelling k₀, by gains g(e, b)
that support it from below:

    Φ(k) − Φ(k₀) ≥ Σ_e g(e, k(e)) − Σ_e g(e, k₀(e))    for every labelling k.

The assignment of largest total gain then never has a smaller Φ than k₀ has, nor has any step of a
sequence of such assignments. A functional that is linear in the labelling supports itself, and one
assignment finds its maximum. Sums of functionals are supported by the sums of their gains.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mbl.hilbert import Floats, Ints, sectors, sigma_z, split_by_sector
from mbl.lbits.assignment import assign
from mbl.lbits.effective_model import couplings, truncated_energies
from mbl.lbits.sorting import agreement


class Functional(Protocol):
    """A functional of labellings that gains support from below."""

    def value(self, label: Ints) -> float:
        """Φ of a labelling, shape (2^L,)."""

    def gains(self, label: Ints) -> Iterator[Floats]:
        """Gains that support Φ at a labelling, by sector, each (n, n): eigenstate by state."""


def gains_from_signs(weight: Floats) -> Iterator[Floats]:
    """Gains Σᵢ zᵢ(b) wᵢ(e), linear in the signs z of the l-bits, from w of shape (L, 2^L)."""
    L = len(weight)
    for states, w in zip(sectors(L), split_by_sector(weight, L), strict=True):
        yield w.T @ sigma_z(states, L)


@dataclass(frozen=True)
class Magnetization:
    """Agreement of the l-bits with the averages (`mbl.lbits.sorting.agreement`): at most L.

    Attributes
    ----------
    averages
        mᵢ(e), shape (L, 2^L).
    """

    averages: Floats

    def value(self, label: Ints) -> float:
        """Φ of a labelling."""
        return agreement(self.averages, label)

    def gains(self, label: Ints) -> Iterator[Floats]:
        """The functional itself, which is linear."""
        return gains_from_signs(self.averages / len(label))


@dataclass(frozen=True)
class Overlap:
    """Mean over eigenstates of |⟨k(e)|e⟩|²: at most 1.

    Attributes
    ----------
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n).
    """

    vectors: list[Floats]

    def value(self, label: Ints) -> float:
        """Φ of a labelling."""
        L = len(self.vectors) - 1
        total = 0.0
        by_sector = split_by_sector(label, L)
        for states, V, k in zip(sectors(L), self.vectors, by_sector, strict=True):
            total += np.square(V[np.searchsorted(states, k), np.arange(len(k))]).sum()
        return total / len(label)

    def gains(self, label: Ints) -> Iterator[Floats]:
        """The functional itself, which is linear."""
        return (np.square(V.T) / len(label) for V in self.vectors)


def _transport_prices(energy: Floats, model: Floats) -> Floats:
    """Prices of the states b at which eigenstates e choose by 2 E_e Ê(b) in the order of energy.

    Between neighbours in Ê the price rises by (E + E′)(Ê′ − Ê): E then takes the lower state, E′
    the upper. Subtracted from the gains they change no assignment, but the solver, which starts
    from prices of zero, finds it two to three times as fast.
    """
    order = np.argsort(model, kind="stable")
    rises = (energy[1:] + energy[:-1]) * np.diff(model[order])
    prices = np.zeros_like(model)
    prices[order[1:]] = np.cumsum(rises)
    return prices


@dataclass(frozen=True)
class Consistency:
    """−⟨(E − Ê)²⟩/λ, the mean over eigenstates of their mismatch with the model H_eff^(N).

    The supporting gains hold the model fixed; refitted to the next labelling it only comes closer,
    as the truncation to orders ≤ N is the best approximation in the mean square (the τ(μ) are
    orthogonal). For the same reason Φ never falls as N rises.

    Attributes
    ----------
    energy
        Energies of all eigenstates, shape (2^L,), in units of J.
    order
        Truncation order N.
    tolerance
        λ, in units of J²: the mean square mismatch that costs 1.
    """

    energy: Floats
    order: int
    tolerance: float

    def _by_label(self, label: Ints) -> Floats:
        """Energies Ê(b) of the truncated model by label b, shape (2^L,)."""
        every, orders = np.arange(len(label)), np.array([self.order])
        (model,) = truncated_energies(couplings(self.energy, label), every, orders)
        return np.asarray(model)

    def value(self, label: Ints) -> float:
        """Φ of a labelling."""
        mismatch = self.energy - self._by_label(label)[label]
        return -float(np.square(mismatch).mean()) / self.tolerance

    def gains(self, label: Ints) -> Iterator[Floats]:
        """Gains −(E_e − Ê(b))²/λ under the model of this labelling, up to constants."""
        L = len(label).bit_length() - 1
        model = self._by_label(label)
        for states, energy in zip(sectors(L), split_by_sector(self.energy, L), strict=True):
            # −(E − Ê)² but for terms of e or b alone, which every assignment collects alike.
            own = model[states]
            gain = 2.0 * np.outer(energy, own) - _transport_prices(energy, own)
            yield gain / (self.tolerance * len(label))


@dataclass(frozen=True)
class Sum:
    """Sum of two functionals."""

    first: Functional
    second: Functional

    def value(self, label: Ints) -> float:
        """Φ of a labelling."""
        return self.first.value(label) + self.second.value(label)

    def gains(self, label: Ints) -> Iterator[Floats]:
        """Sums of both gains."""
        pairs = zip(self.first.gains(label), self.second.gains(label), strict=True)
        return (first + second for first, second in pairs)


def ascend(
    stages: Sequence[Functional], label: Ints, least_rise: float = 0.0
) -> tuple[Ints, list[float]]:
    """Raise one functional after another, each by a sequence of assignments.

    Parameters
    ----------
    stages
        The functionals, in turn.
    label
        Where to start, shape (2^L,).
    least_rise
        A stage ends with the assignment that raises it by no more than this, if at all.

    Returns
    -------
    label
        The labelling reached, shape (2^L,).
    values
        For every stage the value at its start, then after each assignment that raised it. They
        never fall within a stage, nor from one stage to the next if that is nowhere the smaller.
    """
    L = len(label).bit_length() - 1
    values: list[float] = []
    for functional in stages:
        values.append(functional.value(label))
        rise = np.inf
        while rise > least_rise:
            proposed = assign(functional.gains(label), L)
            value = functional.value(proposed)
            rise = value - values[-1]
            if rise <= 1e-12 * abs(value):  # rounding
                break
            label = proposed
            values.append(value)
    return label, values


def with_models(
    affinity: Functional, energy: Floats, orders: Iterable[int], tolerance: float
) -> list[Functional]:
    """Stages that raise an affinity together with the consistency of ever larger models.

    The model of order 1 knows but L numbers and so orders whole sets of eigenstates alike, such as
    the two levels of a resonance beside all states of the other sites, where the affinity alone
    would decide state by state; the higher orders settle the details.

    Parameters
    ----------
    affinity
        What ties the l-bits to space, such as `Overlap` or `Locality`.
    energy
        Energies of all eigenstates, shape (2^L,), in units of J.
    orders
        Truncation orders N, ascending: each stage is nowhere smaller than the one before.
    tolerance
        λ of `Consistency`, in units of J².
    """
    return [Sum(affinity, Consistency(energy, order, tolerance)) for order in orders]
