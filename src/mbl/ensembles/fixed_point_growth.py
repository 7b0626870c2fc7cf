"""Dephasing under the fixed-point Hamiltonian over realisations, and of two spins (swingle2013)."""

import numpy as np
import xarray as xr

from mbl import schemas
from mbl.dynamics.diagonal import (
    diagonal_growth,
    growth_rates,
    product_state,
    spin_purity,
    two_spin_density_matrix,
    two_spin_purity,
)
from mbl.dynamics.entanglement import shannon_entropy
from mbl.ensembles.fixed_point import common, described, each, means, per_seed, rows_of
from mbl.ensembles.rows import keys_of, mean_and_error
from mbl.hilbert import Floats
from mbl.models.fixed_point import diagonal_energies
from mbl.registry import Option, Variable, coordinate, statistic
from mbl.systems.fixed_point_diagonal import DOWN, RANGE, TIME

LINEAR_TIME = coordinate("time", "f", "1/J0", "time, evenly spaced")
COUPLING = schemas.described(schemas.NUMBER, "a coupling in units of J0")
PREFACTOR = "dS/d ln t over s ξ, fitted through the origin"


@statistic(
    "fixed_point/growth",
    references="swingle2013, eqs. 3.12–3.21",
    contents={
        "entropy": each("1", "entropy of the half chain, in nats", "down", "time"),
        "bound": each("1", "bound of the entropy, in nats", "down", "time"),
        "rate": each("1", "dS/d ln t in nats", "down"),
        "early_rate": each("1", "dS/d ln t in the lower half of the window", "down"),
        "late_rate": each("1", "dS/d ln t in the upper half of the window", "down"),
        "purity": each("1", "purity of the middle spin", "down", "time"),
        "revival": each("1", "largest late purity of the middle spin", "down"),
        "diagonal_entropy": common("1", "entropy once Z is measured (eq. 3.15)", "down"),
        "site_entropy": common("1", "s, entropy per spin once Z is measured", "down"),
    }
    | DOWN
    | TIME,
    of=("growth",),
    options={
        "window": Option(
            [0.2, 0.65],
            {
                "type": "array",
                "minItems": 2,
                "maxItems": 2,
                "items": schemas.share("a share of the diagonal entropy, between 0 and 1"),
                "description": "two shares of the diagonal entropy between 0 and 1, the lower "
                "first",
            },
            "entropies within which dS/d ln t is fitted, as shares of the entropy of the measured "
            "state (eq. 3.15)",
        ),
        "late": Option(1e3, schemas.POSITIVE, "time from which a purity counts as revived", "1/J₀"),
    },
)
def growth(block: xr.Dataset, *, window: list[float], late: float) -> xr.Dataset:
    """Entanglement in time beside its bound, its rate, and one spin's purity, by realisation."""
    purity, diagonal = block["purity"], block["diagonal_entropy"]
    middle = sum(window) / 2
    return rows_of(
        block,
        {
            "entropy": block["entropy"],
            "bound": block["entropy_bound"],
            "rate": per_seed(_rates(block, window), "down"),
            "early_rate": per_seed(_rates(block, [window[0], middle]), "down"),
            "late_rate": per_seed(_rates(block, [middle, window[1]]), "down"),
            "purity": purity,
            "revival": purity.sel(time=slice(late, None)).max("time"),
            "diagonal_entropy": diagonal,
            "site_entropy": diagonal.reset_coords(drop=True) / (int(block["L"]) // 2),
        },
    )


def _rates(block: xr.Dataset, window: list[float]) -> Floats:
    """Rates dS/d ln t of each realisation and initial state, shape (seeds, down)."""
    entropy = block["entropy"].transpose("down", "seed", "time").values
    bounds = np.multiply.outer(block["diagonal_entropy"].values, window)
    times = block["time"].values
    return np.stack(
        [growth_rates(times, S, *ends) for S, ends in zip(entropy, bounds, strict=True)], axis=1
    )


def growth_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean entropies, rates and purities, how near entropies come to bounds, and `rate_lines`."""
    out = means(rows)
    tightness = (rows["entropy"] / rows["bound"]).max(("seed", "time"))
    out["tightness"] = described(tightness, "1", "largest entropy over its bound")
    return out.merge(rate_lines(rows))


def rate_lines(rows: xr.Dataset) -> xr.Dataset:
    """Rates over s against ξ by a line through the origin, realisation by realisation (eq. 3.21).

    One realisation is followed through all ξ, so that its rates are correlated: every realisation
    gives a line, and errors are over those.

    Returns
    -------
    Dataset
        `prefactor` with its error by `size` L and initial state; NaN where a rate is.
    """
    sizes = np.unique(rows["L"].values)
    factors = xr.concat([_factors(keys_of(rows, "xi", L=L)) for L in sizes], "size")
    mean, error = mean_and_error(factors)
    return xr.Dataset(
        {
            "prefactor": described(mean, "1", f"mean {PREFACTOR}"),
            "prefactor_error": described(
                error, "1", f"standard error over realisations of {PREFACTOR}"
            ),
        },
        {
            "size": ("size", sizes, {"units": "1", "long_name": "L of the lines through all ξ"}),
            "down": rows["down"],
        },
    )


def _factors(rows: xr.Dataset) -> xr.DataArray:
    """Slopes of the lines of every realisation of one size, from its rates at all ξ."""
    xi = rows["xi"].values
    rates = (rows["rate"] / rows["site_entropy"]).transpose("key", "seed", "down").values
    return per_seed(np.tensordot(xi, rates, 1) / (xi @ xi), "down")


@statistic(
    "fixed_point/finite_range",
    references="swingle2013, section III C",
    contents={
        "entropy": each("1", "entropy of the half chain, in nats", "range", "time"),
        "least": each("1", "least late entropy over the largest", "range"),
        "tightness": each("1", "largest entropy over that of R spins once Z is measured", "range"),
        "cap": common("1", "entropy of R spins once Z is measured, in nats", "range"),
    }
    | RANGE
    | LINEAR_TIME,
    of=("finite_range",),
)
def finite_range(block: xr.Dataset) -> xr.Dataset:
    """Entanglement under interactions of finite range, and how far it comes back to none.

    Late is the second half of the times.
    """
    entropy, cap = block["range_entropy"].rename(range_time="time"), block["range_cap"]
    largest, late = entropy.max("time"), entropy.isel(time=slice(entropy.sizes["time"] // 2, None))
    return rows_of(
        block,
        {
            "entropy": entropy,
            "least": late.min("time") / largest,
            "tightness": largest / cap,
            "cap": cap,
        },
    )


def finite_range_means(rows: xr.Dataset) -> xr.Dataset:
    """Mean entropies and recurrences, the caps, and the entropy of the first realisation."""
    out = means(rows)
    about = rows["entropy"].attrs
    out["example"] = described(
        rows["entropy"].isel(seed=0), about["units"], f"{about['long_name']}, one realisation"
    )
    return out


@statistic(
    "fixed_point/two_spins",
    references="swingle2013, eqs. 3.9–3.12",
    contents={
        f"{name}{ending}": Variable(("phase",), "f", "1", long_name + said)
        for name, long_name in (
            ("purity", "purity Tr ρ² of spin one"),
            ("entropy", "entropy of spin one in nats"),
        )
        for ending, said in (("", ", by eq. 3.12"), ("_exact", ", by evolution of the state"))
    }
    | coordinate("phase", "f", "1", "J₁₂t"),
    options={
        "J1": Option(0.9, COUPLING, "J₁ of eq. 3.9", "J₀"),
        "J2": Option(0.4, COUPLING, "J₂ of eq. 3.9", "J₀"),
        "J12": Option(0.1, schemas.POSITIVE, "J₁₂ of eq. 3.9", "J₀"),
        "periods": Option(2, schemas.COUNT, "number of periods 2π of the phase J₁₂t"),
        "points": Option(
            32,
            {
                "type": "integer",
                "minimum": 2,
                "multipleOf": 2,
                "description": "an even number of points in each period, so that π is among them",
            },
            "number of phases in each period",
        ),
    },
)
def two_spins(*, J1: float, J2: float, J12: float, periods: int, points: int) -> xr.Dataset:
    """Two spins that dephase each other, by eq. 3.12 and by evolution of the state."""
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
