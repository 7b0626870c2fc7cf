"""Claims of swingle2013 on levels, light cone, eigenstates and their stability."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate, mean, paired, resampled, rise
from mbl.ensembles.rows import LackingError, select
from mbl.hilbert import Floats
from mbl.ledger.verdicts import Verdict, above, all_of, altogether, below, exact, monotone, within
from mbl.papers.swingle2013.shared import ROUNDING, last, logarithm, of_size, sizes
from mbl.registry import claim
from mbl.spectral import GUE_GAP_RATIO, POISSON_GAP_RATIO

swingle = partial(claim, "swingle2013")

U_TIME = 1.0  # fictitious time under K at which it gives U
EFFECTIVE_GAP = 0.1  # γ in J₀ that the paper's effective gap, of order J₀, exceeds for certain


@swingle("Eq. 2.7", figure="density_of_states")
def mean_energy_is_that_of_independent_spins(spectrum: xr.Dataset) -> Verdict:
    """The mean energy is N J₀/4, that of independent spins, with and without interactions.

    Within a twentieth, a fifth of what a spread of energies as in the printed eq. 2.7 would leave
    open for the mean of a realisation.
    """
    chains, verdicts = of_size(spectrum, sizes(spectrum)[-1]), []
    for key in range(chains.sizes["key"]):
        row = chains.isel(key=key)
        expected = float(row["expected_mean"])
        share = mean(row["mean_energy"] / expected)
        text = f"L = {int(row['L'])}, ξ = {float(row['xi']):g}: {share} of {expected:.4g} J₀"
        verdicts.append(within(share, 0.95, 1.05, f"{text}, {share.over}"))
    return all_of(*verdicts)


@swingle("Eq. 2.8", figure="density_of_states")
def density_of_states_is_gaussian(spectrum: xr.Dataset) -> Verdict:
    """The density of states is a Gaussian in the middle of the spectrum.

    At every energy where the Gaussian of the exact mean and variance exceeds half its maximum, the
    density is within 15 % of it. With the variance printed in eq. 2.7 the middle would be a quarter
    too low.
    """
    row = last(spectrum)
    gaussian = row["gaussian"]
    middle = row.isel(bin=np.flatnonzero(gaussian > 0.5 * gaussian.max()))
    relative = middle["density"] / middle["gaussian"]
    ratios = [mean(relative.isel(bin=n)) for n in range(middle.sizes["bin"])]
    worst = max(ratios, key=lambda ratio: abs(ratio.value - 1))
    text = f"L = {int(row['L'])}: {worst} of it where it is farthest off, {worst.over}"
    return altogether(text, *(within(ratio, 0.85, 1.15, "") for ratio in ratios))


@swingle("Section II", figure="density_of_states")
def levels_are_exponentially_dense(spectrum: xr.Dataset) -> Verdict:
    """The level spacing falls as 2^(−N).

    From each size to the next its binary logarithm falls by between 0.9 and 1.1 a site: the spread
    of the levels grows as √N, which takes 0.07 off at these sizes.
    """
    rows = [of_size(spectrum, L).isel(key=-1) for L in sizes(spectrum)]
    if len(rows) < 2:
        raise LackingError("a single size")
    steps = []
    for small, large in pairwise(rows):
        ends = int(small["L"]), int(large["L"])
        doublings = paired(logarithm(small["spacing"]), logarithm(large["spacing"]))
        step = doublings.scaled(1 / np.log(2) / (ends[1] - ends[0]))
        text = f"2^({step.value:.4f} L) from L = {ends[0]} to {ends[1]}"
        steps.append(within(step, -1.1, -0.9, text))
    return all_of(*steps)


@swingle("Eq. 2.4", figure="light_cone", exact=True)
def light_cone_is_bounded(cone: xr.Dataset) -> Verdict:
    """Commutators under U obey the Lieb–Robinson bound."""
    tightness = cone["norm"] / cone["bound"]
    outside = float(tightness.where(cone["bound"] < 2).max())
    text = f"outside the cone at most {outside:.3g} of the bound"
    return exact(float(tightness.max()) - 1, ROUNDING, text)


@swingle("Eq. 2.4", figure="light_cone")
def commutators_decay_outside_the_cone(cone: xr.Dataset) -> Verdict:
    """Outside the light cone of U the commutator falls exponentially with distance, or faster.

    At t = 1, where the bound is below what no commutator exceeds (2) in all realisations, every
    further site takes more than a factor e: that of eq. 2.4 with a length ξ_LR of one site, which
    is ξ of the fixed point as the paper has it.
    """
    row = select(last(cone), fictitious_time=U_TIME)
    outside = row["distance"].values[(row["bound"] < 2 - ROUNDING).all("seed").values]
    norm = logarithm(row["norm"])
    rates = [paired(norm.sel(distance=far), norm.sel(distance=d)) for d, far in pairwise(outside)]
    if not rates:
        raise LackingError("no two distances outside the light cone at t = 1")
    told = ", ".join(f"{rate}" for rate in rates)
    text = f"ln of the fall from d = {int(outside[0])} on, site by site: {told}"
    return altogether(text, *(above(rate, 1.0, "") for rate in rates))


@swingle("Eq. 3.7", figure="area_law", exact=True)
def entropy_is_bounded(area: xr.Dataset) -> Verdict:
    """The entropy of a block in eigenstates obeys the bound from the strength of K at its ends."""
    worst = float(area["tightness"].max())
    return exact(worst - 1, ROUNDING, f"at most {worst:.3g} of the bound")


@swingle("Section III A", figure="area_law")
def entropy_obeys_an_area_law(area: xr.Dataset) -> Verdict:
    """The entropy of a block in eigenstates grows neither with its length nor with the chain.

    With the length it changes by less than a twentieth a site, a tenth of what a volume law through
    blocks of two sites would add; and that of half the chain by less than a tenth from each size to
    the next, whose middle holds the smaller chain.
    """
    row, verdicts = last(area), []
    for ends in row["ends"].values:
        at = row.sel(ends=ends)
        size = float(at["entropy"].mean())
        slope = mean(at["slope"]).scaled(1 / size)
        text = f"{int(ends)} end(s): {slope} of S = {size:.2g} a site"
        verdicts.append(within(slope, -0.05, 0.05, text))
    halves = [
        of_size(area, L).isel(key=0).sel(ends=1, length=L // 2)["entropy"] for L in sizes(area)
    ]
    for small, large in pairwise(halves):
        change = paired(small, large).scaled(1 / float(small.mean()))
        text = f"half chain, L = {int(small['L'])} to {int(large['L'])}: {change} of S"
        verdicts.append(within(change, -0.1, 0.1, f"{text}, {change.over}"))
    return all_of(*verdicts)


@swingle("Eqs. 4.29–4.31", figure="quasi_adiabatic")
def generator_is_local_but_for_near_levels(quasi: xr.Dataset) -> Verdict:
    """The quasi-adiabatic generator comes back to the local K as γ falls."""
    row = last(quasi)
    points = [row.isel(gap=n) for n in range(row.sizes["gap"])]
    errors = [point["generator_error"] for point in points]
    small, large = (points[end] for end in (0, -1))
    text = " and ".join(
        f"{mean(point['generator_error'])} at γ = {float(point['gap']):g}"
        for point in (small, large)
    )
    return monotone(*rise(errors), f"‖U†JU − K‖/‖K‖ = {text}")


@swingle("Section IV D", figure="quasi_adiabatic")
def generator_is_k_for_almost_all_states(quasi: xr.Dataset) -> Verdict:
    """The quasi-adiabatic generator J is K for almost all states.

    J acts on a state as K does where K connects it to no level closer than γ. Almost all are nine
    in ten; and γ is a tenth of J₀, where the paper puts the effective gap at a finite energy of
    order J₀.
    """
    row = last(quasi)
    states = mean(select(row, gap=EFFECTIVE_GAP)["clear_states"])
    least = mean(row["clear_states"].isel(gap=0))
    text = (
        f"L = {int(row['L'])}: {states} of the states at γ = {EFFECTIVE_GAP:g}, {least} at "
        f"{float(row['gap'][0]):g}"
    )
    return above(states, 0.9, text)


@swingle("Section IV D", figure="quasi_adiabatic")
def near_levels_are_not_connected(quasi: xr.Dataset) -> Verdict:
    """Pairs of levels closer than an effective gap γ are hardly connected by K.

    K is sparse and connects few pairs of any kind. That local moves have an effective gap means
    that it connects a smaller share of the near pairs than of all: half of it at most, at every γ
    up to a tenth of J₀.
    """
    row = last(quasi)
    every = float(row["all_connected"])
    verdicts = []
    for gap in row["gap"].values[row["gap"].values <= EFFECTIVE_GAP]:
        ratio = mean(row["connected"].sel(gap=gap)).scaled(1 / every)
        text = f"γ = {gap:g}: {ratio} times the share among all pairs ({every:.2g})"
        verdicts.append(below(ratio, 0.5, text))
    return all_of(*verdicts)


@swingle("Section II", figure="stability", exact=True)
def spectrum_is_that_of_the_fixed_point(stability: xr.Dataset) -> Verdict:
    """U changes no level: the spectrum of H is that of H₀."""
    worst = float(stability["spectrum_error"].max())
    return exact(worst, ROUNDING, f"levels differ by {worst:.1e} J₀ at most")


@swingle("Section IV", figure="stability")
def localised_under_weak_perturbation(stability: xr.Dataset) -> Verdict:
    """Under a weak perturbation the levels stay independent.

    At the weakest, ⟨r⟩ is within 0.04 of Poisson's: a fifth of the way to the unitary ensemble.
    """
    row = last(stability)
    weak = row.isel(g=int(np.flatnonzero(row["g"].values > 0)[0]))
    ratio = mean(weak["gap_ratio"])
    text = f"L = {int(row['L'])}, g = {float(weak['g']):g}: gap ratio {ratio}"
    return within(ratio, POISSON_GAP_RATIO - 0.04, POISSON_GAP_RATIO + 0.04, text)


@swingle("Section IV", figure="stability")
def localised_as_the_chain_grows(stability: xr.Dataset) -> Verdict:
    """Under a perturbation of 0.03 J₀ levels and eigenstates stay localised as the chain grows.

    A site more neither raises ⟨r⟩ by 0.01, a twentieth of the way from Poisson's value to that of
    the unitary ensemble, nor the entropy of half the chain by a tenth of what random states gain.
    """
    return _stays_localised(stability, 0.03)


@swingle("Section IV", figure="stability")
def localised_at_a_tenth_of_the_energy(stability: xr.Dataset) -> Verdict:
    """Under a perturbation of 0.1 J₀ levels and eigenstates stay localised as the chain grows.

    The paper asks that g be small enough and names no value. Margins as at 0.03 J₀.
    """
    return _stays_localised(stability, 0.1)


def _stays_localised(stability: xr.Dataset, g: float) -> Verdict:
    """Whether neither gap ratio nor entropy grows with the chain."""
    chains = sizes(stability)
    if len(chains) < 2:
        raise LackingError("a single size")
    rows = [select(of_size(stability, L).isel(key=0), g=g) for L in chains]
    random = float(np.polyfit(chains, [float(row["random_entropy"]) for row in rows], 1)[0])
    ratio, entropy = _slopes(
        chains, [row[["gap_ratio", "entropy"]].to_dataarray("name") for row in rows]
    )
    text = (
        f"L = {chains[0]} … {chains[-1]}: ⟨r⟩ by {ratio} a site, S by {entropy} (random states "
        f"{random:.2g})"
    )
    return altogether(text, below(ratio, 0.01, ""), below(entropy, random / 10, ""))


def _slopes(chains: Sequence[int], rows: Sequence[xr.DataArray]) -> list[Estimate]:
    """Slopes of means against L, of each that rows hold; sizes share the seeds that they have."""

    def slopes(*values: Floats) -> Floats:
        means = [np.nanmean(one, axis=0) for one in values]
        return np.asarray(np.polyfit(chains, means, 1)[0])

    value, error, _ = resampled(slopes, *rows)
    count = max(row.sizes["seed"] for row in rows)
    return [Estimate(*pair, count) for pair in zip(value, error, strict=True)]


@swingle("Section IV", figure="stability")
def delocalised_under_strong_perturbation(stability: xr.Dataset) -> Verdict:
    """Under a strong perturbation the levels repel and the entanglement follows the volume.

    At the strongest, ⟨r⟩ is within 0.04 of the unitary ensemble's, a fifth of the way to Poisson's,
    and the entropy of half the chain above three quarters of that of random states.
    """
    row = last(stability).isel(g=-1)
    ratio, entropy = mean(row["gap_ratio"]), mean(row["entropy"])
    random = float(row["random_entropy"])
    text = f"g = {float(row['g']):g}: gap ratio {ratio} (GUE {GUE_GAP_RATIO})"
    return all_of(
        within(ratio, GUE_GAP_RATIO - 0.04, GUE_GAP_RATIO + 0.04, text),
        above(entropy, 0.75 * random, f"S = {entropy} of {random:.2f} for random states"),
    )
