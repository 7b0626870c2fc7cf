from functools import reduce

import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.dynamics.diagonal import (
    couplings_across,
    diagonal_entropy,
    diagonal_growth,
    growth_bound,
    growth_rates,
    product_state,
    spin_purity,
    two_spin_density_matrix,
    two_spin_purity,
)
from mbl.models.fixed_point import coupling_draws, coupling_scales, diagonal_energies, extent

TIMES = np.geomspace(0.1, 1e4, 12)


def entropy(matrix):
    p = np.linalg.eigvalsh(matrix)
    p = p[p > 1e-15]
    return -(p * np.log(p)).sum()


def couplings(L, seed, length=1.0, order_decay=0.5):
    draws = coupling_draws(L, np.random.default_rng(seed))
    return draws * coupling_scales(L, length, order_decay)


@pytest.mark.parametrize("down", [0.0, 0.2, 0.5])
def test_product_state_is_a_kronecker_power(down):
    spin = [np.sqrt(1 - down), np.sqrt(down)]
    np.testing.assert_allclose(product_state(5, down), reduce(np.kron, [spin] * 5), atol=1e-15)


@pytest.mark.parametrize("cut", [1, 2, 4])
@pytest.mark.parametrize("seed", [0, 1])
def test_growth_is_that_of_the_reduced_density_matrix(cut, seed):
    energies = diagonal_energies(couplings(5, seed))
    rng = np.random.default_rng(seed)
    state = rng.normal(size=32) + 1j * rng.normal(size=32)
    state /= np.linalg.norm(state)
    result = diagonal_growth(energies, state, TIMES, cut)
    for time, S in zip(TIMES, result, strict=True):
        psi = expm(-1j * np.diag(energies) * time) @ state
        rho = dense.partial_trace(np.outer(psi, psi.conj()), range(cut))
        assert entropy(rho) == pytest.approx(S, abs=1e-9)


def test_diagonal_entropy_is_that_after_measuring_every_z():
    L, cut = 5, 3
    state = np.random.default_rng(0).normal(size=2**L) + 0.5j
    state /= np.linalg.norm(state)
    rho = dense.partial_trace(np.outer(state, state.conj()), range(cut))
    measured = np.zeros_like(rho)
    for x in dense.bits(cut):  # eqs. 3.15 and 3.16
        M = reduce(np.kron, [np.diag([1 - bit, bit]) for bit in x])
        measured += M @ rho @ M.T
    assert diagonal_entropy(state, cut) == pytest.approx(entropy(measured), abs=1e-12)


@pytest.mark.parametrize("down", [0.1, 0.5])
def test_diagonal_entropy_of_a_product_state_is_the_spins_own(down):
    s = -(down * np.log(down) + (1 - down) * np.log(1 - down))
    assert diagonal_entropy(product_state(7, down), 4) == pytest.approx(4 * s)


@pytest.mark.parametrize("down", [0.2, 0.5])
@pytest.mark.parametrize("length", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("cut", [2, 4])
def test_growth_stays_below_its_bound_and_the_diagonal_entropy(down, length, cut):
    L = 8
    J = couplings(L, 0, length)
    state = product_state(L, down)
    grown = diagonal_growth(diagonal_energies(J), state, TIMES, cut)
    bound = growth_bound(J, TIMES, cut, float(diagonal_entropy(state, 1)))
    assert (grown <= bound + 1e-12).all()
    assert (grown <= diagonal_entropy(state, cut) + 1e-12).all()
    assert bound[-1] == pytest.approx(float(diagonal_entropy(state, cut)))


def test_growth_bound_by_hand():
    # Three sites, cut after the first: J across of extent 1 is 0.4, of extent 2 is 0.1 + 0.02.
    J = np.zeros(8)
    J[0b110], J[0b101], J[0b111], J[0b011], J[0b100] = -0.4, 0.1, 0.02, 9, 9
    c = 2 * 0.6627434193491816
    times = np.array([0.0, 0.5, 1e3])
    expected = [0, c / 4 * 0.5 * 0.52, np.log(2)]
    np.testing.assert_allclose(growth_bound(J, times, 1, np.log(2)), expected, rtol=1e-12)


@pytest.mark.parametrize("site", [0, 2, 4])
def test_spin_purity_is_that_of_the_partial_trace(site):
    energies = diagonal_energies(couplings(5, 0))
    rng = np.random.default_rng(0)
    state = rng.normal(size=32) + 1j * rng.normal(size=32)
    state /= np.linalg.norm(state)
    for time, purity in zip(TIMES, spin_purity(energies, state, TIMES, site), strict=True):
        psi = np.exp(-1j * energies * time) * state
        rho = dense.partial_trace(np.outer(psi, psi.conj()), [site])
        assert np.trace(rho @ rho).real == pytest.approx(purity, abs=1e-12)


def test_no_interactions_no_entanglement():
    draws = coupling_draws(6, np.random.default_rng(0))
    energies = diagonal_energies(draws * coupling_scales(6, 0.0, 0.5))
    grown = diagonal_growth(energies, product_state(6), TIMES, 3)
    np.testing.assert_allclose(grown, 0, atol=1e-9)


@pytest.mark.parametrize(("L", "cut"), [(6, 3), (7, 3), (7, 4)])
@pytest.mark.parametrize("reach", [1, 2, 3])
def test_a_finite_range_entangles_as_the_whole_chain_cut_off_there(L, cut, reach):
    J = couplings(L, 1)
    words, right = np.arange(2**L), 2 ** (L - cut)
    beyond = (words >= right) & (words % right > 0) & (extent(words) > reach)
    whole = diagonal_growth(diagonal_energies(np.where(beyond, 0, J)), product_state(L), TIMES, cut)
    across = couplings_across(J, cut, reach)
    assert across.shape == (4**reach,)
    grown = diagonal_growth(diagonal_energies(across), product_state(2 * reach), TIMES, reach)
    np.testing.assert_allclose(grown, whole, rtol=0, atol=1e-9)
    assert (grown <= reach * np.log(2) + 1e-12).all()


def test_nearest_neighbours_entangle_as_two_spins_do():
    J = couplings(6, 2)
    across = couplings_across(J, 3, 1)
    np.testing.assert_array_equal(across, [0, 0, 0, J[0b001100]])
    grown = diagonal_growth(diagonal_energies(across), product_state(2), TIMES, 1)
    weights = (1 + np.cos(J[0b001100] * TIMES / 2)) / 2  # of eq. 3.12
    expected = -(weights * np.log(weights) + (1 - weights) * np.log(1 - weights))
    np.testing.assert_allclose(grown, expected, rtol=0, atol=1e-9)


def test_growth_rates_of_straight_lines():
    times = np.geomspace(1, 1e6, 40)
    slopes = np.array([0.5, 0.7, 0.9])
    entropies = np.clip(slopes[:, None] * (np.log(times) - 3), 0, 7)
    np.testing.assert_allclose(growth_rates(times, entropies, 0.5, 5), slopes, rtol=1e-12)


def test_growth_rates_are_of_the_first_passage_through_the_window():
    times = np.geomspace(1, 1e6, 40)
    straight = 0.5 * np.log(times)
    later = np.where(times > 1e5, 3.0, straight)  # back inside the window
    assert growth_rates(times, later[None], 1, 5)[0] == pytest.approx(0.5)
    assert np.isnan(growth_rates(times, straight[None], 1, 8)).all()  # never reached
    assert np.isnan(growth_rates(times, straight[None], 1, 1.1)).all()  # within a time


@pytest.mark.parametrize("J2", [0.0, 1.7])
def test_two_spins_follow_the_closed_form(J2):
    J1, J12 = 0.9, 0.37
    times = np.linspace(0, 4 * np.pi / J12, 13)
    energies = diagonal_energies(np.array([0, J2, J1, J12]))
    matrices = two_spin_density_matrix(J1, J12, times)
    grown = diagonal_growth(energies, product_state(2), times, 1)
    purity = two_spin_purity(J12 * times)
    for t, rho, S, gamma in zip(times, matrices, grown, purity, strict=True):
        psi = np.exp(-1j * energies * t) / 2
        expected = dense.partial_trace(np.outer(psi, psi.conj()), [0])
        np.testing.assert_allclose(rho, expected, rtol=0, atol=1e-13)
        assert entropy(rho) == pytest.approx(S, abs=1e-9)
        assert np.trace(rho @ rho).real == pytest.approx(gamma, abs=1e-13)


def test_two_spins_are_maximally_mixed_at_phase_pi_and_pure_again_at_two_pi():
    mixed, pure = two_spin_density_matrix(0.3, 1.0, np.array([np.pi, 2 * np.pi]))
    np.testing.assert_allclose(mixed, np.eye(2) / 2, rtol=0, atol=1e-15)
    np.testing.assert_allclose(pure @ pure, pure, rtol=0, atol=1e-14)
    np.testing.assert_allclose(two_spin_purity(np.pi * np.arange(3)), [1, 0.5, 1], atol=1e-15)
