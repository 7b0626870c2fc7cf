"""Each figure from made-up statistics: what it shows is what it was given."""

import numpy as np
import pytest
import xarray as xr

from mbl.datasets import KINDS
from mbl.plotting.huse2014 import FIGURES, _measured
from mbl.plotting.style import styled

NAMES = ["sorted", "magnetization", "overlap", "localized", "consistent"]
AT = {
    "L": [6, 8],
    "Delta": [7.5, 20.0],
    "operator": ["z", "x", "x, raw signs"],
    "range": np.arange(5),
    "threshold": 0.1 * np.arange(50),
    "order": np.arange(1, 9),
    "distance": np.arange(1, 5),
    "decay": ["pair", "interaction"],
    "axis": ["x", "z"],
    "cut": [1, 2],
    "t": np.geomspace(0.1, 1e5, 13),
}
SCALARS = {"first": 1.0, "last": 1e3, "late": 1e4}


def made_up(kind, labellings, sizes=(8,)):
    """Positive numbers of a kind's shape, none equal to another."""
    at = AT | {"labelling": labellings, "L": list(sizes)}
    rng = np.random.default_rng(len(kind))
    variables, coordinates = KINDS[kind].variables, KINDS[kind].coordinates
    data = xr.Dataset(coords={name: at[name] for name in coordinates if name in at})
    for name, variable in {**variables, **coordinates}.items():
        if name in SCALARS:
            data[name] = SCALARS[name]
        elif name == "realisations":
            data[name] = variable.dims, np.full([len(at[dim]) for dim in variable.dims], 12)
        elif name not in data:
            data[name] = variable.dims, rng.uniform(0.2, 0.9, [len(at[d]) for d in variable.dims])
    return data.set_coords([name for name in SCALARS if name in data])


KINDS_OF = {
    "algebra": [f"{kind}_statistics" for kind in ("algebra", "range", "coupling", "echo")],
    "mean_range": ["range_statistics"],
    "couplings": ["coupling_statistics"],
    "entanglement_growth": ["growth_statistics"],
    "spin_echo": ["echo_statistics"],
}


def drawn(name, labellings=("sorted",)):
    sizes = (6, 8) if name == "mean_range" else (8,)
    with styled():
        return FIGURES[name](*(made_up(kind, list(labellings), sizes) for kind in KINDS_OF[name]))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("labellings", [NAMES[:1], NAMES], ids=["one", "five"])
def test_a_figure_says_what_it_is(name, labellings):
    figure, data = drawn(name, labellings)
    said = figure.get_supxlabel()
    assert said.startswith(f"huse2014, {name}: ")
    assert "12 realisations" in said
    assert data.data_vars
    for axes in figure.axes:
        first = axes.get_subplotspec().colspan.start == 0
        assert axes.get_ylabel() or not first or not axes.axison


def test_the_table_tells_the_worst_of_all_labellings():
    figure, data = drawn("algebra", NAMES)
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    worst = float(data["conservation_largest"].sel(Delta=20.0).max())
    assert f"${worst:.2g}$" in texts
    assert sum("echo" in text for text in texts) == 1
    assert len(texts) == 4 + 2 * 2 + 8 * (2 + 2 * 2)


def curves_of(figure):
    return [sum(len(c.lines[0].get_xdata()) > 1 for c in axes.containers) for axes in figure.axes]


def test_every_labelling_has_its_curves():
    figure, _ = drawn("couplings", NAMES)
    assert curves_of(figure) == [10, 10, 10, 10]  # typical and mean; J_ij and all orders
    figure, _ = drawn("spin_echo", NAMES)
    assert curves_of(figure)[:2] == [7, 7]  # two of the p-bit
    figure, _ = drawn("mean_range", NAMES)
    assert curves_of(figure)[:2] == [11, 11]  # one of raw signs
    assert curves_of(figure)[-1] == 2  # one for each Δ


def test_slopes_stand_beside_what_dephasing_predicts():
    figure, data = drawn("entanglement_growth", NAMES)
    lower = figure.axes[2]
    assert len(lower.containers) == 1 + 2 * 2  # of l-bits; by axis and ξ
    np.testing.assert_allclose(
        lower.containers[1].lines[0].get_ydata(),
        data["predicted"].sel(Delta=7.5, axis="x", decay="pair"),
    )
    assert [label.get_text() for label in lower.get_xticklabels()] == NAMES


def test_the_least_range_is_that_of_the_best_labelling():
    figure, data = drawn("mean_range", NAMES)
    container = figure.axes[-1].containers[0]
    least = data["mean_range"].sel(operator="z", Delta=7.5).min("labelling")
    np.testing.assert_allclose(container.lines[0].get_ydata(), least)


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [(0.4812, 0.031, "0.48(3)"), (12.2, 3.4, "12(3)"), (0.5, np.nan, "0.5"), (0.5, 0.0, "0.5")],
)
def test_numbers_are_told_with_their_errors(value, error, text):
    assert _measured(value, error) == text
