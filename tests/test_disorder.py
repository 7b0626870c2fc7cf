import numpy as np
import pytest

from mbl.disorder import (
    LARGEST_BUBBLE,
    bubble_draws,
    generator,
    site_fields,
    site_fields_beside_bubble,
    site_spins,
)

DRAWS = 4000
L = 7


@pytest.fixture(scope="module")
def fields():
    return np.array([site_fields(L, seed) for seed in range(DRAWS)])


def test_a_realisation_is_the_same_whenever_it_is_drawn():
    first = site_fields(5, 3)
    site_fields(5, 4)
    assert np.array_equal(site_fields(5, 3), first)


def test_realisations_are_those_of_other_processes_and_releases():
    expected = [0.5066307245187389, 0.8596334388332765, -0.6023900792845622]
    np.testing.assert_allclose(site_fields(3, 7), expected, rtol=1e-15)


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


@pytest.mark.parametrize("size", range(1, 12))
@pytest.mark.parametrize("larger", [1, 2, 5])
def test_a_larger_system_inserts_sites_in_the_middle(size, larger):
    small, large = site_fields(size, 3), site_fields(size + larger, 3)
    left, right = (size + 1) // 2, size // 2
    assert np.array_equal(large[:left], small[:left])
    assert np.array_equal(large[size + larger - right :], small[left:])
    assert len(np.unique(large)) == size + larger


@pytest.mark.parametrize("size", range(2, 12))
def test_the_bubble_stands_where_the_ends_of_the_chain_alone_are(size):
    alone, beside = site_fields(size + 2, 5), site_fields_beside_bubble(size, 5)
    assert len(beside) == size
    for i in range(size):
        assert beside[i] == alone[i + 1]


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


def test_a_smaller_bubble_is_part_of_a_larger_one():
    largest = bubble_draws(LARGEST_BUBBLE, 3)
    assert len(np.unique(largest)) == 3 * LARGEST_BUBBLE**2
    for n in (1, 2, 5):
        np.testing.assert_array_equal(bubble_draws(n, 3), largest[:, :n, :n])
    with pytest.raises(ValueError, match="dimension 65; a seed holds 64"):
        bubble_draws(LARGEST_BUBBLE + 1, 3)


def test_bubbles_are_drawn_from_the_normal_distribution_apart_from_the_fields():
    draws = np.array([bubble_draws(3, seed) for seed in range(DRAWS)])
    assert draws.shape == (DRAWS, 3, 3, 3)
    assert np.abs(draws.mean(axis=0)).max() < 5 / np.sqrt(DRAWS)
    assert np.abs((draws**2).mean(axis=0) - 1).max() < 5 * np.sqrt(2 / DRAWS)
    flat = draws.reshape(DRAWS, 27)
    correlation = flat.T @ flat / DRAWS
    assert np.abs(correlation[~np.eye(27, dtype=bool)]).max() < 5 / np.sqrt(DRAWS)
    h = np.array([site_fields(L, seed) for seed in range(DRAWS)])
    assert np.abs(flat.T @ h / DRAWS).max() < 5 / np.sqrt(3 * DRAWS)


@pytest.mark.parametrize("size", range(1, 8))
@pytest.mark.parametrize("larger", [1, 2, 5])
def test_a_larger_system_or_number_of_states_begins_with_the_smaller_ones_spins(size, larger):
    small, large = site_spins(size, 3, 5), site_spins(size + larger, 3 + larger, 5)
    left, right = (size + 1) // 2, size // 2
    assert small.shape == (3, size)
    assert np.array_equal(large[:3, :left], small[:, :left])
    assert np.array_equal(large[:3, size + larger - right :], small[:, left:])


def test_spins_are_up_or_down_with_equal_odds_and_independent():
    spins = 1.0 - 2.0 * np.concatenate([site_spins(L, 4, seed) for seed in range(DRAWS // 4)])
    assert set(spins.ravel()) == {-1.0, 1.0}
    limit = 4 / np.sqrt(DRAWS)
    assert (abs(spins.mean(axis=0)) < limit).all()
    assert (abs(np.triu(spins.T @ spins / DRAWS, 1)) < limit).all()
    of_states = np.stack([1.0 - 2.0 * site_spins(L, 2, seed) for seed in range(DRAWS)])
    assert abs((of_states[:, 0] * of_states[:, 1]).mean()) < limit / np.sqrt(L)
