"""Rows of made-up chains: the truth is known, and every mean has a standard error of 0.01."""

import numpy as np
import xarray as xr

from mbl.ensembles.midspectrum import BINS
from mbl.ensembles.rows import in_table

SEEDS, STATES = 30, 20
ERROR = 0.01
# Half of the realisations lie above the mean and half below, just so far as to make that error.
SCATTER = ERROR * np.sqrt(SEEDS - 1) * np.tile([1, -1], SEEDS // 2)


def rows(keys, *, gap_ratio=0.4, purity=0.8, bulk_purity=0.9, covariance=0.3):
    """Rows of keys (n, L, W, β); quantities are numbers or functions of n, L and W.

    Purities may differ with distance; the variance of purities is 1.
    """

    def of(quantity, *key):
        return quantity(*key) if callable(quantity) else quantity

    parts = []
    for n, L, W, beta in keys:
        distances = (L + 1) // 2
        by_distance = np.ones(distances) * of(purity, n, L, W)
        shares = np.ones(distances) * of(covariance, n, L, W)
        rng = np.random.default_rng([n, L, int(10 * W)])
        weight = np.exp(-((np.linspace(-1, 1, BINS) * (1 + W)) ** 2))
        size = (SEEDS, distances)
        counts = rng.multinomial(2 * STATES, weight / weight.sum(), size=size).astype(float)
        parts.append(
            xr.Dataset(
                {
                    "gap_ratio": ("seed", of(gap_ratio, n, L, W) + SCATTER),
                    "purity": (("seed", "distance"), by_distance + SCATTER[:, None]),
                    "bulk_purity": ("seed", of(bulk_purity, n, L, W) + SCATTER),
                    "purity_variance": (("seed", "distance"), np.ones(size)),
                    "purity_covariance": (
                        ("seed", "distance"),
                        np.where(np.arange(distances) == 0, 1.0, shares + 3 * SCATTER[:, None]),
                    ),
                    "spin_count": (("distance", "spin"), counts.sum(axis=0)),
                    "spin_count_square": (("distance", "spin"), np.square(counts).sum(axis=0)),
                },
                {
                    "seed": np.arange(SEEDS),
                    "distance": np.arange(distances),
                    "spin": (np.arange(BINS) + 0.5) / BINS - 0.5,
                    "n": n,
                    "L": L,
                    "W": W,
                    "beta": beta,
                },
            )
        )
    return in_table(parts)


def inclusion(strengths, sizes=(6, 8), **quantities):
    """Chains with a bubble of n_GOE = 4, and alone two sites longer."""
    keys = [(4, L, W, 0.6) for L in sizes for W in strengths]
    return rows([*keys, *((0, L + 2, W, 0.0) for _, L, W, _ in keys)], **quantities)


def crossing_at(alone, with_bubble):
    """Gap ratios that fall through 0.46 at a disorder strength, the faster the larger L."""
    return lambda n, L, W: 0.46 - 0.01 * L * (W - (with_bubble if n else alone))


def perturbation(strengths, power=-4.0):
    """Purities whose distance from one falls as W^−2, and errors of theory with a power of W."""
    spread = np.linspace(1, 2, 2 * 3 * 4).reshape(2, 3, 4)
    dims = ("seed", "configuration", "site")
    parts = []
    for W in strengths:
        exact = 1 - spread * W**-2.0
        parts.append(
            xr.Dataset(
                {"exact": (dims, exact), "perturbative": (dims, exact - spread * W**power)},
                {"seed": [0, 1], "configuration": [3, 5, 6], "site": range(4)}
                | {"n": 0, "beta": 0.0, "L": 4, "W": W},
            )
        )
    return in_table(parts)
