"""Worlds of the claims of colmenarez2023: with an ergodic bubble, and with none that acts."""

from functools import partial

import numpy as np
import xarray as xr
from made_chains import crossing_at, inclusion, perturbation, responding, rows, scan, with_response
from worlds import World

from mbl.avalanche import avalanche_purity
from mbl.keys import sector_dimension

PLAIN = xr.Dataset()
WEAK_TO_STRONG = (2.0, 3.0, 4.0, 5.0)
SIZES = (6, 8, 10)


def world(true, null):
    """Of claims on one table."""
    return World(lambda: (true(),), lambda: (null(),))


def steep(alone, with_bubble):
    """Crossings that are well determined."""
    curve = crossing_at(alone, with_bubble)
    return partial(
        inclusion, WEAK_TO_STRONG, gap_ratio=lambda n, L, W: 5 * curve(n, L, W), sizes=(6, 10)
    )


def quieter(made, *names):
    """Rows whose scatter is 0.4 of what it was, as of more realisations."""
    means = {name: made[name].mean("seed") for name in names}
    return made.assign({name: mean + 0.4 * (made[name] - mean) for name, mean in means.items()})


def limits(weak, strong):
    """Gap ratios at weak and at strong disorder."""
    return lambda: quieter(
        inclusion((2.0, 8.0), gap_ratio=lambda n, L, W: weak if W < 5 else strong), "gap_ratio"
    )


def thermal(power):
    """Purities in the bulk that fall with a power of the dimension."""
    return partial(
        inclusion,
        (2.0,),
        sizes=SIZES,
        bulk_purity=lambda n, L, W: 0.5 + 0.34 * (sector_dimension(n, L) / 80) ** power,
    )


def growing(slope):
    """Purities that grow with the chain."""
    return partial(inclusion, (4.0, 6.0), sizes=(8, 10, 12), purity=lambda n, L, W: 0.5 + slope * L)


def correlated(gain):
    """C(r) that the bubble raises, by an amount that may depend on L."""
    return partial(
        inclusion,
        (4.4, 5.2, 6.0),
        sizes=SIZES,
        covariance=lambda n, L, W: 0.1 + (gain(L) if n else 0.0),
    )


def centred(gain, W):
    """Weight that the bubble moves to the centre."""
    return partial(inclusion, (W, 8.0), central_weight=lambda n, L, W: 0.3 + (gain if n else 0.0))


def bubbles(slope):
    """Purities that change with n_GOE."""
    keys = [(n, 10, W, 0.6) for n in (0, 3, 5, 8) for W in (4.0, 8.0)]
    return partial(rows, keys, purity=lambda n, L, W: 0.8 + slope * n)


def flat():
    """Gap ratios that do not depend on the bandwidth."""
    return scan(lambda W: 0.6).assign(gap_ratio=rows_without_scan())


def rows_without_scan():
    made = scan(lambda W: 0.6)
    return made["gap_ratio"] - made["gap_ratio"].mean("seed") + 0.4


def avalanche(probability):
    """Purities by eq. 6."""

    def purity(n, L, W):
        curve = avalanche_purity(
            np.arange((L + 1) // 2),
            probability=probability,
            localization_length=1.2,
            bubble_size=4,
            L=L,
            isolated_purity=0.85,
        )
        return curve if n else 0.85

    made = inclusion((5.2,), sizes=(16,), purity=purity, bulk_purity=0.85)
    return quieter(made, "purity", "bulk_purity")


def theory(true, null):
    """Of claims on chains and on perturbation theory."""
    return World(lambda: (true(), PLAIN), lambda: (null(), PLAIN))


def expansion(true, null):
    """Of claims on perturbation theory."""
    return World(lambda: (PLAIN, true()), lambda: (PLAIN, null()))


def unlike_a_decay():
    """A response that rises and falls again."""
    return with_response(*(0.1 + 0.05 * np.cos(np.pi * np.arange(8))), L=16)


NEAR_AND_FAR = with_response, 0.1, 0.05, 0.02
NOTHING = partial(with_response, 0.0, 0.0, 0.0)
STRONG = (8.0, 16.0, 32.0, 64.0)

WORLDS = {
    f"colmenarez2023/{name}": world_of_claim
    for name, world_of_claim in {
        "levels_repel_at_weak_disorder": world(limits(0.53, 0.39), limits(0.39, 0.39)),
        "levels_are_independent_at_strong_disorder": world(limits(0.53, 0.39), limits(0.53, 0.53)),
        "bubble_shifts_crossing": world(steep(3.2, 4.1), steep(3.5, 3.5)),
        "bubble_hardly_shifts_crossing": world(steep(3.5, 3.6), steep(2.6, 4.2)),
        "crossing_lies_at_the_known_disorder": world(steep(3.7, 3.9), steep(2.3, 2.4)),
        "thermal_purity_falls_with_dimension": world(thermal(-0.5), thermal(0.0)),
        "bubble_lowers_purity_nearby": world(partial(*NEAR_AND_FAR), NOTHING),
        "bubble_lowers_purity_far_away": world(partial(*NEAR_AND_FAR), NOTHING),
        "no_effect_far_away_at_strong_disorder": world(
            partial(with_response, 0.1, 0.02, 0.0, W=8.0),
            partial(with_response, 0.1, 0.1, 0.1, W=8.0),
        ),
        "purity_grows_with_size": world(growing(0.02), growing(0.0)),
        "bubble_raises_correlations": world(correlated(lambda L: 0.3), correlated(lambda L: 0.0)),
        "correlations_raised_up_to_six": world(
            correlated(lambda L: 0.3), correlated(lambda L: 0.0)
        ),
        "enhancement_grows_with_size": world(
            correlated(lambda L: 0.05 * (L - 5)), correlated(lambda L: 0.2)
        ),
        "gap_ratio_has_a_best_bandwidth": world(lambda: scan(lambda W: 0.6), flat),
        "best_bandwidth_is_the_same_at_all_disorder": world(
            lambda: scan(lambda W: 0.6), lambda: scan(lambda W: 0.2 * W)
        ),
        "bubble_fills_the_centre": world(centred(0.1, 4.0), centred(0.0, 4.0)),
        "no_effect_at_low_disorder": world(centred(0.01, 1.0), centred(0.2, 1.0)),
        "larger_bubbles_thermalise_more": world(bubbles(-0.01), bubbles(0.0)),
        "larger_bubbles_thermalise_more_at_a_distance": world(bubbles(-0.01), bubbles(0.0)),
        "response_is_exponential_plus_constant": world(
            partial(responding, 0.02, 5.2), unlike_a_decay
        ),
        "asymptote_differs_from_zero": world(
            partial(responding, 0.03, 4.4, 5.2), partial(responding, 0.0, 4.4, 5.2)
        ),
        "asymptote_vanishes_at_strong_disorder": world(
            partial(responding, 0.0, 8.0), partial(responding, 0.05, 8.0)
        ),
        "effect_is_five_percent": world(
            partial(with_response, 0.1, 0.05, 0.02), partial(with_response, 0.1, 0.05, 0.0)
        ),
        "avalanche_describes_purities": theory(
            partial(avalanche, 0.15), partial(responding, 0.05, 5.2)
        ),
        "bubble_seldom_starts_an_avalanche": theory(
            partial(avalanche, 0.15), partial(avalanche, 0.8)
        ),
        "second_order_gives_the_purity": expansion(
            partial(perturbation, STRONG), partial(perturbation, STRONG, power=-2.0)
        ),
        "residual_correlation_falls_as_square_of_disorder": expansion(
            partial(perturbation, STRONG), partial(perturbation, STRONG, residual=0.0)
        ),
    }.items()
}
