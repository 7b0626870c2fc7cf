"""Each figure of the fixed-point model from made-up statistics."""

import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.fixed_point import two_spins
from mbl.plotting.style import styled
from mbl.plotting.swingle2013 import FIGURES

SIZES = (6, 8)


def table(keys, quantities, coordinates):
    """Statistics of keys (L, ξ); each quantity gets an error."""
    variables = {"realisations": ("key", [30] * len(keys))}
    for name, (dims, values) in quantities.items():
        variables[name] = ("key", *dims), np.broadcast_to(values, (len(keys), *np.shape(values)))
        variables[f"{name}_error"] = variables[name][0], 0.01 + 0 * variables[name][1]
    L, xi = zip(*keys, strict=True)
    return xr.Dataset(variables, {"L": ("key", list(L)), "xi": ("key", list(xi)), **coordinates})


def spectrum():
    energy = np.linspace(-2, 4, 9)
    density = np.exp(-np.square(energy - 1))
    curves = ("density", "energy", "formula", "printed", "gaussian")
    quantities = {name: (("bin",), energy if name == "energy" else density) for name in curves}
    quantities |= dict.fromkeys(("spacing", "typical_spacing"), ((), 0.01))
    keys = [(L, xi) for L in SIZES for xi in (0.0, 1.0)]
    return table(keys, quantities, {"bin": np.arange(9)})


def light_cone():
    distance, time = np.arange(8), np.array([0.5, 1.0, 2.0])
    norm = np.exp(-np.add.outer(-time, distance))
    dims = ("fictitious_time", "distance")
    quantities = dict.fromkeys(("norm", "bound", "exponential_bound"), (dims, norm))
    data = table([(L, 1.0) for L in SIZES], quantities, {})
    return data.drop_vars("xi").assign_coords(fictitious_time=time, distance=distance)


def area_law():
    length = np.arange(1, 8)
    flat = np.full((2, 7), 0.2)
    dims = ("ends", "length")
    quantities = {name: (dims, flat * f) for name, f in
                  (("entropy", 1), ("largest", 2), ("bound", 3))}  # fmt: skip
    data = table([(L, 1.0) for L in SIZES], quantities, {"ends": [1, 2], "length": length})
    return data.drop_vars("xi")


def growth():
    time, down = np.geomspace(1, 1e6, 13), [0.25, 0.5]
    dims = ("down", "time")
    rising = np.minimum(np.log(time), 2) * np.ones((2, 1))
    quantities = {
        "entropy": (dims, rising),
        "bound": (dims, 2 * rising),
        "purity": (dims, 1 / (1 + rising)),
        "rate": (("down",), [0.4, 0.5]),
        "revival": (("down",), [0.8, 0.6]),
        "diagonal_entropy": (("down",), [2.2, 2.8]),
        "site_entropy": (("down",), [0.56, 0.69]),
    }
    keys = [(4, 1.0), (6, 0.5), (6, 1.0), (8, 1.0)]
    data = table(keys, quantities, {"down": down, "time": time})
    data["prefactor"] = ("size", "down"), np.array([[0.5, 0.6], [0.7, 0.8], [np.nan, 0.9]])
    return data.assign_coords(size=[4, 6, 8])


def exact():
    return two_spins(0.9, 0.4, 0.1, 2, 8)


def quasi_adiabatic():
    gap = np.array([0.01, 0.1, 1.0])
    names = ("connected", "clear_states", "generator_error")
    quantities = {name: (("gap",), np.array([0.1, 0.2, 0.3])) for name in names}
    quantities["all_connected"] = (), 0.05
    return table([(L, 1.0) for L in SIZES], quantities, {"gap": gap})


def stability():
    g = np.array([0.0, 0.01, 0.1, 1.0])
    quantities = dict.fromkeys(("gap_ratio", "entropy"), (("g",), 0.4 + 0.1 * g))
    quantities["random_entropy"] = (), 2.0
    return table([(L, 1.0) for L in SIZES], quantities, {"g": g})


DATA = {
    "density_of_states": ((spectrum,), {"size": 8, "xi": 1.0}, "eqs. 2.5–2.8"),
    "light_cone": ((light_cone,), {"size": 8, "times": [0.5, 1.0]}, "eq. 2.4"),
    "area_law": ((area_law,), {}, "eq. 3.7"),
    "entanglement_growth": ((growth,), {"size": 6, "xi": 1.0}, "eqs. 3.13–3.21"),
    "two_spins": ((exact, growth), {"xi": 1.0}, "eq. 3.12"),
    "quasi_adiabatic": ((quasi_adiabatic,), {}, "eqs. 4.29–4.31"),
    "stability": ((stability,), {}, "section IV"),
}
# Curves with errors in all panels of a figure.
CURVES = {
    "density_of_states": 4,
    "light_cone": 2,
    "area_law": 4,
    "entanglement_growth": 8,
    "two_spins": 4,
    "quasi_adiabatic": 6,
    "stability": 4,
}


def draw(name):
    data, options, _ = DATA[name]
    with styled():
        return FIGURES[name](*(make() for make in data), **options)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_it_is_and_shows_every_curve(name):
    figure, drawn = draw(name)
    said = figure.get_supxlabel()
    assert said.startswith(f"swingle2013, {DATA[name][2]}")
    assert "30 realisations" in said
    assert drawn.data_vars
    assert sum(len(axes.containers) for axes in figure.axes) == CURVES[name]
    assert all(axes.get_xlabel() for axes in figure.axes if axes.get_label() != "<colorbar>")
    figure.canvas.draw()


def test_what_is_bounded_lies_below_its_bound_in_the_same_colour():
    figure, _ = draw("area_law")
    data = area_law()
    for axes, longest in zip(figure.axes, (7, 6), strict=True):
        dashed = [
            line for line in axes.lines if line.get_linestyle() == "--" and len(line.get_xdata())
        ]
        assert [len(line.get_xdata()) for line in dashed] == [longest - 2, longest]
        colors = [container.lines[0].get_color() for container in axes.containers]
        assert [line.get_color() for line in dashed] == colors
        np.testing.assert_allclose(dashed[0].get_ydata(), data["bound"].values[0, 0, 0])


def test_rates_are_over_the_entropy_per_spin_beside_the_theory():
    figure, _ = draw("entanglement_growth")
    rates = figure.axes[1]
    drawn = [container.lines[0].get_ydata() for container in rates.containers]
    np.testing.assert_allclose(drawn[0], 0.4 / 0.56)
    np.testing.assert_allclose(drawn[1], 0.5 / 0.69)
    (theory,) = (line for line in rates.lines if line.get_label() == r"eq. 3.21, $s \xi$")
    np.testing.assert_allclose(theory.get_ydata(), theory.get_xdata())


def test_a_line_that_could_not_be_fitted_is_left_out():
    with styled():
        figure, _ = FIGURES["entanglement_growth"](growth().isel(key=[0, 3]), size=8, xi=1.0)
    assert not any("nan" in line.get_label() for line in figure.axes[1].lines)


def test_pi_is_where_the_two_spins_are_marked():
    figure, drawn = draw("two_spins")
    assert any(list(line.get_xdata()) == [1, 1] for line in figure.axes[0].lines)
    assert float(drawn["purity"].sel(phase=np.pi)) == pytest.approx(0.5)
