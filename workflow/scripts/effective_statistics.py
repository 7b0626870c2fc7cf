"""Statistics of effective models over the realisations of an ensemble."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_keys, save
from mbl.ensembles.effective import effective_statistics
from mbl.keys import Key


def main(blocks: list[Path], statistics: Path, *, ensemble: list[Key]) -> None:
    """Average over the seeds of each key."""
    started = time.perf_counter()
    dataset = effective_statistics(load_keys(blocks, "effective", ensemble))
    parameters = {"ensemble": [str(key) for key in ensemble]}
    save(
        dataset,
        statistics,
        "effective_statistics",
        parameters=parameters,
        started=started,
        sources=blocks,
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
