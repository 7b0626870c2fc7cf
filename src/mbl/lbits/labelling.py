"""Labellings: which eigenstate carries which string of l-bit signs.

A labelling gives each eigenstate e its position k(e) in the order that defines the l-bits: bit i of
k (site 0 the most significant) is 0 where τᶻᵢ = +1 and 1 where τᶻᵢ = −1 (goihl2018, eqs. 3 and 5).
Every labelling is a permutation, so that the τᶻᵢ are exact constants of motion with the spectrum of
Pauli matrices.

A function declared with `@labelling` is all that it takes to add one. `sorted` is the paper's. The
others give each eigenstate a product state of its own sector of total Sᶻ, such that
Σᵢ τᶻᵢ = Σᵢ σᶻᵢ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mbl import registry
from mbl.catalogue import resolve
from mbl.hilbert import Floats, Ints
from mbl.lbits.assignment import assign, dual_bound
from mbl.lbits.functionals import Functional, Magnetization, Overlap, ascend, with_models
from mbl.lbits.localized import Locality, reduced_density_matrices
from mbl.lbits.sorting import agreement, sorted_labels
from mbl.registry import labelling

BUFFER = 3  # |S| of the locality that `localized` and `combined` raise
ORDERS = (1, 2, 3, 4)  # of the models that `consistent` and `combined` pass through
OVERLAP_TOLERANCE = 20.0  # λ of `consistent` in J²: mean square mismatch worth the whole overlap
LOCALITY_TOLERANCE = 4.0  # λ of `combined` in J²: mean square mismatch worth one whole l-bit
LEAST_RISE = 1e-3  # of a stage: smaller rises move the errors by 3 % at most, but take time


class Eigenstates(Protocol):
    """What labellings are made of, such as a `Ring`; asked for only where it is needed."""

    @property
    def energy(self) -> Floats:
        """Energies of all eigenstates, shape (2^L,), in units of J."""

    @property
    def averages(self) -> Floats:
        """Averages mᵢ(e), shape (L, 2^L), as from `infinite_time_average`."""

    @property
    def vectors(self) -> list[Floats]:
        """Eigenvectors by sector 0 … L, each of shape (n, n), as from `diagonalize`."""


@dataclass(frozen=True)
class Labelling:
    """A labelling and how good it is by its own measure.

    Attributes
    ----------
    label
        Position k(e) of every eigenstate, shape (2^L,).
    objective
        Value of the functional that the labelling maximises.
    bound
        What no labelling by sectors of total Sᶻ can exceed: equal to the objective where the
        optimum is proven; NaN where none is computed.
    iterations
        Number of assignments that raised the objective.
    """

    label: Ints
    objective: float
    bound: float
    iterations: int


def _optimum(functional: Functional, L: int) -> Ints:
    """Labelling that maximises a linear functional, whose gains are the same everywhere."""
    return assign(functional.gains(np.arange(1 << L)), L)


def _linear(functional: Functional, L: int) -> Labelling:
    """Labelling that maximises a linear functional, with the proof."""
    label = _optimum(functional, L)
    return Labelling(label, functional.value(label), dual_bound(functional.gains(label), label), 1)


def _local(states: Eigenstates) -> Locality:
    return Locality(reduced_density_matrices(states.vectors, BUFFER), BUFFER)


@labelling(averages_only=True)
def sorted(states: Eigenstates) -> Labelling:
    """The paper's heuristic: sort the averages site after site.

    The objective is the paper's criterion, how well the l-bits agree with the averages; its bound
    is that of `magnetization`, and is not computed here. Only this labelling may leave the sectors,
    if disorder is weak.
    """
    label = sorted_labels(states.averages)
    return Labelling(label, agreement(states.averages, label), np.nan, 0)


@labelling()
def magnetization(states: Eigenstates) -> Labelling:
    """The largest overlap of the l-bits with the averages, the paper's own criterion."""
    averages = states.averages
    return _linear(Magnetization(averages), len(averages))


@labelling()
def overlap(states: Eigenstates) -> Labelling:
    """The largest overlap of eigenstates with their product states."""
    vectors = states.vectors
    return _linear(Overlap(vectors), len(vectors) - 1)


@labelling(start="combined")
def localized(states: Eigenstates, start: Labelling) -> Labelling:
    """The locality of the l-bits (eq. 6) at |S| = 3.

    Climbs from the top of `combined`: a better start than any single assignment.
    """
    functional = _local(states)
    label, values = ascend([functional], start.label)
    return Labelling(label, values[-1], functional.bound(), start.iterations + len(values) - 1)


@labelling()
def consistent(states: Eigenstates) -> Labelling:
    """As `overlap`, less the mismatch of the energies with the truncated model."""
    affinity = Overlap(states.vectors)
    start = _linear(affinity, len(states.vectors) - 1)  # its bound holds: no mismatch is below zero
    stages = with_models(affinity, states.energy, ORDERS, OVERLAP_TOLERANCE)
    label, values = ascend(stages, start.label, LEAST_RISE)
    return Labelling(label, values[-1], start.bound, 1 + len(values) - len(stages))


@labelling()
def combined(states: Eigenstates) -> Labelling:
    """The locality as `localized` has it, less the mismatch of the energies with the model."""
    affinity = _local(states)
    stages = with_models(affinity, states.energy, ORDERS, LOCALITY_TOLERANCE)
    start = _optimum(Overlap(states.vectors), len(states.vectors) - 1)
    label, values = ascend(stages, start, LEAST_RISE)
    return Labelling(label, values[-1], affinity.bound(), 1 + len(values) - len(stages))


def declared(name: str) -> registry.Labelling:
    """What a labelling says of itself.

    Raises
    ------
    ValueError
        For a name that is none.
    """
    known = {one.name: one for one in registry.DECLARED if isinstance(one, registry.Labelling)}
    if name not in known:
        raise ValueError(f"unknown labelling {name!r}; known: {', '.join(known)}")
    return known[name]


def label_eigenstates(name: str, states: Eigenstates, start: Labelling | None = None) -> Labelling:
    """Label all eigenstates by the name of the labelling.

    Parameters
    ----------
    name
        Of a function declared with `@labelling`.
    states
        The eigenstates.
    start
        The labelling that this one starts from, where it does and where it is known already.

    Raises
    ------
    ValueError
        For a name that is none.
    """
    about = declared(name)
    # By name, so that what is computed of one labelling does not depend on the source of others.
    method: Callable[..., Labelling] = resolve(about.function)
    if not about.start:
        return method(states)
    return method(states, start or label_eigenstates(about.start, states))
