"""Labellings: which eigenstate carries which string of l-bit signs.

A labelling gives each eigenstate e its position k(e) in the order that defines the l-bits: bit i of
k (site 0 the most significant) is 0 where τᶻᵢ = +1 and 1 where τᶻᵢ = −1 (goihl2018, eqs. 3 and 5).
Every labelling is a permutation, so that the τᶻᵢ are exact constants of motion with the spectrum of
Pauli matrices.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mbl.hilbert import Floats, Ints
from mbl.lbits.assignment import assign, dual_bound
from mbl.lbits.functionals import Functional, Magnetization, Overlap, ascend, with_models
from mbl.lbits.localized import Locality, reduced_density_matrices
from mbl.lbits.sorting import sorted_labels

BUFFER = 3  # |S| of the locality that `localized` and `combined` raise
ORDERS = (1, 2, 3, 4)  # of the models that `consistent` and `combined` pass through
OVERLAP_TOLERANCE = 20.0  # λ of `consistent` in J²: mean square mismatch worth the whole overlap
LOCALITY_TOLERANCE = 4.0  # λ of `combined` in J²: mean square mismatch worth one whole l-bit
LEAST_RISE = 1e-3  # of a stage: smaller rises move the errors by 3 % at most, but take time


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
        optimum is proven. Only `sorted` may leave the sectors, if disorder is weak.
    iterations
        Number of assignments that raised the objective.
    """

    label: Ints
    objective: float
    bound: float
    iterations: int


@dataclass(frozen=True)
class _Eigenstates:
    """What labellings are made of."""

    energy: Floats
    averages: Floats
    vectors: list[Floats]
    combined: Labelling | None

    @cached_property
    def locality(self) -> Locality:
        return Locality(reduced_density_matrices(self.vectors, BUFFER), BUFFER)

    def optimum(self, functional: Functional) -> Ints:
        """Labelling that maximises a linear functional, whose gains are the same everywhere."""
        anywhere = np.arange(len(self.energy))
        return assign(functional.gains(anywhere), len(self.averages))


def _linear(states: _Eigenstates, functional: Functional) -> Labelling:
    label = states.optimum(functional)
    return Labelling(label, functional.value(label), dual_bound(functional.gains(label), label), 1)


def _sorted(states: _Eigenstates) -> Labelling:
    """The paper's heuristic beside the optimum of the paper's criterion."""
    criterion = Magnetization(states.averages)
    label = sorted_labels(states.averages)
    return Labelling(label, criterion.value(label), _linear(states, criterion).bound, 0)


def _magnetization(states: _Eigenstates) -> Labelling:
    return _linear(states, Magnetization(states.averages))


def _overlap(states: _Eigenstates) -> Labelling:
    return _linear(states, Overlap(states.vectors))


def _localized(states: _Eigenstates) -> Labelling:
    """The locality alone, from the top of `combined`: a better start than any single assignment."""
    start = states.combined or _combined(states)
    label, values = ascend([states.locality], start.label)
    iterations = start.iterations + len(values) - 1
    return Labelling(label, values[-1], states.locality.bound(), iterations)


def _consistent(states: _Eigenstates) -> Labelling:
    affinity = Overlap(states.vectors)
    start = _linear(states, affinity)  # whose bound holds here too: no mismatch is below zero
    stages = with_models(affinity, states.energy, ORDERS, OVERLAP_TOLERANCE)
    label, values = ascend(stages, start.label, LEAST_RISE)
    return Labelling(label, values[-1], start.bound, 1 + len(values) - len(stages))


def _combined(states: _Eigenstates) -> Labelling:
    stages = with_models(states.locality, states.energy, ORDERS, LOCALITY_TOLERANCE)
    label, values = ascend(stages, states.optimum(Overlap(states.vectors)), LEAST_RISE)
    return Labelling(label, values[-1], states.locality.bound(), 1 + len(values) - len(stages))


_METHODS: dict[str, Callable[[_Eigenstates], Labelling]] = {
    "sorted": _sorted,
    "magnetization": _magnetization,
    "overlap": _overlap,
    "localized": _localized,
    "consistent": _consistent,
    "combined": _combined,
}


def label_eigenstates(
    method: str,
    energy: Floats,
    averages: Floats,
    vectors: list[Floats],
    combined: Labelling | None = None,
) -> Labelling:
    """Label all eigenstates by the name of the method, one of `mbl.keys.LABELLINGS`.

    `sorted` is the paper's. The others give each eigenstate a product state of its own sector of
    total Sᶻ, such that Σᵢ τᶻᵢ = Σᵢ σᶻᵢ. The first two find the maximum, the others climb, of

    - `magnetization`: the overlap of the l-bits with the averages (the paper's own criterion);
    - `overlap`: the overlap of eigenstates with their product states;
    - `localized`: the locality of the l-bits (eq. 6) at |S| = 3;
    - `consistent`: `overlap` less the mismatch of the energies with the truncated model;
    - `combined`: `localized` less the same mismatch.

    Parameters
    ----------
    method
        Name of the labelling.
    energy
        Energies of all eigenstates, shape (2^L,), in units of J.
    averages
        mᵢ(e), shape (L, 2^L), as from `infinite_time_average`.
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n), as from `diagonalize`.
    combined
        The labelling `combined`, from which `localized` starts, where it is known already.
    """
    if method not in _METHODS:
        raise ValueError(f"unknown labelling {method!r}; known: {', '.join(_METHODS)}")
    return _METHODS[method](_Eigenstates(energy, averages, vectors, combined))
