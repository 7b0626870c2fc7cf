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
from mbl.systems.fixed_point_diagonal import DOWN, TIME

COUPLING = schemas.described(schemas.NUMBER, "a coupling in units of J0")
LINES = {
    "prefactor": "dS/d ln t over s ξ, fitted through the origin",
    "linear_prefactor": "slope of dS/d ln t against s ξ",
    "intercept": "dS/d ln t extrapolated to ξ = 0, over s",
}


@statistic(
    "fixed_point/growth",
    references="swingle2013, eqs. 3.12–3.21",
    contents={
        "entropy": each("1", "entropy of the half chain, in nats", "down", "time"),
        "bound": each("1", "bound of the entropy, in nats", "down", "time"),
        "rate": each("1", "dS/d ln t in nats", "down"),
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
    return rows_of(
        block,
        {
            "entropy": block["entropy"],
            "bound": block["entropy_bound"],
            "rate": per_seed(_rates(block, window), "down"),
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
    """Rates over s against ξ by least squares, realisation by realisation (eq. 3.21).

    One realisation is followed through all ξ, so that its rates are correlated: every realisation
    gives a line, and errors are over those. A single ξ leaves the line through the origin alone.

    Returns
    -------
    Dataset
        `prefactor` of the line through the origin, `linear_prefactor` and `intercept` of the free
        one, with errors, by `size` L and initial state; NaN where a rate is.
    """
    sizes = np.unique(rows["L"].values)
    lines = xr.concat([_lines(keys_of(rows, "xi", L=L)) for L in sizes], "size")
    out = xr.Dataset(
        coords={
            "size": ("size", sizes, {"units": "1", "long_name": "L of the lines through all ξ"}),
            "down": rows["down"],
        }
    )
    for name, meaning in LINES.items():
        mean, error = mean_and_error(lines[name])
        out[name] = described(mean, "1", f"mean {meaning}")
        out[f"{name}_error"] = described(
            error, "1", f"standard error over realisations of {meaning}"
        )
    return out


def _lines(rows: xr.Dataset) -> xr.Dataset:
    """Lines of every realisation of one size, from its rates at all ξ."""
    xi = rows["xi"].values
    rates = (rows["rate"] / rows["site_entropy"]).transpose("key", "seed", "down").values
    flat = rates.reshape(len(xi), -1)
    known = np.isfinite(flat).all(axis=0)
    lines = np.full((len(LINES), flat.shape[1]), np.nan)
    if known.any():
        lines[0, known] = xi @ flat[:, known] / (xi @ xi)
    if known.any() and len(xi) > 1:
        lines[1:, known] = np.polyfit(xi, flat[:, known], 1)
    by_name = dict(zip(LINES, lines.reshape(len(LINES), *rates.shape[1:]), strict=True))
    return xr.Dataset({name: per_seed(values, "down") for name, values in by_name.items()})


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
