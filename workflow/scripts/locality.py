"""Truncation errors of the l-bits of a block of seeds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import eigenvectors_of, load, save
from mbl.hilbert import sectors
from mbl.lbits.locality import supports, truncation_error
from mbl.solvers.full_spectrum import unpack


def main(eigenvectors: Path, lbits: Path, locality: Path, *, labelling: str) -> None:
    """Reduce every l-bit of every realisation to its buffers."""
    started = time.perf_counter()
    with load(lbits, "lbits") as labelled, load(eigenvectors, "eigenvectors") as block:
        L, seeds = int(labelled["L"]), labelled["seed"].values
        dimensions = [len(states) for states in sectors(L)]
        errors = []
        for position, label in enumerate(labelled["label"].values):
            vectors = unpack(eigenvectors_of(block, position, eigenvectors), dimensions)
            errors.append(truncation_error(vectors, label))
            log.info("seed %d reduced", seeds[position])
        dataset = xr.Dataset(
            {"truncation_error": (("seed", "site", "support"), np.stack(errors))},
            {
                **{name: labelled[name].load() for name in ("L", "Delta", "seed")},
                "site": np.arange(L),
                "support": supports(L),
            },
        )
    save(dataset, locality, "locality", parameters={"labelling": labelling}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
