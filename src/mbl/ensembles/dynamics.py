"""Growth of entanglement and echoes of each realisation, and what dephasing predicts (huse2014)."""

import numpy as np
import xarray as xr

from mbl import schemas
from mbl.ensembles.rows import LackingError, mean_and_error, once_per_table
from mbl.registry import Option, Variable, statistic
from mbl.systems.ring_contents import AXIS, CUT, INSTANT, LENGTH

ENDS = 2  # of a block on a ring; the paper's cut between two half-chains has one
PARTS = 4  # of ln t that a window is divided into
FINE = 64  # points of each part that its mean is taken over
SLIDING = 5  # neighbouring times that a local slope is fitted to

LATE = {
    "late": Option(
        1e5, schemas.POSITIVE, "time from which entropies and signals are averaged as late", "1/J"
    )
}
# The same for all keys, kept with the numbers that depend on it.
FROM = {"late": Variable((), "f", "1/J", "time from which late means are taken")}


@statistic(
    "ring/pbit_dynamics",
    references="huse2014, S ~ s∞ ξ log(J₀t) and spin echo",
    contents={
        "entropy": Variable(("seed", "axis", "t"), "f", "1", "entropy of half the p-bits, in nats"),
        "dephased_entropy": Variable(
            ("seed", "axis", "cut"), "f", "1", "entropy of a dephased block, in nats"
        ),
        "density": Variable(("seed", "axis"), "f", "1", "s∞, dephased entropy per site of a block"),
        "ramsey": Variable(("seed", "t"), "f", "1", "Ramsey signal of p-bits"),
        "echo": Variable(("seed", "t"), "f", "1", "echo of p-bits"),
        "late_ramsey": Variable(("seed",), "f", "1", "Ramsey signal of p-bits at late times"),
        "late_echo": Variable(("seed",), "f", "1", "echo of p-bits at late times"),
        "floor": Variable((), "f", "1", "Ramsey signal of a bit whose phases are all random"),
    }
    | FROM
    | AXIS
    | CUT
    | INSTANT,
    of=("pbit_dynamics",),
    group="dynamics",
    options=LATE,
)
def pbit_dynamics(block: xr.Dataset, *, late: float) -> xr.Dataset:
    """Entanglement growth, Ramsey and echo signals of each realisation's p-bits.

    Means over initial states, and over bits.
    """
    dephased = block["dephased_entropy"].mean("initial")
    ramsey, echo = block["ramsey"].mean("site"), block["echo"].mean("site")
    rows = xr.Dataset(
        {
            "entropy": block["entropy"].mean("initial"),
            "dephased_entropy": dephased,
            "density": _density(dephased),
            "ramsey": ramsey,
            "echo": echo,
            "late_ramsey": _at_late(ramsey, late),
            "late_echo": _at_late(echo, late),
            # Mean modulus of the mean of 2^(L−1) phases, one for each state of the other bits.
            "floor": np.sqrt(np.pi / 2.0 ** (block.sizes["site"] + 1)),
            "late": late,
        }
    )
    return rows.reset_coords(drop=True)


@statistic(
    "ring/lbit_dynamics",
    references="huse2014, eq. 4, S ~ s∞ ξ log(J₀t) and spin echo",
    contents={
        "lbit_entropy": Variable(("seed", "t"), "f", "1", "entropy of half the l-bits, in nats"),
        "lbit_ramsey": Variable(("seed", "t"), "f", "1", "Ramsey signal of l-bits"),
        "late_lbit_ramsey": Variable(("seed",), "f", "1", "Ramsey signal of l-bits at late times"),
        "lbit_echo_loss": Variable(("seed",), "f", "1", "|1 − echo| of any l-bit at any time"),
    }
    | FROM
    | INSTANT,
    of=("lbit_dynamics",),
    group="dynamics",
    options=LATE,
)
def lbit_dynamics(block: xr.Dataset, *, late: float) -> xr.Dataset:
    """Entanglement growth, Ramsey and echo signals of each realisation's l-bits.

    Means over initial states, and over bits.
    """
    ramsey = block["lbit_ramsey"].mean("site")
    rows = xr.Dataset(
        {
            "lbit_entropy": block["lbit_entropy"].mean("initial"),
            "lbit_ramsey": ramsey,
            "late_lbit_ramsey": _at_late(ramsey, late),
            "lbit_echo_loss": abs(1 - block["lbit_echo"]).max(("site", "t")),
            "late": late,
        }
    )
    return rows.reset_coords(drop=True)


@statistic(
    "ring/eigenstate_entropy",
    references="huse2014, area law of the eigenstates",
    contents={
        "eigenstate_entropy": Variable(
            ("seed", "length"), "f", "1", "entropy of a block in eigenstates, in nats"
        ),
        "extensive": Variable(
            ("seed",), "f", "1", "share of eigenstates with half the entropy of a random state"
        ),
    }
    | LENGTH,
    of=("eigenstate_entropy",),
)
def eigenstate_entropy(block: xr.Dataset) -> xr.Dataset:
    """Entropies of blocks in the eigenstates of each realisation, mean over all of them."""
    return block.reset_coords(drop=True)


def _at_late(values: xr.DataArray, late: float) -> xr.DataArray:
    """Mean over times that are late."""
    return values.sel(t=slice(late, None)).mean("t")


def _density(dephased: xr.DataArray) -> xr.DataArray:
    """s∞: growth of the dephased entropy by a site of the block."""
    grown = dephased.isel(cut=-1, drop=True) - dephased.isel(cut=0, drop=True)
    return grown / (dephased.sizes["cut"] - 1)


def late_time(rows: xr.Dataset) -> dict[str, xr.DataArray]:
    """The time from which means are late, the same for all keys, as one number."""
    return {"late": rows["late"].max().assign_attrs(rows["late"].attrs)}


def local_slopes(entropy: xr.DataArray) -> xr.Dataset:
    """Slopes dS/d ln t by least squares over a few neighbouring times, means and errors.

    Parameters
    ----------
    entropy
        Rows of entropies, with dimensions `seed` and `t`.

    Returns
    -------
    Dataset
        `slope` and `slope_error` at the middle one of the times, NaN near the first and the last.
    """
    count = min(SLIDING, entropy.sizes["t"])
    middle = slice((count - 1) // 2, entropy.sizes["t"] - count // 2)
    x = np.log(entropy["t"].values)
    windows = entropy.rolling(t=count, center=True).construct("neighbour").isel(t=middle)
    near = np.lib.stride_tricks.sliding_window_view(x, count)
    near = near - near.mean(axis=1, keepdims=True)
    weight = xr.DataArray(
        near / np.square(near).sum(axis=1, keepdims=True), dims=("t", "neighbour")
    )
    rows = (windows * weight).sum("neighbour", skipna=False)
    slope, error = mean_and_error(rows)
    slope.attrs = {"units": "1", "long_name": "mean dS/d ln t, in nats"}
    error.attrs = {"units": "1", "long_name": "standard error over realisations of dS/d ln t"}
    return xr.Dataset({"slope": slope, "slope_error": error}).reindex(t=entropy["t"])


def dephasing_times(logs: xr.DataArray) -> xr.DataArray:
    """1/J of typical interactions, from rows of ln J: by then l-bits dephase each other."""
    typical, _ = mean_and_error(logs)
    about = {"units": "1/J", "long_name": "1/J(x) of the typical interaction"}
    times: xr.DataArray = xr.apply_ufunc(np.exp, -typical)
    return times.assign_attrs(about)


def ends_of_growth(couplings: xr.Dataset) -> xr.DataArray:
    """Rows of ln J(x) between whose dephasing times the entanglement of half a ring spreads.

    From x = 1, neighbours, to x = L/4, when it has spread from both ends and fills the block. ln J
    is taken as straight between two distances.

    Parameters
    ----------
    couplings
        Rows of `ring/couplings` of one size.
    """
    logs = couplings["log_interaction"]
    return logs.interp(distance=[1.0, couplings["L"].item() / (2 * ENDS)])


def parts_of_window(entropy: xr.DataArray, first: float, last: float) -> xr.DataArray:
    """Means of S over the equal parts of ln t that a window of times is divided into.

    Parameters
    ----------
    entropy
        Rows, with dimensions `seed` and `t`; taken as straight in ln t between two times.
    first, last
        The window, in units of 1/J.

    Returns
    -------
    DataArray
        Dimensions `seed` and `log_time`, ln t at the middle of each part.

    Raises
    ------
    LackingError
        Where times are further apart than the parts are wide, or the window is not within them.
    """
    x = np.log(entropy["t"].values)
    width = np.log(last / first) / PARTS
    if width < np.diff(x).max() or np.log(first) < x[0] or np.log(last) > x[-1]:
        raise LackingError(f"no times close enough from Jt = {first:.2g} to {last:.2g}")
    middles = np.log(first) + width * (np.arange(PARTS) + 0.5)
    inside = width * ((np.arange(FINE) + 0.5) / FINE - 0.5)
    at = xr.DataArray(middles[:, None] + inside, dims=("log_time", "inside"))
    straight = entropy.assign_coords(t=x).interp(t=at).mean("inside")
    return straight.reset_coords(drop=True).assign_coords(log_time=middles)


@once_per_table
def predicted_slopes(pbits: xr.Dataset, couplings: xr.Dataset) -> xr.Dataset:
    """2 s∞ ξ(x), the slope that dephasing predicts for a block while it reaches x … x + 1.

    Parameters
    ----------
    pbits, couplings
        Rows of `ring/pbit_dynamics` and `ring/couplings` of the same realisations.

    Returns
    -------
    Dataset
        `predicted` and `predicted_error` by the axis of the initial states and by `distance`, the
        nearer of the two between which the local length ξ(x) of the typical interaction is taken;
        the error is that of both over the same realisations. NaN at the last distance, and where
        the interaction does not fall.
    """
    rate = -couplings["log_interaction"].diff("distance", label="lower")
    density, mean_density = pbits["density"], mean_and_error(pbits["density"])[0]
    mean_rate, _ = mean_and_error(rate)
    falls = mean_rate.where(mean_rate > 0)
    predicted = ENDS * mean_density / falls
    # How far each realisation moves it, to first order.
    _, error = mean_and_error(predicted * (density / mean_density - rate / falls))
    meaning = "2 s∞ ξ(x), both ends of the block"
    predicted.attrs = {"units": "1", "long_name": f"mean {meaning}"}
    error.attrs = {"units": "1", "long_name": f"standard error over realisations of the {meaning}"}
    found = xr.Dataset({"predicted": predicted, "predicted_error": error})
    return found.reindex(distance=couplings["distance"]).transpose(..., "axis", "distance")
