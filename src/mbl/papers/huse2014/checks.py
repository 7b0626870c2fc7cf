"""Faults of what the figures of huse2014 are to show that no schema can see."""

from collections.abc import Iterator, Mapping
from typing import Any

FEWEST = 6  # sites: a block of two is still much smaller than the rest of the ring


def one_size(
    where: str,
    shown: Mapping[str, Any],
    ensemble: str,
    entries: list[Mapping[str, Any]],
    config: Mapping[str, Any],
) -> Iterator[str]:
    """An ensemble of several sizes where one is shown."""
    if len({entry["L"] for entry in entries}) > 1:
        yield f"{where}.ensemble: {ensemble!r} holds several sizes; this figure shows one L"


def large_enough(
    where: str,
    shown: Mapping[str, Any],
    ensemble: str,
    entries: list[Mapping[str, Any]],
    config: Mapping[str, Any],
) -> Iterator[str]:
    """A ring too small for blocks of one and more sites, whose entropies give s∞."""
    smallest = min((entry["L"] for entry in entries), default=FEWEST)
    if smallest < FEWEST:
        yield (
            f"{where}.ensemble: {ensemble!r} holds L = {smallest}; s∞ is read from blocks of one "
            f"and more sites of at least {FEWEST}"
        )
