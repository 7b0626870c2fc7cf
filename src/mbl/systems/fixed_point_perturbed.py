"""What perturbations do to the fixed-point model: quenches, crossings, stability (swingle2013)."""

import numpy as np

from mbl import costs, schemas
from mbl.dynamics.area_law import perturbed_eigenstates, spectrum_error
from mbl.dynamics.entanglement import entanglement_entropy
from mbl.dynamics.local_quench import (
    distance_bounds,
    energies_beyond,
    entropies_beyond,
    entropy_bounds,
    evolved,
    flip_bounds,
    flip_probabilities,
    quenched_amplitudes,
)
from mbl.dynamics.quasi_adiabatic import crossing_share, quasi_adiabatic_evolution
from mbl.registry import Option, Variable, coordinate, quantity
from mbl.systems.fixed_point import DISTANCE, INCREASING, FixedPoint, Row
from mbl.systems.fixed_point_diagonal import LATEST, TIMES

G = coordinate("g", "f", "J0", "strength g of the perturbation")
LEVEL = coordinate("level", "i", "1", "level of the middle of the spectrum, ascending")
WEAK_G = coordinate("weak_g", "f", "J0", "strength g of the perturbation of levels that cross")
QUENCHED = coordinate("quenched_state", "i", "1", "number of the eigenstate that is quenched")
QUENCH_TIME = coordinate("quench_time", "f", "1/J0", "time since the quench")
CHANGES = ("quenched_state", "quench_time", "distance")


@quantity(
    "fixed_point/transport",
    references="swingle2013, sections II and III B",
    contents={
        "flip": Variable(
            ("quenched_state", "distance"), "f", "1", "probability that the l-bit is flipped"
        ),
        "energy_change": Variable(
            CHANGES, "f", "J0", "energy of the sites from there on, less that of the eigenstate"
        ),
        "entropy_change": Variable(
            CHANGES, "f", "1", "entropy of the sites from there on, less the eigenstate's, in nats"
        ),
        "flip_bound": Variable(("distance",), "f", "1", "bound of the probability"),
        "energy_change_bound": Variable(("distance",), "f", "J0", "bound of the change of energy"),
        "entropy_change_bound": Variable(
            ("distance",), "f", "1", "bound of the change of entropy, in nats"
        ),
    }
    | QUENCHED
    | QUENCH_TIME
    | DISTANCE,
    memory=costs.dense_memory_MB,
    minutes=costs.dense_minutes,
    options={
        "states": Option(
            4, schemas.COUNT, "eigenstates of each realisation whose first spin is flipped"
        ),
        "first": Option(0.1, schemas.POSITIVE, "first time", "1/J₀"),
        "last": Option(1e8, LATEST, "last time", "1/J₀"),
        "points": Option(
            28,
            TIMES,
            "number of times, evenly spaced in their logarithm",
        ),
    },
    uses=("order_decay", "strength"),
)
def transport(model: FixedPoint, *, states: int, first: float, last: float, points: int) -> Row:
    """Energy and entanglement far from a spin that is flipped in an eigenstate of H."""
    labels, times = model.labels(states), np.geomspace(first, last, points)
    amplitudes = quenched_amplitudes(model.U, labels)
    quenched = evolved(model.U, model.energies, amplitudes, times)
    before = model.U[:, labels].T[:, None]
    energy, widths = energies_beyond(model.H, np.concatenate([before, quenched], axis=1))
    distances = distance_bounds(model.terms)
    return {
        "flip": flip_probabilities(amplitudes, labels),
        "energy_change": energy[:, 1:] - energy[:, :1],
        "entropy_change": entropies_beyond(quenched) - entropies_beyond(before),
        "flip_bound": flip_bounds(model.terms),
        "energy_change_bound": widths * distances,
        "entropy_change_bound": entropy_bounds(distances),
        "quench_time": times,
    }


@quantity(
    "fixed_point/crossings",
    references="swingle2013, section IV E",
    contents={
        "crossing_share": Variable((), "f", "1", "share of the pairs of levels of H₀ that cross"),
        "largest_overlap": Variable(
            ("weak_g",), "f", "1", "mean largest |⟨m|ψ⟩|² of evolved eigenstates with eigenstates"
        ),
        "overlap_in_order": Variable(
            ("weak_g",),
            "f",
            "1",
            "mean |⟨m|ψ⟩|² of evolved eigenstates with those of the same rank",
        ),
        "moved": Variable((), "f", "1", "largest 1 − |⟨n|ψ⟩|² of eigenstates n evolved without V"),
    }
    | WEAK_G,
    memory=costs.dense_memory_MB,
    minutes=costs.dense_minutes,
    options={
        "perturbations": Option([0.01, 0.03, 0.1], INCREASING, "g of H(s) + gV, beside 0", "J₀"),
        "gap": Option(0.1, schemas.POSITIVE, "γ of the quasi-adiabatic generator", "J₀"),
        "steps": Option(50, schemas.COUNT, "steps of the evolution from s = 0 to 1"),
    },
    uses=("order_decay", "strength"),
)
def crossings(model: FixedPoint, *, perturbations: list[float], gap: float, steps: int) -> Row:
    """Quasi-adiabatic evolution while all couplings of H₀ change to others and levels cross."""
    strengths = np.array([0.0, *perturbations])
    start, end = model.energies, model.target_energies
    V = model.U.conj().T @ model.V @ model.U  # in the frame of H₀
    largest, in_order = np.empty((2, len(strengths)))
    for number, g in enumerate(strengths):
        ends = np.diag(start) + g * V, np.diag(end) + g * V
        before, after = (np.linalg.eigh(H)[1] for H in ends)
        evolution = quasi_adiabatic_evolution(*ends, gap, steps)
        overlaps = np.square(np.abs(after.conj().T @ evolution @ before))
        largest[number], in_order[number] = overlaps.max(axis=0).mean(), np.diag(overlaps).mean()
        if not number:
            moved = 1 - np.square(np.abs(np.diag(evolution))).min()
    return {
        "crossing_share": crossing_share(start, end),
        "largest_overlap": largest,
        "overlap_in_order": in_order,
        "moved": moved,
        "weak_g": strengths,
    }


@quantity(
    "fixed_point/stability",
    references="swingle2013, section IV",
    contents={
        "level_energy": Variable(("g", "level"), "f", "J0", "energy"),
        "level_entropy": Variable(("g", "level"), "f", "1", "entropy of the half chain, in nats"),
        "spectrum_error": Variable((), "f", "J0", "largest difference of the levels of H and H₀"),
    }
    | G
    | LEVEL,
    memory=costs.dense_memory_MB,
    minutes=costs.dense_minutes,
    options={
        "perturbations": Option(
            [0.01, 0.03, 0.1, 0.3, 1.0, 3.0], INCREASING, "g of H + gV, beside 0", "J₀"
        ),
        "share": Option(
            0.25,
            {
                "type": "number",
                "exclusiveMinimum": 0,
                "maximum": 1,
                "description": "the share of all levels that is solved for, above 0 and up to 1",
            },
            "share of all levels, in the middle of the spectrum, that is solved for",
        ),
    },
    uses=("order_decay", "strength"),
)
def stability(model: FixedPoint, *, perturbations: list[float], share: float) -> Row:
    """Eigenstates of H + gV in the middle of the spectrum."""
    strengths, count = np.array([0.0, *perturbations]), round(share * 2**model.L)
    levels, entropies = [], []
    for g in strengths:
        energies, states = perturbed_eigenstates(model.H, model.V, g, count)
        levels.append(energies)
        entropies.append(entanglement_entropy(states, model.L // 2))
    return {
        "level_energy": np.array(levels),
        "level_entropy": np.array(entropies),
        "spectrum_error": spectrum_error(levels[0], model.energies),
        "g": strengths,
    }
