"""Worlds of goihl2018's claims: rows of made-up rings, whose seeds share their disorder."""

from functools import partial

import made_tables
import numpy as np
import xarray as xr
from worlds import World

SEEDS = 200
STRENGTHS = (2.5, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0)
SITES = 5


def scatter(rng, seeds=SEEDS, share=0.1, **dims):
    """Factors about 1 of each seed, the most of them shared by all numbers of the seed."""
    own = rng.normal(size=(seeds, *(len(at) for at in dims.values())))
    common = rng.normal(size=seeds).reshape(-1, *[1] * len(dims))
    coords = {"seed": range(seeds), **{name: list(at) for name, at in dims.items()}}
    return xr.DataArray(np.exp(share * (common + 0.3 * own)), coords, dims=list(coords))


def locality(mean, sizes=(11,), strengths=STRENGTHS, seeds=SEEDS, last=1.0):
    """Truncation errors by a function of L, Δ and |S|; those of the last l-bit times a factor."""
    rng = np.random.default_rng(1)
    largest = max(sizes)
    support = np.arange(1, largest + 1, 2)
    by_site = xr.DataArray([1.0] * (SITES - 1) + [last], {"site": range(SITES)}, dims="site")
    noise = scatter(rng, seeds, Delta=strengths, support=support, site=range(SITES))
    parts = []
    for L in sizes:
        at = {"Delta": list(strengths), "support": support}
        values = [[mean(L, Delta, S) for S in support] for Delta in strengths]
        noise_of_size = noise * scatter(rng, seeds, 0.08, Delta=strengths, support=support)
        error = xr.DataArray(values, at, dims=list(at)) * by_site * noise_of_size
        error = error.where(error["support"] < L, 0.0).where(error["support"] <= L)
        parts.append(error.clip(max=1.0).expand_dims(L=[L]))
    rows = xr.concat(parts, "L").transpose("L", "Delta", "seed", "site", "support")
    return made_tables.described(xr.Dataset({"truncation_error": rows}), "ring/locality")


def crossing(at=lambda S: 7.5, **options):
    """Errors that fall through 1/2 at a Δ of each |S|."""
    return locality(lambda L, Delta, S: 1 / (1 + (Delta / at(S)) ** 3), **options)


def decaying(rate=lambda L, Delta: 0.02 * Delta, bend=0.0, **options):
    """Errors exp(−rate |S|), whose rate falls by a share of itself up to |S| = 9."""

    def mean(L, Delta, S):
        return 0.6 * np.exp(-rate(L, Delta) * (S - 1) * (1 - bend * (S - 1) / 16))

    return locality(mean, **options)


def effective(norm=lambda Delta, N: 0.1, coupling=lambda N, d: 0.1, strengths=STRENGTHS, L=7,
              seeds=SEEDS):  # fmt: skip
    """Errors in norm by Δ and order, couplings by order and extension, of two l-bits or more."""
    rng = np.random.default_rng(2)
    orders, extensions = range(1, L + 1), range(L // 2 + 1)
    there = {(N, d): 2 * d >= N - 1 and (d > 0) == (N > 1) for N in orders for d in extensions}
    norms = [[norm(Delta, N) * (N < L) for N in orders] for Delta in strengths]
    couplings = [[coupling(N, d) if there[N, d] else np.nan for d in extensions] for N in orders]
    at = {"order": list(orders)}
    rows = xr.Dataset(
        {
            "norm_error": xr.DataArray(norms, {"Delta": list(strengths), **at})
            * scatter(rng, seeds, 0.4, Delta=strengths, **at),
            "operator_norm": scatter(rng, seeds, 0.02, Delta=strengths) * 50.0,
            "coupling": xr.DataArray(couplings, {**at, "extension": list(extensions)})
            * scatter(rng, seeds, 0.4, Delta=strengths, extension=extensions, **at),
        }
    ).expand_dims(L=[L])
    rows = rows.transpose("L", "Delta", "seed", "order", "extension")
    return made_tables.described(rows, "ring/effective")


def quench(distance, phase, average=lambda delta: 0.0, seeds=SEEDS, L=7):
    """Imbalances whose model is so far from H, and dephases from it as told.

    Parameters
    ----------
    distance
        ‖H − H_eff^(4)‖ in units of J by seed.
    phase
        Function of the distance and time: phase between the oscillations of model and H.
    average
        Function of the distance: difference of their averages.
    """
    time = np.linspace(0.0, 10.0, 201)
    rng = np.random.default_rng(3)
    strength = 0.2 + 0.02 * rng.normal(size=(seeds, 1))
    frequency = 8 + rng.normal(size=(seeds, 1))
    delta = np.array([distance(seed) for seed in range(seeds)])[:, None]
    exact = 0.7 + strength * np.cos(frequency * time)
    model = 0.7 + average(delta) + strength * np.cos(frequency * time + phase(delta, time))
    lead = {"L": [L], "Delta": [20.0], "seed": range(seeds)}
    imbalance = xr.Dataset(
        {
            "imbalance": (
                (*lead, "hamiltonian", "time"), np.stack([exact, model], axis=1)[None, None]
            ),
            "truncation_order": (("L", "Delta"), [[4.0]]),
        },
        lead | {"hamiltonian": ["exact", "effective"], "time": time},
    )  # fmt: skip
    models = effective(strengths=(20.0,), L=L, seeds=seeds)
    models["norm_error"][:] = delta[None, None] / models["operator_norm"].values[..., None]
    return made_tables.described(imbalance, "ring/imbalance"), models


def averages(flipped, seeds=20, L=5, permuted=False):
    """Infinite-time averages that are ±1 but for a share of them, sorted or in random order."""
    rng = np.random.default_rng(4)
    position = np.arange(2**L)
    ideal = np.array([1 - 2 * ((position >> (L - 1 - site)) & 1) for site in range(L)])
    rows = np.empty((seeds, 3, L, len(position)))
    for seed in range(seeds):
        found = ideal * (1 - flipped * rng.uniform(0, 2, ideal.shape))
        order = rng.permutation(len(position))
        rows[seed] = found[:, order], found[:, order] if permuted else found, ideal
    at = {
        "L": [L], "Delta": [20.0], "seed": range(seeds),
        "arrangement": ["eigensolver", "labelled", "ideal"], "site": range(L), "position": position,
    }  # fmt: skip
    table = xr.Dataset({"average": (tuple(at), rows[None, None])}, at)
    return made_tables.described(table, "ring/averages")


def far(seed):
    """Distances from 10^−3 to 10 J."""
    return 10 ** (-3 + 4 * seed / (SEEDS - 1))


def one(make, *arguments, **options):
    """A single table, made when it is asked for."""
    return lambda: (make(*arguments, **options),)


def dephasing(delta, time):
    """Phases that grow with the distance of a realisation's model, and with time."""
    return 0.2 * delta * time


def permuted(delta, time):
    """Phases that know nothing of distance and time: those of another realisation."""
    return np.random.default_rng(5).uniform(0, 2 * np.pi, (len(delta), 1)) + 0 * time


true_quench = partial(quench, far, dephasing)
permuted_quench = partial(quench, far, permuted, lambda delta: 0.1 * np.sign(delta - 1))
growing = {"norm": lambda Delta, N: 0.8 * np.exp(-0.1 * Delta * (1 + 0.1 * N))}
SAME = {"norm": lambda Delta, N: 0.3}  # whatever the disorder

WORLDS = {
    f"goihl2018/{name}": World(true, null)
    for name, true, null in (
        (
            "sorted_averages_resemble_pauli",
            one(averages, 0.1),
            one(averages, 0.1, permuted=True),
        ),
        (
            "crossover",
            one(crossing, lambda S: 8.5 - 0.3 * S),
            one(crossing, lambda S: 16.0),  # the transition is elsewhere
        ),
        ("localises_with_disorder", one(crossing), one(locality, lambda L, Delta, S: 0.5 / S)),
        ("first_and_last_lbit_differ_little", one(crossing, last=1.05), one(crossing, last=1.6)),
        ("exponential_decay", one(decaying), one(decaying, bend=0.6)),
        (
            "faster_at_stronger_disorder",
            one(decaying, lambda L, Delta: 0.2 + 0.004 * Delta),
            one(decaying, lambda L, Delta: 0.2),
        ),
        (
            "slower_in_larger_rings",
            one(decaying, lambda L, Delta: 0.5 - 0.02 * L, sizes=(7, 9, 11)),
            one(decaying, lambda L, Delta: 0.3, sizes=(7, 9, 11)),
        ),
        (
            "larger_error_in_larger_rings",
            one(locality, lambda L, Delta, S: 0.05 * L * np.exp(-0.3 * S), sizes=(7, 9, 11)),
            one(decaying, lambda L, Delta: 0.3, sizes=(7, 9, 11)),
        ),
        ("whole_ring_at_low_disorder", one(crossing), one(locality, lambda L, Delta, S: 0.3 / S)),
        (
            "single_site_at_high_disorder",
            one(crossing, lambda S: 26.0 if S == 1 else 7.5),
            one(locality, lambda L, Delta, S: 0.9),
        ),
        ("norm_error_falls_with_disorder", one(effective, **growing), one(effective, **SAME)),
        (
            "norm_error_decays_exponentially",
            one(effective, **growing),
            one(effective, lambda Delta, N: 3.0 * Delta**-2.0),  # a power law
        ),
        (
            "small_error_needs_high_order",
            one(effective, **growing),
            one(effective, lambda Delta, N: 1e-3),
        ),
        (
            "couplings_decay_with_extension",
            one(effective, coupling=lambda N, d: np.exp(-0.7 * d), strengths=(20.0,)),
            one(effective, strengths=(20.0,)),
        ),
        (
            "couplings_do_not_decay_with_order",
            one(effective, strengths=(20.0,)),
            one(effective, coupling=lambda N, d: np.exp(-0.7 * N), strengths=(20.0,)),
        ),
        (
            "couplings_saturate_at_high_orders",
            one(effective, strengths=(20.0,)),
            one(effective, coupling=lambda N, d: np.exp(-0.7 * N), strengths=(20.0,)),
        ),
        ("close_in_norm_reproduces_dynamics", true_quench, permuted_quench),
        ("average_imbalance_is_reproduced", true_quench, permuted_quench),
        ("fast_oscillations_are_missed", true_quench, partial(quench, far, lambda delta, t: 0 * t)),
        ("agreement_is_lost_with_time", true_quench, permuted_quench),
    )
}
