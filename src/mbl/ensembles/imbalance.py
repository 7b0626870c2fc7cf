"""Imbalance of realisations ranked by the error of their effective model (goihl2018, Fig. 8)."""

import numpy as np
import xarray as xr


def imbalance_statistics(imbalance: xr.Dataset, effective: xr.Dataset) -> xr.Dataset:
    """Rank realisations by ‖H − H_eff^(N)‖ / ‖H‖, the best first.

    Parameters
    ----------
    imbalance, effective
        Datasets of these kinds, the same realisations of one L and Δ.

    Returns
    -------
    Dataset of kind `imbalance_statistics`
    """
    error = effective["norm_error"].sel(order=int(imbalance["truncation_order"]), drop=True)
    error = error.sel(seed=imbalance["seed"])
    best_first = np.argsort(error.values, kind="stable")
    ranked = xr.Dataset({"imbalance": imbalance["imbalance"], "norm_error": error})
    ranked = ranked.isel(seed=best_first).rename_dims(seed="rank").reset_index("seed")
    return ranked.assign_coords(rank=np.arange(len(best_first)))
