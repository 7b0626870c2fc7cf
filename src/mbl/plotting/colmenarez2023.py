"""The figures of colmenarez2023 from their statistics."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import (
    FixedLocator,
    LogLocator,
    MaxNLocator,
    NullFormatter,
    NullLocator,
    ScalarFormatter,
)
from numpy.typing import NDArray

from mbl.plotting.bubble_setup import fig1
from mbl.plotting.bubble_theory import theory
from mbl.plotting.style import (
    COLUMN,
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
from mbl.plotting.table import along, bubble_size, rows, sizes_of, strengths_of
from mbl.spectral import GOE_GAP_RATIO, POISSON_GAP_RATIO

GAP_RATIO = r"$\langle r \rangle$"


def _draw(
    axes: Axes,
    members: Sequence[tuple[str, xr.DataArray, xr.DataArray, xr.DataArray]],
    *,
    colors: Sequence[object] | None = None,
    linestyle: str = "-",
) -> None:
    """Curves on abscissae of their own."""
    colors = colors or sequence(len(members))
    for position, (label, x, mean, error) in enumerate(members):
        curves(
            axes,
            x.values,
            [(label, mean, error)],
            colors=[colors[position]],
            marker=position,
            linestyle=linestyle,
        )


def _references(axes: Axes, *, named: bool = True) -> None:
    """Gap ratios of random matrices and of independent levels."""
    levels = ((GOE_GAP_RATIO, "GOE", 0.99, "right"), (POISSON_GAP_RATIO, "Poisson", 0.01, "left"))
    for value, name, x, side in levels:
        axes.axhline(value, color="0.5", linewidth=0.7, linestyle=":", zorder=0)
        axes.text(x, value, name if named else "", transform=axes.get_yaxis_transform(),
                  fontsize=6.5, color="0.4", va="bottom", ha=side)  # fmt: skip


def _integers(axes: Axes, values: Sequence[int] | NDArray[np.integer]) -> None:
    """Abscissa of whole numbers."""
    axes.xaxis.set_major_locator(FixedLocator(list(values)))
    axes.xaxis.set_minor_locator(NullLocator())


def fig2(data: xr.Dataset, crossings: xr.Dataset) -> Drawn:
    """Gap ratio against W for several L, with and without bubble; inset: pairwise crossings."""
    n = bubble_size(data)
    figure = Figure(figsize=(PAGE, 2.8))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, bubble, title, corner in (
        (panels[0], n, rf"with bubble, $n_\mathrm{{GOE}} = {n}$", (0.72, 0.5)),
        (panels[1], 0, "without bubble", (0.1, 0.5)),
    ):
        _draw(axes, along(data, "gap_ratio", "W", "L", sizes_of(data, bubble), n=bubble))
        _references(axes, named=bubble > 0)
        axes.set_xlabel("$W$")
        axes.set_title(title, fontsize=9)
        axes.legend(title="$L$", loc="lower left", bbox_to_anchor=corner)
    panels[0].set_ylabel(GAP_RATIO)
    panels[0].set_ylim(0.36, 0.55)
    inset = panels[1].inset_axes((0.52, 0.52, 0.46, 0.46))
    inset.xaxis.set_major_locator(MaxNLocator(4))
    for position, (bubble, name) in enumerate(((n, "with"), (0, "without"))):
        pairs = crossings.isel(pair=crossings["n"].values == bubble)
        curves(
            inset,
            1 / pairs["L"].values,
            [(name, pairs["crossing"], pairs["crossing_error"])],
            colors=[PALETTE[position]],
            marker=position,
        )
    inset.set_xlabel("$1/L$", fontsize=7, labelpad=1)
    inset.set_ylabel("crossing $W$", fontsize=7, labelpad=1)
    inset.tick_params(labelsize=6.5)
    inset.legend(fontsize=6, loc="best", title="bubble", title_fontsize=6)
    if not np.isfinite(crossings["crossing"]).any():
        inset.remove()
    note(figure, f"colmenarez2023, Fig. 2: {realisations(data)}")
    ours = data[["gap_ratio", "gap_ratio_error", "realisations"]]
    return figure, xr.merge([ours, crossings.rename(n="pair_n", L="pair_L")])


def fig3(data: xr.Dataset, sizes: Sequence[int]) -> Drawn:
    """Purity against distance from the bubble; bands: the chain alone, two sites longer."""
    n = bubble_size(data)
    figure = Figure(figsize=(PAGE, 3.0))
    panels = np.atleast_1d(figure.subplots(1, len(sizes), sharey=True))
    strengths = strengths_of(data)
    colors = sequence(len(strengths))
    for axes, L in zip(panels, sizes, strict=True):
        for position, W in enumerate(strengths):
            alone = rows(data, "W", n=0, L=L + 2, W=W).isel(key=0)
            mean, error = float(alone["bulk_purity"]), float(alone["bulk_purity_error"])
            axes.axhspan(mean - error, mean + error, color=colors[position], alpha=0.3, linewidth=0)
        of_strength = [rows(data, "W", n=n, L=L, W=W).isel(key=0) for W in strengths]
        curves(
            axes,
            data["distance"].values,
            [
                (f"{W:g}", row["purity"], row["purity_error"])
                for W, row in zip(strengths, of_strength, strict=True)
            ],
        )
        axes.set_xlabel("distance $i$ from the bubble")
        _integers(axes, np.arange((L + 1) // 2))
        axes.set_title(rf"$L = {L}$, $n_\mathrm{{GOE}} = {n}$", fontsize=9)
    panels[0].set_ylabel(PURITY)
    figure.legend(
        *panels[0].get_legend_handles_labels(), title="$W$", loc="outside right upper", reverse=True
    )
    note(
        figure,
        f"colmenarez2023, Fig. 3: {realisations(data)}; bands: bulk of the chain of L + 2 alone",
    )
    shown = ["purity", "purity_error", "bulk_purity", "bulk_purity_error", "realisations"]
    kept = [*sizes, *(L + 2 for L in sizes)]
    return figure, data[shown].isel(key=np.isin(data["L"].values, kept))


def fig4(data: xr.Dataset, distance: int) -> Drawn:
    """Purity at a fixed distance against L, with bubble and without."""
    n = bubble_size(data)
    drawn = data[["purity", "purity_error", "realisations"]].sel(distance=distance)
    figure = Figure(figsize=(PAGE, 2.8))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, bubble, title in (
        (panels[0], n, rf"with bubble, $n_\mathrm{{GOE}} = {n}$"),
        (panels[1], 0, "without bubble"),
    ):
        strengths = strengths_of(drawn)
        _draw(axes, along(drawn, "purity", "L", "W", strengths, n=bubble))
        axes.set_title(title, fontsize=9)
        axes.set_xlabel("$L$")
        _integers(axes, sizes_of(drawn, bubble))
    panels[0].set_ylabel(rf"$\bar\gamma_{{{distance}}}$")
    figure.legend(
        *panels[0].get_legend_handles_labels(), title="$W$", loc="outside right upper", reverse=True
    )
    note(figure, f"colmenarez2023, Fig. 4: distance {distance}, {realisations(data)}")
    return figure, drawn


def fig5(data: xr.Dataset, strengths: Sequence[float]) -> Drawn:
    """Correlation of purities with bubble (solid) and without (dashed), a panel for each W."""
    n = bubble_size(data)
    sizes = sizes_of(data, n)
    figure = Figure(figsize=(PAGE, 1.6 + 1.8 * (len(strengths) > 2)))
    rows_of_panels = -(-len(strengths) // 2)
    panels = figure.subplots(rows_of_panels, 2, sharex=True, sharey=True, squeeze=False).ravel()
    r = data["distance"].values
    for axes, W in zip(panels, strengths, strict=False):
        for bubble, longer, linestyle in ((n, 0, "-"), (0, 2, "--")):
            of_size = [rows(data, "W", n=bubble, L=L + longer, W=W).isel(key=0) for L in sizes]
            members = [
                (
                    f"{L + longer}",
                    row["correlation"].where(data["distance"] > 0),
                    row["correlation_error"],
                )
                for L, row in zip(sizes, of_size, strict=True)
            ]
            curves(axes, r, members, linestyle=linestyle, hollow=not bubble)
        axes.axhline(0, color="0.5", linewidth=0.6, zorder=0)
        axes.text(0.96, 0.9, f"$W = {W:g}$", transform=axes.transAxes, ha="right", va="top")
        axes.set_ylabel("$C(r)$")
        axes.set_xlabel("$r$")
        axes.label_outer()
        _integers(axes, r)
    handles, labels = panels[0].get_legend_handles_labels()
    half = len(sizes)
    figure.legend(handles[:half], labels[:half], title="$L$, bubble", loc="outside right upper")
    figure.legend(handles[half:], labels[half:], title="$L$, alone", loc="outside right center")
    note(figure, f"colmenarez2023, Fig. 5: n_GOE = {n}, {realisations(data)}; C(0) = 1 left out")
    shown = data[["correlation", "correlation_error", "realisations"]]
    return figure, shown.isel(key=np.isin(shown["W"].values, strengths))


def fig6(data: xr.Dataset, tuned: Mapping[str, float]) -> Drawn:
    """Gap ratio against the bandwidth β of the bubble, a panel for each n_GOE."""
    bubbles = sorted({int(n) for n in data["n"].values})
    figure = Figure(figsize=(PAGE, 2.3 if len(bubbles) < 3 else 4.2))
    panels = figure.subplots(-(-len(bubbles) // 2), 2, sharex=True, sharey=True, squeeze=False)
    for axes, n in zip(panels.ravel(), bubbles, strict=False):
        (L,) = sizes_of(data, n)
        _draw(axes, along(data, "gap_ratio", "beta", "W", strengths_of(data), n=n))
        _references(axes)
        axes.axvline(tuned[f"n={n}"], color="k", linewidth=0.8, linestyle="--", zorder=0)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(ScalarFormatter())
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.text(
            0.97,
            0.22, rf"$n_\mathrm{{GOE}} = {n}$, $L = {L}$",
            transform=axes.transAxes, ha="right", va="top",
        )  # fmt: skip
        axes.set_xlabel(r"$\beta$")
        axes.set_ylabel(GAP_RATIO)
        axes.label_outer()
    for axes in panels.ravel()[len(bubbles) :]:
        axes.axis("off")
    handles = panels[0, 0].get_legend_handles_labels()
    figure.legend(*handles, title="$W$", loc="outside right upper")
    note(figure, f"colmenarez2023, Fig. 6: {realisations(data)}; dashed: β of the other figures")
    return figure, data[["gap_ratio", "gap_ratio_error", "realisations"]]


def fig7(data: xr.Dataset, size: int, strengths: Sequence[float]) -> Drawn:
    """Distribution of ⟨Sᶻᵢ⟩ by distance from the bubble (colours) and without bubble (black)."""
    n = bubble_size(data)
    figure = Figure(figsize=(PAGE, 2.6))
    panels = np.atleast_1d(figure.subplots(1, len(strengths)))
    spin = data["spin"].values
    farthest = (size + 1) // 2 - 1
    colors = sequence(farthest + 1)
    for axes, W in zip(panels, strengths, strict=True):
        row = rows(data, "W", n=n, L=size, W=W).isel(key=0)
        alone = rows(data, "W", n=0, L=size + 2, W=W).isel(key=0).sel(distance=farthest + 1)
        for distance in range(farthest + 1):
            density = row["density"].sel(distance=distance)
            axes.step(spin, density, where="mid", color=colors[distance], label=f"{distance}")
        axes.step(spin, alone["density"], where="mid", color="k", label="alone", linewidth=0.8)
        axes.fill_between(
            spin,
            alone["density"] - alone["density_error"],
            alone["density"] + alone["density_error"],
            step="mid", color="k", alpha=0.2, linewidth=0,
        )  # fmt: skip
        axes.set_title(f"$W = {W:g}$", fontsize=9)
        axes.set_xlabel(r"$\langle S^z_i \rangle$")
        axes.set(xlim=(-0.5, 0.5), ylim=(0, None))
    panels[0].set_ylabel("density")
    figure.legend(
        *panels[0].get_legend_handles_labels(), title="distance $i$", loc="outside right upper"
    )
    note(
        figure,
        f"colmenarez2023, Fig. 7: L = {size} with n_GOE = {n}, L = {size + 2} alone (middle of the "
        f"chain), {realisations(data)}",
    )
    shown = data[["density", "density_error", "realisations"]]
    chosen = np.isin(shown["W"].values, strengths) & np.isin(shown["L"].values, [size, size + 2])
    return figure, shown.isel(key=chosen)


def fig8(data: xr.Dataset, distances: Sequence[int]) -> Drawn:
    """Purity against n_GOE at one L for several distances, a panel for each W."""
    (L,) = {int(L) for L in data["L"].values}
    strengths = strengths_of(data)
    bubbles = data.isel(key=data["n"].values > 0)
    figure = Figure(figsize=(PAGE, 2.6))
    panels = np.atleast_1d(figure.subplots(1, len(strengths)))
    for axes, W in zip(panels, strengths, strict=True):
        alone = rows(data, "W", n=0, W=W).isel(key=0)
        mean, error = float(alone["bulk_purity"]), float(alone["bulk_purity_error"])
        axes.axhspan(mean - error, mean + error, color="k", alpha=0.2, linewidth=0)
        axes.axhline(mean, color="k", linewidth=0.8, label="alone")
        at = rows(bubbles, "n", W=W)
        curves(
            axes,
            at["n"].values,
            [
                (f"{i}", at["purity"].sel(distance=i), at["purity_error"].sel(distance=i))
                for i in distances
            ],
        )
        axes.set_title(f"$W = {W:g}$", fontsize=9)
        axes.set_xlabel(r"$n_\mathrm{GOE}$")
        _integers(axes, at["n"].values)
    panels[0].set_ylabel(PURITY)
    figure.legend(
        *panels[0].get_legend_handles_labels(), title="distance $i$", loc="outside right upper"
    )
    note(
        figure,
        f"colmenarez2023, Fig. 8: L = {L}, {realisations(data)}; black: bulk of the chain alone",
    )
    shown = ["purity", "purity_error", "bulk_purity", "bulk_purity_error", "realisations"]
    return figure, data[shown]


def fig9(response: xr.Dataset, sizes: Sequence[int]) -> Drawn:
    """Response of the purity with exponential fits, and what is left of it far away against W."""
    figure = Figure(figsize=(COLUMN, 4.6))
    upper, lower = figure.subplots(2, 1, height_ratios=(1.3, 1))
    strengths = strengths_of(response)
    i = response["distance"].values
    of_strength = [rows(response, "W", L=sizes[-1], W=W).isel(key=0) for W in strengths]
    curves(
        upper,
        i,
        [
            (f"{W:g}", row["difference"], row["difference_error"])
            for W, row in zip(strengths, of_strength, strict=True)
        ],
        linestyle="none",
    )
    fine = np.linspace(0, (sizes[-1] + 1) // 2 - 1, 100)
    for color, row in zip(sequence(len(strengths)), of_strength, strict=True):
        fit = row["asymptote"].item() + row["amplitude"].item() * np.exp(
            -fine / row["length"].item()
        )
        upper.plot(fine, fit, "--", color=color, linewidth=0.8)
    upper.axhline(0, color="0.5", linewidth=0.6, zorder=0)
    upper.set_xlabel("distance $i$ from the bubble")
    _integers(upper, np.arange((sizes[-1] + 1) // 2))
    upper.set_ylabel(r"$\bar\gamma_\mathrm{XXZ} - \bar\gamma_i$")
    upper.set_title(f"$L = {sizes[-1]}$", fontsize=9)
    upper.legend(title="$W$", ncols=2)
    for position, L in enumerate(sizes):
        of_size = rows(response, "W", L=L)
        best = of_size["asymptote"].values
        low, high = of_size["asymptote_interval"].sel(deviations=1).transpose("end", "key").values
        lower.errorbar(
            of_size["W"].values + 0.04 * (2 * position - 1),
            best,
            # the best fit lies inside, but for rounding
            yerr=np.maximum([best - low, high - best], 0),
            color=PALETTE[position],
            marker=MARKERS[position],
            linestyle="none",
            label=f"{L}",
        )
    lower.axhline(0, color="0.5", linewidth=0.6, zorder=0)
    spread = response["difference"].max().item()
    lower.set_ylim(-1.5 * spread, 1.5 * spread)  # an undetermined γ₀ goes beyond
    lower.set_xlabel("$W$")
    lower.set_ylabel(r"$\gamma_0$")
    lower.legend(title="$L$")
    note(
        figure,
        f"colmenarez2023, Fig. 9: {realisations(response)}; dashed: "
        r"$\gamma_0 + A\,e^{-i/\xi}$",
    )
    return figure, response.isel(key=np.isin(response["L"].values, sizes))


FIGURES: Mapping[str, Callable[..., Drawn]] = {
    "fig1": fig1,
    "fig2": fig2,
    "fig3": fig3,
    "fig4": fig4,
    "fig5": fig5,
    "fig6": fig6,
    "fig7": fig7,
    "fig8": fig8,
    "fig9": fig9,
    "theory": theory,
}
