"""Made-up rows of the fixed-point model, as figures and claims of swingle2013 take them."""

from math import factorial
from zlib import crc32

import numpy as np
import xarray as xr

SIZES = (6, 8)
SEEDS = 30
SCATTER = 0.05  # of rows, relative


def scattered(name, values, shape, absolute):
    """Rows about values, independent of each other, whose means are these values."""
    rng = np.random.default_rng(crc32(name.encode()))
    draws = rng.standard_normal((shape[0], SEEDS, *shape[1:]))
    draws -= draws.mean(axis=1, keepdims=True)
    about = np.broadcast_to(values, shape)[:, None]
    return about + draws * (SCATTER * abs(about) if absolute is None else absolute)


def rows(keys, at, each, common=()):
    """Rows of keys (L, ξ), by the coordinates of further dimensions.

    Values of `each` scatter over realisations, those of `common` are the same for all; both are
    pairs of dimensions and what can be spread over the keys and these dimensions, the former with
    an absolute scatter as a third where it is not to be relative.
    """
    data = {}
    for name, (dims, values, *absolute) in {**each, **dict(common)}.items():
        shape = (len(keys), *(len(at[dim]) for dim in dims))
        if name in each:
            own = scattered(name, values, shape, *absolute or [None])
            data[name] = ("key", "seed", *dims), own
        else:
            data[name] = ("key", *dims), np.broadcast_to(values, shape)
    L, xi = zip(*keys, strict=True)
    keyed = {"L": ("key", list(L)), "xi": ("key", list(xi)), "seed": np.arange(SEEDS)}
    made = xr.Dataset(data, keyed | at)
    for variable in made.data_vars.values():
        variable.attrs = {"units": "1", "long_name": "made up"}
    return made


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
            "density": (("bin",), np.exp(-np.square((energy - 1) / width) / 2) / width),
            "mean_energy": ((), mean, SCATTER),
            "spacing": ((), spacing),
            "typical_spacing": ((), 0.56 * spacing),
        },
        dict.fromkeys(("formula", "printed", "gaussian"), (("bin",), gaussian))
        | {
            "energy": (("bin",), energy),
            "expected_mean": ((), 1.0),
            "expected_variance": ((), 1.0),
        },
    )


def light_cone(bound=2.0, length=0.5):
    """Norms e^(t − 1 − d/ξ) of a length ξ, 1.5 at most; bounds so many times those of 1/2, or 2."""
    distance, time = np.arange(8), np.array([0.5, 1.0, 2.0])
    norm, half = (np.exp(np.subtract.outer(time - 1, distance / xi)) for xi in (length, 0.5))
    dims = ("fictitious_time", "distance")
    return rows(
        [(L, np.nan) for L in SIZES],
        {"fictitious_time": time, "distance": distance},
        {
            "norm": (dims, np.minimum(norm, 1.5)),
            "bound": (dims, np.minimum(bound * half, 2), 0.0),
            "decay_length": (dims[:1], length),
        },
        {"exponential_bound": (dims, half)},
    )


def area_law(slope=0.0, tightness=0.5, per_site=0.0):
    """Entropies about 0.2 of blocks, slopes with their length apart, and a rise with the chain."""
    dims = ("ends", "length")
    rise = per_site * (np.array(SIZES) - SIZES[0])[:, None, None]
    return rows(
        [(L, np.nan) for L in SIZES],
        {"ends": [1, 2], "length": np.arange(1, 8)},
        {
            "entropy": (dims, 0.2 + rise),
            "largest": (dims, 0.4),
            "bound": (dims, 0.6),
            "slope": (("ends",), slope, 0.005),
            "tightness": (("ends",), tightness),
        },
    )


def growth(rate=0.75, offset=0.0, revival=0.52, down=(0.25, 0.5), cap=2.8, late=1.0, curved=0.0):
    """Entropies that rise at (rate ξ + offset + curved ξ²) s, one purity that dips and comes back.

    Rates of the second half of the window are `late` times those of the first.
    """
    keys = [(4, 1.0), (6, 0.5), (6, 1.0), (8, 0.5), (8, 1.0), (8, 2.0)]
    time = np.geomspace(1, 1e6, 13)
    dims, xi = ("down", "time"), np.array([[xi] for _, xi in keys])
    rising = np.minimum(np.log(time), 2)
    slope = 0.5 * (rate * xi + offset + curved * xi**2)
    made = rows(
        keys,
        {"down": list(down), "time": time},
        {
            "entropy": (dims, rising),
            "purity": (dims, 1 / (1 + rising)),
            "rate": (("down",), slope),
            "early_rate": (("down",), slope),
            "late_rate": (("down",), late * slope),
            "revival": (("down",), revival),
        },
        {"diagonal_entropy": (("down",), cap), "site_entropy": (("down",), 0.5)},
    )
    return made.assign(bound=(2 * made["entropy"]).assign_attrs(made["entropy"].attrs))


def quasi_adiabatic(ratio=0.2, error=0.5, clear=0.97):
    """Shares of connected near pairs over that of all; an error that rises to this with γ."""
    every = 0.05
    return rows(
        [(L, 1.0) for L in SIZES],
        {"gap": np.array([0.01, 0.1, 1.0])},
        {
            "connected": (("gap",), ratio * every),
            "clear_states": (("gap",), clear),
            "generator_error": (("gap",), 0.05 + (error - 0.05) * np.array([0, 0.5, 1])),
        },
        {"all_connected": ((), every)},
    )


def stability(weak=0.386, strong=0.6, entropy=1.9, error=1e-14, ratio_rise=0.0, entropy_rise=0.0):
    """Gap ratios and entropies under perturbations from none to the strongest.

    The rises are those from a chain to the next larger one under weak perturbations.
    """
    share = np.array([0.0, 0.0, 0.0, 0.1, 1.0])
    larger = np.array([[0.0], [1.0]]) * (share < 1)
    return rows(
        [(L, 1.0) for L in SIZES],
        {"g": np.array([0.0, 0.01, 0.03, 0.1, 1.0])},
        {
            "gap_ratio": (("g",), weak + (strong - weak) * share + ratio_rise * larger),
            "entropy": (("g",), 0.1 + (entropy - 0.1) * share + entropy_rise * larger),
            "spectrum_error": ((), error),
        },
        {"random_entropy": ((), np.array([1.0, 2.0]))},
    )


def transport(fall=2.0, rise=0.0, tightness=0.5):
    """Changes that fall by so much a site, and from J₀t = 1 on rise so much in ln t."""
    distance, time = np.arange(8), np.geomspace(1e-1, 1e8, 10)
    profile = np.exp(np.add.outer(rise * np.maximum(np.log(time), 0), -fall * distance))
    dims = ("time", "distance")
    cone = np.array([1.0 / factorial(d) ** 2 for d in distance])
    return rows(
        [(L, 1.0) for L in SIZES],
        {"time": time, "distance": distance},
        {
            "flip": (dims[1:], np.exp(-2 * fall * distance)),
            "energy": (dims, 0.4 * profile),
            "entropy": (dims, 0.3 * profile * (distance > 0)),
            "flip_bound": (dims[1:], cone, 0.0),
            "energy_bound": (dims[1:], 2 * cone),
            "entropy_bound": (dims[1:], 3 * cone),
            "flip_tightness": ((), tightness),
            "energy_tightness": ((), tightness),
            "entropy_tightness": ((), tightness),
        },
    )


def finite_range(least=(0.01, 0.1, 0.3), tightness=0.9):
    """Entropies that oscillate, and how far they come back at each range."""
    time, cap = np.linspace(1, 100, 50), np.log(2) * np.arange(1, 4)
    dims = ("range", "time")
    return rows(
        [(8, 1.0)],
        {"range": [1, 2, 3], "time": time},
        {
            "entropy": (dims, np.multiply.outer(cap / 2, 1 - np.cos(time / 5))),
            "least": (("range",), np.array(least)),
            "tightness": (("range",), tightness, 0.0),
        },
        {"cap": (("range",), cap)},
    )


def crossings(largest=0.95, same=0.1, moved=1e-14):
    """Overlaps of evolved eigenstates, half as large at the stronger perturbation."""
    weaker = np.array([1.0, 1.0, 0.5])
    return rows(
        [(L, 1.0) for L in SIZES],
        {"g": np.array([0.0, 0.01, 0.1])},
        {
            "largest_overlap": (("g",), largest * weaker),
            "overlap_in_order": (("g",), same * weaker),
            "crossing_share": ((), 0.3),
            "moved": ((), moved),
        },
    )
