"""One style for all figures: readable at one column, safe for colour-blind readers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import xarray as xr
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator
from numpy.typing import NDArray

Drawn = tuple[Figure, xr.Dataset]  # a figure and what it shows

COLUMN = 3.4  # inches, one column of a physics journal
PAGE = 7.0
# Okabe and Ito's palette, safe for colour-blind readers, without its yellow (unreadable on white).
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
MARKERS = "osD^vP*X<>hd"
PURITY = r"$\bar\gamma_i$"

RC: dict[Any, Any] = {
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "font.size": 9,
    "axes.labelsize": 9,
    "legend.fontsize": 7.5,
    "legend.title_fontsize": 7.5,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "legend.labelspacing": 0.3,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "xtick.top": True,
    "ytick.right": True,
    "axes.linewidth": 0.6,
    "axes.prop_cycle": cycler(color=PALETTE),
    "lines.linewidth": 1.0,
    "lines.markersize": 3.5,
    "errorbar.capsize": 1.5,
    "figure.constrained_layout.use": True,
    "savefig.dpi": 300,
    "pdf.fonttype": 42,
    "svg.hashsalt": "mbl-figures",  # the same figure gives the same file
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the project's style, on no screen."""
    mpl.use("agg")
    with mpl.rc_context(RC):
        yield


def sequence(count: int) -> list[tuple[float, ...]]:
    """Colours of an ordered family of curves, dark to light, even in lightness."""
    return [tuple(c) for c in mpl.colormaps["viridis"](np.linspace(0.0, 0.8, count))]


def colors(count: int) -> list[str]:
    """Colours of unordered curves, as labellings: after the last of the palette the first again."""
    return list(islice(cycle(PALETTE), count))


def markers(count: int) -> list[str]:
    """Markers of as many curves; with `colors` they stay apart where colours come again."""
    return list(islice(cycle(MARKERS), count))


def family(
    data: xr.Dataset, name: str, dimension: str
) -> list[tuple[str, xr.DataArray, xr.DataArray]]:
    """Curves of a quantity and its standard error, one for each value along a dimension."""
    return [
        (
            f"{value:g}",
            data[name].sel({dimension: value}),
            data[f"{name}_error"].sel({dimension: value}),
        )
        for value in data[dimension].values
    ]


def curves(
    axes: Axes,
    x: NDArray[Any],
    members: Sequence[tuple[str, xr.DataArray, xr.DataArray]],
    *,
    colors: Sequence[Any] | None = None,
    marker: int = 0,
    linestyle: str = "-",
    hollow: bool = False,
) -> None:
    """Curves of means with standard errors, a colour and a marker each.

    Parameters
    ----------
    axes
        Where to draw.
    x
        Abscissae of all curves.
    members
        Label, mean and standard error of each curve; NaN is left out.
    colors
        One for each curve; an ordered family by default.
    marker
        Position of the first curve's marker among `MARKERS`.
    linestyle
        Of all curves.
    hollow
        Whether markers are open.
    """
    colors = colors or sequence(len(members))
    symbols = markers(marker + len(members))[marker:]
    for (label, mean, error), color, symbol in zip(members, colors, symbols, strict=True):
        there = np.isfinite(mean.values)
        axes.errorbar(
            x[there],
            mean.values[there],
            # a single realisation has no standard error
            yerr=np.nan_to_num(error.values[there]),
            color=color,
            marker=symbol,
            linestyle=linestyle,
            markeredgewidth=0.6 if hollow else 0,
            markerfacecolor="white" if hollow else color,
            elinewidth=0.7,
            label=label,
        )


def whole_numbers(axes: Axes, values: Sequence[float]) -> None:
    """Abscissa of whole numbers, a tick at each."""
    axes.xaxis.set_major_locator(FixedLocator([int(value) for value in values]))
    axes.xaxis.set_minor_locator(NullLocator())


def note(figure: Figure, text: str) -> None:
    """Paper, sizes and number of realisations, on the figure itself."""
    figure.supxlabel(text, fontsize=6.5, color="0.35", x=0.99, ha="right")


def scientific(value: float) -> str:
    r"""Number of two digits in mathtext: ``5.4 \times 10^{-7}``."""
    mantissa, _, exponent = f"{value:.2g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def realisations(data: xr.Dataset) -> str:
    """Number of realisations behind a figure, as a range where it differs between keys."""
    counts = data["realisations"].values
    counts = counts[counts > 0]
    low, high = int(counts.min()), int(counts.max())
    number = f"{low}" if low == high else f"{low}–{high}"
    return f"{number} realisation{'' if high == 1 else 's'}"


def save_figure(
    figure: Figure, pdf: Path, png: Path, svg: Path, title: str, provenance: str
) -> None:
    """Write a figure in its three formats, each with its title and provenance inside.

    Parameters
    ----------
    figure
        What to write.
    pdf, png, svg
        Where to.
    title
        Paper and figure.
    provenance
        Parameters, versions and sources as JSON in ASCII; `mbl.inspection` reads it back.
    """
    creator = "mbl-figures"
    document = {"Title": title, "Creator": creator}
    # One layout for all three: it is half of the work, and differs a little with the renderer.
    figure.draw_without_rendering()
    with mpl.rc_context({"figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)
        figure.savefig(pdf, metadata={**document, "Subject": provenance, "CreationDate": None})
        about = {"Title": title, "Description": provenance, "Software": creator}
        figure.savefig(png, metadata=about)
        figure.savefig(svg, metadata={**document, "Description": provenance, "Date": None})
