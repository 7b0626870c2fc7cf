"""Response of the purity to the bubble, and its fits (colmenarez2023, eq. 6 and Fig. 9)."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from mbl.avalanche import avalanche_purity
from mbl.ensembles.fits import Fit, asymptote_interval, fit_avalanche, fit_exponential
from mbl.ensembles.rows import LackingError, averaged, in_table, once_per_table

MEANING = {
    "difference": "mean γ of the chain alone less γ",
    "difference_error": "standard error over realisations of the γ of the chain alone less γ",
    "avalanche": "purity γ by eq. 6 as fitted",
    "asymptote_interval": "γ₀ within so many standard deviations, from the profile of χ²",
    "chi2": "χ² per degree of freedom of the exponential",
    "avalanche_chi2": "χ² per degree of freedom of eq. 6",
    "realisations": "number of disorder realisations",
    "deviations": "standard deviations",
    "end": "end of the interval",
}
PARAMETERS = {
    "asymptote": "γ₀, difference far from the bubble",
    "amplitude": "A of γ₀ + A e^(−i/ξ)",
    "length": "ξ of γ₀ + A e^(−i/ξ), in sites",
    "probability": "p of eq. 6",
    "localization_length": "ξ of eq. 6, in sites",
}


@once_per_table
def purity_response(rows: xr.Dataset) -> xr.Dataset:
    """Purity of the chain alone less that with the bubble, two sites shorter, and its fits.

    Parameters
    ----------
    rows
        Tier 2 of `midspectrum`.

    Returns
    -------
    Dataset
        Along `key`, one for each with a bubble whose chain of L + 2 sites alone is there at the
        same W: the difference by distance; γ₀ + A e^(−i/ξ) and eq. 6 as fitted to it, their
        parameters and χ²; and intervals of γ₀.

    Raises
    ------
    LackingError
        Where there is no such key.
    """
    data = averaged(rows, ["purity", "bulk_purity"])
    keys = [data.isel(key=position) for position in range(data.sizes["key"])]
    alone = {(int(key["L"]), float(key["W"])): key for key in keys if not int(key["n"])}
    found = [
        _response(key, alone[int(key["L"]) + 2, float(key["W"])])
        for key in keys
        if int(key["n"]) and (int(key["L"]) + 2, float(key["W"])) in alone
    ]
    if not found:
        raise LackingError("no chain with a bubble beside one without, two sites longer")
    response = in_table(found)
    for name, long_name in MEANING.items():
        response[name].attrs = {"units": "1", "long_name": long_name}
    for name, long_name in PARAMETERS.items():
        response[name].attrs = {"units": "1", "long_name": long_name}
        about = {"units": "1", "long_name": f"standard error of {long_name}"}
        response[f"{name}_error"].attrs = about
    for name in ("distance", "n", "beta", "L", "W"):
        response[name].attrs = rows[name].attrs
    return response


def _response(bubble: xr.Dataset, alone: xr.Dataset) -> xr.Dataset:
    """Difference and fits of one key."""
    L, n = int(bubble["L"]), int(bubble["n"])
    bubble = bubble.sel(distance=slice(0, (L + 1) // 2 - 1))
    isolated = float(alone["bulk_purity"])
    distance, purity = bubble["distance"].values, bubble["purity"].values
    # Two ensembles of different sizes share no realisation: their errors are independent.
    difference = isolated - purity
    error = np.hypot(float(alone["bulk_purity_error"]), bubble["purity_error"].values)
    exponential = fit_exponential(distance, difference, error)
    avalanche = fit_avalanche(distance, purity, error, isolated, n, L)
    one, two = (asymptote_interval(distance, difference, error, sigmas) for sigmas in (1.0, 2.0))
    curve = avalanche_purity(
        distance, **avalanche.value, bubble_size=n, L=L, isolated_purity=isolated
    )
    return xr.Dataset(
        {
            "difference": ("distance", difference),
            "difference_error": ("distance", error),
            "avalanche": ("distance", curve),
            "asymptote_interval": (("deviations", "end"), np.array([one, two])),
            "chi2": exponential.reduced_chi2,
            "avalanche_chi2": avalanche.reduced_chi2,
            "realisations": int(bubble["realisations"]),
            **_parameters(exponential),
            **_parameters(avalanche),
        },
        {"distance": distance, "deviations": [1, 2], "end": ["low", "high"]}
        | {name: bubble[name].item() for name in ("n", "beta", "L", "W")},
    )


def _parameters(fit: Fit) -> Mapping[str, float]:
    """Parameters of a fit and their errors; at a bound an error means nothing."""
    bounded = fit.outcome == "at a bound"
    return fit.value | {
        f"{name}_error": np.nan if bounded else error for name, error in fit.error.items()
    }
