import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.estimates import (
    Estimate,
    covariance,
    estimated,
    mean,
    paired,
    resampled,
    rise,
    share,
)
from mbl.ensembles.rows import LackingError


def rows(values, seeds=None):
    seeds = np.arange(len(values)) if seeds is None else seeds
    return xr.DataArray(np.asarray(values, dtype=float), {"seed": seeds}, ("seed",))


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0.44123, 0.0131, "0.441 ± 0.013"),
        (3.14159, 0.2, "3.14 ± 0.20"),
        (123.4, 12.0, "123 ± 12"),
        (0.5, np.nan, "0.5"),
        (0.5, 0.0, "0.5"),
    ],
)
def test_numbers_are_told_to_two_digits_of_their_error(value, error, text):
    assert str(Estimate(value, error)) == text


def test_a_difference_is_taken_row_by_row_over_the_seeds_that_both_have():
    world = np.random.default_rng(0).normal(size=40)
    first = rows(world[:30], np.arange(30))
    second = rows(world[10:] + 1 + 0.01 * np.sin(np.arange(30)), np.arange(10, 40))
    gap = paired(first, second)
    assert gap.realisations == 20
    assert gap.value == pytest.approx(1, abs=0.01)
    assert gap.error < 0.003  # and not the 0.3 of two independent means
    assert gap.over == "paired over 20 realisations"
    assert mean(first).over == "over 30 realisations"


def test_rows_of_no_common_seed_are_not_compared():
    with pytest.raises(LackingError):
        paired(rows([1.0, 2.0], [0, 1]), rows([1.0, 2.0], [2, 3]))
    with pytest.raises(LackingError):
        mean(rows([np.nan, np.nan]))


def test_keys_are_resampled_together():
    rng = np.random.default_rng(1)
    world = rng.normal(size=200)
    first, second = rows(5 + world), rows(10 + 2 * world + 0.01 * rng.normal(size=200))
    ratio = estimated(lambda a, b: np.nanmean(b) / np.nanmean(a), first, second)
    assert ratio.value == pytest.approx(2, abs=0.01)
    assert ratio.error < 0.001  # 0.02 if they were resampled apart
    assert ratio.realisations == 200


def test_the_error_by_resampling_is_that_of_a_mean():
    values = rows(np.random.default_rng(2).normal(size=300))
    assert estimated(lambda a: a.mean(), values).error == pytest.approx(mean(values).error, rel=0.1)
    value, error, drawn = resampled(lambda a: np.array([a.mean(), np.median(a)]), values)
    assert value.shape == error.shape == (2,)
    assert drawn.shape == (2, 1000)
    assert error[1] > error[0]


def test_seeds_that_one_key_lacks_count_for_the_other():
    first, second = rows(np.arange(40.0), range(40)), rows(np.arange(20.0), range(20))
    difference = lambda a, b: np.nanmean(a) - np.nanmean(b)  # noqa: E731
    assert estimated(difference, first, second).value == 10.0
    both = estimated(difference, first, second, pairs=True)
    assert (both.value, both.realisations) == (0.0, 20)


@pytest.mark.parametrize("having", [0, 3, 50])
def test_a_share_has_an_error_even_where_all_agree(having):
    found = share(rows(np.arange(50) < having))
    assert found.value == having / 50
    assert 0.02 < found.error < 0.08


def test_the_error_of_a_share_covers_it():
    rng = np.random.default_rng(3)
    shares = [share(rows(rng.random(40) < 0.05)) for _ in range(500)]
    assert np.mean([abs(one.value - 0.05) < 2 * one.error for one in shares]) > 0.95


def test_points_of_one_curve_have_their_covariance():
    values = np.random.default_rng(4).normal(size=(50, 3)) @ np.array(
        [[1, 1, 0], [0, 1, 1], [0, 0, 1]]
    )
    values[7, 1] = np.nan
    centre, spread, count = covariance(xr.DataArray(values, dims=("seed", "point")))
    whole = np.delete(values, 7, axis=0)
    assert count == 49
    np.testing.assert_allclose(centre, whole.mean(axis=0))
    np.testing.assert_allclose(spread, np.cov(whole.T) / 49)


def test_a_rise_is_that_of_all_points_and_of_each_step():
    world = np.random.default_rng(5).normal(size=30)
    whole, steps = rise([rows(world), rows(world + 1), rows(world + 3)])
    assert whole.value == pytest.approx(3)
    assert [step.value for step in steps] == pytest.approx([1, 2])
    assert whole.paired
    _, (ratio, _) = rise([1, 2, 4], lambda a, b: Estimate(b / a, 0.1))
    assert ratio.value == 2
