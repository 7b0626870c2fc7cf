"""Entanglement growth, Ramsey and echo signals of p-bits for a block of seeds."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import load, save
from mbl.disorder import generator
from mbl.dynamics.echo import echo_pbit, ramsey_pbit
from mbl.dynamics.growth import dephased_entropy, entropy_growth, random_product_states
from mbl.hilbert import sectors
from mbl.models.ring import sector_hamiltonian
from mbl.solvers.full_spectrum import diagonalize

AXES = ("x", "z")


def main(
    fields: Path,
    dynamics: Path,
    *,
    Delta: float,
    states: int,
    first: float,
    last: float,
    points: int,
) -> None:
    """Evolve product states of every realisation of the block."""
    started = time.perf_counter()
    with load(fields, "fields") as block:
        sampled = block.load()
    L, seeds = int(sampled["L"]), sampled["seed"].values
    times = np.geomspace(first, last, points)
    cuts = list(range(1, L // 3 + 1))  # blocks much smaller than the rest
    rows: list[dict[str, Any]] = []
    for seed, h in zip(seeds, sampled["h"].values, strict=True):
        pairs = diagonalize(sector_hamiltonian(s, h, Delta) for s in sectors(L))
        vectors, energy = pairs.vectors, pairs.energy
        rng = generator("product states", L, int(seed))
        initial = [random_product_states(axis * L, states, rng) for axis in AXES]
        # One state holds all configurations of the other spins with equal weights.
        (precessing,) = random_product_states("x" * L, 1, rng)
        alone = precessing[None]
        rows.append(
            {
                "entropy": [entropy_growth(vectors, energy, s, times, L // 2) for s in initial],
                "dephased_entropy": [
                    np.stack([dephased_entropy(vectors, s, cut) for cut in cuts], axis=1)
                    for s in initial
                ],
                "ramsey": [
                    np.abs(ramsey_pbit(vectors, energy, alone, site, times)[0]) for site in range(L)
                ],
                "echo": [
                    echo_pbit(vectors, energy, alone, site, times)[0].real for site in range(L)
                ],
            }
        )
        log.info("seed %d evolved", seed)
    dims = {
        "entropy": ("axis", "initial", "t"),
        "dephased_entropy": ("axis", "initial", "cut"),
        "ramsey": ("site", "t"),
        "echo": ("site", "t"),
    }
    dataset = xr.Dataset(
        {name: (("seed", *dims[name]), np.array([row[name] for row in rows])) for name in dims},
        {
            "L": L,
            "Delta": Delta,
            "seed": seeds,
            "site": np.arange(L),
            "axis": list(AXES),
            "initial": np.arange(states),
            "cut": cuts,
            "t": times,
        },
    )
    parameters = {"states": states, "first": first, "last": last, "points": points}
    save(dataset, dynamics, "pbit_dynamics", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
