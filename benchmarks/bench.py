"""Speed and memory of the ring against their peers, as ratios in one run on one thread.

    make bench                                       everything, about half an hour
    python benchmarks/bench.py --only lapack memory  parts of it

Parts: lapack, quspin, memory, sizes, dryrun, workflow. Prints a report in Markdown.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before any BLAS is loaded

import netCDF4
import numpy as np
import scipy.linalg
import yaml

from mbl import planning
from mbl.disorder import site_fields
from mbl.hilbert import sectors
from mbl.keys import seed_range
from mbl.lbits.averages import infinite_time_average
from mbl.lbits.effective_model import couplings, norm_error
from mbl.lbits.locality import truncation_error
from mbl.lbits.sorting import sorted_labels
from mbl.models.ring import sector_hamiltonian
from mbl.provenance import versions
from mbl.solvers.full_spectrum import diagonalize

ROOT = Path(__file__).parents[1]
DELTA = 20.0


def blocks(fields):
    return [sector_hamiltonian(states, fields, DELTA) for states in sectors(len(fields))]


def realisation(fields):
    """All of one realisation, from fields to the errors of the effective model."""
    pairs = diagonalize(sector_hamiltonian(s, fields, DELTA) for s in sectors(len(fields)))
    averages = infinite_time_average(pairs.vectors)
    label = sorted_labels(averages)
    error = truncation_error(pairs.vectors, label)
    coupling = couplings(pairs.energy, label)
    return {
        "energy": pairs.energy,
        "magnetization": averages,
        "label": label,
        "truncation_error": error,
        "coupling": coupling,
        "norm_error": norm_error(pairs.energy, coupling, label),
    }


def timed(function, *arguments):
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def bare_lapack(matrices):
    for H in matrices:
        scipy.linalg.eigh(H, driver="evd", overwrite_a=True, check_finite=False)


def lapack(repeats=11, L=13):
    """One realisation against LAPACK alone on the same blocks, in turn in one process."""
    realisation(site_fields(L, 0))  # index tables and pages are there from now on
    pairs = []
    for seed in range(repeats):
        fields = site_fields(L, seed)
        bare, _ = timed(bare_lapack, blocks(fields))
        whole, _ = timed(realisation, fields)
        pairs.append((bare, whole))
    print(f"## One realisation at L = {L} against bare LAPACK\n")
    print("| | LAPACK evd | diagonalise + label + locality + effective model | ratio |")
    print("|---|---|---|---|")
    for name, of in (("fastest", min), ("median", median)):
        bare, whole = of(b for b, _ in pairs), of(w for _, w in pairs)
        print(f"| {name} of {repeats} | {bare:.2f} s | {whole:.2f} s | **{whole / bare:.2f}** |")
    print("\nMeasured in turn, each realisation by both.\n")


def quspin(python, sizes=(9, 11, 13)):
    """One realisation against the straightforward QuSpin program, equal numbers."""
    print("## Against the straightforward QuSpin program\n")
    print("| L | QuSpin program | here | ratio | magnetisations differ by | all else by |")
    print("|---|---|---|---|---|---|")
    for L in sizes:
        fields = site_fields(L, 0)
        with tempfile.TemporaryDirectory() as folder:
            given, out = Path(folder) / "fields.npy", Path(folder) / "out.npz"
            np.save(given, fields)
            program = ROOT / "benchmarks" / "quspin_ring.py"
            subprocess.run([python, program, given, str(DELTA), out], check=True)
            peer = dict(np.load(out))
        result = realisation(fields)
        ours = median(timed(realisation, fields)[0] for _ in range(5))
        apart = {name: float(np.abs(peer[name] - result[name]).max()) for name in result}
        averages = apart.pop("magnetization")  # ill-conditioned where two levels nearly meet
        theirs = float(peer["seconds"])
        print(
            f"| {L} | {theirs:.3g} s | {ours:.3g} s | **{theirs / ours:.0f}** "
            f"| {averages:.1e} | {max(apart.values()):.1e} |"
        )
    print()


def memory(L=13, seeds="0000-0001"):
    """Peak memory of the real jobs of one block, as Snakemake measures it."""
    print(f"## Peak memory of the jobs at L = {L}\n\n| job | peak |\n|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own.yaml"
        own.write_text(
            yaml.safe_dump({"pathvars": {"results": folder}, "ring": {"block_size": {f"L={L}": 2}}})
        )
        block = f"ring/L={L}/Delta={DELTA}/seeds={seeds}"
        targets = [f"{folder}/{block}/{name}-sorted.nc" for name in ("locality", "imbalance")]
        command = [sys.executable, "-m", "snakemake", "--cores", "1", "--configfile", str(own)]
        subprocess.run([*command, "--", *targets], cwd=ROOT, check=True, capture_output=True)
        for path in sorted(Path(folder).glob("benchmarks/ring/**/*.tsv")):
            heading, measured = (line.split("\t") for line in path.read_text().splitlines()[:2])
            peak = dict(zip(heading, measured, strict=True))["max_rss"]
            if peak != "-":  # too short to be measured
                print(f"| {path.stem} | {float(peak) / 1000:.2f} GB |")
    print()


def sizes(largest=13):
    """Cost of one realisation against L, and what the paper scale takes by it."""
    cost = {}
    for L in range(7, largest + 1):
        fields = site_fields(L, 0)
        realisation(fields)
        cost[L] = median(timed(realisation, fields)[0] for _ in range(9 if L < 11 else 3))
    dimension = {L: max(len(states) for states in sectors(L)) for L in cost}
    print("## Cost of one realisation against L\n")
    print("| L | largest sector | one realisation |\n|---|---|---|")
    for L, seconds in cost.items():
        print(f"| {L} | {dimension[L]} | {1e3 * seconds:.3g} ms |")
    fitted = [L for L in cost if L >= 10]
    per_site = np.polyfit(fitted, np.log2([cost[L] for L in fitted]), 1)[0]
    per_state = np.polyfit(
        np.log([dimension[L] for L in fitted]), np.log([cost[L] for L in fitted]), 1
    )[0]
    print(
        f"\nFitted over L ≥ 10: 2^({per_site:.2f} L), that is the largest sector to the power "
        f"{per_state:.2f}.\n"
    )
    paper = yaml.safe_load((ROOT / "config" / "paper.yaml").read_text())["ensembles"]["ring"]
    print("## Projected time of the paper scale, one core\n")
    print("| figure | realisations | core hours |\n|---|---|---|")
    every = {}
    for figure in planning.figures("goihl2018"):
        if figure.ensemble not in paper:  # one realisation
            continue
        hours, count = 0.0, 0
        for part in paper[figure.ensemble]:
            seeds = len(seed_range(part["seeds"]))
            for Delta in part["Delta"]:
                every[part["L"], Delta] = max(seeds, every.get((part["L"], Delta), 0))
                hours += cost[part["L"]] * seeds / 3600
                count += seeds
        print(f"| {figure.name} | {count} | {hours:.2g} |")
    total = sum(cost[L] * seeds for (L, _), seeds in every.items()) / 3600
    print(f"| **all, shared realisations once** | {sum(every.values())} | **{total:.2g}** |\n")


def dryrun():
    """Time, memory and number of jobs to plan the paper scale."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own.yaml"
        own.write_text(yaml.safe_dump({"pathvars": {"results": f"{folder}/none"}}))
        command = [sys.executable, "-m", "snakemake", "--dry-run", "--quiet", "rules"]
        command += ["--configfile", "config/paper.yaml", str(own)]
        started = time.perf_counter()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as planned:
            printed = planned.stdout.read()
            _, status, used = os.wait4(planned.pid, 0)
        seconds = time.perf_counter() - started
    if status:
        sys.exit(f"the dry run failed: {printed}")
    jobs = re.findall(r"^total +(\d+)", printed, re.MULTILINE)[0]
    print("## Dry run of the paper scale\n")
    print(f"{jobs} jobs in {seconds:.0f} s and {used.ru_maxrss / 2**20:.2f} GB\n")


def workflow(cores=2):
    """Wall time of the default scale against the time that its jobs compute."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "snakemake", "--cores", str(cores)]
        paths = ["--config", f"pathvars={{results: {folder}}}"]
        run = [*command, *paths]
        seconds, _ = timed(lambda: subprocess.run(run, cwd=ROOT, check=True, capture_output=True))
        compute = jobs = 0.0
        for path in Path(folder).rglob("*.tsv"):
            jobs += float(path.read_text().splitlines()[1].split("\t")[0])
        for path in Path(folder).rglob("*.nc"):
            with netCDF4.Dataset(path) as file:
                compute += file.wall_time
    print(f"## The default scale on {cores} cores\n")
    print("| wall time | × cores | jobs, with start of Python | ratio | computing alone | ratio |")
    print("|---|---|---|---|---|---|")
    print(
        f"| {seconds:.0f} s | {seconds * cores:.0f} s | {jobs:.0f} s "
        f"| {seconds * cores / jobs:.2f} | {compute:.0f} s "
        f"| **{seconds * cores / compute:.2f}** |\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parts = ("lapack", "quspin", "memory", "sizes", "dryrun", "workflow")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    parser.add_argument("--quspin", type=Path, help="Python of an environment with QuSpin")
    chosen = parser.parse_args()
    about = versions()
    print("# Benchmarks\n")
    print(
        f"mbl-figures {about['mbl_version']} ({about['mbl_commit']}), Python "
        f"{platform.python_version()}, numpy {about['numpy_version']}, scipy "
        f"{about['scipy_version']}, {about['blas']}; {platform.machine()}, one thread; Δ = 20.\n"
    )
    for part in chosen.only:
        if part == "quspin":
            if chosen.quspin is None:
                parser.error("--quspin PYTHON is needed for the part quspin")
            quspin(chosen.quspin)
        else:
            {
                "lapack": lapack,
                "memory": memory,
                "sizes": sizes,
                "dryrun": dryrun,
                "workflow": workflow,
            }[part]()
