"""Each figure from made-up rows: what it shows is what it was given."""

import made_tables
import numpy as np
import pytest

from mbl.ensembles.rows import averaged
from mbl.papers.goihl2018 import figures
from mbl.plotting.style import PALETTE, save_figure, styled
from mbl.registry import DECLARED, Figure

L = 7
NAMES = [f"fig{n}" for n in range(1, 9)]
AT = {
    "L": [L],
    "Delta": [2.5, 10.0],
    "seed": range(12),
    "site": range(L),
    "support": [1, 3, 5, 7],
    "order": range(1, L + 1),
    "extension": range(4),
    "arrangement": ["eigensolver", "labelled", "ideal"],
    "position": range(2**L),
    "hamiltonian": ["exact", "effective"],
    "time": np.linspace(0, 9, 10),
}
ONE = {"Delta": [20.0]}


def locality(**at):
    """Errors that fall with |S|, with Δ and with the seed, fewer seeds at the weakest disorder."""
    at = AT | at
    rows = made_tables.made_up("ring/locality", at)
    error = rows["truncation_error"] ** (0.1 * rows["support"] * rows["Delta"])
    there = (rows["seed"] < 10) | (rows["Delta"] > at["Delta"][0])
    inside = (rows["support"] <= rows["L"]) & (rows["site"] < rows["L"])
    error = error.where(rows["support"] < rows["L"], 0.0).where(there & inside)
    rows = rows.assign(truncation_error=error.transpose("L", "Delta", "seed", "site", "support"))
    return made_tables.described(rows, "ring/locality")


def effective(**at):
    return made_tables.made_up("ring/effective", AT | at)


def imbalance():
    rows = made_tables.made_up("ring/imbalance", AT | ONE)
    rows["truncation_order"][:] = 4
    return rows


TABLES = {
    "fig1": lambda: [made_tables.made_up("ring/averages", AT | ONE)],
    "fig2": lambda: [locality()],
    "fig3": lambda: [locality(L=[5, 7])],
    "fig4": lambda: [locality()],
    "fig5": lambda: [locality()],
    "fig6": lambda: [effective()],
    "fig7": lambda: [effective(**ONE)],
    "fig8": lambda: [imbalance(), effective(**ONE)],
}
OPTIONS = {"fig5": {"thresholds": [0.5, 0.8]}}
# Curves of means in all panels of a figure.
CURVES = {"fig1": 12, "fig2": 9, "fig3": 4, "fig4": 2, "fig5": 2, "fig6": 6, "fig7": 8, "fig8": 6}


def draw(name):
    with styled():
        return getattr(figures, name)(*TABLES[name](), **OPTIONS.get(name, {}))


def test_all_figures_are_declared():
    declared = {one.name for one in DECLARED if isinstance(one, Figure)}
    assert {f"goihl2018/{name}" for name in NAMES} <= declared


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_says_what_it_is(name):
    figure, drawn = draw(name)
    said = figure.get_supxlabel()
    assert said.startswith(f"goihl2018, Fig. {name[3:]}:")
    assert drawn.data_vars
    for values in (*drawn.data_vars.values(), *drawn.coords.values()):
        assert {"units", "long_name"} <= set(values.attrs) or values.name in AT
    for axes in figure.axes:
        assert axes.get_ylabel() or axes.get_subplotspec().colspan.start > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_curve_is_there(name):
    figure, _ = draw(name)
    if name in ("fig1", "fig8"):
        assert sum(len(axes.lines) for axes in figure.axes) == CURVES[name]
    else:
        assert sum(len(axes.containers) for axes in figure.axes) == CURVES[name]


def test_errors_on_the_whole_ring_are_not_drawn():
    figure, _ = draw("fig3")
    small, large = (container.lines[0] for container in figure.axes[0].containers)
    assert list(small.get_xdata()) == [1, 3]
    assert list(large.get_xdata()) == [1, 3, 5]


def test_more_sizes_than_colours_are_all_drawn():
    sizes = list(range(5, 23, 2))
    assert len(sizes) > len(PALETTE)
    rows = locality(L=sizes, site=range(21), support=range(1, 22, 2))
    with styled():
        figure, _ = figures.fig3(rows)
    assert [len(axes.containers) for axes in figure.axes] == [len(sizes)] * 2


@pytest.mark.parametrize("name", ["fig2", "fig5", "fig6"])
def test_the_papers_guide_to_the_eye(name):
    for axes in draw(name)[0].axes:
        assert any(list(line.get_xdata()) == [7.5, 7.5] for line in axes.lines)


def test_what_is_drawn_are_the_means_over_realisations():
    means = averaged(effective(), ["norm_error"]).sel(L=L, Delta=10.0, order=2)
    figure, drawn = draw("fig6")
    shown = figure.axes[0].containers[1].lines[0].get_ydata()[1]
    assert shown == means["norm_error"] == drawn["norm_error"].sel(Delta=10.0, order=2)


def test_best_middle_and_worst_are_chosen_by_rank():
    models = effective(**ONE)
    distance = np.sort((models["norm_error"].sel(order=4) * models["operator_norm"]).values.ravel())
    figure, drawn = draw("fig8")
    assert list(drawn["distance"].values) == list(distance[[0, 6, 11]])
    titles = [axes.get_title() for axes in figure.axes]
    assert [title.partition(":")[0] for title in titles] == ["best", "middle", "worst"]


def test_the_realisation_of_sorted_averages_is_the_middle_one():
    (rows,) = TABLES["fig1"]()
    ideal = rows["average"].sel(arrangement="ideal", drop=True)
    apart = abs(rows["average"].sel(arrangement="labelled", drop=True) - ideal)
    by_seed = apart.mean(["site", "position"]).values.ravel()
    figure, drawn = draw("fig1")
    assert int(drawn["seed"]) == np.argsort(by_seed)[6]
    assert f"seed {int(drawn['seed'])}" in figure.get_supxlabel()


def test_orders_that_share_one_extension_stand_side_by_side():
    figure, drawn = draw("fig7")
    _, by_order = figure.axes
    shown = by_order.containers[0].lines[0].get_ydata()
    np.testing.assert_array_equal(shown, drawn["coupling"].isel(extension=-1, order=slice(1, None)))
    assert "$J$" in figure.axes[0].get_ylabel()


def test_counts_of_realisations_are_told_as_a_range():
    assert "10–12 realisations" in draw("fig5")[0].get_supxlabel()


def test_the_same_figure_gives_the_same_files(tmp_path):
    files = []
    for run in ("one", "two"):
        names = [tmp_path / f"{run}.{ending}" for ending in ("pdf", "png", "svg")]
        with styled():
            save_figure(draw("fig5")[0], *names, "Fig. 5", "{}")
        files.append([name.read_bytes() for name in names])
    assert files[0] == files[1]
