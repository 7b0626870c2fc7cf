"""The archive by itself: what is packed is described, and only what is sound is read."""

import json
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
import xarray as xr
import yaml

from mbl.archive import Archive, member_names
from mbl.archive.packing import pack
from mbl.catalogue import catalogue
from mbl.registry import Paper
from mbl.settings import SettingsError

ROOT = Path(__file__).parents[1]
PAPERS = [paper for paper in catalogue()[Paper].values() if paper.doi]
DATA = "ensembles/ring/example/averages-sorted.nc"
CONFIG = {
    "ring": {"labelling": "sorted"},
    "limits": {"memory_GB": 1.0},
    "from_archive": "",
    "pathvars": {"results": "/somebody/results"},
}


@pytest.fixture
def files(tmp_path):
    files = {}
    for name in (DATA, "claims.nc", "figures/goihl2018/fig1.nc"):
        files[name] = tmp_path / name
        files[name].parent.mkdir(parents=True, exist_ok=True)
        about = {"title": f"Title of {name}", "history": "2026-11-21T10:00:00+00:00: written"}
        xr.Dataset({"x": 1.0}, attrs=about).to_netcdf(files[name])
    files["figures/goihl2018/fig1.svg"] = tmp_path / "fig1.svg"
    files["figures/goihl2018/fig1.svg"].write_text("<svg/>")
    return files


@pytest.fixture
def archive(files, tmp_path):
    pack(tmp_path / "a.zip", files, CONFIG, ROOT / "CITATION.cff")
    return tmp_path / "a.zip"


def graph(archive):
    with zipfile.ZipFile(archive) as file:
        manifest = unquote(file.read("ro-crate-metadata.json").decode())  # files are URIs there
    return {entity["@id"]: entity for entity in json.loads(manifest)["@graph"]}


def test_the_manifest_describes_every_file(archive, files):
    described = graph(archive)
    parts = {part["@id"] for part in described["./"]["hasPart"]}
    with zipfile.ZipFile(archive) as file:
        assert set(file.namelist()) == parts | {"ro-crate-metadata.json"}
        assert set(files) < parts
        for name in parts:
            assert described[name]["@type"] == "File"
            assert described[name]["contentSize"] == str(len(file.read(name)))
            assert {"name", "encodingFormat", "sha256"} <= set(described[name])
    assert described[DATA]["name"] == f"Title of {DATA} ({DATA})"
    assert described[DATA]["encodingFormat"] == "application/x-netcdf"


def test_the_root_names_authors_license_papers_and_software(archive):
    described = graph(archive)
    root = described["./"]
    assert root["datePublished"] == "2026-11-21"
    assert described[root["creator"][0]["@id"]]["name"] == "The mbl-figures authors"
    assert described[root["license"]["@id"]]["name"] == "BSD-3-Clause"
    assert {paper["@id"] for paper in root["citation"]} == {p.link for p in PAPERS}
    software = described[described["#run"]["instrument"]["@id"]]
    assert "commit" in software["softwareVersion"]
    assert any(one.startswith("numpy ") for one in software["softwareRequirements"])
    assert described["#run"]["object"] == [{"@id": "configuration.yaml"}]
    assert {"@id": DATA} in described["#run"]["result"]


def test_its_checksums_are_those_of_sha256sum(archive, tmp_path):
    with zipfile.ZipFile(archive) as file:
        file.extractall(tmp_path / "out")
    command = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    subprocess.run(command, cwd=tmp_path / "out", check=True)


def test_the_same_files_give_the_same_bytes(archive, files, tmp_path):
    for path in files.values():
        path.touch()
    pack(tmp_path / "b.zip", dict(reversed(files.items())), CONFIG, ROOT / "CITATION.cff")
    assert (tmp_path / "b.zip").read_bytes() == archive.read_bytes()


def test_no_place_of_the_machine_is_told(archive):
    assert Archive(archive).configuration == {"ring": {"labelling": "sorted"}}
    with zipfile.ZipFile(archive) as file:
        assert not any(b"somebody" in file.read(name) for name in file.namelist())


def test_what_is_read_is_what_was_packed(archive, files):
    opened = Archive(archive)
    opened.check()
    opened.require(member_names([f"<results>/{DATA}"]))
    assert opened.read(DATA) == files[DATA].read_bytes()


def rewritten(archive, change):
    """The archive with the contents that a change makes of its own."""
    with zipfile.ZipFile(archive) as file:
        contents = {name: file.read(name) for name in file.namelist()}
    change(contents)
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in contents.items():
            file.writestr(name, content)
    return archive


def test_a_changed_file_is_named(archive):
    def change(contents):
        contents[DATA] += b"."

    opened = Archive(rewritten(archive, change))
    for use in (opened.check, lambda: opened.read(DATA)):
        with pytest.raises(SettingsError, match=rf"{DATA} does not have the checksum.*; download"):
            use()


def test_a_spoilt_byte_is_named(archive):
    with zipfile.ZipFile(archive) as file:
        entry = file.getinfo(DATA)
    content = bytearray(archive.read_bytes())
    content[entry.header_offset + 30 + len(DATA) + entry.compress_size // 2] ^= 0xFF
    archive.write_bytes(content)
    with pytest.raises(SettingsError, match=DATA):
        Archive(archive).check()


def test_a_missing_file_is_named(archive):
    opened = Archive(rewritten(archive, lambda contents: contents.pop(DATA)))
    for use in (opened.check, lambda: opened.require([DATA])):
        with pytest.raises(SettingsError, match=f"lacks {DATA}"):
            use()


def test_what_the_manifest_does_not_vouch_for_is_not_read(archive):
    opened = Archive(rewritten(archive, lambda contents: contents.update({"new.nc": b"x"})))
    with pytest.raises(SettingsError, match=r"lacks new\.nc"):
        opened.read("new.nc")


def test_a_truncated_archive_is_refused(archive):
    archive.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(SettingsError, match=r"a\.zip: truncated or not a zip file.*; download"):
        Archive(archive)


def test_a_foreign_zip_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "foreign.zip", "w") as file:
        file.writestr("letter.txt", "dear")
    with pytest.raises(SettingsError, match=r"foreign\.zip: no archive of this workflow"):
        Archive(tmp_path / "foreign.zip")
    with zipfile.ZipFile(tmp_path / "foreign.zip", "a") as file:
        file.writestr("ro-crate-metadata.json", '{"@graph": [{"@id": "./"}]}')
    with pytest.raises(SettingsError, match=r"no configuration\.yaml"):
        Archive(tmp_path / "foreign.zip")


def test_a_missing_archive_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"there is no file .*none\.zip; name an archive"):
        Archive(tmp_path / "none.zip")


def test_the_citation_names_the_papers():
    references = yaml.safe_load((ROOT / "CITATION.cff").read_text())["references"]
    assert {one["doi"] for one in references} == {paper.doi for paper in PAPERS}
