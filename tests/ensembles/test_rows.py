import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.rows import (
    LackingError,
    averaged,
    in_table,
    key_of,
    mean_and_error,
    on_grid,
    once_per_table,
    realisations,
    select,
)


def rows(L, Delta, values):
    """One number a site of realisations of a ring."""
    return xr.Dataset(
        {"x": (("seed", "site"), np.asarray(values))},
        {"L": L, "Delta": Delta, "seed": np.arange(len(values)), "site": np.arange(L)},
    )


def test_error_is_over_realisations():
    values = np.random.default_rng(0).normal(size=(50, 3))
    mean, error = mean_and_error(xr.DataArray(values, dims=("seed", "site")))
    np.testing.assert_allclose(mean, values.mean(axis=0))
    np.testing.assert_allclose(error, np.sqrt(values.var(axis=0, ddof=1) / 50))


def test_one_realisation_has_no_error_and_none_no_mean():
    one, none = xr.DataArray([2.0], dims="seed"), xr.DataArray([np.nan], dims="seed")
    assert mean_and_error(one)[0] == 2.0
    assert np.isnan(mean_and_error(one)[1])
    assert np.isnan(mean_and_error(none)[0])


def test_seeds_that_a_key_lacks_do_not_count():
    values = np.array([1.0, 2.0, 4.0, np.nan])
    mean, error = mean_and_error(xr.DataArray(values, dims="seed"))
    assert mean == pytest.approx(values[:3].mean())
    assert error == pytest.approx(values[:3].std(ddof=1) / np.sqrt(3))


def test_keys_join_on_a_grid_with_holes():
    parts = [rows(3, 5.0, np.ones((4, 3))), rows(5, 5.0, np.full((2, 5), 2.0)),
             rows(3, 7.5, np.full((3, 3), 3.0))]  # fmt: skip
    joined = on_grid(parts, ("L", "Delta"))
    assert joined["x"].sizes == {"L": 2, "Delta": 2, "seed": 4, "site": 5}
    assert joined["x"].sel(L=3, Delta=7.5, seed=2, site=1) == 3.0
    assert np.isnan(joined["x"].sel(L=3, Delta=5.0, site=4)).all()
    np.testing.assert_array_equal(realisations(joined), [[4, 3], [2, 0]])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_grid_is_in_order_of_size_and_strength(order):
    parts = [rows(3, 5.0, np.ones((4, 3))), rows(3, 2.5, np.ones((4, 3)))]
    joined = on_grid([parts[n] for n in order], ("L", "Delta"))
    np.testing.assert_array_equal(joined["Delta"], [2.5, 5.0])


def test_rows_of_two_machines_join_by_concatenation():
    whole = rows(3, 5.0, np.random.default_rng(1).normal(size=(6, 3)))
    halves = [whole.isel(seed=slice(3)), whole.isel(seed=slice(3, 6))]
    joined = xr.concat([on_grid([half], ("L", "Delta")) for half in halves], "seed")
    xr.testing.assert_identical(averaged(joined), averaged(on_grid([whole], ("L", "Delta"))))


def test_averages_keep_units_and_meaning():
    data = on_grid([rows(3, 5.0, np.ones((4, 3)))], ("L", "Delta"))
    data["x"].attrs = {"units": "J", "long_name": "coupling"}
    means = averaged(data)
    assert means["x"].attrs == {"units": "J", "long_name": "mean coupling"}
    assert means["x_error"].attrs["units"] == "J"
    assert means["realisations"].values.tolist() == [[4]]


def table():
    parts = [xr.Dataset({"y": ("seed", [float(L)])}, {"L": L, "W": 4.0}) for L in (8, 10)]
    return in_table(parts)


def test_a_table_has_a_key_for_each_size_and_strength():
    assert table()["L"].dims == table()["W"].dims == ("key",)
    assert key_of(table(), L=10, W=4.0)["y"] == 10.0


@pytest.mark.parametrize("where", [{"L": 9}, {"L": 8, "W": 5.2}])
def test_what_a_table_lacks_is_named(where):
    with pytest.raises(LackingError, match=str(list(where.values())[-1])):
        key_of(table(), **where)


def test_what_a_grid_lacks_is_named_and_a_misspelt_dimension_is_an_error():
    data = rows(3, 5.0, np.ones((4, 3)))
    with pytest.raises(LackingError, match="no site = 7"):
        select(data, site=7)
    with pytest.raises(KeyError):
        select(data, sight=1)


def test_reductions_of_the_same_table_are_made_once():
    calls = []

    @once_per_table
    def counted(data, scale=1.0):
        calls.append(scale)
        return scale * data

    first, second = table(), table()
    assert counted(first) is counted(first)
    assert counted(second) is not counted(first)
    assert counted(first, scale=2.0)["y"].max() == 20.0
    assert calls == [1.0, 1.0, 2.0]
