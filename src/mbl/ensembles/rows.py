"""Tier 2, one realisation a row: how rows of many keys join, and their means and errors.

A key lacks some seeds of another and some values along a dimension (|S| = 13 at L = 11): NaN stands
there, and no mean counts it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import numpy as np
import xarray as xr


def mean_and_error(rows: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray]:
    """Mean over realisations (dimension `seed`) and its standard error.

    Parameters
    ----------
    rows
        One number a realisation; NaN where there is none.

    Returns
    -------
    mean, error
        Without `seed`; NaN where no realisation is, the error also where there is only one.
    """
    count = rows.notnull().sum("seed")
    mean = rows.sum("seed") / count.where(count > 0)
    apart = ((rows - mean) ** 2).sum("seed")
    deviation: xr.DataArray = xr.apply_ufunc(np.sqrt, apart / (count - 1).where(count > 1))
    return mean, deviation / np.sqrt(count)


def realisations(rows: xr.Dataset) -> xr.DataArray:
    """Number of realisations of each key: those with any number at all."""
    there = [_anywhere(values) for values in rows.data_vars.values() if "seed" in values.dims]
    return xr.concat(there, "variable", join="exact").any("variable").sum("seed")


def _anywhere(values: xr.DataArray) -> xr.DataArray:
    """Which realisations of which key have a number."""
    within = [dim for dim in values.dims if dim not in ("seed", "key", "labelling", "L", "Delta")]
    return values.notnull().any(within).reset_coords(drop=True)


def averaged(rows: xr.Dataset, names: Sequence[str] | None = None) -> xr.Dataset:
    """Means with standard errors of rows.

    Parameters
    ----------
    rows
        Tier 2.
    names
        Of the variables wanted; all that have a row for each realisation by default.

    Returns
    -------
    Dataset
        For each of them `name` and `name_error`, and `realisations`.
    """
    wanted = names or [str(name) for name in rows.data_vars if "seed" in rows[name].dims]
    out = xr.Dataset()
    for name in wanted:
        out[name], out[f"{name}_error"] = mean_and_error(rows[name])
        attributes = rows[name].attrs
        if attributes:
            meaning = attributes["long_name"]
            out[name].attrs = attributes | {"long_name": f"mean {meaning}"}
            error = f"standard error over realisations of the {meaning}"
            out[f"{name}_error"].attrs = attributes | {"long_name": error}
    out["realisations"] = realisations(rows)
    out["realisations"].attrs = {"units": "1", "long_name": "number of disorder realisations"}
    return out


class LackingError(LookupError):
    """An ensemble lacks what is asked of it: says what."""


def select(data: xr.Dataset, **where: float | str) -> xr.Dataset:
    """Data at values of coordinates.

    Raises
    ------
    LackingError
        Where a coordinate has no such value; a coordinate that does not exist is a KeyError.
    """
    for name, value in where.items():
        if value not in data[name].values:
            raise LackingError(f"no {name} = {value}")
        data = data.sel({name: value})
    return data


def rows_along(rows: xr.DataArray, dim: str) -> list[xr.DataArray]:
    """Rows at each value of a coordinate, two or more."""
    if rows.sizes[dim] < 2:
        raise LackingError(f"no second value of {dim}")
    return [rows.isel({dim: position}) for position in range(rows.sizes[dim])]


def keys_of(table: xr.Dataset, order: str, **where: float) -> xr.Dataset:
    """Keys of a table with given n, L, W or β, in the order of another of them; maybe none."""
    chosen = np.ones(table.sizes["key"], dtype=bool)
    for name, value in where.items():
        chosen &= table[name].values == value
    return table.isel(key=chosen).sortby(order)


def key_of(table: xr.Dataset, **where: float) -> xr.Dataset:
    """The one key of a table with given n, L, W or β.

    Raises
    ------
    LackingError
        Where there is none.
    """
    found = keys_of(table, "L", **where)
    if not found.sizes["key"]:
        asked = ", ".join(f"{name} = {value:g}" for name, value in where.items())
        raise LackingError(f"no {asked}")
    return found.isel(key=0)


def on_grid(parts: Iterable[xr.Dataset], dims: Sequence[str]) -> xr.Dataset:
    """Join the rows of keys on a grid of what they are keyed by (scalar coordinates)."""
    keys = [part.expand_dims(list(dims)) for part in parts]
    return xr.merge(keys, join="outer", compat="no_conflicts", combine_attrs="drop").sortby(
        [*dims, "seed"]
    )


def in_table(parts: Iterable[xr.Dataset]) -> xr.Dataset:
    """Join the rows of keys along `key`, whose coordinates are what they are keyed by."""
    keys = []
    for part in parts:  # a number that is the same of all keys would stay a scalar
        numbers = {
            str(name): ("key", [value.item()])
            for name, value in part.coords.items()
            if not value.ndim
        }
        keys.append(part.expand_dims("key").assign_coords(numbers))
    return xr.concat(keys, "key", join="outer", combine_attrs="drop")


def once_per_table(
    function: Callable[..., xr.Dataset],
) -> Callable[..., xr.Dataset]:
    """Remember what a function made of the same tables: many claims ask for the same fits."""
    known: dict[tuple[Any, ...], tuple[tuple[Any, ...], xr.Dataset]] = {}

    @wraps(function)
    def remembered(*tables: xr.Dataset, **options: float) -> xr.Dataset:
        key = (*map(id, tables), *sorted(options.items()))
        if key not in known:
            known[key] = tables, function(*tables, **options)  # kept, so that no id is used again
        return known[key][1]

    return remembered
