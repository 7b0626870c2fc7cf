"""Diagonalise the ring for a block of seeds: spectra, infinite-time averages, eigenvectors."""

import time
from math import comb
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import eigenvector_file, load, save
from mbl.hilbert import sectors
from mbl.lbits.averages import infinite_time_average
from mbl.models.ring import sector_hamiltonian
from mbl.solvers.full_spectrum import diagonalize, pack


def main(fields: Path, spectrum: Path, eigenvectors: Path, *, Delta: float) -> None:
    """Diagonalise one realisation after the other, all sectors of each."""
    started = time.perf_counter()
    with load(fields, "fields") as block:
        sampled = block.load()
    L, seeds = int(sampled["L"]), sampled["seed"].values
    key = {"L": L, "Delta": Delta, "seed": seeds}
    parameters = {"L": L, "Delta": Delta, "seeds": [int(seeds[0]), int(seeds[-1])]}
    energy, magnetization = [], []
    with eigenvector_file(
        eigenvectors, key, comb(2 * L, L), parameters=parameters, started=started
    ) as put:
        for position, h in enumerate(sampled["h"].values):
            pairs = diagonalize(sector_hamiltonian(states, h, Delta) for states in sectors(L))
            energy.append(pairs.energy)
            magnetization.append(infinite_time_average(pairs.vectors))
            put(position, pack(pairs.vectors))
            log.info("seed %d diagonalised", seeds[position])
    sector = np.repeat(np.arange(L + 1), [len(states) for states in sectors(L)])
    dataset = xr.Dataset(
        {
            "energy": (("seed", "state"), np.stack(energy)),
            "magnetization": (("seed", "site", "state"), np.stack(magnetization)),
        },
        {**key, "site": np.arange(L), "state": np.arange(2**L), "sector": ("state", sector)},
    )
    save(dataset, spectrum, "spectrum", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
