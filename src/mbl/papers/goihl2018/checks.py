"""Faults between a figure of goihl2018 and the ensemble that it shows."""

from collections.abc import Iterator

from mbl.papers.checks import Entries


def odd_sizes(ensemble: str, entries: Entries) -> Iterator[str]:
    """Faults of even sizes in a figure of the paper."""
    for position, entry in enumerate(entries):
        if entry["L"] % 2 == 0:
            yield (
                f"ensembles.ring.{ensemble}[{position}].L: {entry['L']} is even, but goihl2018's "
                "figures need an odd number of sites (their buffers are centred on one); even "
                "rings may stand in ensembles of your own"
            )


def one_key(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Fault of an ensemble of several sizes or strengths where one of each is shown."""
    count = len([Delta for entry in entries for Delta in entry["Delta"]])
    if count != 1:
        yield (
            f"{where}.ensemble: {ensemble!r} holds {count} pairs of L and Delta; this figure shows "
            "one"
        )
