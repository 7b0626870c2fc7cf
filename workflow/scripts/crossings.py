"""Crossings of the gap ratios of two sizes, from the statistics of an ensemble."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load, save
from mbl.ensembles.bubble import gap_ratio_crossings


def main(statistics: Path, crossings: Path) -> None:
    """Find where the curves of L and L + 2 cross."""
    started = time.perf_counter()
    with load(statistics, "midspectrum_statistics") as dataset:
        found = gap_ratio_crossings(dataset.load())
    save(
        found,
        crossings,
        "crossings",
        parameters={},
        started=started,
        sources=[statistics],
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
