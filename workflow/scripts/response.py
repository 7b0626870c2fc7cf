"""Response of the purity to the bubble, from the statistics of an ensemble."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load, save
from mbl.ensembles.bubble import purity_response


def main(statistics: Path, response: Path) -> None:
    """Compare chains with a bubble with longer chains alone."""
    started = time.perf_counter()
    with load(statistics, "midspectrum_statistics") as dataset:
        found = purity_response(dataset.load())
    save(
        found,
        response,
        "response",
        parameters={},
        started=started,
        sources=[statistics],
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
