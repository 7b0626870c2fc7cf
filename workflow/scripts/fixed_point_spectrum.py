"""Energies of the fixed-point Hamiltonian for a block of seeds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import save
from mbl.keys import seed_range
from mbl.models.fixed_point import couplings, diagonal_energies


def main(spectrum: Path, *, L: int, xi: float, seeds: str, order_decay: float) -> None:
    """Sum the couplings of every realisation in all product states."""
    started = time.perf_counter()
    block = list(seed_range(seeds))
    energy = np.stack([diagonal_energies(couplings(L, seed, xi, order_decay)) for seed in block])
    dataset = xr.Dataset(
        {"energy": (("seed", "product_state"), energy)},
        {"L": L, "xi": xi, "seed": block, "product_state": np.arange(1 << L)},
    )
    parameters = {"L": L, "xi": xi, "seeds": seeds, "order_decay": order_decay}
    save(dataset, spectrum, "fixed_point_spectrum", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
