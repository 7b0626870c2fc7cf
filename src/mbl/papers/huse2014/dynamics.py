"""Figures of huse2014 on dynamics: growth of entanglement, Ramsey signals and echoes."""

import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from mbl.ensembles.algebra import extremes
from mbl.ensembles.dynamics import (
    dephasing_times,
    ends_of_growth,
    late_time,
    local_slopes,
    predicted_slopes,
)
from mbl.ensembles.rows import averaged
from mbl.papers.checks import one_size
from mbl.papers.huse2014.checks import large_enough
from mbl.papers.huse2014.shared import (
    LABELLINGS,
    colored_labellings,
    note_size,
    of_one_size,
    panels,
)
from mbl.plotting.style import PALETTE, Drawn, curves, scientific
from mbl.registry import figure

BARE = "0.25"  # colour of p-bits; labellings have the palette
HOLLOW = {"x": False, "z": True}  # p-bits by axis


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
    z: the slope is s∞ ξ for each end of the block, while 1/t passes the interactions J(x).
    """
    dressed, window = (
        local_slopes(lbits["lbit_entropy"]),
        dephasing_times(ends_of_growth(couplings)),
    )
    data = of_one_size(
        averaged(pbits, ["entropy", "dephased_entropy", "density"]),
        averaged(lbits, ["lbit_entropy"]).drop_vars("realisations"),
        local_slopes(pbits["entropy"]),
        dressed.rename({name: f"lbit_{name}" for name in dressed}),
        predicted_slopes(pbits, couplings),
        xr.Dataset({"dephasing_time": dephasing_times(couplings["log_interaction"])}),
        xr.Dataset({"window": window.rename(distance="reach")}),
    ).assign_coords(late_time(pbits))
    drawing, columns = panels(data, 5.0, ratios=(1.2, 1))
    t = data["t"].values
    for ring, (upper, lower) in columns:
        for name, color in colored_labellings(data):
            one = ring.sel(labelling=name)
            label = f"l-bits along x, {name}"
            upper.plot(t, one["lbit_entropy"], color=color, label=label)
            lower.plot(t, one["lbit_slope"], color=color)
        for position, (axis, hollow) in enumerate(HOLLOW.items()):
            for axes, quantity in ((upper, "entropy"), (lower, "slope")):
                one = ring.sel(axis=axis)
                member = (f"p-bits along {axis}", one[quantity], one[f"{quantity}_error"])
                curves(axes, t, [member], colors=[BARE], marker=position,
                       linestyle="none", hollow=hollow)  # fmt: skip
        best = ring.isel(labelling=-1)
        filling = best.sel(distance=slice(None, best["reach"][-1] + 1))  # to beyond the window
        _predictions(lower, filling)
        for axes in (upper, lower):
            axes.set_xscale("log")
            axes.set_xlim(t[0] / 1.3, float(data["late"]))
            axes.axvspan(*best["window"].values, color="0.93", linewidth=0, zorder=-1)
        for x, time in filling["dephasing_time"].to_series().items():
            upper.axvline(time, color="0.7", linewidth=0.6, zorder=0)
            upper.annotate(f"{x}", (time, 1), xycoords=("data", "axes fraction"), fontsize=6.5,
                           color="0.4", xytext=(2, -8), textcoords="offset points")  # fmt: skip
        upper.tick_params(labelbottom=False)
        lower.axhline(0, color="k", linewidth=0.4)
        lower.set_xlabel("$t$ $[1/J]$")
    (_, (upper, lower)), *_ = columns
    upper.set_ylabel("$S$ of half the ring (nats)")
    lower.set_ylabel(r"$dS/d\,\ln t$ (nats)")
    shown: dict[str, Artist] = {}
    for axes in (upper, lower):
        handles, labels = axes.get_legend_handles_labels()
        shown |= dict(zip(labels, handles, strict=True))
    drawing.legend(list(shown.values()), list(shown), loc="outside upper center", ncols=3)
    note_size(
        drawing, "entanglement_growth", data,
        r"slopes over a decade; lines: $t = 1/J(x)$; grey: until the block is filled from its ends",
    )  # fmt: skip
    return drawing, data


def _predictions(axes: Axes, ring: xr.Dataset) -> None:
    """2 s∞ ξ(x) from 1/J(x) to 1/J(x + 1), under one labelling, until the block is filled."""
    times = ring["dephasing_time"].values
    for axis, linestyle in (("x", "-"), ("z", ":")):
        label = rf"$2 s_\infty \xi(x)$, {axis}"
        for start, end, height in zip(
            times[:-1], times[1:], ring["predicted"].sel(axis=axis).values[:-1], strict=True
        ):
            axes.plot([start, end], [height] * 2, color=PALETTE[3], linestyle=linestyle,
                      linewidth=1.8, label=label)  # fmt: skip


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
    data = of_one_size(
        averaged(pbits, ["ramsey", "echo", "late_ramsey", "late_echo"]),
        averaged(lbits, ["lbit_ramsey", "late_lbit_ramsey"]).drop_vars("realisations"),
        extremes(lbits, "lbit_echo_loss"),
        pbits[["floor"]],
    ).assign_coords(late_time(pbits))
    drawing, columns = panels(data, 2.9, ratios=(1,))
    t = data["t"].values
    loss = scientific(float(data["lbit_echo_loss_largest"].max()))
    for ring, (axes,) in columns:
        axes.axhline(1, color=PALETTE[0], linewidth=1.6, label=f"l-bit, echo: 1 to ${loss}$")
        for signal, marker, hollow in (("echo", 0, False), ("ramsey", 1, True)):
            label = f"p-bit, {signal.replace('r', 'R', 1)}"
            member = (label, ring[signal], ring[f"{signal}_error"])
            curves(axes, t, [member], colors=[BARE], marker=marker, hollow=hollow)
        for position, (name, color) in enumerate(colored_labellings(data)):
            one = ring.sel(labelling=name)
            member = (f"l-bit, Ramsey, {name}", one["lbit_ramsey"], one["lbit_ramsey_error"])
            curves(axes, t, [member], colors=[color], marker=position + 2, linestyle=":")
        axes.axhline(float(ring["floor"]), color="k", linestyle="--", linewidth=0.8,
                     label="random phases")  # fmt: skip
        axes.set_xscale("log")
        axes.set_ylim(0, 1.06)
        axes.set_xlabel("$t$ $[1/J]$")
    (_, (axes,)), *_ = columns
    axes.set_ylabel("signal")
    drawing.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    note_size(drawing, "spin_echo", data, "means over bits; pulse on the bit alone, half-way")
    return drawing, data
