"""Fixed-point model H = U H₀ U† of a localized phase, and what is computed of it (swingle2013)."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
import scipy.sparse as sp

from mbl import costs, schemas
from mbl.dynamics.area_law import block_bounds, block_entropies
from mbl.dynamics.area_law import eigenstates as dressed_states
from mbl.dynamics.light_cone import exponential_bound, lieb_robinson_bound
from mbl.dynamics.light_cone import light_cone as commutators_in_time
from mbl.dynamics.quasi_adiabatic import (
    clear_states,
    connected_near_pairs,
    generator_error,
    near_pairs,
)
from mbl.hilbert import Floats, Ints
from mbl.models.fixed_point import (
    Complexes,
    diagonal_energies,
    hamiltonian,
    local_hamiltonian,
    perturbation_terms,
    random_labels,
    unitaries,
    unitary_terms,
)
from mbl.models.fixed_point import couplings as random_couplings
from mbl.registry import KeyPart, Option, Variable, coordinate, quantity, system
from mbl.settings.fixed_point import (
    fixed_point_directory,
    fixed_point_faults,
    fixed_point_size,
)

Row = dict[str, Any]

BLOCKS = schemas.by_name(
    "L=[0-9]+",
    schemas.COUNT,
    "seeds per job, a whole number from 1 for each size, as in {L=14: 10}",
)
BLOCKS_BY_QUANTITY = {
    "type": "object",
    "additionalProperties": False,
    "description": "seeds per job by quantity and size, as in {growth: {L=14: 10}}",
    "properties": {
        "spectrum": BLOCKS,
        "light_cone": BLOCKS,
        "area_law": BLOCKS,
        "growth": BLOCKS,
        "quasi_adiabatic": BLOCKS,
        "stability": BLOCKS,
        "transport": BLOCKS,
        "finite_range": BLOCKS,
        "crossings": BLOCKS,
    },
}
INCREASING = schemas.list_of(schemas.POSITIVE, "a list of numbers above 0, each once", unique=True)

FICTITIOUS = coordinate("fictitious_time", "f", "1", "time of the evolution under K; 1 gives U")
DISTANCE = coordinate("distance", "i", "1", "distance from the first site")
EIGENSTATE = coordinate("eigenstate", "i", "1", "number of the eigenstate U|n⟩")
ENDS = coordinate("ends", "i", "1", "ends of the block inside the chain")
LENGTH = coordinate("length", "i", "1", "number of sites of the block")
GAMMA = coordinate("gap", "f", "J0", "γ, below which levels count as near")


@system(
    "fixed_point",
    keys={
        "L": KeyPart(schemas.SIZE, "i", "1", "number of sites"),
        "xi": KeyPart(
            {
                "type": "number",
                "minimum": 0,
                "description": "a localization length ξ, a number from 0",
            },
            "f",
            "1",
            "localization length ξ in sites; 0: on-site energies alone",
            listed=True,
            optional=True,  # K has none
        ),
    },
    directory=fixed_point_directory,
    patterns={"": "fixed_point/L={L}/xi={xi}"},
    grid=("key",),
    options={
        "order_decay": Option(
            0.5,
            {
                "type": "number",
                "minimum": 0,
                "maximum": 1,
                "description": "the factor λ for each further spin of a coupling, from 0 to 1",
            },
            "λ, the factor of a coupling's scale e^(−d/ξ) λ^(n−1) for each further spin",
        ),
        "strength": Option(0.5, schemas.POSITIVE, "‖kⱼ‖ of every term of K"),
        "block_size": Option(
            {},
            BLOCKS_BY_QUANTITY,
            "seeds per job, by quantity and size (`growth: {L=14: 10}`); a size without an entry "
            "takes that of the next larger one, a size above all 1",
        ),
    },
    faults=fixed_point_faults,
    measure=fixed_point_size,
)
@dataclass(frozen=True)
class FixedPoint:
    """The fixed-point model of swingle2013.

    Energies are in units of J₀. All that is random follows from the seed, the same at every ξ.

    Attributes
    ----------
    L
        Number of sites of the open chain.
    xi
        Localization length ξ in sites; 0 leaves on-site energies alone, and None is of K alone.
    seed
        Number of the realisation.
    order_decay
        λ, the factor of a coupling for each further spin.
    strength
        ‖kⱼ‖ of every term of K.
    """

    L: int
    xi: float | None
    seed: int
    order_decay: float = field(default=0.5, kw_only=True)
    strength: float = field(default=0.5, kw_only=True)

    @classmethod
    def of(
        cls,
        key: dict[str, Any],
        seed: int,
        given: dict[str, dict[str, Any]],
        workspace: dict[str, Any],
        **uses: float,
    ) -> Self:
        """Realisation of a key; nothing need be given, for the disorder is drawn in no time."""
        return cls(key["L"], key.get("xi"), seed, **uses)

    @cached_property
    def couplings(self) -> Floats:
        """J_μ of every set of sites μ (eq. 2.1), shape (2^L,)."""
        return self._random_couplings("fixed_point")

    @cached_property
    def energies(self) -> Floats:
        """Diagonal of H₀, the levels of H, in all product states; shape (2^L,)."""
        return diagonal_energies(self.couplings)

    @cached_property
    def target_energies(self) -> Floats:
        """Diagonal of H₀ with other couplings, independent and of the same law (section IV E)."""
        return diagonal_energies(self._random_couplings("fixed_point_target"))

    def _random_couplings(self, stream: str) -> Floats:
        if self.xi is None:
            raise ValueError(
                "H₀ needs a localization length; give xi, 0 for on-site energies alone"
            )
        return random_couplings(self.L, self.seed, self.xi, self.order_decay, stream)

    @cached_property
    def terms(self) -> Complexes:
        """Terms kⱼ of K on the bonds (j, j + 1) (eq. 2.2), shape (L − 1, 4, 4)."""
        return unitary_terms(self.L, self.seed, self.strength)

    @cached_property
    def K(self) -> sp.csr_array:
        """Local generator of U = e^{−iK} (eq. 2.2), shape (2^L, 2^L)."""
        return local_hamiltonian(self.terms)

    @cached_property
    def U(self) -> Complexes:
        """Local unitary between H₀ and H as a dense matrix (eq. 2.2), shape (2^L, 2^L)."""
        (unitary,) = unitaries(self.K, [1.0])
        return unitary

    @cached_property
    def H(self) -> Complexes:
        """H = U H₀ U† as a dense matrix (eq. 2.3), shape (2^L, 2^L)."""
        return hamiltonian(self.energies, self.U)

    @cached_property
    def V(self) -> sp.csr_array:
        """Perturbation of local terms of norm 1 (eq. 4.1), shape (2^L, 2^L)."""
        return local_hamiltonian(perturbation_terms(self.L, self.seed))

    def labels(self, count: int) -> Ints:
        """Product states n drawn at random and independently, shape (count,)."""
        return random_labels(self.L, self.seed, count)

    def eigenstates(self, labels: Ints) -> Complexes:
        """Eigenstates U|n⟩ of H for product states n (eq. 2.3), one a row."""
        return dressed_states(self.K, labels)


@quantity(
    "fixed_point/light_cone",
    references="swingle2013, eqs. 2.2 and 2.4",
    contents={
        "commutator": Variable(
            ("fictitious_time", "distance"), "f", "1", "‖[A(t), B]‖, A = Z₀, B = Z_d"
        ),
        "commutator_bound": Variable(
            ("fictitious_time", "distance"), "f", "1", "bound of ‖[A(t), B]‖"
        ),
        "exponential_bound": Variable(
            ("fictitious_time", "distance"),
            "f",
            "1",
            "bound 2 e^(−(d − v t)/ξ) of eq. 2.4",
            of_key=True,
        ),
    }
    | FICTITIOUS
    | DISTANCE,
    memory=costs.dense_memory_MB,
    minutes=costs.dense_minutes,
    shared=True,
    options={
        "times": Option(
            [0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0],
            INCREASING,
            "times of the evolution under K; U is at 1",
        ),
        "length": Option(1.0, schemas.POSITIVE, "length ξ of the bound of eq. 2.4", "sites"),
    },
    uses=("strength",),
)
def light_cone(model: FixedPoint, *, times: list[float], length: float) -> Row:
    """Light cone of the local unitary."""
    instants = np.array(times, dtype=float)
    return {
        "commutator": commutators_in_time(model.K, instants),
        "commutator_bound": lieb_robinson_bound(model.terms, instants),
        "exponential_bound": exponential_bound(model.L, instants, model.strength, length),
        "fictitious_time": instants,
    }


@quantity(
    "fixed_point/area_law",
    references="swingle2013, section III A",
    contents={
        "block_entropy": Variable(
            ("eigenstate", "ends", "length"),
            "f",
            "1",
            "entropy of the block, in nats",
            may_miss=True,
        ),
        "block_bound": Variable(
            ("ends", "length"), "f", "1", "bound of eq. 3.7, in nats", may_miss=True
        ),
    }
    | EIGENSTATE
    | ENDS
    | LENGTH,
    memory=costs.product_states_memory_MB,
    minutes=costs.product_states_minutes,
    shared=True,
    options={
        "states": Option(
            4, schemas.COUNT, "eigenstates of each realisation whose blocks are measured"
        )
    },
    uses=("strength",),
)
def area_law(model: FixedPoint, *, states: int) -> Row:
    """Entanglement of blocks in eigenstates U|n⟩."""
    return {
        "block_entropy": block_entropies(model.eigenstates(model.labels(states))),
        "block_bound": block_bounds(model.terms),
        "ends": np.array([1, 2]),
        "length": np.arange(1, model.L),
    }


@quantity(
    "fixed_point/quasi_adiabatic",
    references="swingle2013, eqs. 4.29–4.31",
    contents={
        "near_pairs": Variable(("gap",), "f", "1", "pairs of levels closer than γ"),
        "connected_pairs": Variable(
            ("gap",), "f", "1", "pairs of levels closer than γ that K connects"
        ),
        "all_connected": Variable((), "f", "1", "all pairs that K connects"),
        "clear_states": Variable(
            ("gap",), "f", "1", "share of states that K connects to none within γ"
        ),
        "generator_error": Variable(("gap",), "f", "1", "‖U†JU − K‖ / ‖K‖"),
    }
    | GAMMA,
    memory=costs.product_states_memory_MB,
    minutes=costs.product_states_minutes,
    options={
        "gaps": Option(
            [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
            INCREASING,
            "γ of the quasi-adiabatic generator, below which levels count as near",
            "J₀",
        )
    },
    uses=("order_decay", "strength"),
)
def quasi_adiabatic(model: FixedPoint, *, gaps: list[float]) -> Row:
    """Near levels, those that K connects, and the quasi-adiabatic generator."""
    gamma, energies = np.array(gaps, dtype=float), model.energies
    *connected, every = connected_near_pairs(energies, model.K, np.append(gamma, np.inf))
    return {
        "near_pairs": near_pairs(energies, gamma),
        "connected_pairs": np.array(connected),
        "all_connected": every,
        "clear_states": clear_states(energies, model.K, gamma),
        "generator_error": generator_error(energies, model.K, gamma),
        "gap": gamma,
    }
