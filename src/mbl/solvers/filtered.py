"""Eigenpairs nearest an energy without a factor: Lanczos on a polynomial of H.

The filter is the Chebyshev series of a delta function at the wanted energy, cut at order K
(Sierant, Lewenstein, Zakrzewski, Phys. Rev. Lett. 125, 156601 (2020)): high at the energy, falling
to both sides, and small beyond. It takes K products with H where shift-invert takes one solve, and
no memory beside the vectors.
"""

from functools import partial

import numpy as np
import scipy.sparse as sp
from scipy.optimize import brentq

from mbl.hilbert import Floats
from mbl.solvers.factorization import narrow
from mbl.solvers.lanczos import largest_pairs, residuals
from mbl.solvers.methods import FILTER_BLOCK

BUFFER = 6  # pairs beyond those wanted: the outermost one mixes with what lies outside
EDGE = 0.3  # value of the filter where the wanted window should end
SIDELOBES = (-0.2173, 0.1284)  # extrema of the cut delta function beyond its peak, of a peak of 1
MOMENTS, SAMPLES = 128, 8  # of the density of states: a few percent
NARROWER = 0.75  # change of the order where the density was overestimated
ATTEMPTS = 4
TOLERANCE = 1e-12  # of the residual of the filter, whose norm is 1
PADDING = 1.001  # of the spectrum's width, so that rounding leaves no level outside [−1, 1]


class FilterError(ArithmeticError):
    """The filter's peak never held all the pairs that were wanted."""


def filtered_pairs(
    H: sp.csr_array,
    energy: float,
    count: int,
    edges: tuple[float, float],
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Eigenpairs nearest an energy inside the spectrum.

    Parameters
    ----------
    H
        Real symmetric, shape (N, N).
    energy, count
        Where, and how many.
    edges
        Lowest and highest level.
    rng
        For the start vectors and for the density of states.

    Returns
    -------
    energies, vectors
        Ascending, shape (count,), and one a row, shape (count, N).

    Raises
    ------
    NotConvergedError
        Where Lanczos does not converge.
    FilterError
        Where the density of states was misjudged in every attempt.
    """
    size = H.shape[0]
    wanted = min(count + BUFFER, size)
    middle, half = 0.5 * (edges[0] + edges[1]), 0.5 * PADDING * (edges[1] - edges[0])
    scaled = narrow(((H - middle * sp.eye_array(size, format="csr")) / half).tocsr())
    target = (energy - middle) / half
    reach = 0.5 * wanted / (size * density_of_states(scaled, target, rng))
    order = filter_order(target, reach)
    for _ in range(ATTEMPTS):
        series = delta_series(target, order)
        # The lobes of both signs are made equally high: the largest moduli are then the peak's.
        series[0] -= 0.5 * sum(SIDELOBES)
        values, vectors = largest_pairs(
            partial(chebyshev_sum, scaled, series),
            residuals,
            size,
            wanted,
            block=FILTER_BLOCK,
            first_check=int(2.3 * wanted + 6 * FILTER_BLOCK),
            tolerance=TOLERANCE,
            rng=rng,
        )
        if values.min() > 1.1 * 0.5 * (SIDELOBES[1] - SIDELOBES[0]):
            break
        order = max(2, int(NARROWER * order))
    else:
        raise FilterError(f"an order of {order} still leaves no room for {wanted} pairs")
    # Levels at equal distances on both sides share a value of the filter: H tells them apart.
    energies, rotation = np.linalg.eigh(vectors @ (H @ vectors.T))
    nearest = np.sort(np.argsort(np.abs(energies - energy))[:count])
    return energies[nearest], rotation[:, nearest].T @ vectors


def delta_series(target: float, order: int) -> Floats:
    """Chebyshev coefficients of a delta function at x, cut at an order, with a peak of 1."""
    n = np.arange(order + 1)
    series = (2.0 - (n == 0)) * np.cos(n * np.arccos(target))
    peak: Floats = series / (series @ np.cos(n * np.arccos(target)))
    return peak


def filter_order(target: float, reach: float) -> int:
    """Order at which the filter falls to `EDGE` at a distance from its target.

    Near the target the filter is sin(K φ)/(K φ), φ the distance in angle arccos x.
    """
    phase = brentq(lambda u: np.sinc(u / np.pi) - EDGE, 1e-6, np.pi)
    return max(4, int(phase * np.sqrt(1 - target**2) / reach))


def chebyshev_sum(scaled: sp.csr_array, series: Floats, rows: Floats) -> Floats:
    """Σ cₙ Tₙ(H) on vectors, one a row, for H with its spectrum in [−1, 1]."""
    doubled = 2.0 * scaled
    before = np.ascontiguousarray(rows.T)
    now = scaled @ before
    total = series[0] * before + series[1] * now
    for coefficient in series[2:]:
        before *= -1.0
        before += doubled @ now
        before, now = now, before
        if abs(coefficient) > 1e-15:  # at the very centre every second one vanishes
            total += coefficient * now
    return np.ascontiguousarray(total.T)


def density_of_states(scaled: sp.csr_array, target: float, rng: np.random.Generator) -> float:
    """Levels per unit of x at x, of a total of 1, by the kernel polynomial method.

    Moments of random vectors, with Jackson's kernel (Weiße et al., Rev. Mod. Phys. 78, 275 (2006)).
    """
    size = scaled.shape[0]
    start = rng.choice([-1.0, 1.0], size=(size, SAMPLES))
    before, now = start, scaled @ start
    moments = [1.0, float(np.vdot(start, now)) / start.size]
    for _ in range(MOMENTS - 2):
        before, now = now, 2.0 * (scaled @ now) - before
        moments.append(float(np.vdot(start, now)) / start.size)
    n, turn = np.arange(MOMENTS), np.pi / (MOMENTS + 1)
    kernel = (MOMENTS - n + 1) * np.cos(n * turn) + np.sin(n * turn) / np.tan(turn)
    terms = (2.0 - (n == 0)) * kernel / (MOMENTS + 1) * moments * np.cos(n * np.arccos(target))
    density = float(terms.sum() / (np.pi * np.sqrt(1 - target**2)))
    return float(max(density, 1.0 / size))
