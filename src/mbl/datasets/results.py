"""Results for notebooks: all blocks of one key as a single lazily opened dataset."""

from collections.abc import Iterable
from pathlib import Path

import xarray as xr

from mbl.datasets.files import ENGINE, concatenate
from mbl.keys import ring_key, ring_size, seed_range

SYSTEMS = ("ring",)


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


def open_results(
    system: str, *, L: int, Delta: float, labelling: str = "sorted", root: str | Path = "results"
) -> xr.Dataset:
    """All results of one key as one dataset, opened lazily (dask), a seed a coordinate.

    Parameters
    ----------
    system
        ``"ring"`` (goihl2018).
    L
        Number of sites.
    Delta
        Disorder strength Δ in units of J.
    labelling
        Which labelling of the eigenstates the l-bits are of.
    root
        The results directory.

    Returns
    -------
    xarray.Dataset
        Fields, spectra, labels, truncation errors, couplings and imbalance over all seeds that have
        been computed. Where a quantity has been computed for some seeds only (as the imbalance),
        it is NaN for the others; a missing label is −1.

    Raises
    ------
    ValueError
        For a system that does not exist.
    FileNotFoundError
        Where nothing has been computed for this key; says what has been.
    """
    if system not in SYSTEMS:
        raise ValueError(f"unknown system {system!r}; known: {', '.join(SYSTEMS)}")
    root = Path(root)
    directory = ring_key(root, L, Delta)
    files = {
        "spectrum": _blocks(directory, "spectrum.nc"),
        **{
            kind: _blocks(directory, f"{kind}-{labelling}.nc")
            for kind in ("lbits", "locality", "effective", "imbalance")
        },
    }
    if not any(files.values()):
        there = sorted(
            str(p.relative_to(root / system)) for p in (root / system).glob("L=*/Delta=*")
        )
        raise FileNotFoundError(
            f"no results under {directory}; computed so far: {', '.join(there) or 'none'}"
        )
    files["fields"] = _blocks(ring_size(root, L), "fields.nc")
    parts = [_concatenate(blocks) for blocks in files.values() if blocks]
    seeds = xr.concat([p["seed"] for p in parts[:-1]], "seed").to_index().unique()
    parts[-1] = parts[-1].sel(seed=parts[-1]["seed"].isin(seeds))  # fields serve every Δ
    merged = xr.merge(parts, join="outer", compat="override", fill_value={"label": -1})
    merged.attrs = {"title": f"{system}: L = {L}, Δ = {Delta}, labelling {labelling}"}
    return merged.sortby("seed")
