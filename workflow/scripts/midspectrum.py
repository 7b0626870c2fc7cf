"""Eigenstates nearest the centre of the spectrum for a block of seeds."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import load, save
from mbl.models.bubble import bubble_chain, central_sector, chain, mean_spins, sublattice_parity
from mbl.solvers.factorization import ShiftInvert, best_factor
from mbl.solvers.midspectrum import central_eigenpairs


def main(
    disorder: Path,
    midspectrum: Path,
    *,
    n: int,
    W: float,
    beta: float,
    coupling: float,
    anisotropy: float,
    states: int,
    solver: str,
    certify_every: int,
    threads: int,
) -> None:
    """Solve every realisation of the block; the analysis of the first serves all."""
    started = time.perf_counter()
    with load(disorder, "bubble_disorder" if n else "chain_fields") as block:
        sampled = block.load()
    L, seeds = int(sampled["L"]), sampled["seed"].values
    basis = central_sector(L)
    # With a bubble on an odd chain, its hop between the ends keeps the parity.
    parity = None if n and L % 2 else np.repeat(sublattice_parity(basis, L), max(n, 1))
    factorised = solver == "factorised"
    operator = ShiftInvert(best_factor(threads), parity, max(n, 1)) if factorised else None
    rows: list[dict[str, Any]] = []
    for position, seed in enumerate(seeds):
        h = sampled["h"].values[position]
        if n:
            R = beta * sampled["R"].values[position]
            H = bubble_chain(basis, h, W, R, coupling=coupling, anisotropy=anisotropy)
        else:
            H = chain(basis, h, W, anisotropy=anisotropy)
        certify = factorised and seed % certify_every == 0
        pairs = central_eigenpairs(H, states, operator, certify=certify, seed=int(seed))
        rows.append(
            {
                "energy": pairs.energies,
                "sz": mean_spins(basis, L, pairs.vectors, max(n, 1)),
                "residual": pairs.residuals,
                "energy_min": pairs.energy_min,
                "energy_max": pairs.energy_max,
                "shift": pairs.shift,
                "counted": -1 if pairs.counted is None else pairs.counted,
            }
        )
        log.info("seed %d: largest residual %.1e", seed, pairs.residuals.max())
    dims = {"energy": ("state",), "sz": ("state", "site"), "residual": ("state",)}
    dataset = xr.Dataset(
        {
            name: (("seed", *dims.get(name, ())), np.stack([row[name] for row in rows]))
            for name in rows[0]
        },
        {
            "n": n,
            "L": L,
            "W": W,
            "beta": beta,
            "seed": seeds,
            "site": np.arange(L),
            "state": np.arange(states),
        },
    )
    parameters: dict[str, Any] = {
        "n": n,
        "L": L,
        "W": W,
        "beta": beta,
        "coupling": coupling,
        "anisotropy": anisotropy,
        "states": states,
        "solver": solver,
        "certify_every": certify_every,
    }
    save(dataset, midspectrum, "midspectrum", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
