"""Faults of the ring's configuration (goihl2018) that no schema can see."""

from collections.abc import Iterator, Mapping
from typing import Any

from mbl.costs import locality_memory_MB, spectrum_memory_MB
from mbl.settings.values import number_faults, seeds_faults


def ring_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of the ring that lie between keys."""
    ensembles = config["ensembles"]["ring"]
    for name, entries in ensembles.items():
        for position, entry in enumerate(entries):
            yield from _entry_faults(f"ensembles.ring.{name}[{position}]", entry, config)
        keys = [(entry["L"], Delta) for entry in entries for Delta in entry["Delta"]]
        for L, Delta in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"ensembles.ring.{name}: L = {L}, Delta = {Delta} stands there twice; keep one"
    for figure, entry in config["figures"]["goihl2018"].items():
        where = f"figures.goihl2018.{figure}"
        if figure == "fig1":
            yield from _size_faults(f"{where}.L", entry["L"], config)
            yield from _odd_faults(f"{where}.L", entry["L"])
            yield from number_faults(f"{where}.Delta", entry["Delta"], "disorder strength Δ")
            continue
        name = entry["ensemble"]
        if name not in ensembles:
            known = ", ".join(ensembles)
            yield f"{where}.ensemble: there is no ensemble {name!r}; known: {known}"
            continue
        for position, part in enumerate(ensembles[name]):
            yield from _odd_faults(f"ensembles.ring.{name}[{position}].L", part["L"])
        if (
            figure in ("fig2", "fig4", "fig5", "fig6")
            and len({e["L"] for e in ensembles[name]}) > 1
        ):
            yield f"{where}.ensemble: {name!r} holds several sizes; this figure shows one L"
        if figure in ("fig7", "fig8"):
            keys = [(e["L"], d) for e in ensembles[name] for d in e["Delta"]]
            if len(keys) != 1:
                yield (
                    f"{where}.ensemble: {name!r} holds {len(keys)} pairs of L and Delta; "
                    "this figure shows one"
                )
    for figure, entry in config["figures"]["beyond"].items():
        if entry["ensemble"] not in ensembles:
            yield (
                f"figures.beyond.{figure}.ensemble: there is no ensemble {entry['ensemble']!r}; "
                f"known: {', '.join(ensembles)}"
            )
    compared = config["figures"]["beyond"]["lbit_methods"]
    for name in compared["larger"]:
        if name not in compared["labellings"]:
            yield (
                f"figures.beyond.lbit_methods.larger: {name!r} is not one of labellings; add it "
                "there or leave it out here"
            )
    times = config["ring"]["imbalance"]
    if not times["first"] < times["last"]:
        yield "ring.imbalance: first is not before last; times run from first to last"


def _entry_faults(where: str, entry: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of one entry of an ensemble."""
    yield from _size_faults(f"{where}.L", entry["L"], config)
    for Delta in entry["Delta"]:
        yield from number_faults(f"{where}.Delta", Delta, "disorder strength Δ")
    yield from seeds_faults(f"{where}.seeds", entry["seeds"])


def _odd_faults(where: str, L: int) -> Iterator[str]:
    """Fault of an even size in a figure of the paper."""
    if L % 2 == 0:
        yield (
            f"{where}: {L} is even, but goihl2018's figures need an odd number of sites (their "
            "buffers are centred on one); even rings may stand in ensembles of your own"
        )


def _size_faults(where: str, L: int, config: Mapping[str, Any]) -> Iterator[str]:
    """Fault of a size whose jobs would not fit into memory."""
    limit = config["limits"]["memory_GB"]
    needed = max(spectrum_memory_MB(L), locality_memory_MB(L)) / 1000
    if needed > limit:
        yield (
            f"{where}: {L} sites need {needed:.3g} GB of memory for one job, above "
            f"limits.memory_GB = {limit:g}; take fewer sites, or raise the limit where the "
            "machine has that much"
        )
