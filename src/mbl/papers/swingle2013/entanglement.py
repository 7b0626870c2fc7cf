"""Figures of swingle2013: dephasing under H₀, growth of entanglement and two spins."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mbl import schemas
from mbl.ensembles.fixed_point_growth import finite_range_means, growth_means
from mbl.ensembles.rows import key_of, keys_of
from mbl.papers.swingle2013.checks import (
    chains_hold_ranges,
    length_held,
    one_length,
    several_lengths,
    with_lengths,
)
from mbl.papers.swingle2013.figures import values_of
from mbl.plotting.style import (
    MARKERS,
    PAGE,
    PALETTE,
    Drawn,
    curves,
    note,
    realisations,
    sequence,
    whole_numbers,
)
from mbl.registry import Option, figure

EVERY = 5  # times between two error bars, so that they do not cover the curves


@figure(
    "swingle2013",
    of=("fixed_point/growth",),
    ensemble="growth",
    options={
        "size": Option(14, schemas.SIZE, "L at which lengths ξ are compared"),
        "xi": Option(1.0, schemas.POSITIVE, "ξ at which sizes are compared", "sites"),
    },
    checks=(with_lengths, several_lengths, length_held),
)
def entanglement_growth(rows: xr.Dataset, *, size: int, xi: float) -> Drawn:
    """Entanglement growth under H₀.

    The entropy of half the chain against ln t from product states in the plane. The paper finds
    S ≈ s ξ ln t (eqs. 3.13 and 3.21), up to the entropy of the state once its Z are measured
    (eq. 3.15).
    """
    data = growth_means(rows)
    drawing = Figure(figsize=(PAGE, 3.1))
    panels = drawing.subplots(1, 3)
    down = float(data["down"].max())  # of the initial states, the one of most entropy per spin
    at_size = keys_of(data, "xi", L=size)
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
    at_length = keys_of(data, "L", xi=xi)
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
        drawing,
        f"swingle2013, eqs. 3.13–3.21: {realisations(data)}; dashed: bound; horizontal lines: "
        rf"eq. 3.15; left, right: spins down with p = {down:g}",
    )
    return drawing, data


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
    at_size = keys_of(data, "xi", L=size)
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
    names = sorted({int(L) for L in longer["L"].values})
    if names:
        site = longer["site_entropy"]
        label = f"$p = {float(data['down'].max()):g}$, $L = {', '.join(map(str, names))}$"
        curves(
            axes,
            longer["xi"].values,
            [(label, longer["rate"] / site, longer["rate_error"] / site)],
            colors=["k"],
            marker=2,
            linestyle="none",
            hollow=True,
        )
    axes.set(xlabel=r"$\xi$", ylabel=r"$s^{-1}\, dS / d\ln t$", xlim=fine, ylim=(0, None))
    axes.legend(loc="upper left", fontsize=7)
    axes.set_title(f"$L = {size}$", fontsize=9)


@figure(
    "swingle2013",
    of=("fixed_point/two_spins", "fixed_point/growth"),
    ensemble="growth",
    options={"xi": Option(1.0, schemas.POSITIVE, "ξ of the chains", "sites")},
    checks=(with_lengths, length_held),
)
def two_spins(exact: xr.Dataset, rows: xr.Dataset, *, xi: float) -> Drawn:
    """Two spins, and one among many.

    Two spins coupled by J₁₂ lose their purity, are maximally entangled at J₁₂t = π, and come back
    at 2π (eq. 3.12). Coupled to many spins, one does not come back: that is dephasing.
    """
    data = growth_means(rows)
    drawing = Figure(figsize=(PAGE, 2.8))
    panels = drawing.subplots(1, 3, width_ratios=(1.15, 1.15, 0.8))
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
    at_length = keys_of(data, "L", xi=xi).sel(down=down)
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
    whole_numbers(panels[2], sizes)
    panels[2].set_title("revival", fontsize=8.5)
    note(
        drawing,
        f"swingle2013, eq. 3.12 (lines) and evolution (open symbols); chains: p = {down:g}, "
        f"{realisations(data)}; dotted: maximally mixed",
    )
    chains = data[["purity", "purity_error", "revival", "revival_error", "realisations"]]
    chains = chains.sel(down=down).rename(purity="chain_purity", purity_error="chain_purity_error")
    return drawing, xr.merge([exact, chains])


@figure(
    "swingle2013",
    of=("fixed_point/finite_range",),
    ensemble="finite_range",
    checks=(with_lengths, one_length, chains_hold_ranges),
)
def finite_range(rows: xr.Dataset) -> Drawn:
    """Entanglement under interactions of finite range.

    Were interactions cut off at a range R, the entropy could not exceed that of R spins a cut, and
    would come back again and again: growth for long needs their exponential tails (section III C).
    """
    data = finite_range_means(rows)
    L, (xi,) = values_of(data, "L")[-1], values_of(data, "xi")
    row = key_of(data, L=L)
    drawing = Figure(figsize=(PAGE, 2.8))
    panels = drawing.subplots(1, 2, width_ratios=(1.7, 1))
    ranges = row["range"].values
    for color, R in zip(sequence(len(ranges)), ranges, strict=True):
        at = row.sel(range=R)
        panels[0].plot(at["time"], at["example"], color=color, linewidth=0.7, label=f"{R}")
        panels[0].axhline(float(at["cap"]), color=color, linewidth=0.8, linestyle="--")
    panels[0].set(xlabel="$J_0 t$", ylabel="half-chain entropy $S$ (nats)")
    panels[0].set_xlim(0, float(row["time"].max()))
    panels[0].set_ylim(0, 1.25 * float(row["cap"].max()))
    panels[0].legend(title="$R$", ncols=len(ranges), loc="upper left")
    panels[0].set_title("one realisation", fontsize=9)
    curves(panels[1], ranges, [("", row["least"], row["least_error"])], colors=[PALETTE[0]])
    panels[1].set(xlabel="range $R$", ylabel=r"least late $S$ over largest", ylim=(0, 1))
    whole_numbers(panels[1], ranges.tolist())
    panels[1].set_title("recurrences: mean", fontsize=9)
    note(
        drawing,
        rf"swingle2013, section III C: L = {L:g}, $\xi = {xi:g}$, {realisations(data)}; dashed: "
        "entropy of $R$ spins; late: second half of the times",
    )
    return drawing, data
