"""Two spins that dephase each other."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import save
from mbl.ensembles.fixed_point import two_spins as two_spins_in_time


def main(two_spins: Path, *, J1: float, J2: float, J12: float, periods: int, points: int) -> None:
    """Follow them through some periods of J₁₂t."""
    started = time.perf_counter()
    dataset = two_spins_in_time(J1, J2, J12, periods, points)
    parameters = {"J1": J1, "J2": J2, "J12": J12, "periods": periods, "points": points}
    save(dataset, two_spins, "fixed_point_two_spins", parameters=parameters, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
