"""The table of what l-bits are by construction, and of how well that holds."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from mbl.plotting.style import scientific

# Violations by name, what they are violations of, and their unit.
IDENTITIES = (
    ("same_site", r"$\tau^a_i\,\tau^b_i = \delta_{ab} + i\,\varepsilon_{abc}\,\tau^c_i$", ""),
    ("different_sites", r"$[\tau^a_i, \tau^b_j] = 0$ for $i \neq j$", ""),
    ("trace", r"$\mathrm{Tr}\,\tau^z_i / 2^L = 0$", ""),
    ("conservation", r"$[H, \tau^z_i] = 0$", "$J$"),
    ("expansion", r"$H$ is eq. 4 with all orders", r"$\|H\|$"),
    ("weight_sum", r"weights of $\tau^x_i$, $\tau^z_i$ by range add up to 1", ""),
    ("lbit_echo_loss", "echo of an l-bit is 1 at all times", ""),
    ("bare", r"for comparison: $[H, \sigma^z_i]$ of a p-bit", "$J$"),
)


def violation_table(axes: Axes, data: xr.Dataset) -> None:
    """Every identity with its unit, and the median and largest violation at each Δ."""
    strengths = data["Delta"].values
    left = 0.52
    columns = np.linspace(left, 1.0, 2 * len(strengths) + 1)[:-1] + 0.5 * (1 - left) / (
        2 * len(strengths)
    )
    rows = 1 - (np.arange(len(IDENTITIES) + 2) + 0.5) / (len(IDENTITIES) + 2)

    def write(x: float, row: int, text: str, *, left_aligned: bool = False) -> None:
        axes.text(
            x, rows[row], text, transform=axes.transAxes, va="center",
            ha="left" if left_aligned else "center", fontsize=8,
        )  # fmt: skip

    write(0, 1, "identity", left_aligned=True)
    write(left - 0.04, 1, "in units of")
    for Delta, pair in zip(strengths, columns.reshape(-1, 2), strict=True):
        write(pair.mean(), 0, rf"$\Delta = {Delta:g}$")
        for x, heading in zip(pair, ("median", "largest"), strict=True):
            write(x, 1, heading)
    for row, (name, statement, unit) in enumerate(IDENTITIES, start=2):
        write(0, row, statement, left_aligned=True)
        write(left - 0.04, row, unit or "1")
        for Delta, pair in zip(strengths, columns.reshape(-1, 2), strict=True):
            for x, ending in zip(pair, ("", "_largest"), strict=True):
                worst = float(data[f"{name}{ending}"].sel(Delta=Delta).max())
                write(x, row, f"${scientific(worst)}$")
    step = rows[0] - rows[1]
    for row, width in ((0, 0.8), (2, 0.5), (len(IDENTITIES) + 1, 0.3), (len(IDENTITIES) + 2, 0.8)):
        axes.axhline(1 - row * step, color="k", linewidth=width)
    axes.set(xlim=(0, 1), ylim=(0, 1))
