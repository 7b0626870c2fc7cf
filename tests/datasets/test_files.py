import errno
import json
from pathlib import Path
from unittest.mock import Mock

import netCDF4
import numpy as np
import pytest
import xarray as xr

from mbl.catalogue import catalogue
from mbl.datasets import (
    DatasetError,
    DiskFullError,
    Record,
    check_results,
    contract,
    eigenvector_file,
    eigenvectors_of,
    health,
    load,
    replacing,
    save,
)
from mbl.registry import Figure, File, Quantity, Statistic
from mbl.settings import SettingsError


def lbits(L=3, seeds=(0, 1), Delta=5.0):
    label = np.stack([np.roll(np.arange(2**L), seed) for seed in seeds])
    return xr.Dataset(
        {
            "label": (("seed", "state"), label),
            "objective": ("seed", np.ones(len(label))),
            "bound": ("seed", np.full(len(label), np.nan)),
            "iterations": ("seed", np.zeros(len(label), dtype=int)),
        },
        {"L": L, "Delta": Delta, "seed": list(seeds), "state": np.arange(2**L)},
    )


KIND = "ring/lbits"
KINDS = [
    *catalogue()[File],
    *catalogue()[Quantity],
    *(f"ensembles/{name}" for name in catalogue()[Statistic]),
    *(f"figures/{name}" for name in catalogue()[Figure]),
]


def write(path, dataset=None, kind=KIND, **parameters):
    save(lbits() if dataset is None else dataset, path, kind, Record(parameters))
    return path


@pytest.fixture
def file(tmp_path):
    return write(tmp_path / "lbits-sorted.nc", labelling="sorted")


def test_what_is_written_is_read(file):
    with load(file, KIND) as read:
        xr.testing.assert_equal(read.load(), lbits())
        assert json.loads(read.attrs["parameters"]) == {"labelling": "sorted"}
        assert read["label"].attrs["units"] == "1"
        assert read["Delta"].attrs["units"] == "J"


def test_what_is_made_of_a_file_does_not_inherit_its_attributes(file, tmp_path):
    with load(file, KIND) as read:
        other = write(tmp_path / "other.nc", read.load().assign_coords(Delta=7.0))
    with load(other, KIND) as read:
        assert read["Delta"] == 7.0


def test_attributes_hold_no_bool_none_or_mapping(file):
    with netCDF4.Dataset(file) as read:
        values = [read.getncattr(name) for name in read.ncattrs()]
    assert all(isinstance(value, str | np.number) for value in values)


@pytest.mark.parametrize("kind", KINDS)
def test_every_variable_has_a_unit_and_a_meaning(kind):
    for variable in contract(kind, Path()).contents.values():
        assert variable.units in ("1", "J", "1/J", "J0", "1/J0", "J0^2")
        assert variable.long_name
        assert variable.dtype in "fiU"
    assert contract(kind, Path()).title


def test_a_file_replaces_its_predecessor_at_once(file, monkeypatch):
    before = file.read_bytes()

    def fail(*_, **__):
        raise RuntimeError("disk full")

    monkeypatch.setattr(xr.Dataset, "to_netcdf", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        write(file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_what_a_killed_writer_left_is_cleared(file):
    left_over = file.with_name(f".{file.name}.unfinished.nc")
    left_over.write_bytes(b"half")
    write(file)
    assert not left_over.exists()


def test_a_writer_that_was_given_up_spoils_nothing(tmp_path):
    path = tmp_path / "table.md"
    with pytest.raises(FileNotFoundError), replacing(path) as orphaned:
        orphaned.write_text("old")
        with replacing(path) as ours:
            ours.write_text("new")
            assert not orphaned.exists()
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DatasetError, match=r"absent.nc: there is no such file. Delete|run Snake"):
        load(tmp_path / "absent.nc", KIND)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.95])
def test_a_truncated_file_is_named_with_its_cure(file, share):
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(DatasetError, match=r"lbits-sorted.nc: truncated .* Delete this file"):
        load(file, KIND)
    assert "truncated or not a NetCDF file" in health(file)


def test_no_flipped_bit_changes_a_number_unseen(file):
    whole = file.read_bytes()
    refused = 0
    for position in range(0, len(whole), 53):
        spoilt = bytearray(whole)
        spoilt[position] ^= 1 << position % 8
        file.write_bytes(spoilt)
        try:
            with load(file, KIND) as read:
                xr.testing.assert_equal(read.load(), lbits())
        except DatasetError as error:
            assert str(file) in str(error)
            refused += 1
    assert refused > 10


def test_a_full_disk_is_named_with_its_cure(file, monkeypatch):
    before = file.read_bytes()
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(xr.Dataset, "to_netcdf", Mock(side_effect=full))
    with pytest.raises(DiskFullError, match=r"no space is left .* run Snakemake again"):
        write(file)
    assert file.read_bytes() == before


def test_a_file_of_text_is_named(file):
    file.write_text("label,0,1,2")
    with pytest.raises(DatasetError, match="truncated or not a NetCDF file"):
        load(file, KIND)
    assert "truncated or not a NetCDF file" in health(file)


def test_a_foreign_netcdf_is_named(file):
    xr.Dataset({"temperature": 1.0}).to_netcdf(file)
    with pytest.raises(
        DatasetError, match=r"expected a file of kind 'ring/lbits', found .*foreign"
    ):
        load(file, KIND)
    assert "a foreign NetCDF file" in health(file)


def test_another_kind_is_named(file):
    with pytest.raises(
        DatasetError, match="expected a file of kind 'ring/locality', found 'ring/lbits'"
    ):
        load(file, "ring/locality")
    assert health(file) is None


def test_another_format_is_named(file):
    with netCDF4.Dataset(file, "a") as opened:
        opened.dataset_format = 99
    with pytest.raises(DatasetError, match="written in dataset format 99, this version reads"):
        load(file, KIND)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda d: d.drop_vars("label"), "variable 'label' is missing"),
        (lambda d: d.rename(state="level"), "'state' is missing|has dimensions"),
        (lambda d: d.transpose("state", "seed"), r"has dimensions \('state', 'seed'\), expected"),
        (lambda d: d.assign(label=d["label"] * 1.0), "has dtype float64, expected kind 'i'"),
        (lambda d: d.assign_coords(seed=[3, 3]), "coordinate 'seed' repeats values"),
        (lambda d: d.assign_coords(Delta=np.nan), "variable 'Delta' holds NaN"),
    ],
)
def test_neither_writer_nor_reader_takes_what_breaks_the_contract(tmp_path, spoil, message):
    broken = spoil(lbits())
    with pytest.raises(DatasetError, match=message):
        write(tmp_path / "x.nc", broken)
    good = write(tmp_path / "good.nc")
    attributes = xr.load_dataset(good).attrs
    broken.assign_attrs(attributes).to_netcdf(tmp_path / "broken.nc")
    with pytest.raises(DatasetError, match=message):
        load(tmp_path / "broken.nc", KIND)


def test_eigenvectors_are_written_one_realisation_at_a_time(tmp_path):
    path = tmp_path / "eigenvectors.nc"
    rng = np.random.default_rng(0)
    packed = rng.normal(size=(2, 20))
    packed *= np.sqrt(8 / (packed**2).sum(axis=1, keepdims=True))
    coordinates = {"L": 3, "Delta": 5.0, "seed": [4, 5]}
    with eigenvector_file(path, coordinates, 20, Record()) as put:
        put(1, packed[1])
        put(0, packed[0])
        assert not path.exists()
    with load(path, "ring/eigenvectors") as read:
        assert int(read["L"]) == 3
        assert float(read["Delta"]) == 5.0
        assert list(read["seed"].values) == [4, 5]
        for position in range(2):
            np.testing.assert_array_equal(eigenvectors_of(read, position, path), packed[position])


@pytest.mark.parametrize("fault", [np.nan, 2.0])
def test_spoilt_eigenvectors_are_named(tmp_path, fault):
    path = tmp_path / "eigenvectors.nc"
    packed = np.full(20, np.sqrt(8 / 20))
    packed[7] = fault
    coordinates = {"L": 3, "Delta": 5.0, "seed": [0]}
    with eigenvector_file(path, coordinates, 20, Record()) as put:
        put(0, packed)
    with (
        load(path, "ring/eigenvectors") as read,
        pytest.raises(DatasetError, match="not normalised"),
    ):
        eigenvectors_of(read, 0, path)


def test_a_failed_diagonalisation_leaves_no_eigenvectors(tmp_path):
    path = tmp_path / "eigenvectors.nc"
    coordinates = {"L": 3, "Delta": 5.0, "seed": [0]}
    with (
        pytest.raises(RuntimeError, match="LAPACK"),
        eigenvector_file(path, coordinates, 20, Record()),
    ):
        raise RuntimeError("LAPACK")
    assert list(tmp_path.iterdir()) == []


def test_results_of_an_earlier_format_are_refused_in_one_line(file):
    write(file.with_name("other.nc"))
    with netCDF4.Dataset(file, "a") as opened:
        opened.dataset_format = 1
        opened.kind = "lbits"
    with pytest.raises(
        SettingsError, match=r"holds datasets of format 1, and this version"
    ) as told:
        check_results(file.parent)
    assert len(str(told.value).splitlines()) == 2


def test_whole_results_are_taken(file):
    check_results(file.parent)
