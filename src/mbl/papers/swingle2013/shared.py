"""Which chains of a table the claims of swingle2013 are about."""

import numpy as np
import xarray as xr

from mbl.ensembles.rows import keys_of

ROUNDING = 1e-9  # of numbers of order one after all diagonalisations and exponentials


def sizes(rows: xr.Dataset) -> list[int]:
    """Numbers of sites L, ascending."""
    return [int(L) for L in np.unique(rows["L"].values)]


def of_size(rows: xr.Dataset, L: int) -> xr.Dataset:
    """Keys of one size in the order of ξ, with the realisations that any of them has."""
    return keys_of(rows, "xi", L=L).dropna("seed", how="all")


def last(rows: xr.Dataset) -> xr.Dataset:
    """The largest chain, at its longest ξ."""
    return of_size(rows, sizes(rows)[-1]).isel(key=-1)


def logarithm(rows: xr.DataArray) -> xr.DataArray:
    """Natural logarithms of rows."""
    logarithms: xr.DataArray = xr.apply_ufunc(np.log, rows)
    return logarithms
