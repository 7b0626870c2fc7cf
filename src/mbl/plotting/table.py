"""Rows and curves of tables over n_GOE, β, L and W."""

from collections.abc import Sequence

import numpy as np
import xarray as xr


def rows(data: xr.Dataset, order: str, **values: float) -> xr.Dataset:
    """Rows of a table with given n, L, W or β, ordered by another of them."""
    chosen = np.ones(data.sizes["key"], dtype=bool)
    for name, value in values.items():
        chosen &= data[name].values == value
    return data.isel(key=chosen).sortby(order)


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
        at = rows(data, order, **{family: value}, **fixed)
        out.append((f"{value:g}", at[order], at[name], at[f"{name}_error"]))
    return out
