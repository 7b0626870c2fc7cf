"""Factorisations of H − E: exact sublattice elimination, then a sparse symmetric factor.

Sylvester's law of inertia turns each factor into the number of levels below E, which is how a
window of the spectrum is certified.
"""

from typing import Protocol

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from mbl.hilbert import Floats, Ints
from mbl.solvers.pardiso import Pardiso, PardisoError, available


class SingularShiftError(ArithmeticError):
    """The shift lies on a level, or so near one that the factor cannot be trusted."""


class Factor(Protocol):
    """A factor of a sparse symmetric matrix, made anew for each matrix of one pattern."""

    def factorise(self, matrix: sp.csr_array) -> int:
        """Factorise; the number of negative eigenvalues."""
        ...

    def solve(self, rows: Floats) -> Floats:
        """Solve for right-hand sides, one a row."""
        ...


class PardisoFactor:
    """LDLᵀ by MKL PARDISO; the analysis is kept while the pattern stays."""

    def __init__(self) -> None:
        self._pardiso: Pardiso | None = None

    def factorise(self, matrix: sp.csr_array) -> int:
        """Factorise; the number of negative eigenvalues."""
        upper = sp.triu(matrix, format="csr")
        upper.sort_indices()
        if self._pardiso is None or not self._pardiso.has_pattern(upper):
            self._pardiso = Pardiso(upper)
        try:
            negative = self._pardiso.factorise(upper.data)
        except PardisoError as error:
            raise SingularShiftError(str(error)) from error
        if self._pardiso.perturbed_pivots:
            raise SingularShiftError(f"{self._pardiso.perturbed_pivots} pivots had to be perturbed")
        return negative

    def solve(self, rows: Floats) -> Floats:
        """Solve for right-hand sides, one a row."""
        assert self._pardiso is not None
        return self._pardiso.solve(rows)


class SuperLUFactor:
    """LU by SuperLU with pivots on the diagonal, so that L D Lᵀ and its inertia can be read off."""

    def factorise(self, matrix: sp.csr_array) -> int:
        """Factorise; the number of negative eigenvalues."""
        try:
            self._lu = splu(
                matrix.tocsc(),
                permc_spec="MMD_AT_PLUS_A",
                diag_pivot_thresh=0.0,
                options={"SymmetricMode": True},
            )
        except RuntimeError as error:
            raise SingularShiftError(str(error)) from error
        if not np.array_equal(self._lu.perm_r, self._lu.perm_c):
            raise SingularShiftError("a pivot left the diagonal")
        return int(np.count_nonzero(self._lu.U.diagonal() < 0))

    def solve(self, rows: Floats) -> Floats:
        """Solve for right-hand sides, one a row."""
        return np.ascontiguousarray(self._lu.solve(np.ascontiguousarray(rows.T)).T)


def best_factor() -> Factor:
    """PARDISO where MKL is installed, else SuperLU."""
    return PardisoFactor() if available() else SuperLUFactor()


class ShiftInvert:
    """(H − E)⁻¹ of one matrix after another of the same structure.

    Where every hop changes a parity, H − E = [[D_A, T], [Tᵀ, D_B]] with D_A block-diagonal. A is
    eliminated exactly, by inverses of small blocks; only the Schur complement
    D_B − E − Tᵀ D_A⁻¹ T is factorised.

    Parameters
    ----------
    factor
        Factor of what remains.
    parity
        0 or 1 for every state, shape (N,), or None where the graph of hops is not bipartite.
    block
        Size of the diagonal blocks: n_GOE, 1 without bubble.
    """

    def __init__(self, factor: Factor, parity: Ints | None, block: int = 1) -> None:
        self._factor = factor
        self._block = block
        self._split = (
            None if parity is None else (np.nonzero(parity == 0)[0], np.nonzero(parity)[0])
        )

    def prepare(self, H: sp.csr_array) -> None:
        """Take a matrix; what does not depend on the shift is computed here."""
        self._H = H
        if self._split is None:
            return
        A, B = self._split
        rows = H[A]
        inside = rows[:, A].tocoo()
        n = self._block
        self._diagonal = np.zeros((len(A) // n, n, n))
        if np.any(inside.row // n != inside.col // n):
            raise ValueError("a hop keeps the parity: this matrix has no sublattices to eliminate")
        self._diagonal[inside.row // n, inside.row % n, inside.col % n] = inside.data
        self._hop = rows[:, B].tocsr()
        self._hop_back = self._hop.T.tocsr()
        self._rest = H[B][:, B].tocsr()

    def factorise(self, shift: float) -> int:
        """Factorise H − E at a shift E; the number of levels of H below it.

        Raises
        ------
        SingularShiftError
            Where E lies on a level.
        """
        if self._split is None:
            identity = sp.eye_array(self._H.shape[0], format="csr")
            return self._factor.factorise((self._H - shift * identity).tocsr())
        n = self._block
        shifted = self._diagonal - shift * np.eye(n)
        levels = np.linalg.eigvalsh(shifted) if n > 1 else shifted[:, :, 0]
        if np.abs(levels).min() < 1e-12 * np.abs(levels).max():
            raise SingularShiftError("a block of the eliminated sublattice is singular")
        count = len(shifted)
        inverse = sp.bsr_array(
            (np.linalg.inv(shifted), np.arange(count), np.arange(count + 1)),
            shape=(count * n, count * n),
        )
        self._inverse = inverse.tocsr()
        self._inverse_hop = (self._inverse @ self._hop).tocsr()
        self._inverse_hop_back = self._inverse_hop.T.tocsr()
        identity = sp.eye_array(self._rest.shape[0], format="csr")
        schur = self._rest - shift * identity - self._hop_back @ self._inverse_hop
        return int(np.count_nonzero(levels < 0)) + self._factor.factorise(schur.tocsr())

    def solve(self, rows: Floats) -> Floats:
        """(H − E)⁻¹ on vectors, one a row, shape (m, N)."""
        if self._split is None:
            return self._factor.solve(rows)
        A, B = self._split
        on_A = np.ascontiguousarray(rows[:, A].T)
        on_B = rows[:, B] - (self._inverse_hop_back @ on_A).T
        x_B = self._factor.solve(np.ascontiguousarray(on_B))
        out = np.empty_like(rows)
        out[:, B] = x_B
        out[:, A] = (self._inverse @ on_A - self._inverse_hop @ np.ascontiguousarray(x_B.T)).T
        return out
