"""Verdicts: how numbers with errors decide on a claim."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import xarray as xr

from mbl.ensembles.rows import LackingError, select


class Word(StrEnum):
    """What a verdict can be."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not supported"
    UNDECIDED = "undecided at this size"


DEVIATIONS = 2.0  # standard errors that a number must be from a bound to decide


@dataclass(frozen=True)
class Verdict:
    """What the numbers say.

    Attributes
    ----------
    word
        Supported, not supported, or undecided at this size.
    numbers
        The numbers with their errors, in one line.
    """

    word: Word
    numbers: str


def measured(value: float, error: float = np.nan) -> str:
    """Number with its error: ``0.441 ± 0.013``."""
    if not np.isfinite(error) or error == 0:
        return f"{value:.3g}"
    digits = max(0, 1 - int(np.floor(np.log10(error))))
    return f"{value:.{digits}f} ± {error:.{digits}f}"


def above(value: float, error: float, bound: float, numbers: str) -> Verdict:
    """Whether a number lies above a bound, by more than its error allows."""
    return Verdict(_word(value - bound, error), numbers)


def below(value: float, error: float, bound: float, numbers: str) -> Verdict:
    """Whether a number lies below a bound, by more than its error allows."""
    return Verdict(_word(bound - value, error), numbers)


def within(value: float, error: float, low: float, high: float, numbers: str) -> Verdict:
    """Whether a number lies between two bounds, by more than its error allows."""
    return Verdict(_word(min(value - low, high - value), error), numbers)


def all_of(*verdicts: Verdict) -> Verdict:
    """Supported where all are, not supported where one is not, else undecided.

    Raises
    ------
    LackingError
        Where there is none: of nothing, everything would be so.
    """
    if not verdicts:
        raise LackingError("none of what the claim is about")
    words = {verdict.word for verdict in verdicts}
    numbers = "; ".join(verdict.numbers for verdict in verdicts)
    for word in (Word.NOT_SUPPORTED, Word.UNDECIDED):
        if word in words:
            return Verdict(word, numbers)
    return Verdict(Word.SUPPORTED, numbers)


def _word(margin: float, error: float) -> Word:
    """Verdict on whether a margin is positive; an unknown error decides nothing."""
    if not np.isfinite(margin) or not np.isfinite(error):
        return Word.UNDECIDED
    if abs(margin) < DEVIATIONS * error:
        return Word.UNDECIDED
    return Word.SUPPORTED if margin > 0 else Word.NOT_SUPPORTED


def only(data: xr.Dataset, name: str) -> xr.Dataset:
    """Data at the only value along a dimension."""
    if data.sizes[name] != 1:
        raise LackingError(f"{data.sizes[name]} values of {name} where one is shown")
    return data.isel({name: 0})


def line(x: np.ndarray, y: np.ndarray, error: np.ndarray) -> tuple[float, float, float]:
    """Slope of a weighted straight line, its standard error, and χ² per degree of freedom."""
    known = np.isfinite(y) & np.isfinite(error) & (error > 0)
    if known.sum() < 2:
        return np.nan, np.nan, np.nan
    coefficients, covariance = np.polyfit(x[known], y[known], 1, w=1 / error[known], cov="unscaled")
    left = (y[known] - np.polyval(coefficients, x[known])) / error[known]
    freedom = max(len(left) - 2, 1)
    return coefficients[0], float(np.sqrt(covariance[0, 0])), float(left @ left / freedom)


def value_at(data: xr.Dataset, name: str, **where: float | str) -> tuple[float, float]:
    """A mean and its standard error at one place.

    Raises
    ------
    LackingError
        Where the data have no such place.
    """
    at = select(data[[name, f"{name}_error"]], **where)
    return float(at[name]), float(at[f"{name}_error"])


def difference(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    """Second less first, errors in quadrature."""
    return second[0] - first[0], float(np.hypot(first[1], second[1]))
