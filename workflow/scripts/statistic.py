"""The rows of an ensemble, as their function is declared in `mbl.ensembles`."""

from pathlib import Path
from typing import Any

from wrapper import run

from mbl.catalogue import catalogue
from mbl.datasets import Record, save
from mbl.keys import Key
from mbl.registry import Statistic
from mbl.tiers import rows


def main(
    inputs: dict[str, list[Path]],
    output: Path,
    *,
    statistic: str,
    ensemble: list[Key],
    options: dict[str, Any],
    record: Record,
) -> None:
    """Reduce every realisation of the ensemble's blocks to a row."""
    dataset = rows(catalogue()[Statistic][statistic], ensemble, inputs, options)
    save(dataset, output, f"ensembles/{statistic}", record)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
