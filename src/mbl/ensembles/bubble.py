"""What the bubble changes: crossings of gap ratios, response of the purity (colmenarez2023)."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from mbl.avalanche import avalanche_purity
from mbl.ensembles.fits import (
    Fit,
    asymptote_interval,
    crossing_bootstrap,
    fit_avalanche,
    fit_exponential,
)
from mbl.ensembles.statistics import table

RESAMPLES = 1000


def gap_ratio_crossings(statistics: xr.Dataset) -> xr.Dataset:
    """Disorder strengths where the gap ratios of L and L + 2 cross (Fig. 2, inset).

    Parameters
    ----------
    statistics
        Dataset of kind `midspectrum_statistics`.

    Returns
    -------
    Dataset of kind `crossings`
    """
    rng = np.random.default_rng(0)
    sizes = sorted({(int(row["n"]), int(row["L"])) for row in _rows(statistics)})
    pairs = [(n, L) for n, L in sizes if (n, L + 2) in sizes]
    found = []
    for n, L in pairs:
        small, large = (_ratios(statistics, n, size) for size in (L, L + 2))
        common = np.intersect1d(small["W"], large["W"])
        found.append(
            crossing_bootstrap(
                common,
                small.sel(W=common).values,
                large.sel(W=common).values,
                rng,
                RESAMPLES,
            )
        )
    return xr.Dataset(
        {
            "crossing": ("pair", [one.value for one in found]),
            "crossing_error": ("pair", [one.error for one in found]),
            "share": ("pair", [one.share for one in found]),
        },
        {"n": ("pair", [n for n, _ in pairs]), "L": ("pair", [L for _, L in pairs])},
    )


def _ratios(statistics: xr.Dataset, n: int, L: int) -> xr.DataArray:
    """Gap ratios of the realisations of one size, (seed, W)."""
    chosen = (statistics["n"].values == n) & (statistics["L"].values == L)
    rows = statistics["realisation_gap_ratio"].isel(key=chosen)
    return rows.swap_dims(key="W").sortby("W").transpose("seed", "W")


def purity_response(statistics: xr.Dataset) -> xr.Dataset:
    """Purity of the chain alone less that with the bubble, two sites shorter, and its fits.

    Parameters
    ----------
    statistics
        Dataset of kind `midspectrum_statistics`.

    Returns
    -------
    Dataset of kind `response`
        A row for each key with a bubble whose chain of L + 2 sites alone is there at the same W.
    """
    alone = {
        (int(row["L"]), float(row["W"])): row for row in _rows(statistics) if not int(row["n"])
    }
    return table(
        (_response(row, alone[int(row["L"]) + 2, float(row["W"])]), row)
        for row in _rows(statistics)
        if int(row["n"]) and (int(row["L"]) + 2, float(row["W"])) in alone
    )


def _rows(statistics: xr.Dataset) -> list[xr.Dataset]:
    return [statistics.isel(key=row) for row in range(statistics.sizes["key"])]


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
        {"distance": distance, "deviations": [1, 2], "end": ["low", "high"]},
    )


def _parameters(fit: Fit) -> Mapping[str, float]:
    """Parameters of a fit and their errors; at a bound an error means nothing."""
    bounded = fit.outcome == "at a bound"
    return fit.value | {
        f"{name}_error": np.nan if bounded else error for name, error in fit.error.items()
    }
