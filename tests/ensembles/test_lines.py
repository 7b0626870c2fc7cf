import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.lines import fit_polynomial

X = np.arange(5.0)
ROWS = 60


def rows(curve, rng, noise=0.1):
    """Rows about a curve whose points share most of their noise."""
    shared = rng.normal(size=(ROWS, 1)) + 0.3 * rng.normal(size=(ROWS, len(X)))
    return xr.DataArray(curve + noise * shared, dims=("seed", "point"))


def test_errors_and_goodness_are_those_of_repeated_experiments():
    rng = np.random.default_rng(1)
    fits = [fit_polynomial(X, rows(1 - 0.3 * X, rng)) for _ in range(400)]
    slopes = np.array([fit.coefficients[1].value for fit in fits])
    assert abs(slopes.mean() + 0.3) < 4 * slopes.std() / 20
    told = np.mean([fit.coefficients[1].error for fit in fits])
    assert told == pytest.approx(slopes.std(), rel=0.12)
    p_values = np.sort([fit.p_value for fit in fits])
    # uniform, as Kolmogorov and Smirnov test it
    assert np.abs(p_values - (np.arange(400) + 0.5) / 400).max() < 1.63 / 20
    assert fits[0].freedom == 3


def test_a_bend_is_seen_although_the_points_move_together():
    rng = np.random.default_rng(2)
    bent = rows(1 - 0.3 * X + 0.02 * X**2, rng)
    line, parabola = fit_polynomial(X, bent), fit_polynomial(X, bent, degree=2)
    assert line.rejected
    assert not parabola.rejected
    assert parabola.coefficients[2].value == pytest.approx(
        0.02, abs=4 * parabola.coefficients[2].error
    )
    assert parabola.coefficients[2].error < 0.004


def test_logarithms_of_means():
    rng = np.random.default_rng(3)
    fit = fit_polynomial(X, rows(np.exp(-0.5 * X), rng, noise=0.01), logarithm=True)
    rate = fit.coefficients[1]
    assert rate.value == pytest.approx(-0.5, abs=4 * rate.error)


def test_too_few_realisations_judge_no_fit():
    few = xr.DataArray(np.random.default_rng(4).normal(size=(5, 5)), dims=("seed", "point"))
    fit = fit_polynomial(X, few)
    assert np.isnan(fit.p_value)
    assert not fit.rejected
