"""Speed and memory of the mid-spectrum solver against its peers, as ratios in one run.

    make bench                                          everything
    python benchmarks/midspectrum.py --only peers       parts of it
    python benchmarks/midspectrum.py --case b18         one realisation, certified, with its peak

Parts: peers, factor, fallback, scaling, throughput. A case is b (n_GOE = 4) or x (chain alone) and
L. W = 5, 100 pairs, one thread unless said otherwise. Prints a report in Markdown.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before any BLAS is loaded

import numpy as np
from scipy.sparse.linalg import eigsh

from mbl.disorder import bubble_draws, site_fields
from mbl.models.bubble import (
    bubble_chain,
    bubble_matrices,
    central_sector,
    chain,
    sublattice_parity,
)
from mbl.solvers.factorization import PardisoFactor, ShiftInvert, SuperLUFactor
from mbl.solvers.methods import choose_method
from mbl.solvers.midspectrum import central_eigenpairs
from mbl.solvers.pardiso import Pardiso

W, BETA, N_GOE, PAIRS = 5.0, 0.6, 4, 100


def matrix(case, seed):
    """Hamiltonian of a realisation, the parity of its states and the size of its blocks."""
    L = int(case[1:])
    states, fields = central_sector(L), site_fields(L, seed)
    parity = sublattice_parity(states, L)
    if case[0] == "x":
        return chain(states, fields, W), parity, 1
    R = bubble_matrices(bubble_draws(N_GOE, seed), BETA)
    return bubble_chain(states, fields, W, R), np.repeat(parity, N_GOE), N_GOE


class Stopwatch:
    """Adds up the time of PARDISO's numerical factorisations, phase 22 alone."""

    seconds = 0.0

    def __init__(self):
        factorise = Pardiso.factorise

        def timed(pardiso, values):
            start = time.perf_counter()
            negative = factorise(pardiso, values)
            self.seconds += time.perf_counter() - start
            return negative

        Pardiso.factorise = timed


STOPWATCH = Stopwatch()


def realisations(case, count, factor, *, certify=False):
    """Seconds of each realisation, from its matrix to checked pairs, and of its factorisation.

    The analysis of the pattern is made in a first one, which is not timed.
    """
    operator, out = None, []
    for seed in range(count + 1):
        H, parity, block = matrix(case, seed)
        operator = operator or ShiftInvert(factor, parity, block)
        STOPWATCH.seconds, start = 0.0, time.perf_counter()
        pairs = central_eigenpairs(H, PAIRS, operator, certify=certify)
        out.append((time.perf_counter() - start, STOPWATCH.seconds, pairs))
    return out[1:]


def peers(cases=(("b12", 3), ("x16", 5), ("b14", 10))):
    """Against scipy's eigsh at the same shift, on SuperLU."""
    print("## Against eigsh(sigma) with SuperLU\n")
    print("| case | dimension | eigsh | here | ratio | asked | levels differ by |")
    print("|---|---|---|---|---|---|---|")
    for case, asked in cases:
        runs = realisations(case, 3, PardisoFactor())
        seconds, ours = min(run[0] for run in runs), runs[-1][2]
        H, _, _ = matrix(case, 3)
        start = time.perf_counter()
        low, high = (eigsh(H, k=1, which=end, return_eigenvectors=False)[0] for end in ("SA", "LA"))
        levels, _ = eigsh(H, k=PAIRS, sigma=0.5 * (low + high))
        theirs = time.perf_counter() - start
        apart = np.abs(np.sort(levels) - ours.energies).max()
        print(
            f"| {case} | {H.shape[0]} | {theirs:.2f} s | {seconds:.2f} s "
            f"| **{theirs / seconds:.1f}** | {asked} | {apart:.0e} |",
            flush=True,
        )
    print()


def factor(cases=(("x18", 2.6), ("b16", 2.3))):
    """Against the numerical factorisation alone."""
    print("## One realisation against its own numerical factorisation\n")
    print("| case | dimension | all | LDLᵀ | ratio | asked |\n|---|---|---|---|---|---|")
    for case, asked in cases:
        runs = realisations(case, 3, PardisoFactor())
        seconds, numeric, pairs = min(runs, key=lambda run: run[0] / run[1])
        print(
            f"| {case} | {pairs.vectors.shape[1]} | {seconds:.1f} s | {numeric:.1f} s "
            f"| **{seconds / numeric:.2f}** | {asked} |",
            flush=True,
        )
    print("\nThe best of three; the analysis of the pattern is shared by all realisations.\n")


def fallback(case="b14"):
    """SuperLU where MKL is not there."""
    (ours, _, _), (theirs, _, _) = (
        min(realisations(case, 2, kind()), key=lambda run: run[0])
        for kind in (PardisoFactor, SuperLUFactor)
    )
    print("## Without MKL\n")
    print(f"| case | PARDISO | SuperLU | ratio |\n|---|---|---|---|\n| {case} ", end="")
    print(f"| {ours:.2f} s | {theirs:.1f} s | **{theirs / ours:.1f}** |\n", flush=True)


def scaling(cases=("x12", "x14", "x16", "x18", "b10", "b12", "b14", "b16")):
    """Cost and peak memory against dimension, each case in a process of its own."""
    print("## Cost and memory against dimension\n")
    print("| case | dimension | method | one realisation | peak |\n|---|---|---|---|---|")
    found = {}
    for case in cases:
        command = [sys.executable, __file__, "--case", case, "--quick"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        dimension, seconds, peak = (float(word) for word in done.stdout.split()[:3])
        found[case] = dimension, seconds
        method = choose_method(int(dimension))
        print(
            f"| {case} | {dimension:.0f} | {method} | {seconds:.3g} s | {peak:.2f} GB |", flush=True
        )
    for letter, name in (("x", "chain alone"), ("b", "with bubble")):
        points = np.log([found[case] for case in cases if case[0] == letter][1:])
        power = np.polyfit(points[:, 0], points[:, 1], 1)[0]
        print(f"\n{name.capitalize()}: dimension to the power {power:.2f}.")
    print()


def throughput(case="b14"):
    """One process of two threads against two processes of one."""
    command = [sys.executable, __file__, "--case", case, "--quick"]

    def run(count, threads):
        jobs = [
            subprocess.Popen(
                [*command, "--threads", str(threads)], stdout=subprocess.PIPE, text=True
            )
            for _ in range(count)
        ]
        return max(float(job.communicate()[0].split()[1]) for job in jobs)

    alone, two_threads, two_jobs = run(1, 1), run(1, 2), run(2, 1)
    print(f"## Threads or jobs: {case} on two cores\n")
    print("| | one realisation | realisations per minute |\n|---|---|---|")
    for name, seconds, jobs in (
        ("one job of one thread", alone, 1),
        ("one job of two threads", two_threads, 1),
        ("two jobs of one thread", two_jobs, 2),
    ):
        print(f"| {name} | {seconds:.2f} s | {60 * jobs / seconds:.0f} |")
    print()


def one_case(case, *, quick, threads):
    """One realisation in this process: its time and the peak memory."""
    runs = realisations(case, 2 if quick else 1, PardisoFactor(threads), certify=not quick)
    seconds, numeric, pairs = min(runs, key=lambda run: run[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{pairs.vectors.shape[1]} {seconds:.4f} {peak:.3f}")
    if not quick:
        print(
            f"{case}: {seconds:.0f} s, of which {numeric:.0f} s in 3 factorisations, residuals up "
            f"to {pairs.residuals.max():.1e}, {pairs.counted} levels counted of {PAIRS}, "
            f"peak {peak:.2f} GB"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parts = {
        "peers": peers,
        "factor": factor,
        "fallback": fallback,
        "scaling": scaling,
        "throughput": throughput,
    }
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
    parser.add_argument("--case", help="one realisation of one case, such as b16")
    parser.add_argument("--quick", action="store_true", help="without certificate")
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.case:
        one_case(chosen.case, quick=chosen.quick, threads=chosen.threads)
    else:
        for part in chosen.only:
            parts[part]()
