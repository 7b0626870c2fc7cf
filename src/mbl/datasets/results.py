"""Results for notebooks: all blocks of one key as a single lazily opened dataset."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import xarray as xr

from mbl.catalogue import catalogue
from mbl.datasets.files import ENGINE, concatenate
from mbl.keys import Key, seed_range
from mbl.registry import Quantity, System
from mbl.settings import key


def _blocks(directory: Path, name: str) -> list[tuple[range, Path]]:
    """Files of one name over all seed blocks of a key, by first seed, larger blocks first."""
    found = [
        (seed_range(path.parent.name.removeprefix("seeds=")), path)
        for path in directory.glob(f"seeds=*/{name}")
    ]
    return sorted(found, key=lambda item: (item[0].start, -item[0].stop))


def _concatenate(blocks: Iterable[tuple[range, Path]]) -> xr.Dataset:
    """Join blocks along the seeds; a seed in two blocks (of two sizes) is taken once."""
    parts = []
    beyond = -1
    for seeds, path in blocks:
        if seeds.stop > beyond:
            part = xr.open_dataset(path, engine=ENGINE, chunks={})
            parts.append(part.sel(seed=slice(max(beyond, seeds.start), None)))
            beyond = seeds.stop
    joined = concatenate(parts)
    joined.attrs = {}
    return joined


def _key(system: str, values: Mapping[str, float | None]) -> Key:
    """Key of a system from what was given of it."""
    systems = catalogue()[System]
    if system not in systems:
        raise ValueError(f"unknown system {system!r}; known: {', '.join(systems)}")
    parts = systems[system].keys
    given = {name: value for name, value in values.items() if value is not None}
    needed = [name for name, part in parts.items() if not part.optional]
    if not set(needed) <= set(given) <= set(parts):
        optional = [name for name, part in parts.items() if part.optional]
        also = f" and optionally {', '.join(optional)}" if optional else ""
        raise ValueError(
            f"results of the {system} are keyed by {', '.join(needed)}{also}; "
            f"given: {', '.join(given)}"
        )
    return key(systems[system], given, range(0))


def open_results(
    system: str,
    *,
    labelling: str = "sorted",
    root: str | Path = "results",
    **values: float | None,
) -> xr.Dataset:
    """All results of one key as one dataset, opened lazily (dask), a seed a coordinate.

    Parameters
    ----------
    system
        ``"ring"`` (goihl2018, huse2014), ``"chain"`` (colmenarez2023), or ``"fixed_point"``
        (swingle2013).
    labelling
        Ring: which labelling of the eigenstates the l-bits are of.
    root
        The results directory.
    **values
        What the results are keyed by: ``L``, the number of sites, and for the ring ``Delta``, the
        disorder strength Δ in units of J; for the chain ``W``, likewise, with a bubble its
        dimension ``n`` and, where an ensemble scans it, its bandwidth ``beta``; for the fixed point
        ``xi``, the localization length ξ in sites.

    Returns
    -------
    xarray.Dataset
        All quantities of the system that have been computed for this key, with the disorder and
        what all strengths of disorder share, over all their seeds. Where a quantity has been
        computed for fewer seeds than others, it is NaN for the rest; a missing label is −1.

    Raises
    ------
    ValueError
        For a system that does not exist, or that is keyed otherwise.
    FileNotFoundError
        Where nothing has been computed for this key; says what has been.
    """
    wanted = _key(system, values)
    root = Path(root)
    own: list[xr.Dataset] = []
    shared: list[xr.Dataset] = []
    for quantity in catalogue().of_system(Quantity, system):
        stem = quantity.name.partition("/")[2] + (f"-{labelling}" if quantity.labelled else "")
        folder = root / (wanted.shared if quantity.shared else wanted.directory)
        if blocks := _blocks(folder, f"{stem}.nc"):
            (shared if quantity.shared else own).append(_concatenate(blocks))
    if not own:
        there = sorted(
            path.relative_to(root).as_posix()
            for pattern in catalogue()[System][system].patterns.values()
            for path in root.glob(re.sub(r"\{\w+\}", "*", pattern))
        )
        raise FileNotFoundError(
            f"no results under {root / wanted.directory}; computed so far: "
            f"{', '.join(there) or 'none'}"
        )
    seeds = xr.concat([part["seed"] for part in own], "seed").to_index().unique()
    own += [part.sel(seed=part["seed"].isin(seeds)) for part in shared]
    merged = xr.merge(own, join="outer", compat="override", fill_value={"label": -1})
    named = ", ".join(f"{name} = {value}" for name, value in wanted.values.items())
    merged.attrs = {"title": f"{system}: {named}"}
    by_seed: xr.Dataset = merged.sortby("seed")
    return by_seed
