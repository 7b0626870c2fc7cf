"""Operators of the ring's l-bits: their algebra and the range of their Pauli strings (huse2014).

At these sizes it is cheaper to diagonalise anew than to keep all eigenvectors for them.
"""

from dataclasses import asdict

import numpy as np

from mbl import costs
from mbl.lbits.effective_model import extension
from mbl.lbits.mean_range import range_weights
from mbl.lbits.operators import algebra_errors, fix_signs
from mbl.registry import Variable, quantity
from mbl.systems.ring import Ring, Row
from mbl.systems.ring_contents import OPERATOR, RANGE, SITE

OPERATORS = ("z", "x", "x, raw signs")


@quantity(
    "ring/algebra",
    references="huse2014, eqs. 1–3",
    contents={
        "same_site": Variable((), "f", "1", "largest ‖τᵃτᵇ − δ − i ε τᶜ‖ on one site"),
        "different_sites": Variable((), "f", "1", "largest ‖[τᵃᵢ, τᵇⱼ]‖ of different sites"),
        "conservation": Variable((), "f", "J", "largest ‖[H, τᶻᵢ]‖"),
        "trace": Variable((), "f", "1", "largest |Tr τᶻᵢ| / 2^L"),
        "bare": Variable((), "f", "J", "largest ‖[H, σᶻᵢ]‖ of the bare spins"),
    },
    needs=("fields", "lbits"),
    labelled=True,
    memory=costs.operator_memory_MB,
    minutes=costs.operator_minutes,
)
def algebra(ring: Ring, labelling: str) -> Row:
    """Violations of the l-bits' Pauli algebra and conservation."""
    label = ring.lbits(labelling).label
    blocks = (ring.hamiltonian(down) for down in range(ring.L + 1))
    vectors, stream = fix_signs(ring.vectors, label), ring.random_stream("algebra")
    return asdict(algebra_errors(vectors, label, blocks, stream))


@quantity(
    "ring/range",
    references="huse2014, mean range",
    contents={
        "weight": Variable(
            ("operator", "site", "range"), "f", "1", "weight Σ c² of strings of a range"
        )
    }
    | OPERATOR
    | SITE
    | RANGE,
    needs=("fields", "lbits"),
    labelled=True,
    memory=costs.operator_memory_MB,
    minutes=costs.operator_minutes,
)
def string_ranges(ring: Ring, labelling: str) -> Row:
    """Weights of the Pauli strings of the l-bits by range."""
    label, ranges = ring.lbits(labelling).label, extension(ring.L)
    raw, fixed = ring.vectors, fix_signs(ring.vectors, label)
    every = (("z", fixed), ("x", fixed), ("x", raw))
    weights = [range_weights(axis, vectors, label, ranges) for axis, vectors in every]
    return {"weight": np.stack(weights), "operator": list(OPERATORS)}
