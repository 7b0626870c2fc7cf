"""The thinnest layer over MKL PARDISO that keeps its analysis, block solves and inertia.

The bindings kept on the package index use the unsymmetric solver, whose factors are 2.6 times as
large, or ask for MKL's headers to build. MKL itself is optional: `mbl.solvers.mkl.available` tells.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from mbl.hilbert import Floats
from mbl.solvers.mkl import library

SYMMETRIC_INDEFINITE = -2
ANALYSE, FACTORISE, SOLVE, RELEASE = 11, 22, 33, -1
OPTIONS = {
    0: 1,  # the options below are set, not defaults
    1: 2,  # METIS
    9: 8,  # perturb pivots below 1e-8 of the norm
    20: 1,  # Bunch–Kaufman pivoting
    34: 1,  # indices from 0
}
PERTURBED_PIVOTS = 13
ANALYSIS_PEAK, KEPT, FACTOR = 14, 15, 16  # memory in KiB, all known after the analysis
NEGATIVE_PIVOTS = 22  # where the number of negative eigenvalues comes back
NO_MEMORY = -2
FAILURES = {NO_MEMORY: "not enough memory", -4: "zero pivot", -8: "32-bit indices overflow"}


class PardisoError(RuntimeError):
    """PARDISO refused or failed."""


class NoMemoryError(PardisoError, MemoryError):
    """PARDISO could not get the memory that it needs."""


@contextmanager
def _limited(mkl: ctypes.CDLL, threads: int) -> Iterator[None]:
    """Let MKL use a number of threads inside, whatever the environment says."""
    before = mkl.MKL_Set_Num_Threads_Local(threads)
    try:
        yield
    finally:
        mkl.MKL_Set_Num_Threads_Local(before)


def _pointer(array: NDArray[np.generic]) -> ctypes.c_void_p:
    return array.ctypes.data_as(ctypes.c_void_p)


class Pardiso:
    """LDLᵀ of a sparse symmetric indefinite matrix; the analysis serves all of one pattern.

    Parameters
    ----------
    upper
        Upper triangle with its whole diagonal, sorted, shape (n, n): the pattern, with values from
        which the analysis may learn.
    threads
        Threads of every phase; more than one where Intel's OpenMP runtime lies beside MKL.
    """

    def __init__(self, upper: sp.csr_array, threads: int = 1) -> None:
        mkl = library()
        if mkl is None:
            raise PardisoError("MKL is not installed; install the package mkl or use SuperLU")
        self._mkl = mkl
        self._threads = threads
        self._handle = np.zeros(64, np.int64)
        self._options = np.zeros(64, np.int32)
        for position, value in OPTIONS.items():
            self._options[position] = value
        self._pointers = upper.indptr.astype(np.int32)
        self._columns = upper.indices.astype(np.int32)
        self._values = upper.data.astype(np.float64)
        self.size = upper.shape[0]
        self._call(ANALYSE)
        peak, kept, factor = (int(self._options[at]) for at in (ANALYSIS_PEAK, KEPT, FACTOR))
        self.memory_GB = max(peak, kept + factor) * 1024e-9

    def has_pattern(self, upper: sp.csr_array) -> bool:
        """Whether a matrix has the pattern that was analysed."""
        return np.array_equal(upper.indptr, self._pointers) and np.array_equal(
            upper.indices, self._columns
        )

    def factorise(self, values: Floats) -> int:
        """Factorise with new values on the same pattern; the number of negative eigenvalues."""
        self._values[:] = values
        self._call(FACTORISE)
        return int(self._options[NEGATIVE_PIVOTS])

    def solve(self, rows: Floats) -> Floats:
        """Solve for several right-hand sides, one a row, shape (m, n)."""
        rows = np.ascontiguousarray(rows)
        out = np.empty_like(rows)
        self._call(SOLVE, rows, out)
        return out

    @property
    def perturbed_pivots(self) -> int:
        """Number of pivots that were too small to be kept as they were."""
        return int(self._options[PERTURBED_PIVOTS])

    def _call(self, phase: int, rows: Floats | None = None, out: Floats | None = None) -> None:
        none = np.zeros(1)
        error = ctypes.c_int()
        count = 1 if rows is None else len(rows)

        def number(value: int) -> object:
            return ctypes.byref(ctypes.c_int(value))

        with _limited(self._mkl, self._threads):
            self._mkl.pardiso_(
                _pointer(self._handle),
                number(1),
                number(1),
                number(SYMMETRIC_INDEFINITE),
                number(phase),
                number(self.size),
                _pointer(self._values),
                _pointer(self._pointers),
                _pointer(self._columns),
                _pointer(none),
                number(count),
                _pointer(self._options),
                number(0),
                _pointer(none if rows is None else rows),
                _pointer(none if out is None else out),
                ctypes.byref(error),
            )
        if error.value:
            what = FAILURES.get(error.value, "see its manual")
            kind = NoMemoryError if error.value == NO_MEMORY else PardisoError
            raise kind(f"PARDISO phase {phase} failed with {error.value}: {what}")

    def __del__(self) -> None:
        # At the interpreter's end all memory goes back anyway, and ctypes is half gone.
        if not sys.is_finalizing() and getattr(self, "_handle", np.zeros(1)).any():
            self._call(RELEASE)
