"""What several figures of huse2014 share: their data of one size, columns of panels, colours."""

from collections.abc import Sequence

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from mbl import schemas
from mbl.plotting.style import PAGE, colors, note, realisations
from mbl.registry import Option

LABELLINGS = {
    "labellings": Option(
        ["sorted", "combined"], schemas.LABELLINGS, "whose l-bits are compared, the best last"
    )
}


def joined(*parts: xr.Dataset) -> xr.Dataset:
    """Statistics of the same keys as one dataset, with one number of realisations for each key."""
    data = xr.merge(parts, join="exact", compat="no_conflicts", combine_attrs="drop_conflicts")
    if "labelling" in data["realisations"].dims:
        counted = data["realisations"].max("labelling")
        data["realisations"] = counted.assign_attrs(data["realisations"].attrs)
    return data


def of_one_size(*parts: xr.Dataset) -> xr.Dataset:
    """Statistics at the one L of an ensemble."""
    return joined(*parts).squeeze("L")


def colored_labellings(data: xr.Dataset) -> list[tuple[str, str]]:
    """Labellings and their colours."""
    names = data["labelling"].values.tolist()
    return list(zip(names, colors(len(names)), strict=True))


def panels(
    data: xr.Dataset, height: float, ratios: Sequence[float]
) -> tuple[Figure, list[tuple[xr.Dataset, list[Axes]]]]:
    """A figure with rows of panels by their heights, and a column for each Δ with its numbers."""
    strengths = data["Delta"].values
    figure = Figure(figsize=(PAGE, height))
    axes = figure.subplots(
        len(ratios), len(strengths), sharex="row", sharey="row", squeeze=False, height_ratios=ratios
    )
    columns = []
    for column, Delta in enumerate(strengths):
        axes[0, column].set_title(rf"$\Delta = {Delta:g}$", fontsize=9)
        columns.append((data.sel(Delta=Delta), list(axes[:, column])))
    return figure, columns


def note_size(figure: Figure, name: str, data: xr.Dataset, text: str) -> None:
    """Note on a figure of one size."""
    note(figure, f"huse2014, {name}: L = {int(data['L'])}, {realisations(data)}; {text}")


def whole_ticks(axes: Axes, values: xr.DataArray) -> None:
    """Ticks of an axis of whole numbers."""
    axes.xaxis.set_major_locator(FixedLocator(values.values.tolist()))
    axes.xaxis.set_minor_locator(NullLocator())
