"""Results for notebooks: all blocks of one key as a single lazily opened dataset."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from mbl.datasets.files import ENGINE, concatenate
from mbl.keys import AnyKey, ChainKey, FixedPointKey, Key, seed_range


@dataclass(frozen=True)
class System:
    """How the results of a system are keyed, and where they lie."""

    keys: tuple[str, ...]
    files: tuple[str, ...]
    shared: tuple[str, ...]  # by all strengths: the disorder, or what has no strength
    pattern: str
    optional: tuple[str, ...] = ()


SYSTEMS: Mapping[str, System] = {
    "ring": System(
        ("Delta",),
        (
            "spectrum.nc",
            "lbits-{labelling}.nc",
            "locality-{labelling}.nc",
            "effective-{labelling}.nc",
            "imbalance-{labelling}.nc",
            "algebra-{labelling}.nc",
            "range-{labelling}.nc",
            "dynamics-{labelling}.nc",
            "dynamics.nc",
        ),
        ("fields.nc",),
        "L=*/Delta=*",
    ),
    "chain": System(("W",), ("midspectrum.nc",), ("fields.nc",), "L=*/W=*"),
    "bubble": System(("n", "W"), ("midspectrum.nc",), ("disorder.nc",), "n=*/L=*/W=*", ("beta",)),
    "fixed_point": System(
        ("xi",),
        ("spectrum.nc", "growth.nc", "quasi_adiabatic.nc", "stability.nc"),
        ("light_cone.nc", "area_law.nc"),
        "L=*/xi=*",
    ),
}


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


def _key(system: str, L: int, **given: float | None) -> AnyKey:
    """Key of a system from what was given of it."""
    if system not in SYSTEMS:
        raise ValueError(f"unknown system {system!r}; known: {', '.join(SYSTEMS)}")
    named = {name: value for name, value in given.items() if value is not None}
    needed, optional = SYSTEMS[system].keys, SYSTEMS[system].optional
    if not set(needed) <= set(named) <= {*needed, *optional}:
        also = f" and optionally {', '.join(optional)}" if optional else ""
        raise ValueError(
            f"results of the {system} are keyed by {', '.join(('L', *needed))}{also}; "
            f"given: {', '.join(('L', *named))}"
        )
    if system == "ring":
        return Key(L, named["Delta"], range(0))
    if system == "fixed_point":
        return FixedPointKey(L, named["xi"], range(0))
    return ChainKey(int(named.get("n", 0)), L, named["W"], range(0), named.get("beta"))


def open_results(
    system: str,
    *,
    L: int,
    Delta: float | None = None,
    W: float | None = None,
    n: int | None = None,
    beta: float | None = None,
    xi: float | None = None,
    labelling: str = "sorted",
    root: str | Path = "results",
) -> xr.Dataset:
    """All results of one key as one dataset, opened lazily (dask), a seed a coordinate.

    Parameters
    ----------
    system
        ``"ring"`` (goihl2018, huse2014), ``"chain"`` or ``"bubble"`` (colmenarez2023), or
        ``"fixed_point"`` (swingle2013).
    L
        Number of sites.
    Delta
        Ring: disorder strength Δ in units of J.
    W
        Chain and bubble: disorder strength W in units of J.
    n
        Bubble: its dimension n_GOE.
    beta
        Bubble: its bandwidth β where an ensemble scans it; without it, the tuned one.
    xi
        Fixed point: localization length ξ in sites.
    labelling
        Ring: which labelling of the eigenstates the l-bits are of.
    root
        The results directory.

    Returns
    -------
    xarray.Dataset
        Ring: fields, spectra, labels, truncation errors, couplings and imbalance, and of huse2014's
        ensembles algebra, ranges and dynamics; chain and bubble: disorder and mid-spectra; fixed
        point: spectra, growth of entanglement and what else has been computed at this L and ξ, with
        light cones and area laws at this L; over all seeds that have been computed. Where a
        quantity has been computed for some seeds only (as the imbalance), it is NaN for the others;
        a missing label is −1.

    Raises
    ------
    ValueError
        For a system that does not exist, or that is keyed otherwise.
    FileNotFoundError
        Where nothing has been computed for this key; says what has been.
    """
    key = _key(system, L, Delta=Delta, W=W, n=n, beta=beta, xi=xi)
    root = Path(root)
    directory = key.directory(root)
    names = [name.format(labelling=labelling) for name in SYSTEMS[system].files]
    files = [blocks for name in names if (blocks := _blocks(directory, name))]
    if not files:
        there = sorted(
            str(path.relative_to(root / system))
            for path in (root / system).glob(SYSTEMS[system].pattern)
        )
        raise FileNotFoundError(
            f"no results under {directory}; computed so far: {', '.join(there) or 'none'}"
        )
    parts = [_concatenate(blocks) for blocks in files]
    seeds = xr.concat([p["seed"] for p in parts], "seed").to_index().unique()
    for name in SYSTEMS[system].shared:
        if blocks := _blocks(key.disorder_directory(root), name):
            shared = _concatenate(blocks)
            parts.append(shared.sel(seed=shared["seed"].isin(seeds)))
    merged = xr.merge(parts, join="outer", compat="override", fill_value={"label": -1})
    of = ", ".join(f"{name} = {value}" for name, value in key.coordinates.items())
    merged.attrs = {"title": f"{system}: {of}"}
    return merged.sortby("seed")
