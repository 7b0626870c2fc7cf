"""Random-field Heisenberg ring (goihl2018, huse2014): eigenstates, l-bits, effective model."""

from functools import cached_property
from math import comb
from typing import Any, Self

import numpy as np

from mbl import costs, schemas
from mbl.disorder import generator, site_fields, site_spins
from mbl.dynamics.echo import echo_pbit, ramsey_pbit
from mbl.dynamics.growth import entropy_growth, product_states
from mbl.dynamics.imbalance import imbalance, neel_sector
from mbl.eigenbasis import Complex
from mbl.hilbert import Floats, sector, sectors
from mbl.lbits.averages import infinite_time_average
from mbl.lbits.effective_model import couplings, extension, norm_error, order
from mbl.lbits.labelling import Labelling, declared, label_eigenstates
from mbl.lbits.locality import supports, truncation_error
from mbl.models.ring import sector_hamiltonian
from mbl.registry import KeyPart, Option, Variable, coordinate, quantity, system
from mbl.settings.ring import ring_directory, ring_faults, sites
from mbl.solvers.full_spectrum import Spectrum, diagonalize, pack, unpack
from mbl.systems.ring_contents import NORM, NORM_ERROR, ORDER, SITE, STATE, SUPPORT, TRUNCATION
from mbl.systems.ring_lbits import LBits

Row = dict[str, Any]


@system(
    "ring",
    keys={
        "L": KeyPart(schemas.SIZE, "i", "1", "number of sites"),
        "Delta": KeyPart(
            schemas.described(schemas.POSITIVE, "a disorder strength Δ, a number above 0"),
            "f",
            "J",
            "disorder strength Δ",
            listed=True,
        ),
    },
    directory=ring_directory,
    patterns={"ring": "ring/L={L}/Delta={Delta}"},
    grid=("L", "Delta"),
    options={
        "labelling": Option(
            "sorted", schemas.LABELLING, "whose l-bits figures show that compare no labellings"
        ),
        "block_size": Option(
            {},
            schemas.by_name(
                "L=[0-9]+",
                schemas.COUNT,
                "seeds per job, a whole number from 1 for each size, as in {L=13: 10}",
            ),
            "seeds per job by size; a size that is not named takes those of the next larger one, "
            "else one",
        ),
    },
    faults=ring_faults,
    measure=sites,
    base=("locality", "effective"),
)
class Ring:
    """One realisation of the random-field Heisenberg ring (goihl2018, eq. 1), all of it exact.

    What is asked for is computed once. It is what the workflow computes, to the last bit where BLAS
    runs on one thread as in its jobs.

    Parameters
    ----------
    L
        Number of sites, 3 or more; goihl2018 takes odd numbers.
    Delta
        Disorder strength Δ in units of J.
    seed
        Number of the realisation.
    fields
        Random fields hᵢ in units of Δ, shape (L,), in place of those that the seed draws.
    """

    def __init__(
        self, L: int, Delta: float, seed: int = 0, *, fields: Floats | None = None
    ) -> None:
        self.L, self.Delta, self.seed = L, Delta, seed
        if fields is not None:
            self.fields = np.asarray(fields, dtype=float)
            if self.fields.shape != (L,):
                raise ValueError(f"fields have the shape {self.fields.shape}; give {(L,)}")
        self._pairs: dict[int, tuple[Floats, Floats]] = {}
        self._lbits: dict[str, Any] = {}

    @classmethod
    def of(
        cls,
        key: dict[str, Any],
        seed: int,
        given: dict[str, dict[str, Any]],
        workspace: dict[str, Any],
    ) -> Self:
        """Realisation of a key with what is already computed of it.

        Fields have no Δ in their key: they serve every strength.
        """
        L, name = int(key["L"]), key.get("labelling", "")
        drawn = given.get("fields", {}).get("h")
        ring = cls(L, float(key.get("Delta", np.nan)), seed, fields=drawn)
        if "spectrum" in given:
            ring.energy = given["spectrum"]["energy"]
            ring.averages = given["spectrum"]["magnetization"]
        if "eigenvectors" in given:
            dimensions = [comb(L, down) for down in range(L + 1)]
            ring.vectors = unpack(given["eigenvectors"]["eigenvector"], dimensions)
        if "lbits" in given:
            ring._lbits[name] = _known_lbits(ring, given["lbits"])
        if "start" in given:
            ring._lbits[declared(name).start] = _known_lbits(ring, given["start"])
        if "effective" in given:
            ring._lbits[name].couplings = given["effective"]["coupling"]
        return ring

    @cached_property
    def fields(self) -> Floats:
        """Random fields hᵢ in units of Δ, shape (L,)."""
        return site_fields(self.L, self.seed)

    def hamiltonian(self, down: int) -> Floats:
        """H in the sector of so many down spins, in units of J."""
        return sector_hamiltonian(sector(self.L, down), self.fields, self.Delta)

    @cached_property
    def spectrum(self) -> Spectrum:
        """Energies and eigenvectors by sector 0 … L."""
        return diagonalize(self.hamiltonian(down) for down in range(self.L + 1))

    @cached_property
    def energy(self) -> Floats:
        """Energies of all eigenstates, sector after sector, shape (2^L,), in units of J."""
        return self.spectrum.energy

    @cached_property
    def vectors(self) -> list[Floats]:
        """Eigenvectors by sector 0 … L, each of shape (n, n)."""
        return self.spectrum.vectors

    @cached_property
    def averages(self) -> Floats:
        """Infinite-time averages ⟨e|σᶻᵢ|e⟩, shape (L, 2^L)."""
        return infinite_time_average(self.vectors)

    def eigenpairs(self, down: int) -> tuple[Floats, Floats]:
        """Energies and eigenvectors of one sector, which takes no other sector."""
        if "spectrum" in vars(self):
            return self.spectrum.energies[down], self.spectrum.vectors[down]
        if down not in self._pairs:
            alone = diagonalize([self.hamiltonian(down)])
            self._pairs[down] = alone.energies[0], alone.vectors[0]
        return self._pairs[down]

    def lbits(self, labelling: str = "sorted") -> LBits:
        """The l-bits under a labelling of the eigenstates, such as ``"combined"``."""
        if labelling not in self._lbits:
            start = declared(labelling).start
            known = self.lbits(start).labelling if start else None
            self._lbits[labelling] = LBits(self, label_eigenstates(labelling, self, known))
        found: LBits = self._lbits[labelling]
        return found

    def product_states(self, axis: str, count: int) -> Complex:
        """Random product states along an axis, nested as the fields are (`site_spins`).

        Parameters
        ----------
        axis
            ``"x"`` or ``"z"``, that of every spin.
        count
            Number of states; more of them begin with fewer.

        Returns
        -------
        ndarray, shape (count, 2^L)
            Amplitudes on the product states of σᶻ (or of τᶻ, where they are read as labels).
        """
        return product_states(axis * self.L, site_spins(self.L, count, self.seed))

    def random_stream(self, purpose: str) -> np.random.Generator:
        """Random numbers of this realisation for a purpose, as the workflow draws them."""
        return generator(purpose, self.L, self.seed)

    def imbalance(self, times: Floats) -> Floats:
        """Imbalance of the Néel state (goihl2018, eq. 11), shape (times,), times in 1/J."""
        energies, vectors = self.eigenpairs(neel_sector(self.L))
        return np.asarray(imbalance(self.L, vectors, energies[None], times)[0])

    def entropy_growth(self, states: Complex, times: Floats, cut: int | None = None) -> Floats:
        """Entanglement entropy of the first sites (half of them by default) against time.

        Parameters
        ----------
        states
            Initial states, shape (states, 2^L), as from `product_states`.
        times
            Shape (times,), in units of 1/J.
        cut
            Number of sites of the block.

        Returns
        -------
        ndarray, shape (states, times)
            In nats.
        """
        cut = self.L // 2 if cut is None else cut
        return entropy_growth(self.vectors, self.energy, states, times, cut)

    def ramsey_of_pbit(self, site: int, states: Complex, times: Floats) -> Complex:
        """Coherence of a spin after free evolution (`ramsey_pbit`), shape (states, times)."""
        return ramsey_pbit(self.vectors, self.energy, states, site, times)

    def echo_of_pbit(self, site: int, states: Complex, times: Floats) -> Complex:
        """Coherence of a spin after a pulse half-way (`echo_pbit`), shape (states, times)."""
        return echo_pbit(self.vectors, self.energy, states, site, times)


def _known_lbits(ring: Ring, given: dict[str, Any]) -> LBits:
    """L-bits whose labels are already computed."""
    numbers = float(given["objective"]), float(given["bound"]), int(given["iterations"])
    return LBits(ring, Labelling(given["label"], *numbers))


@quantity(
    "ring/fields",
    references="goihl2018, eq. 1",
    contents={"h": Variable(("site",), "f", "1", "random field in units of Δ")} | SITE,
    memory=costs.table_memory_MB,
    minutes=costs.sampling_minutes,
    shared=True,
    written=True,
)
def fields(ring: Ring) -> Row:
    """Random fields of the Heisenberg ring."""
    return {"h": ring.fields}


@quantity(
    "ring/spectrum",
    references="goihl2018, eq. 1 and section V",
    contents={
        "energy": Variable(("state",), "f", "J", "energy"),
        "magnetization": Variable(("site", "state"), "f", "1", "infinite-time average ⟨e|σᶻ|e⟩"),
        "sector": Variable(("state",), "i", "1", "number of down spins", of_key=True),
    }
    | SITE
    | STATE,
    needs=("fields",),
    memory=costs.spectrum_memory_MB,
    minutes=costs.spectrum_minutes,
    written=True,
)
def spectrum(ring: Ring) -> Row:
    """Spectrum and infinite-time averages of the random-field Heisenberg ring."""
    dimensions = [len(states) for states in sectors(ring.L)]
    return {
        "energy": ring.energy,
        "magnetization": ring.averages,
        "sector": np.repeat(np.arange(ring.L + 1), dimensions),
    }


@quantity(
    "ring/eigenvectors",
    references="goihl2018, eq. 1",
    contents={
        "eigenvector": Variable(("packed",), "f", "1", "amplitudes, eigenvector after eigenvector")
    },
    needs=("fields",),
    memory=costs.spectrum_memory_MB,
    minutes=costs.spectrum_minutes,
    written=True,
)
def eigenvectors(ring: Ring) -> Row:
    """Eigenvectors of the random-field Heisenberg ring, sector blocks packed."""
    return {"eigenvector": pack(ring.vectors)}


@quantity(
    "ring/lbits",
    references="goihl2018, section V",
    contents={
        "label": Variable(("state",), "i", "1", "position k; bit i is 0 for τᶻᵢ = +1, 1 for −1"),
        "objective": Variable((), "f", "1", "what the labelling makes large"),
        "bound": Variable((), "f", "1", "what no labelling can exceed", may_miss=True),
        "iterations": Variable((), "i", "1", "assignments that raised the objective"),
    }
    | STATE,
    needs=("spectrum", "eigenvectors"),  # the averages alone where they are enough
    labelled=True,
    memory=costs.labelling_memory_MB,
    minutes=costs.labelling_minutes,
    written=True,
)
def lbits(ring: Ring, labelling: str) -> Row:
    """Labelling of the eigenstates by l-bits."""
    return vars(ring.lbits(labelling).labelling)


@quantity(
    "ring/locality",
    references="goihl2018, eq. 6, Figs. 2–5",
    contents={"truncation_error": Variable(("site", "support"), "f", "1", TRUNCATION)}
    | SITE
    | SUPPORT,
    needs=("eigenvectors", "lbits"),
    labelled=True,
    memory=costs.locality_memory_MB,
    minutes=costs.spectrum_minutes,
    written=True,
)
def locality(ring: Ring, labelling: str) -> Row:
    """Truncation errors of the l-bits."""
    return {
        "truncation_error": truncation_error(ring.vectors, ring.lbits(labelling).label),
        "support": supports(ring.L),
    }


@quantity(
    "ring/effective",
    references="goihl2018, eqs. 7–9, Figs. 6 and 7",
    contents={
        "coupling": Variable(("mu",), "f", "J", "coupling ω_μ = 2^−L Tr[H τ(μ)]"),
        "norm_error": Variable(("order",), "f", "1", NORM_ERROR),
        "operator_norm": Variable((), "f", "J", NORM),
        "spins": Variable(("mu",), "i", "1", "order of τ(μ), its number of spins", of_key=True),
        "extension": Variable(
            ("mu",), "i", "1", "extension d(μ), the largest distance of two spins", of_key=True
        ),
    }
    | coordinate("mu", "i", "1", "spins of τ(μ) as bits, site 0 the most significant")
    | ORDER,
    needs=("spectrum", "lbits"),
    labelled=True,
    memory=costs.table_memory_MB,
    minutes=costs.spectrum_minutes,
    written=True,
)
def effective(ring: Ring, labelling: str) -> Row:
    """Effective model of the l-bits."""
    label = ring.lbits(labelling).label
    coupling = couplings(ring.energy, label)
    return {
        "coupling": coupling,
        "norm_error": norm_error(ring.energy, coupling, label),
        "operator_norm": float(np.abs(ring.energy).max()),
        "spins": order(ring.L),
        "extension": extension(ring.L),
        "order": np.arange(1, ring.L + 1),
    }
