import numpy as np
import pytest
from scipy.linalg import expm

from mbl.dynamics.quasi_adiabatic import (
    clear_states,
    connected_near_pairs,
    crossing_share,
    filter_in_time,
    filter_transform,
    generator_error,
    model_generator,
    near_pairs,
    quasi_adiabatic_evolution,
    quasi_adiabatic_generator,
)
from mbl.models.fixed_point import (
    coupling_draws,
    coupling_scales,
    diagonal_energies,
    local_hamiltonian,
    local_terms,
)

GAPS = np.array([0.01, 0.1, 0.5, 2.0])


def model(L, seed=0):
    rng = np.random.default_rng(seed)
    energies = diagonal_energies(coupling_draws(L, rng) * coupling_scales(L, 1.0, 0.5))
    return energies, local_hamiltonian(0.5 * local_terms(L, rng))


def test_filter_is_odd_and_exact_beyond_the_gap():
    omega = np.array([-7.0, -0.5, -0.2, 0.0, 0.2, 0.5, 0.50001, 3.0])
    transform = filter_transform(omega, 0.5)
    far = np.abs(omega) >= 0.5
    np.testing.assert_allclose(transform[far], -1 / omega[far], rtol=1e-15)
    np.testing.assert_allclose(transform, -filter_transform(-omega, 0.5), rtol=0, atol=0)
    assert transform[3] == 0
    assert abs(filter_transform(np.array([1e-4]), 0.5)[0]) < 1e-3  # continuous at 0


def test_filter_in_time_has_that_transform():
    gap = 0.8
    step = 0.02
    times = np.arange(0.5 * step, 120, step)  # midpoints: F jumps at 0
    F = filter_in_time(times, gap)
    omega = np.array([0.05, 0.3, 0.79, 0.8, 2.0])
    # ∫ i Im F(t) e^{iωt} dt = −2 ∫₀^∞ Im F(t) sin ωt dt
    transform = -2 * step * (F * np.sin(np.outer(omega, times))).sum(axis=1)
    np.testing.assert_allclose(transform, filter_transform(omega, gap), rtol=0, atol=1e-4)
    np.testing.assert_array_equal(filter_in_time(-times, gap), -F)


def test_filter_falls_faster_than_any_power():
    starts = (5, 25, 125, 625)
    envelope = [np.abs(filter_in_time(np.linspace(t, 1.2 * t, 100), 1.0)).max() for t in starts]
    powers = -np.diff(np.log(envelope)) / np.log(5)
    assert (np.diff(powers) > 1).all()
    assert envelope[-1] < 1e-10


@pytest.mark.parametrize("seed", [0, 1])
def test_generator_moves_the_eigenvectors_of_a_gapped_spectrum(seed):
    rng = np.random.default_rng(seed)
    n = 6
    H0 = np.diag(np.arange(n) + 0.2 * rng.uniform(size=n)).astype(complex)
    V = rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))
    V = 0.1 * (V + V.conj().T)
    energies, vectors = np.linalg.eigh(H0 + 0.3 * V)
    gap = np.diff(energies).min()
    J = quasi_adiabatic_generator(energies, vectors.conj().T @ V @ vectors, gap)
    np.testing.assert_allclose(J, J.conj().T, rtol=0, atol=1e-15)
    # ∂|ψ⟩⟨ψ| = −i [J, |ψ⟩⟨ψ|] (eq. 4.24), free of phases
    step = 1e-5
    for i in range(n):
        moved = []
        for s in (0.3 + step, 0.3 - step):
            psi = np.linalg.eigh(H0 + s * V)[1][:, i]
            moved.append(np.outer(psi, psi.conj()))
        projector = np.outer(vectors[:, i], vectors[:, i].conj())
        full = vectors @ J @ vectors.conj().T
        expected = -1j * (full @ projector - projector @ full)
        np.testing.assert_allclose((moved[0] - moved[1]) / (2 * step), expected, atol=1e-7)


def test_evolution_follows_the_eigenvectors_of_a_gapped_spectrum():
    rng = np.random.default_rng(0)
    n = 6
    start = np.diag(np.arange(n) + 0.2 * rng.uniform(size=n)).astype(complex)
    V = rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))
    end = start + 0.15 * (V + V.conj().T)
    paths = [np.linalg.eigvalsh((1 - s) * start + s * end) for s in np.linspace(0, 1, 101)]
    gap = np.diff(paths, axis=1).min()
    before, after = (np.linalg.eigh(H)[1] for H in (start, end))
    missed = []
    for steps in (20, 40):
        Q = quasi_adiabatic_evolution(start, end, gap, steps)
        np.testing.assert_allclose(Q @ Q.conj().T, np.eye(n), atol=1e-12)
        missed.append(1 - np.abs(np.diag(after.conj().T @ Q @ before)).min() ** 2)
    assert missed[1] < 1e-6
    assert missed[0] / missed[1] == pytest.approx(16, rel=0.3)  # amplitudes are of second order


def test_evolution_through_a_sharp_crossing_keeps_the_state_and_not_its_rank():
    """Two levels whose splitting is far below γ: they are not mixed (section IV E)."""
    split = 0.001 * np.array([[0, 1], [1, 0]])
    start, end = np.diag([0.0, 1.0]) + split, np.diag([1.0, 0.0]) + split
    wide = np.square(np.abs(quasi_adiabatic_evolution(start, end, 0.3, 400)))
    assert wide[0, 0] > 0.99
    slow = np.square(np.abs(quasi_adiabatic_evolution(start, end, 0.0005, 4000)))
    assert slow[0, 0] < 0.01  # a gap below the splitting keeps to the rank instead


def test_levels_of_commuting_hamiltonians_cross_and_their_states_stay():
    rng = np.random.default_rng(1)
    start, end = rng.normal(size=(2, 7))
    Q = quasi_adiabatic_evolution(np.diag(start), np.diag(end), 0.1, 5)
    np.testing.assert_allclose(np.abs(Q), np.eye(7), atol=1e-13)
    crossed = [(start[i] - start[j]) * (end[i] - end[j]) < 0 for i in range(7) for j in range(i)]
    assert 0 < sum(crossed) < 21
    assert crossing_share(start, end) == pytest.approx(np.mean(crossed))


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("s", [0.0, 0.7])
def test_models_generator_is_k_between_states_apart(gap, s):
    L = 5
    energies, K = model(L)
    k = K.toarray()
    U = expm(-1j * s * k)
    H = U @ np.diag(energies) @ U.conj().T
    derivative = -1j * (k @ H - H @ k)  # eq. 4.28
    step = 1e-5
    moved = [
        W @ np.diag(energies) @ W.conj().T
        for W in (expm(-1j * (s + step) * k), expm(-1j * (s - step) * k))
    ]
    np.testing.assert_allclose((moved[0] - moved[1]) / (2 * step), derivative, atol=1e-8)

    J = quasi_adiabatic_generator(energies, U.conj().T @ derivative @ U, gap)
    np.testing.assert_allclose(
        model_generator(energies, K, gap).toarray(), J, rtol=0, atol=1e-11 / gap
    )
    apart = np.abs(np.subtract.outer(energies, energies))
    np.testing.assert_allclose(J[apart >= gap], k[apart >= gap], rtol=0, atol=1e-12)
    near = (apart < 0.9 * gap) & (k != 0)  # closer to γ the bump may be below rounding
    assert (np.abs(J[near]) < np.abs(k[near])).all()


@pytest.mark.parametrize("L", [3, 6])
def test_counts_of_pairs_and_states_by_brute_force(L):
    energies, K = model(L, seed=2)
    k = K.toarray()
    upper = np.triu(np.ones_like(k, dtype=bool), 1)
    apart = np.abs(np.subtract.outer(energies, energies))
    gaps = np.append(GAPS, np.inf)
    near = [(upper & (apart < gap)).sum() for gap in gaps]
    connected = [(upper & (apart < gap) & (k != 0)).sum() for gap in gaps]
    np.testing.assert_array_equal(near_pairs(energies, gaps), near)
    np.testing.assert_array_equal(connected_near_pairs(energies, K, gaps), connected)
    # A term on neighbours connects states that differ on one site or on two neighbours.
    assert connected[-1] == 2 ** (L - 1) * (2 * L - 1)
    off = ~np.eye(2**L, dtype=bool)
    clear = [1 - ((apart < gap) & (k != 0) & off).any(axis=1).mean() for gap in gaps]
    np.testing.assert_allclose(clear_states(energies, K, gaps), clear, rtol=0, atol=1e-15)


def test_generator_error_by_brute_force():
    energies, K = model(5)
    k = K.toarray()
    k = k - np.diag(np.diag(k))
    for gap, error in zip(GAPS, generator_error(energies, K, GAPS), strict=True):
        apart = np.subtract.outer(energies, energies)
        J = filter_transform(apart, gap) * -apart * k
        assert error == pytest.approx(np.linalg.norm(J - k) / np.linalg.norm(k), rel=1e-10)
