"""Verdicts: how numbers with errors decide on a claim.

Of the empirical claims an effect is supported where it exceeds its bound by two standard errors; an
equality, or that there is no effect, where the deviation and two standard errors lie within a
margin that the claim states (an equivalence test). Larger errors therefore never make a claim true.
Identities and theorems are a class of their own: they are checked to rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate
from mbl.ensembles.rows import LackingError, select


class Word(StrEnum):
    """What a verdict can be: three of empirical claims, two of exact ones, one of either."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not supported"
    UNDECIDED = "undecided"
    EXACT = "exact, checked to rounding"
    VIOLATED = "violated"
    NOT_COMPUTED = "not computed at this scale"


DEVIATIONS = 2.0  # standard errors that a number must be from a bound to decide


@dataclass(frozen=True)
class Verdict:
    """What the numbers say.

    Attributes
    ----------
    word
        One of `Word`.
    numbers
        The numbers with their errors, in one line.
    """

    word: Word
    numbers: str


def above(number: Estimate, bound: float, numbers: str) -> Verdict:
    """Whether a number lies above a bound, by more than its error allows."""
    return Verdict(_word(number.value - bound, number.error), numbers)


def below(number: Estimate, bound: float, numbers: str) -> Verdict:
    """Whether a number lies below a bound, by more than its error allows."""
    return Verdict(_word(bound - number.value, number.error), numbers)


def within(number: Estimate, low: float, high: float, numbers: str) -> Verdict:
    """Whether a number lies between two bounds, by more than its error allows."""
    margin = min(number.value - low, high - number.value)
    return Verdict(_word(margin, number.error), numbers)


def monotone(
    whole: Estimate, steps: Sequence[Estimate], numbers: str, slack: float = 0.05
) -> Verdict:
    """Whether a quantity rises over all its points.

    Parameters
    ----------
    whole
        Its rise over all points: must exceed zero.
    steps
        Its rise from each point to the next: none may fall by more than a share of the whole.
    numbers
        In one line.
    slack
        That share. A fall of a twentieth is one that no plot of the whole would show; without any
        a plateau, where a quantity has reached its limit, could never be told from a fall.
    """
    least = -slack * abs(whole.value)
    verdicts = [above(step, least, "") for step in steps]
    return altogether(numbers, above(whole, 0.0, ""), *verdicts)


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
    order = Word.VIOLATED, Word.NOT_SUPPORTED, Word.UNDECIDED, Word.SUPPORTED, Word.EXACT
    return Verdict(next(word for word in order if word in words), numbers)


def altogether(numbers: str, *verdicts: Verdict) -> Verdict:
    """All of several verdicts (`all_of`), with the numbers told once."""
    return Verdict(all_of(*verdicts).word, numbers)


def exact(deviation: float, tolerance: float, numbers: str) -> Verdict:
    """Whether an identity or a bound that is proven holds, but for rounding."""
    return Verdict(Word.EXACT if deviation <= tolerance else Word.VIOLATED, numbers)


def _word(margin: float, error: float) -> Word:
    """Verdict on whether a margin is positive; an unknown error or none decides nothing."""
    if not (np.isfinite(margin) and np.isfinite(error) and error > 0):
        return Word.UNDECIDED
    if abs(margin) < DEVIATIONS * error:
        return Word.UNDECIDED
    return Word.SUPPORTED if margin > 0 else Word.NOT_SUPPORTED


def only(data: xr.Dataset, name: str) -> xr.Dataset:
    """Data at the only value along a dimension."""
    if data.sizes[name] != 1:
        raise LackingError(f"{data.sizes[name]} values of {name} where one is shown")
    return data.isel({name: 0})


def value_at(data: xr.Dataset, name: str, **where: float | str) -> Estimate:
    """A mean and its standard error at one place of averaged rows (`mbl.ensembles.rows.averaged`).

    Raises
    ------
    LackingError
        Where the data have no such place.
    """
    at = select(data[[name, f"{name}_error"]], **where)
    return Estimate(float(at[name]), float(at[f"{name}_error"]))
