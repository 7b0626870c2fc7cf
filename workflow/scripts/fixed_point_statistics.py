"""Statistics of one quantity of the fixed-point model over realisations."""

import time
from pathlib import Path
from typing import Any

from wrapper import run

from mbl.datasets import load_keys, save
from mbl.ensembles.fixed_point import STATISTICS
from mbl.keys import FixedPointKey


def main(
    blocks: list[Path],
    statistics: Path,
    *,
    quantity: str,
    ensemble: list[FixedPointKey],
    options: dict[str, Any],
) -> None:
    """Average over the seeds of each key."""
    started = time.perf_counter()
    kind = f"fixed_point_{quantity}"
    dataset = STATISTICS[quantity](load_keys(blocks, kind, ensemble), **options)
    parameters = {"ensemble": [str(key) for key in ensemble], **options}
    save(
        dataset,
        statistics,
        f"{kind}_statistics",
        parameters=parameters,
        started=started,
        sources=blocks,
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
