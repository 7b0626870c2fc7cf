"""Full spectrum, sector by sector, by LAPACK's divide and conquer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import scipy.linalg

from mbl.hilbert import Floats


@dataclass(frozen=True)
class Spectrum:
    """Eigenpairs of a block-diagonal Hamiltonian.

    Attributes
    ----------
    energies
        One array per sector, ascending, shape (n,), in units of J.
    vectors
        One array per sector, shape (n, n): column e holds the eigenvector of ``energies[e]`` in the
        sector's product states.
    """

    energies: list[Floats]
    vectors: list[Floats]

    @property
    def energy(self) -> Floats:
        """All energies, sector after sector, shape (Σn,)."""
        return np.concatenate(self.energies)


def diagonalize(blocks: Iterable[Floats]) -> Spectrum:
    """Diagonalise symmetric blocks; each is overwritten.

    Parameters
    ----------
    blocks
        Real symmetric matrices, shape (n, n), Fortran order; consumed one at a time.
    """
    pairs = [
        scipy.linalg.eigh(H, driver="evd", overwrite_a=True, check_finite=False) for H in blocks
    ]
    return Spectrum([energies for energies, _ in pairs], [vectors for _, vectors in pairs])


def pack(vectors: list[Floats]) -> Floats:
    """Sector blocks of eigenvectors as one array of Σn² numbers, eigenvector after eigenvector."""
    return np.concatenate([block.ravel(order="F") for block in vectors])


def unpack(packed: Floats, dimensions: Iterable[int]) -> list[Floats]:
    """Invert `pack`: views of shape (n, n) in Fortran order, without a copy."""

    def blocks() -> Iterator[Floats]:
        start = 0
        for n in dimensions:
            yield packed[start : start + n * n].reshape((n, n), order="F")
            start += n * n

    return list(blocks())
