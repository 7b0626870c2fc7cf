import numpy as np
import pytest

from mbl.spectral import (
    GOE_GAP_RATIO,
    POISSON_GAP_RATIO,
    gap_ratios,
    purity,
    purity_correlation,
)


def test_gap_ratios_by_hand():
    np.testing.assert_allclose(gap_ratios(np.array([0.0, 1.0, 3.0, 3.5])), [0.5, 0.25])


def test_gap_ratios_of_many_spectra_are_those_of_each():
    levels = np.sort(np.random.default_rng(0).random((3, 4, 9)), axis=-1)
    np.testing.assert_array_equal(gap_ratios(levels)[2, 1], gap_ratios(levels[2, 1]))


def test_independent_levels_have_the_ratio_of_poisson():
    levels = np.sort(np.random.default_rng(0).random((400, 200)), axis=1)
    means = gap_ratios(levels).mean(axis=1)
    error = means.std(ddof=1) / np.sqrt(len(means))
    assert abs(means.mean() - POISSON_GAP_RATIO) < 4 * error
    assert pytest.approx(0.3863, abs=1e-4) == POISSON_GAP_RATIO


def test_random_symmetric_matrices_have_the_ratio_of_the_orthogonal_ensemble():
    draws = np.random.default_rng(0).standard_normal((300, 100, 100))
    levels = np.linalg.eigvalsh(draws + draws.swapaxes(1, 2))[:, 25:75]
    means = gap_ratios(levels).mean(axis=1)
    error = means.std(ddof=1) / np.sqrt(len(means))
    assert abs(means.mean() - GOE_GAP_RATIO) < 4 * error


@pytest.mark.parametrize(("spin", "expected"), [(0.5, 1.0), (-0.5, 1.0), (0.0, 0.5)])
def test_purity_of_polarised_and_mixed_spins(spin, expected):
    assert purity(np.array(spin)) == expected


def test_correlation_is_pearsons_over_both_ends():
    purities = np.random.default_rng(2).random((7, 5, 6))
    purities[..., 2] += purities[..., 0]
    ends = np.concatenate([purities.reshape(-1, 6), purities.reshape(-1, 6)[:, ::-1]])
    expected = [np.corrcoef(ends[:, 0], ends[:, r])[0, 1] for r in range(3)]
    np.testing.assert_allclose(purity_correlation(purities), expected, atol=1e-12)


def test_correlation_of_what_is_the_same_is_one():
    column = np.random.default_rng(3).random((50, 1))
    np.testing.assert_allclose(purity_correlation(np.tile(column, 5)), np.ones(3))
