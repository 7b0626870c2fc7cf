import numpy as np
import pytest
import xarray as xr
from made_tables import by_labelling

from mbl.ensembles.algebra import extremes
from mbl.ensembles.ranges import exceedances, long_lbits, mean_ranges, median_ranges

L, SEEDS = 6, 8


def rng(seed):
    return np.random.default_rng(seed)


def block(Delta, seed=0, seeds=SEEDS):
    weight = rng(seed).dirichlet(np.ones(4), size=(seeds, 3, L))
    return xr.Dataset(
        {"weight": (("seed", "operator", "site", "range"), weight)},
        {
            "L": L,
            "Delta": Delta,
            "seed": np.arange(seeds),
            "operator": ["z", "x", "x, raw signs"],
            "site": np.arange(L),
            "range": np.arange(4),
        },
    )


def rows(*blocks):
    return by_labelling("ring/range", {"sorted": blocks})


def small(**numbers):
    """A ring of four sites, whose strings reach less far."""
    return block(20.0, **numbers).isel(site=slice(4), range=slice(3)).assign_coords(L=4)


def test_ranges_are_means_over_l_bits_and_realisations():
    strengths = (7.5, 20.0)
    table = rows(*(block(Delta, int(Delta)) for Delta in strengths))
    found = mean_ranges(table).merge(exceedances(table))
    for Delta in strengths:
        at = found.sel(labelling="sorted", L=L, Delta=Delta)
        weight = block(Delta, int(Delta))["weight"].values
        of_lbit = weight @ np.arange(4)
        np.testing.assert_allclose(at["weight"], weight.mean(axis=(0, 2)))
        typical = np.exp(np.log(weight).mean(axis=(0, 2)))
        np.testing.assert_allclose(at["typical_weight"], typical)
        np.testing.assert_allclose(at["mean_range"], of_lbit.mean(axis=(0, 2)))
        error = of_lbit.mean(axis=2).std(axis=0, ddof=1) / np.sqrt(SEEDS)
        np.testing.assert_allclose(at["mean_range_error"], error)
        for threshold in at["threshold"].values[::7]:
            share = (of_lbit > threshold).mean(axis=(0, 2))
            np.testing.assert_allclose(at["exceedance"].sel(threshold=threshold), share)
    assert extremes(table, "weight_sum")["weight_sum_largest"].max() < 1e-14


def test_sizes_are_padded_and_the_random_operator_depends_on_them():
    table = rows(small(), block(20.0))
    found = mean_ranges(table).sel(labelling="sorted", Delta=20.0)
    assert np.isnan(found["weight"].sel(L=4, range=3)).all()
    assert found["random_range"].sel(L=4) < found["random_range"].sel(L=6)
    lost = extremes(table, "weight_sum")["weight_sum"].sel(labelling="sorted", Delta=20.0)
    assert lost.sel(L=4) > 0.01  # its weights were cut off
    shares = exceedances(table)["exceedance"].sel(L=4, labelling="sorted", Delta=20.0)
    known = shares.notnull().all("operator").values
    assert known.tolist() == (shares["threshold"] < 3).values.tolist()


def test_medians_are_of_one_key_alone():
    """Neither the sites nor the realisations that another key has pad them."""
    alone = [median_ranges(rows(one)) for one in (small(seeds=3), block(20.0))]
    together = median_ranges(rows(small(seeds=3), block(20.0), block(7.5)))
    for one in alone:
        at = together.sel(L=one["L"], Delta=[20.0])
        xr.testing.assert_equal(at, one)
    assert np.isnan(together["median_range"].sel(L=4, Delta=7.5)).all()
    of_lbit = block(20.0)["weight"].values @ np.arange(4)
    found = alone[1]["median_range"].values.ravel()
    np.testing.assert_allclose(found, np.median(of_lbit, axis=(0, -1)))


def test_error_of_a_median_is_that_of_its_scatter():
    table = rows(block(20.0, seeds=40))
    draws = rng(0).normal(size=(400, 40, 3, L))
    medians = np.median(draws, axis=(1, 3))

    def error(values):
        one = table.assign(lbit_range=table["lbit_range"].copy(data=values[None, None, None]))
        return median_ranges(one)["median_range_error"].values.ravel()

    errors = [error(draw) for draw in draws[:5]]
    assert np.mean(errors) == pytest.approx(medians.std(), rel=0.2)
    single = median_ranges(rows(block(20.0, seeds=1)))
    assert np.isnan(single["median_range_error"]).all()


def test_shares_of_long_lbits_are_of_each_realisation_and_of_the_sites_there_are():
    of_lbit = xr.DataArray([[0.2, 1.5, np.nan], [0.4, 0.3, np.nan]], dims=("seed", "site"))
    assert long_lbits(of_lbit, 1.0).values.tolist() == [0.5, 0.0]
