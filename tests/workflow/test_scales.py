"""All three scales and the named targets plan; the workflow passes its linters."""

import subprocess
import sys

import pytest

from mbl.catalogue import catalogue
from mbl.registry import Figure

pytestmark = pytest.mark.workflow


@pytest.mark.parametrize("scale", ["smoke", "default", "paper"])
def test_each_scale_plans_all_figures(project, scale):
    planned = project.planned("--configfile", f"config/{scale}.yaml")
    figures = catalogue()[Figure].values()
    made = {one.name.replace("/", "_") for one in figures if scale != "default" or not one.optional}
    assert made <= set(planned)
    assert planned["ring_imbalance"] >= 1
    # huse2014 compares two labellings; p-bits have none.
    algebra, pbits = planned["ring_algebra"], planned["ring_pbit_dynamics"]
    assert planned["ring_range"] > algebra == 2 * pbits >= 2
    assert planned["midspectrum_bubble"] > planned["midspectrum_chain"] >= 1


@pytest.mark.parametrize(
    "target",
    [
        "all",
        "smoke",
        "ensembles",
        "goihl2018",
        "colmenarez2023",
        "huse2014",
        "swingle2013",
        "results/figures/goihl2018/fig5.pdf",
    ],
)
def test_each_target_plans(project, target):
    assert project.planned(target)


def test_an_ensemble_of_ones_own_is_four_lines(project):
    (project.path / "mine.yaml").write_text(
        "ensembles:\n  ring:\n    mine:\n      - {L: 9, Delta: [5.0, 15.0], seeds: 0-49}\n"
    )
    planned = project.planned(
        "--configfile", "mine.yaml", "--", "results/ensembles/ring/mine/locality-sorted.nc"
    )
    assert planned["diagonalize_ring"] == 2


def test_snakemake_lints_clean(project):
    assert "Congratulations" in project.snakemake("--lint")


def test_snakefiles_are_formatted(project):
    done = subprocess.run(
        [sys.executable, "-m", "snakefmt.snakefmt", "--check", "Snakefile", "workflow"],
        cwd=project.path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
