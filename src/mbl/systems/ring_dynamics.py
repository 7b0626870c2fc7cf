"""Dynamics of the ring: imbalance (goihl2018), entanglement growth and echoes (huse2014)."""

import numpy as np

from mbl import costs, schemas
from mbl.dynamics.echo import echo_lbit, echo_pbit, ramsey_lbit, ramsey_pbit
from mbl.dynamics.entanglement import random_state_entropy
from mbl.dynamics.growth import (
    bins,
    dephased_entropy,
    eigenstate_entropy,
    entropy_growth,
    lbit_entropy_growth,
)
from mbl.hilbert import Floats
from mbl.registry import Option, Variable, coordinate, quantity
from mbl.systems.ring import Ring, Row
from mbl.systems.ring_contents import (
    AXIS,
    CUT,
    HAMILTONIAN,
    IMBALANCE,
    INSTANT,
    LENGTH,
    SITE,
    TIME,
    TRUNCATION_ORDER,
)

AXES = ("x", "z")  # of the initial p-bits
BINNED = "mean over instants about a time, in nats"
INITIAL = coordinate("initial", "i", "1", "number of the initial product state")

LOGARITHMIC = {
    "states": Option(4, schemas.COUNT, "number of initial product states of each axis"),
    "first": Option(0.1, schemas.POSITIVE, "first of the times, evenly spaced in ln t", "1/J"),
    "last": Option(1.0e8, schemas.POSITIVE, "last of the times", "1/J"),
    "points": Option(
        46, schemas.at_least(2, "a whole number of times, 2 or more"), "number of times"
    ),
    "samples": Option(
        8,
        schemas.COUNT,
        "number of instants about each time, evenly spaced in ln t, that entropies are averaged "
        "over; with few they alias with the revivals of near neighbours",
    ),
}


@quantity(
    "ring/imbalance",
    references="goihl2018, eq. 11, Fig. 8",
    contents={
        "imbalance": Variable(("hamiltonian", "time"), "f", "1", IMBALANCE),
        "truncation_order": Variable((), "i", "1", TRUNCATION_ORDER, of_key=True),
    }
    | HAMILTONIAN
    | TIME,
    needs=("fields", "lbits", "effective"),
    labelled=True,
    memory=costs.imbalance_memory_MB,
    minutes=costs.spectrum_minutes,
    options={
        "truncation_order": Option(
            4, schemas.COUNT, "order N of the effective model whose dynamics are compared"
        ),
        "first": Option(
            0.0,
            {"type": "number", "minimum": 0, "description": "a time in units of 1/J, from 0"},
            "first of the times, evenly spaced",
            "1/J",
        ),
        "last": Option(10.0, schemas.POSITIVE, "last of the times", "1/J"),
        "points": Option(401, schemas.COUNT, "number of times"),
    },
)
def imbalance(
    ring: Ring, labelling: str, *, truncation_order: int, first: float, last: float, points: int
) -> Row:
    """Imbalance of the Néel state, exact and under the effective model.

    The Néel state's sector is diagonalised anew: cheaper than keeping all eigenvectors for it.
    """
    times = np.linspace(first, last, points)
    effective = ring.lbits(labelling).model_imbalance(times, truncation_order)
    return {
        "imbalance": np.stack([ring.imbalance(times), effective]),
        "hamiltonian": ["exact", "effective"],
        "time": times,
        "truncation_order": truncation_order,
    }


@quantity(
    "ring/pbit_dynamics",
    references="huse2014, dynamics",
    contents={
        "entropy": Variable(
            ("axis", "initial", "t"), "f", "1", f"entropy of the half ring, {BINNED}"
        ),
        "dephased_entropy": Variable(
            ("axis", "initial", "cut"),
            "f",
            "1",
            "entropy of a block once all eigenstates have dephased, in nats",
        ),
        "ramsey": Variable(("site", "t"), "f", "1", "modulus of a p-bit's Ramsey signal"),
        "echo": Variable(("site", "t"), "f", "1", "echo of a p-bit, along x"),
    }
    | SITE
    | AXIS
    | INITIAL
    | CUT
    | INSTANT,
    needs=("fields",),
    memory=costs.operator_memory_MB,
    minutes=costs.dynamics_minutes,
    group="dynamics",
    options=LOGARITHMIC,
)
def pbit_dynamics(
    ring: Ring, *, states: int, first: float, last: float, points: int, samples: int
) -> Row:
    """Entanglement growth from product states, and Ramsey and echo signals, of p-bits.

    At these sizes it is cheaper to diagonalise anew than to keep all eigenvectors for it.
    """
    times, instants = bins(first, last, points, samples)
    cuts = range(1, ring.L // 3 + 1)  # blocks much smaller than the rest
    vectors, energy = ring.vectors, ring.energy
    initial = [ring.product_states(axis, states) for axis in AXES]
    growth = [entropy_growth(vectors, energy, s, instants.ravel(), ring.L // 2) for s in initial]
    # One state along x holds all configurations of the other spins with equal weights.
    alone = ring.product_states("x", 1)
    ramsey = [ramsey_pbit(vectors, energy, alone, site, times)[0] for site in range(ring.L)]
    echo = [echo_pbit(vectors, energy, alone, site, times)[0] for site in range(ring.L)]
    return {
        "entropy": np.stack([_averaged(entropy, samples) for entropy in growth]),
        "dephased_entropy": np.stack(
            [np.stack([dephased_entropy(vectors, s, cut) for cut in cuts], axis=1) for s in initial]
        ),
        "ramsey": np.abs(ramsey),
        "echo": np.real(echo),
        "axis": list(AXES),
        "cut": list(cuts),
        "t": times,
    }


def _averaged(entropy: Floats, samples: int) -> Floats:
    """Means over the instants about each time, from shape (states, times · samples)."""
    means: Floats = entropy.reshape(len(entropy), -1, samples).mean(axis=-1)
    return means


@quantity(
    "ring/lbit_dynamics",
    references="huse2014, eq. 4 and dynamics",
    contents={
        "lbit_entropy": Variable(
            ("initial", "t"), "f", "1", f"entropy of half the l-bits, {BINNED}"
        ),
        "lbit_ramsey": Variable(("site", "t"), "f", "1", "modulus of an l-bit's Ramsey signal"),
        "lbit_echo": Variable(("site", "t"), "f", "1", "echo of an l-bit, along x"),
    }
    | SITE
    | INITIAL
    | INSTANT,
    needs=("spectrum", "lbits"),
    labelled=True,
    memory=costs.operator_memory_MB,
    minutes=costs.dynamics_minutes,
    group="dynamics",
    options=LOGARITHMIC,
)
def lbit_dynamics(
    ring: Ring,
    labelling: str,
    *,
    states: int,
    first: float,
    last: float,
    points: int,
    samples: int,
) -> Row:
    """Entanglement growth from product states, and Ramsey and echo signals, of l-bits.

    H is diagonal in them: energies and labels are enough.
    """
    times, instants = bins(first, last, points, samples)
    energy, label = ring.energy, ring.lbits(labelling).label
    initial = ring.product_states("x", states)
    growth = lbit_entropy_growth(energy, label, initial, instants.ravel(), ring.L // 2)
    alone = initial[:1]  # it holds all configurations of the other l-bits with equal weights
    ramsey = [ramsey_lbit(energy, label, alone, site, times)[0] for site in range(ring.L)]
    echo = [echo_lbit(energy, label, alone, site, times)[0] for site in range(ring.L)]
    return {
        "lbit_entropy": _averaged(growth, samples),
        "lbit_ramsey": np.abs(ramsey),
        "lbit_echo": np.real(echo),
        "t": times,
    }


@quantity(
    "ring/eigenstate_entropy",
    references="huse2014, area law of the eigenstates",
    contents={
        "eigenstate_entropy": Variable(
            ("length",), "f", "1", "entropy of a block, mean over all eigenstates, in nats"
        ),
        "extensive": Variable(
            (), "f", "1", "share of eigenstates whose half ring has half a random state's entropy"
        ),
    }
    | LENGTH,
    needs=("fields",),
    memory=costs.operator_memory_MB,
    minutes=costs.operator_minutes,
)
def block_entropies(ring: Ring) -> Row:
    """Entanglement entropy of the first sites, one to half the ring, over all eigenstates."""
    lengths = range(1, ring.L // 2 + 1)
    entropies = [eigenstate_entropy(ring.vectors, length) for length in lengths]
    random = random_state_entropy(lengths[-1], ring.L - lengths[-1])
    return {
        "eigenstate_entropy": np.mean(entropies, axis=1),
        "extensive": float((entropies[-1] > random / 2).mean()),
        "length": list(lengths),
    }
