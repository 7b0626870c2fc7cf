"""The figures of huse2014, one for each of what it says that l-bits are good for."""

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from mbl import schemas
from mbl.ensembles.algebra import extremes
from mbl.ensembles.couplings import decay_lengths
from mbl.ensembles.dynamics import largest_loss, lbit_echo, predicted_slopes, times
from mbl.ensembles.ranges import exceedances, mean_ranges, median_ranges
from mbl.ensembles.rows import averaged
from mbl.papers.checks import one_size
from mbl.papers.huse2014 import range_panels
from mbl.papers.huse2014.algebra_table import IDENTITIES, violation_table
from mbl.papers.huse2014.checks import large_enough
from mbl.papers.huse2014.shared import (
    colored_labellings,
    joined,
    note_size,
    of_one_size,
    panels,
    whole_ticks,
    with_error,
)
from mbl.plotting.style import (
    PAGE,
    PALETTE,
    Drawn,
    colors,
    curves,
    markers,
    note,
    realisations,
)
from mbl.registry import Option, figure

LABELLINGS = {
    "labellings": Option(
        ["sorted", "combined"], schemas.LABELLINGS, "whose l-bits are compared, the best last"
    )
}
BARE = "0.25"  # colour of p-bits; labellings have the palette
ROUNDING = 1e-17  # where what is exactly zero is drawn on a logarithmic axis
DECAYS = {"pair": r"$\xi$ of $J_{ij}$", "interaction": r"$\xi$ of all orders"}


@figure(
    "huse2014",
    of=("ring/algebra", "ring/range", "ring/couplings", "ring/lbit_dynamics"),
    ensemble="huse2014",
    options=LABELLINGS,
    checks=(one_size,),
)
def algebra(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Drawn:
    """What l-bits are by construction.

    The paper defines l-bits as Pauli operators dressed by the unitary that diagonalises H: they
    keep the algebra of spins, their z-components commute with H, and H is a sum of products of them
    (eq. 4). The table gives the largest violation of each property.
    """
    data = of_one_size(
        extremes(algebra, "same_site", "different_sites", "trace", "conservation"),
        extremes(couplings, "expansion"),
        extremes(ranges, "weight_sum"),
        lbit_echo(lbits),
        extremes(algebra, "bare"),
        averaged(algebra, ["bare"])[["realisations"]],
    ).assign_coords(times(lbits, "late"))
    drawing = Figure(figsize=(PAGE, 0.7 + 0.24 * len(IDENTITIES)))
    axes = drawing.subplots()
    axes.set_axis_off()
    violation_table(axes, data)
    number = data.sizes["labelling"]
    whose = (
        f"the worst of {number} labellings" if number > 1 else f"{data['labelling'].item(0)} l-bits"
    )
    note_size(drawing, "algebra", data, f"largest violations over l-bits, {whose}")
    return drawing, data


@figure("huse2014", of=("ring/range",), ensemble="ranges", options=LABELLINGS)
def mean_range(ranges: xr.Dataset) -> Drawn:
    """Range of the l-bits.

    An l-bit is a sum of strings of bare Pauli operators. The paper's criterion of localisation is
    that their mean range stays finite as the system grows, whereas for a thermal system it is of
    the order of the size; weights of long strings should fall off exponentially.
    """
    data = joined(
        mean_ranges(ranges),
        exceedances(ranges),
        median_ranges(ranges),
        extremes(ranges, "weight_sum"),
    )
    L = int(data["L"].max())
    largest = data.sel(L=L)
    shown = range_panels.strengths_shown(largest)
    drawing = Figure(figsize=(PAGE, 4.8))
    axes = drawing.subplots(2, range_panels.PANELS)
    for panel, Delta in zip(axes[0, : len(shown)], shown, strict=True):
        range_panels.weights(panel, largest.sel(Delta=Delta))
        panel.set_title(rf"$\Delta = {Delta:g}$, $L = {L}$", fontsize=9)
        panel.sharey(axes[0, 0])
    axes[0, 0].set_ylabel("weight of strings")
    for panel in axes[0, len(shown) :]:
        panel.set_axis_off()
    range_panels.exceedance(axes[1, 0], largest.sel(Delta=shown[-1]))
    range_panels.by_labelling(axes[1, 1], largest.sel(Delta=shown))
    range_panels.by_size(axes[1, 2], data, shown)
    range_panels.legends(drawing, data, shown)
    note(
        drawing,
        f"huse2014, mean_range: {realisations(data)}; range: largest ring distance of two "
        "sites of a string; below: means filled, medians hollow, right the least of all labellings",
    )
    return drawing, data


@figure(
    "huse2014",
    of=("ring/couplings",),
    ensemble="huse2014",
    options=LABELLINGS,
    checks=(one_size,),
)
def couplings(couplings: xr.Dataset) -> Drawn:
    """Interactions between l-bits.

    Couplings of eq. 4 against the number of l-bits that they join, and interactions of pairs of
    l-bits against distance. The paper's central assumption is that both fall off exponentially.
    """
    means = averaged(couplings, ["coupling", "log_coupling", "log_pair", "log_interaction"])
    data = of_one_size(means, decay_lengths(couplings), extremes(couplings, "expansion"))
    drawing, columns = panels(data, 4.6)
    for ring, (upper, lower) in columns:
        _by_order(upper, ring)
        _by_distance(lower, ring)
        for axes in (upper, lower):
            axes.set_yscale("log")
    (_, (upper, lower)), *_ = columns
    upper.set_ylabel(r"$|\omega|$ of an order $[J]$")
    lower.set_ylabel(r"$J(x)$ $[J]$")
    drawing.legend(
        *upper.get_legend_handles_labels(), title="labelling, typical", loc="outside right upper"
    )
    note_size(
        drawing, "couplings", data,
        "typical: geometric mean; hollow: mean (above), all orders that hold both l-bits (below)",
    )  # fmt: skip
    return drawing, data


def _by_order(axes: Axes, ring: xr.Dataset) -> None:
    """Typical and mean couplings against order."""
    symbols = markers(ring.sizes["labelling"])
    for position, (name, color) in enumerate(colored_labellings(ring)):
        one = ring.sel(labelling=name)
        _typical(axes, one["order"], one, "coupling", color=color, marker=symbols[position],
                 linestyle="-")  # fmt: skip
        curves(
            axes,
            one["order"].values,
            [("", one["coupling"], one["coupling_error"])],
            colors=[color],
            marker=position,
            linestyle=":",
            hollow=True,
        )
    axes.set_xlabel("order")
    whole_ticks(axes, ring["order"])


def _by_distance(axes: Axes, ring: xr.Dataset) -> None:
    """Typical interactions of two l-bits against distance, with fits and their decay lengths."""
    x = ring["distance"]
    fine = np.linspace(x.min().item(), x.max().item(), 50)
    symbols = markers(ring.sizes["labelling"])
    for position, (name, color) in enumerate(colored_labellings(ring)):
        one = ring.sel(labelling=name)
        for decay, hollow in (("pair", False), ("interaction", True)):
            _typical(axes, x, one, decay, color=color, marker=symbols[position], hollow=hollow)
            fit = one.sel(decay=decay)
            axes.plot(
                fine,
                fit["strength"].item() * np.exp(-fine / fit["length"].item()),
                color=color,
                linestyle=":" if hollow else "-",
                linewidth=0.8,
            )
        pair, interaction = (
            with_error(length.item(), error.item())
            for length, error in zip(
                one["length"].sel(decay=list(DECAYS)),
                one["length_error"].sel(decay=list(DECAYS)),
                strict=True,
            )
        )
        axes.text(
            0.03, 0.05 + 0.09 * position, rf"$\xi = {pair}$, hollow ${interaction}$",
            transform=axes.transAxes, va="bottom", fontsize=6.5, color=color,
        )  # fmt: skip
    axes.set_xlabel("distance $x$ of two l-bits")
    whole_ticks(axes, x)


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


@figure(
    "huse2014",
    of=("ring/pbit_dynamics", "ring/lbit_dynamics", "ring/couplings"),
    ensemble="huse2014",
    options=LABELLINGS,
    checks=(one_size, large_enough),
)
def entanglement_growth(pbits: xr.Dataset, lbits: xr.Dataset, couplings: xr.Dataset) -> Drawn:
    """Entanglement grows with ln t.

    The entropy of half the system after a quench from product states. The paper derives from
    dephasing that S ∼ s∞ ξ ln(J₀t), with an s∞ much larger for spins along x than for spins along
    z.
    """
    bare = ["entropy", "slope", "late_entropy", "dephased_entropy", "density"]
    data = of_one_size(
        averaged(pbits, bare),
        averaged(lbits, ["lbit_entropy", "lbit_slope"]).drop_vars("realisations"),
        predicted_slopes(pbits, couplings),
    ).assign_coords(times(pbits, "first", "last", "late"))
    drawing, columns = panels(data, 4.8, ratios=(1.3, 1))
    t = data["t"].values
    window = t[(t >= data["first"].item()) & (t <= data["last"].item())]
    for ring, (upper, lower) in columns:
        for name, color in colored_labellings(data):
            upper.plot(t, ring["lbit_entropy"].sel(labelling=name), color=color, linewidth=1.0,
                       label=f"l-bits, {name}")  # fmt: skip
        for position, axis in enumerate(("x", "z")):
            one = ring.sel(axis=axis)
            member = (f"p-bits along {axis}", one["entropy"], one["entropy_error"])
            style: dict[str, Any] = {"colors": [BARE], "marker": position, "hollow": axis == "z"}
            curves(upper, t, [member], **style, linestyle="none")
            inside = one["entropy"].sel(t=slice(window[0], window[-1]))
            centred = np.log(window) - np.log(window).mean()
            line = inside.mean().item() + one["slope"].item() * centred
            upper.plot(window, line, "--", color="k", linewidth=1.2, zorder=5)
        upper.set_xscale("log")
        upper.set_xlabel("$t$ $[1/J]$")
        _slopes(lower, ring)
    (_, (upper, lower)), *_ = columns
    upper.set_ylabel("$S$ of half the ring (nats)")
    lower.set_ylabel(r"$dS/d\,\ln t$ (nats)")
    drawing.legend(*upper.get_legend_handles_labels(), loc="outside right upper")
    drawing.legend(*lower.get_legend_handles_labels(), title="slopes", loc="outside right center")
    note_size(
        drawing, "entanglement_growth", data,
        rf"slopes (dashed) over $Jt$ from {data['first']:g} to {data['last']:g}; a block on a ring "
        r"has two ends: 2 $s_\infty\xi$",
    )  # fmt: skip
    return drawing, data


def _slopes(axes: Axes, ring: xr.Dataset) -> None:
    """Measured slopes as bands, predicted ones and those of l-bits by labelling."""
    names = ring["labelling"].values.tolist()
    at = np.arange(len(names), dtype=float)
    for axis, shade in (("x", "0.6"), ("z", "0.85")):
        slope, width = (float(ring[name].sel(axis=axis)) for name in ("slope", "slope_error"))
        width = np.nan_to_num(width)
        axes.axhspan(slope - width, slope + width, color=shade, linewidth=0, zorder=0)
        axes.axhline(slope, color="k", linestyle="-" if axis == "x" else ":", linewidth=0.8,
                     label=f"p-bits along {axis}, measured")  # fmt: skip
    members = [("l-bits along x, measured", ring["lbit_slope"], ring["lbit_slope_error"])]
    for axis in ("x", "z"):
        for decay, meaning in DECAYS.items():
            one = ring.sel(axis=axis, decay=decay)
            label = rf"2 $s_\infty\xi$, {axis}, {meaning}"
            members.append((label, one["predicted"], one["predicted_error"]))
    for position, (member, color) in enumerate(zip(members, colors(len(members)), strict=True)):
        curves(
            axes,
            at + 0.12 * (position - 2),
            [member],
            colors=[color],
            marker=position,
            linestyle="none",
        )
    axes.set_yscale("log")
    axes.set_xticks(at, names)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlim(-0.5, len(names) - 0.5)
    if len(names) > 2:
        axes.tick_params(axis="x", labelrotation=20, labelsize=7)


@figure(
    "huse2014",
    of=("ring/pbit_dynamics", "ring/lbit_dynamics"),
    ensemble="huse2014",
    options=LABELLINGS,
    checks=(one_size,),
)
def spin_echo(pbits: xr.Dataset, lbits: xr.Dataset) -> Drawn:
    """Dephasing without dissipation.

    l-bits interact only through their z-components, so the paper argues that they dephase but do
    not dissipate and that an echo recovers them. Ramsey and echo signals of l-bits and of bare
    spins show what an experiment would keep.
    """
    losses = {"echo_loss": largest_loss(pbits, "echo_loss")}
    losses["lbit_echo_loss"] = largest_loss(lbits, "lbit_echo_loss")
    data = of_one_size(
        averaged(pbits, ["ramsey", "echo", "late_ramsey", "late_echo"]),
        averaged(lbits, ["lbit_ramsey", "late_lbit_ramsey"]).drop_vars("realisations"),
        xr.Dataset(losses),
        lbit_echo(lbits),
    ).assign_coords(times(pbits, "late"))
    drawing, columns = panels(data, 4.4, ratios=(1.4, 1))
    t = data["t"].values
    for ring, (upper, lower) in columns:
        for signal, marker, hollow in (("echo", 0, False), ("ramsey", 1, True)):
            label = f"p-bit, {signal.replace('r', 'R', 1)}"
            member = (label, ring[signal], ring[f"{signal}_error"])
            curves(upper, t, [member], colors=[BARE], marker=marker, hollow=hollow)
        lower.plot(t, np.maximum(ring["echo_loss"], ROUNDING), color=BARE, label="p-bit")
        for position, (name, color) in enumerate(colored_labellings(data)):
            one = ring.sel(labelling=name)
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
    drawing.legend(*upper.get_legend_handles_labels(), loc="outside right upper")
    lower.legend(fontsize=6.5, loc="center right", ncols=2)
    note_size(
        drawing, "spin_echo", data,
        "means over bits; pulse on the bit alone, half-way; below: largest over bits and "
        "realisations, exact zeros at the bottom",
    )  # fmt: skip
    return drawing, data
