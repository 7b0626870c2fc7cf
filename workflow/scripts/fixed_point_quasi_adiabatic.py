"""Near levels, those that K connects, and the quasi-adiabatic generator for a block of seeds."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import save
from mbl.dynamics.quasi_adiabatic import (
    clear_states,
    connected_near_pairs,
    generator_error,
    near_pairs,
)
from mbl.keys import seed_range
from mbl.models.fixed_point import (
    couplings,
    diagonal_energies,
    local_hamiltonian,
    unitary_terms,
)


def main(
    quasi_adiabatic: Path,
    *,
    L: int,
    xi: float,
    seeds: str,
    order_decay: float,
    strength: float,
    gaps: list[float],
) -> None:
    """Count the pairs of levels within each γ, for every realisation."""
    started = time.perf_counter()
    block, gamma = list(seed_range(seeds)), np.array(gaps)
    rows: list[dict[str, Any]] = []
    for seed in block:
        energies = diagonal_energies(couplings(L, seed, xi, order_decay))
        K = local_hamiltonian(unitary_terms(L, seed, strength))
        *connected, every = connected_near_pairs(energies, K, np.append(gamma, np.inf))
        rows.append(
            {
                "near_pairs": near_pairs(energies, gamma),
                "connected_pairs": connected,
                "all_connected": every,
                "clear_states": clear_states(energies, K, gamma),
                "generator_error": generator_error(energies, K, gamma),
            }
        )
        log.info("seed %d counted", seed)
    stacked = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    dataset = xr.Dataset(
        {name: (("seed", "gap")[: values.ndim], values) for name, values in stacked.items()},
        {"L": L, "xi": xi, "seed": block, "gap": gamma},
    )
    parameters = {
        "L": L,
        "xi": xi,
        "seeds": seeds,
        "order_decay": order_decay,
        "strength": strength,
        "gaps": gaps,
    }
    kind = "fixed_point_quasi_adiabatic"
    save(dataset, quasi_adiabatic, kind, parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
