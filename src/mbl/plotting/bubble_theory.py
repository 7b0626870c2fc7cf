"""Theory beside numbers: avalanches and perturbation theory (colmenarez2023, eq. 6, SM E)."""

from collections.abc import Sequence

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullFormatter

from mbl.plotting.style import (
    MARKERS,
    PAGE,
    PALETTE,
    PURITY,
    Drawn,
    curves,
    note,
    realisations,
    sequence,
)
from mbl.plotting.table import bubble_size, rows


def theory(
    data: xr.Dataset,
    response: xr.Dataset,
    perturbation: xr.Dataset,
    size: int,
    strengths: Sequence[float],
) -> Drawn:
    """Eq. 6 beside the purities, and purities by perturbation theory beside exact ones."""
    n = bubble_size(data)
    figure = Figure(figsize=(PAGE, 2.9))
    left, right = figure.subplots(1, 2)
    of_strength = [rows(data, "W", n=n, L=size, W=W).isel(key=0) for W in strengths]
    curves(
        left,
        data["distance"].values,
        [
            (f"{W:g}", row["purity"], row["purity_error"])
            for W, row in zip(strengths, of_strength, strict=True)
        ],
        linestyle="none",
    )
    for color, W in zip(sequence(len(strengths)), strengths, strict=True):
        fit = rows(response, "W", n=n, L=size, W=W).isel(key=0)
        left.plot(response["distance"], fit["avalanche"], "--", color=color)
    left.set_xlabel("distance $i$ from the bubble")
    left.set_ylabel(PURITY)
    left.xaxis.set_major_locator(MaxNLocator(integer=True))
    left.legend(title="$W$", loc="lower right", ncols=2)
    left.set_title(rf"eq. 6 (dashed), $L = {size}$, $n_\mathrm{{GOE}} = {n}$", fontsize=9)
    quartiles = _quartiles(perturbation)
    _against_strength(right, quartiles)
    right.set_title(rf"perturbation theory, $L = {int(perturbation['L'])}$", fontsize=9)
    note(
        figure,
        f"colmenarez2023, eq. 6 and SM E: {realisations(data)}; right: median and quartiles, "
        f"{perturbation.sizes['seed']} realisations",
    )
    shown = response[["avalanche", "probability", "localization_length", "realisations"]]
    shown = shown.isel(key=response["L"].values == size)
    return figure, xr.merge([shown, quartiles.rename(W="perturbation_W")])


def _quartiles(perturbation: xr.Dataset) -> xr.Dataset:
    """Quartiles of 1 − γ and of the error of perturbation theory at each W."""
    exact, second = (perturbation[name].drop_vars("L") for name in ("exact", "perturbative"))
    out = xr.Dataset()
    for name, values, long_name in (
        ("effect", 1 - exact, "quartiles of 1 − γ"),
        ("deviation", abs(second - exact), "quartiles of |γ to second order − γ|"),
    ):
        out[name] = values.quantile([0.25, 0.5, 0.75], ("seed", "configuration", "site"))
        out[name].attrs = {"units": "1", "long_name": long_name}
    return out


def _against_strength(axes: Axes, quartiles: xr.Dataset) -> None:
    """Medians and quartiles against W with the powers that theory has for them."""
    W = quartiles["W"].values
    shown = (("effect", r"$1 - \gamma$, exact", -2), ("deviation", "second order less exact", -4))
    for position, (name, label, power) in enumerate(shown):
        low, middle, high = quartiles[name].transpose("quantile", "W").values
        color = PALETTE[position]
        axes.plot(W, middle, MARKERS[position] + "-", color=color, label=label)
        axes.fill_between(W, low, high, color=color, alpha=0.2, linewidth=0)
        guide = middle[-1] * (W / W[-1]) ** power
        axes.plot(W, guide, ":", color="0.4", linewidth=0.8)
        axes.annotate(f"$W^{{{power}}}$", (W[-1], guide[-1]), (-12, 5), textcoords="offset points",
                      fontsize=7, color="0.3")  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="$W$")
    axes.set_xticks(W, [f"{w:g}" for w in W])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.legend()
