"""Weights of the l-bits' Pauli strings by range for a block of seeds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import load, save
from mbl.hilbert import sectors
from mbl.lbits.effective_model import extension
from mbl.lbits.mean_range import range_weights
from mbl.lbits.operators import fix_signs
from mbl.models.ring import sector_hamiltonian
from mbl.solvers.full_spectrum import diagonalize


def main(fields: Path, lbits: Path, weights: Path, *, Delta: float, labelling: str) -> None:
    """Diagonalise anew: at these sizes that is cheaper than keeping all eigenvectors for it."""
    started = time.perf_counter()
    found = []
    with load(fields, "fields") as sampled, load(lbits, "lbits") as labelled:
        L, seeds = int(sampled["L"]), sampled["seed"].values
        ranges = extension(L)
        for seed, h, label in zip(
            seeds, sampled["h"].values, labelled["label"].values, strict=True
        ):
            raw = diagonalize(sector_hamiltonian(s, h, Delta) for s in sectors(L)).vectors
            fixed = fix_signs(raw, label)
            operators = (("z", fixed), ("x", fixed), ("x", raw))
            found.append([range_weights(axis, v, label, ranges) for axis, v in operators])
            log.info("seed %d expanded", seed)
        key = {name: labelled[name].load() for name in ("L", "Delta", "seed")}
    dataset = xr.Dataset(
        {"weight": (("seed", "operator", "site", "range"), np.array(found))},
        {
            **key,
            "operator": ["z", "x", "x, raw signs"],
            "site": np.arange(L),
            "range": np.arange(ranges.max() + 1),
        },
    )
    save(dataset, weights, "range", parameters={"labelling": labelling}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
