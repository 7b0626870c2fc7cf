"""Perturbed fixed-point models over realisations: quench, crossings, stability (swingle2013)."""

import xarray as xr

from mbl.dynamics.entanglement import random_state_entropy
from mbl.ensembles.fixed_point import common, described, each, means, per_seed, rows_of
from mbl.ensembles.rows import mean_and_error
from mbl.registry import statistic
from mbl.spectral import gap_ratios
from mbl.systems.fixed_point import DISTANCE
from mbl.systems.fixed_point_diagonal import TIME
from mbl.systems.fixed_point_perturbed import G

OF_SPREADING = {  # what of it is bounded
    "flip": "probability that the l-bit is flipped",
    "energy": "|change of the energy from there on|",
    "entropy": "|change of the entropy from there on|",
}


@statistic(
    "fixed_point/transport",
    references="swingle2013, sections II and III B",
    contents={
        "flip": each("1", OF_SPREADING["flip"], "distance"),
        "energy": each("J0", OF_SPREADING["energy"], "time", "distance"),
        "entropy": each("1", OF_SPREADING["entropy"] + ", in nats", "time", "distance"),
        "flip_bound": each("1", "bound of the probability", "distance"),
        "energy_bound": each("J0", "bound of the change of energy", "distance"),
        "entropy_bound": each("1", "bound of the change of entropy, in nats", "distance"),
    }
    | {
        f"{name}_tightness": each("1", f"largest {meaning} over its bound, beyond the first site")
        for name, meaning in OF_SPREADING.items()
    }
    | TIME
    | DISTANCE,
    of=("transport",),
)
def transport(block: xr.Dataset) -> xr.Dataset:
    """What a flipped spin changes at a distance, mean over the eigenstates of a realisation."""
    block = block.rename(quench_time="time")
    changes = {"flip": block["flip"]} | {
        name: abs(block[f"{name}_change"]) for name in ("energy", "entropy")
    }
    rows = {name: change.mean("quenched_state") for name, change in changes.items()}
    for name, change in changes.items():
        bound = block[f"{change.name}_bound"]
        beyond = (change / bound).sel(distance=slice(1, None))
        rows[f"{name}_bound"] = bound
        rows[f"{name}_tightness"] = beyond.max([dim for dim in beyond.dims if dim != "seed"])
    return rows_of(block, rows)


def transport_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean changes and bounds, and the largest means over all times."""
    names = [name for name in rows.data_vars if "tightness" not in str(name)]
    out = means(rows, *map(str, names))
    for name in ("energy", "entropy"):
        mean, error = mean_and_error(rows[name].max("time"))
        units, meaning = rows[name].attrs["units"], f"largest over times, {OF_SPREADING[name]}"
        out[f"largest_{name}"] = described(mean, units, f"mean {meaning}")
        out[f"largest_{name}_error"] = described(error, units, f"standard error of the {meaning}")
    return out


@statistic(
    "fixed_point/crossings",
    references="swingle2013, section IV E",
    contents={
        "crossing_share": each("1", "share of the pairs of levels of H₀ that cross"),
        "largest_overlap": each("1", "largest overlap of an evolved eigenstate with one", "g"),
        "overlap_in_order": each("1", "its overlap with the eigenstate of the same rank", "g"),
        "moved": each("1", "largest 1 − |⟨n|ψ⟩|² of eigenstates evolved without perturbation"),
    }
    | G,
    of=("crossings",),
)
def crossings(block: xr.Dataset) -> xr.Dataset:
    """Where quasi-adiabatic evolution through level crossings brings eigenstates."""
    names = ("crossing_share", "largest_overlap", "overlap_in_order", "moved")
    return rows_of(block, {name: block[name] for name in names}).rename(weak_g="g")


def crossings_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean overlaps and the mean share of pairs of levels that cross."""
    return means(rows, "crossing_share", "largest_overlap", "overlap_in_order")


@statistic(
    "fixed_point/stability",
    references="swingle2013, section IV",
    contents={
        "gap_ratio": each("1", "ratio of adjacent gaps", "g"),
        "entropy": each("1", "entropy of the half chain, in nats", "g"),
        "spectrum_error": each("J0", "largest difference of the levels of H and H₀"),
        "random_entropy": common("1", "mean entropy of random states (Page), in nats"),
    }
    | G,
    of=("stability",),
)
def stability(block: xr.Dataset) -> xr.Dataset:
    """Gap ratios and entropies of eigenstates of H + gV, means over those of each realisation."""
    L = int(block["L"])
    levels = block["level_energy"].transpose("seed", "g", "level").values
    return rows_of(
        block,
        {
            "gap_ratio": per_seed(gap_ratios(levels).mean(axis=-1), "g"),
            "entropy": block["level_entropy"].mean("level"),
            "spectrum_error": block["spectrum_error"],
            "random_entropy": random_state_entropy(L // 2, L - L // 2),
        },
    )


def stability_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean gap ratios and entropies, and the largest difference of the levels of H and H₀."""
    out = means(rows, "gap_ratio", "entropy")
    out["spectrum_error"] = rows["spectrum_error"].max("seed")
    out["spectrum_error"].attrs = rows["spectrum_error"].attrs
    return out
