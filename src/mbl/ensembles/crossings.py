"""Crossings of gap ratios of neighbouring sizes (colmenarez2023, Fig. 2, inset)."""

import numpy as np
import xarray as xr

from mbl.ensembles.fits import crossing_bootstrap
from mbl.ensembles.rows import once_per_table

RESAMPLES = 1000
MEANING = {
    "crossing": ("J", "W where the gap ratios of L and L + 2 cross"),
    "crossing_error": ("J", "its standard error by bootstrap of realisations"),
    "share": ("1", "share of resamples that cross at all"),
    "n": ("1", "dimension n_GOE of the bubble, 0 without"),
    "L": ("1", "number of sites of the smaller"),
}


@once_per_table
def gap_ratio_crossings(rows: xr.Dataset) -> xr.Dataset:
    """Disorder strengths where the gap ratios of L and L + 2 cross.

    Parameters
    ----------
    rows
        Tier 2 of `midspectrum`.

    Returns
    -------
    Dataset
        `crossing`, its error and the `share` of resamples that cross, along `pair` with n_GOE and
        the smaller L; no pair where no two sizes differ by 2.
    """
    rng = np.random.default_rng(0)
    sizes = sorted(set(zip(rows["n"].values.tolist(), rows["L"].values.tolist(), strict=True)))
    pairs = [(n, L) for n, L in sizes if (n, L + 2) in sizes]
    found = []
    for n, L in pairs:
        small, large = (_ratios(rows, n, size) for size in (L, L + 2))
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
    crossings = xr.Dataset(
        {
            "crossing": ("pair", np.array([one.value for one in found], dtype=float)),
            "crossing_error": ("pair", np.array([one.error for one in found], dtype=float)),
            "share": ("pair", np.array([one.share for one in found], dtype=float)),
        },
        {
            "n": ("pair", np.array([n for n, _ in pairs], dtype=int)),
            "L": ("pair", np.array([L for _, L in pairs], dtype=int)),
        },
    )
    for name, (units, long_name) in MEANING.items():
        crossings[name].attrs = {"units": units, "long_name": long_name}
    return crossings


def _ratios(rows: xr.Dataset, n: int, L: int) -> xr.DataArray:
    """Gap ratios of the realisations of one size, (seed, W)."""
    chosen = (rows["n"].values == n) & (rows["L"].values == L)
    of_size = rows["gap_ratio"].isel(key=chosen)
    return of_size.swap_dims(key="W").sortby("W").transpose("seed", "W")
