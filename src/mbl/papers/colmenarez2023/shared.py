"""What several figures of colmenarez2023 share."""

from collections.abc import Sequence

import xarray as xr
from matplotlib.axes import Axes

from mbl.plotting.style import curves, sequence
from mbl.spectral import GOE_GAP_RATIO, POISSON_GAP_RATIO

GAP_RATIO = r"$\langle r \rangle$"
RESPONSE = r"$\bar\gamma_{\mathrm{XXZ},i} - \bar\gamma_i$"


def draw(
    axes: Axes, members: Sequence[tuple[str, xr.DataArray, xr.DataArray, xr.DataArray]]
) -> None:
    """Curves on abscissae of their own: label, abscissa, mean and error of each."""
    for position, (color, (label, x, mean, error)) in enumerate(
        zip(sequence(len(members)), members, strict=True)
    ):
        curves(axes, x.values, [(label, mean, error)], colors=[color], marker=position)


def references(axes: Axes, *, named: bool = True) -> None:
    """Gap ratios of random matrices and of independent levels."""
    levels = ((GOE_GAP_RATIO, "GOE", 0.99, "right"), (POISSON_GAP_RATIO, "Poisson", 0.01, "left"))
    for value, name, x, side in levels:
        axes.axhline(value, color="0.5", linewidth=0.7, linestyle=":", zorder=0)
        axes.text(x, value, name if named else "", transform=axes.get_yaxis_transform(),
                  fontsize=6.5, color="0.4", va="bottom", ha=side)  # fmt: skip
