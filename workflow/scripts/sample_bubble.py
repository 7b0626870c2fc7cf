"""Sample the chain's fields and the bubble's matrices for a block of seeds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import save
from mbl.disorder import bubble_draws, chain_fields
from mbl.keys import seed_range
from mbl.models.bubble import bubble_matrices


def main(disorder: Path, *, n: int, L: int, seeds: str) -> None:
    """Draw hᵢ and R₀, R₁, R₂ for every seed of the block."""
    started = time.perf_counter()
    block = seed_range(seeds)
    h = np.stack([chain_fields(L, seed) for seed in block])
    R = np.stack([bubble_matrices(bubble_draws(n, L, seed), beta=1.0) for seed in block])
    dataset = xr.Dataset(
        {"h": (("seed", "site"), h), "R": (("seed", "matrix", "row", "col"), R)},
        {"n": n, "L": L, "seed": list(block), "site": np.arange(L)},
    )
    parameters = {"n": n, "L": L, "seeds": seeds}
    save(dataset, disorder, "bubble_disorder", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
