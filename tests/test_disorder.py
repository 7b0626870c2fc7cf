import numpy as np
import pytest

from mbl.disorder import bubble_draws, chain_fields, generator, ring_fields

DRAWS = 4000
L = 7


@pytest.fixture(scope="module")
def fields():
    return np.array([ring_fields(L, seed) for seed in range(DRAWS)])


def test_a_realisation_is_the_same_whenever_it_is_drawn():
    first = ring_fields(5, 3)
    ring_fields(5, 4)
    assert np.array_equal(ring_fields(5, 3), first)


def test_realisations_are_those_of_other_processes_and_releases():
    expected = [-0.1847676911563636, -0.27231426905477063, 0.9150843492420506]
    np.testing.assert_allclose(ring_fields(3, 7), expected, rtol=1e-15)


@pytest.mark.parametrize(
    ("model", "key"),
    [
        ("ring", (5, 4)),
        ("ring", (6, 3)),
        ("ring", (3, 5)),
        ("ring", (5, 3, 4)),
        ("ring", (5, 3, 0)),
        ("chain", (5, 3)),
    ],
    ids=str,
)
def test_another_key_is_another_stream(model, key):
    ours = generator("ring", 5, 3).uniform(size=4)
    assert not np.isclose(generator(model, *key).uniform(size=4), ours).any()


def test_fields_of_two_sizes_share_nothing():
    assert not np.isin(ring_fields(5, 0), ring_fields(7, 0)).any()


def test_fields_are_uniform(fields):
    assert fields.shape == (DRAWS, L)
    assert np.abs(fields).max() <= 1
    # The moment of order 2k is 1/(2k + 1): it gives the means and their standard errors.
    assert np.abs(fields.mean(axis=0)).max() < 5 * np.sqrt(1 / 3 / DRAWS)
    assert np.abs((fields**2).mean(axis=0) - 1 / 3).max() < 5 * np.sqrt((1 / 5 - 1 / 9) / DRAWS)
    assert np.abs((fields**4).mean(axis=0) - 1 / 5).max() < 5 * np.sqrt((1 / 9 - 1 / 25) / DRAWS)


def test_fields_of_two_sites_and_of_two_seeds_are_independent(fields):
    error = 1 / 3 / np.sqrt(DRAWS)
    sites = fields.T @ fields / DRAWS
    assert np.abs(sites[~np.eye(L, dtype=bool)]).max() < 5 * error
    seeds = fields[:-1].T @ fields[1:] / (DRAWS - 1)
    assert np.abs(seeds).max() < 5 * error


def test_a_chain_keeps_its_fields_with_every_bubble_and_each_bubble_has_a_stream_of_its_own():
    assert np.array_equal(chain_fields(6, 3), chain_fields(6, 3))
    draws = [bubble_draws(n, 6, 3).ravel() for n in (2, 3, 4)]
    for ours, other in ((0, 1), (1, 2), (0, 2)):
        assert not np.isin(draws[ours], draws[other]).any()
    assert not np.isclose(chain_fields(6, 3), ring_fields(6, 3)).any()


def test_bubbles_are_drawn_from_the_normal_distribution():
    draws = np.array([bubble_draws(3, 8, seed) for seed in range(DRAWS)])
    assert draws.shape == (DRAWS, 3, 3, 3)
    assert np.abs(draws.mean(axis=0)).max() < 5 / np.sqrt(DRAWS)
    assert np.abs((draws**2).mean(axis=0) - 1).max() < 5 * np.sqrt(2 / DRAWS)
    flat = draws.reshape(DRAWS, 27)
    correlation = flat.T @ flat / DRAWS
    assert np.abs(correlation[~np.eye(27, dtype=bool)]).max() < 5 / np.sqrt(DRAWS)
