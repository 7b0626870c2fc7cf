import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.dynamics.light_cone import (
    commutator_norms,
    exponential_bound,
    lieb_robinson_bound,
    lieb_robinson_velocity,
    light_cone,
)
from mbl.models.fixed_point import local_hamiltonian, local_terms

TIMES = np.array([0.0, 0.1, 1.0, 3.0])


def norm(operator):
    return np.linalg.norm(operator, 2)


def commutator(a, b):
    return a @ b - b @ a


@pytest.mark.parametrize("L", [2, 3, 5])
def test_norms_are_those_of_the_commutators(L):
    rng = np.random.default_rng(L)
    A = rng.normal(size=(2**L, 2**L)) + 1j * rng.normal(size=(2**L, 2**L))
    A = A + A.conj().T
    expected = [norm(commutator(A, dense.pauli("z", d, L))) for d in range(L)]
    np.testing.assert_allclose(commutator_norms(A), expected, rtol=1e-12)


@pytest.mark.parametrize("L", [2, 4, 6])
@pytest.mark.parametrize("seed", [0, 1])
def test_light_cone_by_exponentials_lies_within_the_bound(L, seed):
    terms = (0.3 + seed) * local_terms(L, np.random.default_rng(seed))
    K = local_hamiltonian(terms)
    result = light_cone(K, TIMES)
    for time, row in zip(TIMES, result, strict=True):
        U = expm(-1j * K.toarray() * time)
        A = U.conj().T @ dense.pauli("z", 0, L) @ U
        expected = [norm(commutator(A, dense.pauli("z", d, L))) for d in range(L)]
        np.testing.assert_allclose(row, expected, rtol=0, atol=1e-11)
    assert (result <= lieb_robinson_bound(terms, TIMES) + 1e-11).all()


def test_bound_is_tight_at_short_times_for_terms_that_anticommute_in_a_row():
    # A = Z, k_0 = X⊗X, k_1 = Z⊗Z, k_2 = X⊗X, … and B = Z: every commutator doubles.
    X, Z = dense.PAULI["x"], dense.PAULI["z"]
    L, time = 4, np.array([1e-2])
    terms = np.array([np.kron(*pair) for pair in ((X, X), (Z, Z), (X, X))], dtype=complex)
    exact = light_cone(local_hamiltonian(terms), time)
    bound = lieb_robinson_bound(terms, time)
    assert exact[0, 1] == pytest.approx(bound[0, 1], rel=1e-3)
    assert exact[0, 3] == pytest.approx(bound[0, 3], rel=1e-3)
    assert bound.shape == (1, L)


def test_bound_by_hand():
    terms = np.array([0.5 * np.eye(4), 0.25 * np.eye(4)], dtype=complex)
    bound = lieb_robinson_bound(terms, np.array([0.5, 8.0]))
    np.testing.assert_allclose(bound, [[2, 1, 0.125], [2, 2, 2]], rtol=1e-14)


@pytest.mark.parametrize("length", [0.3, 1.0, 4.0])
def test_the_papers_exponential_bound_follows_with_constant_two(length):
    strength, L = 0.7, 12
    terms = strength * local_terms(L, np.random.default_rng(0))
    times = np.linspace(0, 3, 31)
    exponent = np.arange(L) - lieb_robinson_velocity(strength, length) * times[:, None]
    bound = exponential_bound(L, times, strength, length)
    np.testing.assert_allclose(bound, np.minimum(2 * np.exp(-exponent / length), 2), rtol=1e-12)
    assert (lieb_robinson_bound(terms, times) <= bound + 1e-14).all()
    assert lieb_robinson_velocity(strength, length) >= 2 * strength * np.e - 1e-14
