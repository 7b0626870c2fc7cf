import numpy as np
import pytest

from mbl.avalanche import avalanche_purity
from mbl.ensembles.fits import (
    LENGTHS,
    asymptote_interval,
    crossing,
    crossing_bootstrap,
    fit_avalanche,
    fit_exponential,
    jackknife,
)
from mbl.spectral import purity_correlation

DISTANCE = np.arange(8)
BUBBLE = {"isolated_purity": 0.85, "bubble_size": 4, "L": 14}


def decay(asymptote, amplitude, length):
    return asymptote + amplitude * np.exp(-DISTANCE / length)


def avalanche(probability, length):
    return avalanche_purity(
        DISTANCE, probability=probability, localization_length=length, **BUBBLE
    )  # fmt: skip


def pulls(fit, truth, sigma, repeats):
    """Deviations in units of the fitted errors, and χ², over synthetic data sets."""
    rng = np.random.default_rng(0)
    rows = []
    for _ in range(repeats):
        found = fit(rng.normal(scale=sigma, size=8), np.full(8, sigma))
        assert found.outcome == "converged"
        deviation = [(found.value[k] - x) / found.error[k] for k, x in truth.items()]
        rows.append([*deviation, found.chi2])
    return np.array(rows).T


def within_their_errors(rows, freedom):
    *deviations, chi2 = rows
    for deviation in deviations:
        assert abs(deviation.mean()) < 4 / np.sqrt(len(chi2))
        assert 0.8 < deviation.std() < 1.2
    assert abs(chi2.mean() - freedom) < 4 * np.sqrt(2 * freedom / len(chi2))


@pytest.mark.parametrize("truth", [(0.02, 0.1, 1.5), (0.0, 0.1, 2.5), (0.05, -0.1, 0.8)])
def test_exact_exponentials_are_recovered(truth):
    fit = fit_exponential(DISTANCE, decay(*truth), np.full(8, 0.01))
    assert fit.outcome == "converged"
    assert fit.freedom == 5
    assert fit.chi2 < 1e-8
    np.testing.assert_allclose(list(fit.value.values()), truth, atol=1e-4)


def test_exponentials_are_recovered_within_their_errors():
    truth = {"asymptote": 0.02, "amplitude": 0.1, "length": 1.5}
    curve = decay(**truth)
    rows = pulls(lambda noise, e: fit_exponential(DISTANCE, curve + noise, e), truth, 0.002, 60)
    within_their_errors(rows, 5)


def test_the_error_of_a_point_is_its_weight():
    value, error = decay(0.02, 0.1, 1.5), np.full(8, 0.002)
    value[3], error[3] = 7.0, 1e6
    fit = fit_exponential(DISTANCE, value, error)
    assert fit.value["asymptote"] == pytest.approx(0.02, abs=1e-5)


@pytest.mark.parametrize("broken", [(np.nan, 0.002), (0.1, np.nan), (0.1, 0.0), (0.1, np.inf)])
def test_points_without_value_or_error_do_not_count(broken):
    value, error = decay(0.02, 0.1, 1.5), np.full(8, 0.002)
    value[3], error[3] = broken
    fit = fit_exponential(DISTANCE, value, error)
    assert fit.freedom == 4
    assert fit.value["length"] == pytest.approx(1.5, abs=1e-4)


def test_too_few_points_are_reported():
    fit = fit_exponential(DISTANCE[:2], np.ones(2), np.ones(2))
    assert fit.outcome == "too few points"
    assert np.isnan([*fit.value.values(), *fit.error.values(), fit.chi2]).all()
    assert np.isnan(asymptote_interval(DISTANCE[:2], np.ones(2), np.ones(2))).all()


def test_as_many_points_as_parameters_leave_no_freedom():
    fit = fit_exponential(DISTANCE[:3], decay(0.02, 0.1, 1.5)[:3], np.full(3, 0.01))
    assert fit.outcome == "converged"
    assert fit.freedom == 0
    assert np.isnan(fit.reduced_chi2)


def test_a_straight_line_has_a_length_at_its_bound():
    fit = fit_exponential(DISTANCE, 0.1 - 0.01 * DISTANCE, np.full(8, 0.001))
    assert fit.outcome == "at a bound"
    assert fit.value["length"] == pytest.approx(LENGTHS[1])


def test_what_does_not_depend_on_a_parameter_is_undetermined():
    fit = fit_exponential(DISTANCE, np.zeros(8), np.full(8, 0.001))
    assert fit.outcome == "undetermined"
    assert np.isnan(fit.value["length"])


def test_where_the_data_fix_the_length_interval_and_error_agree():
    value, error = decay(0.02, 0.1, 1.0), np.full(8, 3e-4)
    fit = fit_exponential(DISTANCE, value, error)
    low, high = asymptote_interval(DISTANCE, value, error)
    assert (low + high) / 2 == pytest.approx(fit.value["asymptote"], abs=1e-5)
    assert (high - low) / 2 == pytest.approx(fit.error["asymptote"], rel=0.02)


@pytest.mark.parametrize("length", [1.5, 10.0])
def test_the_interval_covers_the_asymptote_as_often_as_it_says(length):
    rng, error = np.random.default_rng(1), np.full(8, 0.003)
    within = [
        low <= 0.0 <= high
        for low, high in (
            asymptote_interval(DISTANCE, decay(0.0, 0.1, length) + rng.normal(0, error), error)
            for _ in range(150)
        )
    ]
    assert abs(np.mean(within) - 0.683) < 0.1


@pytest.mark.parametrize("truth", [(0.1, 1.0), (0.05, 2.0), (0.2, 1.4), (0.5, 1.2)])
def test_exact_avalanches_are_recovered(truth):
    fit = fit_avalanche(DISTANCE, avalanche(*truth), np.full(8, 0.01), **BUBBLE)
    assert fit.outcome == "converged"
    np.testing.assert_allclose(list(fit.value.values()), truth, atol=1e-4)


@pytest.mark.parametrize("truth", [(0.15, 1.0), (0.1, 2.0)])
def test_avalanches_are_recovered_within_their_errors(truth):
    truth = dict(zip(("probability", "localization_length"), truth, strict=True))
    curve = avalanche(*truth.values())
    rows = pulls(
        lambda noise, e: fit_avalanche(DISTANCE, curve + noise, e, **BUBBLE), truth, 0.002, 40
    )
    within_their_errors(rows, 6)


def test_no_avalanche_is_a_probability_at_its_bound():
    noise = np.array([0, 1, 1, 1, 1, 1, 1, 1]) * 1e-3  # purer than any avalanche would leave it
    fit = fit_avalanche(DISTANCE, avalanche(0.0, 1.0) + noise, np.full(8, 1e-3), **BUBBLE)
    assert fit.outcome == "at a bound"
    assert fit.value["probability"] == 0.0


W = np.linspace(1.0, 6.0, 11)


def test_straight_lines_cross_where_they_do():
    small, large = 0.5 - 0.03 * W, 0.5 + 0.05 * (3.3 - W) - 0.03 * 3.3
    assert crossing(W, small, large) == pytest.approx(3.3)


def test_points_without_a_value_do_not_count_for_the_crossing():
    small, large = np.zeros(11), 3.3 - W
    small[4], large[6] = np.nan, np.nan
    assert crossing(W, small, large) == pytest.approx(3.3)


@pytest.mark.parametrize("difference", [W, -W, W - 3.3, np.full(11, np.nan)])
def test_without_a_change_from_above_to_below_there_is_no_crossing(difference):
    assert np.isnan(crossing(W, np.zeros(11), difference))


def test_of_several_crossings_noise_deep_in_the_phases_makes_none():
    difference = 0.1 * (3.3 - W)
    difference[:2] = 1e-3, -1e-3
    difference[-2:] = 1e-3, -1e-3
    assert crossing(W, np.zeros(11), difference) == pytest.approx(3.3)


def realisations(rng, seeds, slope):
    """Straight lines through (3.3, 0.4), shifted by realisation and scattered by point."""
    shift, scatter = rng.normal(0, 0.02, (seeds, 1)), rng.normal(0, 0.01, (seeds, len(W)))
    return 0.4 - slope * (W - 3.3) + shift + scatter


def test_bootstrap_error_is_the_scatter_of_repeated_samples():
    rng = np.random.default_rng(5)
    found = [
        crossing_bootstrap(
            W, realisations(rng, 100, 0.01), realisations(rng, 80, 0.05), rng, resamples=50
        )
        for _ in range(60)
    ]
    values = np.array([one.value for one in found])
    scatter = values.std(ddof=1)
    errors = np.array([one.error for one in found])
    assert abs(values.mean() - 3.3) < 4 * scatter / np.sqrt(60)
    assert errors.mean() == pytest.approx(scatter, rel=0.3)
    assert all(one.share == 1 for one in found)
    assert all(one.low < one.median < one.high for one in found)


def test_bootstrap_bears_missing_realisations():
    rng = np.random.default_rng(6)
    small, large = realisations(rng, 100, 0.01), realisations(rng, 80, 0.05)
    small[rng.random(small.shape) < 0.3] = np.nan
    large[:, 0] = np.nan
    found = crossing_bootstrap(W, small, large, rng, resamples=50)
    assert abs(found.value - 3.3) < 4 * found.error
    assert abs(found.median - found.value) < found.error


def test_curves_that_never_cross_have_no_share():
    rng = np.random.default_rng(7)
    found = crossing_bootstrap(W, np.zeros((5, 11)), np.ones((5, 11)), rng, resamples=20)
    assert found.share == 0
    assert np.isnan([found.value, found.median, found.low, found.high, found.error]).all()


@pytest.mark.parametrize("count", [2, 3, 40, 137])
def test_jackknife_of_the_mean_is_its_standard_error(count):
    sample = np.random.default_rng(8).normal(size=(count, 4, 3))
    value, error = jackknife(lambda x: x.mean(axis=(0, 1)), sample, groups=200)
    np.testing.assert_allclose(value, sample.mean(axis=(0, 1)))
    expected = sample.mean(axis=1).std(axis=0, ddof=1) / np.sqrt(count)
    np.testing.assert_allclose(error, expected, rtol=1e-9)


def test_jackknife_by_groups_is_that_of_their_means():
    sample = np.random.default_rng(9).normal(size=60)
    _, error = jackknife(np.mean, sample, groups=20)
    expected = sample.reshape(20, 3).mean(axis=1).std(ddof=1) / np.sqrt(20)
    assert error == pytest.approx(expected)


def test_uneven_groups_give_the_standard_error_too():
    errors = [
        jackknife(np.mean, np.random.default_rng(seed).normal(size=149), groups=100)[1]
        for seed in range(50)
    ]
    assert np.mean(errors) == pytest.approx(1 / np.sqrt(149), rel=0.05)


def test_jackknife_error_of_the_correlation_is_the_scatter_of_repeated_samples():
    rng = np.random.default_rng(10)

    def sample():
        """Eigenstates of one realisation share most of their fluctuation."""
        common, own = rng.normal(size=(60, 1, 6)), 0.5 * rng.normal(size=(60, 5, 6))
        common[..., 2] += 0.5 * common[..., 0]
        return common + own

    found = [jackknife(purity_correlation, sample(), groups=30) for _ in range(60)]
    values, errors = map(np.array, zip(*found, strict=True))
    np.testing.assert_allclose(errors[:, 0], 0, atol=1e-12)
    scatter = values.std(axis=0, ddof=1)[1:]
    np.testing.assert_allclose(errors.mean(axis=0)[1:], scatter, rtol=0.3)


def test_one_realisation_has_no_jackknife_error():
    value, error = jackknife(lambda x: x.mean(axis=0), np.ones((1, 3)))
    np.testing.assert_array_equal(value, np.ones(3))
    assert np.isnan(error).all()
