"""Statistics of the l-bits of an ensemble, by labelling."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_labellings, save
from mbl.ensembles.toolbox import STATISTICS
from mbl.keys import Key


def main(
    blocks: list[Path],
    statistics: Path,
    *,
    kind: str,
    statistic: str,
    ensemble: list[Key],
    labellings: list[str],
) -> None:
    """Average over the seeds of each key and labelling."""
    started = time.perf_counter()
    dataset = STATISTICS[kind](load_labellings(blocks, kind, dict.fromkeys(labellings, ensemble)))
    parameters = {"ensemble": [str(key) for key in ensemble], "labellings": labellings}
    save(
        dataset,
        statistics,
        f"{statistic}_statistics",
        parameters=parameters,
        started=started,
        sources=blocks,
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
