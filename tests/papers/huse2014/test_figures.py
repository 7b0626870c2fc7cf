"""Each figure from made-up rows: what it shows is what it was given."""

import numpy as np
import pytest
from made_tables import list_faults, made_up

from mbl.catalogue import catalogue, resolve
from mbl.ensembles.rows import averaged
from mbl.papers.checks import one_size
from mbl.papers.huse2014 import checks
from mbl.plotting.style import styled
from mbl.registry import Figure

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
    "length": [1, 2, 3, 4],
    "t": np.geomspace(0.1, 1e5, 13),
}
LATE = 1e4
SEVERAL = ("mean_range", "area_law")  # figures of several sizes
FIGURES = {
    name.partition("/")[2]: one
    for name, one in catalogue()[Figure].items()
    if one.paper == "huse2014"
}


def rows_of(statistic, labellings, sizes):
    """Rows that hold numbers of the right order where a figure reads more than their size."""
    unlabelled = ("ring/pbit_dynamics", "ring/eigenstate_entropy")
    labelled = () if statistic in unlabelled else labellings
    rows = made_up(statistic, AT | {"L": list(sizes)}, labelled)
    if "late" in rows:
        rows["late"][:] = LATE
    for name in {"log_pair", "log_interaction"} & set(rows.data_vars):
        rows[name][:] -= 2.0 * rows["distance"].values
    if "lbit_range" in rows:
        rows["lbit_range"][:] *= 4
    return rows


def tables(name, labellings=("sorted",)):
    sizes = (6, 8) if name in SEVERAL else (8,)
    return [rows_of(statistic, list(labellings), sizes) for statistic in FIGURES[name].of]


def drawn(name, labellings=("sorted",)):
    with styled():
        return resolve(FIGURES[name].function)(*tables(name, labellings))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("labellings", [NAMES[:1], NAMES, EIGHT], ids=["one", "five", "eight"])
def test_a_figure_says_what_it_is(name, labellings):
    figure, data = drawn(name, labellings)
    text = figure.get_supxlabel()
    assert text.startswith(f"huse2014, {name}: ")
    assert "12 realisations" in text
    assert data["realisations"].dims == ("L", "Delta")[name not in SEVERAL :]
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
    assert curves_of(figure) == [2 * count] * 6  # typical and mean; J_ij and all orders, twice
    figure, _ = drawn("spin_echo", names)
    assert curves_of(figure) == [2 + count] * 2  # two of the p-bit
    figure, _ = drawn("mean_range", names)
    assert curves_of(figure)[:2] == [count] * 2
    for axes in figure.axes[:2]:
        others = [line.get_linestyle() for line in axes.lines]
        assert (others.count(":"), others.count("--"), others.count("-.")) == (count, 1, 1)
    assert curves_of(figure)[4] == 2 * count  # mean and median
    assert curves_of(figure)[-1] == 2  # one for each Δ
    (legend,) = figure.legends
    texts = [text.get_text() for text in legend.get_texts()]
    assert texts[:count] == [rf"$\tau^z$, {name}" for name in names]


def test_local_slopes_stand_beside_what_dephasing_predicts():
    figure, data = drawn("entanglement_growth", NAMES)
    upper, lower = figure.axes[0], figure.axes[2]
    along_x = lower.containers[0].lines[0].get_ydata()
    known = data["slope"].sel(Delta=7.5, axis="x").dropna("t")
    np.testing.assert_allclose(along_x, known)
    best = data.isel(labelling=-1).sel(Delta=7.5)
    steps = [
        line for line in lower.lines if len(line.get_xdata()) == 2 and line.get_linewidth() > 1
    ]
    assert len(steps) == 2 * 2  # by axis, up to the first distance beyond L/4
    np.testing.assert_allclose(steps[0].get_xdata(), best["dephasing_time"][:2])
    np.testing.assert_allclose(steps[0].get_ydata(), best["predicted"].sel(axis="x")[0])
    assert [text.get_text() for text in upper.texts] == ["1", "2", "3"]
    assert data["late"].item() == LATE
    assert upper.get_xlim()[1] == LATE


def test_the_echo_of_an_l_bit_is_told_with_its_loss():
    figure, data = drawn("spin_echo", NAMES)
    (legend,) = figure.legends
    worst = float(data["lbit_echo_loss_largest"].max())
    assert legend.get_texts()[0].get_text() == f"l-bit, echo: 1 to ${worst:.2g}$"


def test_entropies_of_eigenstates_stand_beside_those_of_random_states():
    figure, data = drawn("area_law")
    left, right = figure.axes
    for axes, points in ((left, 4), (right, 2)):
        assert [len(c.lines[0].get_xdata()) for c in axes.containers] == [points] * 2
        random = axes.lines[-1].get_ydata()
        assert (np.diff(random) > 0.3).all()
    half = right.containers[0].lines[0].get_ydata()
    expected = [data["eigenstate_entropy"].sel(L=L, length=L // 2, Delta=7.5) for L in (6, 8)]
    np.testing.assert_allclose(half, expected)
    np.testing.assert_allclose(left.lines[-1].get_ydata(), data["random_entropy"])


def test_the_least_range_is_that_of_the_best_labelling():
    figure, data = drawn("mean_range", NAMES)
    container = figure.axes[-1].containers[0]
    least = data["mean_range"].sel(operator="z", Delta=7.5).min("labelling")
    np.testing.assert_allclose(container.lines[0].get_ydata(), least)
    (given,) = tables("mean_range", NAMES)
    means = averaged(given.assign(lbit_range=given["lbit_range"].mean("site")))
    np.testing.assert_allclose(data["mean_range_error"], means["lbit_range_error"])


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
