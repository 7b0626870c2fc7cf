"""Statistics of the fixed-point model over realisations (swingle2013)."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import xarray as xr

from mbl.dynamics.diagonal import (
    diagonal_growth,
    growth_rates,
    product_state,
    spin_purity,
    two_spin_density_matrix,
    two_spin_purity,
)
from mbl.dynamics.entanglement import random_state_entropy, shannon_entropy
from mbl.ensembles.statistics import mean_and_error, table
from mbl.hilbert import Floats
from mbl.models.fixed_point import (
    coupling_scales,
    density_of_states,
    diagonal_energies,
    energy_moments,
    level_spacings,
)
from mbl.spectral import gap_ratios

Keys = Iterable[xr.Dataset]

BINS = 60  # of the density of states
DEVIATIONS = 4.0  # standard deviations on either side of the mean that the bins span
PRINTED_VARIANCE = 1 / 4  # of one on-site energy in eq. 2.7; the uniform law has 1/12
SHORTEST = 2  # sites of a block from which its two ends are apart


def _row(key: xr.Dataset, quantities: Mapping[str, xr.DataArray]) -> xr.Dataset:
    """Means and errors of quantities of one key."""
    row = xr.Dataset()
    for name, values in quantities.items():
        row[name], row[f"{name}_error"] = mean_and_error(values.reset_coords(drop=True))
    row["realisations"] = key.sizes["seed"]
    return row


def _per_seed(values: Sequence[float] | Floats, *dims: str) -> xr.DataArray:
    return xr.DataArray(np.asarray(values), dims=("seed", *dims))


def spectrum_statistics(keys: Keys, order_decay: float) -> xr.Dataset:
    """Density of states beside its theory (eqs. 2.7, 2.8), and level spacings.

    Parameters
    ----------
    keys
        Datasets of kind `fixed_point_spectrum`, all realisations of one L and ξ each.
    order_decay
        λ of the couplings.

    Returns
    -------
    Dataset of kind `fixed_point_spectrum_statistics`
    """
    rows = table(((_spectrum_row(key, order_decay), key) for key in keys), ("L", "xi"))
    return rows.assign_coords(bin=np.arange(BINS))


def _spectrum_row(key: xr.Dataset, order_decay: float) -> xr.Dataset:
    L, xi = int(key["L"]), float(key["xi"])
    energies = key["energy"].transpose("seed", "product_state").values
    mean, variance = energy_moments(coupling_scales(L, xi, order_decay))
    edges = mean + DEVIATIONS * np.sqrt(variance) * np.linspace(-1, 1, BINS + 1)
    centre, width = 0.5 * (edges[1:] + edges[:-1]), edges[1] - edges[0]
    density = [np.histogram(one, edges)[0] / (len(one) * width) for one in energies]
    spacing, typical = np.array([level_spacings(one) for one in energies]).T
    row = _row(
        key,
        {
            "density": _per_seed(np.array(density), "bin"),
            "mean_energy": _per_seed(energies.mean(axis=1)),
            "spread": _per_seed(np.square(energies - mean).mean(axis=1)),
            "spacing": _per_seed(spacing),
            "typical_spacing": _per_seed(typical),
            "spacing_ratio": _per_seed(typical / spacing),
            "scaled_spacing": _per_seed(spacing * 2**L / energies.std(axis=1)),
        },
    )
    # Eq. 2.8 is of on-site energies alone.
    onsite = 1.0 if xi == 0 else np.nan
    row["energy"] = "bin", centre
    row["formula"] = "bin", onsite * density_of_states(centre, L) / 2**L
    row["printed"] = "bin", onsite * density_of_states(centre, L, PRINTED_VARIANCE) / 2**L
    exponent = -np.square(centre - mean) / (2 * variance)
    row["gaussian"] = "bin", np.exp(exponent) / np.sqrt(2 * np.pi * variance)
    row["expected_mean"], row["expected_variance"] = mean, variance
    return row


def light_cone_statistics(keys: Keys) -> xr.Dataset:
    """Commutator norms beside their bounds, and their decay lengths (eq. 2.4).

    Parameters
    ----------
    keys
        Datasets of kind `fixed_point_light_cone`, all realisations of one L each.

    Returns
    -------
    Dataset of kind `fixed_point_light_cone_statistics`
    """
    return table(((_light_cone_row(key), key) for key in keys), ("L",))


def _light_cone_row(key: xr.Dataset) -> xr.Dataset:
    norm = key["commutator"].transpose("seed", "fictitious_time", "distance")
    logarithms = np.log(norm.values[..., 1:])  # the sites themselves do not commute at first
    flat = logarithms.reshape(-1, logarithms.shape[-1])
    slopes = np.polyfit(norm["distance"].values[1:], flat.T, 1)[0].reshape(norm.shape[:2])
    quantities = {
        "norm": norm,
        "bound": key["commutator_bound"],
        "decay_length": _per_seed(-1 / slopes, "fictitious_time"),
    }
    row = _row(key, quantities)
    row["exponential_bound"] = key["exponential_bound"].reset_coords(drop=True)
    row["largest"] = norm.max("seed").reset_coords(drop=True)
    tightness = (norm / key["commutator_bound"]).max(("seed", "distance"))
    row["tightness"] = tightness.reset_coords(drop=True)
    return row


def area_law_statistics(keys: Keys) -> xr.Dataset:
    """Entropies of blocks beside their bound, and what a further site adds (eq. 3.7).

    Parameters
    ----------
    keys
        Datasets of kind `fixed_point_area_law`, all realisations of one L each.

    Returns
    -------
    Dataset of kind `fixed_point_area_law_statistics`
    """
    return table(((_area_law_row(key), key) for key in keys), ("L",))


def _area_law_row(key: xr.Dataset) -> xr.Dataset:
    entropy = key["block_entropy"].mean("eigenstate").transpose("seed", "ends", "length")
    # Beyond half the chain it is the complement whose length counts.
    fitted = entropy.sel(length=slice(SHORTEST, int(key["L"]) // 2))
    slope = np.full(fitted.shape[:2], np.nan)
    if fitted.sizes["length"] > 1:
        flat = fitted.values.reshape(-1, fitted.sizes["length"])
        slope = np.polyfit(fitted["length"].values, flat.T, 1)[0].reshape(slope.shape)
    row = _row(
        key,
        {"entropy": entropy, "bound": key["block_bound"], "slope": _per_seed(slope, "ends")},
    )
    row["largest"] = key["block_entropy"].max(("seed", "eigenstate")).reset_coords(drop=True)
    tightness = (key["block_entropy"] / key["block_bound"]).max(("seed", "eigenstate", "length"))
    row["tightness"] = tightness.reset_coords(drop=True)
    return row


def growth_statistics(keys: Keys, window: Sequence[float], late: float) -> xr.Dataset:
    """Entanglement in time beside its bounds, its rate against ξ, and one spin's purity.

    Parameters
    ----------
    keys
        Datasets of kind `fixed_point_growth`, all realisations of one L and ξ each.
    window
        Entropies between which rates are fitted, as shares of the `diagonal_entropy`.
    late
        Time from which a purity counts as revived, in units of 1/J₀.

    Returns
    -------
    Dataset of kind `fixed_point_growth_statistics`
    """
    rows: list[tuple[xr.Dataset, xr.Dataset]] = []
    rates: dict[int, dict[float, Floats]] = {}
    for key in keys:
        rate = _growth_rates(key, window)
        rows.append((_growth_row(key, rate, late), key))
        site = rows[-1][0]["site_entropy"].values
        rates.setdefault(int(key["L"]), {})[float(key["xi"])] = rate / site
    lines = [_lines(L, by_length) for L, by_length in rates.items()]
    return xr.merge([table(rows, ("L", "xi")), xr.concat(lines, "size")])


def _growth_rates(key: xr.Dataset, window: Sequence[float]) -> Floats:
    """Rates dS/d ln t of each realisation and initial state, shape (seeds, down)."""
    entropy = key["entropy"].transpose("down", "seed", "time").values
    bounds = np.multiply.outer(key["diagonal_entropy"].values, window)
    times = key["time"].values
    return np.stack(
        [growth_rates(times, S, *ends) for S, ends in zip(entropy, bounds, strict=True)], axis=1
    )


def _growth_row(key: xr.Dataset, rate: Floats, late: float) -> xr.Dataset:
    purity = key["purity"]
    row = _row(
        key,
        {
            "entropy": key["entropy"],
            "bound": key["entropy_bound"],
            "rate": _per_seed(rate, "down"),
            "purity": purity,
            "revival": purity.sel(time=slice(late, None)).max("time"),
        },
    )
    row["diagonal_entropy"] = key["diagonal_entropy"].reset_coords(drop=True)
    row["site_entropy"] = row["diagonal_entropy"] / (int(key["L"]) // 2)
    tightness = (key["entropy"] / key["entropy_bound"]).max(("seed", "time"))
    row["tightness"] = tightness.reset_coords(drop=True)
    return row


def _lines(L: int, rates: Mapping[float, Floats]) -> xr.Dataset:
    """Rates over s against ξ by least squares, realisation by realisation (eq. 3.21).

    One realisation is followed through all ξ, so that its rates are correlated: every realisation
    gives a line, and errors are over those. A single ξ leaves the line through the origin alone.
    """
    xi = np.array(sorted(rates))
    y = np.stack([rates[length] for length in xi])  # (ξ, seeds, down)
    flat = y.reshape(len(xi), -1)
    through_origin = (xi @ flat / (xi @ xi)).reshape(y.shape[1:])
    missing = 0 * through_origin if len(xi) > 1 else np.nan  # NaN where a rate is
    line = np.polyfit(xi, np.nan_to_num(flat), 1 if len(xi) > 1 else 0)
    slope, intercept = np.broadcast_to(line, (2, flat.shape[1])).reshape(2, *y.shape[1:]) + missing
    quantities = {"prefactor": through_origin, "linear_prefactor": slope, "intercept": intercept}
    out = xr.Dataset(coords={"size": L})
    for name, values in quantities.items():
        out[name], out[f"{name}_error"] = mean_and_error(_per_seed(values, "down"))
    return out


def quasi_adiabatic_statistics(keys: Keys) -> xr.Dataset:
    """Shares of near levels that K connects, and the error of the generator (eq. 4.31).

    Parameters
    ----------
    keys
        Datasets of kind `fixed_point_quasi_adiabatic`, all realisations of one L and ξ each.

    Returns
    -------
    Dataset of kind `fixed_point_quasi_adiabatic_statistics`
    """
    return table(((_quasi_adiabatic_row(key), key) for key in keys), ("L", "xi"))


def _quasi_adiabatic_row(key: xr.Dataset) -> xr.Dataset:
    states = 2 ** int(key["L"])
    near = key["near_pairs"]
    quantities = {
        # Without any near pair, none is connected.
        "connected": key["connected_pairs"] / near.where(near > 0, 1.0),
        "clear_states": key["clear_states"],
        "generator_error": key["generator_error"],
    }
    row = _row(key, quantities)
    row["all_connected"] = float(key["all_connected"].mean()) / (states * (states - 1) / 2)
    return row


def stability_statistics(keys: Keys) -> xr.Dataset:
    """Gap ratios and entropies of eigenstates of H + gV (section IV).

    Parameters
    ----------
    keys
        Datasets of kind `fixed_point_stability`, all realisations of one L and ξ each.

    Returns
    -------
    Dataset of kind `fixed_point_stability_statistics`
    """
    return table(((_stability_row(key), key) for key in keys), ("L", "xi"))


def _stability_row(key: xr.Dataset) -> xr.Dataset:
    L = int(key["L"])
    ratios = gap_ratios(key["level_energy"].transpose("seed", "g", "level").values).mean(axis=-1)
    entropy = key["level_entropy"].mean("level")
    row = _row(key, {"gap_ratio": _per_seed(ratios, "g"), "entropy": entropy})
    row["random_entropy"] = random_state_entropy(L // 2, L - L // 2)
    row["spectrum_error"] = float(key["spectrum_error"].max())
    return row


def two_spins(J1: float, J2: float, J12: float, periods: int, points: int) -> xr.Dataset:
    """Purity and entropy of one of two spins, by eq. 3.12 and by evolution of both.

    Parameters
    ----------
    J1, J2, J12
        Couplings of eq. 3.9 in units of J₀.
    periods
        Number of periods 2π of the phase J₁₂t.
    points
        Number of phases in each; even, so that π is among them.

    Returns
    -------
    Dataset of kind `fixed_point_two_spins`
    """
    phase = 2 * np.pi * np.arange(periods * points + 1) / points
    times = phase / J12
    energies, state = diagonal_energies(np.array([0.0, J2, J1, J12])), product_state(2)
    weights = np.linalg.eigvalsh(two_spin_density_matrix(J1, J12, times)).astype(np.float64)
    return xr.Dataset(
        {
            "purity": ("phase", two_spin_purity(phase)),
            "purity_exact": ("phase", spin_purity(energies, state, times, 0)),
            "entropy": ("phase", shannon_entropy(weights)),
            "entropy_exact": ("phase", diagonal_growth(energies, state, times, 1)),
        },
        {"phase": phase},
    )


STATISTICS: Mapping[str, Callable[..., xr.Dataset]] = {
    "spectrum": spectrum_statistics,
    "light_cone": light_cone_statistics,
    "area_law": area_law_statistics,
    "growth": growth_statistics,
    "quasi_adiabatic": quasi_adiabatic_statistics,
    "stability": stability_statistics,
}
