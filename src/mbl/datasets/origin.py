"""What a file rests on: parameters, commits and versions of the files that it was made from."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import netCDF4

from mbl.provenance import versions

MADE_BY = ("mbl_version", "mbl_commit", "numpy_version", "scipy_version", "xarray_version", "blas")

# By kind of file: how many files, every value of each parameter, and of each entry of `MADE_BY`.
Sources = dict[str, dict[str, Any]]


def sources_of(paths: Iterable[Path]) -> Sources:
    """What files and all that they were made from depend on, by kind of file.

    Parameters
    ----------
    paths
        NetCDF files written by `mbl.datasets.save`.

    Returns
    -------
    dict
        For each kind ``files`` (their number), ``parameters`` (every value that each of them takes)
        and the versions and commits that wrote them, as far as the files tell.
    """
    merged: Sources = {}
    for path in paths:
        with netCDF4.Dataset(path) as file:
            about = {name: file.getncattr(name) for name in file.ncattrs()}
        for kind, source in json.loads(about.get("sources", "{}")).items():
            _add(merged, kind, source["files"], source["parameters"], source)
        given = json.loads(about["parameters"])
        parameters = {
            name: value if isinstance(value, list) else [value] for name, value in given.items()
        }
        made_by = {name: [about[name]] for name in MADE_BY if name in about}
        _add(merged, about["kind"], 1, parameters, made_by)
    return merged


def _add(
    merged: Sources,
    kind: str,
    files: int,
    parameters: Mapping[str, list[Any]],
    made_by: Mapping[str, list[str]],
) -> None:
    """Count files of a kind in, with every value that is not there yet."""
    source = merged.setdefault(
        kind, {"files": 0, "parameters": {}, **{name: [] for name in MADE_BY}}
    )
    source["files"] += files
    for name, values in parameters.items():
        _join(source["parameters"].setdefault(name, []), values)
    for name in MADE_BY:
        _join(source[name], made_by.get(name, []))


def _join(known: list[Any], values: Iterable[Any]) -> None:
    known.extend(value for value in values if value not in known)


def provenance(kind: str, parameters: Mapping[str, Any], sources: Iterable[Path]) -> str:
    """What a file that is no NetCDF rests on, as JSON in ASCII, for the metadata of its format."""
    about = {"kind": kind, "parameters": dict(parameters), **versions()}
    return json.dumps(about | {"sources": sources_of(sources)}, sort_keys=True)
