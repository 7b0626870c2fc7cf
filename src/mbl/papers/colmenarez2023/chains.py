"""Chains that belong together: with the bubble, and alone in the same fields."""

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate, paired
from mbl.ensembles.response import purity_response
from mbl.ensembles.rows import LackingError, key_of
from mbl.plotting.table import bubble_size, sizes_of, strengths_of


def largest(rows: xr.Dataset) -> int:
    """L of the largest chain with a bubble."""
    return sizes_of(rows, bubble_size(rows))[-1]


def farthest(L: int) -> int:
    """Distance of the farthest site from the bubble."""
    return (L + 1) // 2 - 1


def strengths_in(rows: xr.Dataset, low: float, high: float) -> list[float]:
    """Disorder strengths W of an interval.

    Raises
    ------
    LackingError
        Where there is none.
    """
    found = [W for W in strengths_of(rows) if low <= W <= high]
    if not found:
        raise LackingError(f"no W from {low:g} to {high:g}")
    return found


def beside(rows: xr.Dataset, L: int, W: float) -> tuple[xr.Dataset, xr.Dataset]:
    """A chain of L sites with the bubble, and the chain alone, two sites longer."""
    return key_of(rows, n=bubble_size(rows), L=L, W=W), key_of(rows, n=0, L=L + 2, W=W)


def effect(rows: xr.Dataset, L: int, W: float, distance: int, name: str = "purity") -> Estimate:
    """How much larger a quantity of a site is in the chain alone than with the bubble.

    The bubble stands where the first and the last site of the chain alone are: a site at some
    distance from it is at one more from the ends of the chain alone.
    """
    with_bubble, alone = beside(rows, L, W)
    return paired(with_bubble[name].sel(distance=distance), alone[name].sel(distance=distance + 1))


def fitted(rows: xr.Dataset, low: float, high: float) -> list[xr.Dataset]:
    """Responses of the largest chain at the strengths of an interval that have enough distances.

    Raises
    ------
    LackingError
        Where no fit to them has a degree of freedom.
    """
    L, response = largest(rows), purity_response(rows)
    keys = [key_of(response, L=L, W=W) for W in strengths_in(response, low, high)]
    if not np.isfinite([float(key["exponential_p_value"]) for key in keys]).all():
        raise LackingError("too few distances or realisations for a fit")
    return keys


def place(key: xr.Dataset) -> str:
    """Which chain it is: ``L = 12, W = 5.2``."""
    return f"L = {int(key['L'])}, W = {float(key['W']):g}"
