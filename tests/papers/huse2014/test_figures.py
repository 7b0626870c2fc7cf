"""Each figure from made-up rows: what it shows is what it was given."""

import numpy as np
import pytest
from made_tables import list_faults, made_up

from mbl.ensembles.rows import averaged
from mbl.papers.checks import one_size
from mbl.papers.huse2014 import checks, figures
from mbl.papers.huse2014.shared import with_error
from mbl.plotting.style import styled
from mbl.registry import DECLARED, Figure

NAMES = ["sorted", "magnetization", "overlap", "localized", "consistent"]
EIGHT = [*NAMES, "combined", "seventh", "eighth"]  # one more than there are colours
AT = {
    "L": [8],
    "Delta": [7.5, 20.0],
    "seed": np.arange(12),
    "site": np.arange(8),
    "operator": ["z", "x", "x, raw signs"],
    "range": np.arange(5),
    "order": np.arange(1, 9),
    "distance": np.arange(1, 5),
    "axis": ["x", "z"],
    "cut": [1, 2],
    "t": np.geomspace(0.1, 1e5, 13),
}
TIMES = {"first": 1.0, "last": 1e3, "late": 1e4}
FIGURES = {
    one.name.partition("/")[2]: one
    for one in DECLARED
    if isinstance(one, Figure) and one.paper == "huse2014"
}


def rows_of(statistic, labellings, sizes):
    """Rows that hold numbers of the right order where a figure reads more than their size."""
    labelled = () if statistic == "ring/pbit_dynamics" else labellings
    rows = made_up(statistic, AT | {"L": list(sizes)}, labelled)
    for name in set(TIMES) & set(rows.data_vars):
        rows[name][:] = TIMES[name]
    for name in {"log_pair", "log_interaction"} & set(rows.data_vars):
        rows[name][:] -= 2.0 * rows["distance"].values
    if "lbit_range" in rows:
        rows["lbit_range"][:] *= 4
    return rows


def tables(name, labellings=("sorted",)):
    sizes = (6, 8) if name == "mean_range" else (8,)
    return [rows_of(statistic, list(labellings), sizes) for statistic in FIGURES[name].of]


def drawn(name, labellings=("sorted",)):
    with styled():
        return getattr(figures, name)(*tables(name, labellings))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("labellings", [NAMES[:1], NAMES, EIGHT], ids=["one", "five", "eight"])
def test_a_figure_says_what_it_is(name, labellings):
    figure, data = drawn(name, labellings)
    text = figure.get_supxlabel()
    assert text.startswith(f"huse2014, {name}: ")
    assert "12 realisations" in text
    assert data["realisations"].dims == ("L", "Delta")[name != "mean_range" :]
    for variable in data.data_vars:
        assert data[variable].attrs.keys() == {"units", "long_name"}, variable
    for axes in figure.axes:
        first = axes.get_subplotspec().colspan.start == 0
        assert axes.get_ylabel() or not first or not axes.axison


def test_the_table_shows_the_worst_of_all_labellings():
    figure, data = drawn("algebra", NAMES)
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    worst = float(data["conservation_largest"].sel(Delta=20.0).max())
    assert worst == tables("algebra", NAMES)[0]["conservation"].sel(Delta=20.0).max()
    assert f"${worst:.2g}$" in texts
    assert sum("echo" in text for text in texts) == 1
    assert len(texts) == 4 + 2 * 2 + 8 * (2 + 2 * 2)


def curves_of(figure):
    return [sum(len(c.lines[0].get_xdata()) > 1 for c in axes.containers) for axes in figure.axes]


@pytest.mark.parametrize("names", [NAMES, EIGHT], ids=["five", "eight"])
def test_every_labelling_has_its_curves(names):
    count = len(names)
    figure, _ = drawn("couplings", names)
    assert curves_of(figure) == [2 * count] * 4  # typical and mean; J_ij and all orders
    figure, _ = drawn("spin_echo", names)
    assert curves_of(figure)[:2] == [2 + count] * 2  # two of the p-bit
    figure, _ = drawn("mean_range", names)
    assert curves_of(figure)[:2] == [2 * count + 1] * 2  # one of raw signs
    assert curves_of(figure)[-1] == 2  # one for each Δ
    (legend, _) = figure.legends
    assert [text.get_text() for text in legend.get_texts()][:count] == names


def test_slopes_stand_beside_what_dephasing_predicts():
    figure, data = drawn("entanglement_growth", NAMES)
    lower = figure.axes[2]
    assert len(lower.containers) == 1 + 2 * 2  # of l-bits; by axis and ξ
    np.testing.assert_allclose(
        lower.containers[1].lines[0].get_ydata(),
        data["predicted"].sel(Delta=7.5, axis="x", decay="pair"),
    )
    assert [label.get_text() for label in lower.get_xticklabels()] == NAMES
    assert {name: data[name].item() for name in TIMES} == TIMES


def test_the_least_range_is_that_of_the_best_labelling():
    figure, data = drawn("mean_range", NAMES)
    container = figure.axes[-1].containers[0]
    least = data["mean_range"].sel(operator="z", Delta=7.5).min("labelling")
    np.testing.assert_allclose(container.lines[0].get_ydata(), least)
    (given,) = tables("mean_range", NAMES)
    means = averaged(given.assign(lbit_range=given["lbit_range"].mean("site")))
    np.testing.assert_allclose(data["mean_range_error"], means["lbit_range_error"])


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [(0.4812, 0.031, "0.48(3)"), (12.2, 3.4, "12(3)"), (0.5, np.nan, "0.5"), (0.5, 0.0, "0.5")],
)
def test_numbers_are_shown_with_their_errors(value, error, text):
    assert with_error(value, error) == text


@pytest.mark.parametrize(
    ("check", "sizes", "fault"),
    [
        (one_size, [8, 8], ""),
        (one_size, [6, 8], "f.ensemble: 'e' holds several sizes; this figure shows one L"),
        (checks.large_enough, [6, 8], ""),
        (checks.large_enough, [5, 8], "f.ensemble: 'e' holds L = 5; s∞ is read from blocks of one"),
    ],
)
def test_ensembles_that_a_figure_cannot_show(check, sizes, fault):
    faults = "".join(list_faults(check, "f", {}, "e", [{"L": L} for L in sizes]))
    assert faults.startswith(fault)
    assert bool(faults) == bool(fault)
