"""Each figure of the bubble from made-up statistics: what it shows is what it was given."""

import numpy as np
import pytest
import xarray as xr

from mbl.plotting.colmenarez2023 import FIGURES
from mbl.plotting.style import styled

STRENGTHS = (4.4, 5.2, 6.0, 8.0)
DISTANCES = 5


def table(keys, *, scan=False):
    """Statistics of keys (n, L, W, β), each quantity with a value of its own in every row."""
    count = len(keys)
    n, L, W, beta = (list(column) for column in zip(*keys, strict=True))
    base = np.linspace(0.6, 0.9, count)
    distance = np.arange(DISTANCES)
    inside = distance < (np.array(L)[:, None] + 1) // 2
    by_distance = np.where(inside, base[:, None] + 0.01 * distance, np.nan)
    spin = np.linspace(-0.45, 0.45, 7)
    density = by_distance[:, :, None] * np.ones(7)
    quantities = {
        "gap_ratio": ("key", base - 0.2),
        "purity": (("key", "distance"), by_distance),
        "bulk_purity": ("key", base + 0.05),
        "correlation": (("key", "distance"), by_distance - 0.5),
        "density": (("key", "distance", "spin"), density),
    }
    variables = {}
    for name, (dims, values) in quantities.items():
        variables[name] = dims, values
        variables[f"{name}_error"] = dims, 0.01 + 0 * values
    variables["realisations"] = "key", np.full(count, 30)
    return xr.Dataset(
        variables,
        {
            "n": ("key", n),
            "L": ("key", L),
            "W": ("key", W),
            "beta": ("key", beta),
            "distance": distance,
            "spin": spin,
        },
    )


def inclusion():
    keys = [(4, L, W, 0.6) for L in (6, 8) for W in STRENGTHS]
    return table(keys + [(0, L, W, 0.0) for L in (8, 10) for W in STRENGTHS])


def crossings():
    pair = {"n": ("pair", [0, 4]), "L": ("pair", [8, 6])}
    values = {"crossing": ("pair", [3.4, 3.6]), "crossing_error": ("pair", [0.1, 0.2])}
    return xr.Dataset({**values, "share": ("pair", [1.0, 0.9])}, pair)


def response():
    data = table([(4, L, W, 0.6) for L in (6, 8) for W in STRENGTHS])
    count = data.sizes["key"]
    per_key = {
        "asymptote": 0.02,
        "amplitude": 0.1,
        "length": 1.0,
        "probability": 0.2,
        "localization_length": 0.5,
    }
    return xr.Dataset(
        {
            "difference": data["purity"] - 0.6,
            "difference_error": data["purity_error"],
            "avalanche": data["purity"],
            "realisations": data["realisations"],
            "asymptote_interval": (
                ("key", "deviations", "end"),
                np.tile([[0.01, 0.03], [0.0, 0.04]], (count, 1, 1)),
            ),
            **{name: ("key", np.full(count, value)) for name, value in per_key.items()},
        }
    ).assign_coords(deviations=[1, 2], end=["low", "high"])


def perturbation():
    W = np.array([8.0, 16.0, 32.0])
    dims = ("W", "seed", "configuration", "site")
    exact = 1 - W[:, None, None, None] ** -2.0 * np.linspace(1, 2, 2 * 3 * 4).reshape(2, 3, 4)
    return xr.Dataset(
        {"exact": (dims, exact), "perturbative": (dims, exact - (1 - exact) ** 2)},
        {"L": 4, "W": W, "seed": [0, 1], "configuration": [3, 5, 6], "site": range(4)},
    )


def bandwidths():
    return table([(n, 8, W, b) for n in (3, 4) for W in (1.0, 4.0) for b in (0.2, 0.6, 1.0)])


def bubbles():
    return table([(n, 8, W, 0.6) for n in (0, 3, 4, 8) for W in (4.0, 8.0)])


DATA = {
    "fig1": ((), {"L": 8}),
    "fig2": ((inclusion, crossings), {}),
    "fig3": ((inclusion,), {"sizes": [6, 8]}),
    "fig4": ((inclusion,), {"distance": 2}),
    "fig5": ((inclusion,), {"strengths": list(STRENGTHS)}),
    "fig6": ((bandwidths,), {"tuned": {"n=3": 0.55, "n=4": 0.6}}),
    "fig7": ((inclusion,), {"size": 8, "strengths": [4.4, 8.0]}),
    "fig8": ((bubbles,), {"distances": [0, 2]}),
    "fig9": ((response,), {"sizes": [6, 8]}),
    "theory": ((inclusion, response, perturbation), {"size": 8, "strengths": [4.4, 8.0]}),
}
# Curves with errors in all panels of a figure, insets included.
CURVES = {"fig2": 6, "fig3": 8, "fig4": 8, "fig5": 16, "fig6": 4, "fig8": 4, "fig9": 6, "theory": 2}


def draw(name):
    data, options = DATA[name]
    with styled():
        return FIGURES[name](*(make() for make in data), **options)


def all_axes(figure):
    return [*figure.axes, *(inset for axes in figure.axes for inset in axes.child_axes)]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_it_is(name):
    figure, drawn = draw(name)
    said = figure.get_supxlabel()
    place = "eq. 6 and SM E" if name == "theory" else f"Fig. {name[3:]}:"
    assert said.startswith(f"colmenarez2023, {place}")
    assert name == "fig1" or "30 realisations" in said
    assert drawn.data_vars
    if name != "fig1":
        assert any(axes.get_ylabel() for axes in figure.axes)


@pytest.mark.parametrize("name", CURVES)
def test_every_curve_is_there(name):
    figure, _ = draw(name)
    assert sum(len(axes.containers) for axes in all_axes(figure)) == CURVES[name]


def test_bands_are_the_chains_two_sites_longer():
    figure, drawn = draw("fig3")
    data = inclusion()
    for axes, L in zip(figure.axes, (6, 8), strict=True):
        expected = data["bulk_purity"].values[(data["n"] == 0) & (data["L"] == L + 2)]
        bands = [patch.get_y() + 0.5 * patch.get_height() for patch in axes.patches]
        np.testing.assert_allclose(bands, expected)
    assert set(drawn["L"].values) == {6, 8, 10}


def test_the_chosen_bandwidth_is_marked():
    figure, _ = draw("fig6")
    for axes, beta in zip(figure.axes, (0.55, 0.6), strict=True):
        assert any(list(line.get_xdata()) == [beta, beta] for line in axes.lines)


def test_without_any_crossing_there_is_no_inset():
    nothing = crossings()
    nothing["crossing"][:] = np.nan
    with styled():
        figure, _ = FIGURES["fig2"](inclusion(), nothing)
    assert len(all_axes(figure)) == 2


def test_black_is_the_middle_of_the_chain_alone():
    figure, _ = draw("fig7")
    data = inclusion()
    row = (data["n"] == 0) & (data["L"] == 10) & (data["W"] == 4.4)
    expected = data["density"].values[row][0, 4]
    (black,) = (line for line in figure.axes[0].lines if line.get_color() == "k")
    np.testing.assert_allclose(black.get_ydata(), expected)
