"""Fits, crossings and resampling errors (colmenarez2023, Figs. 2, 5, 9 and eq. 6)."""

import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.integrate import cumulative_trapezoid
from scipy.optimize import OptimizeWarning, curve_fit

from mbl.avalanche import avalanche_purity
from mbl.hilbert import Floats

LENGTHS = (0.1, 50.0)  # range of fitted lengths in sites: from no site to beyond any chain here
TRIAL_LENGTHS = np.geomspace(*LENGTHS, 60)
PROFILE_LENGTHS = np.geomspace(*LENGTHS, 5000)

Outcome = Literal["converged", "at a bound", "too few points", "undetermined"]


@dataclass(frozen=True)
class Fit:
    """Weighted least-squares fit.

    Attributes
    ----------
    value, error
        Parameters and their standard errors by name, from the covariance at absolute errors of the
        data; NaN where the outcome is "too few points" or "undetermined".
    chi2
        Σ (data − model)² / error².
    freedom
        Number of points less number of parameters.
    outcome
        "at a bound" where a parameter sits at an end of its range: its error means little then.
    """

    value: dict[str, float]
    error: dict[str, float]
    chi2: float
    freedom: int
    outcome: Outcome

    @property
    def reduced_chi2(self) -> float:
        """χ² per degree of freedom, NaN without any."""
        return self.chi2 / self.freedom if self.freedom > 0 else np.nan


def fit_exponential(distance: Floats, value: Floats, error: Floats) -> Fit:
    """Fit γ₀ + A e^{−i/ξ} (Fig. 9).

    Parameters
    ----------
    distance, value, error
        i, γ̄_XXZ − γ̄ᵢ and its standard error, shape (points,). Points without a finite value and a
        positive finite error do not count.

    Returns
    -------
    Fit
        Of "asymptote" γ₀, "amplitude" A and "length" ξ in sites, ξ within `LENGTHS`.
    """

    def model(i: Floats, asymptote: float, amplitude: float, length: float) -> Floats:
        curve: Floats = asymptote + amplitude * np.exp(-i / length)
        return curve

    def best_at(length: float, i: Floats, y: Floats, sigma: Floats) -> tuple[float, ...]:
        asymptote, _, amplitude, _ = _line(np.exp(-i / length), y, sigma)
        return float(asymptote), float(amplitude), length

    bounds = ((-np.inf, -np.inf, LENGTHS[0]), (np.inf, np.inf, LENGTHS[1]))
    names = ("asymptote", "amplitude", "length")
    return _fit(model, names, best_at, bounds, distance, value, error)


def asymptote_interval(
    distance: Floats, value: Floats, error: Floats, deviations: float = 1.0
) -> tuple[float, float]:
    """Interval of γ₀ in γ₀ + A e^{−i/ξ} from the profile of χ² (Fig. 9).

    Every γ₀ that some A and some ξ within `LENGTHS` fit with χ² ≤ χ²_min + deviations². Decay over
    a length beyond the data looks like a constant: then γ₀ is far less certain than its error from
    the covariance says, and whether it differs from zero is for this interval to tell.

    Parameters
    ----------
    distance, value, error
        As for `fit_exponential`.
    deviations
        Number of standard deviations; 1 covers about 68 %, 2 about 95 %.

    Returns
    -------
    low, high
        NaN for fewer than three points.
    """
    i, y, sigma = _usable(distance, value, error)
    if len(i) < 3:
        return np.nan, np.nan
    asymptote, error_of_line, _, chi2 = _line(np.exp(-i / PROFILE_LENGTHS[:, None]), y, sigma)
    left = chi2.min() + deviations**2 - chi2
    kept = left >= 0
    # At one length, χ² is a parabola in γ₀ whose width is the error of a linear fit.
    width = np.sqrt(left[kept]) * error_of_line[kept]
    return float((asymptote[kept] - width).min()), float((asymptote[kept] + width).max())


def fit_avalanche(
    distance: Floats,
    purity: Floats,
    error: Floats,
    isolated_purity: float,
    bubble_size: int,
    L: int,
) -> Fit:
    """Fit the avalanche theory of eq. 6 to purities at several distances from the bubble.

    Parameters
    ----------
    distance, purity, error
        i, γ̄ᵢ and its standard error, shape (points,). Points without a finite value and a positive
        finite error do not count.
    isolated_purity
        γ̄_XXZ, taken as exact.
    bubble_size, L
        n_GOE and number of sites.

    Returns
    -------
    Fit
        Of "probability" p within [0, 1] and "localization_length" ξ in sites, within `LENGTHS`.
    """

    def model(i: Floats, probability: float, localization_length: float) -> Floats:
        return avalanche_purity(
            i,
            probability=probability,
            localization_length=localization_length,
            bubble_size=bubble_size,
            L=L,
            isolated_purity=isolated_purity,
        )

    def best_at(length: float, i: Floats, y: Floats, sigma: Floats) -> tuple[float, ...]:
        never, always = model(i, 0.0, length) / sigma, model(i, 1.0, length) / sigma
        step = always - never
        norm = step @ step
        probability = np.clip(step @ (y / sigma - never) / norm, 0, 1) if norm > 0 else 0.5
        return float(probability), length

    bounds = ((0.0, LENGTHS[0]), (1.0, LENGTHS[1]))
    names = ("probability", "localization_length")
    return _fit(model, names, best_at, bounds, distance, purity, error)


def _usable(x: Floats, y: Floats, sigma: Floats) -> tuple[Floats, Floats, Floats]:
    """Points with a finite value and a positive finite error."""
    known = np.isfinite(y) & np.isfinite(sigma) & (sigma > 0)
    return np.asarray(x, dtype=float)[known], y[known], sigma[known]


def _line(x: Floats, y: Floats, sigma: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Weighted fit of a + b x: a, its error, b, and χ²; several x along leading axes."""
    weight = sigma**-2 / np.sum(sigma**-2)
    centre, level = x @ weight, y @ weight
    spread = np.square(x - centre[..., None]) @ weight
    slope = ((x - centre[..., None]) * (y - level)) @ weight / spread
    a = level - slope * centre
    error = np.sqrt((1 + centre**2 / spread) / np.sum(sigma**-2))
    residual = (y - a[..., None] - slope[..., None] * x) / sigma
    return a, error, slope, np.square(residual).sum(axis=-1)


def _fit(
    model: Callable[..., Floats],
    names: Sequence[str],
    best_at: Callable[..., tuple[float, ...]],
    bounds: tuple[tuple[float, ...], tuple[float, ...]],
    x: Floats,
    y: Floats,
    sigma: Floats,
) -> Fit:
    """Least squares from every trial length at which χ² has a local minimum.

    Both models are linear in all parameters but the length, their last: `best_at` solves for those,
    so that the scan over lengths sees every minimum and the iteration only polishes them.
    """
    x, y, sigma = _usable(x, y, sigma)
    nothing = dict.fromkeys(names, np.nan)
    freedom = len(x) - len(names)
    if freedom < 0:
        return Fit(nothing, nothing, np.nan, freedom, "too few points")

    def chi2(parameters: Sequence[float]) -> float:
        return float(np.square((y - model(x, *parameters)) / sigma).sum())

    trials = [best_at(length, x, y, sigma) for length in TRIAL_LENGTHS]
    profile = np.array([np.inf, *map(chi2, trials), np.inf])
    (minima,) = np.nonzero((profile[1:-1] < profile[:-2]) & (profile[1:-1] <= profile[2:]))
    found = []
    for start in minima:
        # Unlike the default method, dogbox ends on a bound where one is active.
        with warnings.catch_warnings(), suppress(RuntimeError, OptimizeWarning):
            warnings.simplefilter("error", OptimizeWarning)  # a singular covariance
            best, covariance = curve_fit(
                model, x, y, trials[start], sigma, absolute_sigma=True, bounds=bounds,
                method="dogbox",
            )  # fmt: skip
            found.append((chi2(best), best, np.sqrt(np.diag(covariance))))
    if not found:
        return Fit(nothing, nothing, np.nan, freedom, "undetermined")
    least, best, error = min(found, key=lambda one: one[0])
    # The pseudo-inverse gives no error at all to a parameter that changes nothing.
    if not error.all():
        return Fit(nothing, nothing, np.nan, freedom, "undetermined")
    bounded = np.isclose(best, bounds, rtol=1e-6, atol=1e-12).any()
    return Fit(
        dict(zip(names, best.tolist(), strict=True)),
        dict(zip(names, error.tolist(), strict=True)),
        least,
        freedom,
        "at a bound" if bounded else "converged",
    )


def crossing(W: Floats, small: Floats, large: Floats) -> float:
    """Disorder strength where the gap-ratio curves of two sizes cross (Fig. 2, inset).

    The larger size has the larger r̄ on the ergodic side: only changes of r̄_large − r̄_small from
    above zero to below count, by linear interpolation. Deep in either phase noise makes spurious
    ones: of several, the one with the largest area of the difference on its left less that on its
    right is taken, which weighs all data and favours no side.

    Parameters
    ----------
    W
        Disorder strengths, ascending, shape (w,).
    small, large
        r̄ of the smaller and the larger size, shape (w,); NaN where there is none.

    Returns
    -------
    float
        NaN where the curves do not cross.
    """
    known = np.isfinite(small) & np.isfinite(large)
    W, difference = W[known], (large - small)[known]
    (left,) = np.nonzero((difference[:-1] > 0) & (difference[1:] <= 0))
    if len(left) == 0:
        return np.nan
    above, below = difference[left], difference[left + 1]
    step = (W[left + 1] - W[left]) * above / (above - below)
    area = cumulative_trapezoid(difference, W, initial=0)[left] + 0.5 * above * step
    return float((W[left] + step)[np.argmax(area)])


@dataclass(frozen=True)
class Crossing:
    """Crossing of two gap-ratio curves with bootstrap errors, all in units of J but the share.

    Attributes
    ----------
    value
        Crossing of the means over all realisations.
    median, low, high
        50, 16 and 84 % quantiles over those resamples that cross.
    error
        Their standard deviation.
    share
        Share of resamples that cross; well below 1, the errors are too small.
    """

    value: float
    median: float
    low: float
    high: float
    error: float
    share: float


def crossing_bootstrap(
    W: Floats,
    small: Floats,
    large: Floats,
    rng: np.random.Generator,
    resamples: int = 1000,
) -> Crossing:
    """Crossing of two sizes with errors by bootstrap over realisations.

    A realisation is followed through all W, so that the points of a curve are correlated: whole
    realisations are drawn with replacement. The two sizes have independent realisations.

    Parameters
    ----------
    W
        Disorder strengths, ascending, shape (w,).
    small, large
        Gap ratio of every realisation of either size, shape (seeds, w); NaN where missing.
    rng
        Generator of the resamples.
    resamples
        Their number.
    """
    whole = [_weighted_means(sample, np.ones((1, len(sample))))[0] for sample in (small, large)]
    drawn = [
        _weighted_means(sample, _times_drawn(len(sample), resamples, rng))
        for sample in (small, large)
    ]
    crossings = np.array([crossing(W, *pair) for pair in zip(*drawn, strict=True)])
    found = crossings[np.isfinite(crossings)]
    low, median, high = np.quantile(found, [0.16, 0.5, 0.84]) if len(found) else [np.nan] * 3
    error = found.std(ddof=1) if len(found) > 1 else np.nan
    share = len(found) / resamples
    return Crossing(
        crossing(W, *whole), float(median), float(low), float(high), float(error), share
    )


def _times_drawn(count: int, resamples: int, rng: np.random.Generator) -> Floats:
    """How often each of `count` realisations is in each resample, shape (resamples, count)."""
    return rng.multinomial(count, np.full(count, 1 / count), resamples).astype(float)


def _weighted_means(sample: Floats, weights: Floats) -> Floats:
    """Means over realisations with each of several weights, shape (weights, w); NaN without any."""
    known = np.isfinite(sample)
    total, count = weights @ np.where(known, sample, 0.0), weights @ known.astype(float)
    means: Floats = np.divide(total, count, out=np.full_like(count, np.nan), where=count > 0)
    return means


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
