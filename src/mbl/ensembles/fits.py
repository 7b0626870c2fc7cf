"""Fits to means at several distances, and the jackknife (colmenarez2023, Figs. 5, 9 and eq. 6).

The means at all distances are over the same realisations: they move together, and what a fit makes
of them rests on their covariance (`mbl.ensembles.estimates.covariance`).
"""

import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from scipy.linalg import solve_triangular
from scipy.optimize import OptimizeWarning, approx_fprime, curve_fit

from mbl.avalanche import avalanche_purity
from mbl.ensembles.lines import Misfit
from mbl.hilbert import Floats

LENGTHS = (0.1, 50.0)  # range of fitted lengths in sites: from no site to beyond any chain here
TRIAL_LENGTHS = np.geomspace(*LENGTHS, 300)  # eq. 6 has narrow minima where it is well measured
PROFILE_LENGTHS = np.geomspace(*LENGTHS, 5000)

Outcome = Literal[
    "converged", "at a bound", "too few points", "too few realisations", "undetermined"
]


@dataclass(frozen=True)
class Means:
    """Means of several numbers over the same realisations.

    Attributes
    ----------
    value
        Shape (points,).
    covariance
        Of the means, shape (points, points).
    count
        Number of realisations that it is estimated from.
    """

    value: Floats
    covariance: Floats
    count: int

    @property
    def error(self) -> Floats:
        """Their standard errors."""
        return np.sqrt(np.diag(self.covariance))

    @cached_property
    def _whitening(self) -> Floats:
        """Matrix that makes the means independent."""
        factor = np.linalg.cholesky(self.covariance)
        inverse: Floats = solve_triangular(factor, np.eye(len(factor)), lower=True)
        return inverse

    def whitened(self, columns: Floats) -> Floats:
        """Columns, shape (points, …), in units in which the means are independent with error 1."""
        white: Floats = self._whitening @ columns
        return white

    def inflation(self, chi2: float, freedom: int) -> float:
        """By how much the square of a fit's error is larger, as the covariance is estimated too.

        A weighted fit errs by Student's t with realisations − 1 − freedom degrees of freedom, the
        wider the worse it fits (Rao, Biometrika 46, 49).
        """
        return (self.count - 1 + chi2) / (self.count - 1 - freedom)


@dataclass(frozen=True)
class Fit(Misfit):
    """Least-squares fit with the full covariance of the points.

    Attributes
    ----------
    chi2, freedom, realisations
        As `Misfit` has them.
    value, error
        Parameters and their standard errors by name; NaN where there is no fit.
    residual, residual_error
        Means less model, and how far chance alone moves them, shape (points,).
    outcome
        "at a bound" where a parameter sits at an end of its range: its error means little then.
    """

    value: dict[str, float]
    error: dict[str, float]
    residual: Floats
    residual_error: Floats
    outcome: Outcome


def fit_exponential(distance: Floats, means: Means) -> Fit:
    """Fit γ₀ + A e^{−i/ξ} (Fig. 9).

    Parameters
    ----------
    distance
        i, shape (points,).
    means
        γ̄_XXZ − γ̄ᵢ.

    Returns
    -------
    Fit
        Of "asymptote" γ₀, "amplitude" A and "length" ξ in sites, ξ within `LENGTHS`.
    """

    def model(i: Floats, asymptote: float, amplitude: float, length: float) -> Floats:
        curve: Floats = asymptote + amplitude * np.exp(-i / length)
        return curve

    def best_at(length: float) -> tuple[float, ...]:
        asymptote, _, amplitude, _ = _line(np.exp(-np.asarray(distance) / length), means)
        return float(asymptote), float(amplitude), length

    bounds = ((-np.inf, -np.inf, LENGTHS[0]), (np.inf, np.inf, LENGTHS[1]))
    return _fit(model, ("asymptote", "amplitude", "length"), best_at, bounds, distance, means)


def asymptote_interval(
    distance: Floats, means: Means, deviations: float = 1.0
) -> tuple[float, float]:
    """Interval of γ₀ in γ₀ + A e^{−i/ξ} from the profile of χ² (Fig. 9).

    Every γ₀ that some A and some ξ within `LENGTHS` fit with χ² ≤ χ²_min + deviations², the latter
    the larger the fewer realisations there are (`Means.inflation`). Decay over a length beyond the
    data looks like a constant: then γ₀ is far less certain than its error from the covariance says,
    and whether it differs from zero is for this interval to tell.

    Parameters
    ----------
    distance, means
        As for `fit_exponential`.
    deviations
        Number of standard deviations; 1 covers about 68 %, 2 about 95 %.

    Returns
    -------
    low, high
        NaN for fewer than three points, and for no more realisations than points.
    """
    points = len(distance)
    if points < 3 or means.count <= points:
        return np.nan, np.nan
    asymptote, error, _, chi2 = _line(np.exp(-distance / PROFILE_LENGTHS[:, None]), means)
    allowed = deviations**2 * means.inflation(chi2.min(), points - 3)
    left = chi2.min() + allowed - chi2
    kept = left >= 0
    # At one length, χ² is a parabola in γ₀ whose width is the error of a linear fit.
    width = np.sqrt(left[kept]) * error[kept]
    return float((asymptote[kept] - width).min()), float((asymptote[kept] + width).max())


def avalanche_response(
    distance: Floats, probability: float, isolated_purity: float, length: float, **chain: int
) -> Floats:
    """γ̄_XXZ − γ̄ᵢ by eq. 6, capped; `chain` holds the `bubble_size` and L of `avalanche_purity`."""
    purity = avalanche_purity(
        distance,
        probability=probability,
        localization_length=length,
        isolated_purity=isolated_purity,
        **chain,
    )
    return isolated_purity - purity


def fit_avalanche(distance: Floats, means: Means, bubble_size: int, L: int) -> Fit:
    """Fit the avalanche theory of eq. 6 to the response at several distances from the bubble.

    Parameters
    ----------
    distance
        i, shape (points,).
    means
        γ̄_XXZ − γ̄ᵢ at these distances and, as the last of points + 1 numbers, γ̄_XXZ: it enters eq. 6
        and has an error of its own, so that it is fitted along.
    bubble_size, L
        n_GOE and number of sites.

    Returns
    -------
    Fit
        Of "probability" p within [0, 1], "isolated_purity" γ̄_XXZ and "localization_length" ξ in
        sites, within `LENGTHS`.
    """

    def model(i: Floats, probability: float, isolated_purity: float, length: float) -> Floats:
        response = avalanche_response(
            i, probability, isolated_purity, length, bubble_size=bubble_size, L=L
        )
        return np.append(response, isolated_purity)

    def best_at(length: float) -> tuple[float, ...]:
        isolated = min(max(float(means.value[-1]), 0.5), 1.0)
        curves = [model(distance, probability, isolated, length) for probability in (0.0, 1.0)]
        never, always, y = means.whitened(np.stack([*curves, means.value], axis=-1)).T
        step = always - never
        norm = step @ step
        probability = np.clip(step @ (y - never) / norm, 0, 1) if norm > 0 else 0.5
        return float(probability), isolated, length

    bounds = ((0.0, 0.5, LENGTHS[0]), (1.0, 1.0, LENGTHS[1]))
    names = ("probability", "isolated_purity", "localization_length")
    return _fit(model, names, best_at, bounds, distance, means)


def _line(x: Floats, means: Means) -> tuple[Floats, Floats, Floats, Floats]:
    """Fit of a + b x with the full covariance: a, its error, b, and χ²; several x lead."""
    one = means.whitened(np.ones(len(means.value)))
    y, slope = means.whitened(means.value), means.whitened(x.T).T
    ones, mixed, squares = one @ one, slope @ one, np.square(slope).sum(axis=-1)
    scale = ones * squares - mixed**2
    a = (squares * (one @ y) - mixed * (slope @ y)) / scale
    b = (ones * (slope @ y) - mixed * (one @ y)) / scale
    residual = y - a[..., None] * one - b[..., None] * slope
    return a, np.sqrt(squares / scale), b, np.square(residual).sum(axis=-1)


def _fit(
    model: Callable[..., Floats],
    names: Sequence[str],
    best_at: Callable[[float], tuple[float, ...]],
    bounds: tuple[tuple[float, ...], tuple[float, ...]],
    x: Floats,
    means: Means,
) -> Fit:
    """Least squares from every trial length at which χ² has a local minimum.

    `best_at` solves for all parameters but the length, their last, so that the scan over lengths
    sees every minimum and the iteration only polishes them.
    """
    points = len(means.value)
    freedom = points - len(names)

    def nothing(outcome: Outcome) -> Fit:
        unknown, nowhere = dict.fromkeys(names, np.nan), np.full(points, np.nan)
        return Fit(np.nan, freedom, means.count, unknown, unknown, nowhere, nowhere, outcome)

    if freedom < 0:
        return nothing("too few points")
    if means.count <= points:
        return nothing("too few realisations")

    def chi2(parameters: Sequence[float]) -> float:
        return float(np.square(means.whitened(means.value - model(x, *parameters))).sum())

    trials = [best_at(length) for length in TRIAL_LENGTHS]
    profile = np.array([np.inf, *map(chi2, trials), np.inf])
    (minima,) = np.nonzero((profile[1:-1] < profile[:-2]) & (profile[1:-1] <= profile[2:]))
    found = []
    for start in minima:
        # Unlike the default method, dogbox ends on a bound where one is active.
        with warnings.catch_warnings(), suppress(RuntimeError, OptimizeWarning):
            warnings.simplefilter("error", OptimizeWarning)  # a singular covariance
            best, covariance = curve_fit(
                model, x, means.value, trials[start], means.covariance, absolute_sigma=True,
                bounds=bounds, method="dogbox",
            )  # fmt: skip
            found.append((chi2(best), best, covariance))
    if not found:
        return nothing("undetermined")
    least, best, covariance = min(found, key=lambda one: one[0])
    error = np.sqrt(np.diag(covariance) * means.inflation(least, freedom))
    # The pseudo-inverse gives no error at all to a parameter that changes nothing.
    if not error.all():
        return nothing("undetermined")
    slopes = approx_fprime(best, lambda parameters: model(x, *parameters))
    apart = np.diag(means.covariance - slopes @ covariance @ slopes.T)
    bounded = np.isclose(best, bounds, rtol=1e-6, atol=1e-12).any()
    return Fit(
        least,
        freedom,
        means.count,
        dict(zip(names, best.tolist(), strict=True)),
        dict(zip(names, error.tolist(), strict=True)),
        means.value - model(x, *best),
        np.sqrt(np.maximum(apart, 0)),  # none where a point is met whatever it is
        "at a bound" if bounded else "converged",
    )


def jackknife(
    statistic: Callable[[Floats], Floats], realisations: Floats, groups: int = 100
) -> tuple[Floats, Floats]:
    """A statistic of pooled realisations and its standard error over realisations.

    Eigenstates of one realisation are correlated: one realisation is left out at a time, or one of
    `groups` groups of them where there are more. Groups may differ in size by one, and are weighted
    accordingly (Busing, Meijer and van der Leeden, Stat. Comput. 9, 3).

    Parameters
    ----------
    statistic
        Function of any number of realisations, such as `mbl.spectral.purity_correlation`.
    realisations
        Shape (realisations, …).
    groups
        Largest number of evaluations.

    Returns
    -------
    value, error
        Of the statistic's shape; the error is NaN for a single realisation.
    """
    count = len(realisations)
    value = np.asarray(statistic(realisations))
    if count < 2:
        return value, np.full_like(value, np.nan)
    parts = np.array_split(np.arange(count), min(groups, count))
    without = np.stack([statistic(np.delete(realisations, part, axis=0)) for part in parts])
    fold = np.array([count / len(part) for part in parts]).reshape(-1, *[1] * value.ndim)
    pseudo = fold * value - (fold - 1) * without
    centre = (pseudo / fold).sum(axis=0)
    error: Floats = np.sqrt((np.square(pseudo - centre) / (fold - 1)).mean(axis=0))
    return value, error
