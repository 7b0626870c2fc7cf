"""From an archive, figures and ledger are drawn again, and nothing is computed."""

import shutil
import zipfile

import pytest
import xarray as xr
import yaml

from mbl.catalogue import catalogue
from mbl.registry import Figure

pytestmark = pytest.mark.workflow

ARCHIVE = "mbl-figures.crate.zip"
CONFIG = ("--config", f"from_archive={ARCHIVE}")
ONE_OF_EACH = (
    "goihl2018/fig2",
    "colmenarez2023/fig9",
    "huse2014/couplings",
    "swingle2013/two_spins",
    "beyond/lbit_methods",
)
OF_THE_RUN = ("history", "wall_time")


@pytest.fixture(scope="module")
def project(published, tmp_path_factory):
    """A project that has an archive and nothing else."""
    fresh = published.new(tmp_path_factory.mktemp("rebuilt") / "project")
    shutil.copy2(published.results / "smoke" / ARCHIVE, fresh.path / ARCHIVE)
    return fresh


def test_the_archive_holds_statistics_figures_ledger_and_locks(published):
    folder = published.results / "smoke"
    with zipfile.ZipFile(folder / ARCHIVE) as file:
        packed = set(file.namelist())
        config = yaml.safe_load(file.read("configuration.yaml"))
    for part in ("ensembles", "figures"):
        found = {p.relative_to(folder).as_posix() for p in (folder / part).rglob("*.*")}
        assert {name for name in packed if name.startswith(part)} == {
            name for name in found if (folder / name).is_file()
        }
    assert {"claims.nc", "claims.md", "claims.html", "envs/requirements.lock"} <= packed
    assert config["ensembles"]["chain"]["perturbation"][0]["L"] == 6
    assert "pathvars" not in config


def test_nothing_but_unpacking_and_drawing_is_planned(project):
    planned = project.planned(*CONFIG)
    figures = {name.replace("/", "_"): 1 for name in catalogue()[Figure]}
    assert planned == {"unpack": 1, **figures, "claims": 1, "all": 1}


def test_figures_and_ledger_are_drawn_again_as_they_were(project, published):
    rebuilt, original = project.results / "from_archive", published.results / "smoke"
    figures = [f"results/from_archive/figures/{figure}.nc" for figure in ONE_OF_EACH]
    # The ledger reads all statistics: where it is the same, they are.
    targets = [*figures, "results/from_archive/claims.nc"]
    project.snakemake("--cores", "2", *CONFIG, "--", *targets)
    assert {path.name for path in project.results.iterdir()} == {"from_archive"}
    for target in targets:
        again = xr.load_dataset(project.path / target)
        before = xr.load_dataset(original / (project.path / target).relative_to(rebuilt))
        for data in (again, before):
            for name in OF_THE_RUN:
                del data.attrs[name]
        xr.testing.assert_identical(again, before)
    for name in ("claims.md", *(f"figures/{figure}.svg" for figure in ONE_OF_EACH)):
        assert (rebuilt / name).read_bytes() == (original / name).read_bytes()


def test_a_run_from_the_written_configuration_goes_to_the_same_place(project):
    written = "results/from_archive/configuration.yaml"
    project.snakemake("--cores", "1", *CONFIG, "--", written)
    assert project.planned("--configfile", written) == project.planned(*CONFIG)


def spoil_a_file(path):
    with zipfile.ZipFile(path) as file:
        contents = {name: file.read(name) for name in file.namelist()}
    contents["ensembles/chain/perturbation/perturbation.nc"] += b"."
    with zipfile.ZipFile(path, "w") as file:
        for name, content in contents.items():
            file.writestr(name, content)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_a_file, "ensembles/chain/perturbation/perturbation.nc does not have the checksum"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1000]), "truncated or not a zip file"),
    ],
    ids=["changed", "truncated"],
)
def test_a_spoilt_archive_is_refused_before_anything_runs(project, spoil, message):
    spoilt = project.path / "spoilt.zip"
    shutil.copy2(project.path / ARCHIVE, spoilt)
    spoil(spoilt)
    results = f"pathvars={{results: {project.path / 'spoilt'}}}"
    arguments = ("--cores", "1", "--config", f"from_archive={spoilt}", results)
    printed = project.snakemake(*arguments, fails=True)
    assert f"{spoilt}: {message}" in printed
    assert "download it again" in printed
    assert not (project.path / "spoilt").exists()
