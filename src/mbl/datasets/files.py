"""The one writer and the one reader of NetCDF files."""

import errno
import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import netCDF4
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from mbl.catalogue import UnknownKindError, catalogue
from mbl.datasets.origin import sources_of
from mbl.provenance import versions
from mbl.registry import File, Paper
from mbl.settings import SettingsError
from mbl.sources import DATASET_FORMAT

ENGINE: Final = "netcdf4"
CHUNK = 1 << 17  # amplitudes of eigenvectors under one checksum
LEAST_FREE = 1 << 16  # bytes; a disk with less has no space for any file


class DatasetError(ValueError):
    """A file is not what its name promises: names the file, the fault and the cure."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            f"{path}: {fault}. Delete this file and run Snakemake again: it is made anew where it "
            "is needed, and nothing else is lost."
        )


class DiskFullError(OSError):
    """There is no space for a file: names the file and the cure."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: no space is left on its disk. Free some or name another results directory "
            "(pathvars.results) and run Snakemake again: what is finished is kept."
        )


def _is_full(path: Path, error: Exception) -> bool:
    """Whether an error while writing comes of a full disk; HDF5 does not tell its errors apart."""
    refused = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return refused or shutil.disk_usage(path.parent).free < LEAST_FREE


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Path to write to, put in place of `path` at the end: no half file under a final name.

    Raises
    ------
    DiskFullError
        Where there is no space for it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left_over in path.parent.glob(f".{path.name}.unfinished*"):
        left_over.unlink()
    # A name of its own: what a job that was given up still writes never gets another's final name.
    unfinished = path.with_name(f".{path.name}.unfinished-{uuid4().hex[:8]}{path.suffix}")
    try:
        yield unfinished
        unfinished.replace(path)
    except (OSError, RuntimeError) as error:
        if _is_full(path, error):
            raise DiskFullError(path) from error
        raise
    finally:
        unfinished.unlink(missing_ok=True)


@dataclass(frozen=True)
class Record:
    """What a file is made from: every argument of its job, the files that it read, and when.

    Attributes
    ----------
    parameters
        All that the numbers depend on, to be stored as JSON.
    sources
        Files whose parameters, versions and commits are stored with those of this one.
    started
        `time.perf_counter()` at the start of the computation, for the wall time stored.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    sources: Sequence[Path] = ()
    started: float = field(default_factory=time.perf_counter)


def contract(kind: str, path: Path) -> File:
    """What a kind of file holds.

    Raises
    ------
    DatasetError
        Where the file at `path` is of no kind that is declared.
    """
    try:
        return catalogue().contract(kind)
    except UnknownKindError as error:
        raise DatasetError(path, f"of an unknown kind {kind!r}, not of this version") from error


def _citations(references: str) -> str:
    """References with the papers' names replaced by citations."""
    for name, paper in catalogue()[Paper].items():
        references = references.replace(name, paper.citation)
    return references


def _attributes(kind: str, about: File, record: Record) -> dict[str, Any]:
    """Global attributes of a file: what it is and where it comes from."""
    made_by = versions()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    version = made_by["mbl_version"]
    return {
        "Conventions": "CF-1.10",
        "title": about.title.removesuffix("."),
        "references": _citations(about.references),
        "source": f"mbl-figures {version}, exact numerics",
        "history": f"{now}: written by mbl-figures {version} ({made_by['mbl_commit']})",
        "kind": kind,
        "dataset_format": DATASET_FORMAT,
        **made_by,
        "parameters": json.dumps(dict(record.parameters), sort_keys=True, ensure_ascii=False),
        "sources": json.dumps(sources_of(record.sources), sort_keys=True, ensure_ascii=False),
        "wall_time": time.perf_counter() - record.started,
    }


def save(dataset: xr.Dataset, path: Path, kind: str, record: Record) -> None:
    """Write a dataset of a declared kind, atomically.

    Parameters
    ----------
    dataset
        All variables and coordinates that the kind names; units and long names are filled in.
    path
        Final name.
    kind
        As `mbl.catalogue.Catalogue.contract` knows it.
    record
        What it is made from.
    """
    about = contract(kind, path)
    dataset = dataset.drop_attrs(deep=False).drop_encoding()  # of the file that it may come from
    _check(dataset, path, about)
    encoding: dict[Any, dict[str, Any]] = {}
    for name, variable in about.contents.items():
        dataset[name].attrs = {"units": variable.units, "long_name": variable.long_name}
        encoding[name] = {
            "_FillValue": np.nan if variable.may_miss and variable.dtype == "f" else None
        }
        if variable.dtype != "U" and dataset[name].size and dataset[name].ndim:
            encoding[name]["fletcher32"] = True  # a checksum: a flipped bit does not go unseen
        if variable.dtype == "i" and dataset[name].ndim:  # digits of real numbers do not compress
            encoding[name] |= {"zlib": True, "complevel": 1, "shuffle": True}
    dataset.attrs = _attributes(kind, about, record)
    dataset.attrs["scalars"] = _scalars(dataset)
    with replacing(path) as unfinished:
        dataset.to_netcdf(unfinished, engine=ENGINE, format="NETCDF4", encoding=encoding)


EIGENVECTORS: Final = "ring/eigenvectors"


@contextmanager
def eigenvector_file(
    path: Path, coordinates: Mapping[str, Any], size: int, record: Record
) -> Iterator[Callable[[int, NDArray[np.float64]], None]]:
    """Write eigenvectors realisation by realisation, atomically: a block is never held in memory.

    Parameters
    ----------
    path
        Final name.
    coordinates
        `L`, `Delta` and the seeds.
    size
        Σn², the amplitudes of one realisation.
    record
        What they are made from.

    Yields
    ------
    put
        ``put(position, packed)`` writes the amplitudes of the seed at a position, shape (size,).
    """
    about = contract(EIGENVECTORS, path)
    with (
        replacing(path) as unfinished,
        netCDF4.Dataset(unfinished, "w", format="NETCDF4") as file,
    ):
        file.createDimension("seed", len(coordinates["seed"]))
        file.createDimension("packed", size)
        for name, variable in about.contents.items():
            created = file.createVariable(
                name,
                {"i": "i8", "f": "f8"}[variable.dtype],
                variable.dims,
                fill_value=False,
                **_layout(variable.dims, size),
            )
            created.setncatts({"units": variable.units, "long_name": variable.long_name})
            if name in coordinates:
                created[...] = coordinates[name]

        def put(position: int, packed: NDArray[np.float64]) -> None:
            file["eigenvector"][position] = packed

        yield put
        file.setncatts(_attributes(EIGENVECTORS, about, record))
        file.setncattr("coordinates", "L Delta")
        file.setncattr("scalars", _scalars(xr.Dataset(coords=coordinates)))


def _scalars(dataset: xr.Dataset) -> str:
    """Single numbers of a dataset, such as its key, as an attribute: no checksum guards those."""
    single = {
        str(name): dataset[name].item() for name in dataset.variables if not dataset[name].ndim
    }
    return json.dumps(single, sort_keys=True)


def _layout(dims: tuple[str, ...], size: int) -> dict[str, Any]:
    """How a variable of the eigenvectors' file lies on disk: in pieces of a megabyte, with sums."""
    if dims != ("seed", "packed"):
        return {}
    return {"fletcher32": True, "chunksizes": (1, min(size, CHUNK))}


def _open(path: Path) -> xr.Dataset:
    """Open a file lazily; what is no readable NetCDF is named."""
    if not path.exists():
        raise DatasetError(path, "there is no such file")
    try:
        # What the check has read stays in memory for whoever asked for it.
        return xr.open_dataset(path, engine=ENGINE, chunks=None, cache=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise DatasetError(path, f"truncated or not a NetCDF file ({error})") from error


def load(path: Path, kind: str) -> xr.Dataset:
    """Open a file lazily, after checking that it is whole and of the kind that it should be.

    Raises
    ------
    DatasetError
        Where it is truncated, foreign, of another format, or lacks a variable, or where a
        dimension, type, coordinate or value is not as the contract has it.
    """
    dataset = _open(path)
    try:
        if dataset.attrs.get("kind") != kind:
            found = dataset.attrs.get("kind", "a foreign NetCDF file")
            raise DatasetError(path, f"expected a file of kind {kind!r}, found {found!r}")
        if dataset.attrs.get("dataset_format") != DATASET_FORMAT:
            raise DatasetError(
                path,
                f"written in dataset format {dataset.attrs.get('dataset_format')}, "
                f"this version reads format {DATASET_FORMAT}",
            )
        _check(dataset, path, contract(kind, path))
    except BaseException:
        dataset.close()
        raise
    return dataset


def health(path: Path) -> str | None:
    """Fault of a file that every reader would stumble over, or None; reads no data."""
    try:
        with netCDF4.Dataset(path) as file:
            kind, held = str(getattr(file, "kind", "")), set(file.variables)
    except OSError as error:
        return str(DatasetError(path, f"truncated or not a NetCDF file ({error.strerror})"))
    if not kind:
        return str(DatasetError(path, "a foreign NetCDF file, not written by this workflow"))
    try:
        missing = set(contract(kind, path).contents) - held
    except DatasetError as error:
        return str(error)
    if missing:
        return str(DatasetError(path, f"variables missing: {', '.join(sorted(missing))}"))
    return None


def check_results(results: Path) -> None:
    """Refuse results of an earlier format, and truncated or foreign files among them.

    Raises
    ------
    SettingsError
        Before anything is computed: names the directory, or every such file, and the cure.
    """
    files = sorted(path for path in results.rglob("*.nc") if not path.name.startswith("."))
    faults = []
    for file in files:
        if (fault := health(file)) and (earlier := _earlier_format(file)):
            faults = [
                f"{results}: holds datasets of format {earlier}, and this version reads and writes "
                f"format {DATASET_FORMAT}. Name another results directory (pathvars.results), or "
                "delete this one"
            ]
            break
        faults += [fault] if fault else []
    if faults:
        raise SettingsError("datasets that cannot be used", faults)


def _earlier_format(path: Path) -> int:
    """Format of a dataset where it is an earlier one, else 0."""
    try:
        with netCDF4.Dataset(path) as file:
            found = int(getattr(file, "dataset_format", DATASET_FORMAT))
    except OSError:
        return 0
    return found if found < DATASET_FORMAT else 0


def _check(dataset: xr.Dataset, path: Path, about: File) -> None:
    """Check a dataset against what its kind holds."""
    for name, variable in about.contents.items():
        if name not in dataset:
            raise DatasetError(path, f"variable {name!r} is missing")
        found = dataset[name]
        if found.dims != variable.dims:
            raise DatasetError(
                path, f"variable {name!r} has dimensions {found.dims}, expected {variable.dims}"
            )
        if found.dtype.kind not in variable.dtype + ("OT" if variable.dtype == "U" else ""):
            raise DatasetError(
                path, f"variable {name!r} has dtype {found.dtype}, expected kind {variable.dtype!r}"
            )
        if found.dims == (name,) and not found.to_index().is_unique:
            raise DatasetError(path, f"coordinate {name!r} repeats values")
        # Eigenvectors are large: they are checked where they are read, realisation by realisation.
        if name == "eigenvector":
            continue
        try:
            values = found.values
        except (OSError, RuntimeError) as error:
            raise DatasetError(path, f"{name!r} cannot be read ({error})") from error
        if variable.dtype == "f" and not variable.may_miss and not np.isfinite(values).all():
            raise DatasetError(path, f"variable {name!r} holds NaN or infinite values")
    if dataset.attrs.get("scalars", _scalars(dataset)) != _scalars(dataset):
        raise DatasetError(
            path, f"holds {_scalars(dataset)}, but was written with {dataset.attrs['scalars']}"
        )


def concatenate(blocks: Sequence[xr.Dataset]) -> xr.Dataset:
    """Join blocks of one kind and key along the seeds."""
    return xr.concat(
        blocks, "seed", data_vars="minimal", coords="minimal", compat="override", join="exact"
    )


def eigenvectors_of(dataset: xr.Dataset, position: int, path: Path) -> NDArray[np.float64]:
    """Packed eigenvectors of the seed at a position of a file, checked; shape (Σn²,)."""
    try:
        packed: NDArray[np.float64] = dataset["eigenvector"].isel(seed=position).values
    except (OSError, RuntimeError) as error:
        raise DatasetError(path, f"'eigenvector' cannot be read ({error})") from error
    # The sum of all squares is the number of eigenvectors; a NaN spoils it as well.
    if not np.isclose(packed @ packed, 2.0 ** int(dataset["L"]), rtol=1e-9):
        raise DatasetError(path, "the eigenvectors are not normalised")
    return packed
