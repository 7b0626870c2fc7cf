"""From tier to tier: blocks of realisations, the rows of an ensemble, the tables of a figure."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from mbl.catalogue import catalogue, resolve
from mbl.datasets import DatasetError, concatenate, eigenvectors_of, load
from mbl.ensembles.rows import in_table, on_grid
from mbl.keys import Key
from mbl.registry import Quantity, Statistic, System

log = logging.getLogger("mbl")


def realisations(
    system: System,
    key: Mapping[str, Any],
    seeds: Iterable[int],
    inputs: Mapping[str, Path],
    workspace: dict[str, Any],
    options: Mapping[str, Any],
) -> Iterator[tuple[int, Any]]:
    """Realisations of a key, one after the other, with what has been computed of them.

    Parameters
    ----------
    system
        Whose realisations.
    key
        What they are keyed by, by name, and the labelling where there is one.
    seeds
        Their numbers.
    inputs
        Files of their quantities by name; ``start`` holds the labels that a labelling starts from.
    workspace
        What the realisations of one block share, as the analysis of a sparse matrix.
    options
        Of the system.

    Yields
    ------
    seed, realisation
    """
    make = resolve(system.function).of
    with ExitStack() as opened:
        files = {}
        for name, path in inputs.items():
            kind = f"{system.name}/{'lbits' if name == 'start' else name}"
            files[name] = opened.enter_context(load(path, kind))
            if name != "eigenvectors":  # which are too large to be held for all
                files[name] = files[name].load()
        for seed in seeds:
            given = {name: _of_seed(file, name, seed, inputs[name]) for name, file in files.items()}
            yield seed, make(dict(key), seed, given, workspace, **options)


def _of_seed(file: xr.Dataset, name: str, seed: int, path: Path) -> dict[str, Any]:
    """Arrays of one realisation in a file."""
    (position,) = np.nonzero(file["seed"].values == seed)[0]
    if name == "eigenvectors":
        return {"eigenvector": eigenvectors_of(file, int(position), path)}
    return {
        str(variable): file[variable].isel(seed=position).values
        for variable in file.data_vars
        if "seed" in file[variable].dims
    }


def block(
    quantity: Quantity,
    key: Mapping[str, Any],
    seeds: Iterable[int],
    inputs: Mapping[str, Path],
    *,
    options: Mapping[str, Any],
    realisation_options: Mapping[str, Any],
    threads: int = 1,
) -> xr.Dataset:
    """A quantity of a block of realisations.

    Parameters
    ----------
    quantity
        What is computed.
    key, seeds, inputs
        As for `realisations`.
    options
        Of the quantity.
    realisation_options
        Of the system.
    threads
        Of the job.

    Returns
    -------
    Dataset of the quantity's kind
    """
    system = catalogue()[System][quantity.name.partition("/")[0]]
    compute = resolve(quantity.function)
    labelling = (key["labelling"],) if quantity.labelled else ()
    workspace: dict[str, Any] = {"threads": threads}
    rows, numbers = [], []
    for seed, one in realisations(system, key, seeds, inputs, workspace, realisation_options):
        rows.append(compute(one, *labelling, **options))
        numbers.append(seed)
        log.info("seed %d computed", seed)
    return stack(quantity, rows, {**key, "seed": numbers})


def stack(
    quantity: Quantity, rows: Sequence[Mapping[str, Any]], key: Mapping[str, Any]
) -> xr.Dataset:
    """Rows of realisations as a dataset of their quantity's kind."""
    contents = catalogue().contract(quantity.name).contents
    first, own = rows[0], quantity.contents
    data, coordinates = {}, {}
    for name, variable in contents.items():
        if name == "seed" or name not in own:
            coordinates[name] = (variable.dims, key.get(name, 0.0 if variable.dtype == "f" else 0))
        elif variable.of_key:
            coordinates[name] = (variable.dims, first[name])
        elif variable.dims != (name,):
            data[name] = (variable.dims, np.stack([row[name] for row in rows]))
    out = xr.Dataset(data, coordinates)
    for name, variable in own.items():
        if variable.dims == (name,):
            out = out.assign_coords({name: first.get(name, np.arange(out.sizes[name]))})
    return out


def rows(
    statistic: Statistic,
    keys: Sequence[Key],
    files: Mapping[str, Sequence[Path]],
    options: Mapping[str, Any],
) -> xr.Dataset:
    """The rows of an ensemble.

    Parameters
    ----------
    statistic
        Which.
    keys
        Sizes, strengths of disorder and seeds of the ensemble.
    files
        Blocks of each of its quantities over all keys, in their order.
    options
        Of the statistic.

    Returns
    -------
    Dataset of the statistic's kind

    Raises
    ------
    DatasetError
        Where a file is not what it should be, or not of its key.
    """
    reduce = resolve(statistic.function)
    if not statistic.of:
        made: xr.Dataset = reduce(**options)
        return made
    system = catalogue()[System][statistic.name.partition("/")[0]]
    by_key = [
        [list(paths) for _, paths in groupby(files[name], key=lambda path: path.parent.parent)]
        for name in statistic.of
    ]
    parts = []
    for key, *of_key in zip(keys, *by_key, strict=True):
        quantities = [
            _realisations_of(key, paths, f"{system.name}/{name}")
            for name, paths in zip(statistic.of, of_key, strict=True)
        ]
        block = xr.merge(quantities, join="exact", compat="override", combine_attrs="drop")
        at = {
            name: key.values.get(name, block[name].item() if name in block.coords else np.nan)
            for name in system.keys
        }
        parts.append(reduce(block.assign_coords(at), **options).assign_coords(at))
    joined = in_table(parts) if system.grid == ("key",) else on_grid(parts, system.grid)
    # What is the same for all realisations of a key is a variable, with one key or with many.
    known = {*joined.dims, *system.keys}
    return joined.reset_coords([name for name in joined.coords if name not in known])


def _realisations_of(key: Key, paths: Iterable[Path], kind: str) -> xr.Dataset:
    """All realisations of a key, from the files of its blocks."""
    blocks = []
    for path in paths:
        with load(path, kind) as held:
            blocks.append(held.load())
        for name, value in key.values.items():
            if name in held.coords and float(held[name]) != value:
                raise DatasetError(path, f"holds {name} = {held[name].item()}")
    return concatenate(blocks).sel(seed=list(key.seeds))


def table(paths: Sequence[Path], statistic: str, labellings: Sequence[str] = ()) -> xr.Dataset:
    """Tier 2 as figures and claims take it.

    Parameters
    ----------
    paths
        Its file, or one for each labelling.
    statistic
        Its name.
    labellings
        Along a first dimension of this name; none: of the only file.
    """
    parts = []
    for path in paths:
        with load(path, f"ensembles/{statistic}") as held:
            parts.append(held.load())
    if not labellings:
        (only,) = parts
        return only
    joined = xr.concat(
        parts, "labelling", data_vars="all", coords="minimal", compat="override", join="outer"
    )
    about = {"units": "1", "long_name": "labelling of the eigenstates by l-bits"}
    return joined.assign_coords(labelling=("labelling", list(labellings), about))
