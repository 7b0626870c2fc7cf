"""Kinds of files of what l-bits are good for (huse2014), on the ring."""

from collections.abc import Mapping

from mbl.datasets.contract.kinds import (
    GRID,
    KEY,
    SEED,
    SITE,
    Kind,
    Variable,
    coordinate,
    statistics,
)
from mbl.papers import PAPERS

HUSE = PAPERS["huse2014"].citation
VIOLATIONS = {
    "same_site": ("1", "‖τᵃτᵇ − δ − i ε τᶜ‖ on one site"),
    "different_sites": ("1", "‖[τᵃᵢ, τᵇⱼ]‖ of different sites"),
    "conservation": ("J", "‖[H, τᶻᵢ]‖"),
    "trace": ("1", "|Tr τᶻᵢ| / 2^L"),
    "bare": ("J", "‖[H, σᶻᵢ]‖ of the bare spins"),
}
# Not `time`: the imbalance of the same ring has that one, linear and short.
INSTANT = coordinate("t", "f", "1/J", "time, evenly spaced in its logarithm")
OPERATOR = coordinate("operator", "U", "1", "l-bit operator, with or without fixed signs")
RANGE = coordinate("range", "i", "1", "range: largest ring distance of two sites of a string")
AXIS = coordinate("axis", "U", "1", "axis of the initial p-bits")
INITIAL = coordinate("initial", "i", "1", "number of the initial product state")
CUT = coordinate("cut", "i", "1", "number of sites of the block")
LABELLING = coordinate("labelling", "U", "1", "labelling of the eigenstates by l-bits")
DECAY = coordinate("decay", "U", "1", "what ξ is read from: J_ij alone, or all orders")

AT = ("L", "Delta")
OF = ("labelling", "L", "Delta")
COUNT = {"realisations": Variable(AT, "i", "1", "number of disorder realisations")}
WINDOW = {
    "first": Variable((), "f", "1/J", "first time of the slopes"),
    "last": Variable((), "f", "1/J", "last time of the slopes"),
}
LATE = {"late": Variable((), "f", "1/J", "time from which late means are taken")}


def largest(name: str, units: str, long_name: str) -> dict[str, Variable]:
    """Median and largest of a violation over realisations."""
    return {
        name: Variable(OF, "f", units, "median over realisations of " + long_name, may_miss=True),
        f"{name}_largest": Variable(
            OF, "f", units, "largest over realisations of " + long_name, may_miss=True
        ),
    }


KINDS: Mapping[str, Kind] = {
    "algebra": Kind(
        "Violations of the l-bits' Pauli algebra and conservation",
        f"{HUSE}, eqs. 1–3",
        {
            name: Variable(("seed",), "f", units, f"largest {meaning}")
            for name, (units, meaning) in VIOLATIONS.items()
        },
        KEY | SEED,
    ),
    "range": Kind(
        "Weights of the Pauli strings of the l-bits by range",
        f"{HUSE}, mean range",
        {
            "weight": Variable(
                ("seed", "operator", "site", "range"), "f", "1", "weight Σ c² of strings of a range"
            )
        },
        KEY | SEED | OPERATOR | SITE | RANGE,
    ),
    "pbit_dynamics": Kind(
        "Entanglement growth from product states, and Ramsey and echo signals, of p-bits",
        f"{HUSE}, dynamics",
        {
            "entropy": Variable(
                ("seed", "axis", "initial", "t"), "f", "1", "entropy of the half ring, in nats"
            ),
            "dephased_entropy": Variable(
                ("seed", "axis", "initial", "cut"),
                "f",
                "1",
                "entropy of a block once all eigenstates have dephased, in nats",
            ),
            "ramsey": Variable(
                ("seed", "site", "t"), "f", "1", "modulus of a p-bit's Ramsey signal"
            ),
            "echo": Variable(("seed", "site", "t"), "f", "1", "echo of a p-bit, along x"),
        },
        KEY | SEED | SITE | AXIS | INITIAL | CUT | INSTANT,
    ),
    "lbit_dynamics": Kind(
        "Entanglement growth from product states, and Ramsey and echo signals, of l-bits",
        f"{HUSE}, eq. 4 and dynamics",
        {
            "lbit_entropy": Variable(
                ("seed", "initial", "t"), "f", "1", "entropy of half the l-bits, in nats"
            ),
            "lbit_ramsey": Variable(
                ("seed", "site", "t"), "f", "1", "modulus of an l-bit's Ramsey signal"
            ),
            "lbit_echo": Variable(("seed", "site", "t"), "f", "1", "echo of an l-bit, along x"),
        },
        KEY | SEED | SITE | INITIAL | INSTANT,
    ),
    "algebra_statistics": Kind(
        "Violations of the l-bits' Pauli algebra and conservation over realisations",
        f"{HUSE}, eqs. 1–3",
        {
            key: variable
            for name, (units, meaning) in VIOLATIONS.items()
            for key, variable in largest(name, units, meaning).items()
        }
        | COUNT,
        GRID | LABELLING,
    ),
    "range_statistics": Kind(
        "Ranges of the l-bits over realisations",
        f"{HUSE}, mean range",
        statistics("weight", (*OF, "operator", "range"), "1", "weight of strings of a range")
        | statistics("mean_range", (*OF, "operator"), "1", "mean range ℓ̄ over l-bits")
        | statistics(
            "exceedance", (*OF, "operator", "threshold"), "1", "share of l-bits of a longer ℓ̄"
        )
        | {
            "median_range": Variable(
                (*OF, "operator"), "f", "1", "median range ℓ̄ of all l-bits", may_miss=True
            ),
            "median_range_error": Variable(
                (*OF, "operator"),
                "f",
                "1",
                "its standard error by bootstrap of realisations",
                may_miss=True,
            ),
        }
        | {"random_range": Variable(OF, "f", "1", "mean range of a random operator", may_miss=True)}
        | largest("weight_sum", "1", "|1 − Σ weights|")
        | COUNT,
        GRID | LABELLING | OPERATOR | RANGE | coordinate("threshold", "f", "1", "mean range ℓ̄"),
    ),
    "coupling_statistics": Kind(
        "Couplings of the l-bits over realisations",
        f"{HUSE}, eq. 4",
        statistics("coupling", (*OF, "order"), "J", "|coupling| of an order")
        | statistics("log_coupling", (*OF, "order"), "1", "ln |coupling| of an order, in J")
        | statistics("log_pair", (*OF, "distance"), "1", "ln |J_ij|, in J")
        | statistics(
            "log_interaction",
            (*OF, "distance"),
            "1",
            "ln of two l-bits' interaction, root mean square over states of the others, in J",
        )
        | statistics("length", (*OF, "decay"), "1", "decay length ξ in sites")
        | {"strength": Variable((*OF, "decay"), "f", "J", "J₀ of J₀ e^(−x/ξ)", may_miss=True)}
        | largest("expansion", "1", "‖H − eq. 4‖ / ‖H‖ with all orders kept")
        | COUNT,
        GRID
        | LABELLING
        | DECAY
        | coordinate("order", "i", "1", "order, the number of τᶻ of a coupling")
        | coordinate("distance", "i", "1", "ring distance of two l-bits"),
    ),
    "growth_statistics": Kind(
        "Growth of entanglement from product states over realisations",
        f"{HUSE}, S ~ s∞ ξ log(J₀t)",
        statistics("entropy", (*AT, "axis", "t"), "1", "entropy of half the p-bits, in nats")
        | statistics("lbit_entropy", (*OF, "t"), "1", "entropy of half the l-bits, in nats")
        | statistics("slope", (*AT, "axis"), "1", "dS/d ln t of p-bits, in nats")
        | statistics("lbit_slope", OF, "1", "dS/d ln t of l-bits, in nats")
        | statistics("late_entropy", (*AT, "axis"), "1", "entropy of half the p-bits at late times")
        | statistics(
            "dephased_entropy", (*AT, "axis", "cut"), "1", "entropy of a dephased block, in nats"
        )
        | statistics("density", (*AT, "axis"), "1", "s∞, dephased entropy per site of a block")
        | statistics("predicted", (*OF, "axis", "decay"), "1", "2 s∞ ξ, both ends of the block")
        | WINDOW
        | LATE
        | COUNT,
        GRID | LABELLING | AXIS | DECAY | CUT | INSTANT,
    ),
    "echo_statistics": Kind(
        "Ramsey and echo signals over realisations",
        f"{HUSE}, spin echo",
        statistics("ramsey", (*AT, "t"), "1", "Ramsey signal of p-bits")
        | statistics("echo", (*AT, "t"), "1", "echo of p-bits")
        | statistics("lbit_ramsey", (*OF, "t"), "1", "Ramsey signal of l-bits")
        | statistics("late_ramsey", AT, "1", "Ramsey signal of p-bits at late times")
        | statistics("late_echo", AT, "1", "echo of p-bits at late times")
        | statistics("late_lbit_ramsey", OF, "1", "Ramsey signal of l-bits at late times")
        | {
            "echo_loss": Variable(
                (*AT, "t"), "f", "1", "largest |1 − echo| of all p-bits", may_miss=True
            ),
            "lbit_echo_loss": Variable(
                (*OF, "t"), "f", "1", "largest |1 − echo| of all l-bits", may_miss=True
            ),
        }
        | largest("lbit_echo", "1", "largest |1 − echo| of l-bits at any time")
        | LATE
        | COUNT,
        GRID | LABELLING | INSTANT,
    ),
    "huse2014_figure": Kind("Data shown in a figure", HUSE, {}),
}
