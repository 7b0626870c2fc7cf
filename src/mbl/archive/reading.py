"""Reading an archive: nothing is taken from it but what its manifest vouches for."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from mbl.settings import SettingsError

MANIFEST = "ro-crate-metadata.json"
CONFIGURATION = "configuration.yaml"
CURE = "download it again, or make it anew with `snakemake archive` where it was made"


class ArchiveError(SettingsError):
    """An archive that cannot be used: names it, every fault and the cure."""

    def __init__(self, path: Path, faults: Iterable[str]) -> None:
        super().__init__(
            "an archive that cannot be used", [f"{path}: {fault}; {CURE}" for fault in faults]
        )


def digest(content: bytes) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def member_names(files: Iterable[str]) -> list[str]:
    """Names inside an archive of files below the results directory, as rules name them."""
    return [file.removeprefix("<results>/") for file in files]


class Archive:
    """An archive opened for reading.

    Parameters
    ----------
    path
        The zip file.

    Raises
    ------
    ArchiveError
        Where there is no such file, or it is truncated or no archive of this workflow.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise SettingsError(
                "an archive that cannot be used",
                [f"from_archive: there is no file {path}; name an archive, or leave the key empty"],
            )
        try:
            with zipfile.ZipFile(path) as file:
                self.members = frozenset(file.namelist())
                graph = json.loads(file.read(MANIFEST))["@graph"]
        except zipfile.BadZipFile as error:
            raise ArchiveError(path, [f"truncated or not a zip file ({error})"]) from error
        except (KeyError, ValueError, TypeError) as error:
            raise ArchiveError(path, [f"no archive of this workflow: no {MANIFEST}"]) from error
        # The manifest names files by URI, in which = is %3D.
        self.checksums = {unquote(one["@id"]): one["sha256"] for one in graph if "sha256" in one}
        if CONFIGURATION not in self.checksums:
            raise ArchiveError(path, [f"no archive of this workflow: no {CONFIGURATION}"])

    @property
    def configuration(self) -> dict[str, Any]:
        """The configuration whose results it holds, without the places of the machine."""
        config: dict[str, Any] = yaml.safe_load(self.read(CONFIGURATION))
        return config

    def fault(self, name: str) -> str | None:
        """What is wrong with a file in it, or None."""
        if name not in self.members or name not in self.checksums:
            return f"lacks {name}"
        try:
            with zipfile.ZipFile(self.path) as file:
                content = file.read(name)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
            return f"{name} cannot be read ({error})"
        if digest(content) != self.checksums[name]:
            return f"{name} does not have the checksum that {MANIFEST} has for it"
        return None

    def require(self, names: Iterable[str]) -> None:
        """Refuse an archive without one of the files named.

        Raises
        ------
        ArchiveError
            Names every file that it lacks.
        """
        lacking = sorted(set(names) - (self.members & set(self.checksums)))
        if lacking:
            raise ArchiveError(self.path, [f"lacks {name}" for name in lacking])

    def check(self) -> None:
        """Refuse an archive with a spoilt file.

        Raises
        ------
        ArchiveError
            Names every such file.
        """
        faults = [self.fault(name) for name in sorted(self.checksums)]
        if any(faults):
            raise ArchiveError(self.path, [fault for fault in faults if fault])

    def read(self, name: str) -> bytes:
        """Content of a file in it, whose checksum is right."""
        fault = self.fault(name)
        if fault:
            raise ArchiveError(self.path, [fault])
        with zipfile.ZipFile(self.path) as file:
            return file.read(name)
