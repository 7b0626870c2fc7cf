import made_tables
import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.locality import (
    buffers_over_lbits,
    decay_rate,
    half_heights,
    local_rates,
    mean_buffers,
    mean_errors,
    proper_errors,
    rate_difference,
)
from mbl.ensembles.rows import LackingError

ERRORS = np.array([[[0.6, 0.1, 0.0]] * 5, [[0.2, 0.05, 0.0]] * 4 + [[0.9, 0.8, 0.0]]])


def block(L=5, seeds=(0, 1), errors=ERRORS):
    return xr.Dataset(
        {"truncation_error": (("seed", "site", "support"), errors)},
        {
            "L": L,
            "Delta": 5.0,
            "seed": list(seeds),
            "site": np.arange(L),
            "support": np.arange(1, L + 1, 2),
        },
    )


def rows(*blocks):
    return made_tables.table("ring/locality", blocks or [block()])


def test_a_row_is_a_realisations_errors():
    xr.testing.assert_equal(
        rows().sel(L=5, Delta=5.0)["truncation_error"].reset_coords(drop=True),
        block()["truncation_error"].reset_coords(drop=True),
    )


def test_truncation_errors_by_l_bit_and_over_l_bits():
    found = mean_errors(rows()).sel(L=5, Delta=5.0)
    np.testing.assert_allclose(found["truncation_error"].sel(support=1), [0.4] * 4 + [0.75])
    np.testing.assert_allclose(found["mean_truncation_error"], [0.47, 0.15, 0.0])
    # The error of a mean over l-bits is over realisations: half the difference of two.
    np.testing.assert_allclose(found["mean_truncation_error_error"], [0.13, 0.05, 0.0])
    assert found["realisations"] == 2


@pytest.mark.parametrize(("alpha", "buffers"), [(0.3, (1, 1.8)), (0.5, (3, 1.8)), (0.95, (5, 3.4))])
def test_buffers_are_means_over_l_bits(alpha, buffers):
    found = mean_buffers(rows(), [0.1, alpha]).sel(L=5, Delta=5.0, threshold=alpha)
    assert float(found["buffer"]) == pytest.approx(np.mean(buffers))
    assert float(found["buffer_error"]) == pytest.approx(abs(buffers[0] - buffers[1]) / 2)


def test_sizes_and_seeds_that_are_not_there_bias_nothing():
    smaller = block(3, seeds=(1, 2, 3), errors=np.full((3, 3, 2), 0.2) * [1, 0])
    both = rows(block(), smaller)
    for reduce in (mean_errors, lambda table: mean_buffers(table, [0.5, 0.9])):
        alone, joined = reduce(rows()).sel(L=5), reduce(both).sel(L=5)
        xr.testing.assert_allclose(joined, alone)
    found = mean_buffers(both, [0.5, 0.9]).sel(L=3, Delta=5.0)
    np.testing.assert_allclose(found["buffer"], [1, 3])
    np.testing.assert_allclose(found["buffer_error"], 0, atol=1e-15)
    assert found["realisations"] == 3
    assert np.isnan(mean_errors(both)["mean_truncation_error"].sel(L=3, support=5)).all()


def test_an_even_ring_may_hold_an_l_bit_in_no_smaller_buffer():
    even = block(4, errors=np.full((2, 4, 2), 0.5))
    assert float(mean_buffers(rows(even), [0.9])["buffer"].item()) == 4


def test_proper_errors_are_of_buffers_smaller_than_the_ring():
    both = rows(block(), block(3, seeds=(1, 2, 3), errors=np.full((3, 3, 2), 0.2) * [1, 0]))
    found = proper_errors(both, 5)
    assert found["support"].values.tolist() == [1, 3]
    np.testing.assert_allclose(found.sel(Delta=5.0, seed=[0, 1]), [[0.6, 0.1], [0.34, 0.2]])
    assert proper_errors(both, 3)["support"].values.tolist() == [1]


def test_buffers_keep_their_realisations():
    found = buffers_over_lbits(rows(), [0.5]).sel(L=5, Delta=5.0, threshold=0.5)
    np.testing.assert_allclose(found, [3, 1.8])


def errors(means, seeds=400, spread=0.2, dims=("support",), **coords):
    """Rows whose seeds have a factor each, the same for all numbers, and whose means are given."""
    factor = 1 + spread * np.random.default_rng(0).normal(size=seeds)
    factor *= seeds / factor.sum()
    at = {"seed": range(seeds), **coords}
    return xr.DataArray(np.multiply.outer(factor, means), at, dims=("seed", *dims))


def test_half_heights_are_interpolated_and_their_errors_are_of_seeds():
    means = np.array([[0.9, 0.8], [0.6, 0.4], [0.2, 0.1]])
    found = half_heights(errors(means, dims=("Delta", "support"), Delta=[1, 2, 4], support=[1, 3]))
    assert {size: height.value for size, height in found.items()} == pytest.approx(
        {1: 2.5, 3: 1.75}
    )
    # All means move by the same factor, of 1 % error: Δ by 1 % of 1/2 over the local slope.
    assert found[1].error == pytest.approx(0.01 * 0.5 / 0.2, rel=0.15)
    assert found[3].error == pytest.approx(0.01 * 0.5 / 0.4, rel=0.15)
    with pytest.raises(LackingError, match=r"the error at \|S\| = 3 is halved"):
        low = errors(means * [1, 0.5], dims=("Delta", "support"), Delta=[1, 2, 4], support=[1, 3])
        half_heights(low)


def test_rates_are_those_of_the_means_and_share_their_seeds():
    support = [1, 3, 5]
    slow, fast = (errors(np.exp(-rate * np.array(support)), support=support) for rate in (0.1, 0.3))
    np.testing.assert_allclose(local_rates(fast), [0.3, 0.3])
    assert decay_rate(fast).value == pytest.approx(0.3)
    apart = rate_difference(slow, fast.isel(seed=slice(100, None)))
    assert apart.value == pytest.approx(0.2)
    assert apart.realisations == 300
    assert apart.error < 1e-12  # what a seed's factor changes, it changes in both


def test_rates_have_the_error_of_the_ratio_of_means():
    rng = np.random.default_rng(2)
    first, last = rng.normal(1, 0.1, 400), rng.normal(0.5, 0.1, 400)
    table = xr.DataArray(np.stack([first, last], 1), {"support": [1, 5]}, dims=("seed", "support"))
    found = decay_rate(table)
    assert found.value == pytest.approx(np.log(2) / 4, abs=0.01)
    expected = np.hypot(0.1, 0.2) / 20 / 4
    assert found.error == pytest.approx(expected, rel=0.15)
