"""Keys of the datasets: how disorder strengths and seeds appear in file names, once for all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from pathlib import Path

import numpy as np

# Names of the labellings of eigenstates, as they stand in file names (`mbl.lbits.labelling`).
LABELLINGS = ("sorted", "magnetization", "overlap", "localized", "consistent", "combined")


def _text(key: "AnyKey") -> str:
    """A key as a directory and its seeds: ``ring/L=13/Delta=20.0, seeds 0-299``."""
    return f"{key.directory(Path())}, seeds {key.seeds.start}-{key.seeds.stop - 1}"


@dataclass(frozen=True)
class Key:
    """All realisations of the ring at one size and disorder strength."""

    L: int
    Delta: float
    seeds: range

    def __str__(self) -> str:
        return _text(self)

    @property
    def coordinates(self) -> dict[str, float]:
        """What the files of the key hold as scalar coordinates."""
        return {"L": self.L, "Delta": self.Delta}

    def disorder_directory(self, root: Path) -> Path:
        """Directory of the fields, which serve every strength."""
        return root / "ring" / f"L={self.L}"

    def directory(self, root: Path) -> Path:
        """Directory of the key below the results."""
        return self.disorder_directory(root) / f"Delta={number(self.Delta)}"


@dataclass(frozen=True)
class ChainKey:
    """All realisations of an open chain, with or without bubble, at one size and strength."""

    n: int  # n_GOE, 0 without bubble
    L: int
    W: float
    seeds: range
    beta: float | None = None  # None: as tuned in the configuration for this n_GOE

    def __str__(self) -> str:
        return _text(self)

    @property
    def coordinates(self) -> dict[str, float]:
        """What the files of the key hold as scalar coordinates."""
        beta = {} if self.beta is None else {"beta": self.beta}
        return {"n": self.n, "L": self.L, "W": self.W} | beta

    @property
    def dimension(self) -> int:
        """Dimension of the largest sector, n_GOE C(L, ⌊L/2⌋)."""
        return sector_dimension(self.n, self.L)

    def disorder_directory(self, root: Path) -> Path:
        """Directory of fields and matrices, which serve every strength and bandwidth."""
        return self._system(root, "") / f"L={self.L}"

    def directory(self, root: Path) -> Path:
        """Directory of the key below the results."""
        beta = "" if self.beta is None else f",beta={number(self.beta)}"
        return self._system(root, beta) / f"L={self.L}" / f"W={number(self.W)}"

    def _system(self, root: Path, beta: str) -> Path:
        return root / "bubble" / f"n={self.n}{beta}" if self.n else root / "chain"


@dataclass(frozen=True)
class FixedPointKey:
    """All realisations of the fixed-point model at one size and localization length."""

    L: int
    xi: float | None  # None: of K alone, which has none; 0: on-site energies alone
    seeds: range

    def __str__(self) -> str:
        return _text(self)

    @property
    def coordinates(self) -> dict[str, float]:
        """What the files of the key hold as scalar coordinates."""
        return {"L": self.L} | ({} if self.xi is None else {"xi": self.xi})

    def disorder_directory(self, root: Path) -> Path:
        """Directory of what serves every localization length."""
        return root / "fixed_point" / f"L={self.L}"

    def directory(self, root: Path) -> Path:
        """Directory of the key below the results."""
        shared = self.disorder_directory(root)
        return shared if self.xi is None else shared / f"xi={number(self.xi)}"


AnyKey = Key | ChainKey | FixedPointKey


def sector_dimension(n: int, L: int) -> int:
    """Dimension of the largest sector of L sites, with a bubble of n states or none (n = 0)."""
    return max(n, 1) * comb(L, L // 2)


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
