"""Claims of huse2014, under the last of the labellings that are compared (the best of them)."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.ensembles.couplings import decay_lengths
from mbl.ensembles.dynamics import predicted_slopes
from mbl.ensembles.ranges import mean_ranges
from mbl.ensembles.rows import averaged
from mbl.ledger.verdicts import (
    Verdict,
    above,
    all_of,
    below,
    difference,
    measured,
    only,
    value_at,
)
from mbl.registry import claim

huse = partial(claim, "huse2014")

ROUNDING = 1e-10  # in units of 1 or J: far above rounding, far below any physics


def _strong(data: xr.Dataset) -> xr.Dataset:
    """The strongest disorder at the one size, under the last labelling."""
    at = only(data, "L").isel(Delta=-1)
    return at.isel(labelling=-1) if "labelling" in at.dims else at


def _largest_ring(ranges: xr.Dataset) -> xr.Dataset:
    """Mean ranges in the largest ring, at the disorder strengths that it has."""
    means = mean_ranges(ranges).isel(labelling=-1, operator=0)
    largest = means.sel(L=means["L"].max())
    return largest.isel(Delta=largest["realisations"].values > 0)


def _ends(data: xr.Dataset, name: str) -> tuple[tuple[float, float], tuple[float, float], str]:
    """A quantity with its error at the weakest and at the strongest disorder, and as text."""
    weak, strong = (data.isel(Delta=end) for end in (0, -1))
    first, last = value_at(weak, name), value_at(strong, name)
    text = f"{measured(*first)} at Δ = {weak['Delta']:g}, {measured(*last)} at {strong['Delta']:g}"
    return first, last, text


@huse("Eqs. 1–3", figure="algebra")
def pauli_algebra(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """The l-bit operators obey the Pauli algebra, on one site and on different ones."""
    worst = max(float(algebra[name].max()) for name in ("same_site", "different_sites"))
    return below(worst, 0.0, ROUNDING, f"violated by {worst:.1e} at most")


@huse("Definition of the l-bits", figure="algebra")
def lbits_are_conserved(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """Every τᶻ commutes with H, as no bare σᶻ does."""
    worst, bare = float(algebra["conservation"].max()), float(algebra["bare"].median("seed").min())
    text = f"‖[H, τᶻ]‖ up to {worst:.1e} J, ‖[H, σᶻ]‖ {bare:.2g} J"
    return all_of(below(worst, 0.0, ROUNDING, text), above(bare, 0.0, 0.1, "of the bare spins"))


@huse("Eq. 4", figure="algebra")
def hamiltonian_is_the_lbits(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """H is exactly a sum of products of τᶻ with all orders kept."""
    worst = float(couplings["expansion"].max())
    return below(worst, 0.0, ROUNDING, f"‖H − eq. 4‖ / ‖H‖ up to {worst:.1e}")


@huse("Mean range of the l-bits", figure="mean_range")
def range_weights_sum_to_one(ranges: xr.Dataset) -> Verdict:
    """The weights of an l-bit's operator strings by range sum to one."""
    worst = float(ranges["weight_sum"].max())
    return below(worst, 0.0, ROUNDING, f"off by {worst:.1e} at most")


@huse("Mean range of the l-bits", figure="mean_range")
def mean_range_is_short(ranges: xr.Dataset) -> Verdict:
    """At strong disorder the mean range of τᶻ is short against that of a random operator."""
    at = _largest_ring(ranges).isel(Delta=-1)
    mean = value_at(at, "mean_range")
    random = float(at["random_range"])
    text = f"Δ = {float(at['Delta']):g}: ℓ̄ = {measured(*mean)}, random {random:.2f}"
    return below(*mean, random / 4, text)


@huse("Mean range of the l-bits", figure="mean_range")
def mean_range_falls_with_disorder(ranges: xr.Dataset) -> Verdict:
    """The mean range falls as disorder grows."""
    weak, strong, text = _ends(_largest_ring(ranges), "mean_range")
    return above(*difference(strong, weak), 0, text)


@huse("Eq. 4", figure="couplings")
def couplings_decay_with_distance(couplings: xr.Dataset) -> Verdict:
    """Typical couplings of two l-bits decay exponentially with their distance."""
    at = _strong(averaged(couplings, ["log_pair"]))
    length = value_at(_strong(decay_lengths(couplings)), "length", decay="pair")
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
    lengths = only(decay_lengths(couplings), "L").isel(labelling=-1).sel(decay="interaction")
    weak, strong, text = _ends(lengths, "length")
    return above(*difference(strong, weak), 0, f"ξ = {text}")


@huse("Eq. 4", figure="couplings")
def couplings_fall_with_order(couplings: xr.Dataset) -> Verdict:
    """Typical couplings fall with the number of l-bits that they join."""
    at = _strong(averaged(couplings, ["log_coupling"]))
    two, four = (value_at(at, "log_coupling", order=order) for order in (2, 4))
    text = f"mean ln|K| {measured(*two)} at order 2, {measured(*four)} at 4"
    return above(*difference(four, two), 0, text)


@huse("Spreading of entanglement", figure="entanglement_growth")
def entanglement_grows_as_a_logarithm(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """From product states along x the entanglement grows with the logarithm of time."""
    at = _strong(averaged(pbits, ["slope"]))
    slope = value_at(at, "slope", axis="x")
    return above(*slope, 0, f"Δ = {float(at['Delta']):g}: dS/d ln t = {measured(*slope)}")


@huse("Spreading of entanglement", figure="entanglement_growth")
def slope_is_density_times_length(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """The slope of S against ln t is s∞ ξ, twice for the two ends of a block on a ring."""
    slope = value_at(_strong(averaged(pbits, ["slope"])), "slope", axis="x")
    at = _strong(predicted_slopes(pbits, couplings))
    predicted = value_at(at, "predicted", axis="x", decay="interaction")
    ratio = slope[0] / predicted[0]
    error = abs(ratio) * float(np.hypot(slope[1] / slope[0], predicted[1] / predicted[0]))
    text = f"{measured(*slope)} against {measured(*predicted)}: ratio {measured(ratio, error)}"
    return below(abs(ratio - 1), error, 0.25, text)


@huse("Spreading of entanglement", figure="entanglement_growth")
def states_along_x_entangle_more(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """Product states along x reach a much larger entanglement than those along z."""
    at = _strong(averaged(pbits, ["late_entropy"]))
    along_z, along_x = (value_at(at, "late_entropy", axis=axis) for axis in ("z", "x"))
    ratio = along_x[0] / along_z[0]
    error = ratio * float(np.hypot(along_x[1] / along_x[0], along_z[1] / along_z[0]))
    text = f"late S {measured(*along_x)} along x, {measured(*along_z)} along z"
    return above(ratio, error, 3.0, text)


@huse("Spin echo", figure="spin_echo")
def lbit_echo_is_perfect(pbits: xr.Dataset, lbits: xr.Dataset) -> Verdict:
    """The echo of an l-bit is perfect at all times."""
    worst = float(lbits["lbit_echo_loss"].max())
    return below(worst, 0.0, ROUNDING, f"|1 − echo| up to {worst:.1e}")


@huse("Spin echo", figure="spin_echo")
def ramsey_dephases(pbits: xr.Dataset, lbits: xr.Dataset) -> Verdict:
    """Without the echo l-bits and p-bits dephase."""
    bare = value_at(_strong(averaged(pbits, ["late_ramsey"])), "late_ramsey")
    dressed = value_at(_strong(averaged(lbits, ["late_lbit_ramsey"])), "late_lbit_ramsey")
    return all_of(
        below(*bare, 0.2, f"late Ramsey signal {measured(*bare)} of p-bits"),
        below(*dressed, 0.2, f"{measured(*dressed)} of l-bits"),
    )


@huse("Spin echo", figure="spin_echo")
def pbit_echo_survives(pbits: xr.Dataset, lbits: xr.Dataset) -> Verdict:
    """At strong disorder the echo of a bare spin, mostly its l-bit, survives at late times."""
    at = _strong(averaged(pbits, ["late_echo"]))
    late = value_at(at, "late_echo")
    return above(*late, 0.5, f"Δ = {float(at['Delta']):g}: late echo {measured(*late)}")
