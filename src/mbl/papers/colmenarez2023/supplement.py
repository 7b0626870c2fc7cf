"""Figs. 6–9 of colmenarez2023, of its supplementary material."""

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter, ScalarFormatter

from mbl.ensembles.midspectrum import densities
from mbl.ensembles.response import misfit, purity_response
from mbl.ensembles.rows import averaged, key_of, keys_of
from mbl.papers.checks import one_size
from mbl.papers.colmenarez2023 import options
from mbl.papers.colmenarez2023.checks import (
    beside_longer_chains,
    one_bubble,
    scans_bandwidth,
    shown_is_there,
)
from mbl.papers.colmenarez2023.shared import GAP_RATIO, RESPONSE, draw, references
from mbl.plotting.style import (
    PAGE,
    PALETTE,
    PURITY,
    Drawn,
    curves,
    markers,
    note,
    realisations,
    sequence,
    whole_numbers,
)
from mbl.plotting.table import along, bubble_size, sizes_of, strengths_of
from mbl.registry import figure


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="bandwidth",
    references="colmenarez2023, Fig. 6",
    uses=("chain/beta",),
    checks=(scans_bandwidth,),
)
def fig6(midspectrum: xr.Dataset, *, beta: Mapping[str, float]) -> Drawn:
    """Choosing the bandwidth of the bubble.

    The mean gap ratio against the bandwidth β of the bubble's random matrix, for several n_GOE. Too
    narrow or too wide a bubble drops out of resonance with the chain; the dashed lines are the
    values used, where mixing is strongest.
    """
    data = averaged(midspectrum, ["gap_ratio"])
    bubbles = sorted({int(n) for n in data["n"].values})
    drawing = Figure(figsize=(PAGE, 2.3 if len(bubbles) < 3 else 4.2))
    panels = drawing.subplots(-(-len(bubbles) // 2), 2, sharex=True, sharey=True, squeeze=False)
    for axes, n in zip(panels.ravel()[: len(bubbles)], bubbles, strict=True):
        (L,) = sizes_of(data, n)
        draw(axes, along(data, "gap_ratio", "beta", "W", strengths_of(data), n=n))
        references(axes)
        if f"n={n}" in beta:
            axes.axvline(beta[f"n={n}"], color="k", linewidth=0.8, linestyle="--", zorder=0)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(ScalarFormatter())
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.text(
            0.97,
            0.22, rf"$n_\mathrm{{GOE}} = {n}$, $L = {L}$",
            transform=axes.transAxes, ha="right", va="top",
        )  # fmt: skip
        axes.set_xlabel(r"$\beta$")
        axes.set_ylabel(GAP_RATIO)
        axes.label_outer()
    for axes in panels.ravel()[len(bubbles) :]:
        axes.axis("off")
    handles = panels[0, 0].get_legend_handles_labels()
    drawing.legend(*handles, title="$W$", loc="outside right upper")
    note(drawing, f"colmenarez2023, Fig. 6: {realisations(data)}; dashed: β of the other figures")
    return drawing, data


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="inclusion",
    references="colmenarez2023, Fig. 7",
    options=options.size(12) | options.strengths(2.0, 4.0, 6.0),
    checks=(one_bubble, beside_longer_chains, shown_is_there),
)
def fig7(midspectrum: xr.Dataset, *, size: int, strengths: Sequence[float]) -> Drawn:
    """Distribution of local magnetisations.

    The distribution of ⟨Sᶻ⟩ in eigenstates at several distances from the bubble (colours) and in
    the chain alone (black). Near the transition, at W = 4, the bubble moves weight from the
    localised peaks to the thermal one at the centre.
    """
    data = densities(midspectrum)
    n = bubble_size(data)
    drawing = Figure(figsize=(PAGE, 2.6))
    panels = np.atleast_1d(drawing.subplots(1, len(strengths)))
    edges = np.linspace(-0.5, 0.5, data.sizes["spin"] + 1)
    farthest = (size + 1) // 2 - 1
    for axes, W in zip(panels, strengths, strict=True):
        key = key_of(data, n=n, L=size, W=W)
        alone = key_of(data, n=0, L=size + 2, W=W).sel(distance=farthest + 1)
        for distance, shade in enumerate(sequence(farthest + 1)):
            density = key["density"].sel(distance=distance)
            axes.stairs(density, edges, baseline=None, color=shade, label=f"{distance}")
        mean, error = alone["density"].values, alone["density_error"].values
        axes.stairs(
            mean + error, edges, baseline=mean - error, fill=True, color="k", alpha=0.2, linewidth=0
        )
        axes.stairs(mean, edges, baseline=None, color="k", label="alone", linewidth=0.8)
        axes.set_title(f"$W = {W:g}$", fontsize=9)
        axes.set_xlabel(r"$\langle S^z_i \rangle$")
        axes.set(xlim=(-0.53, 0.53), ylim=(0, None))
    panels[0].set_ylabel("density")
    drawing.legend(
        *panels[0].get_legend_handles_labels(), title="distance $i$", loc="outside right upper"
    )
    note(
        drawing,
        rf"colmenarez2023, Fig. 7: $L = {size}$ with $n_\mathrm{{GOE}} = {n}$, "
        f"$L = {size + 2}$ alone (middle of the chain), {realisations(data)}",
    )
    chosen = np.isin(data["W"].values, strengths) & np.isin(data["L"].values, [size, size + 2])
    return drawing, data.isel(key=chosen)


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="bubbles",
    references="colmenarez2023, Fig. 8",
    options=options.distances(0, 1, 3),
    checks=(one_size, shown_is_there),
)
def fig8(midspectrum: xr.Dataset, *, distances: Sequence[int]) -> Drawn:
    """Purity against the size of the bubble.

    The mean purity against n_GOE at several distances, the chain's length being fixed; black is the
    chain without bubble. Larger bubbles thermalise more, as they must on average.
    """
    data = averaged(midspectrum, ["purity", "bulk_purity"])
    (L,) = {int(L) for L in data["L"].values}
    strengths = strengths_of(data)
    bubbles = data.isel(key=data["n"].values > 0)
    drawing = Figure(figsize=(PAGE, 2.6))
    panels = np.atleast_1d(drawing.subplots(1, len(strengths)))
    for axes, W in zip(panels, strengths, strict=True):
        alone = key_of(data, n=0, W=W)
        mean, error = float(alone["bulk_purity"]), float(alone["bulk_purity_error"])
        axes.axhspan(mean - error, mean + error, color="k", alpha=0.2, linewidth=0)
        axes.axhline(mean, color="k", linewidth=0.8, label="alone")
        at = keys_of(bubbles, "n", W=W)
        curves(
            axes,
            at["n"].values,
            [
                (f"{i}", at["purity"].sel(distance=i), at["purity_error"].sel(distance=i))
                for i in distances
            ],
        )
        axes.set_title(f"$W = {W:g}$", fontsize=9)
        axes.set_xlabel(r"$n_\mathrm{GOE}$")
        whole_numbers(axes, at["n"].values.tolist())
    panels[0].set_ylabel(PURITY)
    drawing.legend(
        *panels[0].get_legend_handles_labels(), title="distance $i$", loc="outside right upper"
    )
    note(
        drawing,
        f"colmenarez2023, Fig. 8: $L = {L}$, {realisations(data)}; black: bulk of the chain alone",
    )
    return drawing, data


@figure(
    "colmenarez2023",
    of=("chain/midspectrum",),
    ensemble="inclusion",
    references="colmenarez2023, Fig. 9",
    options=options.sizes(10, 12),
    checks=(one_bubble, beside_longer_chains, shown_is_there),
)
def fig9(midspectrum: xr.Dataset, *, sizes: Sequence[int]) -> Drawn:
    """Response to the bubble far away.

    How much lower the purity of a site is with the bubble than in the chain alone, in the same
    fields, against distance, with fits of an exponential above a constant γ₀; right, γ₀ against W.
    A γ₀ above zero would be an effect that does not decay within these sizes; the paper finds it up
    to W ≈ 7. It compares with the bulk of the chain alone instead of with the site: lower right,
    what that adds, without any bubble.
    """
    response = purity_response(midspectrum)
    drawing = Figure(figsize=(PAGE, 3.6))
    panels = drawing.subplot_mosaic([["far", "asymptote"], ["far", "edge"]], width_ratios=(1.3, 1))
    L = sizes[-1]
    _response_with_fits(panels["far"], response, L)
    _asymptotes(panels["asymptote"], response, sizes)
    strengths = strengths_of(response)
    _against_distance(panels["edge"], [key_of(response, L=L, W=W) for W in strengths], "edge")
    panels["edge"].set_ylabel("bulk less site, alone")
    handles = panels["far"].get_legend_handles_labels()
    drawing.legend(*handles, title="$W$", loc="outside right upper")
    note(
        drawing,
        rf"colmenarez2023, Fig. 9: {realisations(response)}; dashed: $\gamma_0 + A\,e^{{-i/\xi}}$, "
        "dotted where it is rejected",
    )
    return drawing, response.isel(key=np.isin(response["L"].values, sizes))


def _against_distance(axes: Axes, keys: Sequence[xr.Dataset], name: str) -> None:
    """A difference of one size against distance, a curve for each W."""
    curves(
        axes,
        keys[0]["distance"].values,
        [(f"{float(key['W']):g}", key[name], key[f"{name}_error"]) for key in keys],
        linestyle="none",
    )
    axes.axhline(0, color="0.5", linewidth=0.6, zorder=0)
    axes.set_xlabel("distance $i$ from the bubble")
    whole_numbers(axes, range((int(keys[0]["L"]) + 1) // 2))


def _response_with_fits(axes: Axes, response: xr.Dataset, L: int) -> None:
    """Response against distance in chains of one size, with exponential fits."""
    keys = [key_of(response, L=L, W=W) for W in strengths_of(response)]
    _against_distance(axes, keys, "difference")
    fine = np.linspace(0, (L + 1) // 2 - 1, 100)
    for color, key in zip(sequence(len(keys)), keys, strict=True):
        asymptote, amplitude, length = (
            key[f"exponential_{name}"].item() for name in ("asymptote", "amplitude", "length")
        )
        line = ":" if misfit(key, "exponential").rejected else "--"
        fit = asymptote + amplitude * np.exp(-fine / length)
        axes.plot(fine, fit, line, color=color, linewidth=0.8)
    axes.set_ylabel(RESPONSE)
    axes.set_title(f"$L = {L}$", fontsize=9)


def _asymptotes(axes: Axes, response: xr.Dataset, sizes: Sequence[int]) -> None:
    """What is left of the response far away, against W, where the fit tells it."""
    most = response["difference"].max().item()
    for position, L in enumerate(sizes):
        of_size = keys_of(response, "W", L=L)
        best = of_size["exponential_asymptote"].values
        interval = of_size["exponential_asymptote_interval"].sel(deviations=1)
        low, high = interval.transpose("end", "key").values
        told = high - low < most  # else the decay may be longer than the chain, and γ₀ is anything
        axes.errorbar(
            (of_size["W"].values + 0.06 * (2 * position - 1))[told],
            best[told],
            # the best fit lies inside, but for rounding
            yerr=np.maximum([best - low, high - best], 0)[:, told],
            color=PALETTE[position % len(PALETTE)],
            marker=markers(position + 1)[-1],
            linestyle="none",
            label=f"{L}",
        )
    axes.axhline(0, color="0.5", linewidth=0.6, zorder=0)
    axes.margins(y=0.1)
    axes.set_xlabel("$W$")
    axes.set_ylabel(r"$\gamma_0$")
    axes.legend(title="$L$", ncols=len(sizes))
