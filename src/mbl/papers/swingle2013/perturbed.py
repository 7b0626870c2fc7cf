"""Figures of swingle2013: a local quench, and level crossings."""

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mbl.ensembles.fixed_point_perturbed import crossings_means, transport_means
from mbl.ensembles.rows import key_of
from mbl.papers.swingle2013.checks import one_length, with_lengths
from mbl.papers.swingle2013.figures import sizes_of, values_of
from mbl.plotting.style import PAGE, Drawn, curves, note, realisations, sequence, whole_numbers
from mbl.registry import figure

FLOOR = 1e-13  # changes below are rounding
PANELS: list[Any] = [
    ["flip", "flip", "largest_energy", "largest_energy", "largest_entropy", "largest_entropy"],
    ["energy", "energy", "energy", "entropy", "entropy", "entropy"],
]


@figure(
    "swingle2013",
    of=("fixed_point/transport",),
    ensemble="transport",
    checks=(with_lengths, one_length),
)
def transport(rows: xr.Dataset) -> Drawn:
    """Energy and entanglement after a local quench.

    The first spin of an eigenstate is flipped. The paper argues that a distant l-bit is flipped
    with an exponentially small probability at all times, since U is local and H₀ changes phases
    alone: neither energy nor entanglement leaves the place of the perturbation.
    """
    data = transport_means(rows)
    sizes, (xi,) = values_of(data, "L"), values_of(data, "xi")
    drawing = Figure(figsize=(PAGE, 5.0))
    panels = drawing.subplot_mosaic(PANELS)
    for name, label in (
        ("flip", "probability of a flip at $d$"),
        ("largest_energy", r"energy from $d$ on, $\max_t |\Delta E_d| / J_0$"),
        ("largest_entropy", r"entropy from $d$ on, $\max_t |\Delta S_d|$"),
    ):
        _against_distance(panels[name], data, name, label)
    panels["flip"].legend(title="$L$", loc="lower left")
    longest = key_of(data, L=sizes[-1])
    for name, label in (
        ("energy", r"$|\Delta E_d(t)| / J_0$"),
        ("entropy", r"$|\Delta S_d(t)|$ (nats)"),
    ):
        _in_time(panels[name], longest, name, label)
    panels["energy"].set_title(f"$L = {sizes[-1]:g}$", fontsize=9)
    panels["entropy"].set_title(f"$L = {sizes[-1]:g}$", fontsize=9)
    panels["entropy"].legend(title="$d$", loc="center left", bbox_to_anchor=(1.0, 0.5))
    note(
        drawing,
        rf"swingle2013, sections II, III B: $\xi = {xi:g}$, L = {sizes_of(data)}, "
        f"{realisations(data)}; dashed: bounds at all times",
    )
    return drawing, data


def _against_distance(axes: Axes, data: xr.Dataset, name: str, label: str) -> None:
    """One quantity against distance for every size, beside its bound."""
    sizes = values_of(data, "L")
    bound = f"{name.removeprefix('largest_')}_bound"
    first = 1 if name == "largest_entropy" else 0  # the whole chain is entangled with nothing
    for position, (color, L) in enumerate(zip(sequence(len(sizes)), sizes, strict=True)):
        row = key_of(data, L=L).sel(distance=slice(first, int(L) - 1))
        distance = row["distance"].values
        curves(
            axes,
            distance,
            [(f"{L:g}", row[name], row[f"{name}_error"])],
            colors=[color],
            marker=position,
        )
        axes.plot(distance, row[bound], "--", color=color, linewidth=0.8)
    axes.set(yscale="log", xlabel="distance $d$", ylabel=label)
    whole_numbers(axes, np.arange(int(sizes[-1])).tolist())


def _in_time(axes: Axes, row: xr.Dataset, name: str, label: str) -> None:
    """One quantity against time at every distance where it is not rounding."""
    beyond = row[name].sel(distance=slice(1, int(row["L"]) - 1))
    shown = beyond["distance"].values[(beyond > FLOOR).any("time").values]
    curves(
        axes,
        row["time"].values,
        [(f"{d}", row[name].sel(distance=d), row[f"{name}_error"].sel(distance=d)) for d in shown],
    )
    axes.set(xscale="log", yscale="log", xlabel="$J_0 t$", ylabel=label)


@figure(
    "swingle2013",
    of=("fixed_point/crossings",),
    ensemble="crossings",
    checks=(with_lengths, one_length),
)
def crossings(rows: xr.Dataset) -> Drawn:
    """Eigenstates through level crossings.

    All couplings of H₀ change to others, and levels cross. Without a perturbation the
    quasi-adiabatic evolution keeps every eigenvector; with one, crossings are avoided, and the
    paper expects eigenstates to shoot through them, out of order.
    """
    data = crossings_means(rows)
    sizes, (xi,) = values_of(data, "L"), values_of(data, "xi")
    drawing = Figure(figsize=(PAGE, 2.7))
    panels = drawing.subplots(1, 2, sharey=True)
    g = data["g"].values
    smallest = g[g > 0].min()
    for axes, name, title in (
        (panels[0], "largest_overlap", "largest, with any eigenstate"),
        (panels[1], "overlap_in_order", "with the eigenstate of the same rank"),
    ):
        of_size = [(L, key_of(data, L=L)) for L in sizes]
        curves(axes, g, [(f"{L:g}", row[name], row[f"{name}_error"]) for L, row in of_size])
        axes.set_xscale("symlog", linthresh=smallest, linscale=0.4)
        axes.set_xticks(g, [f"{value:g}" for value in g])
        axes.minorticks_off()
        axes.set(xlabel="$g / J_0$", ylim=(0, 1.05))
        axes.set_title(title, fontsize=9)
    panels[0].set_ylabel(r"$|\langle m | \psi \rangle|^2$ of evolved eigenstates")
    panels[1].legend(title="$L$")
    crossed = ", ".join(
        f"{float(key_of(data, L=L)['crossing_share']):.2f} at L = {L:g}" for L in sizes
    )
    note(
        drawing,
        rf"swingle2013, section IV E: $\xi = {xi:g}$, {realisations(data)}; share of pairs of "
        f"levels that cross: {crossed}",
    )
    return drawing, data
