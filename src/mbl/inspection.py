"""What a file of the results tells of itself, and what has been computed: for the command line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import xarray as xr
from PIL import Image
from pypdf import PdfReader

from mbl.datasets import DatasetError, contract, eigenvectors_of, health, load
from mbl.datasets.files import EIGENVECTORS
from mbl.datasets.origin import MADE_BY

DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


class InspectionError(ValueError):
    """A file that tells nothing: names the file and the reason."""


def inspect(path: Path) -> str:
    """Key, parameters, origin and health of a dataset, or what a figure was drawn from.

    Parameters
    ----------
    path
        NetCDF file of the results, or a figure (PDF, PNG, SVG).

    Returns
    -------
    str
        A few lines to read.

    Raises
    ------
    InspectionError
        Where the file was not written by this workflow, or cannot be read.
    """
    if not path.is_file():
        raise InspectionError(f"{path}: there is no such file")
    if path.suffix == ".nc":
        return "\n".join(_dataset(path))
    try:
        about = _figure(path)
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise InspectionError(f"{path}: not a figure of this workflow ({error})") from error
    return "\n".join([f"{path}: {about['kind']}", *_origin(about)])


def _dataset(path: Path) -> Iterator[str]:
    """Lines on a dataset; all of it is read, so that its checksums are tested."""
    if fault := health(path):
        raise InspectionError(fault)
    with xr.open_dataset(path) as file:
        about, kind = dict(file.attrs), file.attrs["kind"]
        yield f"{path}: {kind}"
        yield f"  {about['title']} ({about['references']})"
        scalars = {name: file[name].item() for name in file.coords if not file[name].ndim}
        if scalars:
            yield "  key: " + ", ".join(f"{name} = {value}" for name, value in scalars.items())
        if "seed" in file.dims:
            seeds = file["seed"].values
            yield f"  seeds: {len(seeds)}, from {seeds.min()} to {seeds.max()}"
        for name in contract(kind, path).contents:
            variable = file[name]
            if name in file.coords:
                continue
            sizes = ", ".join(f"{dim}: {size}" for dim, size in variable.sizes.items())
            meaning, units = variable.attrs["long_name"], variable.attrs["units"]
            yield f"  {name}({sizes}): {meaning} [{units}]"
    parameters, sources = (json.loads(about.get(name, "{}")) for name in ("parameters", "sources"))
    yield from _origin(about | {"parameters": parameters, "sources": sources})
    yield f"  history: {about['history']}"
    yield f"  wall time: {float(about['wall_time']):.1f} s"
    yield f"  health: {fault_of(path, kind) or 'whole, all values read and in range'}"


def fault_of(path: Path, kind: str) -> str | None:
    """Fault of a dataset that shows when all of it is read, or None."""
    try:
        with load(path, kind) as dataset:
            for position in range(dataset.sizes["seed"] if kind == EIGENVECTORS else 0):
                eigenvectors_of(dataset, position, path)
    except DatasetError as error:
        return str(error)
    return None


def _figure(path: Path) -> dict[str, Any]:
    """Provenance inside a figure.

    Raises
    ------
    OSError, ValueError, ElementTree.ParseError
        Where it is of another format, or holds none.
    """
    text = None
    if path.suffix == ".png":
        with Image.open(path) as image:
            text = image.info.get("Description")
    elif path.suffix == ".svg":
        text = ElementTree.parse(path).findtext(f".//{DESCRIPTION}")
    elif path.suffix == ".pdf":
        metadata = PdfReader(path).metadata
        text = metadata.subject if metadata else None
    else:
        raise ValueError("known are .nc, .pdf, .png and .svg")
    if not text:
        raise ValueError("it tells no provenance")
    about: dict[str, Any] = json.loads(text)
    return about


def _origin(about: Mapping[str, Any]) -> Iterator[str]:
    """Lines on parameters and versions of a file, and on those of its sources."""
    yield f"  parameters: {_values(about['parameters'])}"
    yield "  made by: " + ", ".join(f"{name} {about[name]}" for name in MADE_BY if name in about)
    for kind, source in about["sources"].items():
        yield f"  from {source['files']} × {kind}"
        for name, values in source["parameters"].items():
            yield f"    {name}: {'; '.join(map(_text, values))}"
        yield "    made by: " + ", ".join(
            f"{name} {' and '.join(source[name])}" for name in MADE_BY if source[name]
        )


def _values(parameters: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_text(value)}" for name, value in parameters.items()) or "none"


def _text(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def overview(results: Path, *, read: bool = False) -> Iterator[str]:
    """What has been computed: for every directory of datasets their names, blocks and health.

    Parameters
    ----------
    results
        The results directory.
    read
        Whether every value is read, so that checksums are tested, or the files just opened.

    Yields
    ------
    str
        A line for each key (or directory of statistics), then one for each file with a fault.

    Raises
    ------
    InspectionError
        Where there is no such directory, or no dataset in it.
    """
    files = sorted(path for path in results.rglob("*.nc") if not path.name.startswith("."))
    if not files:
        raise InspectionError(f"{results}: holds no dataset; name the results directory")
    keys: dict[Path, dict[str, int]] = {}
    for path in files:
        of_block = path.parent.name.startswith("seeds=")
        names = keys.setdefault(path.parent.parent if of_block else path.parent, {})
        names[path.stem] = names.get(path.stem, 0) + 1
    for key, names in keys.items():
        counted = (f"{name} × {count}" if count > 1 else name for name, count in names.items())
        yield f"{key.relative_to(results)}: {', '.join(counted)}"
    faults = [fault for path in files if (fault := _fault(path, read=read))]
    yield f"{len(files)} datasets, {len(faults) or 'none'} with a fault"
    yield from faults


def _fault(path: Path, *, read: bool) -> str | None:
    fault = health(path)
    if fault or not read:
        return fault
    with xr.open_dataset(path) as file:
        kind = file.attrs["kind"]
    return fault_of(path, kind)
