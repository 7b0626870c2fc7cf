"""The figures of colmenarez2023 from their statistics."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from mbl.plotting.bubble_setup import fig1
from mbl.plotting.style import (
    COLUMN,
    MARKERS,
    PAGE,
    PALETTE,
    Drawn,
    curves,
    note,
    realisations,
    sequence,
)
from mbl.spectral import GOE_GAP_RATIO, POISSON_GAP_RATIO

PURITY = r"$\bar\gamma_i$"
GAP_RATIO = r"$\langle r \rangle$"


def _rows(data: xr.Dataset, order: str, **values: float) -> xr.Dataset:
    """Rows of a table with given n, L, W or β, ordered by another of them."""
    chosen = np.ones(data.sizes["key"], dtype=bool)
    for name, value in values.items():
        chosen &= data[name].values == value
    return data.isel(key=chosen).sortby(order)


def _bubble(data: xr.Dataset) -> int:
    """The one n_GOE of an ensemble."""
    (n,) = {int(n) for n in data["n"].values if n}
    return n


def _sizes(data: xr.Dataset, n: int) -> list[int]:
    return sorted({int(L) for L in data["L"].values[data["n"].values == n]})


def _strengths(data: xr.Dataset) -> list[float]:
    return sorted({float(W) for W in data["W"].values})


def _along(
    data: xr.Dataset, name: str, order: str, family: str, values: Sequence[float], **fixed: float
) -> list[tuple[str, xr.DataArray, xr.DataArray, xr.DataArray]]:
    """Curves of a quantity against a coordinate of the table, one for each value of another."""
    out = []
    for value in values:
        rows = _rows(data, order, **{family: value}, **fixed)
        out.append((f"{value:g}", rows[order], rows[name], rows[f"{name}_error"]))
    return out


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


def _references(axes: Axes) -> None:
    """Gap ratios of random matrices and of independent levels."""
    for value, name in ((GOE_GAP_RATIO, "GOE"), (POISSON_GAP_RATIO, "Poisson")):
        axes.axhline(value, color="0.5", linewidth=0.7, linestyle=":", zorder=0)
        axes.text(0.01, value, name, transform=axes.get_yaxis_transform(), fontsize=6.5,
                  color="0.4", va="bottom")  # fmt: skip


def fig2(data: xr.Dataset, crossings: xr.Dataset) -> Drawn:
    """Gap ratio against W for several L, with and without bubble; inset: pairwise crossings."""
    n = _bubble(data)
    figure = Figure(figsize=(PAGE, 2.8))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, bubble, title in (
        (panels[0], n, rf"with bubble, $n_\mathrm{{GOE}} = {n}$"),
        (panels[1], 0, "without bubble"),
    ):
        _draw(axes, _along(data, "gap_ratio", "W", "L", _sizes(data, bubble), n=bubble))
        _references(axes)
        axes.set_xlabel("$W$")
        axes.set_title(title, fontsize=9)
        axes.legend(title="$L$", loc="lower left")
    panels[0].set_ylabel(GAP_RATIO)
    panels[0].set_ylim(0.36, 0.55)
    inset = panels[1].inset_axes((0.52, 0.52, 0.46, 0.46))
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
    note(figure, f"colmenarez2023, Fig. 2: {realisations(data)}")
    ours = data[["gap_ratio", "gap_ratio_error", "realisations"]]
    return figure, xr.merge([ours, crossings.rename(n="pair_n", L="pair_L")])


def fig3(data: xr.Dataset, sizes: Sequence[int]) -> Drawn:
    """Purity against distance from the bubble; bands: the chain alone, two sites longer."""
    n = _bubble(data)
    figure = Figure(figsize=(PAGE, 3.0))
    panels = np.atleast_1d(figure.subplots(1, len(sizes), sharey=True))
    strengths = _strengths(data)
    colors = sequence(len(strengths))
    for axes, L in zip(panels, sizes, strict=True):
        for position, W in enumerate(strengths):
            alone = _rows(data, "W", n=0, L=L + 2, W=W).isel(key=0)
            mean, error = float(alone["bulk_purity"]), float(alone["bulk_purity_error"])
            axes.axhspan(mean - error, mean + error, color=colors[position], alpha=0.3, linewidth=0)
        rows = [_rows(data, "W", n=n, L=L, W=W).isel(key=0) for W in strengths]
        curves(
            axes,
            data["distance"].values,
            [
                (f"{W:g}", row["purity"], row["purity_error"])
                for W, row in zip(strengths, rows, strict=True)
            ],
        )
        axes.set_xlabel("distance $i$ from the bubble")
        axes.xaxis.set_major_locator(FixedLocator(list(range((L + 1) // 2))))
        axes.xaxis.set_minor_locator(NullLocator())
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
    n = _bubble(data)
    drawn = data[["purity", "purity_error", "realisations"]].sel(distance=distance)
    figure = Figure(figsize=(PAGE, 2.8))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, bubble, title in (
        (panels[0], n, rf"with bubble, $n_\mathrm{{GOE}} = {n}$"),
        (panels[1], 0, "without bubble"),
    ):
        strengths = _strengths(drawn)
        _draw(axes, _along(drawn, "purity", "L", "W", strengths, n=bubble))
        axes.set_title(title, fontsize=9)
        axes.set_xlabel("$L$")
        axes.xaxis.set_major_locator(FixedLocator(_sizes(drawn, bubble)))
        axes.xaxis.set_minor_locator(NullLocator())
    panels[0].set_ylabel(rf"$\bar\gamma_{{{distance}}}$")
    figure.legend(
        *panels[0].get_legend_handles_labels(), title="$W$", loc="outside right upper", reverse=True
    )
    note(figure, f"colmenarez2023, Fig. 4: distance {distance}, {realisations(data)}")
    return figure, drawn


def fig5(data: xr.Dataset, strengths: Sequence[float]) -> Drawn:
    """Correlation of purities with bubble (solid) and without (dashed), a panel for each W."""
    n = _bubble(data)
    sizes = _sizes(data, n)
    figure = Figure(figsize=(PAGE, 1.6 + 1.8 * (len(strengths) > 2)))
    panels = figure.subplots(-(-len(strengths) // 2), 2, sharex=True, squeeze=False).ravel()
    r = data["distance"].values
    for axes, W in zip(panels, strengths, strict=False):
        for bubble, longer, linestyle in ((n, 0, "-"), (0, 2, "--")):
            rows = [_rows(data, "W", n=bubble, L=L + longer, W=W).isel(key=0) for L in sizes]
            members = [
                (
                    f"{L + longer}",
                    row["correlation"].where(data["distance"] > 0),
                    row["correlation_error"],
                )
                for L, row in zip(sizes, rows, strict=True)
            ]
            curves(axes, r, members, linestyle=linestyle, hollow=not bubble)
        axes.axhline(0, color="0.5", linewidth=0.6, zorder=0)
        axes.text(0.96, 0.9, f"$W = {W:g}$", transform=axes.transAxes, ha="right", va="top")
        axes.set_ylabel("$C(r)$")
        axes.set_xlabel("$r$")
        axes.label_outer()
        axes.xaxis.set_major_locator(FixedLocator(list(r)))
        axes.xaxis.set_minor_locator(NullLocator())
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
        (L,) = _sizes(data, n)
        _draw(axes, _along(data, "gap_ratio", "beta", "W", _strengths(data), n=n))
        _references(axes)
        axes.axvline(tuned[f"n={n}"], color="k", linewidth=0.8, linestyle="--", zorder=0)
        axes.set_xscale("log")
        axes.text(
            0.97, 0.93, rf"$n_\mathrm{{GOE}} = {n}$, $L = {L}$",
            transform=axes.transAxes, ha="right", va="top",
        )  # fmt: skip
        axes.set_xlabel(r"$\beta$")
        axes.set_ylabel(GAP_RATIO)
        axes.label_outer()
    handles = panels[0, 0].get_legend_handles_labels()
    figure.legend(*handles, title="$W$", loc="outside right upper")
    note(figure, f"colmenarez2023, Fig. 6: {realisations(data)}; dashed: β of the other figures")
    return figure, data[["gap_ratio", "gap_ratio_error", "realisations"]]


def fig7(data: xr.Dataset, size: int, strengths: Sequence[float]) -> Drawn:
    """Distribution of ⟨Sᶻᵢ⟩ by distance from the bubble (colours) and without bubble (black)."""
    n = _bubble(data)
    figure = Figure(figsize=(PAGE, 2.6))
    panels = np.atleast_1d(figure.subplots(1, len(strengths)))
    spin = data["spin"].values
    farthest = (size + 1) // 2 - 1
    colors = sequence(farthest + 1)
    for axes, W in zip(panels, strengths, strict=True):
        row = _rows(data, "W", n=n, L=size, W=W).isel(key=0)
        alone = _rows(data, "W", n=0, L=size + 2, W=W).isel(key=0).sel(distance=farthest + 1)
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
    strengths = _strengths(data)
    bubbles = data.isel(key=data["n"].values > 0)
    figure = Figure(figsize=(PAGE, 2.6))
    panels = np.atleast_1d(figure.subplots(1, len(strengths)))
    for axes, W in zip(panels, strengths, strict=True):
        alone = _rows(data, "W", n=0, W=W).isel(key=0)
        mean, error = float(alone["bulk_purity"]), float(alone["bulk_purity_error"])
        axes.axhspan(mean - error, mean + error, color="k", alpha=0.2, linewidth=0)
        axes.axhline(mean, color="k", linewidth=0.8, label="alone")
        rows = _rows(bubbles, "n", W=W)
        curves(
            axes,
            rows["n"].values,
            [
                (f"{i}", rows["purity"].sel(distance=i), rows["purity_error"].sel(distance=i))
                for i in distances
            ],
        )
        axes.set_title(f"$W = {W:g}$", fontsize=9)
        axes.set_xlabel(r"$n_\mathrm{GOE}$")
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
    strengths = _strengths(response)
    i = response["distance"].values
    rows = [_rows(response, "W", L=sizes[-1], W=W).isel(key=0) for W in strengths]
    curves(
        upper,
        i,
        [
            (f"{W:g}", row["difference"], row["difference_error"])
            for W, row in zip(strengths, rows, strict=True)
        ],
        linestyle="none",
    )
    fine = np.linspace(0, (sizes[-1] + 1) // 2 - 1, 100)
    for color, row in zip(sequence(len(strengths)), rows, strict=True):
        fit = row["asymptote"].item() + row["amplitude"].item() * np.exp(
            -fine / row["length"].item()
        )
        upper.plot(fine, fit, "--", color=color, linewidth=0.8)
    upper.axhline(0, color="0.5", linewidth=0.6, zorder=0)
    upper.set_xlabel("distance $i$ from the bubble")
    upper.set_ylabel(r"$\bar\gamma_\mathrm{XXZ} - \bar\gamma_i$")
    upper.set_title(f"$L = {sizes[-1]}$", fontsize=9)
    upper.legend(title="$W$", ncols=2)
    for position, L in enumerate(sizes):
        of_size = _rows(response, "W", L=L)
        curves(
            lower,
            of_size["W"].values,
            [(f"{L}", of_size["asymptote"], of_size["asymptote_error"])],
            colors=[PALETTE[position]],
            marker=position,
        )
    lower.axhline(0, color="0.5", linewidth=0.6, zorder=0)
    lower.set_xlabel("$W$")
    lower.set_ylabel(r"$\gamma_0$")
    lower.legend(title="$L$")
    note(
        figure,
        f"colmenarez2023, Fig. 9: {realisations(response)}; dashed: "
        r"$\gamma_0 + A\,e^{-i/\xi}$",
    )
    return figure, response.isel(key=np.isin(response["L"].values, sizes))


def theory(
    data: xr.Dataset,
    response: xr.Dataset,
    perturbation: xr.Dataset,
    size: int,
    strengths: Sequence[float],
) -> Drawn:
    """Eq. 6 beside the purities, and purities by perturbation theory beside exact ones."""
    n = _bubble(data)
    figure = Figure(figsize=(PAGE, 2.9))
    left, right = figure.subplots(1, 2)
    rows = [_rows(data, "W", n=n, L=size, W=W).isel(key=0) for W in strengths]
    curves(
        left,
        data["distance"].values,
        [
            (f"{W:g}", row["purity"], row["purity_error"])
            for W, row in zip(strengths, rows, strict=True)
        ],
        linestyle="none",
    )
    for color, W in zip(sequence(len(strengths)), strengths, strict=True):
        fit = _rows(response, "W", n=n, L=size, W=W).isel(key=0)
        left.plot(response["distance"], fit["avalanche"], "--", color=color)
    left.set_xlabel("distance $i$ from the bubble")
    left.set_ylabel(PURITY)
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
        axes.annotate(f"$W^{{{power}}}$", (W[1], guide[1]), (4, 2), textcoords="offset points",
                      fontsize=7, color="0.3")  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="$W$")
    axes.legend()


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
