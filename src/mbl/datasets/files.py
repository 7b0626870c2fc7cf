"""The one writer and the one reader of NetCDF files."""

import errno
import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import netCDF4
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from mbl.datasets.contract import KINDS
from mbl.datasets.origin import sources_of
from mbl.keys import AnyKey
from mbl.provenance import DATASET_FORMAT, versions

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


def _attributes(
    kind: str, parameters: Mapping[str, Any], started: float, sources: Iterable[Path]
) -> dict[str, Any]:
    """Global attributes of a file: what it is and where it comes from."""
    about = versions()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "Conventions": "CF-1.10",
        "title": KINDS[kind].title,
        "references": KINDS[kind].references,
        "source": f"mbl-figures {about['mbl_version']}, exact numerics",
        "history": f"{now}: written by mbl-figures {about['mbl_version']} ({about['mbl_commit']})",
        "kind": kind,
        "dataset_format": DATASET_FORMAT,
        **about,
        "parameters": json.dumps(dict(parameters), sort_keys=True, ensure_ascii=False),
        "sources": json.dumps(sources_of(sources), sort_keys=True, ensure_ascii=False),
        "wall_time": time.perf_counter() - started,
    }


def save(
    dataset: xr.Dataset,
    path: Path,
    kind: str,
    *,
    parameters: Mapping[str, Any],
    started: float,
    sources: Iterable[Path] = (),
) -> None:
    """Write a dataset of one of the contract's kinds, atomically.

    Parameters
    ----------
    dataset
        All variables and coordinates that the kind names; units and long names are filled in.
    path
        Final name.
    kind
        One of `mbl.datasets.KINDS`.
    parameters
        What the numbers depend on, stored as JSON.
    started
        `time.perf_counter()` at the start of the computation, for the wall time stored.
    sources
        Files whose parameters, versions and commits are stored with those of this file.
    """
    dataset = dataset.drop_attrs(deep=False)  # of the file that it may come from
    _check(dataset, path, kind)
    encoding: dict[Any, dict[str, Any]] = {}
    for name, variable in KINDS[kind].contents.items():
        dataset[name].attrs = {"units": variable.units, "long_name": variable.long_name}
        encoding[name] = {
            "_FillValue": np.nan if variable.may_miss and variable.dtype == "f" else None
        }
        if variable.dtype != "U" and dataset[name].size and dataset[name].ndim:
            encoding[name]["fletcher32"] = True  # a checksum: a flipped bit does not go unseen
        if variable.dtype == "i" and dataset[name].ndim:  # digits of real numbers do not compress
            encoding[name] |= {"zlib": True, "complevel": 1, "shuffle": True}
    dataset.attrs = _attributes(kind, parameters, started, sources)
    dataset.attrs["scalars"] = _scalars(dataset)
    with replacing(path) as unfinished:
        dataset.to_netcdf(unfinished, engine=ENGINE, format="NETCDF4", encoding=encoding)


@contextmanager
def eigenvector_file(
    path: Path,
    coordinates: Mapping[str, Any],
    size: int,
    *,
    parameters: Mapping[str, Any],
    started: float,
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
    parameters, started
        As for `save`.

    Yields
    ------
    put
        ``put(position, packed)`` writes the amplitudes of the seed at a position, shape (size,).
    """
    with (
        replacing(path) as unfinished,
        netCDF4.Dataset(unfinished, "w", format="NETCDF4") as file,
    ):
        file.createDimension("seed", len(coordinates["seed"]))
        file.createDimension("packed", size)
        for name, variable in KINDS["eigenvectors"].contents.items():
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
        file.setncatts(_attributes("eigenvectors", parameters, started, ()))
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
        _check(dataset, path, kind)
    except BaseException:
        dataset.close()
        raise
    return dataset


def health(path: Path) -> str | None:
    """Fault of a file that every reader would stumble over, or None; reads no data."""
    try:
        with netCDF4.Dataset(path) as file:
            kind = KINDS.get(str(getattr(file, "kind", None)))
            missing = set(kind.variables) - set(file.variables) if kind else None
    except OSError as error:
        return str(DatasetError(path, f"truncated or not a NetCDF file ({error.strerror})"))
    if missing is None:
        return str(DatasetError(path, "a foreign NetCDF file, not written by this workflow"))
    if missing:
        return str(DatasetError(path, f"variables missing: {', '.join(sorted(missing))}"))
    return None


def _check(dataset: xr.Dataset, path: Path, kind: str) -> None:
    """Check a dataset against the contract of its kind."""
    for name, variable in KINDS[kind].contents.items():
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


def load_keys(paths: Iterable[Path], kind: str, keys: Iterable[AnyKey]) -> Iterator[xr.Dataset]:
    """Realisations of each key, from the files of its blocks.

    Parameters
    ----------
    paths
        Files of one kind over the blocks of all keys, in order of the keys.
    kind
        Their kind.
    keys
        The sizes, disorder strengths and seeds wanted; a block may hold more seeds.

    Yields
    ------
    Dataset
        All seeds of one key in memory, with the key as scalar coordinates.

    Raises
    ------
    DatasetError
        Where a file is not what it should be (`load`) or not of its key.
    """
    of_a_key = groupby(paths, key=lambda path: path.parent.parent)
    for key, (_, files) in zip(keys, of_a_key, strict=True):
        blocks = []
        for path in files:
            with load(path, kind) as block:
                blocks.append(block.load())
            held = {name: float(block[name]) for name in key.coordinates}
            if held != key.coordinates:
                raise DatasetError(
                    path, "holds " + ", ".join(f"{k} = {v}" for k, v in held.items())
                )
        yield concatenate(blocks).sel(seed=list(key.seeds))


def load_labellings(
    paths: Iterable[Path], kind: str, keys: Mapping[str, Sequence[AnyKey]]
) -> dict[str, list[xr.Dataset]]:
    """Realisations of each labelling's keys (`load_keys`), from the blocks of all labellings."""
    paths = list(paths)
    return {
        name: list(load_keys([p for p in paths if p.stem.endswith(f"-{name}")], kind, of_name))
        for name, of_name in keys.items()
    }


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
