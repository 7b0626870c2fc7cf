"""The setup of colmenarez2023, drawn: a spin chain closed to a ring by an ergodic bubble."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrow

from mbl import schemas
from mbl.plotting.style import COLUMN, PALETTE, Drawn, note
from mbl.registry import Option, figure

SPIN, BUBBLE = PALETTE[0], PALETTE[1]


@figure(
    "colmenarez2023",
    references="colmenarez2023, Fig. 1",
    options={"L": Option(10, schemas.SIZE, "number of spins drawn")},
)
def fig1(*, L: int) -> Drawn:
    """The setup.

    A ring made of an XXZ chain in random fields and of an ergodic bubble, a random matrix of
    dimension n_GOE that couples to both ends of the chain. Distances are counted from the bubble.
    """
    # The bubble sits at the top of a circle; the spins share the rest evenly.
    gap = 0.55
    angle = np.linspace(0.5 * np.pi + gap, 2.5 * np.pi - gap, L)
    x, y = 1.35 * np.cos(angle), np.sin(angle)
    drawing = Figure(figsize=(COLUMN, 2.6))
    axes = drawing.subplots()
    axes.plot(x, y, color=SPIN, linewidth=1.2, zorder=1)
    for end, site, side in ((0, "0", "right"), (L - 1, "L-1", "left")):
        axes.plot([x[end], 0], [y[end], 1.0], color=BUBBLE, linewidth=1.2, linestyle="--", zorder=1)
        axes.text(
            0.5 * x[end], 0.5 * (y[end] + 1.0) + 0.13, "$g$", color=BUBBLE, ha="center", fontsize=9
        )
        axes.annotate(
            f"${site}$", (x[end], y[end]), (-13 if end == 0 else 13, 6),
            textcoords="offset points", ha=side, va="center",
        )  # fmt: skip
    for position, (at_x, at_y) in enumerate(zip(x, y, strict=True)):
        axes.add_patch(Circle((at_x, at_y), 0.105, facecolor="white", edgecolor=SPIN, zorder=2))
        _spin(axes, at_x, at_y, up=position % 2 == 0)
    axes.add_patch(Circle((0, 1.0), 0.27, facecolor=BUBBLE, edgecolor="none", zorder=2))
    axes.text(0, 1.0, r"$\hat R_0$", ha="center", va="center", color="white", zorder=3)
    axes.annotate(
        r"bubble, $n_\mathrm{GOE}$ states", (0, 1.27), (0, 6), textcoords="offset points",
        ha="center", va="bottom", color=BUBBLE, fontsize=8,
    )  # fmt: skip
    axes.text(0, 0.0, r"XXZ chain, $h_i \in [-W, W]$", ha="center", color=SPIN, fontsize=8)
    axes.annotate(
        r"$\lfloor L/2 \rfloor$", (x[L // 2], y[L // 2]), (0, -9), textcoords="offset points",
        ha="center", va="top",
    )  # fmt: skip
    axes.set(xlim=(-1.75, 1.75), ylim=(-1.35, 1.6), aspect="equal")
    axes.axis("off")
    note(drawing, f"colmenarez2023, Fig. 1: the setup, drawn for L = {L}")
    drawn = xr.Dataset(
        {
            "x": ("site", x, {"units": "1", "long_name": "where the spin is drawn, abscissa"}),
            "y": ("site", y, {"units": "1", "long_name": "where the spin is drawn, ordinate"}),
        },
        {"site": np.arange(L)},
    )
    return drawing, drawn


def _spin(axes: Axes, x: float, y: float, *, up: bool) -> None:
    """Arrow inside a site."""
    length = 0.12 if up else -0.12
    axes.add_patch(
        FancyArrow(x, y - 0.5 * length, 0, length, width=0.008, head_width=0.05, head_length=0.05,
                   length_includes_head=True, color=SPIN, zorder=3)
    )  # fmt: skip
