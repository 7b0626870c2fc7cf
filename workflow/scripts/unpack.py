"""Statistics from an archive."""

from pathlib import Path

from wrapper import run

from mbl.archive import Archive
from mbl.datasets import replacing


def main(archive: Path, data: list[Path], *, names: list[str]) -> None:
    """Take files out of an archive, each with its checksum verified."""
    opened = Archive(archive)
    for name, path in zip(names, data, strict=True):
        with replacing(path) as unfinished:
            unfinished.write_bytes(opened.read(name))


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
