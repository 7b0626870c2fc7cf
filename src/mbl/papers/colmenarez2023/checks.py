"""Faults between a figure of colmenarez2023 and the ensemble that it shows."""

from collections.abc import Iterator

from mbl.papers.checks import Entries, Shown


def one_bubble(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Fault of an ensemble without bubbles, or with several, where one is shown."""
    if len({entry["n"] for entry in _bubbles(entries)}) != 1:
        yield f"{where}.ensemble: {ensemble!r} must hold bubbles of one n; this figure shows one"


def beside_longer_chains(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Faults of chains with a bubble without a chain alone, two sites longer, to set beside."""
    alone = {(entry["L"], W) for entry in entries if not entry.get("n", 0) for W in entry["W"]}
    wanted = {(entry["L"] + 2, W) for entry in _bubbles(entries) for W in entry["W"]}
    for L, W in sorted(wanted - alone):
        yield (
            f"{where}.ensemble: {ensemble!r} lacks the chain without bubble of L = {L} at W = {W}, "
            f"beside the bubble's L = {L - 2}; add it"
        )


def scans_bandwidth(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Fault of bubbles at their tuned bandwidth, where it is scanned."""
    if any("beta" not in entry for entry in _bubbles(entries)):
        yield f"{where}.ensemble: {ensemble!r} has entries without beta; this figure scans it"


def shown_is_there(where: str, shown: Shown, ensemble: str, entries: Entries) -> Iterator[str]:
    """Faults of sizes, strengths and distances that no chain with a bubble has."""
    bubbles = _bubbles(entries)
    sizes = {entry["L"] for entry in bubbles}
    for L in [*shown.get("sizes", []), *([shown["size"]] if "size" in shown else [])]:
        if L not in sizes:
            yield f"{where}: {ensemble!r} has no bubble with L = {L}; it has {sorted(sizes)}"
    strengths = {W for entry in bubbles for W in entry["W"]}
    for W in shown.get("strengths", []):
        if W not in strengths:
            yield f"{where}: {ensemble!r} has no W = {W}; it has {sorted(strengths)}"
    distances = [*shown.get("distances", []), *([shown["distance"]] if "distance" in shown else [])]
    for distance in distances:
        if all(distance >= (L + 1) // 2 for L in sizes):
            yield (
                f"{where}: no site of {ensemble!r} lies at distance {distance}; the farthest of "
                f"its largest chain is {(max(sizes, default=1) + 1) // 2 - 1}"
            )


def _bubbles(entries: Entries) -> Entries:
    """Entries with a bubble."""
    return [entry for entry in entries if entry.get("n", 0)]
