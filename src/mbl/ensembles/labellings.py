"""Labellings of the same eigenstates, by their own measure and side by side."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate, estimated, mean, paired, share
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
    locality: xr.Dataset, effective: xr.Dataset, reproduction: xr.Dataset, lbits: xr.Dataset
) -> xr.Dataset:
    """Locality, effective model and dynamics of every realisation under every labelling.

    Parameters
    ----------
    locality, effective, reproduction, lbits
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
            reproduction["imbalance_error"],
            lbits[["objective", "bound"]],
            averaged(effective, ["coupling"]).drop_vars("realisations"),
        ],
        join="exact",
        combine_attrs="drop_conflicts",
    )
    data["labelling"].attrs = {"units": "1", "long_name": "how the eigenstates are labelled"}
    return data


EQUAL = 1e-9  # relative difference of two errors that rounding may make


@dataclass(frozen=True)
class Comparison:
    """Errors of the same realisations under two labellings, whose means rare ones may rule.

    Attributes
    ----------
    first, second
        Mean errors.
    fall
        Mean of first less second.
    means, medians
        Ratio of first to second, of means and of medians.
    ratio
        Median over realisations of their own ratio.
    improved, worsened
        Share of realisations with the smaller and with the larger error under the second.
    balance
        The one share less the other.
    """

    first: Estimate
    second: Estimate
    fall: Estimate
    means: Estimate
    medians: Estimate
    ratio: Estimate
    improved: Estimate
    worsened: Estimate
    balance: Estimate

    def __str__(self) -> str:
        """Means, medians and realisations, always together."""
        return (
            f"mean {self.first} and {self.second}, ratio of means {self.means}, of medians "
            f"{self.medians}, median ratio {self.ratio}, {self.improved.scaled(100)} % improve and "
            f"{self.worsened.scaled(100)} % get worse, {self.fall.over}"
        )


def compare(first: xr.DataArray, second: xr.DataArray) -> Comparison:
    """Compare the errors of realisations under two labellings, over the seeds of both.

    Parameters
    ----------
    first, second
        One error for each realisation, shape (seed,), NaN where there is none.

    Raises
    ------
    LackingError
        Where they have no seed in common.
    """
    fall = paired(second, first)
    one, other = xr.align(
        *(rows.dropna("seed").reset_coords(drop=True) for rows in (first, second))
    )
    means, medians, ratio = (
        estimated(statistic, one, other, pairs=True)
        for statistic in (
            lambda a, b: float(a.mean() / b.mean()),
            lambda a, b: float(np.median(a) / np.median(b)),
            lambda a, b: float(np.median(a / b)),
        )
    )
    better, worse = other < (1 - EQUAL) * one, other > (1 + EQUAL) * one
    balance = mean(better.astype(float) - worse.astype(float), pairs=True)
    return Comparison(
        mean(one), mean(other), fall, means, medians, ratio, share(better), share(worse), balance
    )
