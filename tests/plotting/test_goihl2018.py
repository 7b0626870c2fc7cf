"""Each figure from made-up statistics: what it shows is what it was given."""

import numpy as np
import pytest
import xarray as xr

from mbl.plotting.goihl2018 import FIGURES
from mbl.plotting.style import PALETTE, save_figure, scientific, sequence, styled

L = 7


def spread(dims, **coordinates):
    """Decaying numbers over a grid, none equal to another."""
    shape = [len(coordinates[dim]) for dim in dims]
    return (dims, np.exp(-np.linspace(0, 5, int(np.prod(shape)))).reshape(shape))


def with_errors(name, dims, **coordinates):
    values = spread(dims, **coordinates)
    return {name: values, f"{name}_error": (dims, 0.1 * values[1])}


def locality(sizes=(L,), strengths=(2.5, 10.0)):
    at = {"L": list(sizes), "Delta": list(strengths), "site": range(L), "support": [1, 3, 5, 7]}
    grid = ("L", "Delta")
    return xr.Dataset(
        {
            **with_errors("truncation_error", (*grid, "site", "support"), **at),
            **with_errors("mean_truncation_error", (*grid, "support"), **at),
            "realisations": (grid, np.full((len(sizes), len(strengths)), 12)),
        },
        at,
    )


def buffers():
    at = {"L": [L], "Delta": [2.5, 10.0], "threshold": [0.5, 0.8]}
    count = (("L", "Delta"), [[12, 20]])
    return xr.Dataset(
        {**with_errors("buffer", ("L", "Delta", "threshold"), **at), "realisations": count}, at
    )


def effective(strengths=(2.5, 10.0)):
    at = {"L": [L], "Delta": list(strengths), "order": range(1, L + 1), "extension": range(4)}
    return xr.Dataset(
        {
            **with_errors("norm_error", ("L", "Delta", "order"), **at),
            **with_errors("coupling", ("L", "Delta", "order", "extension"), **at),
            "realisations": (("L", "Delta"), np.full((1, len(strengths)), 12)),
        },
        at,
    )


def imbalance():
    at = {"rank": range(5), "hamiltonian": ["exact", "effective"], "time": np.linspace(0, 9, 10)}
    return xr.Dataset(
        {
            "imbalance": spread(tuple(at), **at),
            "norm_error": ("rank", np.array([0.1, 0.2, 0.3, 0.4, 0.5])),
        },
        {**at, "L": L, "Delta": 20.0, "seed": ("rank", np.arange(5)), "truncation_order": 4},
    )


def realisation():
    at = {
        "arrangement": ["eigensolver", "labelled", "ideal"],
        "site": range(L),
        "position": range(2**L),
    }
    return xr.Dataset(
        {"average": spread(tuple(at), **at)}, {**at, "L": L, "Delta": 20.0, "seed": 0}
    )


DATA = {
    "fig1": realisation,
    "fig2": locality,
    "fig3": lambda: locality(sizes=(5, 7)),
    "fig4": locality,
    "fig5": buffers,
    "fig6": effective,
    "fig7": lambda: effective(strengths=(20.0,)),
    "fig8": imbalance,
}
# Curves of means in all panels of a figure.
CURVES = {"fig1": 12, "fig2": 9, "fig3": 4, "fig4": 2, "fig5": 2, "fig6": 6, "fig7": 7, "fig8": 6}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_it_is(name):
    with styled():
        figure, drawn = FIGURES[name](DATA[name]())
    said = figure.get_supxlabel()
    assert said.startswith(f"goihl2018, Fig. {name[3:]}:")
    assert drawn.data_vars
    for axes in figure.axes:
        assert axes.get_ylabel() or axes.get_subplotspec().colspan.start > 0


@pytest.mark.parametrize("name", FIGURES)
def test_every_curve_is_there(name):
    with styled():
        figure, _ = FIGURES[name](DATA[name]())
    if name in ("fig1", "fig8"):
        assert sum(len(axes.lines) for axes in figure.axes) == CURVES[name]
    else:
        assert sum(len(axes.containers) for axes in figure.axes) == CURVES[name]


def test_errors_on_the_whole_ring_are_not_drawn():
    with styled():
        figure, _ = FIGURES["fig3"](DATA["fig3"]())
    small, large = (container.lines[0] for container in figure.axes[0].containers)
    assert list(small.get_xdata()) == [1, 3]
    assert list(large.get_xdata()) == [1, 3, 5]


@pytest.mark.parametrize("name", ["fig2", "fig5", "fig6"])
def test_the_papers_guide_to_the_eye(name):
    with styled():
        figure, _ = FIGURES[name](DATA[name]())
    for axes in figure.axes:
        assert any(list(line.get_xdata()) == [7.5, 7.5] for line in axes.lines)


def test_best_middle_and_worst_are_chosen_by_rank():
    with styled():
        _, drawn = FIGURES["fig8"](imbalance())
    assert list(drawn["norm_error"].values) == [0.1, 0.3, 0.5]


def test_counts_of_realisations_are_told_as_a_range():
    with styled():
        figure, _ = FIGURES["fig5"](buffers())
    assert "12–20 realisations" in figure.get_supxlabel()


def test_the_same_figure_gives_the_same_files(tmp_path):
    files = []
    for run in ("one", "two"):
        names = [tmp_path / f"{run}.{ending}" for ending in ("pdf", "png", "svg")]
        with styled():
            save_figure(FIGURES["fig5"](buffers())[0], *names, "Fig. 5", "{}")
        files.append([name.read_bytes() for name in names])
    assert files[0] == files[1]


@pytest.mark.parametrize(
    ("value", "text"), [(5.42e-7, r"5.4 \times 10^{-7}"), (0.234, "0.23"), (1.0, "1")]
)
def test_numbers_are_set_as_powers_of_ten(value, text):
    assert scientific(value) == text


def lightness(color):
    import matplotlib.colors as colors

    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in colors.to_rgb(color)]  # fmt: skip
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def test_colours_stand_out_on_white():
    for color in [*PALETTE, *sequence(6)]:
        assert 1.05 / (lightness(color) + 0.05) > 1.6


def test_an_ordered_family_goes_from_dark_to_light():
    tones = [lightness(color) for color in sequence(7)]
    assert tones == sorted(tones)
    assert min(np.diff(tones)) > 0.01
