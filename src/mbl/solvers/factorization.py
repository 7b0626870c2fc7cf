"""Factorisations of H − E: exact sublattice elimination, then a sparse symmetric factor.

Sylvester's law of inertia turns each factor into the number of levels below E, which is how a
window of the spectrum is certified.
"""

from typing import Protocol

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from mbl.hilbert import Floats, Ints
from mbl.solvers.methods import factor_memory_GB
from mbl.solvers.mkl import available
from mbl.solvers.pardiso import NoMemoryError, Pardiso, PardisoError


class SingularShiftError(ArithmeticError):
    """The shift lies on a level, or so near one that the factor cannot be trusted."""


class MemoryLimitError(MemoryError):
    """The factor would need more memory than is allowed; nothing of it has been computed."""


def narrow(matrix: sp.csr_array) -> sp.csr_array:
    """The same matrix with 32-bit indices: products with it read a third less."""
    indices, pointers = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return sp.csr_array((matrix.data, indices, pointers), shape=matrix.shape)


class Factor(Protocol):
    """A factor of a sparse symmetric matrix, made anew for each matrix of one pattern."""

    def memory_GB(self, matrix: sp.csr_array, dimension: int, block: int) -> float:
        """Memory that the factor will need, in GB (10⁹ bytes), before it is computed.

        Of a matrix that stands for H of a dimension N and n_GOE.
        """
        ...

    def factorise(self, matrix: sp.csr_array) -> int:
        """Factorise; the number of negative eigenvalues."""
        ...

    def solve(self, rows: Floats) -> Floats:
        """Solve for right-hand sides, one a row."""
        ...


class PardisoFactor:
    """LDLᵀ by MKL PARDISO; the analysis is kept while the pattern stays.

    Parameters
    ----------
    threads
        Threads of MKL; one costs least where as many jobs run as there are cores.
    """

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._pardiso: Pardiso | None = None

    def _analysed(self, matrix: sp.csr_array) -> tuple[Pardiso, Floats]:
        """The analysis of a matrix's pattern and its values in that pattern."""
        upper = sp.triu(matrix, format="csr")
        upper.sort_indices()
        if self._pardiso is None or not self._pardiso.has_pattern(upper):
            self._pardiso = None  # the old factor's memory goes back first
            self._pardiso = Pardiso(upper, self._threads)
        return self._pardiso, upper.data

    def memory_GB(self, matrix: sp.csr_array, dimension: int, block: int) -> float:
        """Memory that the factor will need, in GB, as the analysis tells."""
        return self._analysed(matrix)[0].memory_GB

    def factorise(self, matrix: sp.csr_array) -> int:
        """Factorise; the number of negative eigenvalues."""
        pardiso, values = self._analysed(matrix)
        try:
            negative = pardiso.factorise(values)
        except NoMemoryError:
            raise
        except PardisoError as error:
            raise SingularShiftError(str(error)) from error
        if pardiso.perturbed_pivots:
            raise SingularShiftError(f"{pardiso.perturbed_pivots} pivots had to be perturbed")
        return negative

    def solve(self, rows: Floats) -> Floats:
        """Solve for right-hand sides, one a row."""
        assert self._pardiso is not None
        return self._pardiso.solve(rows)


class SuperLUFactor:
    """LU by SuperLU with pivots on the diagonal, so that L D Lᵀ and its inertia can be read off."""

    def memory_GB(self, matrix: sp.csr_array, dimension: int, block: int) -> float:
        """Memory that the factor will need, in GB, by the fit: SuperLU cannot tell beforehand."""
        return factor_memory_GB(dimension, block, "superlu")

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


def best_factor(threads: int = 1) -> Factor:
    """PARDISO where MKL is installed, else SuperLU, which knows one thread only."""
    return PardisoFactor(threads) if available() else SuperLUFactor()


class ShiftInvert:
    """(H − E)⁻¹ of one matrix after another of the same structure.

    Where every hop changes a parity, H − E = [[D_A, T], [Tᵀ, D_B]] with D_A block-diagonal. A is
    eliminated exactly, by inverses of small blocks; only the Schur complement
    D_B − E − Tᵀ D_A⁻¹ T is factorised. States are put in the order A, B once a matrix, so that
    the halves of a vector are slices.

    Parameters
    ----------
    factor
        Factor of what remains.
    parity
        0 or 1 for every state, shape (N,), or None where the graph of hops is not bipartite.
    block
        Size of the diagonal blocks: n_GOE, 1 without bubble.
    memory_GB
        What the factor may take, in GB; None is no limit.

    Attributes
    ----------
    matrix
        H as `prepare` took it, its states in the order that `solve` uses.
    """

    matrix: sp.csr_array

    def __init__(
        self,
        factor: Factor,
        parity: Ints | None,
        block: int = 1,
        *,
        memory_GB: float | None = None,
    ) -> None:
        self._factor = factor
        self._block = block
        self._memory_GB = memory_GB
        self._order = None if parity is None else np.argsort(parity, kind="stable")
        self._eliminated = 0 if parity is None else int(np.count_nonzero(parity == 0))

    def prepare(self, H: sp.csr_array) -> None:
        """Take a matrix; what does not depend on the shift is computed here."""
        self.matrix = narrow(H if self._order is None else H[self._order][:, self._order])
        if self._order is None:
            return
        size, n = self._eliminated, self._block
        inside = self.matrix[:size, :size].tocoo()
        self._diagonal = np.zeros((size // n, n, n))
        if np.any(inside.row // n != inside.col // n):
            raise ValueError("a hop keeps the parity: this matrix has no sublattices to eliminate")
        self._diagonal[inside.row // n, inside.row % n, inside.col % n] = inside.data
        self._hop = self.matrix[:size, size:].tocsr()
        self._hop_back = self._hop.T.tocsr()
        self._rest = self.matrix[size:, size:].tocsr()

    def restore(self, rows: Floats) -> Floats:
        """Vectors, one a row, from the order of `matrix` back to that of H."""
        if self._order is None:
            return rows
        out = np.empty_like(rows)
        out[:, self._order] = rows
        return out

    def factorise(self, shift: float) -> int:
        """Factorise H − E at a shift E; the number of levels of H below it.

        Raises
        ------
        SingularShiftError
            Where E lies on a level.
        MemoryLimitError
            Where the factor would outgrow its limit.
        """
        if self._order is None:
            identity = sp.eye_array(self.matrix.shape[0], format="csr")
            return self._factorise((self.matrix - shift * identity).tocsr())
        n = self._block
        shifted = self._diagonal - shift * np.eye(n)
        levels = np.linalg.eigvalsh(shifted) if n > 1 else shifted[:, :, 0]
        if np.abs(levels).min() < 1e-12 * np.abs(levels).max():
            raise SingularShiftError("a block of the eliminated sublattice is singular")
        count = len(shifted)
        self._inverse = sp.bsr_array(
            (np.linalg.inv(shifted), np.arange(count), np.arange(count + 1)),
            shape=(count * n, count * n),
        ).tocsr()
        identity = sp.eye_array(self._rest.shape[0], format="csr")
        schur = self._rest - shift * identity - self._hop_back @ (self._inverse @ self._hop)
        return int(np.count_nonzero(levels < 0)) + self._factorise(schur.tocsr())

    def _factorise(self, matrix: sp.csr_array) -> int:
        if self._memory_GB is not None:
            size = self.matrix.shape[0]
            needed = self._factor.memory_GB(matrix, size, self._block)
            if needed > self._memory_GB:
                others = factor_memory_GB(size, self._block, "superlu")
                raise MemoryLimitError(
                    f"the factor at dimension {size} needs {needed:.2f} GB where "
                    f"{self._memory_GB:.2f} GB are allowed (SuperLU's: {others:.2f} GB); take a "
                    "smaller L, more memory, or the filtered Lanczos iteration, which needs no "
                    "factor"
                )
        return self._factor.factorise(matrix)

    def solve(self, rows: Floats) -> Floats:
        """(H − E)⁻¹ on vectors, one a row in the order of `matrix`, shape (m, N)."""
        if self._order is None:
            return self._factor.solve(rows)
        size = self._eliminated
        on_A = self._inverse @ np.ascontiguousarray(rows[:, :size].T)
        x_B = self._factor.solve(rows[:, size:] - (self._hop_back @ on_A).T)
        on_A -= self._inverse @ (self._hop @ np.ascontiguousarray(x_B.T))
        return np.concatenate([on_A.T, x_B], axis=1)
