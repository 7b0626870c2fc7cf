"""Polynomials through means that share their realisations, with honest errors and goodness of fit.

Points of one curve are means over the same realisations: they move together. Their covariance, from
the rows, gives the errors of a fit's parameters and tells whether the curve describes them.
"""

from dataclasses import dataclass

import numpy as np
import xarray as xr
from scipy.stats import f as f_distribution

from mbl.ensembles.estimates import Estimate, covariance
from mbl.hilbert import Floats

REJECTED = 0.0455  # a fit is rejected where chance alone is worse this rarely: two deviations


@dataclass(frozen=True)
class Misfit:
    """How far means lie from a curve that is fitted to them.

    Attributes
    ----------
    chi2, freedom
        Least χ² with the full covariance of the points, and its degrees of freedom.
    realisations
        How many the covariance is estimated from.
    """

    chi2: float
    freedom: int
    realisations: int

    @property
    def p_value(self) -> float:
        """Probability of a larger χ² by chance, from Hotelling's distribution.

        NaN where there are too few realisations or no degrees of freedom.
        """
        rest = self.realisations - self.freedom
        if self.freedom < 1 or rest < 1:
            return np.nan
        ratio = self.chi2 * rest / (self.freedom * (self.realisations - 1))
        return float(f_distribution.sf(ratio, self.freedom, rest))

    @property
    def rejected(self) -> bool:
        """Whether the points are not described by such a curve."""
        return self.p_value < REJECTED

    @property
    def goodness(self) -> str:
        """In words: ``χ² 3.1 for 4 degrees of freedom``."""
        return f"χ² {self.chi2:.2g} for {self.freedom} degrees of freedom"


@dataclass(frozen=True)
class Polynomial(Misfit):
    """A polynomial fitted to means; `coefficients` of x⁰, x¹, …."""

    coefficients: tuple[Estimate, ...]


def fit_polynomial(
    x: Floats, points: xr.DataArray, degree: int = 1, *, logarithm: bool = False
) -> Polynomial:
    """Fit a polynomial to the means of rows.

    Parameters
    ----------
    x
        Abscissas, shape (points,).
    points
        One number for each realisation and point; realisations that lack one do not count.
    degree
        Of the polynomial.
    logarithm
        Whether to fit the logarithms of the means, whose covariance follows to first order.

    Returns
    -------
    Polynomial
        Each point counts by its own error alone, which keeps the curve among the points where they
        are strongly correlated; the errors of the coefficients and χ² take the full covariance.

    Raises
    ------
    LackingError
        Of fewer than two realisations that have all points.
    """
    y, spread, count = covariance(points)
    if logarithm:
        y, spread = np.log(y), spread / np.outer(y, y)
    powers = np.vander(np.asarray(x, dtype=float), degree + 1, increasing=True)
    weights = 1 / np.sqrt(np.diag(spread))
    solve = np.linalg.pinv(powers * weights[:, None]) * weights
    value, error = solve @ y, np.sqrt(np.diag(solve @ spread @ solve.T))
    coefficients = tuple(Estimate(*pair, count) for pair in zip(value, error, strict=True))
    freedom = len(y) - powers.shape[1]
    return Polynomial(_chi2(y, spread, powers, count), freedom, count, coefficients)


def _chi2(y: Floats, spread: Floats, powers: Floats, count: int) -> float:
    """Least χ² with the full covariance, NaN where that is not known."""
    if len(y) == powers.shape[1] or count <= len(y):
        return np.nan
    # What no polynomial of this degree reaches: the complement of the columns of `powers`.
    beyond = np.linalg.qr(powers, mode="complete")[0][:, powers.shape[1] :].T
    left = beyond @ y
    return float(left @ np.linalg.solve(beyond @ spread @ beyond.T, left))
