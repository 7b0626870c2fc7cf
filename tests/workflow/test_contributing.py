"""The worked examples of CONTRIBUTING.md: each touches the one file that it names, and works."""

import re
from pathlib import Path

import pytest
import xarray as xr

pytestmark = pytest.mark.workflow

GUIDE = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text()
BLOCK = "results/smoke/ring/L=7/Delta=20.0/seeds=0000-0003"


def examples():
    """File and code of every example."""
    for part in GUIDE.split("### A ")[1:]:
        file = re.search(r"^`(src/mbl/\S+\.py)`", part, re.MULTILINE)
        if file:
            yield file[1], part.split("```python\n")[1].split("```")[0]


def test_every_example_works_where_it_is_put(smoke, tmp_path):
    project = smoke.copy(tmp_path / "copy")
    added = list(examples())
    assert len(added) == len({file for file, _ in added}) == 5
    for file, code in added:
        with (project.path / file).open("a") as source:
            source.write(f"\n\n{code}")
    figure = "results/smoke/figures/goihl2018/median_error"
    targets = [
        f"{figure}.svg",
        "results/smoke/claims/goihl2018/median_error.rst",  # with its caption
        "results/smoke/ensembles/ring/crossover/least_local-sorted.nc",
        f"{BLOCK}/width.nc",
    ]
    labels = f"{BLOCK}/lbits-participation.nc"

    def rules(*files):
        return {name.removeprefix("smoke_") for name in project.planned("--", *files)}

    assert rules(*targets) == {
        "goihl2018_median_error",
        "claims",
        "ring_least_local_statistics",
        "ring_width",
    }
    assert rules(labels) == {"diagonalize_ring", "label_by_eigenvectors"}
    project.snakemake("--cores", "2", "--", *targets)
    project.snakemake("--cores", "2", "--", labels)
    with xr.open_dataset(project.path / f"{figure}.nc") as drawn:
        assert drawn["median_error"].sizes == {"Delta": 2}
    assert "Half of all l-bits are more local" in (project.path / targets[1]).read_text()
    with xr.open_dataset(project.results / "smoke/claims.nc") as ledger:
        assert "goihl2018/site_holds_most_of_its_lbit" in ledger["claim"].values
    with xr.open_dataset(project.path / labels) as lbits:
        assert (lbits["objective"] <= lbits["bound"] + 1e-9).all()
    with xr.open_dataset(project.path / targets[2]) as rows:
        assert rows["largest_error"].dims == ("L", "Delta", "seed", "support")
        assert rows["largest_error"].attrs["long_name"].startswith("largest truncation error")
    with (
        xr.open_dataset(project.path / targets[3]) as block,
        xr.open_dataset(project.path / f"{BLOCK}/spectrum.nc") as spectrum,
    ):
        assert (
            block["width"] == spectrum["energy"].max("state") - spectrum["energy"].min("state")
        ).all()
