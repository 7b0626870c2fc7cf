"""Figures beyond the papers."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from mbl import schemas
from mbl.ensembles.labellings import side_by_side
from mbl.papers.beyond.checks import labelled_at_smallest, large_enough, larger_rings
from mbl.papers.goihl2018.figures import ERROR_LABEL, sizes_against_support
from mbl.plotting.style import PAGE, Drawn, colors, curves, markers, note
from mbl.registry import Option, figure

NORM_LABEL = r"$\|H - H_{\mathrm{eff}}^{(N)}\| \,/\, \|H\|$"
ORDER = 4  # of the effective model that is compared, the paper's
SUPPORT = 3  # |S| of the locality that is compared
REPRODUCED = 0.05  # largest difference of imbalances that counts as reproduced
LABELLINGS = ["sorted", "magnetization", "overlap", "localized", "consistent", "combined"]


@figure(
    "beyond",
    of=("ring/locality", "ring/effective", "ring/reproduction", "ring/lbits"),
    ensemble="methods",
    options={
        "labellings": Option(
            LABELLINGS,
            schemas.LABELLINGS,
            "labellings that are compared, all of them at the smallest size; an entry of the "
            "ensemble may name fewer",
        )
    },
    checks=(large_enough, labelled_at_smallest),
)
def lbit_methods(
    locality: xr.Dataset, effective: xr.Dataset, reproduction: xr.Dataset, lbits: xr.Dataset
) -> Drawn:
    """Optimal l-bits beside the paper's sorting.

    Beyond the papers: assigning labels to the same eigenstates by linear assignment problems, each
    with a bound that no labelling can exceed, against the successive sorting of goihl2018. Shown
    are the locality of the l-bits, the accuracy of the effective model, the front between the two,
    and the dynamics that are reproduced.
    """
    data = side_by_side(locality, effective, reproduction, lbits)
    size = int(data["L"].values[0])
    strengths = [float(Delta) for Delta in data["Delta"].values]
    here = data.sel(L=size)
    columns = len(strengths) + 1
    drawing = Figure(figsize=(PAGE, 6.0))
    panels = drawing.subplots(3, columns, squeeze=False)
    for row in range(3):
        for column in range(1, len(strengths)):
            panels[row, column].sharey(panels[row, 0])
            panels[row, column].tick_params(labelleft=False)
    for column, Delta in enumerate(strengths):
        at = here.sel(Delta=Delta)
        supports = [s for s in at["support"].values if s < size]
        _means(panels[0, column], at["truncation_error"].sel(support=supports), "support")
        # Labellings that keep the number of down spins have no coupling of order L.
        orders = [order for order in at["order"].values if order < size - 1]
        _medians(panels[1, column], at["norm_error"].sel(order=orders), "order")
        _decay(panels[2, column], at)
        panels[0, column].set_title(rf"$\Delta = {Delta:g}$", fontsize=9)
        for row, label in enumerate(("$|S|$", "order $N$", "extension $d$")):
            panels[row, column].set_xlabel(label)
            panels[row, column].set_yscale("log")
            panels[row, column].xaxis.set_major_locator(MaxNLocator(5, integer=True))
    panels[0, 0].set_ylabel(ERROR_LABEL, fontsize=7)
    panels[1, 0].set_ylabel(NORM_LABEL, fontsize=7)
    panels[2, 0].set_ylabel(r"$\langle|\omega_\mu|\rangle$, order 2", fontsize=8)
    _front(panels[0, -1], data)
    _distribution(panels[1, -1], here.isel(Delta=-1))
    _reproduced(panels[2, -1], here)
    drawing.legend(*panels[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=6)
    note(drawing, f"beyond goihl2018: {_counts(data)}; middle row: medians and quartiles")
    return drawing, data


def _counts(data: xr.Dataset) -> str:
    """Sizes and numbers of realisations, the smallest size first."""
    counts = data["norm_error"].isel(order=0).count("seed").max(["Delta", "labelling"])
    smallest, *larger = [f"L = {int(L)}: {int(counts.sel(L=L))}" for L in data["L"].values]
    more = f" (open symbols, {', '.join(larger)})" if larger else ""
    return f"{smallest.replace(':', ',')} realisations{more}"


def _styles(data: xr.DataArray | xr.Dataset) -> list[tuple[str, str, str]]:
    """Name, colour and marker of each labelling."""
    names = [str(name) for name in data["labelling"].values]
    return list(zip(names, colors(len(names)), markers(len(names)), strict=True))


def _means(axes: Axes, values: xr.DataArray, against: str) -> None:
    """Means over realisations with standard errors."""
    for position, (name, color, _) in enumerate(_styles(values)):
        one = values.sel(labelling=name)
        error = one.std("seed", ddof=1) / np.sqrt(one.count("seed"))
        curves(
            axes, values[against].values, [(name, one.mean("seed"), error)],
            colors=[color], marker=position,
        )  # fmt: skip


def _medians(axes: Axes, values: xr.DataArray, against: str) -> None:
    """Medians over realisations with quartiles: rare resonances rule the means."""
    for name, color, marker in _styles(values):
        known = values.sel(labelling=name).dropna("seed", how="all")
        if not known.sizes["seed"]:  # a strength that larger rings alone have
            continue
        low, middle, high = known.quantile([0.25, 0.5, 0.75], "seed").values
        axes.errorbar(
            values[against], middle, yerr=[middle - low, high - middle], color=color, marker=marker,
            markersize=3, markeredgewidth=0, elinewidth=0.5, capsize=0, linewidth=0.9,
        )  # fmt: skip


def _decay(axes: Axes, at: xr.Dataset) -> None:
    """Pair couplings against their extension."""
    pairs = at.sel(order=2)
    pairs = pairs.sel(extension=[d for d in pairs["extension"].values if d > 0])
    for position, (name, color, _) in enumerate(_styles(at)):
        one = pairs.sel(labelling=name)
        curves(
            axes, pairs["extension"].values, [(name, one["coupling"], one["coupling_error"])],
            colors=[color], marker=position,
        )  # fmt: skip


def _front(axes: Axes, data: xr.Dataset) -> None:
    """Locality against effective model, means over realisations at every size and strength."""
    locality = data["truncation_error"].sel(support=SUPPORT).mean("seed")
    model = data["norm_error"].sel(order=ORDER).mean("seed")
    smallest = data["L"].values[0]
    for name, color, marker in _styles(data):
        for L in data["L"].values:
            axes.plot(
                locality.sel(labelling=name, L=L), model.sel(labelling=name, L=L), marker,
                color=color, markersize=4, markeredgewidth=0.7,
                markerfacecolor="white" if smallest < L else color,
            )  # fmt: skip
    first = {"L": smallest, "labelling": data["labelling"].values[0]}
    for Delta in data["Delta"].values:
        x, y = (values.sel(first).sel(Delta=Delta) for values in (locality, model))
        axes.annotate(
            f"{Delta:g}", (float(x), float(y)), (4, -2), textcoords="offset points", ha="left",
            fontsize=6.5, color="0.3",
        )  # fmt: skip
    axes.set(yscale="log", xlabel=f"locality: error at $|S| = {SUPPORT}$")
    axes.set_ylabel(f"model: norm error, $N = {ORDER}$", fontsize=8)
    axes.margins(x=0.18)
    axes.set_title(r"means, by $\Delta$", fontsize=8)


def _distribution(axes: Axes, at: xr.Dataset) -> None:
    """Share of realisations whose effective model is worse than a given error."""
    for name, color, _ in _styles(at):
        values = at["norm_error"].sel(labelling=name, order=ORDER).dropna("seed").values
        errors = np.sort(values)
        axes.step(errors, 1 - np.arange(len(errors)) / len(errors), color=color, where="pre")
    axes.set(xscale="log", xlabel=f"norm error, $N = {ORDER}$", ylim=(0, 1.02))
    axes.set_ylabel("share worse", fontsize=8)
    axes.set_title(rf"$\Delta = {float(at['Delta']):g}$", fontsize=8)


def _reproduced(axes: Axes, here: xr.Dataset) -> None:
    """Share of realisations whose Néel dynamics the effective model reproduces."""
    error = here["imbalance_error"]
    share = (error < REPRODUCED).where(error.notnull()).mean("seed")
    spread = (share * (1 - share) / error.count("seed")) ** 0.5
    Delta = here["Delta"].values
    for position, (name, color, _) in enumerate(_styles(here)):
        one = share.sel(labelling=name), spread.sel(labelling=name)
        curves(axes, Delta, [(name, *one)], colors=[color], marker=position)
    axes.set(xlabel=r"$\Delta$", ylim=(-0.03, 1.03))
    axes.set_ylabel("share of dynamics\nreproduced", fontsize=8)
    axes.xaxis.set_major_locator(FixedLocator(list(Delta)))


@figure("beyond", of=("ring/locality",), optional=True, checks=(larger_rings,))
def finite_size(locality: xr.Dataset) -> Drawn:
    """Truncation error for larger rings.

    Fig. 3 of goihl2018 on an ensemble of its own, with rings beyond the sizes of the paper.
    """
    return sizes_against_support(locality, "beyond goihl2018, Fig. 3 with larger rings")
