"""Couplings of huse2014, eq. 4, by order and by distance, and their decay lengths."""

import numpy as np
import xarray as xr

from mbl.ensembles.rows import once_per_table
from mbl.hilbert import Floats, Ints
from mbl.lbits.mean_range import decay_length, mean_by, pair_interaction
from mbl.registry import Variable, coordinate, statistic

# What ξ is read from: J_ij of eq. 4, or the interaction by all orders that hold both l-bits.
DECAYS = {"log_pair": "pair", "log_interaction": "interaction"}
ROUNDING = 1e-13  # of the largest coupling: less is not told from zero


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
            "ln of two l-bits' interaction, root mean square over states of the others, in J",
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
    _, log_interaction = mean_by(distance, np.log(pair_interaction(coupling)))
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


def pair_logs(rows: xr.Dataset) -> xr.DataArray:
    """Mean logarithms of couplings by distance, along `decay` those of J_ij and of all orders."""
    logs = rows[list(DECAYS)].rename(DECAYS).to_dataarray("decay")
    about = {"units": "1", "long_name": "what ξ is read from: J_ij alone, or all orders"}
    logs["decay"].attrs = about
    return logs


@once_per_table
def decay_lengths(rows: xr.Dataset) -> xr.Dataset:
    """Decay lengths ξ of typical couplings with their errors, and strengths J₀ of J₀ e^(−x/ξ)."""
    logs = pair_logs(rows)
    length, error, strength = xr.apply_ufunc(
        _decay_of_key,
        logs["distance"],
        logs,
        input_core_dims=[["distance"], ["seed", "distance"]],
        output_core_dims=[[], [], []],
        vectorize=True,
    )
    meaning = "decay length ξ in sites"
    length.attrs = {"units": "1", "long_name": f"mean {meaning}"}
    error.attrs = {"units": "1", "long_name": f"standard error over realisations of the {meaning}"}
    strength.attrs = {"units": "J", "long_name": "J₀ of J₀ e^(−x/ξ)"}
    found = xr.Dataset({"length": length, "length_error": error, "strength": strength})
    return found.transpose(..., "decay")


def known_logs(distance: Ints, log: Floats) -> tuple[Ints, Floats]:
    """Distances and logs of one key, shape (seeds, distances), without those that NaN pads."""
    known = ~np.isnan(log)
    at = known.any(axis=0)
    return distance[at], log[known.any(axis=1)][:, at]


def _decay_of_key(distance: Ints, log: Floats) -> tuple[float, float, float]:
    """Decay length, its error and strength of one key."""
    distance, log = known_logs(distance, log)
    if not log.size:
        return np.nan, np.nan, np.nan
    decay = decay_length(distance, log)
    return decay.length, decay.length_error, decay.strength
