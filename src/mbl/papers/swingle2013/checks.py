"""Faults of what the figures of swingle2013 are to show that no schema can see."""

from collections.abc import Iterator, Mapping
from typing import Any

from mbl.papers.checks import Entries, Shown

FEWEST = 3  # levels: two gaps make one ratio


def with_lengths(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Entries without ξ, where it is H₀ that is shown."""
    for position, entry in enumerate(entries):
        if "xi" not in entry:
            yield (
                f"ensembles.fixed_point.{ensemble}[{position}]: has no xi, but {where} shows H₀; "
                "add a list of localization lengths"
            )


def without_lengths(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Entries with ξ, where it is K alone that is shown."""
    for position, entry in enumerate(entries):
        if "xi" in entry:
            yield (
                f"ensembles.fixed_point.{ensemble}[{position}].xi: {where} shows K alone, which "
                "has no localization length; leave xi out"
            )


def onsite_and_coupled(where: str, shown: Shown, ensemble: str, entries: Entries) -> Iterator[str]:
    """A size that lacks the spectrum without or with interactions."""
    held = {(entry["L"], xi) for entry in entries for xi in _lengths(entry)}
    for xi in (0.0, shown["xi"]):
        if (shown["size"], xi) not in held:
            yield (
                f"{where}: ensembles.fixed_point.{ensemble} has no L = {shown['size']} at "
                f"xi = {xi}; add it"
            )


def size_held(where: str, shown: Shown, ensemble: str, entries: Entries) -> Iterator[str]:
    """A size that the ensemble lacks."""
    if shown["size"] not in {entry["L"] for entry in entries}:
        yield (f"{where}.size: ensembles.fixed_point.{ensemble} has no L = {shown['size']}; add it")


def times_computed(where: str, shown: Shown, config: Shown) -> Iterator[str]:
    """Times under K at which nothing is computed."""
    for time in shown["times"]:
        if time not in config["fixed_point"]["light_cone"]["times"]:
            yield (f"{where}.times: {time} is not among fixed_point.light_cone.times; add it there")


def chains_hold_ranges(ensemble: str, entries: Entries, config: Shown) -> Iterator[str]:
    """A chain of which half is shorter than a range of interactions."""
    longest = max(config["fixed_point"]["finite_range"]["ranges"])
    for position, entry in enumerate(entries):
        if 2 * longest > entry["L"]:
            yield (
                f"fixed_point.finite_range.ranges: {longest} is more than half of the {entry['L']} "
                f"sites of ensembles.fixed_point.{ensemble}[{position}]; take shorter ranges, or "
                f"L = {2 * longest} or more"
            )


def several_lengths(where: str, shown: Shown, ensemble: str, entries: Entries) -> Iterator[str]:
    """A size at which rates cannot be compared over ξ."""
    at_size = [entry for entry in entries if entry["L"] == shown["size"]]
    if len({xi for entry in at_size for xi in _lengths(entry)}) < 2:
        yield (
            f"{where}.size: ensembles.fixed_point.{ensemble} needs two localization lengths or "
            f"more at L = {shown['size']}"
        )


def length_held(where: str, shown: Shown, ensemble: str, entries: Entries) -> Iterator[str]:
    """A localization length that the ensemble lacks."""
    if shown["xi"] not in {xi for entry in entries for xi in _lengths(entry)}:
        yield f"{where}.xi: ensembles.fixed_point.{ensemble} has no xi = {shown['xi']}; add it"


def one_length(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Several localization lengths where one is shown."""
    if len({xi for entry in entries for xi in _lengths(entry)}) > 1:
        yield (
            f"ensembles.fixed_point.{ensemble}: holds several localization lengths; {where} shows "
            "one"
        )


def enough_levels(ensemble: str, entries: Entries, config: Shown) -> Iterator[str]:
    """A share of the levels that leaves no ratio of gaps."""
    share = config["fixed_point"]["stability"]["share"]
    for position, entry in enumerate(entries):
        levels = 2 ** entry["L"]
        if round(share * levels) < FEWEST:
            yield (
                f"fixed_point.stability.share: leaves fewer than {FEWEST} of the {levels} levels "
                f"of ensembles.fixed_point.{ensemble}[{position}]; take a larger share or a "
                "larger L"
            )


def _lengths(entry: Mapping[str, Any]) -> list[float]:
    """Localization lengths of an entry."""
    return [float(xi) for xi in entry.get("xi", [])]
