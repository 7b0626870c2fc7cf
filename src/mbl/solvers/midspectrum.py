"""Eigenpairs nearest the centre of the spectrum, with residuals and a certificate.

The centre is (E_min + E_max)/2. Small matrices are diagonalised whole; larger ones by block
shift-invert Lanczos on a factor of H − E, or on a polynomial of H where no factor fits. Counting
levels below both edges of the window, by inertia, certifies that none was missed.
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
import scipy.sparse as sp
from scipy.sparse.linalg import eigsh

from mbl.hilbert import Floats
from mbl.solvers.factorization import ShiftInvert, SingularShiftError
from mbl.solvers.filtered import FilterError, filtered_pairs
from mbl.solvers.lanczos import (
    EigenvalueTooLargeError,
    NotConvergedError,
    inverse_residuals,
    largest_pairs,
)
from mbl.solvers.methods import BLOCK, choose_method, krylov_vectors

SMALL_BLOCK, SMALL_BLOCK_BELOW = 4, 1500
TOLERANCE = 1e-8  # of residuals, in units of H
NEAREST = 1e-7  # of the width: a level nearer to the shift would cost more digits than there are
NUDGE = 1e-6  # of the spectrum's width, where a shift lies on a level
ATTEMPTS = 3


class WindowError(ArithmeticError):
    """The window could not be certified: levels are missing or were counted twice."""


@dataclass(frozen=True)
class MidSpectrum:
    """Eigenpairs nearest the centre of one spectrum.

    Attributes
    ----------
    energies
        Ascending, shape (k,).
    vectors
        One a row, shape (k, N).
    residuals
        ‖H v − E v‖ of each pair, shape (k,).
    energy_min, energy_max
        The edges of the spectrum.
    shift
        Where H − E was factorised: the centre, or a nudge beside it; the centre without a factor.
    counted
        Levels between the edges of the window by inertia, or None where nothing was counted. A
        window diagonalised whole needs no count: k.
    """

    energies: Floats
    vectors: Floats
    residuals: Floats
    energy_min: float
    energy_max: float
    shift: float
    counted: int | None


def central_eigenpairs(
    H: sp.csr_array, count: int, operator: ShiftInvert | None, *, certify: bool, seed: int = 0
) -> MidSpectrum:
    """Eigenpairs nearest (E_min + E_max)/2.

    Parameters
    ----------
    H
        Real symmetric, shape (N, N).
    count
        Number of pairs k ≤ N.
    operator
        Shift-invert for the structure of H; keeps its analysis between realisations. None is the
        filtered iteration, which needs no factor.
    certify
        Count the levels in the window by inertia, at two more factorisations.
    seed
        Of the start vectors; the result does not depend on it beyond rounding.

    Raises
    ------
    ValueError
        Where k exceeds N, or a certificate is wanted without a factor.
    WindowError
        Where the count differs from k after the search was widened, or Lanczos does not converge.
    MemoryLimitError
        Where the factor would outgrow the operator's limit; before it is computed.
    """
    size = H.shape[0]
    if not 0 < count <= size:
        raise ValueError(f"{count} states are wanted of a spectrum of {size}; take 1 … {size}")
    if choose_method(size) == "dense":
        return _dense(H, count)
    low, high = _edges(H)
    if operator is None:
        return _filtered(H, count, low, high, certify, seed)
    operator.prepare(H)
    centre, width = 0.5 * (low + high), high - low
    extra = 0
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng([seed, attempt])
        shift, energies, vectors = _near(operator, centre, width, count + extra, rng)
        nearest = np.sort(np.argsort(np.abs(energies - centre))[:count])
        energies, vectors = energies[nearest], operator.restore(vectors[nearest])
        counted = _count(operator, energies, width) if certify else None
        if len(energies) == count and counted in (None, count):
            residuals = _residuals(H, energies, vectors)
            return MidSpectrum(energies, vectors, residuals, low, high, shift, counted)
        extra += max(2, count // 4)
    raise WindowError(
        f"{len(energies)} levels were found where the inertia counts {counted}, in {ATTEMPTS} "
        "searches; the window holds levels closer than the tolerance, or H is not symmetric"
    )


def _residuals(H: sp.csr_array, energies: Floats, vectors: Floats) -> Floats:
    """‖H v − E v‖ of every pair; refused where one is far beyond the tolerance."""
    residuals: Floats = np.linalg.norm(H @ vectors.T - vectors.T * energies, axis=0)
    if residuals.max() > 10 * TOLERANCE:
        raise WindowError(f"a residual is {residuals.max():.1e}; the factor lost its digits")
    return residuals


def _dense(H: sp.csr_array, count: int) -> MidSpectrum:
    """The same from all eigenpairs."""
    energies, vectors = scipy.linalg.eigh(H.toarray(), driver="evd", check_finite=False)
    low, high = float(energies[0]), float(energies[-1])
    centre = 0.5 * (low + high)
    nearest = np.sort(np.argsort(np.abs(energies - centre), kind="stable")[:count])
    energies, rows = energies[nearest], np.ascontiguousarray(vectors[:, nearest].T)
    residuals = np.linalg.norm(H @ rows.T - rows.T * energies, axis=0)
    return MidSpectrum(energies, rows, residuals, low, high, centre, count)


def _filtered(
    H: sp.csr_array, count: int, low: float, high: float, certify: bool, seed: int
) -> MidSpectrum:
    """The same without a factor, and so without a count."""
    if certify:
        raise ValueError("the filtered iteration has no factor that could certify the window")
    centre = 0.5 * (low + high)
    try:
        energies, vectors = filtered_pairs(
            H, centre, count, (low, high), np.random.default_rng(seed)
        )
    except (NotConvergedError, FilterError) as error:
        raise WindowError(f"the filtered iteration failed: {error}") from error
    residuals = _residuals(H, energies, vectors)
    return MidSpectrum(energies, vectors, residuals, low, high, centre, None)


def _edges(H: sp.csr_array) -> tuple[float, float]:
    """Lowest and highest level, by one Lanczos run; their error is quadratic in its tolerance."""
    size = H.shape[0]
    start = np.random.default_rng(0).standard_normal(size)
    ends = eigsh(
        H, k=2, which="BE", ncv=min(40, size), return_eigenvectors=False, v0=start, tol=1e-6
    )
    return float(ends.min()), float(ends.max())


def _near(
    operator: ShiftInvert, centre: float, width: float, count: int, rng: np.random.Generator
) -> tuple[float, Floats, Floats]:
    """Shift at the centre, or as near as no level is too near, and the pairs nearest to it."""
    for attempt in range(ATTEMPTS):
        shift = centre + attempt * NUDGE * width
        try:
            operator.factorise(shift)
            return shift, *_lanczos(operator, shift, count, width, rng)
        except (SingularShiftError, EigenvalueTooLargeError):
            continue
    raise WindowError(f"H − E stays singular around {centre}: the level is degenerate")


def _lanczos(
    operator: ShiftInvert, shift: float, count: int, width: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Pairs nearest a shift, ascending; vectors one a row."""
    H = operator.matrix
    size = H.shape[0]
    block = SMALL_BLOCK if size < SMALL_BLOCK_BELOW else BLOCK
    try:
        values, vectors = largest_pairs(
            operator.solve,
            inverse_residuals(lambda rows: (H @ rows.T).T - shift * rows),
            size,
            count,
            block=block,
            first_check=krylov_vectors(count, block),
            tolerance=TOLERANCE,
            largest=1 / (NEAREST * width),
            rng=rng,
        )
    except NotConvergedError as error:
        raise WindowError(f"Lanczos did not converge: {error}") from error
    energies = shift + 1.0 / values
    ascending = np.argsort(energies)
    return energies[ascending], vectors[ascending]


def _count(operator: ShiftInvert, energies: Floats, width: float) -> int:
    """Levels in the window by inertia: those below its upper edge less those below its lower."""
    margin = 10 * TOLERANCE
    below = []
    for edge, outwards in ((energies[0], -1.0), (energies[-1], 1.0)):
        for attempt in range(ATTEMPTS):
            try:
                below.append(
                    operator.factorise(edge + outwards * (margin + attempt * NUDGE * width))
                )
            except SingularShiftError:
                continue
            break
        else:
            raise WindowError(f"H − E stays singular at the edge {edge} of the window")
    return below[1] - below[0]
