"""Directories of the ring's files, and faults of its configuration that no schema can see."""

from collections.abc import Iterator, Mapping
from typing import Any

from mbl.keys import number
from mbl.settings.values import number_faults, seeds_faults


def ring_directory(L: int, Delta: float | None = None) -> str:
    """Directory of a ring's files below the results.

    Parameters
    ----------
    L
        Number of sites.
    Delta
        Disorder strength Δ; without it the directory of the fields, which serve every strength.
    """
    shared = f"ring/L={L}"
    return shared if Delta is None else f"{shared}/Delta={number(Delta)}"


def sites(L: int) -> int:
    """Number of sites, by which block sizes are given."""
    return L


def ring_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of the ring that lie between keys."""
    for name, entries in config["ensembles"]["ring"].items():
        for position, entry in enumerate(entries):
            where = f"ensembles.ring.{name}[{position}]"
            for Delta in entry["Delta"]:
                yield from number_faults(f"{where}.Delta", Delta, "disorder strength Δ")
            yield from seeds_faults(f"{where}.seeds", entry["seeds"])
        keys = [(entry["L"], Delta) for entry in entries for Delta in entry["Delta"]]
        for L, Delta in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"ensembles.ring.{name}: L = {L}, Delta = {Delta} stands there twice; keep one"
    for group in ("imbalance", "dynamics"):
        if not config["ring"][group]["first"] < config["ring"][group]["last"]:
            yield f"ring.{group}: first is not before last; times run from first to last"
    dynamics = config["ring"]["dynamics"]
    if dynamics["late"] > dynamics["last"]:
        yield (
            f"ring.dynamics.late: {dynamics['late']:g} is after the last time, "
            f"{dynamics['last']:g}; take an earlier one"
        )
