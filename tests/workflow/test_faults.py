"""Bad input: the message names the key or file, the fault and the cure, before anything runs."""

import os
import tempfile
from pathlib import Path

import netCDF4
import pytest
import xarray as xr
from workflow.conftest import Project

from mbl.settings import SettingsError, check_writable

pytestmark = pytest.mark.workflow


def test_a_bad_configuration_is_refused_before_anything_runs(project):
    printed = project.snakemake("--cores", "1", "--config", "ring={labeling: sorted}", fails=True)
    assert "ring.labeling: unknown key; did you mean 'labelling'?" in printed
    assert not project.results.exists()


def test_broken_intermediates_are_named_before_anything_runs(smoke, tmp_path):
    finished = smoke.copy(tmp_path / "copy")
    ring = finished.results / "smoke/ring/L=7/Delta=20.0/seeds=0000-0003"
    truncated, foreign = ring / "spectrum.nc", ring / "lbits-sorted.nc"
    whole = truncated.read_bytes()
    truncated.write_bytes(whole[: len(whole) // 2])
    xr.Dataset({"temperature": 1.0}).to_netcdf(foreign)
    kept = {p: p.stat().st_mtime_ns for p in finished.results.rglob("*.nc")}
    figure = finished.results / "smoke/figures/goihl2018/fig8.pdf"
    figure.unlink()
    printed = finished.snakemake("--cores", "2", "smoke_goihl2018", fails=True)
    assert f"{truncated.relative_to(finished.path)}: truncated or not a NetCDF file" in printed
    assert f"{foreign.relative_to(finished.path)}: a foreign NetCDF file" in printed
    assert "Delete this file" in printed
    assert "localrule" not in printed
    assert {p: p.stat().st_mtime_ns for p in finished.results.rglob("*.nc")} == kept

    truncated.unlink()
    foreign.unlink()
    finished.snakemake("--cores", "2", "smoke_goihl2018", str(foreign.relative_to(finished.path)))
    assert figure.exists()
    xr.testing.assert_identical(
        xr.load_dataset(foreign).drop_attrs(),
        xr.load_dataset(smoke.path / foreign.relative_to(finished.path)).drop_attrs(),
    )


def flip_a_bit(path):
    with xr.open_dataset(path) as data:
        values = data["energy"].values
    content = bytearray(path.read_bytes())
    content[content.index(values.tobytes())] ^= 1  # the least of a mantissa's
    path.write_bytes(content)


def write_nan(path):
    data = xr.load_dataset(path)
    data["energy"][0, 0] = float("nan")
    data.to_netcdf(path)


def write_another_version(path):
    with netCDF4.Dataset(path, "a") as file:
        file.dataset_format = 0


@pytest.fixture(scope="module")
def block(tmp_path_factory):
    """A block of spectra, which each fault spoils anew, and the labels made from it."""
    project = Project.new(tmp_path_factory.mktemp("block") / "project")
    block = project.results / "ring/L=5/Delta=10.0/seeds=0000-0001"
    targets = [f"{block.relative_to(project.path)}/{name}" for name in NAMES]
    project.snakemake("--cores", "1", *targets)
    return project, block, targets


NAMES = ("spectrum.nc", "lbits-sorted.nc")


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (flip_a_bit, "'energy' cannot be read"),
        (write_nan, "variable 'energy' holds NaN"),
        (write_another_version, "written in dataset format 0, this version reads format"),
    ],
)
def test_a_spoilt_block_is_named_by_the_job_that_reads_it_and_made_again(block, spoil, fault):
    project, folder, targets = block
    spectrum, lbits = (folder / name for name in NAMES)
    whole = xr.load_dataset(lbits)
    lbits.unlink()
    spoil(spectrum)
    printed = project.snakemake("--cores", "1", *targets, fails=True)
    assert f"spectrum.nc: {fault}" in printed
    assert "Delete this file and run Snakemake again" in printed
    spectrum.unlink()
    project.snakemake("--cores", "1", *targets)
    xr.testing.assert_identical(xr.load_dataset(lbits).drop_attrs(), whole.drop_attrs())


def test_a_read_only_results_directory_is_named():
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:  # to whom nothing is read-only
            os.seteuid(65534)
        with pytest.raises(SettingsError, match=r"cannot be written to.*allow writing"):
            check_writable(folder / "results")
    finally:
        if root:
            os.seteuid(0)
        folder.rmdir()


def test_a_results_path_that_is_a_file_is_refused(project):
    project.results.write_text("not a directory")
    printed = project.snakemake("--cores", "1", fails=True)
    assert "pathvars.results: results cannot be written to" in printed
