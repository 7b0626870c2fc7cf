"""Diagonalise the ring for a block of seeds: spectra, infinite-time averages, eigenvectors."""

from math import comb
from pathlib import Path
from typing import Any

from wrapper import log, run

from mbl.catalogue import catalogue
from mbl.datasets import Record, eigenvector_file, save
from mbl.keys import seed_range
from mbl.planning import key_of
from mbl.registry import Quantity, System
from mbl.systems import ring
from mbl.tiers import realisations, stack


def main(
    fields: Path,
    spectrum: Path,
    eigenvectors: Path,
    wildcards: dict[str, str],
    *,
    record: Record,
) -> None:
    """Diagonalise one realisation after the other, and write its eigenvectors at once."""
    seeds = list(seed_range(wildcards["seeds"]))
    key = {**key_of("ring", wildcards), "seed": seeds}
    system, rows = catalogue()[System]["ring"], []
    size = comb(2 * key["L"], key["L"])
    with eigenvector_file(eigenvectors, key, size, record) as put:
        workspace: dict[str, Any] = {}
        every = realisations(system, key, seeds, {"fields": fields}, workspace, {})
        for position, (seed, one) in enumerate(every):
            rows.append(ring.spectrum(one))
            put(position, ring.eigenvectors(one)["eigenvector"])
            log.info("seed %d diagonalised", seed)
    save(
        stack(catalogue()[Quantity]["ring/spectrum"], rows, key), spectrum, "ring/spectrum", record
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
