import math

import dense
import numpy as np
import pytest

from mbl.hilbert import (
    bit,
    down_spins,
    neel_state,
    ring_distance,
    sector,
    sectors,
    sigma_z,
    split_by_sector,
)

SIZES = [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("L", SIZES)
def test_site_0_is_the_most_significant_bit(L):
    states = np.arange(2**L)
    for site in range(L):
        assert np.array_equal(bit(states, site, L), dense.bits(L)[:, site])
    assert np.array_equal(bit(states[:, None], np.arange(L), L), dense.bits(L))


@pytest.mark.parametrize("L", SIZES)
def test_down_spins_are_the_ones(L):
    assert np.array_equal(down_spins(np.arange(2**L)), dense.bits(L).sum(axis=1))


@pytest.mark.parametrize("L", SIZES)
def test_sigma_z_is_the_diagonal_of_the_pauli_matrices(L):
    expected = [np.diag(dense.pauli("z", site, L)) for site in range(L)]
    assert np.array_equal(sigma_z(np.arange(2**L), L), expected)


def test_sigma_z_of_a_selection_of_states():
    assert np.array_equal(sigma_z(np.array([0b011, 0b100]), 3), [[1, -1], [-1, 1], [-1, 1]])


@pytest.mark.parametrize("L", SIZES)
def test_sectors_are_ascending_states_by_number_of_down_spins(L):
    assert [len(states) for states in sectors(L)] == [math.comb(L, k) for k in range(L + 1)]
    for down, (states, expected) in enumerate(zip(sectors(L), dense.sectors(L), strict=True)):
        assert np.array_equal(states, expected)
        assert np.array_equal(sector(L, down), expected)


@pytest.mark.parametrize("L", SIZES)
@pytest.mark.parametrize("dtype", [float, int, complex])
def test_cutting_by_sector_takes_views_of_the_last_axis(L, dtype):
    by_state = np.arange(3 * 2**L).reshape(3, -1).astype(dtype)
    parts = split_by_sector(by_state, L)
    assert [part.shape for part in parts] == [(3, math.comb(L, k)) for k in range(L + 1)]
    assert np.array_equal(np.concatenate(parts, axis=1), by_state)
    assert all(np.shares_memory(part, by_state) for part in parts)


def test_a_sector_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        sector(4, 2)[0] = 0


@pytest.mark.parametrize(
    ("L", "bits"), [(3, "101"), (4, "1010"), (5, "10101"), (6, "101010"), (7, "1010101")]
)
def test_neel_state(L, bits):
    assert neel_state(L) == int(bits, 2)


@pytest.mark.parametrize(
    "from_site_0", [[0, 1, 1], [0, 1, 2, 1], [0, 1, 2, 2, 1], [0, 1, 2, 3, 2, 1]]
)
def test_ring_distance(from_site_0):
    L = len(from_site_0)
    sites = np.arange(L)
    expected = [np.roll(from_site_0, i) for i in sites]
    assert np.array_equal(ring_distance(sites[:, None], sites, L), expected)
    assert ring_distance(0, L - 1, L) == 1
