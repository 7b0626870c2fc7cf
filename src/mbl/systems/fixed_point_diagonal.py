"""What is computed of the diagonal H₀ of the fixed-point model alone (swingle2013)."""

import numpy as np

from mbl import costs, schemas
from mbl.dynamics.diagonal import (
    couplings_across,
    diagonal_entropy,
    diagonal_growth,
    growth_bound,
    product_state,
    spin_purity,
)
from mbl.models.fixed_point import diagonal_energies
from mbl.registry import Option, Variable, coordinate, quantity
from mbl.systems.fixed_point import FixedPoint, Row

PRODUCT = coordinate("product_state", "i", "1", "product state, site 0 its most significant bit")
DOWN = coordinate("down", "f", "1", "probability of a spin being down in the initial product state")
TIME = coordinate("time", "f", "1/J0", "time, evenly spaced in its logarithm")
RANGE = coordinate("range", "i", "1", "range of the interactions, in sites")
RANGE_TIME = coordinate("range_time", "f", "1/J0", "time under interactions of finite range")
TIMES = schemas.at_least(4, "a whole number of times, 4 or more")
LATEST = {
    "type": "number",
    "exclusiveMinimum": 0,
    "maximum": 1e12,
    "description": "a time in units of 1/J0, up to 1e12, beyond which rounding entangles",
}


@quantity(
    "fixed_point/spectrum",
    references="swingle2013, eq. 2.1",
    contents={"energy": Variable(("product_state",), "f", "J0", "energy of H₀, and of H")}
    | PRODUCT,
    memory=costs.product_states_memory_MB,
    minutes=costs.product_states_minutes,
    uses=("order_decay",),
)
def spectrum(model: FixedPoint) -> Row:
    """Energies of the fixed-point Hamiltonian in all product states."""
    return {"energy": model.energies}


@quantity(
    "fixed_point/growth",
    references="swingle2013, sections III B and C",
    contents={
        "entropy": Variable(("down", "time"), "f", "1", "entropy of the half chain, in nats"),
        "entropy_bound": Variable(("down", "time"), "f", "1", "bound of it, in nats"),
        "diagonal_entropy": Variable(
            ("down",), "f", "1", "entropy once Z is measured (eq. 3.15), in nats", of_key=True
        ),
        "purity": Variable(("down", "time"), "f", "1", "purity Tr ρ² of the middle spin"),
    }
    | DOWN
    | TIME,
    memory=costs.product_states_memory_MB,
    minutes=costs.product_states_minutes,
    options={
        "down": Option(
            [0.25, 0.5],
            schemas.list_of(
                schemas.share("a probability of a spin being down, between 0 and 1"),
                "a list of probabilities of a spin being down, between 0 and 1",
                unique=True,
            ),
            "probabilities of a spin being down in the initial product states",
        ),
        "first": Option(1.0, schemas.POSITIVE, "first time", "1/J₀"),
        "last": Option(1e10, LATEST, "last time", "1/J₀"),
        "points": Option(
            65,
            TIMES,
            "number of times, evenly spaced in their logarithm",
        ),
    },
    uses=("order_decay",),
)
def growth(model: FixedPoint, *, down: list[float], first: float, last: float, points: int) -> Row:
    """Growth of entanglement and dephasing of one spin from a product state."""
    times, cut = np.geomspace(first, last, points), model.L // 2
    states = [product_state(model.L, p) for p in down]
    site = [float(diagonal_entropy(state, 1)) for state in states]
    couplings, energies = model.couplings, model.energies
    return {
        "entropy": np.array([diagonal_growth(energies, state, times, cut) for state in states]),
        "entropy_bound": np.array([growth_bound(couplings, times, cut, s) for s in site]),
        "diagonal_entropy": np.array([float(diagonal_entropy(state, cut)) for state in states]),
        "purity": np.array([spin_purity(energies, state, times, cut) for state in states]),
        "down": np.array(down),
        "time": times,
    }


@quantity(
    "fixed_point/finite_range",
    references="swingle2013, section III C",
    contents={
        "range_entropy": Variable(
            ("range", "range_time"), "f", "1", "entropy of the half chain, in nats"
        ),
        "range_cap": Variable(
            ("range",), "f", "1", "entropy of so many spins once Z is measured", of_key=True
        ),
    }
    | RANGE
    | RANGE_TIME,
    memory=costs.product_states_memory_MB,
    minutes=costs.product_states_minutes,
    options={
        "ranges": Option(
            [1, 2, 3],
            schemas.list_of(
                schemas.COUNT, "a list of ranges in sites, whole numbers from 1", unique=True
            ),
            "ranges R of the interactions, half the chain at most",
            "sites",
        ),
        "last": Option(1e3, LATEST, "last time", "1/J₀"),
        "points": Option(
            500,
            TIMES,
            "number of times, evenly spaced",
        ),
    },
    uses=("order_decay",),
)
def finite_range(model: FixedPoint, *, ranges: list[int], last: float, points: int) -> Row:
    """Growth of entanglement from a product state in the plane, interactions cut off at a range."""
    times, cut = np.linspace(0.0, last, points + 1)[1:], model.L // 2
    across = [diagonal_energies(couplings_across(model.couplings, cut, R)) for R in ranges]
    states = [product_state(2 * R) for R in ranges]
    pairs = list(zip(across, states, ranges, strict=True))
    return {
        "range_entropy": np.array([diagonal_growth(E, state, times, R) for E, state, R in pairs]),
        "range_cap": np.array([float(diagonal_entropy(state, R)) for _, state, R in pairs]),
        "range": np.array(ranges),
        "range_time": times,
    }
