"""One quantity of a block of realisations, as its function is declared in `mbl.systems`."""

from pathlib import Path
from typing import Any

from wrapper import run

from mbl.catalogue import catalogue
from mbl.datasets import Record, save
from mbl.keys import seed_range
from mbl.planning import key_of
from mbl.registry import Quantity
from mbl.tiers import block


def main(
    inputs: dict[str, Path],
    output: Path,
    wildcards: dict[str, str],
    *,
    quantity: str,
    key: dict[str, Any],
    options: dict[str, Any],
    realisation_options: dict[str, Any],
    threads: int,
    record: Record,
) -> None:
    """Compute it realisation by realisation; `key` holds what the path does not tell of the key."""
    declared = catalogue()[Quantity][quantity]
    system, _, _ = quantity.partition("/")
    labelling = {"labelling": wildcards["labelling"]} if declared.labelled else {}
    dataset = block(
        declared,
        key_of(system, wildcards) | labelling | key,
        seed_range(wildcards["seeds"]),
        {name: path for name, path in inputs.items() if path.suffix == ".nc"},
        options=options,
        realisation_options=realisation_options,
        threads=threads,
    )
    save(dataset, output, quantity, record)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
