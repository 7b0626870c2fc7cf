"""Label the eigenstates of a block of seeds by l-bits."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import load, save
from mbl.lbits.labelling import labels


def main(spectrum: Path, lbits: Path, *, labelling: str) -> None:
    """Label every realisation of the block."""
    started = time.perf_counter()
    with load(spectrum, "spectrum") as block:
        label = np.stack(
            [labels(labelling, averages) for averages in block["magnetization"].values]
        )
        dataset = xr.Dataset(
            {"label": (("seed", "state"), label)},
            {name: block[name].load() for name in ("L", "Delta", "seed", "state")},
        )
    save(dataset, lbits, "lbits", parameters={"labelling": labelling}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
