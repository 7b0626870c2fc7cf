"""Label the eigenstates of a block of seeds by optimal assignments."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import eigenvectors_of, load, save
from mbl.hilbert import sectors
from mbl.lbits.labelling import Labelling, label_eigenstates
from mbl.solvers.full_spectrum import unpack


def main(
    spectrum: Path, eigenvectors: Path, combined: list[Path], lbits: Path, *, labelling: str
) -> None:
    """Label every realisation of the block, with its objective and what none can exceed.

    `combined` has the file of that labelling where this one starts from it, else none.
    """
    started = time.perf_counter()
    starts = [start for path in combined for start in _labellings(path)]
    found = []
    with load(spectrum, "spectrum") as block, load(eigenvectors, "eigenvectors") as packed:
        dimensions = [len(states) for states in sectors(int(block["L"]))]
        energies, averages = block["energy"].values, block["magnetization"].values
        for position, seed in enumerate(block["seed"].values):
            vectors = unpack(eigenvectors_of(packed, position, eigenvectors), dimensions)
            start = starts[position] if starts else None
            found.append(
                label_eigenstates(labelling, energies[position], averages[position], vectors, start)
            )
            log.info("seed %d: objective %.6g", seed, found[-1].objective)
        dataset = xr.Dataset(
            {
                "label": (("seed", "state"), np.stack([one.label for one in found])),
                "objective": ("seed", [one.objective for one in found]),
                "bound": ("seed", [one.bound for one in found]),
                "iterations": ("seed", [one.iterations for one in found]),
            },
            {name: block[name].load() for name in ("L", "Delta", "seed", "state")},
        )
    save(dataset, lbits, "lbits", parameters={"labelling": labelling}, started=started)


def _labellings(path: Path) -> list[Labelling]:
    """The labellings of a file, realisation by realisation."""
    columns = ("label", "objective", "bound", "iterations")
    with load(path, "lbits") as block:
        return [Labelling(*row) for row in zip(*(block[c].values for c in columns), strict=True)]


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
