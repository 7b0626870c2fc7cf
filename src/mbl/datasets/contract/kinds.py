"""What a kind of file is made of, and what several kinds share."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Variable:
    """One variable: dimensions, dtype kind (`f`, `i` or `U`), unit and meaning."""

    dims: tuple[str, ...]
    dtype: str
    units: str
    long_name: str
    may_miss: bool = False  # NaN where there is no such number, as |S| = 13 at L = 11


@dataclass(frozen=True)
class Kind:
    """One kind of file: its title, the papers' places it serves, its variables and coordinates."""

    title: str
    references: str
    variables: Mapping[str, Variable]
    coordinates: Mapping[str, Variable] = field(default_factory=dict)

    @property
    def contents(self) -> dict[str, Variable]:
        """Coordinates and variables."""
        return {**self.coordinates, **self.variables}


def coordinate(name: str, dtype: str, units: str, long_name: str) -> dict[str, Variable]:
    """Coordinate along a dimension of its own."""
    return {name: Variable((name,), dtype, units, long_name)}


SIZE = {"L": Variable((), "i", "1", "number of sites")}
KEY = SIZE | {"Delta": Variable((), "f", "J", "disorder strength Δ")}
SEED = coordinate("seed", "i", "1", "number of the disorder realisation")
SITE = coordinate("site", "i", "1", "site, from 0")
STATE = coordinate("state", "i", "1", "eigenstate, by sector and energy")
TIME = coordinate("time", "f", "1/J", "time")
GRID = coordinate("L", "i", "1", "number of sites") | coordinate(
    "Delta", "f", "J", "disorder strength Δ"
)

ERROR = "standard error over realisations of the "


def statistics(name: str, dims: tuple[str, ...], units: str, long_name: str) -> dict[str, Variable]:
    """Mean over realisations and its standard error."""
    return {
        name: Variable(dims, "f", units, "mean " + long_name, may_miss=True),
        f"{name}_error": Variable(dims, "f", units, ERROR + long_name, may_miss=True),
    }
