"""Couplings of huse2014, eq. 4, by order and by distance, and their local decay lengths."""

import numpy as np
import xarray as xr

from mbl.ensembles.rows import mean_and_error, once_per_table
from mbl.lbits.mean_range import ROUNDING, mean_by, typical_interaction
from mbl.registry import Variable, coordinate, statistic

# What ξ is read from: J_ij of eq. 4, or the interaction by all orders in a state of the others.
DECAYS = {"log_pair": "pair", "log_interaction": "interaction"}


@statistic(
    "ring/couplings",
    references="huse2014, eq. 4",
    contents={
        "coupling": Variable(("seed", "order"), "f", "J", "|coupling| of an order", may_miss=True),
        "log_coupling": Variable(
            ("seed", "order"), "f", "1", "ln |coupling| of an order, in J", may_miss=True
        ),
        "log_pair": Variable(("seed", "distance"), "f", "1", "ln |J_ij|, in J"),
        "log_interaction": Variable(
            ("seed", "distance"),
            "f",
            "1",
            "ln of two l-bits' interaction, mean over states of the others, in J",
        ),
        "expansion": Variable(("seed",), "f", "1", "‖H − eq. 4‖ / ‖H‖ with all orders kept"),
    }
    | coordinate("order", "i", "1", "order, the number of τᶻ of a coupling")
    | coordinate("distance", "i", "1", "ring distance of two l-bits"),
    of=("effective",),
)
def couplings(block: xr.Dataset) -> xr.Dataset:
    """Couplings of the l-bits of each realisation, means over those of an order or at a distance.

    NaN for an order whose couplings vanish in some realisation.
    """
    coupling = block["coupling"].transpose("seed", "mu").values
    size = np.abs(coupling)
    rounding = ROUNDING * size.max()
    log = np.log(np.maximum(size, rounding))  # zero has no logarithm
    spins = block["spins"].values
    # The first of these orders is the constant of H.
    orders, by_order = (found[..., 1:] for found in mean_by(spins, size))
    log_by_order = mean_by(spins, log)[1][..., 1:]
    # That of order L is zero where labels keep the number of down spins: both Σ (−1)^down σᶻᵢ and
    # Σ (−1)^down σᶻᵢσᶻⱼ over all states are.
    vanishes = (by_order <= rounding).any(axis=0)
    pairs = spins == 2
    distance = block["extension"].values[pairs]
    distances, log_pair = mean_by(distance, np.log(size[:, pairs]))
    _, log_interaction = mean_by(distance, typical_interaction(coupling))
    rows = xr.Dataset(
        {
            "coupling": (("seed", "order"), np.where(vanishes, np.nan, by_order)),
            "log_coupling": (("seed", "order"), np.where(vanishes, np.nan, log_by_order)),
            "log_pair": (("seed", "distance"), log_pair),
            "log_interaction": (("seed", "distance"), log_interaction),
            "expansion": block["norm_error"].isel(order=-1, drop=True),
        },
        {"order": orders, "distance": distances},
    )
    return rows.reset_coords(drop=True)


@once_per_table
def local_lengths(rows: xr.Dataset) -> xr.Dataset:
    """Local decay lengths of typical couplings: ξ(x) by which they fall from x to x + 1.

    Parameters
    ----------
    rows
        Of `ring/couplings`.

    Returns
    -------
    Dataset
        `length` and `length_error` by `decay` (J_ij of eq. 4 alone, or the interaction in a typical
        state of all others) and by `distance`, the nearer of the two; NaN at the last distance, and
        where couplings do not fall.
    """
    logs = rows[list(DECAYS)].rename(DECAYS).to_dataarray("decay")
    logs["decay"].attrs = {"units": "1", "long_name": "what ξ is read from"}
    rate, error = mean_and_error(-logs.diff("distance", label="lower"))
    length = (1 / rate).where(rate > 0)
    spread = error * length**2
    length.attrs = {"units": "1", "long_name": "local decay length ξ in sites"}
    meaning = "standard error over realisations of the local decay length ξ"
    spread.attrs = {"units": "1", "long_name": meaning}
    found = xr.Dataset({"length": length, "length_error": spread})
    return found.reindex(distance=rows["distance"]).transpose(..., "distance")
