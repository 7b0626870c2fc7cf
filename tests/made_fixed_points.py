"""Made-up rows of the fixed-point model, as figures and claims of swingle2013 take them."""

import numpy as np
import xarray as xr

SIZES = (6, 8)
SEEDS = 30
SCATTER = 0.01 * np.where(np.arange(SEEDS) % 2, 1, -1)  # of mean zero


def rows(keys, at, each, common=()):
    """Rows of keys (L, ξ), by the coordinates of further dimensions.

    Values of `each` scatter over realisations by a hundredth, those of `common` are the same for
    all; both are pairs of dimensions and what can be spread over the keys and these dimensions.
    """
    data = {}
    for name, (dims, values) in {**each, **dict(common)}.items():
        spread = np.broadcast_to(values, (len(keys), *(len(at[dim]) for dim in dims)))
        data[name] = ("key", *dims), spread
        if name in each:
            scatter = 1 + SCATTER.reshape(-1, *[1] * len(dims))
            data[name] = ("key", "seed", *dims), spread[:, None] * scatter
    L, xi = zip(*keys, strict=True)
    keyed = {"L": ("key", list(L)), "xi": ("key", list(xi)), "seed": np.arange(SEEDS)}
    return xr.Dataset(data, keyed | at)


def spectrum(width=1.0, per_site=-1.0, mean=1.0):
    """Gaussian densities of a width, beside a Gaussian of width 1; spacings 2^(per_site L)."""
    keys = [(L, xi) for L in SIZES for xi in (0.0, 1.0)]
    energy = np.linspace(-2, 4, 31)
    gaussian = np.exp(-np.square(energy - 1) / 2)
    spacing = np.array([2.0 ** (per_site * L) for L, _ in keys])
    return rows(
        keys,
        {"bin": np.arange(31)},
        {
            "density": (("bin",), np.exp(-np.square((energy - 1) / width) / 2)),
            "mean_energy": ((), mean),
            "spacing": ((), spacing),
            "typical_spacing": ((), 0.56 * spacing),
        },
        dict.fromkeys(("formula", "printed", "gaussian"), (("bin",), gaussian))
        | {"energy": (("bin",), energy), "expected_mean": ((), 1.0)},
    )


def light_cone(bound=2.0, length=1.0):
    """Norms e^(t − d/ξ) of a decay length ξ, and so many times as large a bound."""
    distance, time = np.arange(8), np.array([0.5, 1.0, 2.0])
    norm = np.exp(np.subtract.outer(time, distance / length))
    dims = ("fictitious_time", "distance")
    made = rows(
        [(L, np.nan) for L in SIZES],
        {"fictitious_time": time, "distance": distance},
        {"norm": (dims, norm), "decay_length": (dims[:1], length)},
        {"exponential_bound": (dims, norm)},
    )
    return made.assign(bound=bound * made["norm"])


def area_law(slope=0.0, tightness=0.5):
    """Entropies about 0.2 of blocks, whose slope with their length is given apart."""
    dims = ("ends", "length")
    return rows(
        [(L, np.nan) for L in SIZES],
        {"ends": [1, 2], "length": np.arange(1, 8)},
        {
            "entropy": (dims, 0.2),
            "largest": (dims, 0.4),
            "bound": (dims, 0.6),
            "slope": (("ends",), slope),
            "tightness": (("ends",), tightness),
        },
    )


def growth(rate=0.75, offset=0.0, revival=0.6, down=(0.25, 0.5), cap=2.8):
    """Entropies that rise at (rate ξ + offset) s, one purity that dips and comes back."""
    keys = [(4, 1.0), (6, 0.5), (6, 1.0), (8, 1.0), (8, 2.0)]
    time = np.geomspace(1, 1e6, 13)
    dims, xi = ("down", "time"), np.array([[xi] for _, xi in keys])
    rising = np.minimum(np.log(time), 2)
    made = rows(
        keys,
        {"down": list(down), "time": time},
        {
            "entropy": (dims, rising),
            "purity": (dims, 1 / (1 + rising)),
            "rate": (("down",), 0.5 * (rate * xi + offset)),
            "revival": (("down",), revival),
        },
        {"diagonal_entropy": (("down",), cap), "site_entropy": (("down",), 0.5)},
    )
    return made.assign(bound=2 * made["entropy"])


def quasi_adiabatic(connected=0.01, error=0.1):
    """A share of connected pairs at every γ, an error of the generator that rises to this."""
    return rows(
        [(L, 1.0) for L in SIZES],
        {"gap": np.array([0.01, 0.1, 1.0])},
        {
            "connected": (("gap",), connected),
            "clear_states": (("gap",), 0.2),
            "generator_error": (("gap",), 0.05 + (error - 0.05) * np.array([0, 0.5, 1])),
            "all_connected": ((), 0.05),
        },
    )


def stability(weak=0.386, strong=0.6, entropy=1.9, error=1e-14):
    """Gap ratios and entropies under perturbations from none to the strongest."""
    share = np.array([0.0, 0.0, 0.5, 1.0])
    return rows(
        [(L, 1.0) for L in SIZES],
        {"g": np.array([0.0, 0.01, 0.1, 1.0])},
        {
            "gap_ratio": (("g",), weak + (strong - weak) * share),
            "entropy": (("g",), 0.1 + (entropy - 0.1) * share),
            "spectrum_error": ((), error),
        },
        {"random_entropy": ((), 2.0)},
    )
