"""Entanglement of blocks in eigenstates of the fixed-point model for a block of seeds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import save
from mbl.dynamics.area_law import block_bounds, block_entropies, eigenstates
from mbl.keys import seed_range
from mbl.models.fixed_point import local_hamiltonian, random_labels, unitary_terms


def main(area_law: Path, *, L: int, seeds: str, strength: float, states: int) -> None:
    """Measure blocks at the end and in the middle of the chain in some eigenstates each."""
    started = time.perf_counter()
    block = list(seed_range(seeds))
    entropies, bounds = [], []
    for seed in block:
        terms = unitary_terms(L, seed, strength)
        some = eigenstates(local_hamiltonian(terms), random_labels(L, seed, states))
        entropies.append(block_entropies(some))
        bounds.append(block_bounds(terms))
        log.info("seed %d measured", seed)
    dataset = xr.Dataset(
        {
            "block_entropy": (("seed", "eigenstate", "ends", "length"), np.stack(entropies)),
            "block_bound": (("seed", "ends", "length"), np.stack(bounds)),
        },
        {
            "L": L,
            "seed": block,
            "eigenstate": np.arange(states),
            "ends": [1, 2],
            "length": np.arange(1, L),
        },
    )
    parameters = {"L": L, "seeds": seeds, "strength": strength, "states": states}
    save(dataset, area_law, "fixed_point_area_law", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
