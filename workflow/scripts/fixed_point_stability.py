"""Eigenstates of the perturbed fixed-point model for a block of seeds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import save
from mbl.dynamics.area_law import perturbed_eigenstates
from mbl.dynamics.entanglement import entanglement_entropy
from mbl.keys import seed_range
from mbl.models.fixed_point import (
    couplings,
    diagonal_energies,
    hamiltonian,
    local_hamiltonian,
    perturbation_terms,
    unitaries,
    unitary_terms,
)


def main(
    stability: Path,
    *,
    L: int,
    xi: float,
    seeds: str,
    order_decay: float,
    strength: float,
    perturbations: list[float],
    share: float,
) -> None:
    """Solve H + gV of every realisation in the middle of its spectrum, g = 0 among the g."""
    started = time.perf_counter()
    block, g = list(seed_range(seeds)), np.array([0.0, *perturbations])
    count = round(share * 2**L)
    first = (2**L - count) // 2
    energy, entropy = np.empty((2, len(block), len(g), count))
    error = np.empty(len(block))
    for i, seed in enumerate(block):
        bare = diagonal_energies(couplings(L, seed, xi, order_decay))
        (U,) = unitaries(local_hamiltonian(unitary_terms(L, seed, strength)), [1.0])
        H = hamiltonian(bare, U)
        V = local_hamiltonian(perturbation_terms(L, seed))
        for j, value in enumerate(g):
            energy[i, j], states = perturbed_eigenstates(H, V, value, count)
            entropy[i, j] = entanglement_entropy(states, L // 2)
        error[i] = np.abs(energy[i, 0] - np.sort(bare)[first : first + count]).max()
        log.info("seed %d solved", seed)
    dims = ("seed", "g", "level")
    dataset = xr.Dataset(
        {
            "level_energy": (dims, energy),
            "level_entropy": (dims, entropy),
            "spectrum_error": ("seed", error),
        },
        {"L": L, "xi": xi, "seed": block, "g": g, "level": np.arange(count)},
    )
    parameters = {
        "L": L,
        "xi": xi,
        "seeds": seeds,
        "order_decay": order_decay,
        "strength": strength,
        "perturbations": perturbations,
        "share": share,
    }
    save(dataset, stability, "fixed_point_stability", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
