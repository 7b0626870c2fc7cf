"""Effective models of a block of seeds: couplings and the errors of their truncations."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import load, save
from mbl.lbits.effective_model import couplings, extension, norm_error, order


def main(spectrum: Path, lbits: Path, effective: Path, *, labelling: str) -> None:
    """Expand every realisation's H in its l-bits."""
    started = time.perf_counter()
    with load(spectrum, "spectrum") as block, load(lbits, "lbits") as labelled:
        L = int(block["L"])
        energies, labels = block["energy"].values, labelled["label"].values
        key = {name: block[name].load() for name in ("L", "Delta", "seed")}
    coupling = [couplings(energy, label) for energy, label in zip(energies, labels, strict=True)]
    error = [norm_error(*all_of) for all_of in zip(energies, coupling, labels, strict=True)]
    dataset = xr.Dataset(
        {
            "coupling": (("seed", "mu"), np.stack(coupling)),
            "norm_error": (("seed", "order"), np.stack(error)),
        },
        {
            **key,
            "mu": np.arange(2**L),
            "spins": ("mu", order(L)),
            "extension": ("mu", extension(L)),
            "order": np.arange(1, L + 1),
        },
    )
    save(dataset, effective, "effective", parameters={"labelling": labelling}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
