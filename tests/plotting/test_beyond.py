import numpy as np
import pytest
import xarray as xr

from mbl.plotting.beyond import FIGURES, REPRODUCED
from mbl.plotting.style import styled

LABELLINGS = ["sorted", "overlap", "combined"]


def labellings(sizes=(5, 7)):
    rng = np.random.default_rng(0)
    at = {
        "labelling": LABELLINGS,
        "L": list(sizes),
        "Delta": [7.5, 20.0],
        "seed": range(6),
        "support": [1, 3, 5],
        "order": range(1, 6),
        "extension": range(3),
    }
    of_seed = ("labelling", "L", "Delta", "seed")
    kinds = ("labelling", "L", "Delta", "order", "extension")

    def random(*dims):
        return dims, 0.01 + rng.random([len(at[dim]) for dim in dims])

    data = xr.Dataset(
        {
            "truncation_error": random(*of_seed, "support"),
            "norm_error": random(*of_seed, "order"),
            "imbalance_error": random(*of_seed),
            "coupling": random(*kinds),
            "coupling_error": random(*kinds),
        },
        at,
    )
    data["imbalance_error"][0] = 2 * REPRODUCED
    data["imbalance_error"][1] = 0.5 * REPRODUCED
    return data


@pytest.fixture(scope="module")
def drawn():
    with styled():
        return FIGURES["lbit_methods"](labellings())


def test_it_says_what_it_is(drawn):
    figure, data = drawn
    said = figure.get_supxlabel()
    assert said.startswith("beyond goihl2018: L = 5, 6 realisations (open symbols, L = 7: 6)")
    assert set(data["labelling"].values) == set(LABELLINGS)


def test_every_labelling_is_in_every_panel(drawn):
    figure, _ = drawn
    panels = figure.axes[:9]
    for axes in panels:
        assert len({line.get_color() for line in axes.lines}) >= len(LABELLINGS)


def test_the_front_has_a_point_for_each_labelling_size_and_strength(drawn):
    figure, data = drawn
    front = figure.axes[2]
    points = {
        (round(float(x), 6), round(float(y), 6))
        for line in front.lines
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }
    mean = data.mean("seed")
    for name in LABELLINGS:
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
