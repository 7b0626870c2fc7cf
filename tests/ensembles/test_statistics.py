import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.statistics import grid, mean_and_error, statistics


def key(L, Delta, values):
    return xr.Dataset(
        {"x": (("seed", "site"), values)},
        {"L": L, "Delta": Delta, "seed": np.arange(len(values)), "site": np.arange(L)},
    )


def test_error_is_over_realisations():
    values = np.random.default_rng(0).normal(size=(50, 3))
    mean, error = mean_and_error(xr.DataArray(values, dims=("seed", "site")))
    np.testing.assert_allclose(mean, values.mean(axis=0))
    np.testing.assert_allclose(error, np.sqrt(values.var(axis=0, ddof=1) / 50))


def test_one_realisation_has_no_error():
    mean, error = mean_and_error(xr.DataArray([[2.0]], dims=("seed", "site")))
    assert mean == 2.0
    assert np.isnan(error)


def test_keys_join_on_a_grid_with_holes():
    parts = [key(3, 5.0, np.ones((4, 3))), key(5, 5.0, np.full((2, 5), 2.0)),
             key(3, 7.5, np.full((3, 3), 3.0))]  # fmt: skip
    joined = grid(statistics(part, {"x": part["x"]}) for part in parts)
    assert joined.sizes == {"L": 2, "Delta": 2, "site": 5}
    assert joined["x"].sel(L=3, Delta=7.5, site=1) == 3.0
    assert np.isnan(joined["x"].sel(L=3, Delta=5.0, site=4))
    assert np.isnan(joined["x"].sel(L=5, Delta=7.5)).all()
    np.testing.assert_array_equal(joined["realisations"], [[4, 3], [2, 0]])
    assert joined["realisations"].dtype.kind == "i"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_grid_is_in_order_of_size_and_strength(order):
    parts = [key(3, 5.0, np.ones((4, 3))), key(3, 2.5, np.ones((4, 3)))]
    joined = grid(statistics(parts[n], {"x": parts[n]["x"]}) for n in order)
    np.testing.assert_array_equal(joined["Delta"], [2.5, 5.0])
