"""Entanglement growth, Ramsey and echo signals of l-bits for a block of seeds."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from wrapper import run

from mbl.datasets import load, save
from mbl.disorder import generator
from mbl.dynamics.echo import echo_lbit, ramsey_lbit
from mbl.dynamics.growth import lbit_entropy_growth, random_product_states


def main(
    spectrum: Path,
    lbits: Path,
    dynamics: Path,
    *,
    labelling: str,
    states: int,
    first: float,
    last: float,
    points: int,
) -> None:
    """Dephase product states of the l-bits, where H is diagonal: energies and labels are enough."""
    started = time.perf_counter()
    times = np.geomspace(first, last, points)
    with load(spectrum, "spectrum") as block, load(lbits, "lbits") as labelled:
        L, seeds = int(block["L"]), block["seed"].values
        energies, labels = block["energy"].values, labelled["label"].values
        key = {name: block[name].load() for name in ("L", "Delta", "seed", "site")}
    entropy, ramsey, echo = [], [], []
    for seed, energy, label in zip(seeds, energies, labels, strict=True):
        initial = random_product_states("x" * L, states, generator("product states", L, int(seed)))
        entropy.append(lbit_entropy_growth(energy, label, initial, times, L // 2))
        alone = initial[:1]  # it holds all configurations of the other l-bits with equal weights
        ramsey.append([np.abs(ramsey_lbit(energy, label, alone, i, times)[0]) for i in range(L)])
        echo.append([echo_lbit(energy, label, alone, i, times)[0].real for i in range(L)])
    dataset = xr.Dataset(
        {
            "lbit_entropy": (("seed", "initial", "t"), np.array(entropy)),
            "lbit_ramsey": (("seed", "site", "t"), np.array(ramsey)),
            "lbit_echo": (("seed", "site", "t"), np.array(echo)),
        },
        {**key, "initial": np.arange(states), "t": times},
    )
    parameters: dict[str, Any] = {
        "labelling": labelling,
        "states": states,
        "first": first,
        "last": last,
        "points": points,
    }
    save(dataset, dynamics, "lbit_dynamics", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
