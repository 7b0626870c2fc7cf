"""Figures 1–8 of goihl2018."""

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from mbl import schemas
from mbl.ensembles.averages import differences
from mbl.ensembles.imbalance import ranked
from mbl.ensembles.locality import mean_buffers, mean_errors
from mbl.ensembles.rows import averaged
from mbl.papers.checks import one_size
from mbl.papers.goihl2018.checks import odd_sizes, one_key
from mbl.plotting.style import (
    COLUMN,
    PAGE,
    PALETTE,
    Drawn,
    colors,
    curves,
    family,
    markers,
    note,
    realisations,
    scientific,
    whole_numbers,
)
from mbl.registry import Option, figure

TRANSITION = 7.5  # the paper's guide to the eye: the region of the expected transition
ERROR_LABEL = r"$1 - \|\mathrm{Tr}_{S^c}\tau^z_i\|_2^2 \,/\, 2^{|S|+2|S^c|}$"
MEAN_ERROR = ["mean_truncation_error", "mean_truncation_error_error", "realisations"]
WEIGHT = schemas.share("a weight α between 0 and 1")


def _strengths(axes: Axes) -> None:
    """Abscissa of disorder strengths with the paper's guide to the eye."""
    axes.axvline(TRANSITION, color="0.5", linewidth=0.7, linestyle="--", zorder=0)
    axes.set_xlabel(r"$\Delta$")


@figure("goihl2018", of=("ring/averages",), ensemble="example", checks=(odd_sizes, one_key))
def fig1(averages: xr.Dataset) -> Drawn:
    """Sorting the infinite-time averages.

    The infinite-time averages E(σᶻ) of the first four spins are diagonal in the energy eigenbasis.
    One realisation at strong disorder, the middle one by what it differs from ideal, shows their
    diagonals as the eigensolver orders the eigenstates and after the paper's successive sorting,
    beside the steps between +1 and −1 of ideal Pauli operators: the sorting is what assigns l-bits
    to eigenstates.
    """
    by_difference = np.argsort(differences(averages, "labelled").values.ravel(), kind="stable")
    middle = int(by_difference[len(by_difference) // 2])
    data = averages[["average"]].squeeze(["L", "Delta"]).isel(seed=middle)
    drawn = data.isel(site=slice(4))
    drawing = Figure(figsize=(COLUMN, 3.6))
    panels = drawing.subplots(drawn.sizes["site"], 1, sharex=True, squeeze=False)[:, 0]
    position = data["position"].values
    for axes, site in zip(panels, drawn["site"].values, strict=True):
        panel = drawn["average"].sel(site=site)
        axes.plot(
            position,
            panel.sel(arrangement="eigensolver"),
            ".",
            color="0.6",
            markersize=2,
            markeredgewidth=0,
            label="initial",
            rasterized=True,
        )
        axes.plot(
            position,
            panel.sel(arrangement="labelled"),
            color=PALETTE[0],
            label="sorted",
        )
        axes.plot(
            position,
            panel.sel(arrangement="ideal"),
            "--",
            color=PALETTE[1],
            linewidth=0.7,
            drawstyle="steps-mid",
            label="Pauli",
        )
        axes.set_ylabel(rf"$\mathbb{{E}}(\sigma^z_{{{site + 1}}})$")
        axes.set(ylim=(-1.25, 1.25), yticks=[-1, 0, 1], xlim=(0, len(position)))
    L = int(data["L"])
    ticks = [0, *(2**n for n in range(max(L - 4, 0), L + 1))]
    panels[-1].xaxis.set_major_locator(FixedLocator(ticks))
    panels[-1].set_xlabel("position of the eigenstate")
    drawing.legend(
        *panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3, markerscale=3
    )
    note(
        drawing,
        f"goihl2018, Fig. 1: L = {L}, Δ = {float(data['Delta']):g}, seed {int(data['seed'])}",
    )
    return drawing, drawn


def _proper_supports(data: xr.Dataset) -> list[int]:
    """Buffers smaller than the ring: on the whole ring truncation errors vanish."""
    return [int(size) for size in data["support"].values if size < int(data["L"])]


@figure("goihl2018", of=("ring/locality",), ensemble="crossover", checks=(odd_sizes, one_size))
def fig2(locality: xr.Dataset) -> Drawn:
    """Truncation error against disorder.

    How much of an l-bit is lost when it is cut down to a buffer of |S| sites around its own,
    against the disorder strength Δ: for the first l-bit, for the last, and as a mean over all. The
    paper sees localisation set in near Δ ≈ 7.5 (dashed) and little difference between the l-bits.
    """
    data = mean_errors(locality).squeeze("L")
    supports = _proper_supports(data)
    drawn = data.sel(support=supports)
    first, last = drawn.isel(site=0), drawn.isel(site=-1)
    drawing = Figure(figsize=(PAGE, 2.6))
    panels = drawing.subplots(1, 3, sharey=True)
    shown = (
        ("first l-bit", first["truncation_error"], first["truncation_error_error"]),
        ("last l-bit", last["truncation_error"], last["truncation_error_error"]),
        ("mean over l-bits", drawn["mean_truncation_error"], drawn["mean_truncation_error_error"]),
    )
    for axes, (title, mean, error) in zip(panels, shown, strict=True):
        curves(
            axes,
            drawn["Delta"].values,
            [(f"{s}", mean.sel(support=s), error.sel(support=s)) for s in supports],
        )
        _strengths(axes)
        axes.set_title(title, fontsize=9)
    panels[0].set_ylabel(ERROR_LABEL)
    panels[0].set_ylim(0, 1.02)
    panels[-1].legend(title="$|S|$", loc="upper right", ncols=2)
    note(drawing, f"goihl2018, Fig. 2: L = {int(data['L'])}, {realisations(data)}")
    return drawing, drawn


def sizes_against_support(locality: xr.Dataset, name: str) -> Drawn:
    """Mean truncation error against |S| for several sizes, a panel for each disorder strength."""
    drawn = mean_errors(locality)[MEAN_ERROR]
    strengths = drawn["Delta"].values
    drawing = Figure(figsize=(COLUMN, 0.6 + 2.0 * len(strengths)))
    panels = np.atleast_1d(drawing.subplots(len(strengths), 1, sharex=True))
    for axes, Delta in zip(panels, strengths, strict=True):
        panel = drawn.sel(Delta=Delta)
        curves(
            axes,
            drawn["support"].values,
            [
                (
                    f"{L} ({int(panel['realisations'].sel(L=L))})",
                    _proper(panel["mean_truncation_error"].sel(L=L)),
                    panel["mean_truncation_error_error"].sel(L=L),
                )
                for L in drawn["L"].values
            ],
            colors=colors(drawn.sizes["L"]),
        )
        axes.set_yscale("log")
        axes.set_ylabel(ERROR_LABEL)
        axes.text(0.04, 0.06, rf"$\Delta = {Delta:g}$", transform=axes.transAxes)
        axes.legend(title="$L$ (realisations)", loc="upper right", ncols=2)
        axes.set_ymargin(0.15)
    panels[-1].set_xlabel("$|S|$")
    panels[-1].xaxis.set_major_locator(FixedLocator(list(drawn["support"].values[:-1])))
    note(drawing, f"{name}: mean over l-bits")
    return drawing, drawn


def _proper(error: xr.DataArray) -> xr.DataArray:
    """Truncation errors of buffers smaller than the ring: on the whole ring they vanish."""
    return error.where(error["support"] < error["L"])


@figure("goihl2018", of=("ring/locality",), ensemble="sizes", checks=(odd_sizes,))
def fig3(locality: xr.Dataset) -> Drawn:
    """Truncation error for several sizes.

    The mean truncation error against the buffer |S| for rings of several L, at moderate disorder
    (Δ = 10) and at strong (Δ = 30). In the paper the decay slows as the ring grows, yet stays fast
    enough to call the l-bits quasi-local.
    """
    return sizes_against_support(locality, "goihl2018, Fig. 3")


@figure("goihl2018", of=("ring/locality",), ensemble="decay", checks=(odd_sizes, one_size))
def fig4(locality: xr.Dataset) -> Drawn:
    """Exponential tails of the l-bits.

    The mean truncation error against the buffer |S| for several disorder strengths. The paper reads
    from it an exponential decay in the localised phase, steeper the stronger the disorder.
    """
    data = mean_errors(locality)[MEAN_ERROR].squeeze("L")
    drawn = data.sel(support=_proper_supports(data))
    drawing = Figure(figsize=(COLUMN, 2.6))
    axes = drawing.subplots()
    curves(axes, drawn["support"].values, family(drawn, "mean_truncation_error", "Delta"))
    axes.set(yscale="log", xlabel="$|S|$", ylabel=ERROR_LABEL)
    axes.xaxis.set_major_locator(FixedLocator(list(drawn["support"].values)))
    axes.legend(title=r"$\Delta$", loc="lower left", ncols=2)
    L = int(data["L"])
    note(drawing, f"goihl2018, Fig. 4: L = {L}, {realisations(data)}, mean over l-bits")
    return drawing, drawn


@figure(
    "goihl2018",
    of=("ring/locality",),
    ensemble="crossover",
    options={
        "thresholds": Option(
            [0.5, 0.6, 0.7, 0.8],
            schemas.list_of(WEIGHT, "a list of weights α between 0 and 1", unique=True),
            "weights α that a buffer is to hold",
        )
    },
    checks=(odd_sizes, one_size),
)
def fig5(locality: xr.Dataset, *, thresholds: Sequence[float]) -> Drawn:
    """The smallest buffer that holds an l-bit.

    The number of sites that a buffer needs to hold a share α of an l-bit, against Δ, for four
    thresholds. It leads from the whole ring at weak disorder to a single site at strong disorder, a
    qualitative picture of the transition.
    """
    data = mean_buffers(locality, thresholds).squeeze("L")
    L = int(data["L"])
    drawing = Figure(figsize=(COLUMN, 2.6))
    axes = drawing.subplots()
    curves(axes, data["Delta"].values, family(data, "buffer", "threshold"))
    _strengths(axes)
    axes.set(ylabel="minimal buffer $|S|$", ylim=(0, L + 1))
    axes.yaxis.set_major_locator(FixedLocator(range(1, L + 1, 2)))
    axes.legend(title=r"$\alpha$")
    note(drawing, f"goihl2018, Fig. 5: L = {L}, {realisations(data)}, mean over l-bits")
    return drawing, data


@figure("goihl2018", of=("ring/effective",), ensemble="crossover", checks=(odd_sizes, one_size))
def fig6(effective: xr.Dataset) -> Drawn:
    """How good the effective model is.

    The distance in operator norm between H and the effective model whose couplings stop at order N,
    relative to the norm of H, against Δ. In the paper every order improves with disorder, but a
    model that is close in norm takes high orders.
    """
    data = averaged(effective, ["norm_error"]).squeeze("L")
    L = int(data["L"])
    drawn = data.sel(order=[int(N) for N in data["order"].values if N < L])  # order L is exact
    drawing = Figure(figsize=(COLUMN, 2.9))
    axes = drawing.subplots()
    curves(axes, drawn["Delta"].values, family(drawn, "norm_error", "order"))
    _strengths(axes)
    axes.set(yscale="log", ylabel=r"$\|H - H_{\mathrm{eff}}^{(N_{\mathrm{eff}})}\| \,/\, \|H\|$")
    drawing.legend(title=r"$N_{\mathrm{eff}}$", loc="outside right upper")
    note(drawing, f"goihl2018, Fig. 6: L = {L}, {realisations(data)}")
    return drawing, drawn


@figure("goihl2018", of=("ring/effective",), ensemble="localized", checks=(odd_sizes, one_key))
def fig7(effective: xr.Dataset) -> Drawn:
    """Couplings against their extension and order.

    The mean modulus of the couplings ω of the effective model against the extension of the l-bits
    that they join, a curve for each order N, and against the order at the largest extension. The
    paper finds a decay with extension, none from one order to the next, and saturation at high
    orders.
    """
    drawn = averaged(effective, ["coupling"]).squeeze(["L", "Delta"])
    drawing = Figure(figsize=(COLUMN, 2.8))
    by_extension, by_order = drawing.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    several = drawn["coupling"].notnull().sum("extension") > 1
    shown = drawn.sel(order=several | (drawn["order"] == 1))
    curves(by_extension, drawn["extension"].values, family(shown, "coupling", "order"))
    by_extension.set(yscale="log", xlabel=r"extension $d(\mu)$")
    by_extension.set_ylabel(r"$\langle|\omega_\mu|\rangle$ [$J$]")
    whole_numbers(by_extension, list(drawn["extension"].values))
    by_extension.legend(title="order $N$", loc="upper right", ncols=2)
    last = drawn.isel(extension=-1).sel(order=slice(2, None))
    black = [("", last["coupling"], last["coupling_error"])]
    curves(by_order, last["order"].values, black, colors=["black"])
    by_order.set_title(rf"$d = {int(last['extension'])}$", fontsize=9)
    by_order.set_xlabel("order $N$")
    by_order.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    L, Delta = int(drawn["L"]), float(drawn["Delta"])
    note(drawing, f"goihl2018, Fig. 7: L = {L}, Δ = {Delta:g}, {realisations(drawn)}")
    return drawing, drawn


@figure(
    "goihl2018",
    of=("ring/imbalance", "ring/effective"),
    ensemble="quench",
    checks=(odd_sizes, one_key),
)
def fig8(imbalance: xr.Dataset, effective: xr.Dataset) -> Drawn:
    """Dynamics of the effective model.

    The imbalance after a quench from the Néel state, under H (lines) and under the effective model
    of order 4 (symbols), for the realisations in which that model is the best, middling and worst
    in norm. Where it is close, the curves agree; where it is not, the paper still finds the right
    average.
    """
    data = ranked(imbalance, effective)
    count = data.sizes["rank"]
    drawn = data.isel(rank=[0, count // 2, count - 1])
    order = int(data["truncation_order"])
    model = rf"H_{{\mathrm{{eff}}}}^{{({order})}}"
    drawing = Figure(figsize=(COLUMN, 4.2))
    panels = drawing.subplots(3, 1, sharex=True, sharey=True)
    times = drawn["time"].values
    every = max(1, len(times) // 80)
    names = ("best", "middle", "worst")
    styles = zip(names, colors(3), markers(3), strict=True)
    for position, (axes, (name, color, marker)) in enumerate(zip(panels, styles, strict=True)):
        one = drawn.isel(rank=position)
        axes.plot(
            times,
            one["imbalance"].sel(hamiltonian="exact"),
            color=color,
            linewidth=0.8,
            label="exact",
        )
        axes.plot(
            times[::every],
            one["imbalance"].sel(hamiltonian="effective")[::every],
            marker,
            color=color,
            markersize=2.5,
            markerfacecolor="white",
            markeredgewidth=0.6,
            label=f"${model}$",
        )
        distance = scientific(float(one["distance"]))
        axes.set_title(rf"{name}: $\|H - {model}\| = {distance}\,J$", fontsize=8)
        axes.set_ylabel(r"$\mathcal{I}(t)$")
    panels[0].legend(loc="lower right", ncols=2)
    panels[0].set_ylim(top=1.02)
    panels[-1].set_xlabel("$t$ $[1/J]$")
    note(
        drawing,
        f"goihl2018, Fig. 8: L = {int(data['L'])}, Δ = {float(data['Delta']):g}, "
        f"3 of {count} realisations",
    )
    return drawing, drawn
