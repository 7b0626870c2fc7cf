"""Imbalance of the realisations of an ensemble, ranked by the error of the effective model."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_keys, save
from mbl.ensembles.imbalance import imbalance_statistics
from mbl.keys import Key


def main(
    imbalances: list[Path], effectives: list[Path], statistics: Path, *, ensemble: list[Key]
) -> None:
    """Rank the realisations of the ensemble's one key."""
    started = time.perf_counter()
    (imbalance,) = load_keys(imbalances, "imbalance", ensemble)
    (effective,) = load_keys(effectives, "effective", ensemble)
    dataset = imbalance_statistics(imbalance, effective)
    parameters = {"ensemble": [str(key) for key in ensemble]}
    save(
        dataset,
        statistics,
        "imbalance_statistics",
        parameters=parameters,
        started=started,
        sources=[*imbalances, *effectives],
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
