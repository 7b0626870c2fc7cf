"""Labellings of an ensemble side by side, realisation by realisation."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load_labellings, save
from mbl.ensembles.labellings import labelling_statistics
from mbl.keys import Key


def main(
    lbits: list[Path],
    localities: list[Path],
    effectives: list[Path],
    imbalances: list[Path],
    statistics: Path,
    *,
    compared: dict[str, list[Key]],
) -> None:
    """Join what every labelling gives for every realisation."""
    started = time.perf_counter()
    files = {
        "lbits": lbits,
        "locality": localities,
        "effective": effectives,
        "imbalance": imbalances,
    }
    parts = [load_labellings(paths, kind, compared) for kind, paths in files.items()]
    dataset = labelling_statistics(
        (name, realisations)
        for name in compared
        for realisations in zip(*(part[name] for part in parts), strict=True)
    )
    parameters = {name: [str(key) for key in keys] for name, keys in compared.items()}
    save(
        dataset,
        statistics,
        "labelling_statistics",
        parameters=parameters,
        started=started,
        sources=[*lbits, *localities, *effectives, *imbalances],
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
