"""Claims of swingle2013 on what moves in time: dephasing, entanglement, energy, level crossings."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.ensembles.estimates import Estimate, estimated, mean, resampled, share
from mbl.ensembles.lines import fit_polynomial
from mbl.ensembles.rows import LackingError, select
from mbl.hilbert import Floats
from mbl.ledger.verdicts import Verdict, Word, above, all_of, altogether, below, exact, within
from mbl.papers.swingle2013.shared import ROUNDING, last, of_size, sizes
from mbl.registry import claim

swingle = partial(claim, "swingle2013")

DEPHASED = 100.0  # J₀t from which neighbours, coupled by 0.2 J₀ at most at ξ = 1, have dephased


@swingle("Eq. 3.12", figure="two_spins", exact=True)
def two_spins_entangle_fully(spins: xr.Dataset, growth: xr.Dataset) -> Verdict:
    """Two spins in plane are maximally entangled at J₁₂t = π, and evolve by eq. 3.12."""
    at = spins.sel(phase=np.pi, method="nearest")
    half = float(abs(at["purity_exact"] - 0.5))
    off = float(abs(spins["purity"] - spins["purity_exact"]).max())
    text = f"purity off 1/2 by {half:.1e} at J₁₂t = π, off eq. 3.12 by {off:.1e} anywhere"
    return exact(max(half, off), ROUNDING, text)


@swingle("Section III B", figure="two_spins")
def many_spins_do_not_revive(spins: xr.Dataset, growth: xr.Dataset) -> Verdict:
    """Coupled to many spins, a spin stays dephased where one partner alone would let it revive.

    Its largest late purity stays below 0.55, a tenth of the way from maximally mixed to the 1 that
    one of two spins comes back to.
    """
    row = last(_in_plane(growth))
    revival = mean(row["revival"])
    text = f"L = {int(row['L'])}: {revival}, at most {float(row['revival'].max()):.3g}"
    return below(revival, 0.55, text)


def _in_plane(growth: xr.Dataset) -> xr.Dataset:
    """Growth from the state in which every spin is down with probability 1/2."""
    return select(growth, down=0.5)


def _through_lengths(growth: xr.Dataset) -> xr.Dataset:
    """The largest chain that has rates at two lengths ξ or more, those lengths alone."""
    for L in reversed(sizes(growth)):
        chain = of_size(growth, L)
        known = (
            chain["rate"].notnull().any("down" if "down" in chain["rate"].dims else []).any("seed")
        )
        if int(known.sum()) > 1:
            return chain.isel(key=known.values)
    raise LackingError("no rates at two localization lengths of one L")


@swingle("Eqs. 3.13, 3.21", figure="entanglement_growth")
def entanglement_grows_as_a_logarithm(growth: xr.Dataset) -> Verdict:
    """Under H₀ the entanglement grows with the logarithm of time.

    At every ξ the slope dS/d ln t over the window of the fit is positive, and in the upper half of
    the window within a quarter of that in the lower. Between the same entropies a power of time
    would have 1.8 times the slope in the upper half, a square root of ln t 0.6 times.
    """
    chain, verdicts = _through_lengths(_in_plane(growth)), []
    for key in range(chain.sizes["key"]):
        row = chain.isel(key=key)
        rate = mean(row["rate"])
        halves = row[["early_rate", "late_rate"]].dropna("seed")
        if not halves.sizes["seed"]:
            raise LackingError("too few times within the halves of the window")
        bend = estimated(
            lambda early, late: float(late.mean() / early.mean()),
            halves["early_rate"],
            halves["late_rate"],
            pairs=True,
        )
        text = f"ξ = {float(row['xi']):g}: dS/d ln t = {rate}, later over earlier {bend}"
        verdicts.append(altogether(text, above(rate, 0, ""), within(bend, 0.75, 1.25, "")))
    return all_of(*verdicts)


@swingle("Eqs. 3.13, 3.21", figure="entanglement_growth")
def slope_is_linear_in_length(growth: xr.Dataset) -> Verdict:
    """The slope of S against ln t is proportional to the localization length ξ.

    From either initial state a straight line is not rejected, meets ξ = 0 within a tenth of its
    rise over a site of ξ, and does not bend by more than a quarter of its slope from the shortest ξ
    to the longest.
    """
    verdicts = []
    for p in growth["down"].values:
        chain = _through_lengths(growth.sel(down=p))
        xi = chain["xi"].values
        points = chain["rate"] / chain["site_entropy"]
        if len(xi) < 3:
            raise LackingError("rates at two localization lengths alone, which any line meets")
        line, parabola = (fit_polynomial(xi, points, degree) for degree in (1, 2))
        start, slope = line.coefficients
        scale = 1 / abs(slope.value)
        bend = parabola.coefficients[2].scaled(2 * float(np.ptp(xi)) * scale)
        text = (
            f"p = {float(p):g}, L = {int(chain['L'][0])}: a line has {line.goodness}, meets ξ = 0 "
            f"at {start} s, bends by {bend} of its slope"
        )
        if line.rejected:
            verdicts.append(Verdict(Word.NOT_SUPPORTED, text))
            continue
        proportional = (
            above(slope, 0.0, ""),
            within(start.scaled(scale), -0.1, 0.1, ""),
            within(bend, -0.25, 0.25, ""),
        )
        verdicts.append(altogether(text, *proportional))
    return all_of(*verdicts)


@swingle("Eqs. 3.13, 3.21", figure="entanglement_growth")
def slope_is_entropy_times_length(growth: xr.Dataset) -> Verdict:
    """The slope is s ξ, with s the entropy per spin once Z is measured.

    Over s ξ it is 1 within a tenth at every ξ, from either initial state.
    """
    verdicts = []
    for p in growth["down"].values:
        chain = _through_lengths(growth.sel(down=p))
        factors = chain["rate"] / chain["site_entropy"] / chain["xi"]
        each = [mean(factors.isel(key=key)) for key in range(chain.sizes["key"])]
        told = ", ".join(f"{factor}" for factor in each)
        lengths = ", ".join(f"{xi:g}" for xi in chain["xi"].values)
        text = f"p = {float(p):g}, L = {int(chain['L'][0])}: {told} s ξ at ξ = {lengths}"
        verdicts.append(altogether(text, *(within(factor, 0.9, 1.1, "") for factor in each)))
    return all_of(*verdicts)


@swingle("Eq. 3.15", figure="entanglement_growth", exact=True)
def diagonal_entropy_caps_growth(growth: xr.Dataset) -> Verdict:
    """The entropy never exceeds that of the state once Z is measured, in any realisation."""
    most = float((growth["entropy"] / growth["diagonal_entropy"]).max())
    return exact(most - 1, ROUNDING, f"at most {most:.3g} of it")


@swingle("Section III C", figure="entanglement_growth", exact=True)
def growth_is_bounded(growth: xr.Dataset) -> Verdict:
    """The entropy cannot grow faster than couplings across the cut allow, in any realisation."""
    most = float((growth["entropy"] / growth["bound"]).max())
    return exact(most - 1, ROUNDING, f"at most {most:.3g} of the bound")


@swingle("Section III C", figure="finite_range", exact=True)
def finite_range_gives_a_strict_area_law(ranges: xr.Dataset) -> Verdict:
    """With interactions of finite range R the entropy never exceeds that of R spins a cut."""
    most = float(ranges["tightness"].max())
    return exact(most - 1, ROUNDING, f"at most {most:.3g} of it")


@swingle("Section III C", figure="finite_range")
def entropy_recurs_at_finite_range(ranges: xr.Dataset) -> Verdict:
    """With interactions of finite range the entropy suffers recurrences on times of order 1/J₀.

    At every range most realisations come back below half of their largest entropy in the second
    half of the times, which run to 10³/J₀.
    """
    row = last(ranges)
    verdicts = []
    for R in row["range"].values:
        least = row["least"].sel(range=R)
        recur = share((least < 0.5).where(least.notnull()))
        median = float(least.median())
        text = f"R = {int(R)}: {recur} of the realisations, down to {median:.2g} in the median"
        verdicts.append(above(recur, 0.5, text))
    return all_of(*verdicts)


@swingle("Section II", figure="transport", exact=True)
def distant_spin_flips_are_bounded(transport: xr.Dataset) -> Verdict:
    """A distant l-bit is flipped with no more than a bounded probability, at all times."""
    return _bounded(transport, "flip")


@swingle("Sections II, III B", figure="transport", exact=True)
def distant_energy_and_entropy_are_bounded(transport: xr.Dataset) -> Verdict:
    """Distant energy and entropy change by no more than a bound that is the same at all times."""
    return all_of(_bounded(transport, "energy"), _bounded(transport, "entropy"))


def _bounded(transport: xr.Dataset, name: str) -> Verdict:
    """Whether no eigenstate of any realisation is above a bound."""
    most = float(transport[f"{name}_tightness"].max())
    return exact(most - 1, ROUNDING, f"{name}: at most {most:.3g} of the bound")


@swingle("Section II", figure="transport")
def energy_is_not_transported(transport: xr.Dataset) -> Verdict:
    """Energy is not transported: little of it is found far from a local quench, at any time.

    Outside the light cone of U the energy of the sites beyond a distance changes by less than 1/e
    for every further site, the decay of the interactions at ξ = 1; and after it has dephased it
    grows by less than a twentieth for every factor e of time: a cone that opens as the logarithm of
    time, as that of eq. 3.13, would bring a factor e.
    """
    return _stays(transport, "energy")


@swingle("Section III B", figure="transport")
def entanglement_does_not_spread(transport: xr.Dataset) -> Verdict:
    """Entanglement does not spread from a local perturbation.

    Outside the light cone of U the entropy of the sites beyond a distance changes by less than 1/e
    for every further site, and after it has dephased it grows by less than a twentieth for every
    factor e of time, where a cone that opens as the logarithm of time would bring a factor e.
    """
    return _stays(transport, "entropy")


def _stays(transport: xr.Dataset, name: str) -> Verdict:
    """Whether a change falls with distance at all times, and does not grow with time."""
    row = last(transport)
    outside = row["distance"].values[(row["flip_bound"] < 1 - ROUNDING).all("seed").values]
    if len(outside) < 2:
        raise LackingError("no two distances outside the light cone")
    late = row[name].sel(time=slice(DEPHASED, None))
    if late.sizes["time"] < 2:
        raise LackingError(f"no two times from {DEPHASED:g}/J₀ on")
    logarithms = np.log(late["time"].values)

    def falls_and_rises(largest: Floats, late: Floats) -> Floats:
        """Fall of the largest change from each distance to the next, growth at each in ln t."""
        in_time = np.log(late.mean(axis=0))
        rises = np.polyfit(logarithms, in_time, 1)[0]
        return np.concatenate([-np.diff(np.log(largest.mean(axis=0))), rises])

    changes = row[name].sel(distance=outside).max("time"), late.sel(distance=outside)
    value, error, _ = resampled(falls_and_rises, *changes, pairs=True)
    numbers = [Estimate(*pair, row.sizes["seed"], True) for pair in zip(value, error, strict=True)]
    falls, rises = numbers[: len(outside) - 1], numbers[len(outside) - 1 :]
    slowest = min(falls, key=lambda fall: fall.value)
    fastest = max(rises, key=lambda rise: rise.value)
    text = (
        f"L = {int(row['L'])}, d = {int(outside[0])} … {int(outside[-1])}: ln of the fall by "
        f"{slowest} a site at least; ln of the growth by {fastest} in ln t at most, {slowest.over}"
    )
    return altogether(
        text,
        *(above(fall, 1.0, "") for fall in falls),
        *(below(rise, 0.05, "") for rise in rises),
    )


@swingle("Eq. 4.32", figure="crossings", exact=True)
def crossings_keep_eigenvectors(crossings: xr.Dataset) -> Verdict:
    """While the couplings of H₀ change, levels cross and J changes eigenvectors by phases alone."""
    worst = float(crossings["moved"].max())
    crossed = mean(last(crossings)["crossing_share"])
    return exact(worst, ROUNDING, f"1 − |⟨n|ψ⟩|² = {worst:.1e}, {crossed} of all pairs cross")


@swingle("Section IV E", figure="crossings")
def states_shoot_through_crossings(crossings: xr.Dataset) -> Verdict:
    """Quasi-adiabatic evolution brings eigenstates through avoided crossings, out of order.

    Under the weakest perturbation, evolved eigenstates are more like another eigenstate than like
    that of the same rank: by half at least on the scale of |⟨m|ψ⟩|².
    """
    row = _weakest(crossings)
    apart = estimated(
        lambda largest, same: float((largest - same).mean()),
        row["largest_overlap"],
        row["overlap_in_order"],
        pairs=True,
    )
    text = (
        f"{_where(row)}: largest |⟨m|ψ⟩|² {mean(row['largest_overlap'])}, at the same rank "
        f"{mean(row['overlap_in_order'])}, apart by {apart}, {apart.over}"
    )
    return above(apart, 0.5, text)


@swingle("Section IV E", figure="crossings")
def evolved_states_are_eigenstates(crossings: xr.Dataset) -> Verdict:
    """Quasi-adiabatic evolution maps energy eigenstates to energy eigenstates.

    Under the weakest perturbation, the largest |⟨m|ψ⟩|² of evolved states exceeds 0.9 on average.
    """
    row = _weakest(crossings)
    largest = mean(row["largest_overlap"])
    stronger = last(crossings).isel(g=-1)
    other = f"{mean(stronger['largest_overlap'])} at g = {float(stronger['g']):g}"
    return above(largest, 0.9, f"{_where(row)}: {largest}; {other}")


def _weakest(crossings: xr.Dataset) -> xr.Dataset:
    """The largest chain under the weakest perturbation that is not none."""
    row = last(crossings)
    return row.isel(g=int(np.flatnonzero(row["g"].values > 0)[0]))


def _where(row: xr.Dataset) -> str:
    """Size and strength of a row, as text."""
    return f"L = {int(row['L'])}, g = {float(row['g']):g}"
