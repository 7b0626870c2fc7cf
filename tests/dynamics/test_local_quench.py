"""A quench of the first spin of an eigenstate against evolution by matrix exponentials."""

import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.dynamics.local_quench import (
    distance_bounds,
    energies_beyond,
    entropies_beyond,
    entropy_bounds,
    evolved,
    flip_bounds,
    flip_probabilities,
    parts_beyond,
    quenched_amplitudes,
)
from mbl.models.fixed_point import (
    coupling_draws,
    coupling_scales,
    diagonal_energies,
    hamiltonian,
    local_hamiltonian,
    local_terms,
)

TIMES = np.array([0.0, 0.7, 30.0, 1e3])


class Model:
    def __init__(self, L, seed, strength=0.5):
        rng = np.random.default_rng(seed)
        self.L = L
        self.energies = diagonal_energies(coupling_draws(L, rng) * coupling_scales(L, 1.0, 0.5))
        self.terms = strength * local_terms(L, rng)
        self.U = expm(-1j * local_hamiltonian(self.terms).toarray())
        self.H = hamiltonian(self.energies, self.U)

    def quenched(self, label, time):
        """e^{−iHt} X₀ U|n⟩."""
        start = dense.pauli("x", 0, self.L) @ self.U[:, label]
        return expm(-1j * self.H * time) @ start


def entropy(rho):
    p = np.linalg.eigvalsh(rho)
    p = p[p > 1e-15]
    return -(p * np.log(p)).sum()


def projector(label, site, L):
    """On spin `site` not being what it is in |n⟩."""
    sign = 1 - 2 * (label >> (L - 1 - site) & 1)
    return (np.eye(2**L) - sign * dense.pauli("z", site, L)) / 2


@pytest.mark.parametrize("L", [3, 5])
def test_states_are_those_of_the_schroedinger_equation(L):
    model, labels = Model(L, 0), np.array([1, 6])
    states = evolved(model.U, model.energies, quenched_amplitudes(model.U, labels), TIMES)
    for label, of_label in zip(labels, states, strict=True):
        for time, state in zip(TIMES, of_label, strict=True):
            expected = model.quenched(label, time)
            np.testing.assert_allclose(state, expected, rtol=0, atol=1e-9)


def test_flips_are_expectations_of_dressed_projectors_at_all_times():
    L, labels = 5, np.array([0, 13, 22])
    model = Model(L, 1)
    flips = flip_probabilities(quenched_amplitudes(model.U, labels), labels)
    for label, row in zip(labels, flips, strict=True):
        for time in TIMES:
            state = model.U.conj().T @ model.quenched(label, time)
            expected = [np.vdot(state, projector(label, site, L) @ state).real for site in range(L)]
            np.testing.assert_allclose(row, expected, rtol=0, atol=1e-12)


def test_energies_beyond_are_those_of_what_is_left_of_h_under_a_trace():
    L = 5
    model = Model(L, 2)
    states = np.stack([model.quenched(3, time) for time in TIMES])
    energies, widths = energies_beyond(model.H, states)
    for d, part in enumerate(parts_beyond(model.H)):
        left = dense.partial_trace(model.H, range(d, L)) / 2**d
        np.testing.assert_allclose(part, left, rtol=0, atol=1e-12)
        on_all = np.kron(np.eye(2**d), left)
        expected = [np.vdot(state, on_all @ state).real for state in states]
        np.testing.assert_allclose(energies[:, d], expected, rtol=0, atol=1e-12)
        levels = np.linalg.eigvalsh(left)
        assert widths[d] == pytest.approx(np.ptp(levels))
    assert np.ptp(energies[:, 0]) < 1e-9  # of the whole chain it is conserved


def test_entropies_beyond_are_those_of_partial_traces():
    L = 5
    model = Model(L, 3)
    states = np.stack([model.quenched(9, time) for time in TIMES])
    found = entropies_beyond(states)
    np.testing.assert_array_equal(found[:, 0], 0)
    for state, row in zip(states, found, strict=True):
        rho = np.outer(state, state.conj())
        expected = [entropy(dense.partial_trace(rho, range(d, L))) for d in range(1, L)]
        np.testing.assert_allclose(row[1:], expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("strength", [0.1, 0.3, 0.5])
def test_all_that_is_far_stays_within_its_bounds(strength):
    L = 6
    model = Model(L, 4, strength)
    distances, flips = distance_bounds(model.terms), flip_bounds(model.terms)
    entropies = entropy_bounds(distances)
    assert distances[-1] < 0.4  # there is something to bound
    for label in (0, 21, 46):
        amplitudes = quenched_amplitudes(model.U, np.array([label]))
        assert (flip_probabilities(amplitudes, np.array([label])) <= flips + 1e-12).all()
        before = np.outer(model.U[:, label], model.U[:, label].conj())
        for state in evolved(model.U, model.energies, amplitudes, TIMES)[0]:
            after = np.outer(state, state.conj())
            for d in range(1, L):
                parts = [dense.partial_trace(rho, range(d, L)) for rho in (before, after)]
                apart = np.abs(np.linalg.eigvalsh(parts[1] - parts[0])).sum() / 2
                assert apart <= distances[d] + 1e-12
                assert abs(entropy(parts[1]) - entropy(parts[0])) <= entropies[d] + 1e-9


def test_without_a_dressing_nothing_is_found_anywhere():
    model, labels = Model(5, 5, strength=1e-9), np.array([12])
    amplitudes = quenched_amplitudes(model.U, labels)
    flips = flip_probabilities(amplitudes, labels)
    np.testing.assert_allclose(flips, [[1, 0, 0, 0, 0]], atol=1e-12)
    states = evolved(model.U, model.energies, amplitudes, TIMES)
    energies, _ = energies_beyond(model.H, states)
    before, _ = energies_beyond(model.H, model.U[:, labels].T)
    np.testing.assert_allclose((energies - before)[..., 1:], 0, atol=1e-7)
    assert abs(energies[0, 0, 0] - before[0, 0]) > 0.01


def test_bounds_by_hand():
    norms = np.array([0.5, 0.25, 0.1])
    terms = norms[:, None, None] * np.eye(4)
    out = [1.0, 0.5 / 2, 0.1 / 6]  # δ of the bonds from the first on: 2‖k‖ is 1, 0.5, 0.2
    expected = [1, min(1, out[0] + 1), min(out[0] + 0.5 / 2, out[1] + 0.5)]
    expected.append(min(out[0] + 0.1 / 6, out[1] + 0.1 / 2, out[2] + 0.2))
    np.testing.assert_allclose(distance_bounds(terms.astype(complex)), expected, rtol=1e-14)
    np.testing.assert_allclose(flip_bounds(terms.astype(complex)), [1, 1, 0.25**2, (0.1 / 6) ** 2])
    T = np.array([1, 0.9, 0.3, 0.01])
    two = -0.01 * np.log(0.01) - 0.99 * np.log(0.99)
    four = 0.3 * np.log(3) - 0.3 * np.log(0.3) - 0.7 * np.log(0.7)
    np.testing.assert_allclose(entropy_bounds(T), [0, np.log(2), four, two])
