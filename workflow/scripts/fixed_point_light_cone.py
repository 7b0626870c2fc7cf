"""Light cone of the local unitary for a block of seeds, with its bounds."""

import time
from pathlib import Path

import numpy as np
import xarray as xr
from wrapper import log, run

from mbl.datasets import save
from mbl.dynamics.light_cone import exponential_bound, lieb_robinson_bound
from mbl.dynamics.light_cone import light_cone as commutators_in_time
from mbl.keys import seed_range
from mbl.models.fixed_point import local_hamiltonian, unitary_terms


def main(
    light_cone: Path, *, L: int, seeds: str, strength: float, times: list[float], length: float
) -> None:
    """Evolve an operator at the end of the chain under K of every realisation."""
    started = time.perf_counter()
    block, instants = list(seed_range(seeds)), np.array(times)
    norms, bounds = [], []
    for seed in block:
        terms = unitary_terms(L, seed, strength)
        norms.append(commutators_in_time(local_hamiltonian(terms), instants))
        bounds.append(lieb_robinson_bound(terms, instants))
        log.info("seed %d evolved", seed)
    dims = ("fictitious_time", "distance")
    dataset = xr.Dataset(
        {
            "commutator": (("seed", *dims), np.stack(norms)),
            "commutator_bound": (("seed", *dims), np.stack(bounds)),
            "exponential_bound": (dims, exponential_bound(L, instants, strength, length)),
        },
        {"L": L, "seed": block, "fictitious_time": instants, "distance": np.arange(L)},
    )
    parameters = {"L": L, "seeds": seeds, "strength": strength, "times": times, "length": length}
    save(dataset, light_cone, "fixed_point_light_cone", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
