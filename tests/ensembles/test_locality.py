import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.locality import buffer_statistics, locality_statistics

ERRORS = np.array([[[0.6, 0.1, 0.0]] * 5, [[0.2, 0.05, 0.0]] * 4 + [[0.9, 0.8, 0.0]]])


@pytest.fixture
def key():
    return xr.Dataset(
        {"truncation_error": (("seed", "site", "support"), ERRORS)},
        {"L": 5, "Delta": 5.0, "seed": [0, 1], "site": np.arange(5), "support": [1, 3, 5]},
    )


def test_truncation_errors_by_l_bit_and_over_l_bits(key):
    out = locality_statistics([key]).sel(L=5, Delta=5.0)
    np.testing.assert_allclose(out["truncation_error"].sel(support=1), [0.4] * 4 + [0.75])
    np.testing.assert_allclose(out["mean_truncation_error"], [0.47, 0.15, 0.0])
    # The error of a mean over l-bits is over realisations: half the difference of two.
    np.testing.assert_allclose(out["mean_truncation_error_error"], [0.13, 0.05, 0.0])


@pytest.mark.parametrize(("alpha", "buffers"), [(0.3, (1, 1.8)), (0.5, (3, 1.8)), (0.95, (5, 3.4))])
def test_buffers_are_means_over_l_bits(key, alpha, buffers):
    out = buffer_statistics([key], [alpha]).sel(L=5, Delta=5.0, threshold=alpha)
    assert float(out["buffer"]) == pytest.approx(np.mean(buffers))
    assert float(out["buffer_error"]) == pytest.approx(abs(buffers[0] - buffers[1]) / 2)
