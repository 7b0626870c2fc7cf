"""Curves of tables over n_GOE, β, L and W."""

from collections.abc import Sequence

import xarray as xr

from mbl.ensembles.rows import keys_of


def bubble_size(data: xr.Dataset) -> int:
    """The one n_GOE of an ensemble."""
    (n,) = {int(n) for n in data["n"].values if n}
    return n


def sizes_of(data: xr.Dataset, n: int) -> list[int]:
    """Sizes L with a bubble of n states, or without (n = 0)."""
    return sorted({int(L) for L in data["L"].values[data["n"].values == n]})


def strengths_of(data: xr.Dataset) -> list[float]:
    """Disorder strengths W."""
    return sorted({float(W) for W in data["W"].values})


def along(
    data: xr.Dataset, name: str, order: str, family: str, values: Sequence[float], **fixed: float
) -> list[tuple[str, xr.DataArray, xr.DataArray, xr.DataArray]]:
    """Curves of a quantity against a coordinate of the table, one for each value of another."""
    out = []
    for value in values:
        at = keys_of(data, order, **{family: value}, **fixed)
        out.append((f"{value:g}", at[order], at[name], at[f"{name}_error"]))
    return out
