"""An ensemble in slices, and results of two machines in one."""

import re
import subprocess
from pathlib import Path

import pytest
from workflow.conftest import Project

pytestmark = pytest.mark.workflow

README = Path(__file__).parents[2] / "README.md"
STATISTICS = "results/ensembles/ring/mine/locality-sorted.nc"


def ensemble(project, seeds):
    """Configuration of an ensemble of these seeds in blocks of 50, as arguments of Snakemake."""
    entry = f"{{L: 6, Delta: [10.0], seeds: {seeds}}}"
    own = project.path / "mine.yaml"
    own.write_text(f"ring: {{block_size: {{L=6: 50}}}}\nensembles: {{ring: {{mine: [{entry}]}}}}\n")
    return "--configfile", str(own), "--", STATISTICS


def test_batches_share_the_blocks_of_an_ensemble(project):
    arguments = ensemble(project, "0-99")
    assert project.planned(*arguments)["locality"] == 2
    first, last = ((f"--batch=ring_locality_statistics={n}/2", *arguments) for n in (1, 2))
    planned = project.planned(*first)
    assert planned["locality"] == 1
    assert "ring_locality_statistics" not in planned
    project.snakemake("--cores", "1", *first)
    planned = project.planned(*last)
    assert planned["locality"] == planned["ring_locality_statistics"] == 1


def test_results_of_two_machines_join_without_computing_any_anew(project, tmp_path):
    other = Project.new(tmp_path / "other")
    project.snakemake("--cores", "1", *ensemble(project, "0-49"))
    other.snakemake("--cores", "1", *ensemble(other, "50-99"))
    commands = re.findall(r"^ +(cp -an .*)$", README.read_text(), re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        there = command.replace("other/", f"{other.path}/")
        for absent in ("bubble", "chain"):
            there = there.replace(f"{other.path}/results/{absent} ", "")
        subprocess.run(there, shell=True, cwd=project.path, check=True)
    assert project.planned(*ensemble(project, "0-99")) == {"ring_locality_statistics": 1}
    project.snakemake("--cores", "1", *ensemble(project, "0-99"))
