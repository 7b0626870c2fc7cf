"""Two papers through Slurm: a job past its memory, a run interrupted, resumed, and its numbers."""

import signal
import time

import pytest
import xarray as xr

pytestmark = [pytest.mark.workflow, pytest.mark.slurm]

TARGETS = ("smoke_goihl2018", "smoke_colmenarez2023")
# In fewer submissions than the profile makes: each of them starts Snakemake twice.
SUBMITTED = {
    "sample": 7, "spectra": 6, "ring": 3, "perturbation": 2, "statistics": 4, "figures": 9,
}  # fmt: skip
SPECTRA = ("diagonalize_ring", "midspectrum_bubble", "midspectrum_bandwidth", "midspectrum_chain")
ROWS = ("ring_averages", "ring_locality", "ring_effective", "ring_imbalance", "chain_midspectrum")
STATISTICS = [f"{name}_statistics" for name in (*ROWS, "chain_perturbation")]
PROFILE = (
    "--profile", "profiles/slurm",
    "--groups", *(f"smoke_{rule}=spectra" for rule in SPECTRA),
    *(f"smoke_{rule}=statistics" for rule in STATISTICS),
    "smoke_ring_imbalance=ring", "smoke_chain_perturbation=perturbation",
    "--group-components", *(f"{group}={number}" for group, number in SUBMITTED.items()),
    "--slurm-init-seconds-before-status-checks", "1",
)  # fmt: skip
HOG = "perturbation"  # takes more than its first request allows, and less than its second


def datasets(project):
    """Time stamps of all results in NetCDF, by path."""
    paths = (path for path in project.results.rglob("*.nc") if ".unfinished-" not in path.name)
    return {path.relative_to(project.results): path.stat().st_mtime_ns for path in paths}


@pytest.fixture(scope="module")
def interrupted(cluster, smoke, tmp_path_factory):
    """Two papers, half done when the user pressed Ctrl-C, and what the cluster then still knew."""
    project = smoke.new(tmp_path_factory.mktemp("slurm") / "project")
    project.edit(
        f"src/mbl/systems/chain_{HOG}.py",
        "    states, own =",
        '    hog, _ = b"x" * 1_100_000_000, __import__("time").sleep(1)\n    states, own =',
    )
    run = project.start(*PROFILE, *TARGETS)
    try:
        deadline = time.monotonic() + 400
        # Time to stop: what failed is done after all, something runs and something waits.
        while not (
            "COMPLETED" in [job[1] for job in cluster.jobs() if HOG in job[2]]
            and cluster.jobs("running")
            and cluster.jobs("pending")
        ):
            assert run.poll() is None, project.printed
            assert time.monotonic() < deadline, project.printed
            time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) != 0
    finally:
        run.kill()
        run.wait()
    project.queued = cluster.jobs("pending,running,completing")
    return project


@pytest.fixture(scope="module")
def resumed(interrupted):
    """The same run to its end, with what was there before it."""
    interrupted.done = datasets(interrupted)
    interrupted.todo = interrupted.planned(*TARGETS)
    interrupted.snakemake(*PROFILE, *TARGETS, timeout=1200)
    return interrupted


def test_a_job_past_its_memory_is_killed_and_runs_again_with_more(interrupted, cluster):
    first, second = (job for job in cluster.jobs() if HOG in job[2])
    assert first[1] in ("FAILED", "OUT_OF_MEMORY", "CANCELLED")
    assert second[1] == "COMPLETED"
    assert second[0] == 2 * first[0] >= 1000


def test_ctrl_c_cancels_what_runs_and_what_is_queued(interrupted):
    assert not interrupted.queued
    assert not (interrupted.results / "smoke/figures/goihl2018/fig2.nc").exists()


def test_a_resumed_run_does_what_is_missing_and_no_more(resumed, smoke):
    everything = smoke.new(resumed.path.parent / "empty").planned(*TARGETS)
    assert sum(resumed.todo.values()) < sum(everything.values())
    assert not {"smoke_sample_ring", "smoke_sample_chain"} & set(resumed.todo)
    after = datasets(resumed)
    kept = {path: t for path, t in resumed.done.items() if path.name != "eigenvectors.nc"}
    assert kept
    assert {path: after[path] for path in kept} == kept
    assert resumed.planned(*TARGETS) == {}


def test_the_numbers_are_those_of_a_local_run(resumed, smoke):
    made = datasets(resumed)
    assert len(made) > 60
    assert not [path for path in made if path.name == "eigenvectors.nc"]
    for path in made:
        xr.testing.assert_identical(
            xr.load_dataset(resumed.results / path).drop_attrs(),
            xr.load_dataset(smoke.results / path).drop_attrs(),
        )
