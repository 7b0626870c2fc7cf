import made_tables
import numpy as np
import pytest
import xarray as xr

from mbl.papers.beyond.figures import LABELLINGS, REPRODUCED, finite_size, lbit_methods
from mbl.plotting.style import styled

COMPARED = ["sorted", "overlap", "combined"]
STATISTICS = ("ring/locality", "ring/effective", "ring/reproduction", "ring/lbits")
AT = {
    "L": [5, 7],
    "Delta": [7.5, 20.0],
    "seed": range(6),
    "site": range(7),
    "support": [1, 3, 5],
    "order": range(1, 6),
    "extension": range(3),
}


def tables(names, larger=None):
    """Made-up rows; of the larger ring of some labellings alone."""
    found = []
    for statistic in STATISTICS:
        rows = made_tables.made_up(statistic, AT, names)
        there = (rows["L"] == 5) | rows["labelling"].isin(names if larger is None else larger)
        found.append(made_tables.described(rows.where(there), statistic))
    error = found[2]["imbalance_error"]
    error[0], error[1] = 2 * REPRODUCED, 0.5 * REPRODUCED
    return found


@pytest.fixture(scope="module")
def drawn():
    with styled():
        return lbit_methods(*tables(COMPARED))


def test_it_says_what_it_is(drawn):
    figure, data = drawn
    said = figure.get_supxlabel()
    assert said.startswith("beyond goihl2018: L = 5, 6 realisations (open symbols, L = 7: 6)")
    assert set(data["labelling"].values) == set(COMPARED)


def test_it_shows_the_rows_that_it_was_given(drawn):
    locality, effective, reproduction, lbits = tables(COMPARED)
    _, data = drawn
    xr.testing.assert_allclose(data["truncation_error"], locality["truncation_error"].mean("site"))
    for name, rows in (
        ("norm_error", effective),
        ("imbalance_error", reproduction),
        ("objective", lbits),
        ("bound", lbits),
    ):
        xr.testing.assert_identical(data[name], rows[name].assign_coords(data[name].coords))
    xr.testing.assert_allclose(data["coupling"], effective["coupling"].mean("seed"))


@pytest.mark.parametrize("names", [COMPARED, [*LABELLINGS, "seventh", "eighth"]])
def test_every_labelling_is_in_every_panel(names):
    with styled():
        figure, _ = lbit_methods(*tables(names))
    for axes in figure.axes[:9]:
        assert len(axes.lines) >= len(names)
        styles = {(line.get_color(), line.get_marker()) for line in axes.lines}
        assert len(styles) >= len(names) or axes.get_ylabel() == "share worse"  # has no markers
    assert len(figure.legends[0].texts) == len(names)


def test_labellings_may_lack_the_larger_ring():
    with styled():
        figure, data = lbit_methods(*tables(COMPARED, larger=["combined"]))
    assert "(open symbols, L = 7: 6)" in figure.get_supxlabel()
    at = data.sel(L=7).isel(order=0, support=0)
    assert np.isnan(at["norm_error"].sel(labelling="overlap")).all()
    assert np.isfinite(at["norm_error"].sel(labelling="combined")).all()


def test_strengths_may_lack_the_smaller_ring():
    rows = [part.where((part["L"] == 7) | (part["Delta"] < 10)) for part in tables(COMPARED)]
    with styled():
        figure, _ = lbit_methods(*rows)
    medians = [len(axes.containers) for axes in figure.axes[3:5]]
    assert medians == [len(COMPARED), 0]


def test_the_front_has_a_point_for_each_labelling_size_and_strength(drawn):
    figure, data = drawn
    front = figure.axes[2]
    points = {
        (round(float(x), 6), round(float(y), 6))
        for line in front.lines
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }
    mean = data.mean("seed")
    for name in COMPARED:
        for L in (5, 7):
            for Delta in (7.5, 20.0):
                at = mean.sel(labelling=name, L=L, Delta=Delta)
                x = float(at["truncation_error"].sel(support=3))
                y = float(at["norm_error"].sel(order=4))
                assert (round(x, 6), round(y, 6)) in points


def test_shares_count_the_dynamics_that_are_reproduced(drawn):
    figure, _ = drawn
    sorted_share, overlap_share, _ = (
        container.lines[0].get_ydata() for container in figure.axes[8].containers
    )
    assert set(sorted_share) == {0.0}
    assert set(overlap_share) == {1.0}


def test_larger_rings_stand_beside_those_of_the_paper():
    with styled():
        figure, data = finite_size(made_tables.made_up("ring/locality", AT))
    assert figure.get_supxlabel().startswith("beyond goihl2018, Fig. 3 with larger rings")
    assert data["L"].values.tolist() == [5, 7]
