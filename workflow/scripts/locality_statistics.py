"""Statistics of truncation errors over the realisations of an ensemble."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_keys, save
from mbl.ensembles.locality import locality_statistics
from mbl.keys import Key


def main(blocks: list[Path], statistics: Path, *, ensemble: list[Key]) -> None:
    """Average over the seeds of each key."""
    started = time.perf_counter()
    dataset = locality_statistics(load_keys(blocks, "locality", ensemble))
    parameters = {"ensemble": [str(key) for key in ensemble]}
    save(
        dataset,
        statistics,
        "locality_statistics",
        parameters=parameters,
        started=started,
        sources=blocks,
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
