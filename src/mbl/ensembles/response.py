"""Response of the purity to the bubble, and its fits (colmenarez2023, eq. 6 and Fig. 9)."""

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate, covariance
from mbl.ensembles.fits import (
    Fit,
    Means,
    asymptote_interval,
    avalanche_response,
    fit_avalanche,
    fit_exponential,
)
from mbl.ensembles.lines import Misfit
from mbl.ensembles.rows import LackingError, in_table, once_per_table
from mbl.hilbert import Floats

DEVIATIONS, ENDS = (1, 2), ("low", "high")  # of the intervals of γ₀

Described = dict[str, tuple[tuple[str, ...], Floats] | float]

DIFFERENCES = {
    "difference": "γ of a site of the chain alone less γ of it with the bubble",
    "edge": "γ of the bulk less γ of a site, of the chain alone",
    "bulk_difference": "γ of the bulk of the chain alone less γ of a site with the bubble",
}
FITS = {
    "exponential": "γ₀ + A e^(−i/ξ) fitted to the difference",
    "avalanche": "eq. 6, capped, fitted to the difference",
}
OF_FIT = {
    "asymptote": "γ₀",
    "amplitude": "A",
    "length": "ξ in sites",
    "probability": "p",
    "isolated_purity": "γ of the bulk of the chain alone",
    "localization_length": "ξ in sites",
    "chi2": "χ²",
    "freedom": "degrees of freedom",
    "p_value": "probability of a larger χ²",
    "residual": "mean less curve",
    "curve": "curve through the points, each by its own error, as drawn:",
    "asymptote_interval": "γ₀ within so many standard deviations, from the profile of χ²,",
}
FURTHER = {
    "realisations": "number of disorder realisations",
    "deviations": "standard deviations",
    "end": "end of the interval",
}


@once_per_table
def purity_response(rows: xr.Dataset) -> xr.Dataset:
    """Purity of the chain alone less that with the bubble, two sites shorter, and its fits.

    The bubble stands where the first and the last site of the chain alone are: its site at distance
    i is, in the same fields, that of the chain alone at distance i + 1 from the ends. Their
    `difference`, realisation by realisation, is what the bubble does to it. The paper's comparison
    with γ̄_XXZ of the isolated chain, here over its bulk, is the `bulk_difference`. It adds the
    `edge`, bulk less site within the chain alone, which all realisations of the latter tell.

    Parameters
    ----------
    rows
        Tier 2 of `midspectrum`.

    Returns
    -------
    Dataset
        Along `key`, one for each with a bubble whose chain of L + 2 sites alone is there at the
        same W: `DIFFERENCES` by distance with their errors; and of each of the `FITS`, with the
        full covariance of the distances, parameters, χ² and residuals, and intervals of γ₀.

    Raises
    ------
    LackingError
        Where there is no such key.
    """
    keys = [rows.isel(key=position) for position in range(rows.sizes["key"])]
    alone = {(int(key["L"]), float(key["W"])): key for key in keys if not int(key["n"])}
    found = [
        _response(key, alone[int(key["L"]) + 2, float(key["W"])])
        for key in keys
        if int(key["n"]) and (int(key["L"]) + 2, float(key["W"])) in alone
    ]
    if not found:
        raise LackingError("no chain with a bubble beside one without, two sites longer")
    response = in_table(found)
    for name in [*response.data_vars, "deviations", "end"]:
        response[name].attrs = {"units": "1", "long_name": _meaning(str(name))}
    for name in ("distance", "n", "beta", "L", "W"):
        response[name].attrs = rows[name].attrs
    return response


def asymptote(key: xr.Dataset, bound: float) -> Estimate:
    """γ₀ of one key of a response, with its error on the side of a bound.

    Half of the interval's length on that side at two deviations: the profile of χ² is lopsided
    where the decay may be longer than the chain.
    """
    value = float(key["exponential_asymptote"])
    interval = key["exponential_asymptote_interval"].sel(deviations=2)
    low, high = (float(interval.sel(end=end)) for end in ENDS)
    reach = value - low if value > bound else high - value
    return Estimate(value, 0.5 * reach, int(key["realisations"]), paired=True)


def misfit(key: xr.Dataset, fit: str) -> Misfit:
    """How far the means of one key of a response lie from one of the `FITS`."""
    chi2, freedom = float(key[f"{fit}_chi2"]), int(key[f"{fit}_freedom"])
    return Misfit(chi2, freedom, int(key["realisations"]))


def deviations(key: xr.Dataset, fit: str) -> list[Estimate]:
    """Mean less curve at every distance, of one key of a response and one of the `FITS`."""
    off = key[f"{fit}_residual"].dropna("distance")
    error = key[f"{fit}_residual_error"].sel(distance=off["distance"])
    pairs = zip(off.values, error.values, strict=True)
    return [Estimate(float(a), float(b), int(key["realisations"])) for a, b in pairs]


def _meaning(name: str) -> str:
    """What a variable of the response is."""
    plain = name.removesuffix("_error")
    meaning = (DIFFERENCES | FURTHER).get(plain)
    if meaning is None:
        fit, _, what = plain.partition("_")
        meaning = f"{OF_FIT[what]} of {FITS[fit]}"
    return meaning if plain == name else f"standard error of the {meaning}"


def _response(bubble: xr.Dataset, alone: xr.Dataset) -> xr.Dataset:
    """Differences and fits of one key."""
    L, n = int(bubble["L"]), int(bubble["n"])
    sites = np.arange((L + 1) // 2)
    distance = sites.astype(float)
    beside, same_site = (
        key["purity"].sel(distance=sites + shift).assign_coords(distance=sites)
        for key, shift in ((bubble, 0), (alone, 1))
    )
    beside, same_site, bulk = (
        rows.reset_coords(drop=True) for rows in (beside, same_site, alone["bulk_purity"])
    )
    difference = _means(same_site - beside)
    means = {
        "difference": difference,
        "edge": _means(bulk - same_site),
        "bulk_difference": _sum_of_means(same_site - beside, bulk - same_site),
    }
    told: Described = {"realisations": difference.count}
    for name, of_name in means.items():
        told |= {
            name: (("distance",), of_name.value),
            f"{name}_error": (("distance",), of_name.error),
        }
    exponential = fit_exponential(distance, difference)
    # The last of the points of eq. 6 is the isolated chain.
    points = _means(xr.concat([same_site - beside, bulk.expand_dims(distance=[-1])], "distance"))
    avalanche = fit_avalanche(distance, points, n, L)
    for name, fit in (("exponential", exponential), ("avalanche", avalanche)):
        told |= _described(fit, name, len(distance))
    intervals = [asymptote_interval(distance, difference, deviations) for deviations in DEVIATIONS]
    told["exponential_asymptote_interval"] = (("deviations", "end"), np.array(intervals))
    # Points that move together draw a wrong curve to their side of all of them: what is drawn goes
    # through the points, each by its own error.
    apart = Means(points.value, np.diag(points.error**2), points.count)
    drawn = fit_avalanche(distance, apart, n, L).value
    curve = avalanche_response(distance, *drawn.values(), bubble_size=n, L=L)
    told["avalanche_curve"] = (("distance",), curve)
    return xr.Dataset(
        told,
        {"distance": sites, "deviations": list(DEVIATIONS), "end": list(ENDS)}
        | {name: bubble[name].item() for name in ("n", "beta", "L", "W")},
    )


def _means(rows: xr.DataArray) -> Means:
    """Means over realisations by distance, of a covariance that is NaN of a single one."""
    try:
        return Means(*covariance(rows))
    except LackingError:
        known = rows.transpose("seed", ...).dropna("seed").values
        points = rows.sizes["distance"]
        value = known[0] if len(known) else np.full(points, np.nan)
        return Means(value, np.full((points, points), np.nan), len(known))


def _sum_of_means(first: xr.DataArray, second: xr.DataArray) -> Means:
    """Sum of two means of which the second is over more realisations than the first."""
    one, two = _means(first), _means(second)
    # What each realisation adds to the sum, by which it varies.
    added = [
        (rows.transpose("seed", ...) - means.value).fillna(0.0) / means.count
        for rows, means in ((first, one), (second, two))
    ]
    apart = (added[0] + added[1]).values
    spread = apart.T @ apart * one.count / (one.count - 1) if one.count > 1 else one.covariance
    return Means(one.value + two.value, spread, one.count)


def _described(fit: Fit, name: str, points: int) -> Described:
    """Parameters, χ² and residuals of a fit by name."""
    # At a bound an error means nothing.
    bounded = fit.outcome == "at a bound"
    told: Described = {f"{name}_{parameter}": value for parameter, value in fit.value.items()}
    told |= {
        f"{name}_{parameter}_error": np.nan if bounded else error
        for parameter, error in fit.error.items()
    }
    told |= {f"{name}_{what}": getattr(fit, what) for what in ("chi2", "freedom", "p_value")}
    for what in ("residual", "residual_error"):
        told[f"{name}_{what}"] = (("distance",), getattr(fit, what)[:points])
    return told
