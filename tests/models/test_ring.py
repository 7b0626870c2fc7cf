import dense
import numpy as np
import pytest

from mbl.hilbert import sector, sectors
from mbl.models.ring import sector_hamiltonian


@pytest.mark.parametrize("disorder", [0.0, 1.0, 7.5])
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("L", [3, 4, 5, 6, 7])
def test_the_blocks_are_all_of_the_hamiltonian(L, seed, disorder):
    fields = np.random.default_rng(seed).uniform(-1, 1, L)
    H = np.zeros((2**L, 2**L))
    for states in sectors(L):
        H[np.ix_(states, states)] = sector_hamiltonian(states, fields, disorder)
    np.testing.assert_allclose(H, dense.hamiltonian(fields, disorder), rtol=0, atol=1e-13)


def test_one_down_spin_on_three_sites_by_hand():
    a, b, c = 0.5, -0.25, 0.125
    expected = [
        [-1 + 4 * (a + b - c), 2, 2],
        [2, -1 + 4 * (a - b + c), 2],
        [2, 2, -1 + 4 * (-a + b + c)],
    ]
    H = sector_hamiltonian(sector(3, 1), np.array([a, b, c]), 4.0)
    np.testing.assert_allclose(H, expected, rtol=0, atol=1e-14)


def test_blocks_suit_lapack():
    H = sector_hamiltonian(sector(5, 2), np.linspace(-1, 1, 5), 3.0)
    assert H.flags.f_contiguous
    assert H.dtype == np.float64
    assert np.array_equal(H, H.T)


# Ground states of the clean ring of spins 1/2, Σ S·S with S = σ/2.
@pytest.mark.parametrize(
    ("L", "energy"), [(4, -2), (6, -2.802775638), (8, -3.651093409), (10, -4.515446354)]
)
def test_clean_heisenberg_ring(L, energy):
    H = sector_hamiltonian(sector(L, L // 2), np.zeros(L), 5.0)
    assert np.linalg.eigvalsh(H)[0] == pytest.approx(4 * energy, rel=0, abs=4e-9)


@pytest.mark.parametrize("L", [1, 2])
def test_a_ring_of_fewer_than_three_sites_is_refused(L):
    with pytest.raises(ValueError, match=f"at least 3 sites, not {L}"):
        sector_hamiltonian(sector(L, 1), np.zeros(L), 1.0)
