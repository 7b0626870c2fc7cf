"""The fixed-point model's directories, and faults of its configuration that no schema sees."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from mbl.keys import number
from mbl.settings.values import number_faults, seeds_faults


def fixed_point_directory(L: int, xi: float | None = None) -> str:
    """Directory of a size and localization length, or of what all lengths of a size share."""
    shared = f"fixed_point/L={L}"
    return shared if xi is None else f"{shared}/xi={number(xi)}"


def fixed_point_size(L: int) -> int:
    """The size by which seeds per job are given: the number of sites."""
    return L


def fixed_point_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of the fixed-point model that lie between keys."""
    for ensemble, entries in config["ensembles"]["fixed_point"].items():
        where = f"ensembles.fixed_point.{ensemble}"
        for position, entry in enumerate(entries):
            yield from _entry_faults(f"{where}[{position}]", entry)
        keys = [(entry["L"], xi) for entry in entries for xi in entry.get("xi", [None])]
        for L, xi in sorted({key for key in keys if keys.count(key) > 1}, key=str):
            length = "" if xi is None else f", xi = {xi}"
            yield f"{where}: L = {L}{length} stands there twice; keep one"
    for quantity in ("growth", "transport"):
        yield from _times_faults(f"fixed_point.{quantity}", config["fixed_point"][quantity])
    yield from _growth_faults(config["fixed_point"]["growth"])


def _entry_faults(where: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """Faults of one entry of an ensemble."""
    yield from seeds_faults(f"{where}.seeds", entry["seeds"])
    for xi in entry.get("xi", []):
        if not math.isfinite(xi):
            yield f"{where}.xi: {xi} is not a localization length ξ, a finite number from 0"


def _times_faults(where: str, times: Mapping[str, Any]) -> Iterator[str]:
    """Faults of times evenly spaced in their logarithm."""
    for name in ("first", "last"):
        yield from number_faults(f"{where}.{name}", times[name], "time")
    if not times["first"] < times["last"]:
        yield f"{where}: first is not before last; times run from first to last"


def _growth_faults(growth: Mapping[str, Any]) -> Iterator[str]:
    """Faults of the windows of what is fitted to growth."""
    low, high = growth["window"]
    if not low < high:
        yield "fixed_point.growth.window: rates are fitted from a lower to a higher share"
    if not growth["first"] < growth["late"] < growth["last"]:
        yield "fixed_point.growth.late: must lie between the first and the last time of growth"
