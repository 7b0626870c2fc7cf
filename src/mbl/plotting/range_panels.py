"""The ranges of the l-bits (huse2014): weights, their distribution, and their growth with L."""

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator

from mbl.plotting.style import MARKERS, PAGE, PALETTE, Drawn, curves, note, realisations, sequence

OPERATORS = {"z": r"$\tau^z$", "x": r"$\tau^x$", "x, raw signs": r"$\tau^x$, raw signs"}
PANELS = 3  # weights at so many disorder strengths: the weakest, a middle one, the strongest


def mean_range(data: xr.Dataset) -> Drawn:
    """Weights of the l-bits' Pauli strings by range, mean ranges and how they grow with L."""
    L = int(data["L"].max())
    largest = data.sel(L=L)
    strengths = largest["Delta"].values[largest["realisations"].values > 0]
    shown = strengths[np.unique(np.linspace(0, len(strengths) - 1, PANELS).round().astype(int))]
    figure = Figure(figsize=(PAGE, 4.8))
    axes = figure.subplots(2, PANELS)
    for panel, Delta in zip(axes[0], shown, strict=False):
        _weights(panel, largest.sel(Delta=Delta))
        panel.set_title(rf"$\Delta = {Delta:g}$, $L = {L}$", fontsize=9)
        panel.sharey(axes[0, 0])
    axes[0, 0].set_ylabel("weight of strings")
    for panel in axes[0, len(shown) :]:
        panel.set_axis_off()
    _exceedance(axes[1, 0], largest.sel(Delta=strengths[-1]))
    _by_labelling(axes[1, 1], largest.sel(Delta=shown))
    _by_size(axes[1, 2], data, shown)
    _legends(figure, data, shown)
    note(
        figure,
        f"huse2014, mean_range: {realisations(data)}; range: largest ring distance of two "
        "sites of a string; below: means filled, medians hollow, right the least of all labellings",
    )
    return figure, data


def _labellings(data: xr.Dataset) -> list[tuple[str, str]]:
    return list(zip(data["labelling"].values.tolist(), PALETTE, strict=False))


def _weights(axes: Axes, of: xr.Dataset) -> None:
    """Weights by range of τᶻ, τˣ and τˣ with the signs that an eigensolver happens to return."""
    ranges = of["range"].values
    for position, (name, color) in enumerate(_labellings(of)):
        for operator, linestyle, hollow in (("z", "-", False), ("x", "--", True)):
            one = of.sel(labelling=name, operator=operator)
            member = (f"{OPERATORS[operator]}, {name}", one["weight"], one["weight_error"])
            curves(
                axes,
                ranges,
                [member],
                colors=[color],
                marker=position,
                linestyle=linestyle,
                hollow=hollow,
            )
    raw = of.isel(labelling=0).sel(operator="x, raw signs")
    member = (OPERATORS["x, raw signs"], raw["weight"], raw["weight_error"])
    curves(axes, ranges, [member], colors=["k"], marker=len(PALETTE), linestyle=":")
    axes.set_yscale("log")
    axes.set_xlabel("range")
    axes.xaxis.set_major_locator(FixedLocator(list(ranges)))
    axes.xaxis.set_minor_locator(NullLocator())


def _exceedance(axes: Axes, of: xr.Dataset) -> None:
    """Share of l-bits whose mean range exceeds a value, at one disorder strength."""
    for name, color in _labellings(of):
        for operator, linestyle in (("z", "-"), ("x", "--")):
            one = of.sel(labelling=name, operator=operator)
            share, error = one["exceedance"], one["exceedance_error"].fillna(0)
            there = share.values > 0
            x = one["threshold"].values[there]
            axes.step(x, share.values[there], where="post", color=color, linestyle=linestyle)
            if operator == "z":
                low, high = (share - error).values[there], (share + error).values[there]
                axes.fill_between(x, low, high, step="post", color=color, alpha=0.15, linewidth=0)
    axes.set_yscale("log")
    positive = of["exceedance"].where(of["exceedance"] > 0)
    axes.set_ylim(0.5 * float(positive.min()), 1.5)
    axes.set_xlabel(r"$\ell$")
    axes.set_ylabel(r"share of l-bits with $\bar\ell_i > \ell$")
    axes.set_title(rf"$\Delta = {float(of['Delta']):g}$, $L = {int(of['L'])}$", fontsize=9)


def _by_labelling(axes: Axes, of: xr.Dataset) -> None:
    """Mean (filled) and median (hollow) of ℓ̄ over l-bits, by labelling."""
    names = of["labelling"].values.tolist()
    strengths = of["Delta"].values
    at = np.arange(len(names), dtype=float)
    for column, operator in enumerate(OPERATORS):
        for Delta, color, aside in zip(
            strengths, sequence(len(strengths)), (-0.06, 0.0, 0.06), strict=False
        ):
            one = of.sel(Delta=Delta, operator=operator)
            for quantity, hollow in (("mean_range", False), ("median_range", True)):
                curves(
                    axes,
                    at + 0.25 * (column - 1) + aside,
                    [("", one[quantity], one[f"{quantity}_error"])],
                    colors=[color],
                    marker=column,
                    linestyle="none",
                    hollow=hollow,
                )
    axes.set_yscale("log")
    axes.set_xticks(at, names)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylabel(r"$\bar\ell$, mean and median")
    axes.set_title(rf"$L = {int(of['L'])}$", fontsize=9)
    if len(names) > 1:
        axes.tick_params(axis="x", labelrotation=30, labelsize=7)


def _by_size(axes: Axes, data: xr.Dataset, strengths: np.ndarray) -> None:
    """Average range of τᶻ against L: for each Δ that of the labelling with the least."""
    z = data.sel(operator="z")
    for Delta, color in zip(strengths, sequence(len(strengths)), strict=True):
        one = z.sel(Delta=Delta)
        least = one["mean_range"].fillna(np.inf).argmin("labelling")
        best = one[["mean_range", "mean_range_error"]].isel(labelling=least)
        member = (rf"$\Delta = {Delta:g}$", best["mean_range"], best["mean_range_error"])
        curves(axes, data["L"].values, [member], colors=[color])
    random = data["random_range"].max(("labelling", "Delta"))
    axes.plot(data["L"].values, random, "--", color="0.5", linewidth=0.9)
    axes.text(data["L"].values[-1], random.values[-1], "random operator", fontsize=6.5,
              color="0.4", ha="right", va="bottom")  # fmt: skip
    axes.set_ylim(0, 1.12 * float(random.max()))
    axes.set_xlabel("$L$")
    axes.set_ylabel(r"least average $\bar\ell$ of $\tau^z$")
    axes.xaxis.set_major_locator(FixedLocator(data["L"].values.tolist()))
    axes.xaxis.set_minor_locator(NullLocator())


def _legends(figure: Figure, data: xr.Dataset, strengths: np.ndarray) -> None:
    """Colours of labellings above, those of Δ and markers of operators below."""

    def sample(**style: Any) -> Line2D:  # noqa: ANN401
        return Line2D([], [], **style)

    names = _labellings(data)
    above = [sample(color=c, marker=m) for (_, c), m in zip(names, MARKERS, strict=False)]
    above += [
        sample(color="k", marker="o"),
        sample(color="k", linestyle="--", marker="o", markerfacecolor="white"),
        sample(color="k", linestyle=":", marker=MARKERS[len(PALETTE)]),
    ]
    figure.legend(
        above, [*(name for name, _ in names), *OPERATORS.values()], loc="outside right upper"
    )
    below = [sample(color=color, linewidth=3) for color in sequence(len(strengths))]
    below += [sample(color="k", marker=m, linestyle="none") for m in MARKERS[: len(OPERATORS)]]
    told = [*(rf"$\Delta = {Delta:g}$" for Delta in strengths), *OPERATORS.values()]
    figure.legend(below, told, title="below", loc="outside right center")
