"""Panels of the ranges of the l-bits: weights, their distribution, and their growth with L."""

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from mbl.papers.huse2014.shared import colored_labellings, whole_ticks
from mbl.plotting.style import PALETTE, curves, markers, sequence

OPERATORS = {"z": r"$\tau^z$", "x": r"$\tau^x$", "x, raw signs": r"$\tau^x$, raw signs"}
PANELS = 3  # weights at so many disorder strengths: the weakest, a middle one, the strongest
RAW_MARKER = len(PALETTE)  # position of the marker of raw signs, after those of labellings


def strengths_shown(largest: xr.Dataset) -> np.ndarray:
    """The weakest, a middle and the strongest disorder that the largest ring has."""
    strengths = largest["Delta"].values[largest["realisations"].values > 0]
    chosen = np.linspace(0, len(strengths) - 1, PANELS).round().astype(int)
    shown: np.ndarray = strengths[np.unique(chosen)]
    return shown


def weights(axes: Axes, ring: xr.Dataset) -> None:
    """Weights by range of τᶻ, τˣ and τˣ with the signs that an eigensolver happens to return."""
    ranges = ring["range"].values
    for position, (name, color) in enumerate(colored_labellings(ring)):
        for operator, linestyle, hollow in (("z", "-", False), ("x", "--", True)):
            one = ring.sel(labelling=name, operator=operator)
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
    raw = ring.isel(labelling=0).sel(operator="x, raw signs")
    member = (OPERATORS["x, raw signs"], raw["weight"], raw["weight_error"])
    curves(axes, ranges, [member], colors=["k"], marker=RAW_MARKER, linestyle=":")
    axes.set_yscale("log")
    axes.set_xlabel("range")
    whole_ticks(axes, ring["range"])


def exceedance(axes: Axes, ring: xr.Dataset) -> None:
    """Share of l-bits whose mean range exceeds a value, at one disorder strength."""
    for name, color in colored_labellings(ring):
        for operator, linestyle in (("z", "-"), ("x", "--")):
            one = ring.sel(labelling=name, operator=operator)
            share, error = one["exceedance"], one["exceedance_error"].fillna(0)
            there = share.values > 0
            x = one["threshold"].values[there]
            axes.step(x, share.values[there], where="post", color=color, linestyle=linestyle)
            if operator == "z":
                low, high = (share - error).values[there], (share + error).values[there]
                axes.fill_between(x, low, high, step="post", color=color, alpha=0.15, linewidth=0)
    axes.set_yscale("log")
    positive = ring["exceedance"].where(ring["exceedance"] > 0)
    axes.set_ylim(0.5 * float(positive.min()), 1.5)
    axes.set_xlabel(r"$\ell$")
    axes.set_ylabel(r"share of l-bits with $\bar\ell_i > \ell$")
    axes.set_title(rf"$\Delta = {float(ring['Delta']):g}$, $L = {int(ring['L'])}$", fontsize=9)


def by_labelling(axes: Axes, ring: xr.Dataset) -> None:
    """Mean (filled) and median (hollow) of ℓ̄ over l-bits, by labelling."""
    names = ring["labelling"].values.tolist()
    strengths = ring["Delta"].values
    asides = 0.06 * (np.arange(len(strengths)) - 1)
    at = np.arange(len(names), dtype=float)
    for column, operator in enumerate(OPERATORS):
        for Delta, color, aside in zip(strengths, sequence(len(strengths)), asides, strict=True):
            one = ring.sel(Delta=Delta, operator=operator)
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
    axes.set_title(rf"$L = {int(ring['L'])}$", fontsize=9)
    if len(names) > 1:
        axes.tick_params(axis="x", labelrotation=30, labelsize=7)


def by_size(axes: Axes, data: xr.Dataset, strengths: np.ndarray) -> None:
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
    whole_ticks(axes, data["L"])


def legends(figure: Figure, data: xr.Dataset, strengths: np.ndarray) -> None:
    """Colours of labellings above, those of Δ and markers of operators below."""

    def sample(**style: Any) -> Line2D:  # noqa: ANN401
        return Line2D([], [], **style)

    labellings = colored_labellings(data)
    symbols = markers(len(labellings))
    above = [
        sample(color=color, marker=symbol)
        for (_, color), symbol in zip(labellings, symbols, strict=True)
    ]
    above += [
        sample(color="k", marker="o"),
        sample(color="k", linestyle="--", marker="o", markerfacecolor="white"),
        sample(color="k", linestyle=":", marker=markers(RAW_MARKER + 1)[-1]),
    ]
    names = [name for name, _ in labellings]
    figure.legend(above, [*names, *OPERATORS.values()], loc="outside right upper")
    below = [sample(color=color, linewidth=3) for color in sequence(len(strengths))]
    below += [sample(color="k", marker=m, linestyle="none") for m in markers(len(OPERATORS))]
    labels = [*(rf"$\Delta = {Delta:g}$" for Delta in strengths), *OPERATORS.values()]
    figure.legend(below, labels, title="below", loc="outside right center")
