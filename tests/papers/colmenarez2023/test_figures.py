"""Each figure from made-up rows: what it shows is what it was given."""

import numpy as np
import pytest
from made_chains import SEEDS, crossing_at, inclusion, perturbation, rows

from mbl.ensembles.midspectrum import densities
from mbl.ensembles.rows import averaged, key_of
from mbl.papers.colmenarez2023 import figures, setup, supplement, theory
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
# Curves with errors in all panels of a figure, insets included.
CURVES = {
    figures.fig2: 6,
    figures.fig3: 8,
    figures.fig4: 8,
    figures.fig5: 16,
    supplement.fig6: 4,
    supplement.fig8: 4,
    supplement.fig9: 6,
    theory.theory: 2,
}


def draw(figure):
    tables, options = DRAWN[figure]
    with styled():
        return figure(*(make() for make in tables), **options)


def all_axes(drawing):
    return [*drawing.axes, *(inset for axes in drawing.axes for inset in axes.child_axes)]


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
    assert sum(len(axes.containers) for axes in all_axes(drawing)) == CURVES[figure]


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


def test_without_any_crossing_there_is_no_inset():
    with styled():
        drawing, drawn = figures.fig2(inclusion(STRENGTHS))
    assert len(all_axes(drawing)) == 2
    assert np.isnan(drawn["crossing"]).all()


def test_correlations_leave_out_that_of_a_site_with_itself():
    drawing, drawn = draw(figures.fig5)
    (curve, *_) = drawing.axes[0].containers[0].lines
    assert list(curve.get_xdata()) == [1, 2]
    np.testing.assert_allclose(drawn["correlation"].sel(distance=0), 1)


def test_black_is_the_middle_of_the_chain_alone():
    drawing, _ = draw(supplement.fig7)
    expected = key_of(densities(chains()), n=0, L=10, W=4.4)["density"].sel(distance=4)
    (black,) = (line for line in drawing.axes[0].lines if line.get_color() == "k")
    np.testing.assert_allclose(black.get_ydata(), expected)


def test_fits_start_at_the_measured_response():
    drawing, drawn = draw(supplement.fig9)
    data = averaged(chains(), ["purity", "bulk_purity"])
    for W, line in zip(STRENGTHS, drawing.axes[0].containers, strict=True):
        alone, bubble = key_of(data, n=0, L=10, W=W), key_of(data, n=4, L=8, W=W)
        expected = alone["bulk_purity"] - bubble["purity"][:4]
        np.testing.assert_allclose(line.lines[0].get_ydata(), expected)
    assert set(drawn["L"].values) == {6, 8}
