"""Tables of rows as figures and claims take them, from made-up blocks or of made-up numbers."""

from importlib import import_module

import numpy as np
import xarray as xr

from mbl.catalogue import call, catalogue
from mbl.ensembles.rows import on_grid
from mbl.registry import Statistic, reference

NAME = {"units": "1", "long_name": "labelling of the eigenstates by l-bits"}


def declared(name):
    return catalogue()[Statistic][name]


def described(rows, name):
    """Rows with the units and meanings that their file would give them."""
    for variable, about in declared(name).contents.items():
        rows[variable].attrs = {"units": about.units, "long_name": about.long_name}
    return rows


def table(name, blocks, **options):
    """Rows of blocks, each of one L and Δ."""
    module, _, function = declared(name).function.partition(":")
    reduce = getattr(import_module(module), function)
    parts = [
        reduce(block, **options).assign_coords(L=int(block["L"]), Delta=float(block["Delta"]))
        for block in blocks
    ]
    return described(on_grid(parts, ("L", "Delta")), name)


def by_labelling(name, blocks, **options):
    """Rows of several labellings along a first dimension, from their blocks by name."""
    parts = [table(name, of_name, **options) for of_name in blocks.values()]
    joined = xr.concat(parts, "labelling", data_vars="all", join="outer")
    return joined.assign_coords(labelling=("labelling", list(blocks), NAME))


def made_up(name, at, labellings=()):
    """Positive numbers of the shape of a statistic's rows, by the coordinates of each dimension."""
    lead = ("labelling", "L", "Delta") if labellings else ("L", "Delta")
    at = at | {"labelling": list(labellings)}
    rng = np.random.default_rng(len(name))
    contents = declared(name).contents
    data = xr.Dataset()
    for variable, about in contents.items():
        if about.dims != (variable,):
            dims = (*lead, *about.dims)
            data[variable] = dims, rng.uniform(0.2, 0.9, [len(at[dim]) for dim in dims])
    data = data.assign_coords({dim: at[dim] for dim in data.dims})
    return described(data, name)


def list_faults(check, where, shown, ensemble, entries):
    """Faults that a figure's check finds."""
    asked = {"where": where, "shown": shown, "ensemble": ensemble, "entries": entries}
    return list(call(reference(check), asked))
