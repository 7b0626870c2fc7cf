"""Imbalance of the Néel state for a block of seeds, exact and under the effective model."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import load, save
from mbl.dynamics.imbalance import imbalance as imbalance_in_time
from mbl.dynamics.imbalance import neel_sector
from mbl.hilbert import sector
from mbl.lbits.effective_model import truncated_energies
from mbl.models.ring import sector_hamiltonian
from mbl.solvers.full_spectrum import diagonalize


def main(
    fields: Path,
    lbits: Path,
    effective: Path,
    imbalance: Path,
    *,
    Delta: float,
    labelling: str,
    truncation_order: int,
    first: float,
    last: float,
    points: int,
) -> None:
    """Diagonalise the Néel state's sector anew: cheaper than keeping all eigenvectors for it."""
    started = time.perf_counter()
    times = np.linspace(first, last, points)
    with (
        load(fields, "fields") as sampled,
        load(lbits, "lbits") as labelled,
        load(effective, "effective") as model,
    ):
        L, seeds = int(sampled["L"]), sampled["seed"].values
        states = sector(L, neel_sector(L))
        start = sum(len(sector(L, down)) for down in range(neel_sector(L)))
        here = slice(start, start + len(states))
        curves = []
        for h, label, coupling in zip(
            sampled["h"].values, labelled["label"].values, model["coupling"].values, strict=True
        ):
            pairs = diagonalize([sector_hamiltonian(states, h, Delta)])
            truncated = truncated_energies(coupling, label, np.array([truncation_order]))[0, here]
            energies = np.stack([pairs.energy, truncated])
            curves.append(imbalance_in_time(L, pairs.vectors[0], energies, times))
            log.info("seed %d evolved", seeds[len(curves) - 1])
        key = {name: labelled[name].load() for name in ("L", "Delta", "seed")}
    dataset = xr.Dataset(
        {"imbalance": (("seed", "hamiltonian", "time"), np.stack(curves))},
        {
            **key,
            "hamiltonian": ["exact", "effective"],
            "time": times,
            "truncation_order": truncation_order,
        },
    )
    parameters: dict[str, Any] = {
        "labelling": labelling,
        "truncation_order": truncation_order,
        "first": first,
        "last": last,
        "points": points,
    }
    save(dataset, imbalance, "imbalance", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
