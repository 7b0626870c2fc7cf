"""Figs. 2–5 of colmenarez2023: what the bubble does to chains of several sizes."""

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from mbl.ensembles.crossings import gap_ratio_crossings
from mbl.ensembles.midspectrum import correlations
from mbl.ensembles.rows import averaged, key_of
from mbl.papers.colmenarez2023 import options
from mbl.papers.colmenarez2023.checks import beside_longer_chains, one_bubble, shown_is_there
from mbl.papers.colmenarez2023.shared import GAP_RATIO, draw, references
from mbl.plotting.style import (
    PAGE,
    PALETTE,
    PURITY,
    Drawn,
    curves,
    note,
    realisations,
    sequence,
    whole_numbers,
)
from mbl.plotting.table import along, bubble_size, sizes_of, strengths_of
from mbl.registry import figure


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="inclusion",
    references="colmenarez2023, Fig. 2",
    checks=(one_bubble, beside_longer_chains),
)
def fig2(midspectrum: xr.Dataset) -> Drawn:
    """Gap ratios with and without the bubble.

    The mean gap ratio in the middle of the spectrum against disorder W, for chains with a bubble
    and for chains alone that are two sites longer; on the right the crossings of neighbouring
    sizes. The paper finds them at slightly larger W with the bubble, within large uncertainties.
    """
    data, crossings = averaged(midspectrum, ["gap_ratio"]), gap_ratio_crossings(midspectrum)
    n = bubble_size(data)
    crossing = bool(np.isfinite(crossings["crossing"]).any())
    drawing = Figure(figsize=(PAGE, 2.6))
    panels = drawing.subplots(1, 2 + crossing, width_ratios=[1, 1, 0.7][: 2 + crossing])
    for axes, bubble, title in (
        (panels[0], n, rf"with bubble, $n_\mathrm{{GOE}} = {n}$"),
        (panels[1], 0, "without bubble"),
    ):
        draw(axes, along(data, "gap_ratio", "W", "L", sizes_of(data, bubble), n=bubble))
        references(axes, named=bubble > 0)
        axes.set_xlabel("$W$")
        axes.set_ylim(0.36, 0.55)
        axes.set_title(title, fontsize=9)
        axes.legend(title="$L$", loc="center right")
    panels[0].set_ylabel(GAP_RATIO)
    panels[1].tick_params(labelleft=False)
    if crossing:
        _crossings(panels[2], crossings, n)
    note(
        drawing,
        f"colmenarez2023, Fig. 2: {realisations(data)}; right: crossings of $L$ and $L + 2$",
    )
    return drawing, xr.merge([data, crossings.rename(n="pair_n", L="pair_L")])


def _crossings(axes: Axes, crossings: xr.Dataset, n: int) -> None:
    """Crossings of neighbouring sizes against 1/L, with and without a bubble of n states."""
    for position, (bubble, name) in enumerate(((n, "with"), (0, "without"))):
        pairs = crossings.isel(pair=crossings["n"].values == bubble)
        curves(
            axes,
            1 / pairs["L"].values,
            [(name, pairs["crossing"], pairs["crossing_error"])],
            colors=[PALETTE[position]],
            marker=position,
        )
    sizes = np.unique(crossings["L"].values)
    axes.set_xticks(1 / sizes, [f"1/{L}" for L in sizes])
    axes.margins(x=0.15, y=0.15)
    axes.set_xlabel("$1/L$")
    axes.set_title("crossing $W$", fontsize=9)
    axes.legend(title="bubble")


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="inclusion",
    references="colmenarez2023, Fig. 3",
    options=options.sizes(10, 12),
    checks=(one_bubble, beside_longer_chains, shown_is_there),
)
def fig3(midspectrum: xr.Dataset, *, sizes: Sequence[int]) -> Drawn:
    """Purity against distance from the bubble.

    The mean purity of single spins against their distance from the bubble; bands mark the chain
    without one. The purity is lowest next to the bubble, and in the paper it levels off below the
    band up to W ≈ 5.6 – 6.
    """
    data = averaged(midspectrum, ["purity", "bulk_purity"])
    n = bubble_size(data)
    drawing = Figure(figsize=(PAGE, 3.0))
    panels = np.atleast_1d(drawing.subplots(1, len(sizes), sharey=True))
    strengths = strengths_of(data)
    shades = sequence(len(strengths))
    for axes, L in zip(panels, sizes, strict=True):
        for shade, W in zip(shades, strengths, strict=True):
            alone = key_of(data, n=0, L=L + 2, W=W)
            mean, error = float(alone["bulk_purity"]), float(alone["bulk_purity_error"])
            axes.axhspan(mean - error, mean + error, color=shade, alpha=0.3, linewidth=0)
        of_strength = [key_of(data, n=n, L=L, W=W) for W in strengths]
        curves(
            axes,
            data["distance"].values,
            [
                (f"{W:g}", key["purity"], key["purity_error"])
                for W, key in zip(strengths, of_strength, strict=True)
            ],
        )
        axes.set_xlabel("distance $i$ from the bubble")
        whole_numbers(axes, range((L + 1) // 2))
        axes.set_title(rf"$L = {L}$, $n_\mathrm{{GOE}} = {n}$", fontsize=9)
    panels[0].set_ylabel(PURITY)
    handles, labels = panels[0].get_legend_handles_labels()
    band = Patch(color="0.5", alpha=0.3, linewidth=0)
    drawing.legend(
        [band, *handles], ["alone", *labels], title="$W$", loc="outside right upper", reverse=True
    )
    note(
        drawing,
        f"colmenarez2023, Fig. 3: {realisations(data)}; bands: bulk of $L + 2$ sites alone",
    )
    kept = [*sizes, *(L + 2 for L in sizes)]
    return drawing, data.isel(key=np.isin(data["L"].values, kept))


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="inclusion",
    references="colmenarez2023, Fig. 4",
    options=options.distance(3),
    checks=(one_bubble, shown_is_there),
)
def fig4(midspectrum: xr.Dataset, *, distance: int) -> Drawn:
    """Purity at a fixed distance against size.

    The mean purity at one distance from the bubble as the chain grows, and the same without bubble.
    In the paper it rises with size from W = 5.2 on, which avalanches do not explain: a sign of
    finite-size effects.
    """
    data = averaged(midspectrum, ["purity"]).sel(distance=distance)
    n = bubble_size(data)
    drawing = Figure(figsize=(PAGE, 2.8))
    panels = drawing.subplots(1, 2, sharey=True)
    for axes, bubble, title in (
        (panels[0], n, rf"with bubble, $n_\mathrm{{GOE}} = {n}$"),
        (panels[1], 0, "without bubble"),
    ):
        draw(axes, along(data, "purity", "L", "W", strengths_of(data), n=bubble))
        axes.set_title(title, fontsize=9)
        axes.set_xlabel("$L$")
        whole_numbers(axes, sizes_of(data, bubble))
    panels[0].set_ylabel(rf"$\bar\gamma_{{{distance}}}$")
    drawing.legend(
        *panels[0].get_legend_handles_labels(), title="$W$", loc="outside right upper", reverse=True
    )
    note(drawing, f"colmenarez2023, Fig. 4: distance {distance}, {realisations(data)}")
    return drawing, data


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="inclusion",
    references="colmenarez2023, Fig. 5",
    options=options.strengths(4.4, 5.2, 6.0, 8.0),
    checks=(one_bubble, beside_longer_chains, shown_is_there),
)
def fig5(midspectrum: xr.Dataset, *, strengths: Sequence[float]) -> Drawn:
    """Correlations of purities.

    The correlation coefficient C(r) of the purities next to the bubble and at distance r, with
    bubble (solid) and without (dashed). The paper sees the bubble raise it at W = 4.4, and less so
    at 5.2 and 6.0.
    """
    data = correlations(midspectrum)
    n = bubble_size(data)
    sizes = sizes_of(data, n)
    drawing = Figure(figsize=(PAGE, 1.6 + 1.8 * (len(strengths) > 2)))
    rows_of_panels = -(-len(strengths) // 2)
    panels = drawing.subplots(rows_of_panels, 2, sharex=True, sharey=True, squeeze=False).ravel()
    r = data["distance"].values
    for axes, W in zip(panels[: len(strengths)], strengths, strict=True):
        for bubble, longer, linestyle in ((n, 0, "-"), (0, 2, "--")):
            of_size = [key_of(data, n=bubble, L=L + longer, W=W) for L in sizes]
            members = [
                (
                    f"{L + longer}",
                    key["correlation"].where(data["distance"] > 0),
                    key["correlation_error"],
                )
                for L, key in zip(sizes, of_size, strict=True)
            ]
            curves(axes, r, members, linestyle=linestyle, hollow=not bubble)
        axes.axhline(0, color="0.5", linewidth=0.6, zorder=0)
        axes.text(0.96, 0.9, f"$W = {W:g}$", transform=axes.transAxes, ha="right", va="top")
        axes.set_ylabel("$C(r)$")
        axes.set_xlabel("$r$")
        axes.label_outer()
        whole_numbers(axes, r.tolist())
    handles, labels = panels[0].get_legend_handles_labels()
    half = len(sizes)
    drawing.legend(handles[:half], labels[:half], title="$L$, bubble", loc="outside right upper")
    drawing.legend(handles[half:], labels[half:], title="$L$, alone", loc="outside right center")
    note(
        drawing,
        rf"colmenarez2023, Fig. 5: $n_\mathrm{{GOE}} = {n}$, {realisations(data)}; "
        "$C(0) = 1$ left out",
    )
    return drawing, data.isel(key=np.isin(data["W"].values, strengths))
