"""Claims of huse2014 on what l-bits are, under the last of the labellings compared (the best)."""

from functools import partial
from itertools import pairwise

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import mean, paired, rise
from mbl.ensembles.lines import fit_polynomial
from mbl.ensembles.ranges import long_lbits
from mbl.ensembles.rows import LackingError, rows_along
from mbl.ledger.verdicts import (
    Verdict,
    Word,
    above,
    all_of,
    altogether,
    below,
    exact,
    monotone,
    only,
    within,
)
from mbl.registry import claim

huse = partial(claim, "huse2014")

ROUNDING = 1e-10  # in units of 1 or J: far above rounding, far below any physics


def strongest(table: xr.Dataset) -> xr.Dataset:
    """The strongest disorder at the one size, under the last labelling."""
    at = only(table, "L").isel(Delta=-1)
    return at.isel(labelling=-1) if "labelling" in at.dims else at


def rises(rows: xr.DataArray, along: str, numbers: str) -> Verdict:
    """Whether the mean rises along a coordinate, over all its values."""
    whole, steps = rise(rows_along(rows, along))
    return monotone(whole, steps, f"{numbers} ({whole.over})")


def falls(rows: xr.DataArray, along: str, numbers: str) -> Verdict:
    """Whether the mean falls along a coordinate, over all its values."""
    return rises(-rows, along, numbers)


def exponential(rows: xr.DataArray, along: str, numbers: str) -> Verdict:
    """Whether what rows are the logarithms of falls exponentially along a coordinate.

    A straight line through the means must fall, be compatible with them, and have no bend: its
    local slope may change by no more than half of it from end to end, so that a decay length read
    from any part is that of the whole to a quarter.
    """
    x = rows[along].values.astype(float)
    if len(x) < 3:
        raise LackingError(f"no third value of {along}; a line goes through two")
    line, curve = (fit_polynomial(x, rows, degree) for degree in (1, 2))
    if np.isnan(line.p_value):
        raise LackingError("no more realisations than the line has points")
    slope = line.coefficients[1]
    text = f"{numbers}; a straight line has {line.goodness}"
    if line.rejected:
        return Verdict(Word.NOT_SUPPORTED, text)
    bend = curve.coefficients[2].scaled(2 * (x[-1] - x[0]) / abs(slope.value))
    text = f"{text}, the slope changes by {bend} of itself"
    return all_of(Verdict(below(slope, 0.0, "").word, text), within(bend, -0.5, 0.5, slope.over))


def listed(values: xr.DataArray) -> str:
    """Means over realisations along the one dimension that is left."""
    return ", ".join(f"{value:.2g}" for value in values.mean("seed").values)


def _strength(table: xr.DataArray | xr.Dataset) -> str:
    return f"Δ = {float(table['Delta']):g}"


@huse("Eqs. 1–3", figure="algebra", exact=True)
def pauli_algebra(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """The l-bit operators obey the Pauli algebra, on one site and on different ones."""
    worst = max(float(algebra[name].max()) for name in ("same_site", "different_sites"))
    return exact(worst, ROUNDING, f"violated by {worst:.1e} at most")


@huse("Definition of the l-bits", figure="algebra", exact=True)
def lbits_are_conserved(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """Every τᶻ commutes with H, as no bare σᶻ does."""
    worst, bare = float(algebra["conservation"].max()), float(algebra["bare"].median("seed").min())
    return exact(worst, ROUNDING, f"‖[H, τᶻ]‖ up to {worst:.1e} J, ‖[H, σᶻ]‖ {bare:.2g} J")


@huse("Eq. 4", figure="algebra", exact=True)
def hamiltonian_is_the_lbits(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Verdict:
    """H is exactly a sum of products of τᶻ with all orders kept."""
    worst = float(couplings["expansion"].max())
    return exact(worst, ROUNDING, f"‖H − eq. 4‖ / ‖H‖ up to {worst:.1e}")


@huse("Mean range of the l-bits", figure="mean_range", exact=True)
def range_weights_sum_to_one(ranges: xr.Dataset) -> Verdict:
    """The weights of an l-bit's operator strings by range sum to one."""
    worst = float(ranges["weight_sum"].max())
    return exact(worst, ROUNDING, f"off by {worst:.1e} at most")


def _lbit_ranges(ranges: xr.Dataset) -> xr.DataArray:
    """Mean ranges of all τᶻ, by L, Δ, seed and site."""
    return ranges["lbit_range"].isel(labelling=-1).sel(operator="z", drop=True)


def _largest(rows: xr.DataArray) -> xr.DataArray:
    """Rows of the largest ring, at the disorder strengths that it has."""
    return rows.sel(L=int(rows["L"].max())).dropna("Delta", how="all")


def _by_size(rows: xr.DataArray, strength: int) -> xr.DataArray:
    """Rows of all sizes at the weakest or the strongest disorder of the largest ring."""
    Delta = float(_largest(rows)["Delta"][strength])
    return rows.sel(Delta=Delta).dropna("L", how="all")


@huse("Mean range of the l-bits", figure="mean_range")
def mean_range_is_short(ranges: xr.Dataset) -> Verdict:
    """At strong disorder the mean range of τᶻ is short against that of a random operator.

    Short is a quarter of it. Most l-bits being shorter than the mean, their median and the share
    of those below one site stand beside it.
    """
    of_lbit = _largest(_lbit_ranges(ranges)).isel(Delta=-1)
    of_key = ranges["random_range"].isel(labelling=-1).sel(L=of_lbit["L"], Delta=of_lbit["Delta"])
    random, over_lbits = float(of_key), mean(of_lbit.mean("site"))
    below_one = 1 - float(long_lbits(of_lbit, 1.0).mean())
    text = (
        f"{_strength(of_lbit)}: ℓ̄ = {over_lbits}, median {float(of_lbit.median()):.2g}, "
        f"{100 * below_one:.0f} % below one site, random {random:.2f} ({over_lbits.over})"
    )
    return below(over_lbits, random / 4, text)


@huse("Mean range of the l-bits", figure="mean_range")
def mean_range_falls_with_disorder(ranges: xr.Dataset) -> Verdict:
    """The mean range falls as disorder grows."""
    rows = _largest(_lbit_ranges(ranges).mean("site"))
    strengths = ", ".join(f"{Delta:g}" for Delta in rows["Delta"].values)
    return falls(rows, "Delta", f"ℓ̄ = {listed(rows)} at Δ = {strengths}")


@huse("Mean range of the l-bits", figure="mean_range")
def thermal_range_grows_with_size(ranges: xr.Dataset) -> Verdict:
    """At weak disorder the mean range of the best l-bits is of the order of the size and grows.

    Of the order of the size is more than L/4, half of the largest range that the ring has room for
    and the mean distance of any two of its sites.
    """
    rows = _by_size(_lbit_ranges(ranges).mean("site"), 0)
    sizes = [int(L) for L in rows["L"].values]
    text = f"{_strength(rows)}: ℓ̄ = {listed(rows)} at L = {', '.join(map(str, sizes))}"
    return all_of(
        rises(rows, "L", text),
        *(above(mean(rows.sel(L=L)), L / 4, f"L/4 = {L / 4:g}") for L in sizes),
    )


@huse("Mean range of the l-bits", figure="mean_range")
def localised_range_is_finite(ranges: xr.Dataset) -> Verdict:
    """At strong disorder the mean range does not grow with the size.

    It would be growth if a site more added a tenth of what it adds to the range of a random
    operator, about half a site: extrapolated from there, a ring of any size that is computed would
    still have short l-bits.
    """
    rows = _by_size(_lbit_ranges(ranges).mean("site"), -1)
    of_key = ranges["random_range"].isel(labelling=-1).sel(L=rows["L"], Delta=rows["Delta"])
    sizes, random = rows["L"].values, of_key.values
    _, steps = rise(rows_along(rows, "L"))
    per_site = [
        step.scaled(1 / float(apart)) for step, apart in zip(steps, np.diff(sizes), strict=True)
    ]
    margin = 0.1 * float((random[-1] - random[0]) / (sizes[-1] - sizes[0]))
    text = (
        f"{_strength(rows)}: ℓ̄ = {listed(rows)} at L = {', '.join(f'{L}' for L in sizes)}, "
        f"by {', '.join(map(str, per_site))} a site ({per_site[0].over}), margin {margin:.2g}"
    )
    return altogether(text, *(below(one, margin, "") for one in per_site))


@huse("Mean range of the l-bits", figure="mean_range")
def weight_of_long_strings_falls_exponentially(ranges: xr.Dataset) -> Verdict:
    """The typical weight of an l-bit's long strings falls off exponentially with the range.

    Typical is the geometric mean over l-bits. Strings on one site, range 0, are not long; of the
    largest range, half the ring, which holds most of all strings, no fall can be asked.
    """
    log = ranges["log_weight"].isel(labelling=-1).sel(operator="z", drop=True)
    rows = _largest(log).isel(Delta=-1).dropna("range", how="all").sel(range=slice(1, None))
    typical = ", ".join(f"{weight:.1e}" for weight in np.exp(rows.mean("seed").values))
    reach = f"{int(rows['range'][0])} … {int(rows['range'][-1])}"
    inside = rows.isel(range=slice(None, -1))
    return exponential(inside, "range", f"{_strength(rows)}: {typical} at range {reach}")


@huse("Mean range of the l-bits", figure="mean_range")
def long_lbits_are_rare(ranges: xr.Dataset) -> Verdict:
    """L-bits of long mean range are rare: their share falls at least exponentially with the range.

    At least exponentially is by a factor of e for each site, half a site after the other from ½ to
    3/2; beyond, hardly any is left of which to tell.
    """
    of_lbit = _largest(_lbit_ranges(ranges)).isel(Delta=-1)
    thresholds = (0.5, 1.0, 1.5)
    shares = [long_lbits(of_lbit, threshold) for threshold in thresholds]
    kept = [paired(before * np.exp(-0.5), after) for before, after in pairwise(shares)]
    text = (
        f"{_strength(of_lbit)}: shares {', '.join(str(mean(share)) for share in shares)} above "
        f"ℓ̄ = {', '.join(f'{one:g}' for one in thresholds)} ({kept[0].over})"
    )
    return altogether(text, *(below(one, 0.0, "") for one in kept))


@huse("Eigenstates", figure="area_law")
def eigenstates_obey_an_area_law(entropies: xr.Dataset) -> Verdict:
    """At strong disorder the entanglement of eigenstates does not grow with the block.

    It would grow if a site more of a block of two and more, or of half the ring as the ring grows,
    added a tenth of ln 2, which it adds in random states.
    """
    entropy = entropies["eigenstate_entropy"]
    margin = 0.1 * np.log(2)
    blocks = _largest(entropy).isel(Delta=-1).dropna("length", how="all").sel(length=slice(2, None))
    sizes = _by_size(entropy, -1)
    half = xr.concat(
        [sizes.sel(L=L, length=L // 2, drop=True) for L in sizes["L"].values.tolist()], "half"
    )
    blocks = blocks.reset_coords(drop=True)
    if min(blocks.sizes["length"], half.sizes["half"]) < 2:
        raise LackingError("no second block or size")
    by_block = fit_polynomial(blocks["length"].values, blocks).coefficients[1]
    by_size = fit_polynomial(sizes["L"].values // 2, half).coefficients[1]
    extensive = _by_size(entropies["extensive"], -1).isel(L=-1)
    text = (
        f"{_strength(sizes)}: S = {listed(blocks)} nats from two sites on, by {by_block} a site; "
        f"by {by_size} a site of the half ring ({by_size.over}); "
        f"{100 * float(extensive.mean()):.2g} % of the eigenstates have half of Page's entropy"
    )
    return altogether(text, below(by_block, margin, ""), below(by_size, margin, ""))


def _typical(couplings: xr.Dataset, name: str, along: str) -> xr.DataArray:
    """Rows of logarithms at the strongest disorder, where every realisation has them."""
    rows: xr.DataArray = strongest(couplings)[name].dropna("seed", how="all")
    return rows.dropna(along, how="any")


def _lengths(rows: xr.DataArray) -> str:
    """Local decay lengths from each value of the only coordinate to the next."""
    fall = -np.diff(rows.mean("seed").values)
    return ", ".join(f"{1 / one:.2f}" if one > 0 else "none" for one in fall)


def _decays(couplings: xr.Dataset) -> list[tuple[xr.DataArray, str]]:
    """Rows of J_ij and of typical interactions by distance, and their local lengths as text."""
    found = []
    for name, meaning in (("log_pair", "J_ij"), ("log_interaction", "all orders")):
        rows = _typical(couplings, name, "distance")
        found.append((rows, f"{_strength(rows)}, {meaning}: local ξ = {_lengths(rows)} sites"))
    return found


@huse("Eq. 4", figure="couplings")
def couplings_fall_with_distance(couplings: xr.Dataset) -> Verdict:
    """Typical couplings of two l-bits fall with their distance."""
    return all_of(*(falls(rows, "distance", text) for rows, text in _decays(couplings)))


@huse("Eq. 4", figure="couplings")
def couplings_fall_exponentially_with_distance(couplings: xr.Dataset) -> Verdict:
    """Typical couplings of two l-bits fall exponentially with their distance, with one length.

    Up to the last distance but one: half-way round the ring both ways are as long.
    """
    decays = [(rows.isel(distance=slice(None, -1)), text) for rows, text in _decays(couplings)]
    return all_of(*(exponential(rows, "distance", text) for rows, text in decays))


@huse("Eq. 4", figure="couplings")
def stronger_disorder_shortens_the_decay(couplings: xr.Dataset) -> Verdict:
    """Interactions fall by more across the ring at stronger disorder."""
    rows = only(couplings, "L").isel(labelling=-1)["log_interaction"].dropna("distance", how="all")
    fall = rows.isel(distance=0, drop=True) - rows.isel(distance=-1, drop=True)
    strengths = ", ".join(f"{Delta:g}" for Delta in fall["Delta"].values)
    return rises(fall, "Delta", f"ln J falls by {listed(fall)} at Δ = {strengths}")


@huse("Eq. 4", figure="couplings")
def couplings_fall_with_order(couplings: xr.Dataset) -> Verdict:
    """Typical couplings fall with the number of l-bits that they join."""
    rows, text = _by_order(couplings)
    return falls(rows, "order", text)


@huse("Eq. 4", figure="couplings")
def couplings_fall_exponentially_with_order(couplings: xr.Dataset) -> Verdict:
    """Typical couplings fall exponentially with the number of l-bits that they join."""
    rows, text = _by_order(couplings)
    return exponential(rows, "order", text)


def _by_order(couplings: xr.Dataset) -> tuple[xr.DataArray, str]:
    """Rows of typical couplings of two l-bits and more, and their means as text."""
    rows = _typical(couplings, "log_coupling", "order").sel(order=slice(2, None))
    return rows, f"{_strength(rows)}: mean ln|ω| = {listed(rows)} at order 2, 3, …"
