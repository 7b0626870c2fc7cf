"""Growth of entanglement and echoes of each realisation, and what dephasing predicts (huse2014)."""

import numpy as np
import xarray as xr

from mbl import schemas
from mbl.dynamics.growth import slope_per_ln_t
from mbl.ensembles.algebra import extremes
from mbl.ensembles.couplings import known_logs, pair_logs
from mbl.ensembles.fits import jackknife
from mbl.ensembles.rows import once_per_table
from mbl.hilbert import Floats, Ints
from mbl.lbits.mean_range import decay_length
from mbl.registry import Option, Variable, statistic
from mbl.systems.ring_contents import AXIS, CUT, INSTANT

ENDS = 2  # of a block on a ring; the paper's cut between two half-chains has one

WINDOW = {
    "slope_first": Option(1.0, schemas.POSITIVE, "first time that dS/d ln t is fitted to", "1/J"),
    "slope_last": Option(100.0, schemas.POSITIVE, "last time that dS/d ln t is fitted to", "1/J"),
    "late": Option(
        1e5, schemas.POSITIVE, "time from which entropies and signals are averaged as late", "1/J"
    ),
}
# The same for all keys, kept with the numbers that depend on them.
TIMES = {
    "first": Variable((), "f", "1/J", "first time of the slopes"),
    "last": Variable((), "f", "1/J", "last time of the slopes"),
    "late": Variable((), "f", "1/J", "time from which late means are taken"),
}


@statistic(
    "ring/pbit_dynamics",
    references="huse2014, S ~ s∞ ξ log(J₀t) and spin echo",
    contents={
        "entropy": Variable(("seed", "axis", "t"), "f", "1", "entropy of half the p-bits, in nats"),
        "slope": Variable(("seed", "axis"), "f", "1", "dS/d ln t of p-bits, in nats"),
        "late_entropy": Variable(
            ("seed", "axis"), "f", "1", "entropy of half the p-bits at late times"
        ),
        "dephased_entropy": Variable(
            ("seed", "axis", "cut"), "f", "1", "entropy of a dephased block, in nats"
        ),
        "density": Variable(("seed", "axis"), "f", "1", "s∞, dephased entropy per site of a block"),
        "ramsey": Variable(("seed", "t"), "f", "1", "Ramsey signal of p-bits"),
        "echo": Variable(("seed", "t"), "f", "1", "echo of p-bits"),
        "late_ramsey": Variable(("seed",), "f", "1", "Ramsey signal of p-bits at late times"),
        "late_echo": Variable(("seed",), "f", "1", "echo of p-bits at late times"),
        "echo_loss": Variable(("seed", "t"), "f", "1", "largest |1 − echo| of all p-bits"),
    }
    | TIMES
    | AXIS
    | CUT
    | INSTANT,
    of=("pbit_dynamics",),
    group="dynamics",
    options=WINDOW,
)
def pbit_dynamics(
    block: xr.Dataset, *, slope_first: float, slope_last: float, late: float
) -> xr.Dataset:
    """Entanglement growth, Ramsey and echo signals of each realisation's p-bits.

    Means over initial states, and over bits.
    """
    entropy = block["entropy"].mean("initial")
    dephased = block["dephased_entropy"].mean("initial")
    ramsey, echo = block["ramsey"].mean("site"), block["echo"].mean("site")
    rows = xr.Dataset(
        {
            "entropy": entropy,
            "slope": _slope(entropy, slope_first, slope_last),
            "late_entropy": _at_late(entropy, late),
            "dephased_entropy": dephased,
            "density": _density(dephased),
            "ramsey": ramsey,
            "echo": echo,
            "late_ramsey": _at_late(ramsey, late),
            "late_echo": _at_late(echo, late),
            "echo_loss": abs(1 - block["echo"]).max("site"),
            "first": slope_first,
            "last": slope_last,
            "late": late,
        }
    )
    return rows.reset_coords(drop=True)


@statistic(
    "ring/lbit_dynamics",
    references="huse2014, eq. 4, S ~ s∞ ξ log(J₀t) and spin echo",
    contents={
        "lbit_entropy": Variable(("seed", "t"), "f", "1", "entropy of half the l-bits, in nats"),
        "lbit_slope": Variable(("seed",), "f", "1", "dS/d ln t of l-bits, in nats"),
        "lbit_ramsey": Variable(("seed", "t"), "f", "1", "Ramsey signal of l-bits"),
        "late_lbit_ramsey": Variable(("seed",), "f", "1", "Ramsey signal of l-bits at late times"),
        "lbit_echo_loss": Variable(("seed", "t"), "f", "1", "largest |1 − echo| of all l-bits"),
    }
    | TIMES
    | INSTANT,
    of=("lbit_dynamics",),
    group="dynamics",
    options=WINDOW,
)
def lbit_dynamics(
    block: xr.Dataset, *, slope_first: float, slope_last: float, late: float
) -> xr.Dataset:
    """Entanglement growth, Ramsey and echo signals of each realisation's l-bits.

    Means over initial states, and over bits.
    """
    entropy, ramsey = block["lbit_entropy"].mean("initial"), block["lbit_ramsey"].mean("site")
    rows = xr.Dataset(
        {
            "lbit_entropy": entropy,
            "lbit_slope": _slope(entropy, slope_first, slope_last),
            "lbit_ramsey": ramsey,
            "late_lbit_ramsey": _at_late(ramsey, late),
            "lbit_echo_loss": abs(1 - block["lbit_echo"]).max("site"),
            "first": slope_first,
            "last": slope_last,
            "late": late,
        }
    )
    return rows.reset_coords(drop=True)


def _slope(entropy: xr.DataArray, first: float, last: float) -> xr.DataArray:
    """Slope dS/d ln t inside a window."""
    entropy = entropy.transpose(..., "t")
    slope = slope_per_ln_t(entropy["t"].values, entropy.values, (first, last))
    return entropy.isel(t=0, drop=True).copy(data=slope)


def _at_late(values: xr.DataArray, late: float) -> xr.DataArray:
    """Mean over times that are late."""
    return values.sel(t=slice(late, None)).mean("t")


def _density(dephased: xr.DataArray) -> xr.DataArray:
    """s∞: growth of the dephased entropy by a site of the block."""
    grown = dephased.isel(cut=-1, drop=True) - dephased.isel(cut=0, drop=True)
    return grown / (dephased.sizes["cut"] - 1)


def times(rows: xr.Dataset, *names: str) -> dict[str, xr.DataArray]:
    """Times of the window and of late means, the same for all keys, each as one number."""
    return {name: rows[name].max().assign_attrs(rows[name].attrs) for name in names}


def largest_loss(rows: xr.Dataset, name: str) -> xr.DataArray:
    """Largest |1 − echo| of all bits and realisations at every time."""
    return rows[name].max("seed").assign_attrs(rows[name].attrs)


def lbit_echo(lbits: xr.Dataset) -> xr.Dataset:
    """Largest |1 − echo| of l-bits at any time, median and largest over realisations."""
    worst = lbits["lbit_echo_loss"].max("t")
    worst.attrs = {"units": "1", "long_name": "largest |1 − echo| of l-bits at any time"}
    return extremes(xr.Dataset({"lbit_echo": worst}), "lbit_echo")


@once_per_table
def predicted_slopes(pbits: xr.Dataset, couplings: xr.Dataset) -> xr.Dataset:
    """2 s∞ ξ that dephasing predicts for a block of a ring, and its error.

    Parameters
    ----------
    pbits, couplings
        Rows of `ring/pbit_dynamics` and `ring/couplings` of the same realisations.

    Returns
    -------
    Dataset
        By the axis of the initial states and by what ξ is read from; the error is by jackknife of
        realisations: both s∞ and ξ are of the same ones.
    """
    logs = pair_logs(couplings)
    predicted, error = xr.apply_ufunc(
        _prediction_of_key,
        logs["distance"],
        logs,
        pbits["density"],
        input_core_dims=[["distance"], ["seed", "distance"], ["seed", "axis"]],
        output_core_dims=[["axis"], ["axis"]],
        join="exact",
        vectorize=True,
    )
    meaning = "2 s∞ ξ, both ends of the block"
    predicted.attrs = {"units": "1", "long_name": f"mean {meaning}"}
    error.attrs = {"units": "1", "long_name": f"standard error over realisations of the {meaning}"}
    found = xr.Dataset({"predicted": predicted, "predicted_error": error})
    return found.transpose(..., "axis", "decay")


def _prediction_of_key(distance: Ints, log: Floats, density: Floats) -> tuple[Floats, Floats]:
    """2 s∞ ξ of one key by axis, and its error, from arrays of its seeds that NaN may pad."""
    distance, log = known_logs(distance, log)
    density = density[~np.isnan(density).any(axis=1)]
    if not log.size:
        missing = np.full(density.shape[1], np.nan)
        return missing, missing

    def product(chosen: Floats) -> Floats:
        seeds = chosen.astype(int)
        slope: Floats = ENDS * density[seeds].mean(axis=0)
        return slope * decay_length(distance, log[seeds]).length

    return jackknife(product, np.arange(len(log), dtype=float))
