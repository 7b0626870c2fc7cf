"""Rows of made-up chains: the truth is known, and every mean has a standard error of 0.01.

Nearly all of the scatter is that of the seed, the same for all keys, as with nested disorder: what
two keys differ by has the smaller error of their own scatter.
"""

import numpy as np
import xarray as xr

from mbl.ensembles.midspectrum import BINS
from mbl.ensembles.rows import in_table

SEEDS, STATES = 30, 20
ERROR = 0.01
OWN = 0.002  # standard error of what each key adds of its own
# Half of the realisations lie above the mean and half below, just so far as to make that error.
SCATTER = ERROR * np.sqrt(SEEDS - 1) * np.tile([1, -1], SEEDS // 2)


def own_scatter(rng, *shape):
    """Scatter about zero of one key, shape (SEEDS, …)."""
    noise = rng.standard_normal((SEEDS, *shape))
    noise -= noise.mean(axis=0)
    return OWN * np.sqrt(SEEDS) * noise / noise.std(axis=0, ddof=1)


def rows(keys, *, gap_ratio=0.4, purity=0.8, bulk_purity=0.9, covariance=0.3, central_weight=0.3):
    """Rows of keys (n, L, W, β); quantities are numbers or functions of n, L and W.

    Purities, covariances and weights may differ with distance; the variance of purities is 1.
    """

    def of(quantity, *key):
        return quantity(*key) if callable(quantity) else quantity

    parts = []
    for n, L, W, beta in keys:
        distances = (L + 1) // 2
        rng = np.random.default_rng([n, L, int(10 * W), int(100 * beta)])

        def by_distance(quantity, scale=1.0):
            means = np.ones(distances) * of(quantity, n, L, W)  # noqa: B023
            return means + scale * (SCATTER[:, None] + own_scatter(rng, distances))  # noqa: B023

        def single(quantity):
            return of(quantity, n, L, W) + SCATTER + own_scatter(rng)  # noqa: B023

        weight = np.exp(-((np.linspace(-1, 1, BINS) * (1 + W)) ** 2))
        size = (SEEDS, distances)
        counts = rng.multinomial(2 * STATES, weight / weight.sum(), size=size).astype(float)
        shares = by_distance(covariance, 3.0)
        shares[:, 0] = 1.0
        parts.append(
            xr.Dataset(
                {
                    "gap_ratio": ("seed", single(gap_ratio)),
                    "purity": (("seed", "distance"), by_distance(purity)),
                    "bulk_purity": ("seed", single(bulk_purity)),
                    "purity_variance": (("seed", "distance"), np.ones(size)),
                    "purity_covariance": (("seed", "distance"), shares),
                    "central_weight": (("seed", "distance"), by_distance(central_weight)),
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


def with_response(*difference, W=5.2, L=6, **quantities):
    """A chain of L sites with a bubble: by how much the purity is lower than alone, by distance."""
    purity = lambda n, L, W: 0.9 - np.array(difference) if n else 0.9  # noqa: E731
    return inclusion((W,), sizes=(L,), purity=purity, **quantities)


def responding(asymptote, *strengths):
    """An exponential above a constant, in chains long enough for a fit."""

    def purity(n, L, W):
        return 0.9 - asymptote - 0.1 * np.exp(-np.arange(L // 2) / 0.8) if n else 0.9

    return inclusion(strengths, sizes=(16,), purity=purity)


def scan(top, *, strengths=(1.0, 3.0), bubbles=(3, 4)):
    """Gap ratios of bubbles against ln β: parabolas, highest at a β that may depend on W."""
    keys = [(n, 8, W, b) for n in bubbles for W in strengths for b in (0.15, 0.3, 0.6, 1.0, 2.0)]
    made = rows(keys)
    highest = np.array([top(W) for W in made["W"].values])
    off = np.log(made["beta"].values / highest) ** 2
    return made.assign(gap_ratio=made["gap_ratio"] - 0.02 * xr.DataArray(off, dims="key"))


def perturbation(strengths, power=-4.0, residual=-2.0):
    """Rows of perturbation theory, whose error and whose C(r) fall with powers of W."""
    parts = []
    for W in strengths:
        rng = np.random.default_rng(int(W))
        ratio = np.exp(20 * (SCATTER + own_scatter(rng)))
        spread = np.exp(own_scatter(rng, 4))
        covariance = 0.6 * (W / min(strengths)) ** residual * spread
        covariance[:, 0] = 1.0
        dims = ("seed", "distance")
        parts.append(
            xr.Dataset(
                {
                    "effect": ("seed", W**-2.0 * ratio),
                    "deviation": ("seed", W**power * ratio),
                    "purity": (dims, np.ones((SEEDS, 4))),
                    "purity_variance": (dims, np.ones((SEEDS, 4))),
                    "purity_covariance": (dims, covariance),
                },
                {"seed": np.arange(SEEDS), "distance": range(4)}
                | {"n": 0, "beta": 0.0, "L": 8, "W": W},
            )
        )
    return in_table(parts)
