from math import comb

import pytest

from mbl import costs
from mbl.hilbert import sectors
from mbl.solvers.full_spectrum import pack


@pytest.mark.parametrize("L", [4, 5, 9])
def test_eigenvectors_have_the_size_of_their_sectors(L):
    amplitudes = sum(len(states) ** 2 for states in sectors(L))
    assert costs.eigenvector_MB(L) == pytest.approx(8e-6 * amplitudes)
    assert len(pack([states[:, None] * states for states in sectors(L)])) == amplitudes


def test_thirteen_sites_fit_the_promised_memory():
    assert costs.spectrum_memory_MB(13) < 600
    assert costs.locality_memory_MB(13) < 600


@pytest.mark.parametrize(
    "cost",
    [costs.spectrum_memory_MB, costs.locality_memory_MB, lambda L: costs.spectrum_minutes(L, 10)],
)
def test_costs_grow_with_the_ring(cost):
    values = [cost(L) for L in range(3, 18)]
    assert values == sorted(values)
    assert values[-1] > 10 * values[9]


def test_blocks_cost_by_their_seeds():
    assert costs.spectrum_disk_MB(13, 10) == pytest.approx(
        10 * 8e-6 * (comb(26, 13) + 14 * 2**13), rel=0.01
    )
    assert costs.table_memory_MB(9, 1000) > costs.table_memory_MB(9, 10)
    assert costs.imbalance_memory_MB(13, 400) > costs.imbalance_memory_MB(13, 10)


def test_costs_of_the_fixed_point_follow_its_space():
    assert costs.dense_memory_MB(10) < 500 < costs.dense_memory_MB(12)
    assert costs.dense_minutes(10, 1) < costs.dense_minutes(10, 20) < costs.dense_minutes(11, 20)
    memory = [costs.product_states_memory_MB(L, 10) for L in range(4, 22)]
    assert memory == sorted(memory)
    assert costs.product_states_memory_MB(16, 10) < 1000
    assert costs.product_states_minutes(18, 1) > costs.product_states_minutes(14, 1)
