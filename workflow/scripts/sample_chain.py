"""Sample random fields of the open chain for a block of seeds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import save
from mbl.disorder import chain_fields
from mbl.keys import seed_range


def main(fields: Path, *, L: int, seeds: str) -> None:
    """Draw hᵢ for every seed of the block."""
    started = time.perf_counter()
    block = seed_range(seeds)
    h = np.stack([chain_fields(L, seed) for seed in block])
    dataset = xr.Dataset(
        {"h": (("seed", "site"), h)}, {"L": L, "seed": list(block), "site": np.arange(L)}
    )
    save(dataset, fields, "chain_fields", parameters={"L": L, "seeds": seeds}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
