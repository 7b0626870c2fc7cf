"""Means, standard errors, and their grid over sizes and disorder strengths."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import xarray as xr


def mean_and_error(values: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray]:
    """Mean over realisations (dimension `seed`) and its standard error, NaN for a single one."""
    count = values.sizes["seed"]
    mean = values.mean("seed")
    if count < 2:
        return mean, xr.full_like(mean, np.nan)
    return mean, values.std("seed", ddof=1) / np.sqrt(count)


def statistics(key: xr.Dataset, quantities: Mapping[str, xr.DataArray]) -> xr.Dataset:
    """Means and errors of quantities of one key.

    Parameters
    ----------
    key
        Any dataset of the key, with scalar coordinates `L` and `Delta`.
    quantities
        Arrays with a dimension `seed`.

    Returns
    -------
    Dataset
        For each quantity `name` and `name_error`, and `realisations`; dimensions `L` and `Delta` of
        length one lead.
    """
    out = xr.Dataset()
    for name, values in quantities.items():
        out[name], out[f"{name}_error"] = mean_and_error(values.reset_coords(drop=True))
    out["realisations"] = key.sizes["seed"]
    return out.assign_coords(L=int(key["L"]), Delta=float(key["Delta"])).expand_dims(["L", "Delta"])


def grid(parts: Iterable[xr.Dataset]) -> xr.Dataset:
    """Join the statistics of many keys on a grid of L and Delta; NaN where there is no such key."""
    joined = xr.merge(list(parts), join="outer", compat="no_conflicts").sortby(["L", "Delta"])
    return joined.assign(realisations=joined["realisations"].fillna(0).astype(int))


def table(
    rows: Iterable[tuple[xr.Dataset, xr.Dataset]], names: Sequence[str] = ("n", "beta", "L", "W")
) -> xr.Dataset:
    """Join rows along a dimension `key` whose coordinates are n_GOE, β, L and W; NaN pads.

    Parameters
    ----------
    rows
        Pairs of a row without these coordinates and a dataset that has them as scalars.
    names
        Other coordinates than those.
    """
    parts = [
        row.expand_dims("key").assign_coords({name: ("key", [key[name].item()]) for name in names})
        for row, key in rows
    ]
    return xr.concat(parts, "key", join="outer")
