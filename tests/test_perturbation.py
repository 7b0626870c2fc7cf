"""Perturbation theory against exact eigenstates of explicit Kronecker products."""

from itertools import combinations

import dense
import numpy as np
import pytest

from mbl.models.bubble import central_sector
from mbl.perturbation import (
    bond_correlations,
    exact_purities,
    flip_amplitudes,
    perturbative_magnetization,
    perturbative_purities,
    perturbative_purity,
    residual_correlation,
)

FIELDS = np.array([0.91, -0.52, 0.23, 1.48, -1.17])  # no two product states of a sector are close
INTERACTION = 0.137


def equation_9(fields, hopping, interaction):
    """H of eq. 9 with σ± = (σˣ ± iσʸ)/2: σ⁺σ⁻ + h.c. = (σˣσˣ + σʸσʸ)/2."""
    L = len(fields)
    z = [dense.pauli("z", i, L) for i in range(L)]
    H = sum(h * z[i] for i, h in enumerate(fields)).astype(complex)
    for i in range(L - 1):
        for axis in "xy":
            H += 0.5 * hopping * dense.pauli(axis, i, L) @ dense.pauli(axis, i + 1, L)
        H += interaction * z[i] @ z[i + 1]
    assert not H.imag.any()
    return H.real


def eigenstates(H):
    """Eigenvectors as columns, column b the one whose largest amplitude, positive, is on b."""
    L = len(H).bit_length() - 1
    V = np.zeros_like(H)
    for states in dense.sectors(L):
        _, vectors = np.linalg.eigh(H[np.ix_(states, states)])
        largest = np.abs(vectors).argmax(axis=0)
        assert len(set(largest)) == len(states)
        V[np.ix_(states, states[largest])] = vectors * np.sign(vectors[largest, range(len(states))])
    return V


def configurations(L):
    return 1.0 - 2.0 * dense.bits(L)


@pytest.mark.parametrize("interaction", [0.0, INTERACTION, -0.3])
def test_amplitudes_are_first_order_and_err_in_the_third(interaction):
    eta = configurations(5)
    errors = []
    for hopping in (0.004, 0.002):
        V = eigenstates(equation_9(FIELDS, hopping, interaction))
        exact = np.zeros((32, 4))
        for b in range(32):
            for bond in range(4):
                if eta[b, bond] != eta[b, bond + 1]:
                    exact[b, bond] = V[b ^ (0b11 << (3 - bond)), b] / V[b, b]
        errors.append(np.abs(exact - flip_amplitudes(eta, FIELDS, hopping, interaction)).max())
    assert errors[1] < 1e-6
    assert errors[0] / errors[1] == pytest.approx(8, rel=0.05)


@pytest.mark.parametrize("interaction", [0.0, INTERACTION, -0.3])
def test_magnetizations_err_in_the_fourth_order(interaction):
    eta = configurations(5)
    errors, effects = [], []
    for hopping in (0.02, 0.01):
        exact = np.square(eigenstates(equation_9(FIELDS, hopping, interaction))).T @ eta
        second = perturbative_magnetization(eta, FIELDS, hopping, interaction)
        errors.append(np.abs(exact - second).max())
        effects.append(np.abs(exact - eta).max())
    assert effects[0] / effects[1] == pytest.approx(4, rel=0.05)
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.1)


def test_purities_are_those_of_one_site_and_err_in_the_fourth_order():
    errors = []
    for hopping in (0.02, 0.01):
        V = eigenstates(equation_9(FIELDS, hopping, INTERACTION))
        reduced = [[dense.partial_trace(np.outer(v, v), [site]) for site in range(5)] for v in V.T]
        exact = np.einsum("bsij,bsji->bs", reduced, reduced)
        second = perturbative_purity(configurations(5), FIELDS, hopping, INTERACTION)
        errors.append(np.abs(exact - second).max())
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.1)


def test_two_sites_are_the_expansion_of_their_closed_form():
    h = np.array([0.4, -0.7])
    hopping = 0.01
    exact = 1 / np.sqrt(1 + (hopping / (h[0] - h[1])) ** 2)
    second = perturbative_magnetization(np.array([[1.0, -1.0], [1.0, 1.0]]), h, hopping, 0.3)
    np.testing.assert_allclose(second[0], [exact, -exact], atol=1e-8)
    np.testing.assert_array_equal(second[1], [1.0, 1.0])


def test_without_interaction_it_is_equation_21_with_an_eighth_of_its_prefactor():
    L, hopping = 6, 0.05
    fields = np.random.default_rng(0).uniform(-1, 1, L)
    eta = configurations(L)
    expected = np.ones_like(eta)
    for i in range(L):
        for j in (i - 1, i + 1):
            if 0 <= j < L:
                expected[:, i] -= (
                    0.5 * (hopping / (fields[j] - fields[i])) ** 2 * (1 - eta[:, i] * eta[:, j])
                )
    second = perturbative_purity(eta, fields, hopping, 0.0)
    np.testing.assert_allclose(2 * second - 1, expected, rtol=1e-12)


def half_spin_chain(fields, disorder, anisotropy):
    """Eq. 2 in spin-1/2 operators."""
    L = len(fields)
    spin = {axis: [0.5 * dense.pauli(axis, i, L) for i in range(L)] for axis in "xyz"}
    H = sum(disorder * h * spin["z"][i] for i, h in enumerate(fields)).astype(complex)
    for i in range(L - 1):
        for axis, weight in (("x", 1.0), ("y", 1.0), ("z", anisotropy)):
            H += weight * spin[axis][i] @ spin[axis][i + 1]
    return H.real


@pytest.mark.parametrize("anisotropy", [1.0, 0.3])
def test_exact_purities_are_traces_of_squared_density_matrices(anisotropy):
    fields, L = FIELDS[:4] / 1.5, 4
    states = central_sector(L)
    V = eigenstates(half_spin_chain(fields, 12.0, anisotropy))[:, states]
    expected = [
        [np.trace(np.linalg.matrix_power(dense.partial_trace(np.outer(v, v), [site]), 2))
         for site in range(L)] for v in V.T
    ]  # fmt: skip
    found = exact_purities(states, fields, 12.0, anisotropy)
    np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("anisotropy", [0.0, 1.0, 2.0])
def test_at_strong_disorder_the_chain_of_the_paper_errs_in_the_fourth_order(anisotropy):
    fields = np.random.default_rng(316).uniform(-1, 1, 8)  # far from resonances
    states = central_sector(8)
    errors, effects = [], []
    for W in (320.0, 640.0):
        exact = exact_purities(states, fields, W, anisotropy)
        errors.append(np.abs(exact - perturbative_purities(states, fields, W, anisotropy)).max())
        effects.append((1 - exact).max())
    assert effects[0] / effects[1] == pytest.approx(4, rel=0.05)
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.1)


@pytest.mark.parametrize("L", [4, 6, 8, 10])
def test_residual_correlation_is_that_of_all_states_without_magnetization(L):
    eta = 1 - 2 * dense.bits(L)
    eta = eta[eta.sum(axis=1) == 0]
    bonds = eta[:, :-1] * eta[:, 1:]
    for i, j in combinations(range(L - 1), 2):
        if j > i + 1:
            connected = (bonds[:, i] * bonds[:, j]).mean() - bonds[:, i].mean() * bonds[:, j].mean()
            assert connected == pytest.approx(residual_correlation(L), rel=1e-12)


def test_residual_correlation_tends_to_the_papers_limit():
    assert residual_correlation(2000) * 2000**2 == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize("L", [4, 6, 8])
def test_bond_correlations_are_those_of_all_pairs_of_bonds(L):
    found = bond_correlations(L)
    assert found.shape == ((L - 2) * (L - 3) // 2,)
    np.testing.assert_allclose(found, residual_correlation(L), rtol=1e-12)
