"""The l-bits of one realisation of the ring: locality, effective model, operators, dynamics."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from mbl.dynamics.echo import echo_lbit, ramsey_lbit
from mbl.dynamics.growth import lbit_entropy_growth
from mbl.dynamics.imbalance import imbalance, neel_sector
from mbl.eigenbasis import Complex
from mbl.hilbert import Floats, Ints, split_by_sector
from mbl.lbits.effective_model import couplings, extension, norm_error, truncated_energies
from mbl.lbits.labelling import Labelling
from mbl.lbits.locality import minimal_buffer, truncation_error
from mbl.lbits.mean_range import mean_range, range_weights
from mbl.lbits.operators import AlgebraErrors, algebra_errors, fix_signs, tau_matrix

if TYPE_CHECKING:
    from mbl.systems.ring import Ring


class LBits:
    """L-bits of a ring under one labelling of its eigenstates.

    Parameters
    ----------
    ring
        The realisation.
    labelling
        Position k(e) of every eigenstate, and how good it is by its own measure.

    Attributes
    ----------
    label, objective, bound, iterations
        As `mbl.lbits.labelling.Labelling` has them.
    """

    def __init__(self, ring: "Ring", labelling: Labelling) -> None:
        self.ring, self.labelling = ring, labelling
        self.label, self.objective = labelling.label, labelling.objective
        self.bound, self.iterations = labelling.bound, labelling.iterations

    def truncation_error(self) -> Floats:
        """Truncation errors (goihl2018, eq. 6), site by |S| = 1, 3, … (`supports`)."""
        return truncation_error(self.ring.vectors, self.label)

    def minimal_buffers(self, weight: float) -> Ints:
        """Smallest |S| that holds a weight α of each l-bit (goihl2018, Fig. 5), shape (L,)."""
        return minimal_buffer(self.truncation_error(), weight, self.ring.L)

    @cached_property
    def couplings(self) -> Floats:
        """Couplings ω_μ by μ (goihl2018, eq. 9), shape (2^L,), in units of J."""
        return couplings(self.ring.energy, self.label)

    def norm_error(self) -> Floats:
        """‖H − H_eff^(N)‖ / ‖H‖ for N = 1 … L (goihl2018, Fig. 6), shape (L,)."""
        return norm_error(self.ring.energy, self.couplings, self.label)

    def model_energies(self, order: int) -> Floats:
        """Energy of every eigenstate under H_eff^(N) (goihl2018, eq. 7), shape (2^L,)."""
        (energies,) = truncated_energies(self.couplings, self.label, np.array([order]))
        return np.asarray(energies)

    def model_imbalance(self, times: Floats, order: int = 4) -> Floats:
        """Imbalance of the Néel state under H_eff^(N) (goihl2018, Fig. 8), shape (times,)."""
        down = neel_sector(self.ring.L)
        _, vectors = self.ring.eigenpairs(down)
        energies = split_by_sector(self.model_energies(order), self.ring.L)[down]
        return np.asarray(imbalance(self.ring.L, vectors, energies[None], times)[0])

    @cached_property
    def signed_vectors(self) -> list[Floats]:
        """Eigenvectors by sector with the signs that make τˣ and τʸ local."""
        return fix_signs(self.ring.vectors, self.label)

    def tau(self, axis: str, site: int) -> Floats:
        """τˣ, iτʸ or τᶻ of one l-bit (huse2014, eqs. 1–3) on all product states, (2^L, 2^L)."""
        return tau_matrix(axis, site, self.signed_vectors, self.label)

    def string_weights(self, axis: str = "z") -> Floats:
        """Weights of the Pauli strings of every τ by their range (huse2014), site by range."""
        ranges = extension(self.ring.L)
        return range_weights(axis, self.signed_vectors, self.label, ranges)

    def mean_ranges(self, axis: str = "z") -> Floats:
        """Mean range of every τ (huse2014), shape (L,)."""
        return mean_range(self.string_weights(axis))

    def algebra_errors(self) -> AlgebraErrors:
        """Largest violations of the Pauli algebra and of the conservation under H."""
        ring = self.ring
        blocks = (ring.hamiltonian(down) for down in range(ring.L + 1))
        stream = ring.random_stream("algebra")
        return algebra_errors(self.signed_vectors, self.label, blocks, stream)

    def dephasing_growth(self, states: Complex, times: Floats, cut: int | None = None) -> Floats:
        """Entropy of the first l-bits (half by default) after product states of them.

        Parameters
        ----------
        states
            Amplitudes by label, shape (states, 2^L), as from `Ring.product_states`.
        times
            Shape (times,), in units of 1/J.
        cut
            Number of l-bits of the block.

        Returns
        -------
        ndarray, shape (states, times)
            In nats.
        """
        cut = self.ring.L // 2 if cut is None else cut
        return lbit_entropy_growth(self.ring.energy, self.label, states, times, cut)

    def ramsey_of_lbit(self, site: int, states: Complex, times: Floats) -> Complex:
        """Coherence of an l-bit after free evolution (`ramsey_lbit`), shape (states, times)."""
        return ramsey_lbit(self.ring.energy, self.label, states, site, times)

    def echo_of_lbit(self, site: int, states: Complex, times: Floats) -> Complex:
        """Coherence of an l-bit after a pulse half-way (`echo_lbit`), shape (states, times)."""
        return echo_lbit(self.ring.energy, self.label, states, site, times)
