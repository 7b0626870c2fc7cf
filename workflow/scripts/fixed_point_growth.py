"""Growth of entanglement under the fixed-point Hamiltonian for a block of seeds."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import save
from mbl.dynamics.diagonal import (
    diagonal_entropy,
    diagonal_growth,
    growth_bound,
    product_state,
    spin_purity,
)
from mbl.keys import seed_range
from mbl.models.fixed_point import couplings, diagonal_energies


def main(
    growth: Path,
    *,
    L: int,
    xi: float,
    seeds: str,
    order_decay: float,
    down: list[float],
    first: float,
    last: float,
    points: int,
) -> None:
    """Evolve each initial state under H₀ of every realisation, cut in the middle."""
    started = time.perf_counter()
    block, times, cut = list(seed_range(seeds)), np.geomspace(first, last, points), L // 2
    states = [product_state(L, p) for p in down]
    site = [float(diagonal_entropy(state, 1)) for state in states]
    rows: list[dict[str, Any]] = []
    for seed in block:
        J = couplings(L, seed, xi, order_decay)
        energies = diagonal_energies(J)
        rows.append(
            {
                "entropy": [diagonal_growth(energies, state, times, cut) for state in states],
                "entropy_bound": [growth_bound(J, times, cut, s) for s in site],
                "purity": [spin_purity(energies, state, times, cut) for state in states],
            }
        )
        log.info("seed %d evolved", seed)
    dims = ("seed", "down", "time")
    dataset = xr.Dataset(
        {name: (dims, np.array([row[name] for row in rows])) for name in rows[0]}
        | {"diagonal_entropy": ("down", [float(diagonal_entropy(s, cut)) for s in states])},
        {"L": L, "xi": xi, "seed": block, "down": down, "time": times},
    )
    parameters = {
        "L": L,
        "xi": xi,
        "seeds": seeds,
        "order_decay": order_decay,
        "down": down,
        "first": first,
        "last": last,
        "points": points,
    }
    save(dataset, growth, "fixed_point_growth", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
