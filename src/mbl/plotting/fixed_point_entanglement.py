"""Dephasing under the fixed-point Hamiltonian: growth of entanglement, two spins (swingle2013)."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from mbl.plotting.style import MARKERS, PAGE, PALETTE, Drawn, curves, note, realisations, sequence
from mbl.plotting.table import rows

EVERY = 5  # times between two error bars, so that they do not cover the curves


def entanglement_growth(data: xr.Dataset, size: int, xi: float) -> Drawn:
    """Entropy in time for several ξ, its rate against ξ, and its saturation with L."""
    figure = Figure(figsize=(PAGE, 3.1))
    panels = figure.subplots(1, 3)
    down = float(data["down"].max())  # of the initial states, the one of most entropy per spin
    at_size = rows(data, "xi", L=size)
    lengths = [float(value) for value in at_size["xi"].values]
    for color, length in zip(sequence(len(lengths)), lengths, strict=True):
        row = at_size.isel(key=lengths.index(length)).sel(down=down)
        _in_time(panels[0], row, color, f"{length:g}")
        panels[0].plot(row["time"], row["bound"], "--", color=color, linewidth=0.7)
    cap = float(at_size["diagonal_entropy"].sel(down=down)[0])
    panels[0].axhline(cap, color="k", linewidth=0.8)
    panels[0].set_ylim(0, 1.3 * cap)
    panels[0].text(0.97, cap * 1.01, "eq. 3.15", fontsize=7, ha="right", va="bottom",
                   transform=panels[0].get_yaxis_transform())  # fmt: skip
    panels[0].legend(title=r"$\xi$", loc="upper left", ncols=3, columnspacing=0.8)
    panels[0].set_title(f"$L = {size}$", fontsize=9)
    _rates(panels[1], data, size)
    at_length = rows(data, "L", xi=xi)
    sizes = [int(L) for L in at_length["L"].values]
    for color, L in zip(sequence(len(sizes)), sizes, strict=True):
        row = at_length.isel(key=sizes.index(L)).sel(down=down)
        _in_time(panels[2], row, color, f"{L}")
        panels[2].axhline(float(row["diagonal_entropy"]), color=color, linewidth=0.8)
    panels[2].set_ylim(0, 1.3 * float(at_length["diagonal_entropy"].sel(down=down).max()))
    panels[2].legend(title="$L$", loc="upper left", ncols=3, columnspacing=0.8)
    panels[2].set_title(rf"$\xi = {xi:g}$", fontsize=9)
    for axes in (panels[0], panels[2]):
        axes.set(xscale="log", xlabel="$J_0 t$", ylabel="half-chain entropy $S$ (nats)")
        axes.set_xlim(float(data["time"].min()), float(data["time"].max()))
    note(
        figure,
        f"swingle2013, eqs. 3.13–3.21: {realisations(data)}; dashed: bound; horizontal lines: "
        rf"eq. 3.15; left, right: spins down with p = {down:g}",
    )
    return figure, data


def _in_time(axes: Axes, row: xr.Dataset, color: object, label: str) -> None:
    """Mean entropy in time, with error bars at some times."""
    axes.errorbar(
        row["time"].values,
        row["entropy"].values,
        yerr=np.nan_to_num(row["entropy_error"].values),
        errorevery=EVERY,
        color=color,
        elinewidth=0.7,
        label=label,
    )


def _rates(axes: Axes, data: xr.Dataset, size: int) -> None:
    """Rates over the entropy per spin against ξ, beside eq. 3.21 and lines through the origin."""
    at_size = rows(data, "xi", L=size)
    xi = at_size["xi"].values
    fine = np.array([0.0, 1.08 * xi.max()])
    for position, p in enumerate(data["down"].values):
        at = at_size.sel(down=p)
        site = at["site_entropy"]
        curves(
            axes,
            xi * (1 + 0.02 * (position - 0.5)),  # side by side
            [(f"$p = {p:g}$", at["rate"] / site, at["rate_error"] / site)],
            colors=[PALETTE[position]],
            marker=position,
            linestyle="none",
        )
        factor = float(data["prefactor"].sel(size=size, down=p))
        if np.isfinite(factor):  # it is not where a chain is too short for the window
            axes.plot(fine, factor * fine, "-", color=PALETTE[position], linewidth=0.7,
                      label=rf"${factor:.2f}\, s \xi$")  # fmt: skip
    axes.plot(fine, fine, "--", color="k", linewidth=0.8, label=r"eq. 3.21, $s \xi$")
    longer = data.isel(key=data["L"].values > size).sel(down=data["down"].max())
    site = longer["site_entropy"]
    names = sorted({int(L) for L in longer["L"].values})
    curves(
        axes,
        longer["xi"].values,
        [
            (
                f"$p = {float(data['down'].max()):g}$, $L = {', '.join(map(str, names))}$",
                longer["rate"] / site,
                longer["rate_error"] / site,
            )
        ]
        if names
        else [],
        colors=["k"],
        marker=2,
        linestyle="none",
        hollow=True,
    )
    axes.set(xlabel=r"$\xi$", ylabel=r"$s^{-1}\, dS / d\ln t$", xlim=fine, ylim=(0, None))
    axes.legend(loc="upper left", fontsize=7)
    axes.set_title(f"$L = {size}$", fontsize=9)


def two_spins(exact: xr.Dataset, data: xr.Dataset, xi: float) -> Drawn:
    """Two spins by eq. 3.12 and exactly; a spin among many, which stays mixed."""
    figure = Figure(figsize=(PAGE, 2.8))
    panels = figure.subplots(1, 3, width_ratios=(1.15, 1.15, 0.8))
    phase = exact["phase"].values / np.pi
    for position, (name, label) in enumerate(
        (("purity", r"purity $\mathrm{Tr}\,\rho_1^2$"), ("entropy", "entropy (nats)"))
    ):
        panels[0].plot(phase, exact[name], color=PALETTE[position], label=label)
        panels[0].plot(
            phase[::2], exact[f"{name}_exact"][::2], MARKERS[position], color=PALETTE[position],
            markerfacecolor="white", markeredgewidth=0.7,
        )  # fmt: skip
    panels[0].axhline(0.5, color="0.5", linewidth=0.7, linestyle=":")
    panels[0].axhline(np.log(2), color="0.5", linewidth=0.7, linestyle=":")
    panels[0].text(0.02, np.log(2) + 0.01, r"$\ln 2$", fontsize=7, color="0.4", va="bottom",
                   transform=panels[0].get_yaxis_transform())  # fmt: skip
    panels[0].axvline(1, color="0.5", linewidth=0.7, linestyle="--", zorder=0)
    panels[0].set(xlabel=r"$J_{12} t / \pi$", ylim=(-0.03, 1.35))
    panels[0].legend(loc="upper right", ncols=2, columnspacing=1)
    panels[0].set_title("two spins: eq. 3.12, evolution", fontsize=8.5)

    down = float(data["down"].values[np.abs(data["down"].values - 0.5).argmin()])
    at_length = rows(data, "L", xi=xi).sel(down=down)
    sizes = [int(L) for L in at_length["L"].values]
    for color, L in zip(sequence(len(sizes)), sizes, strict=True):
        row = at_length.isel(key=sizes.index(L))
        panels[1].errorbar(
            row["time"].values, row["purity"].values, np.nan_to_num(row["purity_error"].values),
            errorevery=EVERY, color=color, elinewidth=0.7, label=f"{L}",
        )  # fmt: skip
    panels[1].axhline(0.5, color="0.5", linewidth=0.7, linestyle=":")
    panels[1].set(xscale="log", xlabel="$J_0 t$", ylabel=r"purity of the middle spin")
    panels[1].legend(title="$L$", ncols=2)
    panels[1].set_title(rf"among $L$ spins, $\xi = {xi:g}$: mean", fontsize=8.5)

    curves(
        panels[2],
        np.array(sizes),
        [("", at_length["revival"], at_length["revival_error"])],
        colors=[PALETTE[0]],
    )
    panels[2].axhline(0.5, color="0.5", linewidth=0.7, linestyle=":")
    panels[2].set(xlabel="$L$", ylabel="largest late purity", ylim=(0.45, 1.03))
    panels[2].xaxis.set_major_locator(FixedLocator(sizes))
    panels[2].xaxis.set_minor_locator(NullLocator())
    panels[2].set_title("revival", fontsize=8.5)
    note(
        figure,
        f"swingle2013, eq. 3.12 (lines) and evolution (open symbols); chains: p = {down:g}, "
        f"{realisations(data)}; dotted: maximally mixed",
    )
    chains = data[["purity", "purity_error", "revival", "revival_error", "realisations"]]
    chains = chains.sel(down=down).rename(purity="chain_purity", purity_error="chain_purity_error")
    return figure, xr.merge([exact, chains])
