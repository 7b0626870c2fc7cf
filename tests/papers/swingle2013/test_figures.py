"""Each figure of the fixed-point model from made-up rows."""

import made_fixed_points as made
import numpy as np
import pytest
from matplotlib.legend import Legend

from mbl.ensembles.fixed_point_growth import two_spins
from mbl.papers.swingle2013 import entanglement, figures, perturbed
from mbl.plotting.style import styled


def exact():
    return two_spins(J1=0.9, J2=0.4, J12=0.1, periods=2, points=8)


# Function, tables, options, place in the paper, and curves with errors in all panels.
FIGURES = {
    "density_of_states": (
        figures.density_of_states, [made.spectrum], {"size": 8, "xi": 1.0}, "eqs. 2.5–2.8", 4,
    ),
    "light_cone": (
        figures.light_cone, [made.light_cone], {"size": 8, "times": [0.5, 1.0]}, "eq. 2.4", 2,
    ),
    "area_law": (figures.area_law, [made.area_law], {}, "eq. 3.7", 4),
    "entanglement_growth": (
        entanglement.entanglement_growth, [made.growth], {"size": 6, "xi": 1.0},
        "eqs. 3.13–3.21", 8,
    ),
    "two_spins": (
        entanglement.two_spins, [exact, made.growth], {"xi": 1.0}, "eq. 3.12", 4,
    ),
    "quasi_adiabatic": (
        figures.quasi_adiabatic, [made.quasi_adiabatic], {}, "eqs. 4.29–4.31", 6,
    ),
    "stability": (figures.stability, [made.stability], {}, "section IV", 4),
    "finite_range": (entanglement.finite_range, [made.finite_range], {}, "section III C", 1),
    "transport": (perturbed.transport, [made.transport], {}, "sections II, III B", 6 + 2 * 7),
    "crossings": (perturbed.crossings, [made.crossings], {}, "section IV E", 4),
}  # fmt: skip


def draw(name, *tables, **changes):
    function, make, options, _, _ = FIGURES[name]
    with styled():
        return function(*(tables or (one() for one in make)), **options | changes)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_it_is_and_shows_every_curve(name):
    figure, drawn = draw(name)
    *_, place, curves = FIGURES[name]
    said = figure.get_supxlabel()
    assert said.startswith(f"swingle2013, {place}")
    assert "30 realisations" in said
    assert drawn.data_vars
    assert "seed" not in drawn.dims
    assert sum(len(axes.containers) for axes in figure.axes) == curves
    assert all(axes.get_xlabel() for axes in figure.axes if axes.get_label() != "<colorbar>")
    figure.canvas.draw()


def test_what_is_bounded_lies_below_its_bound_in_the_same_colour():
    figure, drawn = draw("area_law")
    for axes, longest in zip(figure.axes, (7, 6), strict=True):
        dashed = [
            line for line in axes.lines if line.get_linestyle() == "--" and len(line.get_xdata())
        ]
        assert [len(line.get_xdata()) for line in dashed] == [longest - 2, longest]
        colors = [container.lines[0].get_color() for container in axes.containers]
        assert [line.get_color() for line in dashed] == colors
        np.testing.assert_allclose(dashed[0].get_ydata(), drawn["bound"].values[0, 0, 0])


def test_rates_are_over_the_entropy_per_spin_beside_the_theory():
    figure, drawn = draw("entanglement_growth")
    rates = figure.axes[1]
    shown = [container.lines[0].get_ydata() for container in rates.containers]
    for of_state in shown[:2]:
        np.testing.assert_allclose(of_state, [0.75 * 0.5, 0.75])
    np.testing.assert_allclose(shown[2], [0.375, 0.75, 1.5])  # the longer chain
    np.testing.assert_allclose(drawn["prefactor"], 0.75)
    (theory,) = (line for line in rates.lines if line.get_label() == r"eq. 3.21, $s \xi$")
    np.testing.assert_allclose(theory.get_ydata(), theory.get_xdata())


def test_the_longest_chain_has_no_longer_one_beside_it():
    figure, _ = draw("entanglement_growth", size=8)
    assert len(figure.axes[1].containers) == 2


def test_a_line_that_could_not_be_fitted_is_left_out():
    figure, _ = draw("entanglement_growth", made.growth(rate=np.nan))
    labels = [line.get_label() for line in figure.axes[1].lines]
    assert [label for label in labels if r"\xi" in label] == [r"eq. 3.21, $s \xi$"]


def test_pi_is_where_the_two_spins_are_marked():
    figure, drawn = draw("two_spins")
    assert any(list(line.get_xdata()) == [1, 1] for line in figure.axes[0].lines)
    assert float(drawn["purity"].sel(phase=np.pi)) == pytest.approx(0.5)


def test_what_is_of_K_alone_is_shown_without_a_localization_length():
    for name in ("light_cone", "area_law"):
        assert "xi" not in draw(name)[1].coords


def test_the_light_cones_bounds_are_in_its_legend():
    for times, bounds in (([0.5, 1.0], ["bound", "eq. 2.4, $t = 1$"]), ([0.5, 2.0], ["bound"])):
        figure, _ = draw("light_cone", times=times)
        legends = [one for one in figure.axes[0].get_children() if isinstance(one, Legend)]
        labels = sorted([text.get_text() for text in legend.get_texts()] for legend in legends)
        assert labels == sorted([[f"{t:g}" for t in times], bounds])


def test_changes_far_away_lie_below_their_bounds_at_every_distance_and_time():
    figure, drawn = draw("transport")
    by_distance, in_time = figure.axes[:3], figure.axes[3:]
    for axes in by_distance:
        dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
        shown = [container.lines[0] for container in axes.containers]
        for bound, curve in zip(dashed, shown, strict=True):
            np.testing.assert_array_equal(bound.get_xdata(), curve.get_xdata())
    assert [len(axes.containers[1].lines[0].get_xdata()) for axes in by_distance] == [8, 8, 7]
    for axes, name in zip(in_time, ("energy", "entropy"), strict=True):
        first = axes.containers[0].lines[0].get_ydata()
        np.testing.assert_allclose(first, drawn[name].sel(distance=1).isel(key=1))


def test_finite_ranges_lie_below_the_entropy_of_so_many_spins():
    figure, drawn = draw("finite_range")
    caps = [line.get_ydata()[0] for line in figure.axes[0].lines if line.get_linestyle() == "--"]
    np.testing.assert_allclose(caps, np.log(2) * np.array([1, 2, 3]))
    np.testing.assert_allclose(figure.axes[1].containers[0].lines[0].get_ydata(), drawn["least"][0])
