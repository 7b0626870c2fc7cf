import dense
import numpy as np
import pytest
from scipy.linalg import expm
from scipy.optimize import minimize_scalar

from mbl.dynamics.area_law import (
    ENTANGLING_CONSTANT,
    area_law_bound,
    block_bounds,
    block_entropies,
    block_entropy,
    eigenstates,
    entangling_rates,
    perturbed_eigenstates,
)
from mbl.models.fixed_point import hamiltonian, local_hamiltonian, local_terms, unitaries


def entropy(state, sites):
    p = np.linalg.eigvalsh(dense.partial_trace(np.outer(state, state.conj()), sites))
    p = p[p > 1e-15]
    return -(p * np.log(p)).sum()


def random_states(n, L, seed):
    rng = np.random.default_rng(seed)
    states = rng.normal(size=(n, 2**L)) + 1j * rng.normal(size=(n, 2**L))
    return states / np.linalg.norm(states, axis=1, keepdims=True)


@pytest.mark.parametrize(("start", "length"), [(0, 1), (0, 5), (2, 2), (1, 4), (3, 3)])
def test_block_entropy_is_that_of_the_partial_trace(start, length):
    states = random_states(3, 6, 0)
    expected = [entropy(state, range(start, start + length)) for state in states]
    np.testing.assert_allclose(block_entropy(states, start, length), expected, rtol=0, atol=1e-10)


def test_eigenstates_are_those_of_the_full_hamiltonian():
    L = 5
    K = local_hamiltonian(local_terms(L, np.random.default_rng(0)))
    energies = np.random.default_rng(1).normal(size=2**L)
    U = expm(-1j * K.toarray())
    H = U @ np.diag(energies) @ U.conj().T
    labels = np.array([0, 7, 31])
    for label, state in zip(labels, eigenstates(K, labels), strict=True):
        np.testing.assert_allclose(H @ state, energies[label] * state, rtol=0, atol=1e-12)


def test_the_constant_is_the_largest_rate_of_a_pair_of_schmidt_weights():
    best = minimize_scalar(
        lambda x: -2 * np.sqrt(x * (1 - x)) * np.log(x / (1 - x)),
        bounds=(0.5, 0.999999),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert -best.fun == pytest.approx(ENTANGLING_CONSTANT, rel=1e-12)
    assert ENTANGLING_CONSTANT / np.log(2) == pytest.approx(1.9123, abs=1e-4)  # ebits, published


def test_the_constant_is_reached_by_an_ising_coupling():
    """Schmidt weights of the maximum, in the right phase: dS/dt of X⊗X is c to first order."""
    x = 1 / (1 + np.exp(-2 * 1.1996786402577339))
    state = np.array([np.sqrt(x), 0, 0, -1j * np.sqrt(1 - x)])
    XX = np.kron(dense.PAULI["x"], dense.PAULI["x"]).astype(complex)
    step = 1e-5
    moved = [expm(-1j * sign * step * XX) @ state for sign in (1, -1)]
    rate = np.diff([entropy(psi, [0]) for psi in moved])[0] / (2 * step)
    assert abs(rate) == pytest.approx(ENTANGLING_CONSTANT, rel=1e-6)
    assert entangling_rates(XX[None])[0] == pytest.approx(ENTANGLING_CONSTANT, rel=1e-14)


def test_rates_see_only_the_part_that_acts_on_both_sites():
    rng = np.random.default_rng(0)
    terms = local_terms(4, rng)
    a, b = rng.normal(size=(2, 2, 2)) + 1j * rng.normal(size=(2, 2, 2))
    local = np.kron(a + a.conj().T, np.eye(2)) + np.kron(np.eye(2), b + b.conj().T)
    np.testing.assert_allclose(entangling_rates(terms + local), entangling_rates(terms), rtol=1e-12)
    Y, Z = dense.PAULI["y"], dense.PAULI["z"]
    term = 0.3 * np.kron(Y, Z) - 0.2 * np.kron(Z, Y) + local
    assert entangling_rates(term[None])[0] == pytest.approx(0.5 * ENTANGLING_CONSTANT)


def test_no_state_of_two_pairs_entangles_faster_than_the_rate():
    # Two spins of a pair with an ancilla each: the block of an eigenstate has such neighbours.
    step = 1e-5
    for seed in range(20):
        terms = local_terms(4, np.random.default_rng(seed))
        terms[[0, 2]] = 0
        K = local_hamiltonian(terms).toarray()
        state = random_states(1, 4, seed)[0]
        moved = [expm(-1j * sign * step * K) @ state for sign in (1, -1)]
        rate = np.diff([entropy(psi, [0, 1]) for psi in moved])[0] / (2 * step)
        assert abs(rate) <= entangling_rates(terms)[1]


@pytest.mark.parametrize("strength", [0.1, 0.5, 2.0])
def test_every_eigenstate_obeys_the_area_law_bound(strength):
    L = 6
    terms = strength * local_terms(L, np.random.default_rng(3))
    states = eigenstates(local_hamiltonian(terms), np.arange(2**L))
    rates = entangling_rates(terms)
    for start in range(L):
        for length in range(1, min(L - start, L - 1) + 1):
            bound = area_law_bound(terms, start, length)
            assert block_entropy(states, start, length).max() <= bound + 1e-12
            ends = sum(rates[b] for b in (start - 1, start + length - 1) if 0 <= b < L - 1)
            assert bound == pytest.approx(min(ends, min(length, L - length) * np.log(2)))


def test_blocks_have_one_end_or_two_inside_the_chain():
    L = 5
    terms = local_terms(L, np.random.default_rng(0))
    states = random_states(2, L, 0)
    entropies, bounds = block_entropies(states), block_bounds(terms)
    assert entropies.shape == (2, 2, L - 1)
    starts = {1: [0, 0, 0, 0], 2: [2, 1, 1]}  # site 0 and the last stay outside of the second kind
    for ends, row in ((1, 0), (2, 1)):
        for length, start in enumerate(starts[ends], start=1):
            expected = block_entropy(states, start, length)
            np.testing.assert_allclose(entropies[:, row, length - 1], expected)
            assert bounds[row, length - 1] == area_law_bound(terms, start, length)
    assert np.isnan(entropies[:, 1, -1]).all()
    assert np.isnan(bounds[1, -1])


@pytest.mark.parametrize("strength", [0.0, 0.3])
def test_perturbed_eigenstates_are_the_middle_of_the_spectrum(strength):
    L, count = 5, 6
    rng = np.random.default_rng(0)
    K = local_hamiltonian(0.5 * local_terms(L, rng))
    V = local_hamiltonian(local_terms(L, rng))
    energies = rng.normal(size=2**L)
    (U,) = unitaries(K, [1.0])
    bare = hamiltonian(energies, U)
    np.testing.assert_allclose(bare, U @ np.diag(energies) @ U.conj().T, rtol=0, atol=1e-12)
    levels, states = perturbed_eigenstates(bare, V, strength, count)
    H = bare + strength * V.toarray()
    every = np.linalg.eigvalsh(H)
    np.testing.assert_allclose(levels, every[13:19], rtol=0, atol=1e-12)
    np.testing.assert_allclose(H @ states.T, states.T * levels, rtol=0, atol=1e-12)
    if strength == 0:
        labels = np.argsort(energies)[13:19]
        overlaps = np.abs(np.sum(states.conj() * eigenstates(K, labels), axis=1))
        np.testing.assert_allclose(overlaps, 1, rtol=0, atol=1e-10)
