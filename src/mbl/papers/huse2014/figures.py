"""The figures of huse2014, one for each of what it says that l-bits are good for."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mbl.dynamics.entanglement import random_state_entropy
from mbl.ensembles.algebra import extremes
from mbl.ensembles.couplings import local_lengths
from mbl.ensembles.ranges import exceedances, mean_ranges, median_ranges
from mbl.ensembles.rows import averaged
from mbl.papers.checks import one_size
from mbl.papers.huse2014 import range_panels
from mbl.papers.huse2014.algebra_table import IDENTITIES, violation_table
from mbl.papers.huse2014.shared import (
    LABELLINGS,
    colored_labellings,
    joined,
    note_size,
    of_one_size,
    panels,
    whole_ticks,
)
from mbl.plotting.style import (
    PAGE,
    Drawn,
    curves,
    markers,
    note,
    realisations,
    sequence,
)
from mbl.registry import figure

DECAYS = {"pair": False, "interaction": True}  # whether what ξ is read from is drawn hollow


@figure(
    "huse2014",
    of=("ring/algebra", "ring/range", "ring/couplings", "ring/lbit_dynamics"),
    ensemble="huse2014",
    options=LABELLINGS,
    checks=(one_size,),
)
def algebra(
    algebra: xr.Dataset, ranges: xr.Dataset, couplings: xr.Dataset, lbits: xr.Dataset
) -> Drawn:
    """What l-bits are by construction.

    The paper defines l-bits as Pauli operators dressed by the unitary that diagonalises H: they
    keep the algebra of spins, their z-components commute with H, and H is a sum of products of them
    (eq. 4). The table gives the largest violation of each property.
    """
    data = of_one_size(
        extremes(algebra, "same_site", "different_sites", "trace", "conservation"),
        extremes(couplings, "expansion"),
        extremes(ranges, "weight_sum"),
        extremes(lbits, "lbit_echo_loss"),
        extremes(algebra, "bare"),
        averaged(algebra, ["bare"])[["realisations"]],
    )
    drawing = Figure(figsize=(PAGE, 0.7 + 0.24 * len(IDENTITIES)))
    axes = drawing.subplots()
    axes.set_axis_off()
    violation_table(axes, data)
    number = data.sizes["labelling"]
    whose = (
        f"the worst of {number} labellings" if number > 1 else f"{data['labelling'].item(0)} l-bits"
    )
    note_size(drawing, "algebra", data, f"largest violations over l-bits, {whose}")
    return drawing, data


@figure("huse2014", of=("ring/range",), ensemble="ranges", options=LABELLINGS)
def mean_range(ranges: xr.Dataset) -> Drawn:
    """Range of the l-bits.

    An l-bit is a sum of strings of bare Pauli operators. The paper's criterion of localisation is
    that their mean range stays finite as the system grows, whereas for a thermal system it is of
    the order of the size; weights of long strings should fall off exponentially.
    """
    data = joined(
        mean_ranges(ranges),
        exceedances(ranges),
        median_ranges(ranges),
        extremes(ranges, "weight_sum"),
    )
    L = int(data["L"].max())
    largest = data.sel(L=L)
    shown = range_panels.strengths_shown(largest)
    drawing = Figure(figsize=(PAGE, 4.8))
    axes = drawing.subplots(2, range_panels.PANELS)
    for panel, Delta in zip(axes[0, : len(shown)], shown, strict=True):
        range_panels.weights(panel, largest.sel(Delta=Delta))
        panel.set_title(rf"$\Delta = {Delta:g}$, $L = {L}$", fontsize=9)
        panel.sharey(axes[0, 0])
    axes[0, 0].set_ylabel("weight of strings")
    for panel in axes[0, len(shown) :]:
        panel.set_axis_off()
    range_panels.exceedance(axes[1, 0], largest.sel(Delta=shown[-1]))
    range_panels.by_strength(axes[1, 1], largest.sel(Delta=largest["realisations"] > 0))
    range_panels.by_size(axes[1, 2], data, shown)
    range_panels.legends(drawing, data, shown)
    note(
        drawing,
        f"huse2014, mean_range: {realisations(data)}; range: largest ring distance of two "
        "sites of a string; typical weights and medians hollow, right the least of all labellings",
    )
    return drawing, data


@figure(
    "huse2014",
    of=("ring/couplings",),
    ensemble="huse2014",
    options=LABELLINGS,
    checks=(one_size,),
)
def couplings(couplings: xr.Dataset) -> Drawn:
    """Interactions between l-bits.

    Couplings of eq. 4 against the number of l-bits that they join, and interactions of pairs of
    l-bits against distance. The paper's central assumption is that both fall off exponentially. The
    local decay length, by which an interaction falls from one distance to the next, would then be
    the same everywhere.
    """
    means = averaged(couplings, ["coupling", "log_coupling", "log_pair", "log_interaction"])
    data = of_one_size(means, local_lengths(couplings), extremes(couplings, "expansion"))
    drawing, columns = panels(data, 5.6, ratios=(1.1, 1.1, 0.8))
    for ring, (by_order, by_distance, lengths) in columns:
        _by_order(by_order, ring)
        _by_distance(by_distance, ring)
        _local_lengths(lengths, ring)
    (_, (by_order, by_distance, lengths)), *_ = columns
    by_order.set_ylabel(r"$|\omega|$ of an order $[J]$")
    by_distance.set_ylabel(r"$J(x)$ $[J]$")
    lengths.set_ylabel(r"local $\xi(x)$")
    drawing.legend(
        *by_order.get_legend_handles_labels(),
        title="typical, by labelling", loc="outside upper center", ncols=data.sizes["labelling"],
    )  # fmt: skip
    note_size(
        drawing, "couplings", data,
        r"typical: geometric mean; hollow: mean (above), typical interaction by all orders (below, "
        r"filled $J_{ij}$)",
    )  # fmt: skip
    return drawing, data


def _by_order(axes: Axes, ring: xr.Dataset) -> None:
    """Typical and mean couplings against order."""
    symbols = markers(ring.sizes["labelling"])
    for position, (name, color) in enumerate(colored_labellings(ring)):
        one = ring.sel(labelling=name)
        _typical(axes, one["order"], one, "coupling", color=color, marker=symbols[position])
        curves(
            axes,
            one["order"].values,
            [("", one["coupling"], one["coupling_error"])],
            colors=[color],
            marker=position,
            linestyle=":",
            hollow=True,
        )
    axes.set_yscale("log")
    axes.set_xlabel("order")
    whole_ticks(axes, ring["order"])


def _by_distance(axes: Axes, ring: xr.Dataset) -> None:
    """Typical interactions of two l-bits against distance."""
    symbols = markers(ring.sizes["labelling"])
    for position, (name, color) in enumerate(colored_labellings(ring)):
        one = ring.sel(labelling=name)
        for decay, hollow in DECAYS.items():
            _typical(axes, one["distance"], one, decay, color=color, marker=symbols[position],
                     hollow=hollow)  # fmt: skip
    axes.set_yscale("log")
    axes.tick_params(labelbottom=False)
    _distances(axes, ring)


def _local_lengths(axes: Axes, ring: xr.Dataset) -> None:
    """Local decay lengths half-way between two distances."""
    for position, (name, color) in enumerate(colored_labellings(ring)):
        for decay, hollow in DECAYS.items():
            one = ring.sel(labelling=name, decay=decay)
            curves(
                axes,
                one["distance"].values + 0.5,
                [("", one["length"], one["length_error"])],
                colors=[color],
                marker=position,
                linestyle=":" if hollow else "-",
                hollow=hollow,
            )
    axes.set_yscale("log")
    axes.set_xlabel("distance $x$ of two l-bits")
    _distances(axes, ring)


def _distances(axes: Axes, ring: xr.Dataset) -> None:
    """Abscissa of distances, the same for couplings and for what lies between two of them."""
    ends = ring["distance"].values[[0, -1]]
    axes.set_xlim(ends[0] - 0.3, ends[1] + 0.3)
    whole_ticks(axes, ring["distance"])


def _typical(
    axes: Axes,
    x: xr.DataArray,
    one: xr.Dataset,
    name: str,
    *,
    color: str,
    marker: str,
    hollow: bool = False,
) -> None:
    """Geometric means from the mean logarithm, with its error on either side."""
    log, error = one[f"log_{name}"].values, one[f"log_{name}_error"].fillna(0).values
    middle, low, high = np.exp(log), np.exp(log - error), np.exp(log + error)
    axes.errorbar(
        x.values, middle, yerr=(middle - low, high - middle), color=color, marker=marker,
        linestyle=":" if hollow else "-", markerfacecolor="white" if hollow else color,
        markeredgewidth=0.6 if hollow else 0, elinewidth=0.7,
        label="" if hollow else one["labelling"].item(),
    )  # fmt: skip


@figure("huse2014", of=("ring/eigenstate_entropy",), ensemble="ranges")
def area_law(entropies: xr.Dataset) -> Drawn:
    """Entanglement of the eigenstates.

    The paper expects eigenstates of a localised system to be product states of degrees of freedom
    that are dressed over a short range: the entropy of a block is that of its ends, whatever its
    length, whereas thermal eigenstates are entangled in proportion to the volume.
    """
    data = averaged(entropies)
    L = int(data["L"].max())
    largest = data.sel(L=L)
    strengths = largest["Delta"].values[largest["realisations"].values > 0]
    lengths = data["length"].values
    random = [random_state_entropy(length, L - length) for length in lengths]
    about = {"units": "1", "long_name": "mean entropy of a block in random states, in nats"}
    data = data.assign(random_entropy=("length", random, about))
    half = data["eigenstate_entropy"].sel(length=data["L"] // 2)
    half_error = data["eigenstate_entropy_error"].sel(length=data["L"] // 2)
    drawing = Figure(figsize=(PAGE, 2.5))
    left, right = drawing.subplots(1, 2)
    for position, (Delta, color) in enumerate(
        zip(strengths, sequence(len(strengths)), strict=True)
    ):
        one = largest.sel(Delta=Delta)
        member = (
            rf"$\Delta = {Delta:g}$", one["eigenstate_entropy"], one["eigenstate_entropy_error"]
        )  # fmt: skip
        curves(left, lengths, [member], colors=[color], marker=position)
        member = ("", half.sel(Delta=Delta), half_error.sel(Delta=Delta))
        curves(right, data["L"].values, [member], colors=[color], marker=position)
    random_half = [random_state_entropy(size // 2, size - size // 2) for size in data["L"].values]
    left.plot(lengths, random, "--", color="0.5", label="random states")
    right.plot(data["L"].values, random_half, "--", color="0.5")
    left.set_title(rf"$L = {L}$", fontsize=9)
    left.set_xlabel("sites of the block")
    left.set_ylabel("$S$ in eigenstates (nats)")
    whole_ticks(left, data["length"])
    right.set_title("half the ring", fontsize=9)
    right.set_xlabel("$L$")
    whole_ticks(right, data["L"])
    for axes in (left, right):
        axes.set_ylim(0, None)
    drawing.legend(*left.get_legend_handles_labels(), loc="outside right center")
    note(drawing, f"huse2014, area_law: {realisations(data)}; means over all eigenstates")
    return drawing, data
