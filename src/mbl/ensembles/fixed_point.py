"""The fixed-point model over realisations: levels, light cones, blocks, generator (swingle2013)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from mbl.ensembles.rows import averaged
from mbl.hilbert import Floats
from mbl.models.fixed_point import (
    coupling_scales,
    density_of_states,
    energy_moments,
    level_spacings,
)
from mbl.registry import Variable, coordinate, statistic
from mbl.systems.fixed_point import DISTANCE, ENDS, FICTITIOUS, GAMMA, LENGTH

BINS = 60  # of the density of states
DEVIATIONS = 4.0  # standard deviations on either side of the mean that the bins span
PRINTED_VARIANCE = 1 / 4  # of one on-site energy in eq. 2.7; the uniform law has 1/12
SHORTEST = 2  # sites of a block from which its two ends are apart


def each(units: str, long_name: str, *dims: str) -> Variable:
    """A number of each realisation, maybe along further dimensions."""
    return Variable(("seed", *dims), "f", units, long_name, may_miss=True)


def common(units: str, long_name: str, *dims: str) -> Variable:
    """A number that all realisations of a key have in common."""
    return Variable(dims, "f", units, long_name, may_miss=True)


def rows_of(block: xr.Dataset, quantities: Mapping[str, Any]) -> xr.Dataset:
    """Rows of a block's realisations without what it is keyed by.

    Parameters
    ----------
    block
        All realisations of a key.
    quantities
        By name: arrays along `seed` or along none, with coordinates of their dimensions or without,
        numbers, or pairs of dimensions and values.
    """
    plain = {
        name: one.reset_coords(drop=True) if isinstance(one, xr.DataArray) else one
        for name, one in quantities.items()
    }
    return xr.Dataset(plain, {"seed": block["seed"].values})


def per_seed(values: Sequence[float] | Floats, *dims: str) -> xr.DataArray:
    """Numbers of realisations in the order of their seeds."""
    return xr.DataArray(np.asarray(values), dims=("seed", *dims))


def means(rows: xr.Dataset, *names: str) -> xr.Dataset:
    """Means with errors of some rows or of all, and what all realisations have in common."""
    out = averaged(rows, names or None)
    for name, values in rows.data_vars.items():
        if "seed" not in values.dims:
            out[name] = values
    return out


def described(values: xr.DataArray, units: str, long_name: str) -> xr.DataArray:
    """Numbers with their unit and meaning in place of those that they were made from."""
    out = values.copy(deep=False)
    out.attrs = {"units": units, "long_name": long_name}
    return out


@statistic(
    "fixed_point/spectrum",
    references="swingle2013, eqs. 2.5–2.8",
    contents={
        "density": each("1/J0", "density of states, as a share of 2^L", "bin"),
        "mean_energy": each("J0", "mean energy of a realisation"),
        "spread": each("J0^2", "mean square distance from the exact mean energy"),
        "spacing": each("J0", "level spacing of the middle half"),
        "typical_spacing": each("J0", "typical spacing e^⟨ln δ⟩"),
        "spacing_ratio": each("1", "typical spacing over mean spacing"),
        "scaled_spacing": each("1", "δ 2^L over the spread of the levels"),
        "energy": common("J0", "energy at the centre of the bin", "bin"),
        "formula": common("1/J0", "eq. 2.8 with variance 1/12 of a spin, on-site alone", "bin"),
        "printed": common("1/J0", "eq. 2.8 with variance 1/4 as printed, on-site alone", "bin"),
        "gaussian": common("1/J0", "Gaussian of the exact mean and variance", "bin"),
        "expected_mean": common("J0", "exact mean of the energy"),
        "expected_variance": common("J0^2", "exact variance of the energy over disorder too"),
    }
    | coordinate("bin", "i", "1", "bin of the density of states"),
    of=("spectrum",),
    uses=("order_decay",),
)
def spectrum(block: xr.Dataset, *, order_decay: float) -> xr.Dataset:
    """Density of states beside its theory, and level spacings, of each realisation."""
    L, xi = int(block["L"]), float(block["xi"])
    energies = block["energy"].transpose("seed", "product_state").values
    mean, variance = energy_moments(coupling_scales(L, xi, order_decay))
    edges = mean + DEVIATIONS * np.sqrt(variance) * np.linspace(-1, 1, BINS + 1)
    centre, width = 0.5 * (edges[1:] + edges[:-1]), edges[1] - edges[0]
    density = [np.histogram(one, edges)[0] / (len(one) * width) for one in energies]
    spacing, typical = np.array([level_spacings(one) for one in energies]).T
    onsite = 1.0 if xi == 0 else np.nan  # eq. 2.8 is of on-site energies alone
    exponent = -np.square(centre - mean) / (2 * variance)
    rows = rows_of(
        block,
        {
            "density": per_seed(np.array(density), "bin"),
            "mean_energy": per_seed(energies.mean(axis=1)),
            "spread": per_seed(np.square(energies - mean).mean(axis=1)),
            "spacing": per_seed(spacing),
            "typical_spacing": per_seed(typical),
            "spacing_ratio": per_seed(typical / spacing),
            "scaled_spacing": per_seed(spacing * 2**L / energies.std(axis=1)),
            "energy": ("bin", centre),
            "formula": ("bin", onsite * density_of_states(centre, L) / 2**L),
            "printed": ("bin", onsite * density_of_states(centre, L, PRINTED_VARIANCE) / 2**L),
            "gaussian": ("bin", np.exp(exponent) / np.sqrt(2 * np.pi * variance)),
            "expected_mean": mean,
            "expected_variance": variance,
        },
    )
    return rows.assign_coords(bin=np.arange(BINS))


def spectrum_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean density of states and level spacings, beside the formulas."""
    return means(rows)


@statistic(
    "fixed_point/light_cone",
    references="swingle2013, eq. 2.4",
    contents={
        "norm": each("1", "‖[A(t), B]‖", "fictitious_time", "distance"),
        "bound": each("1", "bound of ‖[A(t), B]‖", "fictitious_time", "distance"),
        "decay_length": each("1", "decay length of ‖[A(t), B]‖ in sites", "fictitious_time"),
        "exponential_bound": common(
            "1", "bound 2 e^(−(d − v t)/ξ) of eq. 2.4", "fictitious_time", "distance"
        ),
    }
    | FICTITIOUS
    | DISTANCE,
    of=("light_cone",),
)
def light_cone(block: xr.Dataset) -> xr.Dataset:
    """Commutator norms beside their bounds, and their decay lengths, of each realisation."""
    norm = block["commutator"].transpose("seed", "fictitious_time", "distance")
    logarithms = np.log(norm.values[..., 1:])  # the sites themselves do not commute at first
    flat = logarithms.reshape(-1, logarithms.shape[-1])
    slopes = np.polyfit(norm["distance"].values[1:], flat.T, 1)[0].reshape(norm.shape[:2])
    return rows_of(
        block,
        {
            "norm": norm,
            "bound": block["commutator_bound"],
            "decay_length": per_seed(-1 / slopes, "fictitious_time"),
            "exponential_bound": block["exponential_bound"],
        },
    )


def light_cone_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean norms, bounds and decay lengths, the largest norms, and how near they come to bounds."""
    rows = _without_length(rows)
    out = means(rows)
    tightness = (rows["norm"] / rows["bound"]).max(("seed", "distance"))
    out["largest"] = described(rows["norm"].max("seed"), "1", "largest ‖[A(t), B]‖")
    out["tightness"] = described(tightness, "1", "largest ‖[A(t), B]‖ over its bound")
    return out


def _without_length(rows: xr.Dataset) -> xr.Dataset:
    """Rows of K alone without ξ, which it has none of."""
    return rows.drop_vars("xi", errors="ignore")


@statistic(
    "fixed_point/area_law",
    references="swingle2013, section III A",
    contents={
        "entropy": each("1", "entropy of the block, in nats", "ends", "length"),
        "bound": each("1", "bound of eq. 3.7, in nats", "ends", "length"),
        "slope": each("1", "entropy per further site of the block, in nats", "ends"),
        "largest": each("1", "largest entropy of the block, in nats", "ends", "length"),
        "tightness": each("1", "largest entropy over its bound", "ends"),
    }
    | ENDS
    | LENGTH,
    of=("area_law",),
)
def area_law(block: xr.Dataset) -> xr.Dataset:
    """Entropies of blocks beside their bound, over the eigenstates of each realisation."""
    of_states = block["block_entropy"]
    entropy = of_states.mean("eigenstate").transpose("seed", "ends", "length")
    # Beyond half the chain it is the complement whose length counts.
    fitted = entropy.sel(length=slice(SHORTEST, int(block["L"]) // 2))
    slope = np.full(fitted.shape[:2], np.nan)
    if fitted.sizes["length"] > 1:
        flat = fitted.values.reshape(-1, fitted.sizes["length"])
        slope = np.polyfit(fitted["length"].values, flat.T, 1)[0].reshape(slope.shape)
    return rows_of(
        block,
        {
            "entropy": entropy,
            "bound": block["block_bound"],
            "slope": per_seed(slope, "ends"),
            "largest": of_states.max("eigenstate"),
            "tightness": (of_states / block["block_bound"]).max(("eigenstate", "length")),
        },
    )


def area_law_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean entropies, bounds and slopes; the largest entropy, and how near any is to its bound."""
    rows = _without_length(rows)
    out = means(rows, "entropy", "bound", "slope")
    for name in ("largest", "tightness"):
        out[name] = rows[name].max("seed")
        out[name].attrs = rows[name].attrs
    return out


@statistic(
    "fixed_point/quasi_adiabatic",
    references="swingle2013, eq. 4.31",
    contents={
        "connected": each("1", "share of pairs within γ that K connects", "gap"),
        "clear_states": each("1", "share of states K connects to none near", "gap"),
        "generator_error": each("1", "‖U†JU − K‖ / ‖K‖", "gap"),
        "all_connected": common("1", "share of all pairs that K connects"),
    }
    | GAMMA,
    of=("quasi_adiabatic",),
)
def quasi_adiabatic(block: xr.Dataset) -> xr.Dataset:
    """Shares of near levels that K connects, and the error of the generator, by realisation."""
    states = 2 ** int(block["L"])
    near = block["near_pairs"]
    return rows_of(
        block,
        {
            # Without any near pair, none is connected.
            "connected": block["connected_pairs"] / near.where(near > 0, 1.0),
            "clear_states": block["clear_states"],
            "generator_error": block["generator_error"],
            # K moves one spin or two neighbours, whatever its terms.
            "all_connected": block["all_connected"].max("seed") / (states * (states - 1) / 2),
        },
    )


def quasi_adiabatic_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean shares of pairs and states, and the mean error of the generator."""
    return means(rows, "connected", "clear_states", "generator_error")
