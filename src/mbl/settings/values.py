"""Faults of single values that no schema can see."""

import math
from collections.abc import Iterator

from mbl.keys import seed_range


def number_faults(where: str, value: float, name: str) -> Iterator[str]:
    """Fault of a number that is not finite."""
    if not math.isfinite(value):
        yield f"{where}: {value} is not a {name}, a finite number above 0"


def seeds_faults(where: str, seeds: str) -> Iterator[str]:
    """Fault of a text that names no seeds."""
    try:
        seed_range(seeds)
    except ValueError as error:
        yield f"{where}: {error}"
