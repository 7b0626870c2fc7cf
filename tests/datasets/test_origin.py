import json

import netCDF4
import numpy as np
import xarray as xr

from mbl.datasets import Record, save
from mbl.datasets.origin import provenance, sources_of
from mbl.provenance import versions


def fields(path, sources=(), **parameters):
    dataset = xr.Dataset(
        {"h": (("seed", "site"), np.zeros((2, 3)))},
        {"L": 3, "seed": [0, 1], "site": np.arange(3)},
    )
    save(dataset, path, "ring/fields", Record(parameters, sources))
    return path


def test_sources_gather_every_value_of_every_parameter_once(tmp_path):
    files = [
        fields(tmp_path / f"{n}.nc", L=3, seeds=seeds)
        for n, seeds in enumerate(("0-1", "2-3", "0-1"))
    ]
    source = sources_of(files)["ring/fields"]
    assert source["files"] == 3
    assert source["parameters"] == {"L": [3], "seeds": ["0-1", "2-3"]}
    assert source["numpy_version"] == [versions()["numpy_version"]]


def test_sources_of_sources_are_handed_on(tmp_path):
    first = fields(tmp_path / "first.nc", seeds="0-1")
    second = fields(tmp_path / "second.nc", [first], thresholds=[0.5, 0.6])
    with netCDF4.Dataset(second) as file:
        stored = json.loads(file.sources)
    assert stored["ring/fields"]["parameters"] == {"seeds": ["0-1"]}
    merged = sources_of([second])["ring/fields"]
    assert merged["files"] == 2
    assert merged["parameters"] == {"seeds": ["0-1"], "thresholds": [0.5, 0.6]}


def test_files_written_at_two_commits_show_both(tmp_path, monkeypatch):
    old = fields(tmp_path / "old.nc")
    monkeypatch.setattr("mbl.provenance.commit", lambda: "0123456789ab")
    new = fields(tmp_path / "new.nc")
    commits = sources_of([old, new])["ring/fields"]["mbl_commit"]
    assert len(commits) == 2
    assert commits[1] == "0123456789ab"


def test_provenance_is_json_in_ascii(tmp_path):
    text = provenance("figures/goihl2018/fig2", {"title": "Δ ≥ 7.5"}, [])
    assert text.isascii()
    about = json.loads(text)
    assert about["parameters"] == {"title": "Δ ≥ 7.5"}
    assert about["mbl_commit"] == versions()["mbl_commit"]
