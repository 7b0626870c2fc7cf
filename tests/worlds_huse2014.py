"""Worlds of the claims of huse2014: rows with the physics that it expects, and without."""

import numpy as np
import xarray as xr
from worlds import World

SEEDS = np.arange(100)
SIZES, STRENGTHS = [6, 8, 10], [1.0, 7.5, 20.0]
TIMES = np.geomspace(0.1, 1e8, 46)
LENGTH = 1 / 3  # of interactions at the strongest disorder; longer at weaker
NONE = xr.Dataset()  # a table that a claim does not look at


def scatter(number, *dims, seed=0, **sizes):
    """Normal numbers for each realisation and value of some dimensions, of a given width."""
    shape = {"seed": len(SEEDS)} | sizes
    draws = np.random.default_rng(seed).normal(size=[shape[dim] for dim in ("seed", *dims)])
    return xr.DataArray(number * draws, dims=("seed", *dims))


def on(name, values):
    return xr.DataArray(list(values), {name: list(values)}, name)


def rows(sizes=(10,), strengths=(7.5, 20.0), labelled=True, **values):
    """Rows of given values, which depend on L, Δ and whatever else they have dimensions of."""
    at = {"L": list(sizes), "Delta": list(strengths), "seed": SEEDS}
    if labelled:
        at = {"labelling": ["sorted", "combined"], **at}
    whole = xr.DataArray(np.ones([len(x) for x in at.values()]), at, list(at))
    return xr.Dataset({name: whole * value for name, value in values.items()})


def ranges(of_key, fall=2.5):
    """Ranges of l-bits by L and Δ, at the strongest exponentially distributed about their mean."""
    L, Delta = on("L", SIZES), on("Delta", STRENGTHS)
    wide = np.random.default_rng(1).exponential(size=(len(SEEDS), max(SIZES)))
    narrow = 1 + 0.1 * np.random.default_rng(2).normal(size=wide.shape)
    sites = ("seed", "site")
    of_lbit = xr.where(
        of_key < 0.5, xr.DataArray(wide, dims=sites), xr.DataArray(narrow, dims=sites)
    )
    of_lbit = of_key * of_lbit * (1 + scatter(0.05, "L", L=len(SIZES)))
    there = xr.DataArray(np.arange(max(SIZES)), dims="site") < L
    reach = on("range", range(6))
    log = -fall * reach * (1 + scatter(0.1)) + scatter(0.2, "range", range=6)
    table = rows(
        SIZES, STRENGTHS, lbit_range=of_lbit.where(there) * on("operator", "zx").notnull(),
        log_weight=(log * on("operator", "zx").notnull()).where(reach <= L // 2),
    )  # fmt: skip
    table["random_range"] = xr.zeros_like(table["lbit_range"].isel(seed=0, operator=0, site=0))
    table["random_range"] += L / 2 + 0 * Delta
    return (table,)


def by_strength(weak, middle, strong):
    return xr.DataArray([weak, middle, strong], {"Delta": STRENGTHS}, "Delta")


def localised():
    thermal, size = by_strength(0.4, 0, 0), on("L", SIZES)
    return ranges(thermal * size + by_strength(0, 1.4, 0.3))


def thermal_at_all_strengths():
    return ranges(0.4 * on("L", SIZES) + 0 * on("Delta", STRENGTHS))


def as_wide_at_all_sizes():
    return ranges(by_strength(2.2, 1.4, 0.3) + 0 * on("L", SIZES))


def weights_without_order():
    return ranges(by_strength(2.2, 1.4, 0.3) + 0 * on("L", SIZES), fall=0.0)


def entropies(per_site):
    """Entropies of blocks in eigenstates, by what a site adds at the strongest disorder."""
    length = on("length", range(1, 6))
    added = by_strength(0.5, 0.1, per_site)
    entropy = 0.2 + added * length + scatter(0.1, "length", length=5)
    return (
        rows(
            SIZES, STRENGTHS, labelled=False, extensive=1 - 0.9 * (added < 0.2),
            eigenstate_entropy=entropy.where(length <= on("L", SIZES) // 2),
        ),
    )  # fmt: skip


def couplings(fall=1 / LENGTH, by_disorder=True, by_order=2.0):
    """Logarithms of couplings that fall by so much a site and an order."""
    x, order = on("distance", range(1, 6)), on("order", range(1, 11))
    weaker = xr.DataArray([0.5 if by_disorder else 1.0, 1.0], {"Delta": [7.5, 20.0]}, "Delta")
    log = -fall * weaker * (x - 1) * (1 + scatter(0.1)) + scatter(0.2, "distance", distance=5)
    logs = -by_order * order * (1 + scatter(0.1)) + scatter(0.2, "order", order=10)
    return rows(
        log_pair=log, log_interaction=log, log_coupling=logs.where(order < order.max())
    )  # fmt: skip


def growth(x=0.32, z=0.012, dressed=0.35, along_z=0.11, power=0.0):
    """Entropies whose slopes are given, along x and z and of l-bits; or that grow as a power."""
    t = on("t", TIMES)
    logarithm = np.log(t / 0.05) if not power else t**power
    common = 1 + scatter(0.2)
    noise = scatter(0.05, "t", t=len(TIMES))
    slopes = xr.DataArray([x, z], {"axis": ["x", "z"]}, "axis")
    density = xr.DataArray([0.65, along_z], {"axis": ["x", "z"]}, "axis")
    pbits = rows(
        labelled=False, entropy=slopes * common * logarithm + noise,
        density=density + scatter(0.05, "axis", axis=2),
    )  # fmt: skip
    own = (1 + scatter(0.03, seed=1)) * common
    lbits = rows(lbit_entropy=dressed * own * logarithm + scatter(0.05, "t", t=46, seed=2))
    return pbits, lbits, couplings()


def nothing_entangles():
    return growth(x=0.0, z=0.0, dressed=0.0)


def signals(late=0.04, echo=0.78):
    """Signals at late times, of p-bits and l-bits alike."""
    noise = scatter(0.005)
    pbits = rows(labelled=False, late_ramsey=late + noise, late_echo=echo + 20 * noise)
    pbits["floor"] = xr.full_like(pbits["late_ramsey"].isel(seed=0, drop=True), 0.039)
    return pbits, rows(late_lbit_ramsey=late + noise)


WORLDS = {
    f"huse2014/{claim}": World(true, null)
    for claim, true, null in (
        ("mean_range_is_short", localised, thermal_at_all_strengths),
        ("mean_range_falls_with_disorder", localised, thermal_at_all_strengths),
        ("thermal_range_grows_with_size", localised, as_wide_at_all_sizes),
        ("localised_range_is_finite", localised, thermal_at_all_strengths),
        ("weight_of_long_strings_falls_exponentially", localised, weights_without_order),
        ("long_lbits_are_rare", localised, thermal_at_all_strengths),
        ("eigenstates_obey_an_area_law", lambda: entropies(0.0), lambda: entropies(0.5)),
        *(
            (claim, lambda: (couplings(),), lambda: (couplings(fall=0.0, by_order=0.0),))
            for claim in (
                "couplings_fall_with_distance",
                "couplings_fall_exponentially_with_distance",
                "couplings_fall_with_order",
                "couplings_fall_exponentially_with_order",
            )
        ),
        (
            "stronger_disorder_shortens_the_decay",
            lambda: (couplings(),),
            lambda: (couplings(by_disorder=False),),
        ),
        ("entanglement_grows_while_interactions_dephase", growth, nothing_entangles),
        ("entanglement_grows_as_a_logarithm", growth, lambda: growth(power=0.5)),
        ("entanglement_grows_along_z", growth, lambda: growth(z=0.0)),
        ("entanglement_is_dephasing_of_lbits", growth, lambda: growth(dressed=0.0)),
        ("slope_is_density_times_length", growth, nothing_entangles),
        ("states_along_x_entangle_more", growth, lambda: growth(along_z=0.65)),
        ("lbits_dephase", signals, lambda: signals(late=0.9)),
        ("no_local_oscillation_persists", signals, lambda: signals(late=0.9)),
        ("pbit_echo_survives", signals, lambda: signals(echo=0.04)),
    )
}
