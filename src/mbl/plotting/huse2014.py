"""The figures of huse2014, one for each of its claims, from their statistics."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from mbl.plotting.range_panels import mean_range
from mbl.plotting.style import MARKERS, PAGE, PALETTE, Drawn, curves, note, realisations, scientific

BARE = "0.25"  # colour of p-bits; labellings have the palette
ROUNDING = 1e-17  # where what is exactly zero is drawn on a logarithmic axis
TABLE = (
    ("same_site", r"$\tau^a_i\,\tau^b_i = \delta_{ab} + i\,\varepsilon_{abc}\,\tau^c_i$", ""),
    ("different_sites", r"$[\tau^a_i, \tau^b_j] = 0$ for $i \neq j$", ""),
    ("trace", r"$\mathrm{Tr}\,\tau^z_i / 2^L = 0$", ""),
    ("conservation", r"$[H, \tau^z_i] = 0$", "$J$"),
    ("expansion", r"$H$ is eq. 4 with all orders", r"$\|H\|$"),
    ("weight_sum", r"weights of $\tau^x_i$, $\tau^z_i$ by range add up to 1", ""),
    ("lbit_echo", "echo of an l-bit is 1 at all times", ""),
    ("bare", r"for comparison: $[H, \sigma^z_i]$ of a p-bit", "$J$"),
)


def _one_size(data: xr.Dataset) -> xr.Dataset:
    """Statistics of the one L of an ensemble."""
    (L,) = data["L"].values
    return data.sel(L=L)


def _labellings(data: xr.Dataset) -> list[tuple[str, str]]:
    """Labellings and their colours."""
    return list(zip(data["labelling"].values.tolist(), PALETTE, strict=False))


def _panels(
    data: xr.Dataset, height: float, ratios: Sequence[float] = (1, 1)
) -> tuple[Figure, list[tuple[xr.Dataset, list[Axes]]]]:
    """A figure with two rows of panels, and a column for each Δ with its statistics."""
    strengths = data["Delta"].values
    figure = Figure(figsize=(PAGE, height))
    axes = figure.subplots(
        2, len(strengths), sharex="row", sharey="row", squeeze=False, height_ratios=ratios
    )
    columns = []
    for column, Delta in enumerate(strengths):
        axes[0, column].set_title(rf"$\Delta = {Delta:g}$", fontsize=9)
        columns.append((data.sel(Delta=Delta), list(axes[:, column])))
    return figure, columns


def _note(figure: Figure, name: str, data: xr.Dataset, text: str) -> None:
    note(figure, f"huse2014, {name}: L = {int(data['L'])}, {realisations(data)}; {text}")


def _steps(axes: Axes, values: xr.DataArray) -> None:
    """Ticks of an axis of whole numbers."""
    axes.xaxis.set_major_locator(FixedLocator(values.values.tolist()))
    axes.xaxis.set_minor_locator(NullLocator())


def algebra(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, echo: xr.Dataset
) -> Drawn:
    """Table of what holds by construction, with the largest and the median violation."""
    wanted = [name for name, _, _ in TABLE]
    every = xr.merge([algebra, ranges, couplings, echo], compat="override", join="outer")
    names = [f"{name}{ending}" for name in wanted for ending in ("", "_largest")]
    data = _one_size(every[[*names, "realisations"]])
    strengths = data["Delta"].values
    figure = Figure(figsize=(PAGE, 0.7 + 0.24 * len(TABLE)))
    axes = figure.subplots()
    axes.set_axis_off()
    left = 0.52
    columns = np.linspace(left, 1.0, 2 * len(strengths) + 1)[:-1] + 0.5 * (1 - left) / (
        2 * len(strengths)
    )
    rows = 1 - (np.arange(len(TABLE) + 2) + 0.5) / (len(TABLE) + 2)

    def write(x: float, row: int, text: str, *, left_aligned: bool = False) -> None:
        axes.text(
            x, rows[row], text, transform=axes.transAxes, va="center",
            ha="left" if left_aligned else "center", fontsize=8,
        )  # fmt: skip

    write(0, 1, "identity", left_aligned=True)
    write(left - 0.04, 1, "in units of")
    for column, Delta in enumerate(strengths):
        pair = columns[2 * column : 2 * column + 2]
        write(pair.mean(), 0, rf"$\Delta = {Delta:g}$")
        for x, heading in zip(pair, ("median", "largest"), strict=True):
            write(x, 1, heading)
    for row, (name, statement, unit) in enumerate(TABLE, start=2):
        write(0, row, statement, left_aligned=True)
        write(left - 0.04, row, unit or "1")
        for column, Delta in enumerate(strengths):
            for x, ending in zip(columns[2 * column :], ("", "_largest"), strict=False):
                worst = float(data[f"{name}{ending}"].sel(Delta=Delta).max())
                write(x, row, f"${scientific(worst)}$")
    step = rows[0] - rows[1]
    for row, width in ((0, 0.8), (2, 0.5), (len(TABLE) + 1, 0.3), (len(TABLE) + 2, 0.8)):
        axes.axhline(1 - row * step, color="k", linewidth=width)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    number = data.sizes["labelling"]
    of = (
        f"the worst of {number} labellings" if number > 1 else f"{data['labelling'].item(0)} l-bits"
    )
    _note(figure, "algebra", data, f"largest violations over l-bits, {of}")
    return figure, data


def _typical(
    axes: Axes,
    x: xr.DataArray,
    one: xr.Dataset,
    name: str,
    *,
    color: str,
    marker: str,
    linestyle: str = "none",
    hollow: bool = False,
) -> None:
    """Geometric means from the mean logarithm, with its error on either side."""
    log, error = one[f"log_{name}"].values, one[f"log_{name}_error"].fillna(0).values
    middle, low, high = np.exp(log), np.exp(log - error), np.exp(log + error)
    axes.errorbar(
        x.values, middle, yerr=(middle - low, high - middle), color=color, marker=marker,
        linestyle=linestyle, markerfacecolor="white" if hollow else color,
        markeredgewidth=0.6 if hollow else 0, elinewidth=0.7,
        label=one["labelling"].item(),
    )  # fmt: skip


def couplings(data: xr.Dataset) -> Drawn:
    """Couplings of eq. 4 against order, and of pairs of l-bits against their distance."""
    data = _one_size(data)
    figure, columns = _panels(data, 4.6)
    for of, (upper, lower) in columns:
        for position, (name, color) in enumerate(_labellings(data)):
            one, symbol = of.sel(labelling=name), MARKERS[position]
            _typical(upper, one["order"], one, "coupling", color=color, marker=symbol,
                     linestyle="-")  # fmt: skip
            curves(
                upper,
                one["order"].values,
                [("", one["coupling"], one["coupling_error"])],
                colors=[color],
                marker=position,
                linestyle=":",
                hollow=True,
            )
            x = one["distance"]
            fine = np.linspace(x.min().item(), x.max().item(), 50)
            for decay, hollow in (("pair", False), ("interaction", True)):
                _typical(lower, x, one, decay, color=color, marker=symbol, hollow=hollow)
                fit = one.sel(decay=decay)
                lower.plot(
                    fine,
                    fit["strength"].item() * np.exp(-fine / fit["length"].item()),
                    color=color,
                    linestyle=":" if hollow else "-",
                    linewidth=0.8,
                )
        _lengths(lower, of, data)
        upper.set_xlabel("order")
        lower.set_xlabel("distance $x$ of two l-bits")
        _steps(upper, data["order"])
        _steps(lower, data["distance"])
        for axes in (upper, lower):
            axes.set_yscale("log")
    (_, (upper, lower)), *_ = columns
    upper.set_ylabel(r"$|\omega|$ of an order $[J]$")
    lower.set_ylabel(r"$J(x)$ $[J]$")
    figure.legend(
        *upper.get_legend_handles_labels(), title="labelling, typical", loc="outside right upper"
    )
    _note(
        figure, "couplings", data,
        "typical: geometric mean; hollow: mean (above), all orders that hold both l-bits (below)",
    )  # fmt: skip
    return figure, data


def _lengths(axes: Axes, of: xr.Dataset, data: xr.Dataset) -> None:
    """Decay lengths of both kinds, a line for each labelling."""
    for position, (name, color) in enumerate(_labellings(data)):
        one = of.sel(labelling=name)
        told = [
            _measured(
                one["length"].sel(decay=decay).item(), one["length_error"].sel(decay=decay).item()
            )
            for decay in ("pair", "interaction")
        ]
        axes.text(
            0.03, 0.05 + 0.09 * position, rf"$\xi = {told[0]}$, hollow ${told[1]}$",
            transform=axes.transAxes, va="bottom", fontsize=6.5, color=color,
        )  # fmt: skip


def _measured(value: float, error: float) -> str:
    """Number with its error in units of its last digit, as 0.48(3)."""
    if not (np.isfinite([value, error]).all() and error > 0):
        return f"{value:.2g}"
    digits = max(0, -int(np.floor(np.log10(error))))
    return f"{value:.{digits}f}({error * 10**digits:.0f})"


def entanglement_growth(data: xr.Dataset) -> Drawn:
    """Entropy of half the ring against ln t, and its slope beside 2 s∞ ξ by labelling."""
    data = _one_size(data)
    figure, columns = _panels(data, 4.8, ratios=(1.3, 1))
    t = data["t"].values
    window = t[(t >= data["first"].item()) & (t <= data["last"].item())]
    for of, (upper, lower) in columns:
        for name, color in _labellings(data):
            upper.plot(t, of["lbit_entropy"].sel(labelling=name), color=color, linewidth=1.0,
                       label=f"l-bits, {name}")  # fmt: skip
        for position, axis in enumerate(("x", "z")):
            one = of.sel(axis=axis)
            member = (f"p-bits along {axis}", one["entropy"], one["entropy_error"])
            style: dict[str, Any] = {"colors": [BARE], "marker": position, "hollow": axis == "z"}
            curves(upper, t, [member], **style, linestyle="none")
            inside = one["entropy"].sel(t=slice(window[0], window[-1]))
            centred = np.log(window) - np.log(window).mean()
            line = inside.mean().item() + one["slope"].item() * centred
            upper.plot(window, line, "--", color="k", linewidth=1.2, zorder=5)
        upper.set_xscale("log")
        upper.set_xlabel("$t$ $[1/J]$")
        _slopes(lower, of, data)
    (_, (upper, lower)), *_ = columns
    upper.set_ylabel("$S$ of half the ring (nats)")
    lower.set_ylabel(r"$dS/d\,\ln t$ (nats)")
    figure.legend(*upper.get_legend_handles_labels(), loc="outside right upper")
    figure.legend(*lower.get_legend_handles_labels(), title="slopes", loc="outside right center")
    _note(
        figure, "entanglement_growth", data,
        rf"slopes (dashed) over $Jt$ from {data['first']:g} to {data['last']:g}; a block on a ring "
        r"has two ends: 2 $s_\infty\xi$",
    )  # fmt: skip
    return figure, data


def _slopes(axes: Axes, of: xr.Dataset, data: xr.Dataset) -> None:
    """Measured slopes as bands, predicted ones and those of l-bits by labelling."""
    names = [name for name, _ in _labellings(data)]
    at = np.arange(len(names), dtype=float)
    for axis, shade in (("x", "0.6"), ("z", "0.85")):
        slope, width = (float(of[name].sel(axis=axis)) for name in ("slope", "slope_error"))
        width = np.nan_to_num(width)
        axes.axhspan(slope - width, slope + width, color=shade, linewidth=0, zorder=0)
        axes.axhline(slope, color="k", linestyle="-" if axis == "x" else ":", linewidth=0.8,
                     label=f"p-bits along {axis}, measured")  # fmt: skip
    told = [("l-bits along x, measured", of["lbit_slope"], of["lbit_slope_error"])]
    meant = {"pair": r"$\xi$ of $J_{ij}$", "interaction": r"$\xi$ of all orders"}
    for axis in ("x", "z"):
        for decay, xi in meant.items():
            one = of.sel(axis=axis, decay=decay)
            told.append(
                (rf"2 $s_\infty\xi$, {axis}, {xi}", one["predicted"], one["predicted_error"])
            )
    for position, (label, mean, error) in enumerate(told):
        curves(
            axes,
            at + 0.12 * (position - 2),
            [(label, mean, error)],
            colors=[PALETTE[position]],
            marker=position,
            linestyle="none",
        )
    axes.set_yscale("log")
    axes.set_xticks(at, names)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlim(-0.5, len(names) - 0.5)
    if len(names) > 2:
        axes.tick_params(axis="x", labelrotation=20, labelsize=7)


def spin_echo(data: xr.Dataset) -> Drawn:
    """Ramsey and echo signals of p-bits and l-bits, and what is missing from a whole echo."""
    data = _one_size(data)
    figure, columns = _panels(data, 4.4, ratios=(1.4, 1))
    t = data["t"].values
    for of, (upper, lower) in columns:
        for signal, marker, hollow in (("echo", 0, False), ("ramsey", 1, True)):
            member = (f"p-bit, {signal.replace('r', 'R', 1)}", of[signal], of[f"{signal}_error"])
            curves(upper, t, [member], colors=[BARE], marker=marker, hollow=hollow)
        lower.plot(t, np.maximum(of["echo_loss"], ROUNDING), color=BARE, label="p-bit")
        for position, (name, color) in enumerate(_labellings(data)):
            one = of.sel(labelling=name)
            member = (f"l-bit, Ramsey, {name}", one["lbit_ramsey"], one["lbit_ramsey_error"])
            curves(upper, t, [member], colors=[color], marker=position + 2, linestyle=":")
            lower.plot(t, np.maximum(one["lbit_echo_loss"], ROUNDING), color=color, marker=".",
                       linestyle="none", label=f"l-bit, {name}")  # fmt: skip
        upper.axhline(1, color=PALETTE[0], linewidth=1.6, label="l-bit, echo")
        for axes in (upper, lower):
            axes.set_xscale("log")
        lower.set_yscale("log")
        lower.set_ylim(ROUNDING / 3, 10)
        lower.set_xlabel("$t$ $[1/J]$")
        upper.set_ylim(0, 1.06)
        upper.tick_params(labelbottom=False)
    (_, (upper, lower)), *_ = columns
    upper.set_ylabel("signal")
    lower.set_ylabel(r"largest $|1 - \mathrm{echo}|$")
    handles = upper.get_legend_handles_labels()
    figure.legend(*handles, loc="outside right upper")
    lower.legend(fontsize=6.5, loc="center right", ncols=2)
    _note(
        figure, "spin_echo", data,
        "means over bits; pulse on the bit alone, half-way; below: largest over bits and "
        "realisations, exact zeros at the bottom",
    )  # fmt: skip
    return figure, data


FIGURES: Mapping[str, Callable[..., Drawn]] = {
    "algebra": algebra,
    "mean_range": mean_range,
    "couplings": couplings,
    "entanglement_growth": entanglement_growth,
    "spin_echo": spin_echo,
}
