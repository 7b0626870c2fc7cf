"""Faults of what the figures of huse2014 are to show that no schema can see."""

from collections.abc import Iterator

from mbl.papers.checks import Entries

FEWEST = 6  # sites: a block of two is still much smaller than the rest of the ring


def large_enough(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """A ring too small for blocks of one and more sites, whose entropies give s∞."""
    smallest = min((entry["L"] for entry in entries), default=FEWEST)
    if smallest < FEWEST:
        yield (
            f"{where}.ensemble: {ensemble!r} holds L = {smallest}; s∞ is read from blocks of one "
            f"and more sites of at least {FEWEST}"
        )
