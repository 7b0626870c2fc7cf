"""Tables of docs/optimal_lbits.md, from the data of the figures."""

from collections.abc import Iterator
from pathlib import Path

import xarray as xr

from mbl.ensembles.estimates import mean
from mbl.ensembles.labellings import compare
from mbl.papers.beyond.figures import ORDER, SUPPORT

Key = tuple[int, float]


def labellings_table(results: Path) -> str:
    """Labellings side by side as `tabulated`, from the figure's data below the results."""
    with xr.open_dataset(results / "figures" / "beyond" / "lbit_methods.nc") as data:
        return tabulated(data)


def tabulated(data: xr.Dataset) -> str:
    """Errors of every labelling in Markdown, and how the combined one compares with the sorting.

    Parameters
    ----------
    data
        Of `mbl.papers.beyond.figures.lbit_methods`.
    """
    errors = data["norm_error"].sel(order=ORDER), data["truncation_error"].sel(support=SUPPORT)
    keys = [
        (int(L), float(Delta))
        for L in data["L"].values
        for Delta in data["Delta"].values
        if bool(errors[0].sel(L=L, Delta=Delta).notnull().any())
    ]
    counts = [_count(errors[0].sel(L=L, Delta=Delta)) for L, Delta in keys]
    heads = [
        f"L = {L}, Δ = {Delta:g} ({count})" for (L, Delta), count in zip(keys, counts, strict=True)
    ]
    lines = [["", *heads], ["---"] * (len(keys) + 1)]
    for name in data["labelling"].values:
        model, locality = (rows.sel(labelling=name) for rows in errors)
        lines.append([f"`{name}`", *(_errors(model, locality, key) for key in keys)])
    if {"sorted", "combined"} <= set(data["labelling"].values):
        lines += _comparisons(errors[0], keys)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _count(rows: xr.DataArray) -> int:
    """Number of realisations that a labelling has at most."""
    return int(rows.notnull().sum("seed").max())


def _errors(model: xr.DataArray, locality: xr.DataArray, key: Key) -> str:
    """Mean error in norm, its median, and mean truncation error; a dash where not computed."""
    model, locality = (rows.sel(L=key[0], Delta=key[1]) for rows in (model, locality))
    if not bool(model.notnull().any()):
        return "–"
    return f"{mean(model)} ({float(model.median()):.2g}); {mean(locality)}"


def _comparisons(model: xr.DataArray, keys: list[Key]) -> Iterator[list[str]]:
    """Rows that compare the error in norm of the sorting with that of the combined labelling."""
    found = [
        compare(*(model.sel(L=L, Delta=Delta, labelling=name) for name in ("sorted", "combined")))
        for L, Delta in keys
    ]

    def row(title: str, number: str, factor: float = 1.0, unit: str = "") -> list[str]:
        estimates = [getattr(one, number).scaled(factor) for one in found]
        return [title, *(f"**{estimate}{unit}**" for estimate in estimates)]

    yield row("`sorted` / `combined`: ratio of means", "means")
    yield row("ratio of medians", "medians")
    yield row("median of the ratio", "ratio")
    yield row("realisations that improve", "improved", 100, " %")
    yield row("realisations that get worse", "worsened", 100, " %")
