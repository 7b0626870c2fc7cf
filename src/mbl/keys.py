"""Keys of the datasets: how strengths of disorder and seeds appear in file names, once for all."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import comb


@dataclass(frozen=True)
class Key:
    """All realisations of a system at one size and strength of disorder.

    Attributes
    ----------
    system
        Name of the system.
    values
        What it is keyed by, as ``{"L": 13, "Delta": 20.0}``; without what does not apply.
    seeds
        The realisations.
    directory, shared
        Where its files lie below the results, and those that all its strengths share.
    labellings
        The labellings that are computed of it, or none for all.
    """

    system: str
    values: Mapping[str, float]
    seeds: range
    directory: str
    shared: str
    labellings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.directory}, seeds {self.seeds.start}-{self.seeds.stop - 1}"


def sector_dimension(n: int, L: int) -> int:
    """Dimension of the largest sector of L sites, with a bubble of n states or none (n = 0)."""
    return max(n, 1) * comb(L, L // 2)


def number(value: float) -> str:
    """Strength of disorder as it stands in file names: ``10.0``, ``7.5``, never ``1e-05``."""
    text = format(Decimal(repr(float(value))), "f")
    return text if "." in text else f"{text}.0"


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
