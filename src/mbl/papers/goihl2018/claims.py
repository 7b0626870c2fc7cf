"""Claims of goihl2018 on the l-bits: Figs. 1–5."""

from collections.abc import Iterator
from functools import partial

import xarray as xr

from mbl.ensembles.averages import differences
from mbl.ensembles.estimates import estimated, mean, paired, rise, share
from mbl.ensembles.locality import (
    buffers_over_lbits,
    decay_rate,
    errors_of_lbits,
    half_heights,
    local_rates,
    proper_errors,
    rate_difference,
)
from mbl.ensembles.rows import LackingError, rows_along
from mbl.hilbert import Floats
from mbl.ledger.verdicts import (
    Verdict,
    above,
    all_of,
    altogether,
    below,
    monotone,
    only,
    within,
)
from mbl.papers.goihl2018.shared import (
    curve,
    exponential,
    localised,
    percent,
)
from mbl.registry import claim

goihl = partial(claim, "goihl2018")


def _errors(locality: xr.Dataset) -> xr.DataArray:
    """Truncation errors of the only size, mean over l-bits (Delta, seed, support)."""
    return proper_errors(locality, int(only(locality, "L")["L"]))


@goihl("Fig. 1, section V", figure="fig1")
def sorted_averages_resemble_pauli(averages: xr.Dataset) -> Verdict:
    """At strong disorder the infinite-time averages, once sorted, resemble Pauli operators.

    The entrywise difference of E(σᶻᵢ) and Zᵢ is what the sorting is to make small. Eigenstates in
    random order give 1, opposite signs 2. It must be below 0.2, a fifth of that of random order.
    """
    data = only(only(averages, "L"), "Delta")
    ordered, unordered = (mean(differences(data, one)) for one in ("labelled", "eigensolver"))
    numbers = f"E(σᶻ) and Z differ by {ordered} once sorted, by {unordered} before, {ordered.over}"
    return below(ordered, 0.2, numbers)


@goihl("Fig. 2, section VI", figure="fig2")
def crossover(locality: xr.Dataset) -> Verdict:
    """With growing disorder the l-bits cross over from delocalised to localised near Δ ≈ 7.5.

    Where the truncation error falls through one half depends on the buffer: it must be within a
    third of 7.5 for every |S| < L.
    """
    heights = half_heights(_errors(locality))
    found = ", ".join(str(height) for height in heights.values())
    sizes = ", ".join(str(size) for size in heights)
    numbers = f"the error falls through 1/2 at Δ = {found} for |S| = {sizes}"
    return altogether(numbers, *(within(height, 5.0, 10.0, "") for height in heights.values()))


@goihl("Fig. 2", figure="fig2")
def localises_with_disorder(locality: xr.Dataset) -> Verdict:
    """The truncation error falls with disorder, whatever the buffer."""
    errors = _errors(locality)
    verdicts = []
    for size in errors["support"].values:
        points = rows_along(errors.sel(support=size), "Delta")
        whole, steps = rise(points[::-1])
        verdicts.append(monotone(whole, steps, f"{whole} at |S| = {size}"))
    low, high = errors["Delta"].values[[0, -1]]
    told = all_of(*verdicts)
    return Verdict(told.word, f"falls from Δ = {low:g} to {high:g} by {told.numbers}, {whole.over}")


@goihl("Fig. 2, section VI", figure="fig2")
def first_and_last_lbit_differ_little(locality: xr.Dataset) -> Verdict:
    """In the localised phase there is only a small difference between the first and the last l-bit.

    Small is, either way, what is below a quarter of the mean over l-bits, at |S| = 3.
    """
    verdicts = []
    for at in localised(errors_of_lbits(only(locality, "L"), 3)):
        first, last = at.isel(site=0), at.isel(site=-1)
        apart = estimated(_difference_to_mean, first, last, at.mean("site"), pairs=True)
        text = f"Δ = {float(at['Delta']):g}: last less first is {apart} of the mean"
        verdicts.append(within(apart, -0.25, 0.25, text))
    return all_of(*verdicts)


def _difference_to_mean(first: Floats, last: Floats, of_all: Floats) -> float:
    """Mean of last less first, over a third mean."""
    return float((last - first).mean() / of_all.mean())


@goihl("Fig. 4", figure="fig4")
def exponential_decay(locality: xr.Dataset) -> Verdict:
    """In the localised phase the error decays exponentially with |S|.

    Its logarithm must be a line in |S|: one that goodness of fit does not reject, and whose slope
    changes by less than a quarter of itself from the first |S| to the last, two standard errors
    included. A quarter is what changes the error at the last |S| by its own spread at most.
    """
    curves, told = [], []
    for at in localised(_errors(locality)):
        line, bend = curve(at["support"].values.astype(float), at)
        curves.append((line, bend))
        first, *_, last = local_rates(at)
        told.append(
            f"Δ = {float(at['Delta']):g}: rates {first:.2f} to {last:.2f} per site, "
            f"a fall by {bend} of itself, {line.goodness} of a line"
        )
    return exponential(curves, "; ".join(told))


@goihl("Fig. 4", figure="fig4")
def faster_at_stronger_disorder(locality: xr.Dataset) -> Verdict:
    """The decay with |S| is faster at stronger disorder.

    Compared are mean rates from |S| = 1 to the largest, so that the decay may be no exponential.
    """
    points = rows_along(_errors(locality), "Delta")
    whole, steps = rise(points, rate_difference)
    rates = ", ".join(str(decay_rate(at)) for at in points)
    strengths = ", ".join(f"{float(at['Delta']):g}" for at in points)
    numbers = f"rates {rates} per site at Δ = {strengths}, {whole.over}"
    return monotone(whole, steps, numbers)


@goihl("Fig. 3", figure="fig3")
def slower_in_larger_rings(locality: xr.Dataset) -> Verdict:
    """The decay with |S| slows as the system grows.

    Compared are mean rates over the buffers that all sizes have.
    """
    verdicts = []
    for Delta, points in _by_size(locality):
        whole, steps = rise(points[::-1], rate_difference)
        rates = ", ".join(str(decay_rate(at)) for at in points)
        numbers = f"Δ = {Delta:g}: rates {rates} per site, {whole.over}"
        verdicts.append(monotone(whole, steps, numbers))
    return all_of(*verdicts)


@goihl("Fig. 3", figure="fig3")
def larger_error_in_larger_rings(locality: xr.Dataset) -> Verdict:
    """Larger rings have larger errors at the same |S|.

    From the smallest ring to the largest they grow at every |S| that all have, and from size to
    size at the largest of these, which feels the size first.
    """
    verdicts = []
    for Delta, points in _by_size(locality):
        smallest, largest = points[0], points[-1]
        *smaller, last = smallest["support"].values
        growth = {S: paired(smallest.sel(support=S), largest.sel(support=S)) for S in smaller}
        growth[last], steps = rise([at.sel(support=last) for at in points])
        told = ", ".join(f"{whole} at |S| = {S}" for S, whole in growth.items())
        numbers = f"Δ = {Delta:g}: larger by {told}, {growth[last].over}"
        verdicts.append(
            altogether(
                numbers,
                *(above(growth[S], 0.0, "") for S in smaller),
                monotone(growth[last], steps, ""),
            )
        )
    return all_of(*verdicts)


def _by_size(locality: xr.Dataset) -> Iterator[tuple[float, list[xr.DataArray]]]:
    """Truncation errors at each Δ by size, two or more, on the buffers that all sizes have."""
    sizes = [int(L) for L in locality["L"].values]
    if len(sizes) < 2:
        raise LackingError("one size alone")
    common = proper_errors(locality, sizes[0])["support"].values
    for Delta in locality["Delta"].values:
        at = locality.sel(Delta=Delta)
        yield (
            float(Delta),
            [proper_errors(at, L).sel(support=common).dropna("seed") for L in sizes],
        )


def _buffers(locality: xr.Dataset, weight: float, end: int) -> xr.DataArray:
    """Buffers that hold a weight, mean over l-bits, at the weakest or the strongest Δ (seed)."""
    if locality.sizes["L"] > 1:
        raise LackingError("several sizes where one is shown")
    buffers = buffers_over_lbits(locality.isel(Delta=[end]), [weight])
    return buffers.squeeze(["L", "Delta", "threshold"])


@goihl("Fig. 5", figure="fig5")
def whole_ring_at_low_disorder(locality: xr.Dataset) -> Verdict:
    """At low disorder the buffer that holds an l-bit is the whole ring.

    In nine of ten realisations the buffer that holds a weight of 0.8, mean over l-bits, must be
    more than nine tenths of the ring.
    """
    buffers = _buffers(locality, 0.8, 0)
    L, Delta = int(buffers["L"]), float(buffers["Delta"])
    whole = share((buffers > 0.9 * L).where(buffers.notnull()))
    numbers = (
        f"α = 0.8, Δ = {Delta:g}: {mean(buffers)} sites of {L}, more than nine tenths of them in "
        f"{percent(whole)}, {whole.over}"
    )
    return above(whole, 0.9, numbers)


@goihl("Fig. 5", figure="fig5")
def single_site_at_high_disorder(locality: xr.Dataset) -> Verdict:
    """At high disorder a single site holds most of an l-bit.

    The buffer that holds half of its weight, mean over l-bits, must be nearer to 1 than to 3.
    """
    buffers = _buffers(locality, 0.5, -1)
    buffer, Delta = mean(buffers), float(buffers["Delta"])
    return below(buffer, 2.0, f"α = 0.5, Δ = {Delta:g}: {buffer} sites, {buffer.over}")
