"""Each figure from made-up rows: what it shows is what it was given."""

import numpy as np
import pytest
from made_chains import SEEDS, crossing_at, inclusion, perturbation, responding, rows, with_response
from matplotlib.patches import StepPatch

from mbl.ensembles.midspectrum import densities
from mbl.ensembles.rows import averaged, key_of
from mbl.papers.colmenarez2023 import figures, setup, supplement, theory
from mbl.papers.colmenarez2023.shared import RESPONSE
from mbl.plotting.style import styled

STRENGTHS = (4.4, 5.2, 6.0, 8.0)


def chains():
    return inclusion(
        STRENGTHS,
        gap_ratio=crossing_at(5.0, 5.6),
        purity=lambda n, L, W: 0.6 + 0.02 * W + 0.01 * np.arange((L + 1) // 2),
        bulk_purity=lambda n, L, W: 0.65 + 0.02 * W + 0.001 * L,
    )


def bandwidths():
    return rows([(n, 8, W, b) for n in (3, 4) for W in (1.0, 4.0) for b in (0.2, 0.6, 1.0)])


def bubbles():
    return rows([(n, 8, W, 0.6) for n in (0, 3, 4, 8) for W in (4.0, 8.0)])


def compared():
    return perturbation((8.0, 16.0, 32.0))


DRAWN = {
    setup.fig1: ((), {"L": 8}),
    figures.fig2: ((chains,), {}),
    figures.fig3: ((chains,), {"sizes": [6, 8]}),
    figures.fig4: ((chains,), {"distance": 2}),
    figures.fig5: ((chains,), {"strengths": list(STRENGTHS)}),
    supplement.fig6: ((bandwidths,), {"beta": {"n=3": 0.55, "n=4": 0.6}}),
    supplement.fig7: ((chains,), {"size": 8, "strengths": [4.4, 8.0]}),
    supplement.fig8: ((bubbles,), {"distances": [0, 2]}),
    supplement.fig9: ((chains,), {"sizes": [6, 8]}),
    theory.theory: ((chains, compared), {"size": 8, "strengths": [4.4, 8.0]}),
}
# Curves with errors in all panels of a figure.
CURVES = {
    figures.fig2: 6,
    figures.fig3: 8,
    figures.fig4: 8,
    figures.fig5: 16,
    supplement.fig6: 4,
    supplement.fig8: 4,
    supplement.fig9: 10,
    theory.theory: 2,
}


def draw(figure):
    tables, options = DRAWN[figure]
    with styled():
        return figure(*(make() for make in tables), **options)


@pytest.mark.parametrize("figure", DRAWN, ids=lambda figure: figure.__name__)
def test_a_figure_says_what_it_is(figure):
    drawing, drawn = draw(figure)
    name, said = figure.__name__, drawing.get_supxlabel()
    place = "eq. 6 and SM E" if name == "theory" else f"Fig. {name[3:]}:"
    assert said.startswith(f"colmenarez2023, {place}")
    assert name == "fig1" or f"{SEEDS} realisations" in said
    assert drawn.data_vars
    assert "seed" not in drawn.dims
    if name != "fig1":
        assert any(axes.get_ylabel() for axes in drawing.axes)
        assert drawn["realisations"].values.tolist() == [SEEDS] * drawn.sizes["key"]


@pytest.mark.parametrize("figure", CURVES, ids=lambda figure: figure.__name__)
def test_every_curve_is_there(figure):
    drawing, _ = draw(figure)
    assert sum(len(axes.containers) for axes in drawing.axes) == CURVES[figure]


def test_bands_are_the_chains_two_sites_longer():
    drawing, drawn = draw(figures.fig3)
    for axes, L in zip(drawing.axes, (6, 8), strict=True):
        expected = [0.65 + 0.02 * W + 0.001 * (L + 2) for W in STRENGTHS]
        bands = [patch.get_y() + 0.5 * patch.get_height() for patch in axes.patches]
        np.testing.assert_allclose(bands, expected)
    assert set(drawn["L"].values) == {6, 8, 10}


def test_the_chosen_bandwidth_is_marked():
    drawing, _ = draw(supplement.fig6)
    for axes, beta in zip(drawing.axes, (0.55, 0.6), strict=True):
        assert any(list(line.get_xdata()) == [beta, beta] for line in axes.lines)


def test_crossings_have_a_panel_of_their_own_where_there_are_any():
    drawing, _ = draw(figures.fig2)
    assert [tick.get_text() for tick in drawing.axes[2].get_xticklabels()] == ["1/6", "1/8"]
    with styled():
        apart = inclusion(STRENGTHS, gap_ratio=lambda n, L, W: 0.3 + 0.02 * L)
        drawing, drawn = figures.fig2(apart)
    assert len(drawing.axes) == 2
    assert np.isnan(drawn["crossing"]).all()


def test_correlations_leave_out_that_of_a_site_with_itself():
    drawing, drawn = draw(figures.fig5)
    (curve, *_) = drawing.axes[0].containers[0].lines
    assert list(curve.get_xdata()) == [1, 2]
    np.testing.assert_allclose(drawn["correlation"].sel(distance=0), 1)


def test_bands_are_named():
    drawing, _ = draw(figures.fig3)
    assert [text.get_text() for text in drawing.legends[0].get_texts()][-1] == "alone"


def test_black_is_the_middle_of_the_chain_alone():
    drawing, _ = draw(supplement.fig7)
    expected = key_of(densities(chains()), n=0, L=10, W=4.4)["density"].sel(distance=4)
    steps = [one for one in drawing.axes[0].patches if isinstance(one, StepPatch)]
    (black,) = (one for one in steps if one.get_label() == "alone")
    np.testing.assert_allclose(black.get_data().values, expected)
    np.testing.assert_allclose(black.get_data().edges[[0, -1]], [-0.5, 0.5])  # all bins are whole


def test_the_response_is_to_the_same_site_of_the_chain_alone():
    """Beside it what the paper's comparison with the bulk would add."""
    drawing, drawn = draw(supplement.fig9)
    data = averaged(chains(), ["purity", "bulk_purity"])
    far, edge = (
        next(axes for axes in drawing.axes if axes.get_ylabel() == label)
        for label in (RESPONSE, "bulk less site, alone")
    )
    for W, response, added in zip(STRENGTHS, far.containers, edge.containers, strict=True):
        alone, bubble = key_of(data, n=0, L=10, W=W), key_of(data, n=4, L=8, W=W)
        beside = alone["purity"][1:5].values
        expected = beside - bubble["purity"][:4].values
        np.testing.assert_allclose(response.lines[0].get_ydata(), expected)
        expected = alone["bulk_purity"].item() - beside
        np.testing.assert_allclose(added.lines[0].get_ydata(), expected)
    assert set(drawn["L"].values) == {6, 8}


def test_an_asymptote_that_the_data_do_not_tell_is_left_out():
    """That of a decay over eight distances is told, that of two distances is not."""
    for chains, sizes, told in ((responding(0.03, 4.4, 5.2), [16], 2), (chains_of_two(), [4], 0)):
        with styled():
            drawing, _ = supplement.fig9(chains, sizes=sizes)
        (axes,) = (one for one in drawing.axes if one.get_ylabel() == r"$\gamma_0$")
        (shown,) = (one.lines[0].get_ydata() for one in axes.containers)
        low, high = axes.get_ylim()
        assert len(shown) == told
        assert ((low < shown) & (shown < high)).all()


def chains_of_two():
    return with_response(0.1, 0.05, L=4)
