"""Filtered Lanczos against dense diagonalisation, and its parts against closed forms."""

import numpy as np
import pytest
import scipy.sparse as sp

from mbl.models.bubble import bubble_chain, bubble_matrices, central_sector, chain
from mbl.solvers import methods
from mbl.solvers.filtered import (
    EDGE,
    SIDELOBES,
    chebyshev_sum,
    delta_series,
    density_of_states,
    filter_order,
    filtered_pairs,
)
from mbl.solvers.midspectrum import central_eigenpairs


def system(L, n, seed=0, W=4.0):
    rng = np.random.default_rng(seed)
    states, fields = central_sector(L), rng.uniform(-1, 1, L)
    if not n:
        return chain(states, fields, W)
    return bubble_chain(states, fields, W, bubble_matrices(rng.standard_normal((3, n, n)), 0.6))


@pytest.mark.parametrize(("L", "n", "k"), [(10, 4, 30), (9, 3, 20), (12, 0, 40), (11, 0, 5)])
def test_the_window_is_that_of_dense_diagonalisation(L, n, k, monkeypatch):
    H = system(L, n)
    monkeypatch.setattr(methods, "DENSE_BELOW", 10**6)
    expected = central_eigenpairs(H, k, None, certify=False)
    monkeypatch.setattr(methods, "DENSE_BELOW", 0)
    found = central_eigenpairs(H, k, None, certify=False)
    np.testing.assert_allclose(found.energies, expected.energies, rtol=0, atol=1e-10)
    overlaps = np.abs(np.sum(found.vectors * expected.vectors, axis=1))
    np.testing.assert_allclose(overlaps, 1, rtol=0, atol=1e-10)
    assert found.residuals.max() < 1e-8
    assert found.counted is None


@pytest.mark.parametrize("fraction", [0.3, 0.5, 0.8])
def test_any_energy_inside_the_spectrum_will_do(fraction):
    H = system(10, 0)
    levels = np.linalg.eigvalsh(H.toarray())
    energy = levels[0] + fraction * (levels[-1] - levels[0])
    rng = np.random.default_rng(1)
    energies, _ = filtered_pairs(H, energy, 8, (levels[0], levels[-1]), rng)
    expected = np.sort(levels[np.argsort(np.abs(levels - energy))[:8]])
    np.testing.assert_allclose(energies, expected, rtol=0, atol=1e-10)


def test_levels_at_equal_distances_on_both_sides_are_told_apart():
    """The filter takes the same value at both: only H distinguishes them."""
    levels = np.arange(-150.0, 151.0)
    H = sp.diags_array(levels, format="csr")
    energies, vectors = filtered_pairs(H, 0.0, 7, (-150.0, 150.0), np.random.default_rng(0))
    np.testing.assert_allclose(energies, np.arange(-3.0, 4.0), rtol=0, atol=1e-10)
    assert np.count_nonzero(np.abs(vectors) > 1e-6) == 7


def test_a_gap_at_the_centre_is_bridged_by_a_wider_filter():
    """Few levels where many are expected: the order is lowered until all wanted ones fit."""
    side = np.linspace(0.2, 1.0, 150)
    H = sp.diags_array(np.concatenate([-side, side]), format="csr")
    energies, _ = filtered_pairs(H, 0.0, 6, (-1.0, 1.0), np.random.default_rng(0))
    np.testing.assert_allclose(energies, np.concatenate([-side[2::-1], side[:3]]), atol=1e-10)


def test_a_certificate_needs_a_factor(monkeypatch):
    monkeypatch.setattr(methods, "DENSE_BELOW", 0)
    with pytest.raises(ValueError, match="no factor"):
        central_eigenpairs(system(8, 0), 5, None, certify=True)


@pytest.mark.parametrize("target", [0.0, 0.3])
def test_the_sum_is_the_polynomial_of_the_levels(target):
    levels = np.linspace(-1, 1, 2001)
    series = delta_series(target, 60)
    one = chebyshev_sum(sp.diags_array(levels, format="csr"), series, np.ones((2, 2001)))
    exact = np.polynomial.chebyshev.chebval(levels, series)
    np.testing.assert_allclose(one, [exact, exact], rtol=0, atol=1e-12)
    assert levels[np.argmax(exact)] == pytest.approx(target, abs=2e-3)
    assert exact.max() == pytest.approx(1, abs=1e-3)


def test_the_filter_has_the_width_and_the_lobes_that_are_assumed():
    reach = 0.01
    order = filter_order(0.0, reach)
    x = np.linspace(-0.2, 0.2, 20001)
    value = np.polynomial.chebyshev.chebval(x, delta_series(0.0, order))
    assert value.max() == pytest.approx(1, abs=1e-9)
    at_reach = np.polynomial.chebyshev.chebval(reach, delta_series(0.0, order))
    assert at_reach == pytest.approx(EDGE, abs=0.01)
    beyond = value[np.abs(x) > 2 * reach]
    np.testing.assert_allclose([beyond.min(), beyond.max()], SIDELOBES, rtol=0, atol=0.006)


def test_the_density_of_states_is_that_of_the_levels():
    rng = np.random.default_rng(0)
    levels = np.cos(np.pi * (np.arange(4000) + 0.5) / 4000)  # density 1/(π √(1 − x²))
    scaled = sp.diags_array(levels, format="csr")
    for x in (-0.5, 0.0, 0.7):
        assert density_of_states(scaled, x, rng) == pytest.approx(
            1 / (np.pi * np.sqrt(1 - x * x)), rel=0.05
        )
