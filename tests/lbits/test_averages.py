import dense
import numpy as np
import pytest

from mbl.lbits.averages import infinite_time_average

each_ring = pytest.mark.parametrize(("L", "disorder", "seed"), dense.RINGS)


@each_ring
def test_infinite_time_average_is_the_expectation_value(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    expected = [np.diag(ring.V.T @ dense.pauli("z", i, L).real @ ring.V) for i in range(L)]
    np.testing.assert_allclose(infinite_time_average(ring.vectors), expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("L", [4, 5])
def test_infinite_time_average_is_the_limit_of_long_averages(L):
    ring = dense.ring(L, 7.5, 0)
    duration = 1e8
    gap = np.subtract.outer(ring.E, ring.E)
    np.fill_diagonal(gap, 1)
    dephasing = np.expm1(1j * gap * duration) / (1j * gap * duration)  # (1/T) ∫ exp(i gap t) dt
    np.fill_diagonal(dephasing, 1)
    for site, average in enumerate(infinite_time_average(ring.vectors)):
        in_energy_space = ring.V.T @ dense.pauli("z", site, L) @ ring.V
        np.testing.assert_allclose(dephasing * in_energy_space, np.diag(average), rtol=0, atol=1e-6)
