"""Figures 1–8 of goihl2018: each from its tier 2 data, with the part of them that it shows."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from mbl.plotting.style import (
    COLUMN,
    MARKERS,
    PAGE,
    PALETTE,
    Drawn,
    curves,
    family,
    note,
    realisations,
    scientific,
)

TRANSITION = 7.5  # the paper's guide to the eye: the region of the expected transition
ERROR_LABEL = r"$1 - \|\mathrm{Tr}_{S^c}\tau^z_i\|_2^2 \,/\, 2^{|S|+2|S^c|}$"


def _only_size(data: xr.Dataset) -> xr.Dataset:
    """Data of the one size that a figure shows."""
    (L,) = data["L"].values
    return data.sel(L=L)


def _strengths(axes: Axes) -> None:
    """Abscissa of disorder strengths with the paper's guide to the eye."""
    axes.axvline(TRANSITION, color="0.5", linewidth=0.7, linestyle="--", zorder=0)
    axes.set_xlabel(r"$\Delta$")


def fig1(data: xr.Dataset) -> Drawn:
    """Averages E(σᶻ₁..₄) of one realisation: eigensolver order, labelled, ideal."""
    sites = data["site"].values[:4]
    drawn = data[["average"]].sel(site=sites)
    average = drawn["average"]
    figure = Figure(figsize=(COLUMN, 3.6))
    panels = figure.subplots(len(sites), 1, sharex=True)
    position = data["position"].values
    for axes, site in zip(panels, sites, strict=True):
        panel = average.sel(site=site)
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
    panels[-1].xaxis.set_major_locator(FixedLocator([0, *(2**n for n in range(L - 4, L + 1))]))
    panels[-1].set_xlabel("position of the eigenstate")
    figure.legend(
        *panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3, markerscale=3
    )
    note(
        figure,
        f"goihl2018, Fig. 1: L = {L}, Δ = {float(data['Delta']):g}, seed {int(data['seed'])}",
    )
    return figure, drawn


def fig2(data: xr.Dataset) -> Drawn:
    """Truncation error against Δ for each |S|: first l-bit, last l-bit, mean over l-bits."""
    data = _only_size(data)
    L = int(data["L"])
    supports = [int(s) for s in data["support"].values if s < L]
    drawn = data.sel(support=supports)
    first, last = drawn.isel(site=0), drawn.isel(site=-1)
    figure = Figure(figsize=(PAGE, 2.6))
    panels = figure.subplots(1, 3, sharey=True)
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
    note(figure, f"goihl2018, Fig. 2: L = {L}, {realisations(data)}")
    return figure, drawn


def sizes_against_support(data: xr.Dataset, name: str) -> Drawn:
    """Mean truncation error against |S| for several sizes, at moderate and strong disorder."""
    drawn = data[["mean_truncation_error", "mean_truncation_error_error", "realisations"]]
    strengths = drawn["Delta"].values
    figure = Figure(figsize=(COLUMN, 0.6 + 2.0 * len(strengths)))
    panels = np.atleast_1d(figure.subplots(len(strengths), 1, sharex=True))
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
            colors=PALETTE,
        )
        axes.set_yscale("log")
        axes.set_ylabel(ERROR_LABEL)
        axes.text(0.04, 0.06, rf"$\Delta = {Delta:g}$", transform=axes.transAxes)
        axes.legend(title="$L$ (realisations)", loc="upper right", ncols=2)
        axes.set_ymargin(0.15)
    panels[-1].set_xlabel("$|S|$")
    panels[-1].xaxis.set_major_locator(FixedLocator(list(drawn["support"].values[:-1])))
    note(figure, f"{name}: mean over l-bits")
    return figure, drawn


def _proper(error: xr.DataArray) -> xr.DataArray:
    """Truncation errors of buffers smaller than the ring: on the whole ring they vanish."""
    return error.where(error["support"] < error["L"])


def fig4(data: xr.Dataset) -> Drawn:
    """Mean truncation error against |S| for several disorder strengths."""
    data = _only_size(data)
    L = int(data["L"])
    drawn = data[["mean_truncation_error", "mean_truncation_error_error", "realisations"]].sel(
        support=[int(s) for s in data["support"].values if s < L]
    )
    figure = Figure(figsize=(COLUMN, 2.6))
    axes = figure.subplots()
    curves(axes, drawn["support"].values, family(drawn, "mean_truncation_error", "Delta"))
    axes.set(yscale="log", xlabel="$|S|$", ylabel=ERROR_LABEL)
    axes.xaxis.set_major_locator(FixedLocator(list(drawn["support"].values)))
    axes.legend(title=r"$\Delta$", loc="lower left", ncols=2)
    note(figure, f"goihl2018, Fig. 4: L = {L}, {realisations(data)}, mean over l-bits")
    return figure, drawn


def fig5(data: xr.Dataset) -> Drawn:
    """Minimal buffer that holds a weight α of the l-bits, against Δ."""
    data = _only_size(data)
    L = int(data["L"])
    figure = Figure(figsize=(COLUMN, 2.6))
    axes = figure.subplots()
    curves(axes, data["Delta"].values, family(data, "buffer", "threshold"))
    _strengths(axes)
    axes.set(ylabel="minimal buffer $|S|$", ylim=(0, L + 1))
    axes.yaxis.set_major_locator(FixedLocator(range(1, L + 1, 2)))
    axes.legend(title=r"$\alpha$")
    note(figure, f"goihl2018, Fig. 5: L = {L}, {realisations(data)}, mean over l-bits")
    return figure, data


def fig6(data: xr.Dataset) -> Drawn:
    """Error of the effective model in operator norm against Δ, one curve per order."""
    data = _only_size(data)
    L = int(data["L"])
    orders = [int(N) for N in data["order"].values if N < L]  # order L is exact
    drawn = data[["norm_error", "norm_error_error", "realisations"]].sel(order=orders)
    figure = Figure(figsize=(COLUMN, 2.9))
    axes = figure.subplots()
    curves(axes, drawn["Delta"].values, family(drawn, "norm_error", "order"))
    _strengths(axes)
    axes.set(yscale="log", ylabel=r"$\|H - H_{\mathrm{eff}}^{(N_{\mathrm{eff}})}\| \,/\, \|H\|$")
    figure.legend(title=r"$N_{\mathrm{eff}}$", loc="outside right upper")
    note(figure, f"goihl2018, Fig. 6: L = {L}, {realisations(data)}")
    return figure, drawn


def fig7(data: xr.Dataset) -> Drawn:
    """Mean coupling |ω_μ| against extension, one curve per order."""
    data = _only_size(data)
    (Delta,) = data["Delta"].values
    drawn = data[["coupling", "coupling_error", "realisations"]].sel(Delta=Delta)
    figure = Figure(figsize=(COLUMN, 2.9))
    axes = figure.subplots()
    curves(axes, drawn["extension"].values, family(drawn, "coupling", "order"))
    axes.set(yscale="log", xlabel=r"extension $d(\mu)$", ylabel=r"$\langle|\omega_\mu|\rangle$")
    axes.xaxis.set_major_locator(FixedLocator(list(drawn["extension"].values)))
    axes.xaxis.set_minor_locator(NullLocator())
    figure.legend(title="order", loc="outside right upper")
    note(
        figure,
        f"goihl2018, Fig. 7: L = {int(data['L'])}, Δ = {Delta:g}, {realisations(drawn)}",
    )
    return figure, drawn


def fig8(data: xr.Dataset) -> Drawn:
    """Imbalance of the Néel state: best, middle and worst realisation, exact and effective."""
    count = data.sizes["rank"]
    drawn = data.isel(rank=[0, count // 2, count - 1])
    order = int(data["truncation_order"])
    figure = Figure(figsize=(COLUMN, 4.2))
    panels = figure.subplots(3, 1, sharex=True, sharey=True)
    times = drawn["time"].values
    every = max(1, len(times) // 80)
    for position, (axes, name) in enumerate(zip(panels, ("best", "middle", "worst"), strict=True)):
        one = drawn.isel(rank=position)
        axes.plot(
            times,
            one["imbalance"].sel(hamiltonian="exact"),
            color=PALETTE[position],
            linewidth=0.8,
            label="exact",
        )
        axes.plot(
            times[::every],
            one["imbalance"].sel(hamiltonian="effective")[::every],
            MARKERS[position],
            color=PALETTE[position],
            markersize=2.5,
            markerfacecolor="white",
            markeredgewidth=0.6,
            label=rf"$H_{{\mathrm{{eff}}}}^{{({order})}}$",
        )
        error = scientific(float(one["norm_error"]))
        axes.set_title(
            rf"{name}: $\|H - H_{{\mathrm{{eff}}}}^{{({order})}}\| / \|H\| = {error}$",
            fontsize=8,
        )
        axes.set_ylabel(r"$\mathcal{I}(t)$")
    panels[0].legend(loc="lower right", ncols=2)
    panels[0].set_ylim(top=1.02)
    panels[-1].set_xlabel("$t$ $[1/J]$")
    note(
        figure,
        f"goihl2018, Fig. 8: L = {int(data['L'])}, Δ = {float(data['Delta']):g}, "
        f"3 of {count} realisations",
    )
    return figure, drawn


FIGURES: Mapping[str, Callable[..., Drawn]] = {
    "fig1": fig1,
    "fig2": fig2,
    "fig3": partial(sizes_against_support, name="goihl2018, Fig. 3"),
    "fig4": fig4,
    "fig5": fig5,
    "fig6": fig6,
    "fig7": fig7,
    "fig8": fig8,
}
