import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.estimates import estimated
from mbl.papers.goihl2018.shared import log_ratio


def test_the_error_of_a_log_ratio_is_that_of_resampled_seeds():
    rng = np.random.default_rng(0)
    shared = rng.normal(size=300)
    first, second = (
        xr.DataArray(mean * np.exp(0.5 * shared + 0.3 * rng.normal(size=300)), dims="seed")
        for mean in (2.0, 0.5)
    )
    first, second = (rows.assign_coords(seed=range(300)) for rows in (first, second))
    found = log_ratio(first, second.isel(seed=slice(50, None)))
    resampled = estimated(
        lambda one, other: float(np.log(other.mean() / one.mean())),
        first,
        second.isel(seed=slice(50, None)),
        pairs=True,
    )
    assert found.value == pytest.approx(resampled.value)
    assert found.error == pytest.approx(resampled.error, rel=0.1)
    assert (found.realisations, found.paired) == (250, True)
