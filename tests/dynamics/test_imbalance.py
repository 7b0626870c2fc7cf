from functools import reduce

import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.dynamics.imbalance import imbalance, neel_sector

TIMES = np.array([0.0, 0.1, 1.3, 20.0])


def dense_imbalance(H, times):
    """goihl2018, eq. 11, from |1, 0, …, 1, 0, 1⟩; the paper's sites count from 1."""
    L = len(H).bit_length() - 1
    observable = sum((-1) ** i * dense.pauli("z", i - 1, L) for i in range(1, L + 1)) / L
    neel = reduce(np.kron, [dense.UP if i % 2 else dense.DOWN for i in range(L)])
    evolved = [expm(-1j * H * t) @ neel for t in times]
    return [np.vdot(psi, observable @ psi).real for psi in evolved]


@pytest.mark.parametrize(("L", "down"), [(3, 2), (4, 2), (5, 3), (6, 3), (7, 4)])
def test_neel_sector(L, down):
    assert neel_sector(L) == down


@pytest.mark.parametrize("disorder", [1.0, 20.0])
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("L", [3, 4, 5, 6, 7])
def test_imbalance_under_h_and_an_effective_model(L, seed, disorder):
    ring = dense.ring(L, disorder, seed)
    label = np.random.default_rng(seed).permutation(2**L)
    H_eff = dense.effective_hamiltonian(ring.H, dense.tau_products(ring.V, label), order=2)
    down = (L + 1) // 2
    states, vectors = dense.sectors(L)[down], ring.vectors[down]
    effective = np.diag(vectors.T @ H_eff[np.ix_(states, states)] @ vectors)

    result = imbalance(L, vectors, np.array([ring.energies[down], effective]), TIMES)

    expected = [dense_imbalance(H, TIMES) for H in (ring.H, H_eff)]
    np.testing.assert_allclose(result, expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("L", range(3, 11))
def test_imbalance_begins_at_one(L):
    n = len(dense.sectors(L)[(L + 1) // 2])
    rng = np.random.default_rng(L)
    vectors, _ = np.linalg.qr(rng.normal(size=(n, n)))
    result = imbalance(L, vectors, rng.normal(size=(1, n)), np.zeros(1))
    np.testing.assert_allclose(result, [[1]], rtol=0, atol=1e-12)


@pytest.mark.parametrize(("L", "disorder", "seed"), dense.STRONG)
def test_infinite_disorder_freezes_the_imbalance(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    down = (L + 1) // 2
    times = np.geomspace(1e-3, 1e6, 30)
    result = imbalance(L, ring.vectors[down], ring.energies[down][None], times)
    np.testing.assert_allclose(result, 1, rtol=0, atol=1e-6)
