"""Label the eigenstates of a block of seeds by sorting their averages, as the paper does."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import load, save
from mbl.lbits.sorting import agreement, sorted_labels


def main(spectrum: Path, lbits: Path) -> None:
    """Label every realisation of the block."""
    started = time.perf_counter()
    with load(spectrum, "spectrum") as block:
        averages = block["magnetization"].values
        label = np.stack([sorted_labels(one) for one in averages])
        pairs = zip(averages, label, strict=True)
        objective = [agreement(one, k) for one, k in pairs]
        count = len(objective)
        dataset = xr.Dataset(
            {
                "label": (("seed", "state"), label),
                "objective": ("seed", objective),
                "bound": ("seed", np.full(count, np.nan)),  # that of `magnetization`
                "iterations": ("seed", np.zeros(count, dtype=int)),
            },
            {name: block[name].load() for name in ("L", "Delta", "seed", "state")},
        )
    save(dataset, lbits, "lbits", parameters={"labelling": "sorted"}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
