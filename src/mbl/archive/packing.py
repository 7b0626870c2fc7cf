"""Packing an archive: one zip file with a manifest, the same bytes from the same files."""

import json
import platform
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import netCDF4
import yaml
from rocrate.model import ContextEntity, Person, SoftwareApplication
from rocrate.rocrate import ROCrate

from mbl.archive.reading import CONFIGURATION, MANIFEST, digest
from mbl.datasets import replacing
from mbl.pages import configuration_text
from mbl.provenance import versions

SUMS = "SHA256SUMS"
README = "README.md"
# Where results go, what a machine can take and where a run came from are not of the results.
OF_THE_MACHINE = ("pathvars", "limits", "from_archive")
FORMATS = {
    ".nc": "application/x-netcdf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".md": "text/markdown",
    ".yaml": "application/yaml",
    ".cff": "application/yaml",
}
FOLDERS = {"ensembles": "Statistics over the realisations of an ensemble", "figures": "Figure"}
ABOUT = """# {title}

Statistics over disorder realisations (`ensembles`), the figures with their data (`figures`), the
ledger of claims (`claims.*`), the configuration and the locked environment (`envs`) of one run.
`{manifest}` describes every file; `sha256sum -c {sums}` checks them.

mbl-figures {version} ({commit}) rebuilds figures and ledger from this file, and diagonalises
nothing:

    snakemake --cores 2 --config from_archive=PATH/OF/THIS.zip
"""


def pack(
    archive: Path, files: Mapping[str, Path], config: Mapping[str, Any], citation: Path
) -> None:
    """Write an archive.

    Parameters
    ----------
    archive
        Where it goes.
    files
        What goes into it, by name inside it; among them the ledger, ``claims.nc``.
    config
        The configuration that was run.
    citation
        The software's CITATION.cff: title, authors, license and the papers.
    """
    about = yaml.safe_load(citation.read_text(encoding="utf-8"))
    software = versions()
    portable = {key: value for key, value in config.items() if key not in OF_THE_MACHINE}
    contents = {name: path.read_bytes() for name, path in files.items()}
    contents[CONFIGURATION] = configuration_text(portable).encode()
    contents[README] = ABOUT.format(
        title=about["title"],
        version=software["mbl_version"],
        commit=software["mbl_commit"],
        manifest=MANIFEST,
        sums=SUMS,
    ).encode()
    sums = [f"{digest(content)}  {name}\n" for name, content in sorted(contents.items())]
    contents[SUMS] = "".join(sums).encode()
    titles = {name: _title(name, files.get(name)) for name in contents}
    manifest = _manifest(contents, titles, about, software, _judged(files["claims.nc"]))
    contents[MANIFEST] = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    with (
        replacing(archive) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name)  # with a fixed date: no time of packing
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, content)


def _judged(claims: Path) -> str:
    """The day on which the ledger was judged: that of the results, not of their packing."""
    with netCDF4.Dataset(claims) as file:
        return str(file.history)[: len("2026-01-31")]


def _title(name: str, path: Path | None) -> str:
    """What a file is: a dataset's own title, else what its folder and name say."""
    if path and path.suffix == ".nc":
        with netCDF4.Dataset(path) as file:
            return f"{file.title} ({name})"
    folder, *rest = PurePosixPath(name).with_suffix("").parts
    return f"{FOLDERS[folder]} {', '.join(rest)}" if folder in FOLDERS else name


def _manifest(
    contents: Mapping[str, bytes],
    titles: Mapping[str, str],
    about: Mapping[str, Any],
    software: Mapping[str, str],
    date: str,
) -> dict[str, Any]:
    """The RO-Crate manifest: files with checksums, papers, software and the run behind them."""
    crate = ROCrate(version="1.1")
    crate.metadata.extra_terms["sha256"] = "https://schema.org/sha256"
    files = [
        crate.add_file(
            dest_path=name,
            properties={
                "name": titles[name],
                "encodingFormat": FORMATS.get(PurePosixPath(name).suffix, "text/plain"),
                "contentSize": str(len(content)),
                "sha256": digest(content),
            },
        )
        for name, content in sorted(contents.items())
    ]
    authors = [crate.add(_author(crate, author)) for author in about["authors"]]
    license_ = ContextEntity(
        crate,
        f"https://spdx.org/licenses/{about['license']}",
        {"@type": "CreativeWork", "name": about["license"]},
    )
    program = SoftwareApplication(
        crate,
        "#mbl-figures",
        {
            "name": about["title"],
            "softwareVersion": f"{software['mbl_version']}, commit {software['mbl_commit']}",
            "softwareRequirements": [
                f"Python {platform.python_version()}",
                *(f"{name} {software[f'{name}_version']}" for name in ("numpy", "scipy", "xarray")),
                software["blas"],
            ],
            "license": {"@id": license_.id},
        },
    )
    run = ContextEntity(
        crate,
        "#run",
        {"@type": "CreateAction", "name": "The run that computed these results", "endTime": date},
    )
    run["instrument"] = program
    run["object"] = [file for file in files if file.id == CONFIGURATION]
    run["result"] = [file for file in files if file.id.startswith(("ensembles", "figures"))]
    crate.add(license_, program, run)
    crate.name = f"{about['title']}: statistics, figures and ledger"
    crate.description = (
        "Statistics over disorder realisations, the figures of four papers on many-body "
        "localization with their data, a ledger of the papers' claims with computed verdicts, and "
        "the configuration of the run. mbl-figures rebuilds figures and ledger from it."
    )
    crate.datePublished = date
    crate.license = license_
    crate.creator = authors
    crate.root_dataset["author"] = authors
    crate.root_dataset["citation"] = [crate.add(_paper(crate, one)) for one in about["references"]]
    crate.root_dataset["mentions"] = [program, run]
    manifest: dict[str, Any] = crate.metadata.generate()
    return manifest


def _author(crate: ROCrate, author: Mapping[str, str]) -> ContextEntity:
    """A person, or a group that signs by one name."""
    if "name" in author:
        identifier = f"#{author['name'].replace(' ', '-')}"
        return ContextEntity(crate, identifier, {"@type": "Organization", "name": author["name"]})
    name = f"{author['given-names']} {author['family-names']}"
    identifier = author.get("orcid", f"#{name.replace(' ', '-')}")
    return Person(crate, identifier, {"name": name})


def _paper(crate: ROCrate, paper: Mapping[str, Any]) -> ContextEntity:
    """A paper by its DOI."""
    return ContextEntity(
        crate,
        f"https://doi.org/{paper['doi']}",
        {
            "@type": "ScholarlyArticle",
            "name": paper["title"],
            "author": [f"{one['given-names']} {one['family-names']}" for one in paper["authors"]],
            "datePublished": str(paper["year"]),
        },
    )
