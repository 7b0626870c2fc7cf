"""Statistics of mid-spectra over the realisations of an ensemble."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_keys, save
from mbl.ensembles.midspectrum import midspectrum_statistics
from mbl.keys import ChainKey


def main(blocks: list[Path], statistics: Path, *, ensemble: list[ChainKey]) -> None:
    """Average over the seeds of each key."""
    started = time.perf_counter()
    dataset = midspectrum_statistics(load_keys(blocks, "midspectrum", ensemble))
    parameters = {"ensemble": [str(key) for key in ensemble]}
    save(
        dataset,
        statistics,
        "midspectrum_statistics",
        parameters=parameters,
        started=started,
        sources=blocks,
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
