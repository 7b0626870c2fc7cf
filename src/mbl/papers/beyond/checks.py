"""Faults between a figure beyond the papers and the ensemble that it shows."""

from collections.abc import Iterator

from mbl.papers.checks import Config, Entries, Shown

FEWEST = 5  # sites: the model of order 4 that is compared is not exact yet


def large_enough(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Fault of a ring too small for the effective models that are compared."""
    smallest = min((entry["L"] for entry in entries), default=FEWEST)
    if smallest < FEWEST:
        yield (
            f"{where}.ensemble: {ensemble!r} holds L = {smallest}; this figure compares models of "
            f"order 4 and needs {FEWEST} sites or more"
        )


def labelled_at_smallest(
    where: str, shown: Shown, ensemble: str, entries: Entries
) -> Iterator[str]:
    """Faults of labellings that the smallest size, where all of them are compared, is without."""
    smallest = min((entry["L"] for entry in entries), default=0)
    for entry in entries:
        lacking = set(shown["labellings"]) - set(entry.get("labellings", shown["labellings"]))
        if entry["L"] == smallest and lacking:
            yield (
                f"{where}.labellings: {sorted(lacking)} are not computed at the smallest size of "
                f"{ensemble!r}, L = {smallest}; add them to its labellings or leave them out here"
            )


def larger_rings(where: str, ensemble: str, entries: Entries, config: Config) -> Iterator[str]:
    """Fault of rings no larger than those of goihl2018's Fig. 3, which shows them already."""
    shown = config["figures"]["goihl2018"]["fig3"]["ensemble"]
    largest = max((entry["L"] for entry in config["ensembles"]["ring"].get(shown, [])), default=0)
    if max((entry["L"] for entry in entries), default=0) <= largest:
        yield (
            f"{where}.ensemble: {ensemble!r} holds no ring larger than L = {largest}, which "
            "goihl2018's Fig. 3 shows; add one, or leave the figure without an ensemble"
        )
