"""Claims of huse2014 on dynamics, at the strongest disorder and under the last labelling."""

from functools import partial

import numpy as np
import xarray as xr

from mbl.ensembles.dynamics import ENDS, dephasing_times, ends_of_growth, parts_of_window
from mbl.ensembles.estimates import estimated, mean, paired
from mbl.ensembles.lines import fit_polynomial
from mbl.hilbert import Floats
from mbl.ledger.verdicts import Verdict, above, all_of, altogether, below, exact, within
from mbl.papers.huse2014.claims import ROUNDING, rises, strongest
from mbl.registry import claim

huse = partial(claim, "huse2014")


def _window(couplings: xr.Dataset) -> tuple[Floats, str]:
    """From when neighbours dephase until entanglement fills the block from both ends, and text."""
    at = strongest(couplings)
    times: Floats = dephasing_times(ends_of_growth(at)).values
    return times, f"Δ = {float(at['Delta']):g}, Jt = {times[0]:.2g} … {times[1]:.2g}"


def _parts(table: xr.Dataset, name: str, couplings: xr.Dataset, **where: str) -> xr.DataArray:
    """Entropies over the quarters of that window in ln t, a row each."""
    times, _ = _window(couplings)
    return parts_of_window(strongest(table)[name].sel(where), *times)


def _slopes(parts: xr.DataArray) -> xr.DataArray:
    """dS/d ln t of each realisation over the window, by least squares."""
    x = parts["log_time"] - parts["log_time"].mean()
    slopes: xr.DataArray = (parts * x).sum("log_time", skipna=False) / (x**2).sum()
    return slopes


def _alike(one: xr.DataArray, other: xr.DataArray, share: float) -> Verdict:
    """Whether the mean of rows is that of others to a share of it."""
    low, high = (paired(factor * other, one) for factor in (1 - share, 1 + share))
    return all_of(above(low, 0.0, ""), below(high, 0.0, ""))


@huse("Spreading of entanglement", figure="entanglement_growth")
def entanglement_grows_while_interactions_dephase(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """From product states along x entanglement grows all the time that ever weaker couplings take.

    From when neighbours dephase, 1/J(1), until it has spread from both ends and fills the block,
    1/J(L/4). Means are over quarters of this window in ln t, so that neither revivals of near
    neighbours nor the choice of times matter.
    """
    parts = _parts(pbits, "entropy", couplings, axis="x")
    _, text = _window(couplings)
    means = ", ".join(f"{value:.3g}" for value in parts.mean("seed").values)
    return rises(parts, "log_time", f"{text}: S = {means} nats, quarter by quarter of ln t")


@huse("Spreading of entanglement", figure="entanglement_growth")
def entanglement_grows_as_a_logarithm(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """From product states along x the entanglement grows as the logarithm of time.

    The local slope dS/d ln t, from quarter to quarter of that window, is that of the whole window
    to a third of it. Growth as √t would nearly double it from one quarter to the next, saturation
    would bring it to nothing. Quite straight S cannot be, as the distances that it spreads by are
    whole numbers of sites and interactions decay with no single length.
    """
    parts = _parts(pbits, "entropy", couplings, axis="x")
    _, text = _window(couplings)
    x, whole = parts["log_time"].values, _slopes(parts)
    local = [
        (parts[{"log_time": k + 1}] - parts[{"log_time": k}]).reset_coords(drop=True) / step
        for k, step in enumerate(np.diff(x))
    ]
    slopes = ", ".join(str(mean(one)) for one in local)
    text = (
        f"{text}: dS/d ln t = {mean(whole)}, from quarter to quarter {slopes}; a straight line has "
        f"{fit_polynomial(x, parts).goodness} ({paired(whole, local[0]).over})"
    )
    return altogether(text, *(_alike(one, whole, 1 / 3) for one in local))


@huse("Spreading of entanglement", figure="entanglement_growth")
def entanglement_grows_along_z(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """From product states along z the entanglement grows with ln t too, but by much less.

    Much less is by less than half of the slope along x.
    """
    z, x = (_slopes(_parts(pbits, "entropy", couplings, axis=axis)) for axis in "zx")
    less = paired(0.5 * x, z)
    _, text = _window(couplings)
    text = f"{text}: dS/d ln t = {mean(z)} along z, {mean(x)} along x ({less.over})"
    return altogether(text, above(mean(z), 0.0, ""), below(less, 0.0, ""))


@huse("Spreading of entanglement", figure="entanglement_growth")
def entanglement_is_dephasing_of_lbits(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """The growth of entanglement is dephasing between l-bits: product states of them grow alike.

    Alike is with the slope of p-bits to a quarter; l-bits are dressed, and what a p-bit lacks of
    its l-bit is of that order.
    """
    bare = _slopes(_parts(pbits, "entropy", couplings, axis="x"))
    dressed = _slopes(_parts(lbits, "lbit_entropy", couplings))
    more = paired(bare, dressed)
    _, text = _window(couplings)
    text = (
        f"{text}: dS/d ln t = {mean(bare)} of p-bits, {mean(dressed)} of l-bits, by {more} more "
        f"({more.over})"
    )
    return Verdict(_alike(dressed, bare, 1 / 4).word, text)


@huse("Spreading of entanglement", figure="entanglement_growth")
def slope_is_density_times_length(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """The slope of S against ln t is s∞ ξ for each end of the block, to a factor of two.

    That is what the paper's ∼ can mean: when 1/t reaches J(x), all l-bits up to x/2 from a cut are
    dephased by others on its far side and none beyond x is, so that the prefactor lies between a
    half and one. As couplings decay with no single length, ξ is not fitted: it is the number of
    sites by which the typical interaction reaches further within the window, over the logarithm of
    its fall.
    """
    _, text = _window(couplings)
    slopes = _slopes(_parts(pbits, "entropy", couplings, axis="x"))
    density = strongest(pbits)["density"].sel(axis="x")
    logs = ends_of_growth(strongest(couplings))
    sites = float(logs["distance"][1] - logs["distance"][0])

    def predicted(density: Floats, logs: Floats) -> float:
        near, far = np.nanmean(logs, axis=0)
        return float(ENDS * np.nanmean(density) * sites / (near - far))

    def ratio(slopes: Floats, density: Floats, logs: Floats) -> float:
        return float(np.nanmean(slopes) / predicted(density, logs))

    expected = estimated(predicted, density, logs, pairs=True)
    found = estimated(ratio, slopes, density, logs, pairs=True)
    text = f"{text}: {mean(slopes)}, 2 s∞ξ = {expected}, ratio {found} ({found.over})"
    return within(found, 0.5, 1.0, text)


@huse("Spreading of entanglement", figure="entanglement_growth")
def states_along_x_entangle_more(
    pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset
) -> Verdict:
    """The entropy s∞ a site that product states dephase to is much larger along x than along z.

    Much larger is three times.
    """
    density = strongest(pbits)["density"]
    along = {axis: density.sel(axis=axis, drop=True) for axis in ("x", "z")}

    def ratio(x: Floats, z: Floats) -> float:
        return float(np.nanmean(x) / np.nanmean(z))

    found = estimated(ratio, along["x"], along["z"], pairs=True)
    text = f"s∞ = {mean(along['x'])} along x, {mean(along['z'])} along z, ratio {found}"
    return above(found, 3.0, f"{text} ({found.over})")


@huse("Spin echo", figure="spin_echo", exact=True)
def lbit_echo_is_perfect(pbits: xr.Dataset, lbits: xr.Dataset) -> Verdict:
    """The echo of an l-bit is perfect at all times."""
    worst = float(lbits["lbit_echo_loss"].max())
    return exact(worst, ROUNDING, f"|1 − echo| up to {worst:.1e}")


def _at_floor(late: xr.DataArray, floor: float, whose: str) -> Verdict:
    """Whether what is left of a signal at late times is that of random phases."""
    signal, shares = mean(late), late.dropna("seed") < 2 * floor
    text = (
        f"late Ramsey signal {signal} of {whose}, {floor:.3f} of random phases, below twice that "
        f"in {100 * float(shares.mean()):.0f} % ({signal.over})"
    )
    return below(signal, 2 * floor, text)


@huse("Spin echo", figure="spin_echo")
def lbits_dephase(pbits: xr.Dataset, lbits: xr.Dataset) -> Verdict:
    """Without the echo l-bits dephase.

    What is left of their coherence is less than twice that of random phases, one for each state of
    all other bits, of which there are 2^(L−1).
    """
    late, floor = strongest(lbits)["late_lbit_ramsey"], float(strongest(pbits)["floor"])
    return _at_floor(late, floor, "l-bits")


@huse("Dynamics", figure="spin_echo")
def no_local_oscillation_persists(pbits: xr.Dataset, lbits: xr.Dataset) -> Verdict:
    """No local observable oscillates for ever: p-bits lose their coherence.

    To less than twice what is left of random phases, which falls off exponentially with L.
    """
    at = strongest(pbits)
    return _at_floor(at["late_ramsey"], float(at["floor"]), "p-bits")


@huse("Spin echo", figure="spin_echo")
def pbit_echo_survives(pbits: xr.Dataset, lbits: xr.Dataset) -> Verdict:
    """At strong disorder the echo of a bare spin, mostly its l-bit, survives at late times.

    Survives is that more than half of it does.
    """
    at = strongest(pbits)
    late = at["late_echo"].dropna("seed")
    survives = mean(late)
    text = (
        f"Δ = {float(at['Delta']):g}: late echo {survives}, median {float(late.median()):.2g}, "
        f"above one half in {100 * float((late > 0.5).mean()):.0f} % ({survives.over})"
    )
    return above(survives, 0.5, text)
