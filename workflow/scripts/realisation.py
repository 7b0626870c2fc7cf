"""Infinite-time averages of one realisation: eigensolver order, sorted, ideal."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import load, save
from mbl.hilbert import sigma_z


def main(spectrum: Path, lbits: Path, realisation: Path, *, seed: int) -> None:
    """Arrange the averages of one seed by its labels."""
    started = time.perf_counter()
    with load(spectrum, "spectrum") as block, load(lbits, "lbits") as labelled:
        average = block["magnetization"].sel(seed=seed).values
        label = labelled["label"].sel(seed=seed).values
        key = {name: block[name].load() for name in ("L", "Delta", "site")}
    L = len(average)
    arranged = average[:, np.argsort(label)]
    dataset = xr.Dataset(
        {
            "average": (
                ("arrangement", "site", "position"),
                np.stack([average, arranged, sigma_z(np.arange(2**L), L)]),
            )
        },
        {
            **key,
            "seed": seed,
            "arrangement": ["eigensolver", "labelled", "ideal"],
            "position": np.arange(2**L),
        },
    )
    save(
        dataset,
        realisation,
        "realisation",
        parameters={"seed": seed},
        started=started,
        sources=[spectrum, lbits],
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
