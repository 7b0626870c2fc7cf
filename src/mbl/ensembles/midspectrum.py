"""Statistics of the eigenstates at the centre of the spectrum (colmenarez2023, Figs. 2–8)."""

from collections.abc import Iterable

import numpy as np
import xarray as xr

from mbl.ensembles.fits import jackknife
from mbl.ensembles.statistics import mean_and_error, table
from mbl.hilbert import Floats
from mbl.spectral import gap_ratios, purity, purity_correlation

BINS = 41  # of ⟨Sᶻ⟩ between −1/2 and 1/2; odd, so that 0 is the centre of one
BULK = 2  # sites nearer to an end than this many steps are not of the bulk


def by_distance(values: Floats) -> Floats:
    """Mean of the sites i and L − 1 − i, which are at the same distance i from bubble or ends.

    Parameters
    ----------
    values
        One number a site, shape (…, L).

    Returns
    -------
    ndarray, shape (…, ⌈L/2⌉)
    """
    mean: Floats = 0.5 * (values + values[..., ::-1])[..., : (values.shape[-1] + 1) // 2]
    return mean


def spin_density(sz: Floats) -> Floats:
    """Density of ⟨Sᶻᵢ⟩ over eigenstates, by distance; integrates to one.

    Parameters
    ----------
    sz
        ⟨n|Sᶻᵢ|n⟩, shape (states, L).

    Returns
    -------
    ndarray, shape (⌈L/2⌉, BINS)
    """
    states, L = sz.shape
    bins = np.clip(((sz + 0.5) * BINS).astype(int), 0, BINS - 1)
    counts = np.zeros((L, BINS))
    np.add.at(counts, (np.arange(L), bins), BINS / states)
    return by_distance(counts.T).T


def midspectrum_statistics(keys: Iterable[xr.Dataset]) -> xr.Dataset:
    """Gap ratios, purities, their correlation and the distribution of ⟨Sᶻ⟩, a row for each key.

    Parameters
    ----------
    keys
        Datasets of kind `midspectrum`, all realisations of one n_GOE, β, L and W each.

    Returns
    -------
    Dataset of kind `midspectrum_statistics`
    """
    rows = table((_row(key), key) for key in keys)
    return rows.assign_coords(spin=(np.arange(BINS) + 0.5) / BINS - 0.5)


def _row(key: xr.Dataset) -> xr.Dataset:
    """Statistics of one key."""
    sz = key["sz"].transpose("seed", "state", "site").values
    L = sz.shape[-1]
    gamma = purity(sz)
    of_realisation = gamma.mean(axis=1)
    ratio = gap_ratios(key["energy"].transpose("seed", "state").values).mean(axis=1)
    # Chains too short to have a bulk count every site.
    bulk = slice(BULK, L - BULK) if L > 2 * BULK else slice(None)
    quantities = {
        "gap_ratio": xr.DataArray(ratio, dims="seed"),
        "purity": xr.DataArray(by_distance(of_realisation), dims=("seed", "distance")),
        "bulk_purity": xr.DataArray(of_realisation[:, bulk].mean(axis=1), dims="seed"),
        "density": xr.DataArray(
            np.stack([spin_density(one) for one in sz]), dims=("seed", "distance", "spin")
        ),
    }
    row = xr.Dataset(coords={"distance": np.arange((L + 1) // 2), "seed": key["seed"].values})
    for name, values in quantities.items():
        row[name], row[f"{name}_error"] = mean_and_error(values)
    correlation, error = jackknife(purity_correlation, gamma)
    row["correlation"], row["correlation_error"] = ("distance", correlation), ("distance", error)
    row["realisation_gap_ratio"] = "seed", ratio
    row["realisations"] = key.sizes["seed"]
    row["certified"] = int((key["counted"] >= 0).sum())
    row["residual"] = float(key["residual"].max())
    return row
