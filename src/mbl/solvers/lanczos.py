"""Block Lanczos iteration with full reorthogonalisation."""

from collections.abc import Callable

import numpy as np
import scipy.linalg

from mbl.hilbert import Floats

CANCELLED = 1e-3  # of a vector's norm left by orthogonalisation: too little to be orthogonal


class NotConvergedError(ArithmeticError):
    """Not all pairs had converged when the Krylov space was as large as allowed."""


class EigenvalueTooLargeError(ArithmeticError):
    """The operator has an eigenvalue beyond the limit that was set."""


def _eigh(matrix: Floats) -> tuple[Floats, Floats]:
    """Eigenpairs of a matrix that is symmetric up to rounding."""
    values, states = scipy.linalg.eigh(0.5 * (matrix + matrix.T), driver="evd", check_finite=False)
    return values, states


def _triangle(rows: Floats) -> tuple[Floats, Floats]:
    """Orthonormal rows Q and upper triangle R with the given rows = Rᵀ Q."""
    try:
        R = scipy.linalg.cholesky(rows @ rows.T)
        return np.linalg.inv(R).T @ rows, R  # a product: a triangular solve copies all rows
    except np.linalg.LinAlgError:  # nearly dependent rows: slower, but at home with them
        Q, R = scipy.linalg.qr(rows.T, mode="economic")
        return np.ascontiguousarray(Q.T), R


def _orthonormal(rows: Floats, basis: Floats) -> tuple[Floats, Floats]:
    """Orthonormalise rows among themselves and once more against a basis; as `_triangle`."""
    rows, R = _triangle(rows)
    rows -= (basis @ rows.T).T @ basis
    rows, again = _triangle(rows)
    return rows, again @ R


def residuals(following: Floats, coefficients: Floats, values: Floats) -> Floats:
    """‖A y − θ y‖ of pairs, in the terms of `largest_pairs`."""
    norms: Floats = np.linalg.norm(coefficients, axis=0)
    return norms


def inverse_residuals(
    inverse: Callable[[Floats], Floats],
) -> Callable[[Floats, Floats, Floats], Floats]:
    """‖A⁻¹ y − y/θ‖ = ‖A⁻¹ Fᵀ c/θ‖ of pairs, exactly, at one product of A⁻¹ with a block."""

    def errors(following: Floats, coefficients: Floats, values: Floats) -> Floats:
        left = inverse(following).T @ coefficients
        norms: Floats = np.linalg.norm(left, axis=0) / np.abs(values)
        return norms

    return errors


def largest_pairs(
    apply: Callable[[Floats], Floats],
    errors: Callable[[Floats, Floats, Floats], Floats],
    size: int,
    count: int,
    *,
    block: int,
    first_check: int,
    tolerance: float,
    largest: float = np.inf,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Eigenpairs of largest modulus of a symmetric operator.

    Parameters
    ----------
    apply
        The operator A on vectors, one a row, shape (block, size).
    errors
        Errors of pairs from A Y = Y θ + Fᵀ C: called with F, the rows that follow the Krylov space,
        shape (block, size); C, shape (block, count); and θ, shape (count,). `residuals` is the
        plain one, `inverse_residuals` makes that of A⁻¹.
    size, count
        Dimension, and number of pairs wanted.
    block
        Vectors a step.
    first_check
        Number of Krylov vectors before convergence is looked at.
    tolerance
        Of the errors.
    largest
        Modulus beyond which no eigenvalue of A is trusted.
    rng
        For the start.

    Returns
    -------
    values, vectors
        Shapes (count,) and (count, size), by decreasing modulus.

    Raises
    ------
    EigenvalueTooLargeError
        Where an eigenvalue passes ``largest``; it shows after few steps.
    NotConvergedError
        Where 7 count vectors (at least 40 blocks, at most all) do not suffice.
    """
    most = min(max(7 * count, 40 * block), size - block)
    basis = np.empty((most + block, size))
    start = rng.standard_normal((block, size))
    basis[:block] = _orthonormal(start, np.zeros((0, size)))[0]
    projected = np.zeros((most + block, most + block))
    filled, check = block, 2 * block
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
            values, states = _eigh(projected[:filled, :filled])
            if np.abs(values).max() > largest:
                raise EigenvalueTooLargeError(f"an eigenvalue is {np.abs(values).max():.1e}")
            check = max(first_check, filled + block)
            if filled >= first_check or full:
                chosen = np.argsort(-np.abs(values))[:count]
                error = errors(following, R @ states[last][:, chosen], values[chosen]).max()
                if len(chosen) == count and error < tolerance:
                    return values[chosen], states[:, chosen].T @ basis[:filled]
                if full:
                    raise NotConvergedError(f"{filled} vectors left an error of {error:.1e}")
        basis[filled : filled + block] = following
        filled += block
