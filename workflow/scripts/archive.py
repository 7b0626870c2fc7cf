"""The archive: what figures and ledger rest on, in one deposit."""

from pathlib import Path

import yaml
from wrapper import run

from mbl.archive.packing import pack


def main(
    results: list[Path],
    settings: Path,
    citation: Path,
    others: list[Path],
    archive: Path,
    *,
    below: str,
) -> None:
    """Pack results by their names below the results directory, all else by its name here."""
    files = {path.relative_to(Path(below)).as_posix(): path for path in results}
    files |= {path.as_posix(): path for path in (citation, *others)}
    pack(archive, files, yaml.safe_load(settings.read_text(encoding="utf-8")), citation)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
