"""Open random-field XXZ chain, alone or closed by an ergodic bubble (colmenarez2023)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import scipy.sparse as sp

from mbl import costs, schemas
from mbl.disorder import LARGEST_BUBBLE, bubble_draws, site_fields, site_fields_beside_bubble
from mbl.hilbert import Floats, Ints
from mbl.models.bubble import (
    bubble_chain,
    bubble_matrices,
    central_sector,
    mean_spins,
    sublattice_parity,
)
from mbl.models.bubble import chain as open_chain
from mbl.registry import KeyPart, Option, Variable, coordinate, quantity, system
from mbl.settings.chain import chain_directory, chain_faults, dimension, memory_cure
from mbl.solvers.factorization import ShiftInvert, best_factor
from mbl.solvers.midspectrum import MidSpectrum, central_eigenpairs
from mbl.spectral import gap_ratios, purity

Row = dict[str, Any]

BETA = schemas.described(schemas.POSITIVE, "a bandwidth β, a number above 0")
# Bandwidths β where the gap ratio is largest (SM A), by dimension n_GOE of the bubble.
TUNED = {"n=3": 0.55, "n=4": 0.6, "n=5": 0.58, "n=6": 0.55, "n=8": 0.5}


def _of_shape(shape: tuple[int, ...], name: str, given: Floats) -> Floats:
    """What is given in place of draws, as numbers of the shape that is needed."""
    values = np.asarray(given, dtype=float)
    if values.shape != shape:
        raise ValueError(f"{name} have the shape {values.shape}; give {shape}")
    return values


@dataclass(frozen=True)
class Window(MidSpectrum):
    """Eigenstates nearest the centre of the spectrum of one chain.

    Attributes
    ----------
    energies, vectors, residuals, energy_min, energy_max, shift, counted
        As `MidSpectrum` has them.
    sz
        ⟨n|Sᶻᵢ|n⟩, shape (states, L).
    """

    sz: Floats

    @property
    def purities(self) -> Floats:
        """Purity of every site in every eigenstate (eq. 5), shape (states, L)."""
        return purity(self.sz)

    @property
    def gap_ratios(self) -> Floats:
        """Ratios of adjacent gaps, shape (states − 2,)."""
        return gap_ratios(self.energies)


@system(
    "chain",
    keys={
        "n": KeyPart(
            schemas.at_least(
                1,
                f"the dimension n_GOE of a bubble, a whole number from 1 to {LARGEST_BUBBLE}",
                LARGEST_BUBBLE,
            ),
            "i",
            "1",
            "dimension n_GOE of the bubble, 0 without",
            optional=True,
        ),
        "beta": KeyPart(
            BETA, "f", "J", "bandwidth β of the bubble, 0 without", listed=True, optional=True
        ),
        "L": KeyPart(schemas.SIZE, "i", "1", "number of sites"),
        "W": KeyPart(
            schemas.described(schemas.POSITIVE, "a disorder strength W, a number above 0"),
            "f",
            "J",
            "disorder strength W",
            listed=True,
        ),
    },
    directory=chain_directory,
    # No wildcard holds ",beta=0.5" or nothing: what Snakemake submits to a cluster names its
    # wildcards in a list between commas.
    patterns={
        "bubble": "bubble/n={n}/L={L}/W={W}",
        "bandwidth": "bubble/n={n},beta={beta}/L={L}/W={W}",
        "chain": "chain/L={L}/W={W}",
    },
    grid=("key",),
    options={
        "anisotropy": Option(
            1.0,
            schemas.described(schemas.NUMBER, "the anisotropy Δ of the XXZ chain, a number"),
            "anisotropy Δ of the chain; 1 is the Heisenberg chain",
        ),
        "coupling": Option(
            1.0,
            schemas.described(schemas.NUMBER, "the coupling g of the bubble, a number"),
            "coupling g of the bubble; the paper gives no value",
        ),
        "beta": Option(
            TUNED,
            schemas.by_name(
                "n=[1-9][0-9]*",
                BETA,
                "bandwidths β by dimension of the bubble, as in {n=4: 0.6}",
            ),
            "bandwidth β of each bubble n_GOE for which an ensemble gives none",
            "J",
        ),
        "block_size": Option(
            {},
            schemas.by_name(
                "dimension=[1-9][0-9]*",
                schemas.COUNT,
                "seeds per job, a whole number from 1 for each dimension, "
                "as in {dimension=4000: 50}",
            ),
            "seeds per job by dimension of the sector; a dimension that is not named takes those "
            "of the next larger one, else one",
        ),
    },
    faults=chain_faults,
    measure=dimension,
    base=("midspectrum",),
    memory_cure=memory_cure,
)
class Chain:
    """Open random-field XXZ chain, alone or closed by an ergodic bubble.

    Parameters
    ----------
    L
        Number of sites.
    W
        Disorder strength in units of J.
    seed
        Number of the realisation, which fields and matrices are drawn from.
    bubble
        Dimension n_GOE of the bubble, 0 for the chain alone.
    beta
        Bandwidth β of the bubble in units of J; that of `TUNED` by default.
    coupling, anisotropy
        g and Δ.
    fields
        Own hᵢ in units of W, shape (L,), in place of those drawn.
    matrices
        Own R₀, R₁, R₂ in units of β, shape (3, n_GOE, n_GOE), in place of those drawn.
    workspace
        What chains of the same L and n_GOE share: the analysis of their common pattern and, as
        ``threads``, the number of threads of a factorisation.
    """

    def __init__(
        self,
        L: int,
        W: float,
        seed: int = 0,
        bubble: int = 0,
        beta: float | None = None,
        *,
        coupling: float = 1.0,
        anisotropy: float = 1.0,
        fields: Floats | None = None,
        matrices: Floats | None = None,
        workspace: dict[str, Any] | None = None,
    ) -> None:
        if beta is None and bubble and f"n={bubble}" not in TUNED:
            raise ValueError(f"no bandwidth is tuned for n_GOE = {bubble}; give beta")
        self.L, self.W, self.seed, self.bubble = L, W, seed, bubble
        self.beta = (TUNED[f"n={bubble}"] if bubble else 0.0) if beta is None else beta
        self.coupling, self.anisotropy = coupling, anisotropy
        self.workspace = {} if workspace is None else workspace
        # Assigned as attributes, they would count among the source of whatever makes a chain.
        self._given: dict[str, Floats] = {}
        if fields is not None:
            self._given["h"] = _of_shape((L,), "fields", fields)
        if matrices is not None:
            self._given["R"] = _of_shape((3, bubble, bubble), "matrices", matrices)

    @classmethod
    def of(
        cls,
        key: dict[str, float],
        seed: int,
        given: dict[str, dict[str, Any]],
        workspace: dict[str, Any],
        **uses: float,
    ) -> Self:
        """Realisation of a key on the disorder that is already drawn.

        Draws of disorder have no W in their key: they serve every strength.
        """
        bubble = int(key.get("n", 0))
        drawn = given.get("disorder" if bubble else "fields", {})
        return cls(
            int(key["L"]),
            float(key.get("W", np.nan)),
            seed,
            bubble,
            float(key.get("beta", np.nan)) if bubble else None,
            fields=drawn.get("h"),
            matrices=drawn.get("R"),
            workspace=workspace,
            **uses,
        )

    @cached_property
    def fields(self) -> Floats:
        """Random fields hᵢ in units of W, shape (L,)."""
        if "h" in self._given:
            return self._given["h"]
        return (site_fields_beside_bubble if self.bubble else site_fields)(self.L, self.seed)

    @cached_property
    def matrices(self) -> Floats:
        """R₀, R₁, R₂ in units of β (eq. 4), shape (3, n_GOE, n_GOE)."""
        if "R" in self._given:
            return self._given["R"]
        return bubble_matrices(bubble_draws(self.bubble, self.seed), beta=1.0)

    @property
    def basis(self) -> Ints:
        """Product states of the chain's largest sector, ascending, shape (C(L, ⌊L/2⌋),)."""
        return central_sector(self.L)

    def hamiltonian(self) -> sp.csr_array:
        """H in the largest sector, the bubble's index the faster, in units of J."""
        if not self.bubble:
            return open_chain(self.basis, self.fields, self.W, anisotropy=self.anisotropy)
        return bubble_chain(
            self.basis,
            self.fields,
            self.W,
            self.beta * self.matrices,
            coupling=self.coupling,
            anisotropy=self.anisotropy,
        )

    def window(
        self, states: int = 50, solver: str = "factorised", *, certify: bool | None = None
    ) -> Window:
        """Eigenstates nearest the centre of the spectrum.

        Parameters
        ----------
        states
            Their number.
        solver
            ``factorised``, by shift-invert or, in a small sector, from all eigenstates; or
            ``filtered``, by a polynomial of H, which takes less memory and more time.
        certify
            Whether to count the levels in the window by inertia; by default wherever there is a
            factor.
        """
        if solver not in ("factorised", "filtered"):
            raise ValueError(f"there is no solver {solver!r}; take 'factorised' or 'filtered'")
        factorised = solver == "factorised"
        pairs = central_eigenpairs(
            self.hamiltonian(),
            states,
            self._shift_invert() if factorised else None,
            certify=factorised if certify is None else certify,
            seed=self.seed,
        )
        sz = mean_spins(self.basis, self.L, pairs.vectors, max(self.bubble, 1))
        return Window(**vars(pairs), sz=sz)

    def _shift_invert(self) -> ShiftInvert:
        """Shift-invert for the structure of H, whose analysis serves the whole workspace."""
        name, block = f"shift-invert, L={self.L}, n={self.bubble}", max(self.bubble, 1)
        if name not in self.workspace:
            # With a bubble on an odd chain, its hop between the ends keeps the parity.
            eliminable = not (self.bubble and self.L % 2)
            parity = np.repeat(sublattice_parity(self.basis, self.L), block) if eliminable else None
            factor = best_factor(self.workspace.get("threads", 1))
            self.workspace[name] = ShiftInvert(factor, parity, block)
        operator: ShiftInvert = self.workspace[name]
        return operator


SITE = coordinate("site", "i", "1", "site, from 0")
FIELD = {"h": Variable(("site",), "f", "1", "random field in units of W")}


@quantity(
    "chain/fields",
    references="colmenarez2023, eq. 2",
    contents=FIELD | SITE,
    memory=costs.sampling_memory_MB,
    minutes=costs.sampling_minutes,
    shared=True,
    patterns=("chain",),
    written=True,
)
def fields(chain: Chain) -> Row:
    """Random fields of the open XXZ chain."""
    return {"h": chain.fields}


@quantity(
    "chain/disorder",
    references="colmenarez2023, eqs. 2 and 4",
    contents=FIELD
    | {"R": Variable(("matrix", "row", "col"), "f", "1", "matrices R₀, R₁, R₂ in units of β")}
    | SITE,
    memory=costs.sampling_memory_MB,
    minutes=costs.sampling_minutes,
    shared=True,
    patterns=("bubble", "bandwidth"),
    written=True,
)
def disorder(chain: Chain) -> Row:
    """Random fields of the chain and random matrices of its bubble."""
    return {"h": chain.fields, "R": chain.matrices}


@quantity(
    "chain/midspectrum",
    references="colmenarez2023, eqs. 1–5",
    contents={
        "energy": Variable(("state",), "f", "J", "energy"),
        "sz": Variable(("state", "site"), "f", "1", "⟨n|Sᶻ|n⟩"),
        "residual": Variable(("state",), "f", "J", "‖H v − E v‖"),
        "energy_min": Variable((), "f", "J", "lowest level"),
        "energy_max": Variable((), "f", "J", "highest level"),
        "shift": Variable((), "f", "J", "energy at which H − E was factorised"),
        "counted": Variable((), "i", "1", "levels in the window by inertia, −1 where not counted"),
    }
    | SITE
    | coordinate("state", "i", "1", "eigenstate of the window, by energy"),
    needs=("fields",),  # with a bubble those of its disorder: the rules are written out
    memory=costs.midspectrum_memory_MB,
    minutes=costs.midspectrum_minutes,
    options={
        "states": Option(
            50,
            schemas.at_least(3, "a whole number of eigenstates, 3 or more"),
            "number of eigenstates nearest the centre of the spectrum",
        ),
        "solver": Option(
            "factorised",
            schemas.one_of(
                "factorised",
                "filtered",
                description="a way to the centre of the spectrum, factorised or filtered",
            ),
            "`factorised` (shift-invert on the best factor that the machine has, or all "
            "eigenpairs where the sector is small) or `filtered` (a polynomial of H instead of a "
            "factor, for little memory; slow, and without certificate)",
        ),
        "certify_every": Option(
            10,
            schemas.COUNT,
            "seeds that are multiples of this have the levels in their window counted by inertia, "
            "at two more factorisations",
        ),
    },
    uses=("anisotropy", "coupling"),
    written=True,
)
def midspectrum(chain: Chain, *, states: int, solver: str, certify_every: int) -> Row:
    """Eigenstates nearest the centre of the spectrum of the open chain, alone or with a bubble."""
    certify = solver == "factorised" and chain.seed % certify_every == 0
    window = chain.window(states, solver, certify=certify)
    return {
        "energy": window.energies,
        "sz": window.sz,
        "residual": window.residuals,
        "energy_min": window.energy_min,
        "energy_max": window.energy_max,
        "shift": window.shift,
        "counted": -1 if window.counted is None else window.counted,
    }
