"""Profiles of clusters: every entry has its reason, every job its memory, and one runs here."""

import os
import re
import signal
import time
from pathlib import Path

import psutil
import pytest
import xarray as xr
import yaml
from snakemake.iocontainers import Wildcards

from mbl import planning

ROOT = Path(__file__).parents[2]
PROFILES = sorted(path.parent.name for path in ROOT.glob("profiles/*/config.yaml"))
GENERIC = ("--profile", "profiles/generic-cluster", "--seconds-between-status-checks", "1")
RULES = [
    rule
    for file in sorted(ROOT.glob("workflow/rules/*.smk"))
    for rule in re.split(r"^ *(?=rule\b)", file.read_text(), flags=re.MULTILINE)
    if re.match(r"rule( \w+)?:", rule)
]

# Grid Engine's commands, as far as the profile needs them: jobs run at once, in the background.
# One job fails, as if past its memory, where there is a file "fault".
QSUB = r"""#!/bin/sh
number=$(($(ls {jobs} | grep -c request) + 1))
echo "$@" > {jobs}/$number.request
for script; do :; done
rm {jobs}/fault 2> /dev/null && script=false
exec 3> {jobs}/$number.log
setsid sh -c "$script; echo \$? > {jobs}/$number.status" >&3 2>&3 &
echo $! > {jobs}/$number.pid
echo $number
"""
QSTAT = r"""#!/bin/sh
for request in {jobs}/*.request; do
    number=$(basename $request .request)
    [ -e {jobs}/$number.status ] || echo "$number 0.5 mbl user r today all.q 1"
done
"""
QACCT = r"""#!/bin/sh
[ -e {jobs}/$2.status ] || exit 1
echo "jobnumber    $2"
echo "failed       0"
echo "exit_status  $(cat {jobs}/$2.status)"
"""
QDEL = r"""#!/bin/sh
for number; do
    kill -- -$(cat {jobs}/$number.pid)
    echo 137 > {jobs}/$number.status
done
"""


@pytest.mark.parametrize("profile", PROFILES)
def test_every_entry_of_a_profile_has_its_reason(profile):
    """A comment at its end, or one above it and what directly follows it."""
    text = (ROOT / "profiles" / profile / "config.yaml").read_text()
    explained = False
    entries = 0
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            explained = line.startswith("#")
            continue
        if re.match(r"[\w-]+:|  - ", line):  # not a line that goes on
            entries += 1
            assert explained or " # " in line, line
    settings = yaml.safe_load(text)
    lists = [value for value in settings.values() if isinstance(value, list)]
    assert entries == len(settings) + sum(map(len, lists))


def test_memory_and_time_grow_with_each_attempt():
    memory, minutes = planning.memory(1000), planning.minutes(30)
    assert [minutes(None, attempt) for attempt in (1, 2, 3)] == [30, 60, 90]
    assert memory(None, 1) > 1200  # Snakemake alone takes more than 200 MB
    assert memory(None, 3) == 3 * memory(None, 1)
    plan = planning.Plan(yaml.safe_load((ROOT / "config" / "default.yaml").read_text()))
    block = Wildcards(fromdict={"L": "13", "Delta": "20.0", "seeds": "0000-0009"})
    for request in (plan.memory("ring/spectrum"), plan.minutes("ring/spectrum")):
        assert request(block, 2) == 2 * request(block, 1) > 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.split(":")[0])
def test_every_rule_asks_for_more_at_its_next_attempt(rule):
    submitted = re.search(r"^ +(script|shell|run):", rule, re.MULTILINE)
    if submitted and "localrule: True" not in rule:
        assert re.search(r"mem_mb=plan(ning)?\.memory\(", rule)
        assert re.search(r"runtime=plan(ning)?\.minutes\(", rule)
    assert "retries" not in rule  # they stand in the profiles


@pytest.mark.workflow
def test_every_job_asks_for_500_mb_and_has_wildcards_without_commas(project):
    """Between commas Snakemake names the wildcards of what it submits."""
    printed = project.snakemake("--dry-run", "smoke")
    memory = re.findall(r"^ +resources: .*\bmem_mb=(\d+)", printed, re.MULTILINE)
    wildcards = re.findall(r"^ +wildcards: (.*)$", printed, re.MULTILINE)
    assert len(memory) > len(wildcards) > 100
    assert min(map(int, memory)) >= 500
    for line in wildcards:
        assert all(re.fullmatch(r"\w+=[^,=]+", wildcard) for wildcard in line.split(", ")), line


@pytest.fixture
def grid_engine(tmp_path, monkeypatch):
    """A cluster's commands in front of all others, and the directory of their jobs."""
    commands, jobs = tmp_path / "bin", tmp_path / "jobs"
    commands.mkdir()
    jobs.mkdir()
    for name, text in (("qsub", QSUB), ("qstat", QSTAT), ("qacct", QACCT), ("qdel", QDEL)):
        (commands / name).write_text(text.replace("{jobs}", str(jobs)))
        (commands / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{commands}:{os.environ['PATH']}")
    return jobs


@pytest.mark.workflow
def test_a_generic_cluster_runs_groups_and_what_failed_again_with_more(project, smoke, grid_engine):
    ring = "smoke/ring/L=5/Delta=10.0/seeds=0000-0003/locality-sorted.nc"
    bubble = "smoke/bubble/n=3,beta=0.3/L=6/W=2.0/seeds=0000-0003/midspectrum.nc"
    (grid_engine / "fault").touch()
    project.snakemake(
        *GENERIC,
        *(f"results/{file}" for file in (ring, bubble)),
    )
    asked = [path.read_text() for path in grid_engine.glob("*.request")]
    # Both samplings in one, and again after they failed; three stages of ring and bubble.
    assert len(asked) == 5
    first, second = (
        [int(re.search(rf"{name}=(\d+)", (grid_engine / f"{n}.request").read_text())[1])
         for name in ("mem_free", "h_rt")]
        for n in (1, 2)
    )  # fmt: skip
    assert second == [2 * amount for amount in first]
    for file in (ring, bubble):
        xr.testing.assert_identical(
            xr.load_dataset(project.results / file).drop_attrs(),
            xr.load_dataset(smoke.results / file).drop_attrs(),
        )
    assert not list(project.results.rglob("eigenvectors.nc"))


def running_in(process, groups):
    try:
        return os.getpgid(process.pid) in groups and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


@pytest.mark.workflow
def test_ctrl_c_cancels_the_jobs_of_a_generic_cluster(project, grid_engine):
    files = ("L=6/seeds=0000-0003/area_law", "L=6/xi=1.0/seeds=0000-0003/growth")
    targets = (f"results/smoke/fixed_point/{file}.nc" for file in files)
    run = project.start(*GENERIC, *targets)
    try:
        deadline = time.monotonic() + 120
        while project.printed.count("with external jobid") < len(files):
            assert run.poll() is None, project.printed
            assert time.monotonic() < deadline
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) != 0
    finally:
        run.kill()
        run.wait()
    ended = [path.read_text() for path in grid_engine.glob("*.status")]
    assert ended == ["137\n"] * len(files)
    groups = {int(path.read_text()) for path in grid_engine.glob("*.pid")}
    deadline = time.monotonic() + 30
    while left := [p for p in psutil.process_iter() if running_in(p, groups)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
