"""Figures of swingle2013: levels, light cone, area law, generator and stability."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullFormatter

from mbl import schemas
from mbl.ensembles.fixed_point import (
    area_law_means,
    light_cone_means,
    quasi_adiabatic_means,
    spectrum_means,
)
from mbl.ensembles.fixed_point_perturbed import stability_means
from mbl.ensembles.rows import key_of, keys_of
from mbl.papers.swingle2013.checks import (
    enough_levels,
    one_length,
    onsite_and_coupled,
    size_held,
    times_computed,
    with_lengths,
    without_lengths,
)
from mbl.plotting.style import (
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
from mbl.spectral import GUE_GAP_RATIO, POISSON_GAP_RATIO
from mbl.systems.fixed_point import INCREASING

FLOOR = 1e-12  # commutators below are rounding
DARKEST = -8  # power of ten at which the scale of colours begins
LEVELS = (-5, -2)  # powers of ten of the contours


def values_of(data: xr.Dataset, name: str) -> list[float]:
    """Values of a coordinate of the table, each once."""
    return sorted({float(value) for value in data[name].values})


def sizes_of(data: xr.Dataset) -> str:
    """Sizes of a table, as text."""
    return ", ".join(f"{L:g}" for L in values_of(data, "L"))


@figure(
    "swingle2013",
    of=("fixed_point/spectrum",),
    ensemble="spectrum",
    options={
        "size": Option(14, schemas.SIZE, "L of the densities of states"),
        "xi": Option(1.0, schemas.POSITIVE, "ξ of the interactions", "sites"),
    },
    checks=(with_lengths, onsite_and_coupled),
)
def density_of_states(rows: xr.Dataset, *, size: int, xi: float) -> Drawn:
    """Spectrum of the fixed-point model.

    The fixed-point Hamiltonian H₀ has random fields and exponentially decaying couplings in z
    alone. The paper predicts a density of states close to a Gaussian and level spacings that fall
    as 2^(−N).
    """
    data = spectrum_means(rows)
    drawing = Figure(figsize=(PAGE, 2.7))
    panels = drawing.subplots(1, 3)
    for axes, length, title in (
        (panels[0], 0.0, "on-site energies alone"),
        (panels[1], xi, rf"with interactions, $\xi = {xi:g}$"),
    ):
        row = key_of(data, L=size, xi=length)
        energy, density, error = (row[n].values for n in ("energy", "density", "density_error"))
        axes.fill_between(
            energy, density - error, density + error, step="mid",
            color=PALETTE[0], alpha=0.35, linewidth=0,
        )  # fmt: skip
        axes.step(energy, density, where="mid", color=PALETTE[0], label="numbers")
        if length:
            axes.plot(energy, row["gaussian"], "--", color="k", label="Gaussian")
        else:
            axes.plot(energy, row["formula"], "--", color="k", label=r"eq. 2.8, $J_0^2/12$")
            axes.plot(energy, row["printed"], ":", color=PALETTE[1], label="printed, $J_0^2/4$")
        axes.set(xlabel="$E / J_0$", ylim=(0, 1.45 * density.max()))
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set_title(f"{title}, $L = {size}$", fontsize=8)
        axes.legend(loc="upper left", handlelength=1.3)
    panels[0].set_ylabel("$D(E)\\, J_0 / 2^L$")
    _spacings(panels[2], data, xi)
    note(
        drawing,
        f"swingle2013, eqs. 2.5–2.8: L = {sizes_of(data)}, {realisations(data)}; right: middle "
        "half of the levels",
    )
    return drawing, data


def _spacings(axes: Axes, data: xr.Dataset, xi: float) -> None:
    """Mean and typical level spacings against L, beside 2^−L."""
    for position, length in enumerate((0.0, xi)):
        at = keys_of(data, "L", xi=length)
        name = rf"$\xi = {length:g}$" if length else "on-site"
        for kind, label, hollow in (
            ("spacing", "mean", False),
            ("typical_spacing", "typical", True),
        ):
            curves(
                axes,
                at["L"].values + 0.16 * (2 * position - 1),  # side by side
                [(f"{label}, {name}", at[kind], at[f"{kind}_error"])],
                colors=[PALETTE[position]],
                marker=position,
                hollow=hollow,
                linestyle="none",
            )
    sizes = np.array(values_of(data, "L"))
    first = float(keys_of(data, "L", xi=xi)["spacing"][0])
    falling = first * 2.0 ** (sizes[0] - sizes)
    axes.plot(sizes, falling, "k:", label=r"$\propto 2^{-L}$", linewidth=0.9)
    # The spread of the levels grows as the square root of their number of spins.
    wider = falling * np.sqrt(sizes / sizes[0])
    axes.plot(sizes, wider, "k--", label=r"$\propto \sqrt{L}\, 2^{-L}$", linewidth=0.8)
    axes.set(yscale="log", xlabel="$L$", ylabel=r"level spacing $\delta / J_0$")
    whole_numbers(axes, sizes.tolist())
    axes.legend(fontsize=6.5, handlelength=1.2)


@figure(
    "swingle2013",
    of=("fixed_point/light_cone",),
    ensemble="light_cone",
    options={
        "size": Option(8, schemas.SIZE, "L of the chain that is shown"),
        "times": Option([0.25, 1.0, 4.0], INCREASING, "times under K of the curves"),
    },
    checks=(without_lengths, size_held, times_computed),
)
def light_cone(rows: xr.Dataset, *, size: int, times: list[float]) -> Drawn:
    """The light cone of the dressing.

    The local unitary U that turns H₀ into H is generated by a local K. By the Lieb–Robinson bound
    (eq. 2.4) the commutator of a dressed operator with a distant one is exponentially small, so
    that dressed spins stay local.
    """
    data = light_cone_means(rows)
    row = key_of(data, L=size).sel(distance=slice(0, size - 1))
    drawing = Figure(figsize=(PAGE, 3.0))
    left, right = drawing.subplots(1, 2, width_ratios=(1, 1.15))
    distance = row["distance"].values
    colors = sequence(len(times))
    for color, time in zip(colors, times, strict=True):
        at = row.sel(fictitious_time=time)
        left.plot(distance, at["bound"], "--", color=color, linewidth=0.8)
        if time == 1:
            left.plot(distance, at["exponential_bound"], ":", color=color, linewidth=1.2)
    curves(
        left,
        distance,
        [
            (f"{t:g}", row["norm"].sel(fictitious_time=t), row["norm_error"].sel(fictitious_time=t))
            for t in times
        ],
    )
    left.set(yscale="log", xlabel="distance $d$", ylabel=r"$\|[A(t), B]\|$", ylim=(1e-8, 10))
    whole_numbers(left, distance.tolist())
    left.add_artist(left.legend(title="$t$", loc="lower left"))
    handles = [Line2D([], [], linestyle="--", color="0.3", label="bound")]
    if 1 in times:
        handles.append(Line2D([], [], linestyle=":", color="0.3", label="eq. 2.4, $t = 1$"))
    left.legend(handles=handles, loc="upper right")
    instants = row["fictitious_time"].values
    norms, bounds = (
        np.log10(np.maximum(row[name].transpose("fictitious_time", "distance").values, FLOOR))
        for name in ("norm", "bound")
    )
    drawn = right.pcolormesh(
        distance, instants, norms, shading="nearest", cmap="cividis", vmin=DARKEST,
        rasterized=True,
    )  # fmt: skip
    for values, ink, label in ((norms, "w", "numbers"), (bounds, "#FFB000", "bound")):
        right.contour(distance, instants, values, LEVELS, colors=ink, linestyles=["--", "-"])
        right.plot([], [], color=ink, label=label)
    right.set(xlabel="distance $d$", ylabel="time $t$ under $K$")
    whole_numbers(right, distance.tolist())
    right.legend(
        title="$10^{-2}$ (solid) and $10^{-5}$ (dashed)", loc="upper left", frameon=True,
        facecolor="0.3", edgecolor="none", labelcolor="w", ncols=2,
    ).get_title().set_color("w")  # fmt: skip
    drawing.colorbar(drawn, ax=right, label=r"$\log_{10} \|[A(t), B]\|$", extend="min")
    note(
        drawing,
        f"swingle2013, eq. 2.4: L = {size}, {realisations(data)}; t = 1 is U",
    )
    return drawing, data


@figure(
    "swingle2013",
    of=("fixed_point/area_law",),
    ensemble="area_law",
    checks=(without_lengths,),
)
def area_law(rows: xr.Dataset) -> Drawn:
    """An area law for every eigenstate.

    Eigenstates of H are product states acted on by U. The paper therefore bounds the entropy of a
    block by its boundary alone (eq. 3.7), at every energy density.
    """
    data = area_law_means(rows)
    sizes = values_of(data, "L")
    drawing = Figure(figsize=(PAGE, 2.9))
    panels = drawing.subplots(1, 2, sharey=True)
    colors = sequence(len(sizes))
    longest = int(sizes[-1])
    for axes, ends, title in (
        (panels[0], 1, "block at the end: one cut"),
        (panels[1], 2, "block in the middle: two cuts"),
    ):
        for position, (color, L) in enumerate(zip(colors, sizes, strict=True)):
            row = key_of(data, L=L).sel(ends=ends, length=slice(1, int(L) - ends))
            length = row["length"].values
            axes.plot(length, row["bound"], "--", color=color, linewidth=0.8)
            axes.plot(length, row["largest"], ":", color=color, linewidth=1.0)
            curves(
                axes,
                length,
                [(f"{L:g}", row["entropy"], row["entropy_error"])],
                colors=[color],
                marker=position,
            )
        block = np.arange(1, longest - ends + 1)
        volume = np.minimum(block, longest - block) * np.log(2)
        axes.plot(block, volume, color="0.7", linewidth=0.8, zorder=0)
        axes.set(xlabel="length of the block", ylim=(0, 1.5))
        whole_numbers(axes, block.tolist())
        axes.set_title(title, fontsize=9)
    panels[0].set_ylabel("entropy $S$ (nats)")
    for style, label in (("-", "mean"), (":", "largest"), ("--", "bound")):
        panels[0].plot([], [], style, color="0.3", label=label)
    panels[0].plot([], [], color="0.7", label="volume law")
    handles, labels = panels[0].get_legend_handles_labels()
    drawing.legend(handles[4:], labels[4:], title="$L$", loc="outside right upper")
    drawing.legend(handles[:4], labels[:4], loc="outside right center")
    note(
        drawing,
        f"swingle2013, eq. 3.7: L = {sizes_of(data)}, {realisations(data)}; largest over "
        "eigenstates and realisations",
    )
    return drawing, data


@figure(
    "swingle2013",
    of=("fixed_point/quasi_adiabatic",),
    ensemble="quasi_adiabatic",
    checks=(with_lengths, one_length),
)
def quasi_adiabatic(rows: xr.Dataset) -> Drawn:
    """The quasi-adiabatic generator.

    H₀ is turned into H step by step by U(s) = exp(−isK). Quasi-adiabatic evolution, whose filter
    leaves out pairs of levels closer than γ, should find the local generator K again if K connects
    almost none of these pairs; the paper argues so (eqs. 4.29 – 4.31).
    """
    data = quasi_adiabatic_means(rows)
    sizes = values_of(data, "L")
    (xi,) = values_of(data, "xi")
    drawing = Figure(figsize=(PAGE, 2.7))
    panels = drawing.subplots(1, 3)
    gap = data["gap"].values
    for axes, name, label in (
        (panels[0], "connected", r"pairs within $\gamma$ that $K$ connects"),
        (panels[1], "clear_states", r"states without such a partner"),
        (panels[2], "generator_error", r"$\|U^\dagger J U - K\| / \|K\|$"),
    ):
        of_size = [key_of(data, L=L) for L in sizes]
        curves(
            axes,
            gap,
            [
                (f"{L:g}", row[name], row[f"{name}_error"])
                for L, row in zip(sizes, of_size, strict=True)
            ],
        )
        axes.set(xscale="log", xlabel=r"$\gamma / J_0$", ylabel=label)
    for color, row in zip(sequence(len(sizes)), of_size, strict=True):
        panels[0].axhline(float(row["all_connected"]), color=color, linestyle=":", linewidth=0.9)
    panels[0].set_yscale("log")
    panels[1].set_ylim(0, 1.05)
    panels[2].set_ylim(0, 1.05)
    panels[2].legend(title="$L$")
    note(
        drawing,
        rf"swingle2013, eqs. 4.29–4.31: $\xi = {xi:g}$, {realisations(data)}; dotted: share of all "
        "pairs that K connects",
    )
    return drawing, data


@figure(
    "swingle2013",
    of=("fixed_point/stability",),
    ensemble="stability",
    checks=(with_lengths, one_length, enough_levels),
)
def stability(rows: xr.Dataset) -> Drawn:
    """Stability to perturbations.

    Gap ratio and half-chain entropy of the eigenstates of H + gV. The paper argues that a weak
    local perturbation leaves the model localised; a strong one should give repelling levels and a
    volume law.
    """
    data = stability_means(rows)
    sizes = values_of(data, "L")
    (xi,) = values_of(data, "xi")
    drawing = Figure(figsize=(PAGE, 2.9))
    panels = drawing.subplots(1, 2)
    g = data["g"].values
    smallest = g[g > 0].min()
    for axes, name, label in (
        (panels[0], "gap_ratio", r"$\langle r \rangle$"),
        (panels[1], "entropy", "half-chain entropy (nats)"),
    ):
        curves(
            axes,
            g,
            [
                (f"{L:g}", row[name], row[f"{name}_error"])
                for L, row in ((L, key_of(data, L=L)) for L in sizes)
            ],
        )
        axes.set_xscale("symlog", linthresh=smallest, linscale=0.4)
        axes.set_xlim(-0.4 * smallest, 1.5 * g.max())
        powers = [10.0**n for n in range(int(np.ceil(np.log10(smallest))), 2) if 10.0**n <= g.max()]
        axes.set_xticks([0, *powers], ["0", *(f"{power:g}" for power in powers)])
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set(xlabel="$g / J_0$", ylabel=label)
    for value, name in ((GUE_GAP_RATIO, "GUE"), (POISSON_GAP_RATIO, "Poisson")):
        panels[0].axhline(value, color="0.5", linewidth=0.7, linestyle=":", zorder=0)
        panels[0].text(0.6, value + 0.003, name, transform=panels[0].get_yaxis_transform(),
                       fontsize=7, color="0.4", va="bottom", ha="right")  # fmt: skip
    panels[0].legend(title="$L$", loc="center left")
    for color, L in zip(sequence(len(sizes)), sizes, strict=True):
        value = float(key_of(data, L=L)["random_entropy"])
        panels[1].axhline(value, color=color, linewidth=0.8, linestyle=":")
    panels[1].set_ylim(0, None)
    note(
        drawing,
        rf"swingle2013, section IV: $\xi = {xi:g}$, {realisations(data)}; dotted, right: random "
        "states",
    )
    return drawing, data
