"""Claims of goihl2018 on the effective model: Figs. 6–8."""

from functools import partial
from itertools import combinations

import numpy as np
import xarray as xr

from mbl.ensembles.effective import norm_errors, norm_errors_at
from mbl.ensembles.estimates import mean, paired, share
from mbl.ensembles.imbalance import deviations, distances
from mbl.ensembles.rows import LackingError, rows_along
from mbl.ledger.verdicts import Verdict, above, all_of, altogether, only, within
from mbl.papers.goihl2018.shared import (
    LOCALISED,
    curve,
    exponential,
    falls,
    log_ratio,
    percent,
)
from mbl.registry import claim

CLOSE = 0.1  # ‖H − H_eff‖ in units of J: phases differ by 1 at most until t = 10
REPRODUCED = 0.05  # difference of imbalances that the lines of Fig. 8 would hide

goihl = partial(claim, "goihl2018")


@goihl("Fig. 6, section VI", figure="fig6")
def norm_error_falls_with_disorder(effective: xr.Dataset) -> Verdict:
    """The effective model's error in norm falls with disorder at all orders.

    As the figure is logarithmic, ratios of means are compared.
    """
    errors = norm_errors(only(effective, "L"))
    verdicts, rises = [], []
    for order in errors["order"].values:
        points = rows_along(errors.sel(order=order), "Delta")
        verdicts.append(falls(points, ""))
        rises += [(paired(*two), order, *two) for two in combinations(points, 2)]
    most, order, low, high = max(rises, key=lambda rise: rise[0].value)
    strengths = errors["Delta"].values
    means = errors.mean("seed").sel(order=4)
    numbers = (
        f"from Δ = {strengths[0]:g} to {strengths[-1]:g} that of H_eff^(4) falls from "
        f"{means[0]:.2g} to {means[-1]:.2g}; the largest rise of any order is {most}, N = {order} "
        f"from Δ = {float(low['Delta']):g} to {float(high['Delta']):g}, {most.over}"
    )
    return altogether(numbers, *verdicts)


@goihl("Fig. 6, section VI", figure="fig6")
def norm_error_decays_exponentially(effective: xr.Dataset) -> Verdict:
    """In the localised phase the errors in norm of all orders decay exponentially with disorder.

    Margins are those of the exponential decay with |S|.
    """
    errors = norm_errors(only(effective, "L")).sel(Delta=slice(LOCALISED, None))
    Delta = errors["Delta"].values.astype(float)
    if len(Delta) < 3:
        raise LackingError(f"fewer than three Delta from {LOCALISED:g} on")
    curves = {int(N): curve(Delta, errors.sel(order=N)) for N in errors["order"].values}
    most = max(curves, key=lambda order: abs(curves[order][1].value))
    line, bend = curves[most]
    numbers = (
        f"the rate falls by {bend} of itself from Δ = {Delta[0]:g} to {Delta[-1]:g} at N = {most}, "
        f"where it changes most, {line.goodness} of a line, {bend.over}"
    )
    return exponential(list(curves.values()), numbers)


@goihl("Fig. 6, section VI", figure="fig6")
def small_error_needs_high_order(effective: xr.Dataset) -> Verdict:
    """A small mean error in norm takes interactions of high order even at strong disorder.

    The mean that Fig. 6 shows must exceed a hundredth at order 4, which is low of so many. Rare
    realisations rule it: the median and the share of them above a hundredth stand beside.
    """
    data = norm_errors_at(only(effective, "L"), 4).isel(Delta=-1)
    whole, often = mean(data), share((data > 0.01).where(data.notnull()))
    numbers = (
        f"H_eff^(4) is off by {whole} at Δ = {float(data['Delta']):g}, median "
        f"{float(data.median()):.2g}, by more than 0.01 in {percent(often)}, {whole.over}"
    )
    return above(whole, 0.01, numbers)


def _couplings(effective: xr.Dataset) -> xr.DataArray:
    """Mean modulus of the couplings of the only size and Δ (seed, order, extension)."""
    return only(only(effective, "L"), "Delta")["coupling"]


@goihl("Fig. 7", figure="fig7")
def couplings_decay_with_extension(effective: xr.Dataset) -> Verdict:
    """Couplings decay with their extension, at every order.

    As the figure is logarithmic, ratios of means are compared.
    """
    couplings = _couplings(effective)
    verdicts = []
    for order in couplings["order"].values:
        points = [
            one
            for one in rows_along(couplings.sel(order=order), "extension")
            if one.notnull().any()
        ]
        if len(points) > 1:
            means = ", ".join(f"{float(one.mean()):.2g}" for one in points)
            first = int(points[0]["extension"])
            text = f"N = {order}: {means} J from extension {first} on"
            verdicts.append(falls(points, text))
    return all_of(*verdicts)


def _at_largest_extension(effective: xr.Dataset) -> tuple[int, xr.DataArray]:
    """Size, and couplings of largest extension by order from 2 to L − 1 (seed, order).

    The one coupling of order L is no mean over several.
    """
    couplings = _couplings(effective)
    L = int(effective["L"].item())
    return L, couplings.isel(extension=-1).sel(order=slice(2, L - 1))


@goihl("Fig. 7", figure="fig7")
def couplings_do_not_decay_with_order(effective: xr.Dataset) -> Verdict:
    """At one extension couplings do not decay with their order.

    At the largest extension, none of the orders from 3 to L − 1 may have less than half of the mean
    coupling of order 3, where one more site of extension costs as much or more.
    """
    L, couplings = _at_largest_extension(effective)
    first = couplings.sel(order=3)
    verdicts = [
        above(log_ratio(first, couplings.sel(order=order)), np.log(0.5), "")
        for order in range(4, L)
    ]
    means, medians = couplings.mean("seed"), couplings.median("seed")
    numbers = (
        f"{float(means.sel(order=3)):.2g} J at N = 3, {float(means[-1]):.2g} J at {L - 1}; medians "
        f"{float(medians.sel(order=3)):.2g} J and {float(medians[-1]):.2g} J, "
        f"over {couplings.sizes['seed']} realisations"
    )
    return altogether(numbers, *verdicts)


@goihl("Fig. 7, section VI", figure="fig7")
def couplings_saturate_at_high_orders(effective: xr.Dataset) -> Verdict:
    """Towards high orders couplings saturate.

    At the largest extension, the mean coupling must change by less than a quarter over the upper
    half of the orders, from (L + 1) / 2 to L − 1.
    """
    L, couplings = _at_largest_extension(effective)
    orders = 2, (L + 1) // 2, L - 1
    low, middle, high = (couplings.sel(order=order) for order in orders)
    change = log_ratio(middle, high)
    numbers = (
        f"ln of the ratio {change} from N = {orders[1]} to {orders[2]}, {log_ratio(low, middle)} "
        f"from 2 to {orders[1]}, {change.over}"
    )
    return within(change, np.log(0.75), np.log(1.25), numbers)


def _dynamics(imbalance: xr.Dataset, effective: xr.Dataset) -> xr.Dataset:
    """Deviations of the model's imbalance in every realisation, and its `distance` from H."""
    return deviations(imbalance).assign(distance=distances(imbalance, effective))


def _where(data: xr.Dataset, chosen: xr.DataArray, which: str) -> xr.Dataset:
    """Realisations that are chosen, two or more."""
    if int(chosen.sum()) < 2:
        raise LackingError(f"fewer than two realisations {which}")
    return data.sel(seed=data["seed"][chosen.values])


@goihl("Fig. 8, section VII", figure="fig8")
def close_in_norm_reproduces_dynamics(imbalance: xr.Dataset, effective: xr.Dataset) -> Verdict:
    """Where the effective model is close in norm it reproduces the dynamics quantitatively.

    Close is ‖H − H_eff‖ below 0.1 J: phases then differ by 1 at most until t = 10, the last time
    shown. In nine of ten such realisations imbalances must never differ by more than 0.05.
    """
    data = _dynamics(imbalance, effective)
    near = _where(data, data["distance"] < CLOSE, f"with ‖H − H_eff‖ below {CLOSE} J")
    like = share(near["largest"] < REPRODUCED)
    numbers = f"within {CLOSE} J of H, {percent(like)} are reproduced to {REPRODUCED}, {like.over}"
    return above(like, 0.9, numbers)


@goihl("Fig. 8, section VII", figure="fig8")
def average_imbalance_is_reproduced(imbalance: xr.Dataset, effective: xr.Dataset) -> Verdict:
    """Where it is not close in norm it still reproduces the average imbalance.

    In nine of ten realisations averages over all times must agree to 0.05. The model has the
    eigenvectors of H, so that averages over infinite times would agree in all.
    """
    data = _dynamics(imbalance, effective)
    far = _where(data, data["distance"] > CLOSE, f"with ‖H − H_eff‖ above {CLOSE} J")
    like = share(abs(far["average"]) < REPRODUCED)
    numbers = (
        f"farther than {CLOSE} J from H, averages agree to {REPRODUCED} in {percent(like)}, "
        f"mean difference {mean(far['average'])}, {like.over}"
    )
    return above(like, 0.9, numbers)


@goihl("Section VII", figure="fig8")
def fast_oscillations_are_missed(imbalance: xr.Dataset, effective: xr.Dataset) -> Verdict:
    """Where it is not close in norm it fails to reproduce fast oscillations of the imbalance.

    In most realisations what is missed, as a root mean square over times, must exceed half of the
    exact imbalance's departures from its average.
    """
    data = _dynamics(imbalance, effective)
    far = _where(data, data["distance"] > CLOSE, f"with ‖H − H_eff‖ above {CLOSE} J")
    missed = share(far["oscillations"] > 0.5)
    numbers = (
        f"farther than {CLOSE} J from H, more than half is missed in {percent(missed)}, median "
        f"{float(far['oscillations'].median()):.2g} of the oscillations, {missed.over}"
    )
    return above(missed, 0.5, numbers)


@goihl("Section VII", figure="fig8")
def agreement_is_lost_with_time(imbalance: xr.Dataset, effective: xr.Dataset) -> Verdict:
    """In realisations that are intermediate in norm the agreement is lost with time.

    They are the middle third by ‖H − H_eff‖. From the first third of the times to the last the
    difference of imbalances must grow on average, and in most of them.
    """
    ordered = _dynamics(imbalance, effective).sortby("distance")
    third = ordered.sizes["seed"] // 3
    middle = ordered.isel(seed=slice(third, 2 * third))
    growth = paired(middle["early"], middle["late"])
    often = share(middle["late"] > middle["early"])
    numbers = (
        f"mean difference {mean(middle['early'])} early, {mean(middle['late'])} late, larger by "
        f"{growth}; it grows in {percent(often)}, {growth.over}"
    )
    return altogether(numbers, above(growth, 0.0, ""), above(often, 0.5, ""))
