"""Statistics of minimal buffers over the realisations of an ensemble."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_keys, save
from mbl.ensembles.locality import buffer_statistics
from mbl.keys import Key


def main(
    blocks: list[Path], statistics: Path, *, ensemble: list[Key], thresholds: list[float]
) -> None:
    """Average over the seeds of each key."""
    started = time.perf_counter()
    dataset = buffer_statistics(load_keys(blocks, "locality", ensemble), thresholds)
    parameters = {"ensemble": [str(key) for key in ensemble], "thresholds": thresholds}
    save(
        dataset,
        statistics,
        "buffer_statistics",
        parameters=parameters,
        started=started,
        sources=blocks,
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
