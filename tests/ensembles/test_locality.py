import made_tables
import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.locality import mean_buffers, mean_errors

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
