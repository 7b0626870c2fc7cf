"""Kills, full disks and rivals: a clear message, nothing finished lost, the same numbers after."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager

import psutil
import pytest
import xarray as xr

pytestmark = pytest.mark.workflow

BLOCK = "results/smoke/ring/L=7/Delta=20.0/seeds=0000-0003"
TARGET = f"{BLOCK}/locality-sorted.nc"
WRITTEN = "        unfinished.replace(path)\n"
DATASETS = "src/mbl/datasets/files.py"  # an edit of it reruns nothing


def hold(project, *names):
    """Have the jobs that write a file of one of these names stay just before it is complete."""
    waiting = f"        if path.name in {names}:\n            time.sleep(120)\n"
    project.edit(DATASETS, WRITTEN, waiting + WRITTEN)


def release(project):
    shutil.copy2(f"{project.original}/{DATASETS}", project.path / DATASETS)


@contextmanager
def running(project, *arguments):
    """Snakemake in the background; nothing of it is left at the end."""
    run = project.start("--cores", "2", *arguments)
    try:
        yield run
    finally:
        if run.poll() is None:
            for process in psutil.Process(run.pid).children(recursive=True):
                process.kill()
        run.kill()
        run.wait()


def half_written(project, name):
    """The unfinished file of a name, once all of it but its final name is there."""
    deadline = time.monotonic() + 120
    while not (found := list((project.path / BLOCK).glob(f".{name}.unfinished-*"))):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found[0]


def script(run, rule):
    """Process of a rule's script below Snakemake."""
    (process,) = (
        child
        for child in psutil.Process(run.pid).children(recursive=True)
        if any(part.endswith(f".{rule}.py") for part in child.cmdline())
    )
    return process


def finished(project):
    files = [path for path in project.results.rglob("*.nc") if not path.name.startswith(".")]
    return {path: path.stat().st_mtime_ns for path in files if path.name != "eigenvectors.nc"}


def assert_completes(project, smoke, before):
    """The next run completes, keeps what was finished, and its numbers are the undisturbed ones."""
    project.snakemake("--cores", "2", TARGET)
    after = finished(project)
    assert before.items() <= after.items()
    for path in after:
        xr.testing.assert_identical(
            xr.load_dataset(path).drop_attrs(),
            xr.load_dataset(smoke.path / path.relative_to(project.path)).drop_attrs(),
        )
    assert not list(project.results.rglob("*unfinished*"))


def test_a_rival_is_refused_and_a_killed_job_is_named_and_made_again(project, smoke):
    hold(project, "lbits-sorted.nc")
    with running(project, TARGET) as run:
        half_written(project, "lbits-sorted.nc")
        before = finished(project)
        rival = project.snakemake("--cores", "1", "smoke_goihl2018", fails=True)
        assert "Directory cannot be locked" in rival
        assert "no other Snakemake process" in rival
        assert finished(project) == before
        script(run, "block").send_signal(signal.SIGKILL)
        assert run.wait(60) != 0
    printed = project.printed
    assert "Error in rule smoke_label_by_averages" in printed
    assert "SIGKILL" in printed
    assert not (project.path / BLOCK / "lbits-sorted.nc").exists()
    before = finished(project)
    assert project.path / BLOCK / "spectrum.nc" in before
    release(project)
    assert_completes(project, smoke, before)


def test_after_snakemake_itself_is_killed_its_orphans_spoil_nothing(project, smoke):
    hold(project, "lbits-sorted.nc")
    with running(project, TARGET) as run:
        half_written(project, "lbits-sorted.nc")
        orphan = script(run, "block")
        run.send_signal(signal.SIGKILL)
        run.wait(60)
        assert orphan.is_running()
        before = finished(project)
        release(project)
        printed = project.snakemake("--cores", "2", TARGET, fails=True)
        assert "Directory cannot be locked" in printed
        assert "--unlock" in printed
        project.snakemake("--unlock")
        assert_completes(project, smoke, before)
        orphan.kill()


@contextmanager
def small_disk(path, megabytes):
    """A disk of so many megabytes at a path; grows by calling what is yielded."""
    path.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield lambda more: subprocess.run(
            ["mount", "-o", f"remount,size={more}m", str(path)], check=True
        )
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_full_disk_is_named_and_costs_nothing_finished(project, smoke):
    with small_disk(project.results, 1) as grow:
        block = project.path / BLOCK
        project.snakemake("--cores", "1", "results/smoke/ring/L=7/seeds=0000-0003/fields.nc")
        ballast = project.results / "ballast"
        free = shutil.disk_usage(project.results).free
        ballast.write_bytes(bytes(free - 100_000))  # the eigenvectors alone take 110 kB
        before = finished(project)
        printed = project.snakemake("--cores", "1", TARGET, fails=True)
        assert "no space is left on its disk" in printed
        assert "run Snakemake again" in printed
        assert not (block / "locality-sorted.nc").exists()
        assert before.items() <= finished(project).items()
        before = finished(project)
        grow(50)
        assert_completes(project, smoke, before)


def test_a_job_without_memory_is_named_with_its_cure(project, smoke):
    # An edit of the labelling alone: it reruns nothing that was finished.
    file, line = "src/mbl/lbits/labelling.py", "    label = sorted_labels(states.averages)\n"
    project.edit(file, line, f"{line}    np.empty(1 << 50)\n")
    printed = project.snakemake("--cores", "2", TARGET, fails=True)
    assert "out of memory (Unable to allocate 8.00 PiB" in printed
    assert "--set-resources smoke_label_by_averages:mem_mb=" in printed
    before = finished(project)
    project.edit(file, "    np.empty(1 << 50)\n", "")
    assert_completes(project, smoke, before)
