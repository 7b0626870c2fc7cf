"""What report and archive ask beyond the settings: the archive's configuration and its files."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mbl.archive import Archive, member_names
from mbl.planning import ROOT
from mbl.settings import merge

BESIDE = "from_archive"  # where results from an archive go, below the configured ones


def report_files() -> list[str]:
    """Texts and style of the report."""
    paths = (ROOT / "workflow" / "report").rglob("*.*")
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def configured(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """The configuration that is run: as given, or an archive's with its results beside the others.

    Running it gives the same again.
    """
    if not config.get("from_archive"):
        return config
    results = Path(config["pathvars"]["results"])
    if results.name != BESIDE:
        results = results / BESIDE
    here = {
        "pathvars": {**config["pathvars"], "results": str(results)},
        **({"limits": config["limits"]} if "limits" in config else {}),
        "from_archive": config["from_archive"],
    }
    return merge(Archive(Path(config["from_archive"])).configuration, here)


def check_archive(config: Mapping[str, Any]) -> None:
    """Refuse an archive with a spoilt file, before anything is drawn."""
    if config.get("from_archive"):
        Archive(Path(config["from_archive"])).check()


def archived(config: Mapping[str, Any], files: Iterable[str]) -> list[str]:
    """Files that an archive has to hold, after checking that it does."""
    files = list(files)
    Archive(Path(config["from_archive"])).require(member_names(files))
    return files


def folder_of_archive(_: Any, output: Any) -> str:  # noqa: ANN401
    """The results directory, below which an archive names its files."""
    return str(Path(output.archive).parent)
