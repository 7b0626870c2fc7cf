"""Locality of the l-bits as a functional of the labelling.

Tr_{S^c} τᶻᵢ = Σ_e zᵢ(e) ρ_S(e), with ρ_S(e) the reduced density matrices of the eigenstates on the
buffer S around site i: computed once, they give the locality of every labelling, a convex quadratic
in its signs z.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from mbl.hilbert import Floats, Ints, sector, sigma_z, split_by_sector
from mbl.lbits.functionals import gains_from_signs


def _rows_by_configuration(states: Ints, mask: int) -> dict[int, Ints]:
    """Rows of a sector by the configuration of the buffer, in the order of the sites outside."""
    inside = states & mask
    order = np.lexsort((states & ~mask, inside))
    configurations, starts = np.unique(inside[order], return_index=True)
    return dict(zip(configurations.tolist(), np.split(order, starts[1:]), strict=True))


def _entries(mask: int) -> list[tuple[int, int]]:
    """Independent non-zero entries of a matrix on the buffer that is symmetric and conserves Sᶻ."""
    every = np.arange(mask + 1)
    configurations = every[(every & ~mask) == 0]
    return [
        (a, b)
        for a, b in combinations_with_replacement(configurations.tolist(), 2)
        if a.bit_count() == b.bit_count()
    ]


def reduced_density_matrices(vectors: list[Floats], size: int) -> Floats:
    """Reduced density matrices of all eigenstates on the buffers around all sites.

    Parameters
    ----------
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n), as from `diagonalize`.
    size
        |S|, odd, at most L.

    Returns
    -------
    ndarray, shape (L, C(2|S|, |S|)/2 + 2^(|S|−1), 2^L)
        Independent entries for every site and eigenstate, 14 for |S| = 3; those off the diagonal
        times √2, such that the scalar product of entries is that of Hilbert and Schmidt.
    """
    L = len(vectors) - 1
    buffers = [
        sum(1 << (site + offset) % L for offset in range(-(size // 2), size // 2 + 1))
        for site in range(L)[::-1]  # site 0 is the most significant bit
    ]
    entries = [_entries(mask) for mask in buffers]
    rho = np.zeros((L, len(entries[0]), 1 << L))
    for down, (V, of_sector) in enumerate(zip(vectors, split_by_sector(rho, L), strict=True)):
        rowwise = np.ascontiguousarray(V)
        for site, mask in enumerate(buffers):
            rows = _rows_by_configuration(sector(L, down), mask)
            parts = {configuration: rowwise[where] for configuration, where in rows.items()}
            for entry, (a, b) in enumerate(entries[site]):
                if a in parts:
                    scale = 1.0 if a == b else np.sqrt(2.0)
                    of_sector[site, entry] = scale * np.einsum("ce,ce->e", parts[a], parts[b])
    return rho


@dataclass(frozen=True)
class Locality:
    """Σᵢ (1 − εᵢ) at one buffer size |S|: at most L (goihl2018, eq. 6).

    Attributes
    ----------
    rho
        Reduced density matrices of all eigenstates, as from `reduced_density_matrices`.
    size
        |S|.
    """

    rho: Floats
    size: int

    @property
    def _scale(self) -> float:
        """‖Tr_{S^c} τᶻ‖² of an l-bit inside its buffer."""
        return float(2 ** (2 * len(self.rho) - self.size))

    def _reduced(self, label: Ints) -> Floats:
        """Entries of Tr_{S^c} τᶻᵢ, shape (L, entries)."""
        return np.asarray(np.matvec(self.rho, sigma_z(label, len(self.rho))))

    def value(self, label: Ints) -> float:
        """Φ of a labelling."""
        return float(np.square(self._reduced(label)).sum()) / self._scale

    def gains(self, label: Ints) -> Iterator[Floats]:
        """The tangent at a labelling: a convex function lies above it."""
        return gains_from_signs(np.vecmat(self._reduced(label), self.rho) * (2.0 / self._scale))

    def bound(self) -> float:
        """Φ of the most local traceless conserved operators of norm 2^(L/2), Pauli-z or not.

        Among all Σ_e z(e)|e⟩⟨e| with Σ_e z(e)² = 2^L and Σ_e z(e) = 0 the most local one is an
        eigenvector problem; no labelling has more.
        """
        traceless = self.rho - self.rho.mean(axis=2, keepdims=True)
        largest = np.linalg.eigvalsh(traceless @ traceless.swapaxes(1, 2))[:, -1]
        return float(largest.sum() * self.rho.shape[2] / self._scale)
