"""Ramsey and echo signals over the realisations of an ensemble."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_keys, load_labellings, save
from mbl.ensembles.toolbox import echo_statistics
from mbl.keys import Key


def main(
    pbits: list[Path],
    lbits: list[Path],
    statistics: Path,
    *,
    ensemble: list[Key],
    labellings: list[str],
    late: float,
) -> None:
    """Average over the seeds of each key and labelling."""
    started = time.perf_counter()
    dataset = echo_statistics(
        load_keys(pbits, "pbit_dynamics", ensemble),
        load_labellings(lbits, "lbit_dynamics", dict.fromkeys(labellings, ensemble)),
        late,
    )
    parameters = {"ensemble": [str(key) for key in ensemble], "labellings": labellings}
    save(
        dataset,
        statistics,
        "echo_statistics",
        parameters=parameters,
        started=started,
        sources=[*pbits, *lbits],
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
