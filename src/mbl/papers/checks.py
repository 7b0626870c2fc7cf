"""Faults between a figure and what is configured of it, which several papers' figures may have.

A check yields the faults of what a figure is to show. Of the following it takes what it names:
`where` the figure stands in the configuration, what is `shown` (its options), the name of the
`ensemble` and its `entries`, and the whole `config`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Shown = Mapping[str, Any]
Entries = list[Mapping[str, Any]]
Config = Mapping[str, Any]


def one_size(where: str, ensemble: str, entries: Entries) -> Iterator[str]:
    """Fault of an ensemble of several sizes where one is shown."""
    if len({entry["L"] for entry in entries}) > 1:
        yield f"{where}.ensemble: {ensemble!r} holds several sizes; this figure shows one L"
