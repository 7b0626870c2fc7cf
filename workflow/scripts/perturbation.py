"""Purities of the chain's eigenstates by perturbation theory beside exact ones."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import save
from mbl.disorder import chain_fields
from mbl.keys import seed_range
from mbl.models.bubble import central_sector
from mbl.perturbation import exact_purities, perturbative_purities


def main(perturbation: Path, *, L: int, W: list[float], seeds: str, anisotropy: float) -> None:
    """Compare both at every disorder strength, on the same fields."""
    started = time.perf_counter()
    states, block = central_sector(L), seed_range(seeds)
    fields = [chain_fields(L, seed) for seed in block]
    compared = {
        name: [[purities(states, h, w, anisotropy) for h in fields] for w in W]
        for name, purities in (
            ("exact", exact_purities),
            ("perturbative", perturbative_purities),
        )
    }
    dims = ("W", "seed", "configuration", "site")
    dataset = xr.Dataset(
        {name: (dims, np.array(values)) for name, values in compared.items()},
        {"L": L, "W": W, "seed": list(block), "configuration": states, "site": np.arange(L)},
    )
    parameters = {"L": L, "W": W, "seeds": seeds, "anisotropy": anisotropy}
    save(dataset, perturbation, "perturbation", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
