"""Violations of the l-bits' Pauli algebra and conservation for a block of seeds."""

import time
from dataclasses import asdict
from pathlib import Path

import xarray as xr
from wrapper import log, run

from mbl.datasets import load, save
from mbl.disorder import generator
from mbl.hilbert import sectors
from mbl.lbits.operators import algebra_errors, fix_signs
from mbl.models.ring import sector_hamiltonian
from mbl.solvers.full_spectrum import diagonalize


def main(fields: Path, lbits: Path, algebra: Path, *, Delta: float, labelling: str) -> None:
    """Diagonalise anew: at these sizes that is cheaper than keeping all eigenvectors for it."""
    started = time.perf_counter()
    rows: list[dict[str, float]] = []
    with load(fields, "fields") as sampled, load(lbits, "lbits") as labelled:
        L, seeds = int(sampled["L"]), sampled["seed"].values
        for seed, h, label in zip(
            seeds, sampled["h"].values, labelled["label"].values, strict=True
        ):
            pairs = diagonalize(sector_hamiltonian(states, h, Delta) for states in sectors(L))
            blocks = (sector_hamiltonian(states, h, Delta) for states in sectors(L))
            rng = generator("algebra", L, int(seed))
            rows.append(asdict(algebra_errors(fix_signs(pairs.vectors, label), label, blocks, rng)))
            log.info("seed %d checked", seed)
        key = {name: labelled[name].load() for name in ("L", "Delta", "seed")}
    dataset = xr.Dataset({name: ("seed", [row[name] for row in rows]) for name in rows[0]}, key)
    save(dataset, algebra, "algebra", parameters={"labelling": labelling}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
