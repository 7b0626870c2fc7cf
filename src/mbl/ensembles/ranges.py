"""Ranges of the l-bits: weights of their Pauli strings, mean ranges and their distribution."""

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import resampled
from mbl.ensembles.rows import averaged, once_per_table
from mbl.hilbert import Floats
from mbl.lbits.mean_range import mean_range, random_range
from mbl.registry import Variable, statistic
from mbl.systems.ring_contents import OPERATOR, RANGE, SITE

ROUNDING = 1e-26  # a weight is a square, of which so much is left of 4^L strings that are none
RANGE_STEP = 0.1  # between the mean ranges whose exceedance is shown


@statistic(
    "ring/range",
    references="huse2014, mean range",
    contents={
        "weight": Variable(("seed", "operator", "range"), "f", "1", "weight of strings of a range"),
        "log_weight": Variable(
            ("seed", "operator", "range"), "f", "1", "ln weight of strings of a range"
        ),
        "lbit_range": Variable(("seed", "operator", "site"), "f", "1", "mean range ℓ̄ of an l-bit"),
        "weight_sum": Variable(("seed",), "f", "1", "|1 − Σ weights|"),
        "random_range": Variable((), "f", "1", "mean range of a random operator"),
    }
    | OPERATOR
    | SITE
    | RANGE,
    of=("range",),
)
def ranges(block: xr.Dataset) -> xr.Dataset:
    """Ranges of the l-bits of each realisation: weights over l-bits, and the mean of every one."""
    weight = block["weight"].transpose("seed", "operator", "site", "range")
    of_lbit = weight.isel(range=0, drop=True).copy(data=mean_range(weight.values))
    rows = xr.Dataset(
        {
            "weight": weight.mean("site"),
            "log_weight": xr.apply_ufunc(np.log, weight.clip(ROUNDING)).mean("site"),
            "lbit_range": of_lbit,
            "weight_sum": abs(1 - weight.sum("range")).max(("operator", "site")),
            "random_range": random_range(block.sizes["site"]),
        }
    )
    return rows.reset_coords(drop=True)


@once_per_table
def mean_ranges(rows: xr.Dataset) -> xr.Dataset:
    """Weights by range and mean ranges with their errors, beside those of a random operator."""
    over_lbits = rows["lbit_range"].mean("site")
    over_lbits.attrs = {"units": "1", "long_name": "mean range ℓ̄ over l-bits"}
    means = averaged(rows[["weight"]].assign(mean_range=over_lbits))
    typical = xr.apply_ufunc(np.exp, rows["log_weight"].mean("seed"))
    about = {"units": "1", "long_name": "geometric mean of the weight of strings of a range"}
    typical.attrs = about
    return means.assign(typical_weight=typical, random_range=rows["random_range"])


def long_lbits(of_lbit: xr.DataArray, threshold: float) -> xr.DataArray:
    """Share of the l-bits of each realisation whose mean range is longer than a threshold."""
    return (of_lbit > threshold).where(of_lbit.notnull()).mean("site")


def exceedances(rows: xr.Dataset) -> xr.Dataset:
    """Share of l-bits whose mean range is longer than a threshold, with its error.

    Thresholds end with the longest range that a string can have in the largest ring; NaN where they
    are beyond that of a smaller one.
    """
    ends = rows["L"] // 2 + 1
    threshold = RANGE_STEP * np.arange(round(int(ends.max()) / RANGE_STEP))
    # One after another: an array of all thresholds and l-bits would be large.
    shares = [long_lbits(rows["lbit_range"], one).where(one < ends) for one in threshold]
    exceedance = xr.concat(shares, "threshold").transpose(..., "threshold")
    exceedance.attrs = {"units": "1", "long_name": "share of l-bits of a longer ℓ̄"}
    about = {"units": "1", "long_name": "mean range ℓ̄"}
    out = xr.Dataset({"exceedance": exceedance}, {"threshold": ("threshold", threshold, about)})
    return averaged(out).drop_vars("realisations")


def median_ranges(rows: xr.Dataset) -> xr.Dataset:
    """Median over all l-bits of all realisations of their mean ranges, with its error."""
    median, error = xr.apply_ufunc(
        _median_of_key,
        rows["lbit_range"],
        input_core_dims=[["seed", "operator", "site"]],
        output_core_dims=[["operator"], ["operator"]],
        vectorize=True,
    )
    median.attrs = {"units": "1", "long_name": "median range ℓ̄ of all l-bits"}
    spread = "its standard error by bootstrap of realisations"
    error.attrs = {"units": "1", "long_name": spread}
    return xr.Dataset({"median_range": median, "median_range_error": error})


def _median_of_key(of_lbit: Floats) -> tuple[Floats, Floats]:
    """Median and error of one key, shape (seeds, operators, sites); NaN pads seeds and sites."""
    known = np.isfinite(of_lbit)
    values = of_lbit[known.any(axis=(1, 2))][..., known.any(axis=(0, 1))]
    if not values.size:
        missing = np.full(of_lbit.shape[1], np.nan)
        return missing, missing
    rows = xr.DataArray(values, dims=("seed", "operator", "site"))
    median, error, _ = resampled(lambda one: np.median(one, axis=(0, -1)), rows)
    return median, error
