"""Panels of the ranges of the l-bits: weights, their distribution, and their growth with L."""

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from mbl.papers.huse2014.shared import colored_labellings, whole_ticks
from mbl.plotting.style import curves, markers, sequence

OPERATORS = {"z": r"$\tau^z$", "x": r"$\tau^x$", "x, raw signs": r"$\tau^x$, raw signs"}
PANELS = 3  # weights at so many disorder strengths: the weakest, a middle one, the strongest
FLIPS = {"x": "--", "x, raw signs": "-."}  # operators that depend on signs, and their lines


def strengths_shown(largest: xr.Dataset) -> np.ndarray:
    """The weakest, a middle and the strongest disorder that the largest ring has."""
    strengths = largest["Delta"].values[largest["realisations"].values > 0]
    chosen = np.linspace(0, len(strengths) - 1, PANELS).round().astype(int)
    shown: np.ndarray = strengths[np.unique(chosen)]
    return shown


def weights(axes: Axes, ring: xr.Dataset) -> None:
    """Weights by range of τᶻ, and of τˣ with the best signs and with those of an eigensolver."""
    ranges = ring["range"].values
    for position, (name, color) in enumerate(colored_labellings(ring)):
        one = ring.sel(labelling=name, operator="z")
        member = ("", one["weight"], one["weight_error"])
        curves(axes, ranges, [member], colors=[color], marker=position)
        axes.plot(ranges, one["typical_weight"], color=color, linestyle=":",
                  marker=markers(position + 1)[-1], markerfacecolor="white",
                  markeredgewidth=0.6)  # fmt: skip
    best = ring.isel(labelling=-1)
    for operator, linestyle in FLIPS.items():
        axes.plot(ranges, best["weight"].sel(operator=operator), color="0.35", linestyle=linestyle)
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


def by_strength(axes: Axes, ring: xr.Dataset) -> None:
    """Mean and median over all l-bits of the range of τᶻ against disorder, by labelling."""
    for position, (name, color) in enumerate(colored_labellings(ring)):
        one = ring.sel(labelling=name, operator="z")
        for quantity, linestyle in (("mean_range", "-"), ("median_range", ":")):
            curves(
                axes,
                ring["Delta"].values,
                [("", one[quantity], one[f"{quantity}_error"])],
                colors=[color],
                marker=position,
                linestyle=linestyle,
                hollow=quantity == "median_range",
            )
    axes.set_xlabel(r"$\Delta$")
    axes.set_ylabel(r"$\bar\ell$ of $\tau^z$")
    axes.set_ylim(0, None)
    axes.set_title(rf"$L = {int(ring['L'])}$", fontsize=9)


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
    """Colours of labellings, lines of operators, and colours of Δ, in one row above all panels."""

    def sample(label: str, **style: Any) -> Line2D:  # noqa: ANN401
        return Line2D([], [], label=label, **style)

    labellings = colored_labellings(data)
    symbols = markers(len(labellings))
    handles = [
        sample(rf"$\tau^z$, {name}", color=color, marker=symbol)
        for (name, color), symbol in zip(labellings, symbols, strict=True)
    ]
    handles += [
        sample(r"typical, median", color="k", linestyle=":", marker="o", markerfacecolor="white"),
        *(
            sample(f"{OPERATORS[one]}, {labellings[-1][0]}", color="0.35", linestyle=style)
            for one, style in FLIPS.items()
        ),
    ]
    handles += [
        sample(rf"$\Delta = {Delta:g}$", color=color, linewidth=3)
        for Delta, color in zip(strengths, sequence(len(strengths)), strict=True)
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=-(-len(handles) // 2))
