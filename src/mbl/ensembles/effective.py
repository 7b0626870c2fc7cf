"""The effective model of the l-bits: its errors and couplings (goihl2018, Figs. 6 and 7)."""

import numpy as np
import xarray as xr

from mbl.ensembles.rows import select
from mbl.registry import Variable, coordinate, statistic
from mbl.systems.ring_contents import NORM, NORM_ERROR, ORDER


@statistic(
    "ring/effective",
    references="goihl2018, eqs. 7–9, Figs. 6 and 7",
    contents={
        "norm_error": Variable(("seed", "order"), "f", "1", NORM_ERROR),
        "operator_norm": Variable(("seed",), "f", "J", NORM),
        "coupling": Variable(
            ("seed", "order", "extension"), "f", "J", "|ω_μ| over μ of a kind", may_miss=True
        ),
    }
    | ORDER
    | coordinate("extension", "i", "1", "extension d(μ)"),
    of=("effective",),
)
def effective(block: xr.Dataset) -> xr.Dataset:
    """Errors of the truncated models of each realisation, and couplings by order and extension."""
    norms = block[["norm_error", "operator_norm"]].reset_coords(drop=True)
    return norms.assign(coupling=mean_couplings(block))


def norm_errors(rows: xr.Dataset) -> xr.DataArray:
    """Errors in norm of the models that are not exact, all orders below L.

    Parameters
    ----------
    rows
        Of `ring/effective`; of several sizes, all orders below the largest.
    """
    return rows["norm_error"].sel(order=slice(None, int(rows["L"].max()) - 1))


def norm_errors_at(rows: xr.Dataset, order: int) -> xr.DataArray:
    """Errors in norm of the model of one order.

    Raises
    ------
    LackingError
        Where there is none of that order.
    """
    return select(rows, order=order)["norm_error"]


def mean_couplings(block: xr.Dataset) -> xr.DataArray:
    """Mean |ω_μ| of each realisation over the μ of one order and extension.

    Returns
    -------
    DataArray (seed, order, extension), in units of J
        NaN where no μ has that order and extension.
    """
    spins, extension = block["spins"].values, block["extension"].values
    orders, extensions = np.unique(spins[spins > 0]), np.unique(extension)
    kind = (spins[:, None, None] == orders[:, None]) & (extension[:, None, None] == extensions)
    count = kind.sum(axis=0)
    total = np.tensordot(np.abs(block["coupling"].values), kind.astype(float), axes=1)
    return xr.DataArray(
        total / np.where(count, count, np.nan),
        dims=("seed", "order", "extension"),
        coords={"seed": block["seed"], "order": orders, "extension": extensions},
    )
