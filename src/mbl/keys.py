"""Keys of the datasets: how disorder strengths and seeds appear in file names, once for all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Key:
    """All realisations of one ensemble at one size and disorder strength."""

    L: int
    Delta: float
    seeds: range


def number(value: float) -> str:
    """Disorder strength as it stands in file names: ``10.0``, ``7.5``."""
    return np.format_float_positional(float(value), trim="0")


def seed_range(text: str) -> range:
    """Seeds from their text, first and last: ``0-99``.

    Raises
    ------
    ValueError
        Where the text is not two numbers joined by a hyphen, or the range is empty.
    """
    match = re.fullmatch(r"(\d+)-(\d+)", text)
    if not match:
        raise ValueError(f"seeds {text!r} are not of the form first-last, such as 0-99")
    first, last = int(match[1]), int(match[2])
    if last < first:
        raise ValueError(
            f"seeds {text!r} are an empty range; the first seed must not exceed the last"
        )
    return range(first, last + 1)


def seed_blocks(seeds: range, size: int) -> Iterator[range]:
    """Whole blocks of seeds that cover a range.

    Blocks start at multiples of their size, so that more seeds add blocks and change none.
    """
    for start in range(seeds.start - seeds.start % size, seeds.stop, size):
        yield range(start, start + size)


def block_name(seeds: range) -> str:
    """Seeds of a block as they stand in file names: ``0000-0009``."""
    return f"{seeds.start:04d}-{seeds.stop - 1:04d}"


def ring_size(root: Path, L: int) -> Path:
    """Directory of all rings of one size."""
    return root / "ring" / f"L={L}"


def ring_key(root: Path, L: int, Delta: float) -> Path:
    """Directory of all rings of one size and disorder strength."""
    return ring_size(root, L) / f"Delta={number(Delta)}"
