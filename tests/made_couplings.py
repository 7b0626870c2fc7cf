"""A made-up block of effective models."""

import numpy as np
import xarray as xr

from mbl.lbits.effective_model import extension, order


def effective(L, seeds, length=0.5, Delta=20.0):
    """Couplings that decay with order, those of pairs with distance as well."""
    pairs = order(L) == 2
    scale = 10.0 ** -(1.5 * order(L))
    scale[pairs] = np.exp(-extension(L)[pairs] / length)
    scatter = np.exp(0.1 * np.random.default_rng(0).normal(size=(seeds, 1)))
    signs = np.random.default_rng(1).choice([-1, 1], 2**L)
    return xr.Dataset(
        {
            "coupling": (("seed", "mu"), scale * scatter * signs),
            "norm_error": (("seed", "order"), np.tile(10.0 ** -np.arange(L), (seeds, 1))),
        },
        {
            "L": L,
            "Delta": Delta,
            "seed": np.arange(seeds),
            "mu": np.arange(2**L),
            "spins": ("mu", order(L)),
            "extension": ("mu", extension(L)),
            "order": np.arange(1, L + 1),
        },
    )
