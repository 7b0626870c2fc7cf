"""Faults of the configuration of what l-bits are good for (huse2014) that no schema can see."""

from collections.abc import Iterator, Mapping
from typing import Any

from mbl.costs import operator_memory_MB

FEWEST = 6  # sites: a block of two is still much smaller than the rest of the ring


def toolbox_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of huse2014's quantities and figures that lie between keys."""
    toolbox, ensembles = config["huse2014"], config["ensembles"]["ring"]
    times, slope, late = toolbox["times"], toolbox["slope"], toolbox["late"]
    if not times["first"] < times["last"]:
        yield "huse2014.times: first is not before last; times run from first to last"
    if not times["first"] <= slope["first"] < slope["last"] <= times["last"]:
        yield (
            f"huse2014.slope: {slope['first']:g} … {slope['last']:g} is no window inside "
            f"huse2014.times, {times['first']:g} … {times['last']:g}; move one of them"
        )
    if late > times["last"]:
        yield (
            f"huse2014.late: {late:g} is after the last of huse2014.times, {times['last']:g}; "
            "take an earlier one"
        )
    for figure, shown in config["figures"]["huse2014"].items():
        where, name = f"figures.huse2014.{figure}.ensemble", shown["ensemble"]
        if name not in ensembles:
            yield f"{where}: there is no ensemble {name!r}; known: {', '.join(ensembles)}"
            continue
        yield from _ensemble_faults(figure, where, name, ensembles[name])
        limit = config["limits"]["memory_GB"]
        for L in sorted({entry["L"] for entry in ensembles[name]}):
            needed = operator_memory_MB(L) / 1000
            if needed > limit:
                yield (
                    f"{where}: {name!r} holds L = {L}, whose l-bit operators need {needed:.3g} GB "
                    f"of memory, above limits.memory_GB = {limit:g}; take fewer sites, or raise "
                    "the limit where the machine has that much"
                )


def _ensemble_faults(
    figure: str, where: str, name: str, entries: list[Mapping[str, Any]]
) -> Iterator[str]:
    """Faults between a figure and its ensemble."""
    sizes = {entry["L"] for entry in entries}
    if figure != "mean_range" and len(sizes) > 1:
        yield f"{where}: {name!r} holds several sizes; this figure shows one L"
    if figure == "entanglement_growth" and min(sizes) < FEWEST:
        yield (
            f"{where}: {name!r} holds L = {min(sizes)}; s∞ is read from blocks of one and more "
            f"sites of at least {FEWEST}"
        )
