import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.dynamics.echo import echo_lbit, echo_pbit, ramsey_lbit, ramsey_pbit
from mbl.dynamics.growth import product_states

TIMES = np.array([0.0, 0.1, 1.3, 20.0])

each_ring = pytest.mark.parametrize(("L", "disorder"), [(3, 1.0), (4, 7.5), (5, 1.0), (6, 20.0)])


def in_plane(L, site, bath, count=3):
    """The site along ±x, the others along the bath's axis."""
    axes = bath * site + "x" + bath * (L - site - 1)
    return product_states(axes, np.random.default_rng(site).integers(0, 2, (count, L)))


def dense_signals(H, states, site):
    """⟨σˣ + iσʸ⟩ after free evolution, and after one with the pulse half-way, over the first."""
    L = len(H).bit_length() - 1
    observable = dense.pauli("x", site, L) + 1j * dense.pauli("y", site, L)
    pulse = dense.pauli("x", site, L)
    ramsey, echo = [], []
    for psi in states:
        start = np.vdot(psi, observable @ psi)
        free = [expm(-1j * H * t) @ psi for t in TIMES]
        halves = [expm(-1j * H * t / 2) for t in TIMES]
        pulsed = [U @ pulse @ U @ psi for U in halves]
        ramsey.append([np.vdot(out, observable @ out) / start for out in free])
        echo.append([np.vdot(out, observable @ out) / start for out in pulsed])
    return np.array(ramsey), np.array(echo)


@each_ring
@pytest.mark.parametrize("bath", "xz")
@pytest.mark.parametrize("site", [0, 2])
def test_signals_of_a_p_bit(L, disorder, bath, site):
    ring = dense.ring(L, disorder, 0)
    states = in_plane(L, site, bath)
    ramsey, echo = dense_signals(ring.H, states, site)
    arguments = ring.vectors, ring.E, states, site, TIMES
    np.testing.assert_allclose(ramsey_pbit(*arguments), ramsey, rtol=0, atol=1e-10)
    np.testing.assert_allclose(echo_pbit(*arguments), echo, rtol=0, atol=1e-10)


@each_ring
@pytest.mark.parametrize("bath", "xz")
@pytest.mark.parametrize("site", [0, 2])
def test_signals_of_an_l_bit(L, disorder, bath, site):
    ring = dense.ring(L, disorder, 0)
    label = np.random.default_rng(L).permutation(2**L)
    H = np.diag(ring.E[np.argsort(label)])  # in the basis of the l-bits
    states = in_plane(L, site, bath)
    ramsey, echo = dense_signals(H, states, site)
    arguments = ring.E, label, states, site, TIMES
    np.testing.assert_allclose(ramsey_lbit(*arguments), ramsey, rtol=0, atol=1e-10)
    np.testing.assert_allclose(echo_lbit(*arguments), echo, rtol=0, atol=1e-10)


@pytest.mark.parametrize("disorder", [1.0, 7.5])
def test_the_echo_of_an_l_bit_is_one_at_all_times(disorder):
    ring = dense.ring(7, disorder, 0)
    label = np.random.default_rng(0).permutation(2**7)
    times = np.geomspace(1e-2, 1e12, 40)
    for site in range(7):
        arguments = ring.E, label, in_plane(7, site, "x"), site, times
        np.testing.assert_allclose(echo_lbit(*arguments), 1, rtol=0, atol=1e-13)
        assert np.abs(ramsey_lbit(*arguments)[:, -10:]).mean() < 0.3


def test_signals_of_a_p_bit_begin_at_one():
    ring = dense.ring(6, 7.5, 0)
    arguments = ring.vectors, ring.E, in_plane(6, 1, "z"), 1, np.zeros(1)
    np.testing.assert_allclose(ramsey_pbit(*arguments), 1, rtol=0, atol=1e-12)
    np.testing.assert_allclose(echo_pbit(*arguments), 1, rtol=0, atol=1e-12)


def test_infinite_disorder_makes_the_echo_of_a_p_bit_perfect():
    ring = dense.ring(6, 1e6, 0)
    times = np.geomspace(1e-3, 1.0, 20)
    arguments = ring.vectors, ring.E, in_plane(6, 3, "x"), 3, times
    np.testing.assert_allclose(echo_pbit(*arguments), 1, rtol=0, atol=1e-3)
    assert np.abs(ramsey_pbit(*arguments)).min() < 0.5
