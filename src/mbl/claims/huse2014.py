"""Claims of huse2014, under the last of the labellings that are compared (the best of them)."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.claims.ledger import (
    Verdict,
    above,
    all_of,
    below,
    claim,
    difference,
    measured,
    only,
    value_at,
)

huse = partial(claim, "huse2014")

ROUNDING = 1e-10  # in units of 1 or J: far above rounding, far below any physics


def _strong(data: xr.Dataset) -> xr.Dataset:
    """The strongest disorder at the one size, under the last labelling."""
    at = only(data, "L").isel(Delta=-1)
    return at.isel(labelling=-1) if "labelling" in at.dims else at


def _largest_ring(data: xr.Dataset) -> xr.Dataset:
    """The largest of several sizes, at the disorder strengths that it has."""
    largest = data.sel(L=[int(data["L"].max())])
    return largest.isel(Delta=largest["realisations"].values[0] > 0)


def _largest(data: xr.Dataset, name: str) -> float:
    return float(data[f"{name}_largest"].max())


@huse("Eqs. 1–3", figure="algebra")
def pauli_algebra(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, echo: xr.Dataset
) -> Verdict:
    """The l-bit operators obey the Pauli algebra, on one site and on different ones."""
    worst = max(_largest(algebra, name) for name in ("same_site", "different_sites"))
    return below(worst, 0.0, ROUNDING, f"violated by {worst:.1e} at most")


@huse("Definition of the l-bits", figure="algebra")
def lbits_are_conserved(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, echo: xr.Dataset
) -> Verdict:
    """Every τᶻ commutes with H, as no bare σᶻ does."""
    worst, bare = _largest(algebra, "conservation"), float(algebra["bare"].min())
    text = f"‖[H, τᶻ]‖ up to {worst:.1e} J, ‖[H, σᶻ]‖ {bare:.2g} J"
    return all_of(below(worst, 0.0, ROUNDING, text), above(bare, 0.0, 0.1, "of the bare spins"))


@huse("Eq. 4", figure="algebra")
def hamiltonian_is_the_lbits(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, echo: xr.Dataset
) -> Verdict:
    """H is exactly a sum of products of τᶻ with all orders kept."""
    worst = _largest(couplings, "expansion")
    return below(worst, 0.0, ROUNDING, f"‖H − eq. 4‖ / ‖H‖ up to {worst:.1e}")


@huse("Mean range of the l-bits", figure="mean_range")
def range_weights_sum_to_one(ranges: xr.Dataset) -> Verdict:
    """The weights of an l-bit's operator strings by range sum to one."""
    worst = _largest(ranges, "weight_sum")
    return below(worst, 0.0, ROUNDING, f"off by {worst:.1e} at most")


@huse("Mean range of the l-bits", figure="mean_range")
def mean_range_is_short(ranges: xr.Dataset) -> Verdict:
    """At strong disorder the mean range of τᶻ is short against that of a random operator."""
    at = _strong(_largest_ring(ranges))
    mean = value_at(at.isel(operator=0), "mean_range")
    random = float(at["random_range"])
    text = f"Δ = {float(at['Delta']):g}: ℓ̄ = {measured(*mean)}, random {random:.2f}"
    return below(*mean, random / 4, text)


@huse("Mean range of the l-bits", figure="mean_range")
def mean_range_falls_with_disorder(ranges: xr.Dataset) -> Verdict:
    """The mean range falls as disorder grows."""
    data = only(_largest_ring(ranges), "L").isel(labelling=-1, operator=0)
    weak, strong = (value_at(data.isel(Delta=end), "mean_range") for end in (0, -1))
    ends = [float(data["Delta"][end]) for end in (0, -1)]
    text = f"{measured(*weak)} at Δ = {ends[0]:g}, {measured(*strong)} at {ends[1]:g}"
    return above(*difference(strong, weak), 0, text)


@huse("Eq. 4", figure="couplings")
def couplings_decay_with_distance(couplings: xr.Dataset) -> Verdict:
    """Typical couplings of two l-bits decay exponentially with their distance."""
    at = _strong(couplings)
    length = value_at(at.isel(decay=0), "length")
    near, far = (value_at(at.isel(distance=end), "log_pair") for end in (0, -1))
    text = f"Δ = {float(at['Delta']):g}: ξ = {measured(*length)} sites"
    return all_of(
        below(*length, 2.0, text),
        above(
            *difference(far, near), 1.0, f"ln|J| falls by {near[0] - far[0]:.1f} across the ring"
        ),
    )


@huse("Eq. 4", figure="couplings")
def stronger_disorder_shortens_the_decay(couplings: xr.Dataset) -> Verdict:
    """The decay length of the interactions is shorter at stronger disorder."""
    data = only(couplings, "L").isel(labelling=-1, decay=-1)
    weak, strong = (value_at(data.isel(Delta=end), "length") for end in (0, -1))
    ends = [float(data["Delta"][end]) for end in (0, -1)]
    text = f"ξ = {measured(*weak)} at Δ = {ends[0]:g}, {measured(*strong)} at {ends[1]:g}"
    return above(*difference(strong, weak), 0, text)


@huse("Eq. 4", figure="couplings")
def couplings_fall_with_order(couplings: xr.Dataset) -> Verdict:
    """Typical couplings fall with the number of l-bits that they join."""
    at = _strong(couplings)
    two, four = (value_at(at, "log_coupling", order=order) for order in (2, 4))
    text = f"mean ln|K| {measured(*two)} at order 2, {measured(*four)} at 4"
    return above(*difference(four, two), 0, text)


@huse("Spreading of entanglement", figure="entanglement_growth")
def entanglement_grows_as_a_logarithm(growth: xr.Dataset) -> Verdict:
    """From product states along x the entanglement grows with the logarithm of time."""
    at = _strong(growth).sel(axis="x")
    slope = value_at(at, "slope")
    return above(*slope, 0, f"Δ = {float(at['Delta']):g}: dS/d ln t = {measured(*slope)}")


@huse("Spreading of entanglement", figure="entanglement_growth")
def slope_is_density_times_length(growth: xr.Dataset) -> Verdict:
    """The slope of S against ln t is s∞ ξ, twice for the two ends of a block on a ring."""
    at = _strong(growth).sel(axis="x").isel(decay=-1)
    slope, predicted = value_at(at, "slope"), value_at(at, "predicted")
    ratio = slope[0] / predicted[0]
    error = ratio * float(np.hypot(slope[1] / slope[0], predicted[1] / predicted[0]))
    text = f"{measured(*slope)} against {measured(*predicted)}: ratio {measured(ratio, error)}"
    return below(abs(ratio - 1), error, 0.25, text)


@huse("Spreading of entanglement", figure="entanglement_growth")
def states_along_x_entangle_more(growth: xr.Dataset) -> Verdict:
    """Product states along x reach a much larger entanglement than those along z."""
    at = _strong(growth)
    along_z, along_x = (value_at(at.sel(axis=axis), "late_entropy") for axis in ("z", "x"))
    ratio = along_x[0] / along_z[0]
    error = ratio * float(np.hypot(along_x[1] / along_x[0], along_z[1] / along_z[0]))
    text = f"late S {measured(*along_x)} along x, {measured(*along_z)} along z"
    return above(ratio, error, 3.0, text)


@huse("Spin echo", figure="spin_echo")
def lbit_echo_is_perfect(echo: xr.Dataset) -> Verdict:
    """The echo of an l-bit is perfect at all times."""
    worst = _largest(echo, "lbit_echo")
    return below(worst, 0.0, ROUNDING, f"|1 − echo| up to {worst:.1e}")


@huse("Spin echo", figure="spin_echo")
def ramsey_dephases(echo: xr.Dataset) -> Verdict:
    """Without the echo l-bits and p-bits dephase."""
    at = _strong(echo)
    of_p, of_l = value_at(at, "late_ramsey"), value_at(at, "late_lbit_ramsey")
    return all_of(
        below(*of_p, 0.2, f"late Ramsey signal {measured(*of_p)} of p-bits"),
        below(*of_l, 0.2, f"{measured(*of_l)} of l-bits"),
    )


@huse("Spin echo", figure="spin_echo")
def pbit_echo_survives(echo: xr.Dataset) -> Verdict:
    """At strong disorder the echo of a bare spin, mostly its l-bit, survives at late times."""
    at = _strong(echo)
    late = value_at(at, "late_echo")
    return above(*late, 0.5, f"Δ = {float(at['Delta']):g}: late echo {measured(*late)}")
