import numpy as np
import pytest

from mbl.avalanche import (
    CRITICAL_LENGTH,
    avalanche_purity,
    effective_dimension,
    thermal_dimension,
    thermalized_distance,
)

LENGTHS = (0.3, 0.7, 1.0, 1.3, 1.42, 1.5, 2.5, 10.0)
SIZES = (2, 3, 4, 8)


def step_by_step(xi, n):
    """SM D as told: absorb the LIOM on either side while its coupling is resonant."""
    absorbed, dimension = 0, float(n)
    while np.exp(-absorbed / xi) * np.sqrt(dimension) > 1 and absorbed < 200:
        absorbed, dimension = absorbed + 1, 4 * dimension
    return absorbed


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("xi", [xi for xi in LENGTHS if xi < 1.44])
def test_the_avalanche_stops_where_matrix_element_and_level_spacing_are_equal(xi, n):
    distance = thermalized_distance(xi, n)
    assert np.exp(-distance / xi) * np.sqrt(n * 4**distance) == pytest.approx(1)
    assert step_by_step(xi, n) == np.ceil(distance)


@pytest.mark.parametrize("xi", [CRITICAL_LENGTH, 1.5, 10.0])
def test_the_avalanche_never_stops_beyond_the_critical_length(xi):
    assert thermalized_distance(xi, 4) == np.inf
    assert step_by_step(xi, 4) == 200
    assert thermal_dimension(xi, 4, 12) == 4 * 2**12


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("xi", [0.3, 0.7, 1.0])
def test_the_thermal_dimension_is_the_power_that_the_paper_prints(xi, n):
    expected = n ** (1 / (1 - xi / CRITICAL_LENGTH))
    assert thermal_dimension(xi, n, 1000) == pytest.approx(expected)


def test_the_thermal_dimension_grows_steadily_up_to_the_whole_space():
    lengths = np.linspace(0.1, 2.0, 20001)
    dimensions = np.array([thermal_dimension(xi, 4, 12) for xi in lengths])
    steps = np.diff(np.log(dimensions))
    assert dimensions.max() == 4 * 2**12
    assert (steps >= 0).all()
    assert steps.max() < 0.01
    assert 60 * dimensions.max() < 4 ** (1 / (1 - 0.9))  # as printed, just below ξ*


@pytest.mark.parametrize("xi", [0.7, 1.0, 1.3])
def test_the_effective_dimension_falls_to_one_where_the_avalanche_stops(xi):
    edge = np.array([thermalized_distance(xi, 4)])
    dimension = effective_dimension(edge, localization_length=xi, bubble_size=4, L=1000)
    np.testing.assert_allclose(dimension, 1.0)


@pytest.mark.parametrize("xi", [1.45, 3.0])
def test_beyond_the_critical_length_no_site_has_less_than_the_bubbles_dimension(xi):
    dimension = effective_dimension(
        np.arange(7), localization_length=xi, bubble_size=4, L=12
    )  # fmt: skip
    assert (dimension >= 4).all()


def purities(distance, probability, xi, n=4, L=12, isolated=0.85):
    return avalanche_purity(
        distance,
        probability=probability,
        localization_length=xi,
        bubble_size=n,
        L=L,
        isolated_purity=isolated,
    )


def test_equation_6_by_hand():
    i = np.arange(6)
    dimension = np.exp(-2 * i / 2.0) * 4 * 2**12
    expected = 0.5 + 0.7 * (1 - np.exp(-i / 2.0)) * 0.35 + 0.3 / np.sqrt(dimension)
    np.testing.assert_allclose(purities(i, 0.3, 2.0), expected, rtol=1e-12)


@pytest.mark.parametrize("probability", [0.0, 0.2, 1.0])
@pytest.mark.parametrize("xi", LENGTHS)
def test_the_bubble_never_localizes_and_purities_grow_with_the_distance(xi, probability):
    purity = purities(np.linspace(0, 50, 200), probability, xi)
    assert (purity >= 0.5).all()
    assert (purity <= 0.85 + 1e-12).all()
    assert (np.diff(purity) >= -1e-12).all()


@pytest.mark.parametrize("probability", [0.0, 0.5, 1.0])
def test_below_the_critical_length_the_response_vanishes_far_away(probability):
    assert purities(np.array([60.0]), probability, 1.2, L=200)[0] == pytest.approx(0.85)


def test_above_the_critical_length_avalanches_keep_the_purity_down():
    assert purities(np.array([60.0]), 0.5, 2.0, L=200)[0] == pytest.approx(0.5 + 0.5 * 0.35)
