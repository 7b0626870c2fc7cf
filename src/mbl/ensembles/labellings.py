"""Labellings of the same eigenstates, by their own measure and side by side."""

import xarray as xr

from mbl.ensembles.locality import error_over_lbits
from mbl.ensembles.rows import averaged
from mbl.registry import Variable, statistic


@statistic(
    "ring/lbits",
    references="goihl2018, section V",
    contents={
        "objective": Variable(("seed",), "f", "1", "what the labelling makes large"),
        "bound": Variable(("seed",), "f", "1", "what no labelling can exceed", may_miss=True),
    },
    of=("lbits",),
)
def lbits(block: xr.Dataset) -> xr.Dataset:
    """What each realisation's labelling makes large, and what none can exceed."""
    return block[["objective", "bound"]].reset_coords(drop=True)


def side_by_side(
    locality: xr.Dataset, effective: xr.Dataset, imbalance: xr.Dataset, lbits: xr.Dataset
) -> xr.Dataset:
    """Locality, effective model and dynamics of every realisation under every labelling.

    Parameters
    ----------
    locality, effective, imbalance, lbits
        Rows of these statistics of the same ensemble, by labelling.

    Returns
    -------
    Dataset
        Realisation by realisation, but for couplings, whose means have their standard errors.
    """
    data = xr.merge(
        [
            error_over_lbits(locality, ", mean over l-bits").rename("truncation_error"),
            effective["norm_error"],
            imbalance["imbalance_error"],
            lbits[["objective", "bound"]],
            averaged(effective, ["coupling"]).drop_vars("realisations"),
        ],
        join="exact",
        combine_attrs="drop_conflicts",
    )
    data["labelling"].attrs = {"units": "1", "long_name": "how the eigenstates are labelled"}
    return data
