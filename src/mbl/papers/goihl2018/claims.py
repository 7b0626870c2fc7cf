"""Claims of goihl2018."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.ensembles.imbalance import differences, ranked
from mbl.ensembles.locality import mean_buffers, mean_errors
from mbl.ensembles.rows import LackingError, averaged, select
from mbl.ledger.verdicts import (
    Verdict,
    above,
    all_of,
    below,
    difference,
    line,
    measured,
    only,
    value_at,
    within,
)
from mbl.registry import claim

goihl = partial(claim, "goihl2018")


def _from_strength(data: xr.Dataset, least: float) -> xr.Dataset:
    """Data at disorder strengths from one on, at least one of them."""
    strong = data.sel(Delta=slice(least, None))
    if not strong.sizes["Delta"]:
        raise LackingError(f"no Delta from {least:g} on")
    return strong


@goihl("Fig. 2, section VI", figure="fig2")
def crossover(locality: xr.Dataset) -> Verdict:
    """With growing disorder the l-bits cross over from delocalised to localised near Δ ≈ 7.5."""
    data = select(only(mean_errors(locality), "L"), support=3)
    mean, error = data["mean_truncation_error"].values, data["mean_truncation_error_error"].values
    Delta = data["Delta"].values
    (right,) = np.nonzero((mean[:-1] > 0.5) & (mean[1:] <= 0.5))
    if not len(right):
        raise LackingError("no two Delta between which the error at |S| = 3 falls through 1/2")
    i = int(right[0])
    slope = (mean[i + 1] - mean[i]) / (Delta[i + 1] - Delta[i])
    half = Delta[i] + (0.5 - mean[i]) / slope
    spread = float(max(error[i : i + 2]) / abs(slope))
    return within(
        half,
        spread,
        5.0,
        10.0,
        f"error at |S| = 3 falls through 1/2 at Δ = {measured(half, spread)}",
    )


@goihl("Fig. 2", figure="fig2")
def localises_with_disorder(locality: xr.Dataset) -> Verdict:
    """The truncation error falls with disorder."""
    data = select(only(mean_errors(locality), "L"), support=3)
    weak, strong = (value_at(data.isel(Delta=end), "mean_truncation_error") for end in (0, -1))
    fall, error = difference(strong, weak)
    low, high = (f"{float(data['Delta'][end]):g}" for end in (0, -1))
    return above(
        fall, error, 0, f"|S| = 3: {measured(*weak)} at Δ = {low}, {measured(*strong)} at {high}"
    )


@goihl("Fig. 2, section VI", figure="fig2")
def first_and_last_lbit_differ_little(locality: xr.Dataset) -> Verdict:
    """There is only a small systematic difference between the first and the last l-bit."""
    data = _from_strength(select(only(mean_errors(locality), "L"), support=3), 7.5)
    verdicts = []
    for Delta in data["Delta"].values:
        at = data.sel(Delta=Delta)
        first, last = (value_at(at.isel(site=site), "truncation_error") for site in (0, -1))
        gap, error = difference(first, last)
        mean = float(at["mean_truncation_error"])
        text = f"Δ = {Delta:g}: {measured(*first)} and {measured(*last)}"
        verdicts.append(below(abs(gap) / mean, error / mean, 0.25, text))
    return all_of(*verdicts)


def _rates(data: xr.Dataset) -> dict[float, tuple[float, float, float]]:
    """Decay of ln ε with |S|: rate, its error, χ² per degree of freedom, for each Δ."""
    inside = data.sel(support=[s for s in data["support"].values if s < int(data["L"])])
    rates = {}
    for Delta in inside["Delta"].values:
        at = inside.sel(Delta=Delta)
        mean, error = at["mean_truncation_error"].values, at["mean_truncation_error_error"].values
        slope, spread, chi2 = line(at["support"].values.astype(float), np.log(mean), error / mean)
        rates[float(Delta)] = (-slope, spread, chi2)
    return rates


@goihl("Fig. 4", figure="fig4")
def exponential_decay(locality: xr.Dataset) -> Verdict:
    """In the localised phase the error decays exponentially with |S|."""
    rates = _rates(_from_strength(only(mean_errors(locality), "L"), 10.0))
    return all_of(
        *(
            all_of(
                above(rate, error, 0, f"Δ = {Delta:g}: rate {measured(rate, error)} per site"),
                # errors at two |S| share their realisations: χ² is smaller than it would be
                below(chi2, 0.0, 2.0, f"χ² per degree of freedom {chi2:.2g}"),
            )
            for Delta, (rate, error, chi2) in rates.items()
        )
    )


@goihl("Fig. 4", figure="fig4")
def faster_at_stronger_disorder(locality: xr.Dataset) -> Verdict:
    """The decay with |S| is faster at stronger disorder."""
    rates = _rates(only(mean_errors(locality), "L"))
    low, high = min(rates), max(rates)
    weak, strong = rates[low][:2], rates[high][:2]
    text = f"rate {measured(*weak)} at Δ = {low:g}, {measured(*strong)} at {high:g}"
    return above(*difference(weak, strong), 0, text)


@goihl("Fig. 3", figure="fig3")
def slower_in_larger_rings(locality: xr.Dataset) -> Verdict:
    """The decay with |S| slows as the system grows."""
    means = mean_errors(locality)
    sizes = means["L"].values
    small, large = (_rates(means.sel(L=L)) for L in (sizes[0], sizes[-1]))
    verdicts = []
    for Delta in small:
        gap, error = difference(large[Delta][:2], small[Delta][:2])
        text = (
            f"Δ = {Delta:g}: rate {measured(*small[Delta][:2])} at L = {sizes[0]}, "
            f"{measured(*large[Delta][:2])} at {sizes[-1]}"
        )
        verdicts.append(above(gap, error, 0, text))
    return all_of(*verdicts)


@goihl("Fig. 3", figure="fig3")
def larger_error_in_larger_rings(locality: xr.Dataset) -> Verdict:
    """Larger rings have larger errors at the same |S|."""
    at = select(mean_errors(locality), support=3)
    sizes = at["L"].values
    verdicts = []
    for Delta in at["Delta"].values:
        small, large = (
            value_at(at, "mean_truncation_error", L=L, Delta=Delta) for L in (sizes[0], sizes[-1])
        )
        gap, error = difference(small, large)
        text = f"Δ = {Delta:g}: {measured(*small)} at L = {sizes[0]}, "
        text += f"{measured(*large)} at {sizes[-1]}"
        verdicts.append(above(gap, error, 0, text))
    return all_of(*verdicts)


@goihl("Fig. 5", figure="fig5")
def whole_ring_at_low_disorder(locality: xr.Dataset) -> Verdict:
    """At low disorder the buffer that holds an l-bit is the whole ring."""
    data = only(mean_buffers(locality, [0.8]), "L").isel(Delta=0)
    value, error = value_at(data, "buffer", threshold=0.8)
    L = int(data["L"])
    return above(
        value,
        error,
        0.9 * L,
        f"α = 0.8, Δ = {float(data['Delta']):g}: {measured(value, error)} of {L}",
    )


@goihl("Fig. 5", figure="fig5")
def single_site_at_high_disorder(locality: xr.Dataset) -> Verdict:
    """At high disorder a single site holds most of an l-bit."""
    data = only(mean_buffers(locality, [0.5]), "L").isel(Delta=-1)
    value, error = value_at(data, "buffer", threshold=0.5)
    numbers = f"α = 0.5, Δ = {float(data['Delta']):g}: {measured(value, error)} sites"
    return below(value, error, 2.0, numbers)


@goihl("Fig. 6", figure="fig6")
def norm_error_falls_with_disorder(effective: xr.Dataset) -> Verdict:
    """The effective model's error in norm falls with disorder at all orders."""
    data = _from_strength(only(averaged(effective, ["norm_error"]), "L"), 5.0)
    verdicts = []
    for order in data["order"].values[: int(data["L"]) - 1]:
        weak, strong = (
            value_at(data.isel(Delta=end), "norm_error", order=order) for end in (0, -1)
        )
        fall, error = difference(strong, weak)
        text = f"N = {order}: {measured(*weak)} to {measured(*strong)}"
        verdicts.append(above(fall, error, 0, text))
    return all_of(*verdicts)


@goihl("Fig. 6, section VI", figure="fig6")
def small_error_needs_high_order(effective: xr.Dataset) -> Verdict:
    """A small error in norm takes interactions of high order even at strong disorder."""
    data = only(averaged(effective, ["norm_error"]), "L").isel(Delta=-1)
    value, error = value_at(data, "norm_error", order=4)
    numbers = f"H_eff^(4) is off by {measured(value, error)} at Δ = {float(data['Delta']):g}"
    return above(value, error, 0.01, numbers)


@goihl("Fig. 7", figure="fig7")
def couplings_decay_with_extension(effective: xr.Dataset) -> Verdict:
    """Couplings decay with their extension."""
    data = select(only(only(averaged(effective, ["coupling"]), "L"), "Delta"), order=2)
    near = value_at(data, "coupling", extension=1)
    far = value_at(data, "coupling", extension=int(data["extension"].max()))
    fall, error = difference(far, near)
    return above(fall, error, 0, f"order 2: {measured(*near)} nearest, {measured(*far)} farthest")


@goihl("Fig. 7", figure="fig7")
def couplings_do_not_decay_with_order(effective: xr.Dataset) -> Verdict:
    """At one extension couplings do not decay with their order."""
    data = only(only(averaged(effective, ["coupling"]), "L"), "Delta").isel(extension=-1)
    middle = int(data["L"]) // 2 + 1
    low, high = (value_at(data, "coupling", order=order) for order in (3, middle))
    ratio = high[0] / low[0]
    error = ratio * float(np.hypot(high[1] / high[0], low[1] / low[0]))
    numbers = f"largest extension: {measured(*low)} at order 3, {measured(*high)} at {middle}"
    return above(ratio, error, 0.5, numbers)


@goihl("Fig. 8, section VII", figure="fig8")
def close_in_norm_reproduces_dynamics(imbalance: xr.Dataset, effective: xr.Dataset) -> Verdict:
    """Where the effective model is close in norm it reproduces the dynamics quantitatively."""
    best = ranked(imbalance, effective).isel(rank=0)
    apart, norm = float(differences(best["imbalance"]).max()), float(best["norm_error"])
    return below(
        apart, 0.0, 0.01, f"norm error {norm:.2g}: imbalances differ by {apart:.2g} at most"
    )


@goihl("Fig. 8, section VII", figure="fig8")
def average_imbalance_is_reproduced(imbalance: xr.Dataset, effective: xr.Dataset) -> Verdict:
    """Where it is not close in norm it still reproduces the average imbalance."""
    data = ranked(imbalance, effective)
    apart = differences(data["imbalance"].mean("time"))
    far = apart.values[data["norm_error"].values > 0.1]
    if not len(far):
        raise LackingError("no realisation with a norm error above 0.1")
    return below(
        float(far.max()), 0.0, 0.05,
        f"norm error above 0.1 in {len(far)}: averages differ by {far.max():.2g} at most",
    )  # fmt: skip
