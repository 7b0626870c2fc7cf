import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.dynamics.growth import (
    bins,
    dephased_entropy,
    eigenstate_entropy,
    entropy_growth,
    evolve,
    evolve_lbits,
    lbit_entropy_growth,
    product_states,
)

TIMES = np.array([0.0, 0.1, 1.3, 20.0])
each_ring = pytest.mark.parametrize(("L", "disorder"), [(3, 1.0), (4, 7.5), (5, 1.0), (6, 20.0)])


def spins(L, count):
    return np.random.default_rng(L).integers(0, 2, (count, L))


def states_of(L, axis, count=3):
    return product_states(axis * L, spins(L, count))


def entropy_of(psi, cut):
    p = np.linalg.eigvalsh(dense.partial_trace(np.outer(psi, psi.conj()), range(cut)))
    p = p[p > 1e-14]
    return -(p * np.log(p)).sum()


@pytest.mark.parametrize("axes", ["zzzz", "xxxx", "zxzz", "xz"])
def test_product_states_are_eigenstates_of_every_spin(axes):
    L = len(axes)
    down = spins(L, 50)
    states = product_states(axes, down)
    np.testing.assert_allclose(np.linalg.norm(states, axis=1), 1, rtol=1e-14)
    for site, axis in enumerate(axes):
        turned = states @ dense.pauli(axis, site, L).T
        sign = np.einsum("ij,ij->i", states.conj(), turned).real
        np.testing.assert_allclose(turned, sign[:, None] * states, rtol=0, atol=1e-14)
        np.testing.assert_allclose(sign, 1 - 2 * down[:, site], rtol=0, atol=1e-14)
        assert set(down[:, site]) == {0, 1}


@each_ring
@pytest.mark.parametrize("axis", "xz")
def test_evolution_is_that_of_the_matrix_exponential(L, disorder, axis):
    ring = dense.ring(L, disorder, 0)
    states = states_of(L, axis)
    result = evolve(ring.vectors, ring.E, states[:, None], TIMES)
    for t, evolved in zip(TIMES, result.swapaxes(0, 1), strict=True):
        np.testing.assert_allclose(evolved, states @ expm(-1j * ring.H * t).T, rtol=0, atol=1e-11)


@pytest.mark.parametrize("axis", "xz")
def test_each_state_may_have_its_own_time(axis):
    ring = dense.ring(5, 7.5, 0)
    states = states_of(5, axis, len(TIMES))
    result = evolve(ring.vectors, ring.E, states, TIMES)
    for t, psi, evolved in zip(TIMES, states, result, strict=True):
        np.testing.assert_allclose(evolved, expm(-1j * ring.H * t) @ psi, rtol=0, atol=1e-11)


@each_ring
@pytest.mark.parametrize("axis", "xz")
def test_entropy_growth_from_product_states_of_p_bits(L, disorder, axis):
    ring = dense.ring(L, disorder, 0)
    states, cut = states_of(L, axis), L // 2
    result = entropy_growth(ring.vectors, ring.E, states, TIMES, cut)
    propagators = [expm(-1j * ring.H * t) for t in TIMES]
    expected = [[entropy_of(U @ psi, cut) for U in propagators] for psi in states]
    np.testing.assert_allclose(result, expected, rtol=0, atol=1e-10)
    np.testing.assert_allclose(result[:, 0], 0, rtol=0, atol=1e-12)


@each_ring
def test_entropy_growth_from_product_states_of_l_bits(L, disorder):
    ring = dense.ring(L, disorder, 0)
    label = np.random.default_rng(L).permutation(2**L)
    H = np.diag(ring.E[np.argsort(label)])  # in the basis of the l-bits
    states, cut = states_of(L, "x"), L // 2
    evolved = evolve_lbits(ring.E, label, states[:, None], TIMES)
    propagators = [expm(-1j * H * t) for t in TIMES]
    for t, U in enumerate(propagators):
        np.testing.assert_allclose(evolved[:, t], states @ U.T, rtol=0, atol=1e-11)
    result = lbit_entropy_growth(ring.E, label, states, TIMES, cut)
    expected = [[entropy_of(U @ psi, cut) for U in propagators] for psi in states]
    np.testing.assert_allclose(result, expected, rtol=0, atol=1e-10)


def test_l_bits_along_z_stay_as_they_are():
    ring = dense.ring(5, 7.5, 0)
    result = lbit_entropy_growth(ring.E, np.arange(32), states_of(5, "z"), TIMES, 2)
    np.testing.assert_allclose(result, 0, rtol=0, atol=1e-12)


def test_two_l_bits_are_maximally_entangled_at_a_quarter_turn():
    """J τᶻτᶻ takes |+⟩|+⟩ to entropy ln 2 at Jt = π/4 (and back at π/2)."""
    J = 0.3
    energy = J * np.array([1.0, -1.0, -1.0, 1.0])
    states = product_states("xx", np.array([[0, 0], [0, 1]]))
    times = np.array([0, np.pi / 4, np.pi / 2]) / J
    result = lbit_entropy_growth(energy, np.arange(4), states, times, 1)
    np.testing.assert_allclose(result, [[0, np.log(2), 0]] * 2, rtol=0, atol=1e-12)


@each_ring
@pytest.mark.parametrize("axis", "xz")
def test_dephased_entropy_is_that_of_the_diagonal_ensemble(L, disorder, axis):
    ring = dense.ring(L, disorder, 0)
    states = states_of(L, axis)
    for cut in range(1, L):
        expected = []
        for psi in states:
            rho = (ring.V * np.abs(ring.V.T @ psi) ** 2) @ ring.V.T
            p = np.linalg.eigvalsh(dense.partial_trace(rho, range(cut)))
            expected.append(-sum(x * np.log(x) for x in p if x > 1e-14))
        result = dephased_entropy(ring.vectors, states, cut)
        np.testing.assert_allclose(result, expected, rtol=0, atol=1e-11)


def test_mean_late_entropy_stays_below_the_dephased_one_and_near_it():
    ring = dense.ring(7, 1.0, 0)
    states = states_of(7, "x")
    times = np.random.default_rng(0).uniform(1e3, 1e6, 200)
    late = entropy_growth(ring.vectors, ring.E, states, times, 1).mean(axis=1)
    limit = dephased_entropy(ring.vectors, states, 1)
    assert (late < limit).all()
    np.testing.assert_allclose(late, limit, rtol=0.1)


@each_ring
def test_entropies_of_all_eigenstates(L, disorder):
    ring = dense.ring(L, disorder, 0)
    for cut in range(1, L):
        expected = [entropy_of(state, cut) for state in ring.V.T]
        result = eigenstate_entropy(ring.vectors, cut)
        np.testing.assert_allclose(result, expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("samples", [1, 2, 7])
def test_instants_of_all_bins_are_evenly_spaced_about_their_times(samples):
    times, instants = bins(0.1, 1e3, 9, samples)
    np.testing.assert_allclose(times, np.geomspace(0.1, 1e3, 9), rtol=1e-14)
    assert instants.shape == (9, samples)
    np.testing.assert_allclose(np.log(instants).mean(axis=1), np.log(times), rtol=0, atol=1e-13)
    steps = np.diff(np.log(instants.ravel()))
    np.testing.assert_allclose(steps, np.log(10) / 2 / samples, rtol=1e-10)


def test_averages_over_bins_do_not_alias_with_revivals():
    """Five times a decade meet revivals at (π/2)(1, 4, 10, 40) / J, and a slope that is none."""
    energy = np.array([1.0, -1.0, -1.0, 1.0])
    state = product_states("xx", np.array([[0, 0]]))
    slopes = {}
    for samples in (1, 8):
        for start in (1.0, 1.1, 1.25, 1.4):
            times, instants = bins(np.pi / 2 * start, np.pi / 2 * start * 100, 11, samples)
            entropy = lbit_entropy_growth(energy, np.arange(4), state, instants.ravel(), 1)
            means = entropy.reshape(11, samples).mean(axis=1)
            slopes.setdefault(samples, []).append(np.polyfit(np.log(times), means, 1)[0])
    assert np.ptp(slopes[1]) > 0.05
    assert np.ptp(slopes[8]) < np.ptp(slopes[1]) / 2
