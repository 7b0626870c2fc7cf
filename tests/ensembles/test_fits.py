import numpy as np
import pytest
import xarray as xr

from mbl.avalanche import avalanche_purity
from mbl.ensembles.estimates import covariance
from mbl.ensembles.fits import (
    LENGTHS,
    Means,
    asymptote_interval,
    fit_avalanche,
    fit_exponential,
    jackknife,
)
from mbl.spectral import purity_correlation

DISTANCE = np.arange(8.0)
BUBBLE = {"bubble_size": 4, "L": 14}
ISOLATED = 0.85
COUNT = 60


def decay(asymptote, amplitude, length):
    return asymptote + amplitude * np.exp(-DISTANCE / length)


def avalanche(probability, length):
    """Response by distance, and then the purity of the isolated chain."""
    purity = avalanche_purity(
        DISTANCE,
        probability=probability,
        localization_length=length,
        isolated_purity=ISOLATED,
        **BUBBLE,
    )
    return np.append(ISOLATED - purity, ISOLATED)


def means(value, error=0.01, shared=0.9, count=1000):
    """Means of equal errors that share most of their scatter."""
    own = np.eye(len(value)) * (1 - shared)
    return Means(np.array(value), error**2 * (own + shared), count)


def measured(curve, rng, error=0.002, shared=0.9, count=COUNT):
    """Means of realisations about a curve, most of whose scatter is the same at all distances."""
    scatter = np.sqrt(shared) * rng.standard_normal((count, 1))
    scatter = scatter + np.sqrt(1 - shared) * rng.standard_normal((count, len(curve)))
    rows = xr.DataArray(curve + error * np.sqrt(count) * scatter, dims=("seed", "point"))
    return Means(*covariance(rows))


def pulls(fit, truth, curve, repeats):
    """Deviations in units of the fitted errors, and probabilities of χ², over experiments."""
    rng = np.random.default_rng(0)
    rows = []
    for _ in range(repeats):
        found = fit(DISTANCE, measured(curve, rng))
        assert found.outcome == "converged"
        deviation = [(found.value[k] - x) / found.error[k] for k, x in truth.items()]
        rows.append([*deviation, found.p_value])
    return np.array(rows).T


def within_their_errors(rows):
    *deviations, p_values = rows
    count = len(p_values)
    for deviation in deviations:
        assert abs(deviation.mean()) < 4 / np.sqrt(count)
        assert 0.75 < deviation.std() < 1.25
    # uniform, as Kolmogorov and Smirnov test it
    assert np.abs(np.sort(p_values) - (np.arange(count) + 0.5) / count).max() < 1.63 / count**0.5


@pytest.mark.parametrize("truth", [(0.02, 0.1, 1.5), (0.0, 0.1, 2.5), (0.05, -0.1, 0.8)])
def test_exact_exponentials_are_recovered(truth):
    fit = fit_exponential(DISTANCE, means(decay(*truth)))
    assert fit.outcome == "converged"
    assert fit.freedom == 5
    assert fit.chi2 < 1e-7
    np.testing.assert_allclose(list(fit.value.values()), truth, atol=1e-4)
    np.testing.assert_allclose(fit.residual, 0, atol=1e-6)


def test_exponentials_are_recovered_within_their_errors():
    truth = {"asymptote": 0.02, "amplitude": 0.1, "length": 1.5}
    within_their_errors(pulls(fit_exponential, truth, decay(**truth), 80))


def test_what_all_points_share_does_not_hide_a_misfit():
    """Equal errors that are independent would take a bump of half an error for chance."""
    bump = decay(0.02, 0.1, 1.5) + 0.005 * np.cos(np.pi * DISTANCE)
    assert fit_exponential(DISTANCE, means(bump, shared=0.97)).rejected
    assert not fit_exponential(DISTANCE, means(bump, shared=0.0)).rejected


def test_residuals_scatter_as_told():
    rng, curve = np.random.default_rng(3), decay(0.02, 0.1, 1.5)
    fits = [fit_exponential(DISTANCE, measured(curve, rng)) for _ in range(80)]
    scatter = np.std([fit.residual for fit in fits], axis=0)
    told = np.mean([fit.residual_error for fit in fits], axis=0)
    np.testing.assert_allclose(told, scatter, rtol=0.3)
    assert (told < 0.002).all()  # the fit follows what the points have in common


def test_the_error_of_a_point_is_its_weight():
    value = decay(0.02, 0.1, 1.5)
    value[3] = 7.0
    spread = np.diag(np.where(DISTANCE == 3, 1e6, 0.002) ** 2)
    fit = fit_exponential(DISTANCE, Means(value, spread, 1000))
    assert fit.value["asymptote"] == pytest.approx(0.02, abs=1e-5)


def test_too_few_points_are_reported():
    few = means(np.ones(2))
    fit = fit_exponential(DISTANCE[:2], few)
    assert fit.outcome == "too few points"
    assert np.isnan([*fit.value.values(), *fit.error.values(), fit.chi2, fit.p_value]).all()
    assert np.isnan(asymptote_interval(DISTANCE[:2], few)).all()


@pytest.mark.parametrize("count", [1, 8])
def test_too_few_realisations_have_no_covariance(count):
    few = means(decay(0.02, 0.1, 1.5), count=count)
    fit = fit_exponential(DISTANCE, few)
    assert fit.outcome == "too few realisations"
    assert not fit.rejected
    assert np.isnan(asymptote_interval(DISTANCE, few)).all()


def test_as_many_points_as_parameters_leave_no_freedom():
    fit = fit_exponential(DISTANCE[:3], means(decay(0.02, 0.1, 1.5)[:3]))
    assert fit.outcome == "converged"
    assert fit.freedom == 0
    assert np.isnan(fit.p_value)


def test_a_straight_line_has_a_length_at_its_bound():
    fit = fit_exponential(DISTANCE, means(0.1 - 0.01 * DISTANCE, 0.001, 0.0))
    assert fit.outcome == "at a bound"
    assert fit.value["length"] == pytest.approx(LENGTHS[1])


def test_what_does_not_depend_on_a_parameter_is_undetermined():
    fit = fit_exponential(DISTANCE, means(np.zeros(8), 0.001))
    assert fit.outcome == "undetermined"
    assert np.isnan(fit.value["length"])


def test_where_the_data_fix_the_length_interval_and_error_agree():
    exact = means(decay(0.02, 0.1, 1.0), 3e-4, 0.5)
    fit = fit_exponential(DISTANCE, exact)
    low, high = asymptote_interval(DISTANCE, exact)
    assert (low + high) / 2 == pytest.approx(fit.value["asymptote"], abs=1e-5)
    assert (high - low) / 2 == pytest.approx(fit.error["asymptote"], rel=0.02)


@pytest.mark.parametrize("length", [1.5, 10.0])
def test_the_interval_covers_the_asymptote_as_often_as_it_says(length):
    rng, curve = np.random.default_rng(1), decay(0.0, 0.1, length)
    intervals = [asymptote_interval(DISTANCE, measured(curve, rng, 0.003)) for _ in range(150)]
    assert abs(np.mean([low <= 0.0 <= high for low, high in intervals]) - 0.683) < 0.1


@pytest.mark.parametrize("truth", [(0.1, 1.0), (0.05, 2.0), (0.2, 1.4), (0.5, 1.2)])
def test_exact_avalanches_are_recovered(truth):
    fit = fit_avalanche(DISTANCE, means(avalanche(*truth)), **BUBBLE)
    assert fit.outcome == "converged"
    expected = (truth[0], ISOLATED, truth[1])
    np.testing.assert_allclose(list(fit.value.values()), expected, atol=1e-4)


@pytest.mark.parametrize("truth", [(0.15, 1.0), (0.1, 2.0)])
def test_avalanches_are_recovered_within_their_errors(truth):
    named = {"probability": truth[0], "isolated_purity": ISOLATED, "localization_length": truth[1]}
    fit = lambda i, means: fit_avalanche(i, means, **BUBBLE)  # noqa: E731
    within_their_errors(pulls(fit, named, avalanche(*truth), 60))


def test_no_avalanche_is_a_probability_at_its_bound():
    noise = np.array([0, 1, 1, 1, 1, 1, 1, 1, 0]) * 1e-3  # purer than any avalanche leaves it
    fit = fit_avalanche(DISTANCE, means(avalanche(0.0, 1.0) - noise, 1e-3, 0.0), **BUBBLE)
    assert fit.outcome == "at a bound"
    assert fit.value["probability"] == 0.0


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
