"""Theory beside numbers: avalanches and perturbation theory (colmenarez2023, eq. 6, SM E)."""

from collections.abc import Sequence

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullFormatter

from mbl.ensembles.perturbation import quartiles
from mbl.ensembles.response import purity_response
from mbl.ensembles.rows import key_of
from mbl.papers.colmenarez2023 import options
from mbl.papers.colmenarez2023.checks import beside_longer_chains, one_bubble, shown_is_there
from mbl.papers.colmenarez2023.shared import RESPONSE
from mbl.plotting.style import (
    MARKERS,
    PAGE,
    PALETTE,
    Drawn,
    curves,
    note,
    realisations,
    sequence,
)
from mbl.plotting.table import bubble_size
from mbl.registry import figure


@figure(
    "colmenarez2023",
    of=("chain/midspectrum", "chain/perturbation"),
    ensemble="inclusion",
    references="colmenarez2023, eq. 6 and supplementary material E",
    options=options.size(12) | options.strengths(4.4, 5.2, 6.0, 8.0),
    checks=(one_bubble, beside_longer_chains, shown_is_there),
)
def theory(
    midspectrum: xr.Dataset,
    perturbation: xr.Dataset,
    *,
    size: int,
    strengths: Sequence[float],
) -> Drawn:
    """Avalanche and perturbation theory.

    Left, the paper's very rough prediction from avalanches (eq. 6, dashed) beside the response that
    is measured. The curve is capped, where eq. 6 as printed is not: an avalanche is no larger than
    the chain and makes no site more localised than in the chain alone. Right, the distance of the
    purity from one at strong disorder, and the error of the paper's perturbation theory (SM E, with
    the slips in print mended), which should fall with a higher power of W.
    """
    response = purity_response(midspectrum)
    n = bubble_size(response)
    drawing = Figure(figsize=(PAGE, 2.9))
    left, right = drawing.subplots(1, 2)
    keys = [key_of(response, n=n, L=size, W=W) for W in strengths]
    curves(
        left,
        response["distance"].values,
        [
            (f"{W:g}", key["difference"], key["difference_error"])
            for W, key in zip(strengths, keys, strict=True)
        ],
        linestyle="none",
    )
    for color, key in zip(sequence(len(keys)), keys, strict=True):
        left.plot(response["distance"], key["avalanche_curve"], "--", color=color)
    left.axhline(0, color="0.5", linewidth=0.6, zorder=0)
    left.set_xlabel("distance $i$ from the bubble")
    left.set_ylabel(RESPONSE)
    left.xaxis.set_major_locator(MaxNLocator(integer=True))
    left.legend(title="$W$", loc="upper right", ncols=2)
    left.set_title(rf"eq. 6, capped (dashed), $L = {size}$, $n_\mathrm{{GOE}} = {n}$", fontsize=9)
    compared = quartiles(perturbation)
    _against_strength(right, compared)
    right.set_title(rf"perturbation theory, $L = {_only_size(perturbation)}$", fontsize=9)
    note(
        drawing,
        f"colmenarez2023, eq. 6 and SM E: {realisations(response)}; right: median and quartiles of "
        f"{perturbation.sizes['seed']} realisations",
    )
    shown = response[
        [
            "difference",
            "difference_error",
            "avalanche_curve",
            "avalanche_chi2",
            "avalanche_p_value",
            "realisations",
        ]
    ]
    shown = shown.isel(key=response["L"].values == size)
    return drawing, xr.merge([shown, compared.rename(W="perturbation_W")])


def _only_size(perturbation: xr.Dataset) -> int:
    """The one L that perturbation theory is compared on."""
    (L,) = {int(L) for L in perturbation["L"].values}
    return L


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
    axes.set(xscale="log", yscale="log", xlabel="$W$", ylabel="median in a realisation")
    axes.set_xticks(W, [f"{w:g}" for w in W])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.legend()
