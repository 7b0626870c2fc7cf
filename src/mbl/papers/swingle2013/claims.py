"""Claims of swingle2013."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.ensembles.fixed_point import (
    area_law_means,
    light_cone_means,
    quasi_adiabatic_means,
    spectrum_means,
    stability_means,
)
from mbl.ensembles.fixed_point_growth import growth_means
from mbl.ensembles.rows import LackingError, select
from mbl.ledger.verdicts import (
    Verdict,
    above,
    all_of,
    below,
    difference,
    measured,
    value_at,
    within,
)
from mbl.registry import claim
from mbl.spectral import GUE_GAP_RATIO, POISSON_GAP_RATIO

swingle = partial(claim, "swingle2013")

ROUNDING = 1e-10


def _largest_chain(data: xr.Dataset) -> xr.Dataset:
    """Keys of the largest chain, by ξ where there are several."""
    largest = data.isel(key=data["L"].values == data["L"].max().item())
    return largest.sortby("xi") if "xi" in largest.coords else largest


def _last(data: xr.Dataset) -> xr.Dataset:
    """Of the largest chain the key with the longest ξ."""
    return _largest_chain(data).isel(key=-1)


@swingle("Eq. 2.7", figure="density_of_states")
def mean_energy_is_exact(spectrum: xr.Dataset) -> Verdict:
    """The mean energy is that of the independent spins and their mean couplings."""
    row = _last(spectrum_means(spectrum))
    mean = value_at(row, "mean_energy")
    expected = float(row["expected_mean"])
    text = f"L = {int(row['L'])}: {measured(*mean)} J₀ against {expected:.4g}"
    return below(abs(mean[0] - expected), 0.0, 3 * mean[1], text)


@swingle("Eq. 2.8", figure="density_of_states")
def density_of_states_is_gaussian(spectrum: xr.Dataset) -> Verdict:
    """The density of states is a Gaussian in the middle of the spectrum."""
    row = _last(spectrum_means(spectrum))
    top = row["gaussian"].values > 0.5 * np.nanmax(row["gaussian"].values)
    density, gaussian = row["density"].values[top], row["gaussian"].values[top]
    apart = np.abs(density - gaussian) / gaussian
    error = (row["density_error"].values[top] / gaussian).max()
    text = f"L = {int(row['L'])}: off by {apart.max():.2g} at most, errors {error:.2g}"
    return below(float(apart.max()), 0.0, max(0.15, 3 * float(error)), text)


@swingle("Section II", figure="density_of_states")
def levels_are_exponentially_dense(spectrum: xr.Dataset) -> Verdict:
    """The level spacing falls as 2^(−N)."""
    data = spectrum_means(spectrum)
    sizes = np.unique(data["L"].values)
    spacing = np.array(
        [float(_last(data.isel(key=data["L"].values == L))["spacing"]) for L in sizes]
    )
    per_site = float(np.polyfit(sizes, np.log2(spacing), 1)[0])
    text = f"2^({per_site:.2f} L) over L = {sizes[0]} … {sizes[-1]}"
    return within(per_site, 0.0, -1.1, -0.8, text)


@swingle("Eq. 2.4", figure="light_cone")
def light_cone_is_bounded(cone: xr.Dataset) -> Verdict:
    """Commutators under U obey the Lieb–Robinson bound."""
    worst = float(light_cone_means(cone)["tightness"].max())
    return below(worst, 0.0, 1.0 + 1e-9, f"at most {worst:.3g} of the bound")


@swingle("Eq. 2.4", figure="light_cone")
def commutators_decay_outside_the_cone(cone: xr.Dataset) -> Verdict:
    """Outside the light cone the commutator decays at least exponentially with distance."""
    row = _last(light_cone_means(cone)).isel(fictitious_time=-1)
    length = value_at(row, "decay_length")
    return below(*length, 2.0, f"decay length {measured(*length)} sites")


@swingle("Eq. 3.7", figure="area_law")
def entropy_is_bounded(area: xr.Dataset) -> Verdict:
    """The entropy of a block in eigenstates obeys the bound from the strength of K at its ends."""
    worst = float(area_law_means(area)["tightness"].max())
    return below(worst, 0.0, 1.0 + 1e-9, f"at most {worst:.3g} of the bound")


@swingle("Section III A", figure="area_law")
def entropy_obeys_an_area_law(area: xr.Dataset) -> Verdict:
    """The entropy of a block does not grow with its length."""
    row = _last(area_law_means(area))
    verdicts = []
    for ends in row["ends"].values:
        slope = value_at(row, "slope", ends=ends)
        size = float(np.nanmean(row["entropy"].sel(ends=ends)))
        text = f"{int(ends)} end(s): {measured(*slope)} per site, S = {size:.2g}"
        verdicts.append(below(abs(slope[0]), slope[1], 0.1 * size, text))
    return all_of(*verdicts)


@swingle("Eq. 3.12", figure="two_spins")
def two_spins_entangle_fully(spins: xr.Dataset, growth: xr.Dataset) -> Verdict:
    """Two spins in plane are maximally entangled at J₁₂t = π."""
    at = spins.sel(phase=np.pi, method="nearest")
    purity = float(at["purity"])
    off = float(abs(spins["purity"] - spins["purity_exact"]).max())
    near = abs(float(at["phase"]) - np.pi) ** 2  # what the grid of phases allows
    text = f"purity {purity:.6f} at J₁₂t = {float(at['phase']):.3f}; eq. 3.12 off by {off:.1e}"
    return all_of(
        below(abs(purity - 0.5), 0.0, near + 1e-9, text), below(off, 0.0, ROUNDING, "everywhere")
    )


def _in_plane(growth: xr.Dataset) -> xr.Dataset:
    """Mean growth from the state in which every spin is down with probability 1/2."""
    return select(growth_means(growth), down=0.5)


def _longest_with(data: xr.Dataset, name: str) -> xr.Dataset:
    """Lines against ξ of the largest chain that has one."""
    known = data.dropna("size", subset=[name])
    if not known.sizes["size"]:
        raise LackingError("no rates at enough localization lengths of one L")
    return known.isel(size=-1)


@swingle("Eqs. 3.13, 3.21", figure="entanglement_growth")
def entanglement_grows_as_a_logarithm(growth: xr.Dataset) -> Verdict:
    """Under H₀ the entanglement grows with the logarithm of time."""
    chains = _largest_chain(_in_plane(growth))
    rates = [value_at(chains.isel(key=key), "rate") for key in range(chains.sizes["key"])]
    slowest = min(rates)
    return above(*slowest, 0, f"dS/d ln t = {measured(*slowest)} at the shortest ξ")


@swingle("Eqs. 3.13, 3.21", figure="entanglement_growth")
def slope_is_linear_in_length(growth: xr.Dataset) -> Verdict:
    """The slope of S against ln t is proportional to the localization length ξ."""
    at = _longest_with(_in_plane(growth), "intercept")
    intercept, slope = value_at(at, "intercept"), value_at(at, "linear_prefactor")
    text = f"L = {int(at['size'])}: {measured(*slope)} s ξ and {measured(*intercept)} s at ξ = 0"
    return all_of(
        above(*slope, 0.5, text), below(abs(intercept[0]), 0.0, 0.1 + 2 * intercept[1], "intercept")
    )


@swingle("Eqs. 3.13, 3.21", figure="entanglement_growth")
def slope_is_entropy_times_length(growth: xr.Dataset) -> Verdict:
    """The slope is s ξ, with s the entropy per spin once Z is measured."""
    at = _longest_with(_in_plane(growth), "prefactor")
    prefactor = value_at(at, "prefactor")
    return within(*prefactor, 0.75, 1.25, f"L = {int(at['size'])}: {measured(*prefactor)} s ξ")


@swingle("Eq. 3.15", figure="entanglement_growth")
def diagonal_entropy_caps_growth(growth: xr.Dataset) -> Verdict:
    """The entropy never exceeds that of the state once Z is measured."""
    data = growth_means(growth)
    share = float((data["entropy"] / data["diagonal_entropy"]).max())
    return below(share, 0.0, 1.0 + 1e-9, f"at most {share:.3g} of it")


@swingle("Section III B", figure="two_spins")
def many_spins_do_not_revive(spins: xr.Dataset, growth: xr.Dataset) -> Verdict:
    """Coupled to many spins, a spin stays dephased where one partner alone would let it revive."""
    revival = value_at(_last(_in_plane(growth)), "revival")
    text = f"late purity up to {measured(*revival)} where two spins return to 1"
    return below(*revival, 0.9, text)


@swingle("Eqs. 4.29–4.31", figure="quasi_adiabatic")
def generator_is_local_but_for_near_levels(quasi: xr.Dataset) -> Verdict:
    """The quasi-adiabatic generator comes back to the local K as γ falls."""
    row = _last(quasi_adiabatic_means(quasi))
    small, large = (value_at(row.isel(gap=end), "generator_error") for end in (0, -1))
    gaps = [float(row["gap"][end]) for end in (0, -1)]
    text = (
        f"‖U†JU − K‖/‖K‖ = {measured(*small)} at γ = {gaps[0]:g}, {measured(*large)} at {gaps[1]:g}"
    )
    return above(*difference(small, large), 0, text)


@swingle("Section IV C", figure="quasi_adiabatic")
def near_levels_are_not_connected(quasi: xr.Dataset) -> Verdict:
    """Almost all pairs of levels closer than γ are not connected by K."""
    row = _last(quasi_adiabatic_means(quasi))
    worst = int(np.nanargmax(row["connected"].values))
    share = value_at(row.isel(gap=worst), "connected")
    return below(*share, 0.05, f"L = {int(row['L'])}: at most {measured(*share)} are")


@swingle("Section II", figure="stability")
def spectrum_is_that_of_the_fixed_point(stability: xr.Dataset) -> Verdict:
    """U changes no level: the spectrum of H is that of H₀."""
    worst = float(stability_means(stability)["spectrum_error"].max())
    return below(worst, 0.0, ROUNDING, f"levels differ by {worst:.1e} J₀ at most")


@swingle("Section IV", figure="stability")
def localised_under_weak_perturbation(stability: xr.Dataset) -> Verdict:
    """Under a weak perturbation the levels stay independent."""
    row = _last(stability_means(stability))
    weak = row.isel(g=int(np.nonzero(row["g"].values > 0)[0][0]))
    ratio = value_at(weak, "gap_ratio")
    text = f"L = {int(row['L'])}, g = {float(weak['g']):g}: gap ratio {measured(*ratio)}"
    return within(*ratio, POISSON_GAP_RATIO - 0.04, POISSON_GAP_RATIO + 0.04, text)


@swingle("Section IV", figure="stability")
def delocalised_under_strong_perturbation(stability: xr.Dataset) -> Verdict:
    """Under a strong perturbation the levels repel and the entanglement follows the volume."""
    row = _last(stability_means(stability)).isel(g=-1)
    ratio, entropy = value_at(row, "gap_ratio"), value_at(row, "entropy")
    random = float(row["random_entropy"])
    text = f"g = {float(row['g']):g}: gap ratio {measured(*ratio)} (GUE {GUE_GAP_RATIO})"
    return all_of(
        within(*ratio, GUE_GAP_RATIO - 0.04, GUE_GAP_RATIO + 0.04, text),
        above(
            *entropy, 0.75 * random, f"S = {measured(*entropy)} of {random:.2f} for random states"
        ),
    )
