"""Which chains of a table the claims of swingle2013 are about, and how they sum up."""

from collections.abc import Iterable

import numpy as np
import xarray as xr

from mbl.ensembles.rows import keys_of
from mbl.ledger.verdicts import Verdict, all_of

ROUNDING = 1e-9  # of numbers of order one after all diagonalisations and exponentials


def sizes(rows: xr.Dataset) -> list[int]:
    """Numbers of sites L, ascending."""
    return [int(L) for L in np.unique(rows["L"].values)]


def of_size(rows: xr.Dataset, L: int) -> xr.Dataset:
    """Keys of one size in the order of ξ, with the realisations that any of them has."""
    found = keys_of(rows, "xi", L=L)
    there = [
        one.notnull().any([dim for dim in one.dims if dim != "seed"])
        for one in found.data_vars.values()
        if "seed" in one.dims
    ]
    held = xr.concat(there, "variable").any("variable")
    return found.isel(seed=held.values)


def last(rows: xr.Dataset) -> xr.Dataset:
    """The largest chain, at its longest ξ."""
    return of_size(rows, sizes(rows)[-1]).isel(key=-1)


def logarithm(rows: xr.DataArray) -> xr.DataArray:
    """Natural logarithms of rows."""
    logarithms: xr.DataArray = xr.apply_ufunc(np.log, rows)
    return logarithms


def every(verdicts: Iterable[Verdict], numbers: str) -> Verdict:
    """One verdict on many numbers, of which one line tells."""
    return Verdict(all_of(*verdicts).word, numbers)
