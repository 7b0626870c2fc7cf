"""Block Lanczos iteration with full reorthogonalisation."""

from collections.abc import Callable

import numpy as np
import scipy.linalg

from mbl.hilbert import Floats

CANCELLED = 1e-3  # of a vector's norm left by orthogonalisation: too little to be orthogonal


class NotConvergedError(ArithmeticError):
    """Not all pairs had converged when the Krylov space was as large as allowed."""


def _triangle(rows: Floats) -> tuple[Floats, Floats]:
    """Orthonormal rows Q and upper triangle R with the given rows = Rᵀ Q."""
    try:
        R = scipy.linalg.cholesky(rows @ rows.T)
        return scipy.linalg.solve_triangular(R, rows, trans="T"), R
    except np.linalg.LinAlgError:  # nearly dependent rows: slower, but at home with them
        Q, R = scipy.linalg.qr(rows.T, mode="economic")
        return np.ascontiguousarray(Q.T), R


def _orthonormal(rows: Floats, basis: Floats) -> tuple[Floats, Floats]:
    """Orthonormalise rows among themselves and once more against a basis; as `_triangle`."""
    rows, R = _triangle(rows)
    rows -= (basis @ rows.T).T @ basis
    rows, again = _triangle(rows)
    return rows, again @ R


def largest_pairs(
    apply: Callable[[Floats], Floats],
    size: int,
    count: int,
    *,
    block: int,
    first_check: int,
    error_scale: float,
    tolerance: float,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Eigenpairs of largest modulus of a symmetric operator.

    Parameters
    ----------
    apply
        The operator on vectors, one a row, shape (block, size).
    size, count
        Dimension, and number of pairs wanted.
    block
        Vectors a step.
    first_check
        Number of Krylov vectors before convergence is looked at.
    error_scale, tolerance
        A pair (θ, y) has converged where error_scale ‖A y − θ y‖ / |θ| < tolerance. With A the
        inverse of H − E and error_scale its norm ‖H − E‖, that bounds the residual of H.
    rng
        For the start.

    Returns
    -------
    values, vectors
        Shapes (count,) and (count, size), by decreasing modulus.

    Raises
    ------
    NotConvergedError
        Where 7 count vectors (at least 40 blocks, at most all) do not suffice.
    """
    most = min(max(7 * count, 40 * block), size - block)
    basis = np.empty((most + block, size))
    start = rng.standard_normal((block, size))
    basis[:block] = _orthonormal(start, np.zeros((0, size)))[0]
    projected = np.zeros((most + block, most + block))
    filled, check = block, first_check
    while True:
        last = slice(filled - block, filled)
        image = apply(basis[last])
        before = np.linalg.norm(image, axis=1)
        overlap = basis[:filled] @ image.T
        image -= overlap.T @ basis[:filled]
        if (np.linalg.norm(image, axis=1) < CANCELLED * before).any():
            again = basis[:filled] @ image.T
            image -= again.T @ basis[:filled]
            overlap += again
        projected[:filled, last] = overlap
        projected[last, :filled] = overlap.T
        following, R = _orthonormal(image, basis[max(0, filled - 2 * block) : filled])
        full = filled + block > most
        if filled >= check or full:
            inside = projected[:filled, :filled]
            values, states = scipy.linalg.eigh(
                0.5 * (inside + inside.T), driver="evd", check_finite=False
            )
            chosen = np.argsort(-np.abs(values))[:count]
            left = np.linalg.norm(R @ states[last][:, chosen], axis=0)
            error = error_scale * (left / np.abs(values[chosen])).max()
            if len(chosen) == count and error < tolerance:
                return values[chosen], states[:, chosen].T @ basis[:filled]
            if full:
                raise NotConvergedError(f"{filled} vectors left an error of {error:.1e}")
            check = filled + max(block, count // 6)
        basis[filled : filled + block] = following
        filled += block
