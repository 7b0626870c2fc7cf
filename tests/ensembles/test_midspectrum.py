from itertools import pairwise

import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.fits import jackknife
from mbl.ensembles.midspectrum import (
    BINS,
    at_both_ends,
    by_distance,
    correlations,
    densities,
    midspectrum,
    moments_of,
    pooled_correlation,
    spin_counts,
)
from mbl.ensembles.rows import averaged, in_table, mean_and_error, realisations
from mbl.spectral import purity, purity_correlation


def block(n, L, W, *, number=6, states=5, first=0):
    rng = np.random.default_rng([first, n, L])
    sz = rng.uniform(-0.5, 0.5, (number, states, L))
    sz[..., 1] = 0.5 * (sz[..., 0] + sz[..., 1])  # neighbours are correlated
    energy = np.sort(rng.standard_normal((number, states)), axis=1)
    return xr.Dataset(
        {
            "energy": (("seed", "state"), energy),
            "sz": (("seed", "state", "site"), sz),
            "residual": (("seed", "state"), rng.uniform(0, 1e-12, energy.shape)),
            "counted": ("seed", [states] * (number - 1) + [-1]),
        },
        {
            "n": n,
            "L": L,
            "W": W,
            "beta": 0.6 if n else 0.0,
            "seed": first + np.arange(number),
            "site": np.arange(L),
        },
    )


def table(*blocks):
    at = ({name: one[name].item() for name in ("n", "L", "W", "beta")} for one in blocks)
    return in_table(
        midspectrum(one).assign_coords(key) for one, key in zip(blocks, at, strict=True)
    )


def test_sites_at_one_distance_from_the_bubble_are_averaged():
    np.testing.assert_allclose(by_distance(np.array([1.0, 2, 3, 4])), [2.5, 2.5])
    np.testing.assert_allclose(by_distance(np.array([1.0, 2, 9, 4, 5])), [3, 3, 9])


@pytest.mark.parametrize("L", [4, 5])
def test_both_ends_have_the_mean_of_the_two_sites(L):
    values = np.random.default_rng(0).uniform(size=(3, 2, L))
    np.testing.assert_allclose(
        at_both_ends(values).mean(axis=1), by_distance(values.mean(axis=1)), rtol=1e-14
    )


def test_spins_are_counted_where_they_are():
    counts = spin_counts(np.array([[0.5, 0.0, -0.5, 0.5]] * 3))
    assert counts.shape == (2, BINS)
    np.testing.assert_array_equal(counts.sum(axis=1), 6)
    assert counts[0, -1] == 6  # both ends up
    assert counts[1, 0] == counts[1, BINS // 2] == 3


@pytest.mark.parametrize(("n", "L"), [(0, 6), (4, 5), (0, 4)])
def test_rows_are_those_of_the_definitions(n, L):
    given = block(n, L, 5.2)
    found = midspectrum(given)
    assert set(found.coords) == {"seed", "distance", "spin"}  # the key is for the driver
    assert found.sizes["distance"] == (L + 1) // 2
    gamma = 2 * given["sz"].values ** 2 + 0.5
    bulk = gamma[:, :, 2 : L - 2] if L > 4 else gamma
    for position in range(6):
        ours, own = found.isel(seed=position), gamma[position]
        gaps = pairwise(np.diff(given["energy"].values[position]))
        assert ours["gap_ratio"] == pytest.approx(np.mean([min(p) / max(p) for p in gaps]))
        assert ours["bulk_purity"] == pytest.approx(bulk[position].mean())
        assert ours["residual"] == given["residual"].values[position].max()
        assert ours["certified"] == (position < 5)
        ends = np.concatenate([own[:, 0], own[:, -1]])
        for i in range((L + 1) // 2):
            there = np.concatenate([own[:, i], own[:, L - 1 - i]])
            at = ours.sel(distance=i)
            assert at["purity"] == pytest.approx(there.mean())
            assert at["purity_variance"] == pytest.approx(there.var())
            expected = np.cov(ends, there, ddof=0)[0, 1]
            assert at["purity_covariance"] == pytest.approx(expected, abs=1e-14)
            spins = given["sz"].values[position][:, [i, L - 1 - i]]
            assert at["central_weight"] == pytest.approx((abs(spins) < 0.25).mean())
    assert all(found[name].dtype == float for name in found.data_vars)


@pytest.mark.parametrize(("L", "number"), [(6, 7), (7, 7), (6, 1), (8, 230)])
def test_the_correlation_is_that_of_the_pooled_eigenstates(L, number):
    """With its error by the same jackknife, of groups of realisations where they are many."""
    given = block(4, L, 4.0, number=number)
    found = correlations(table(given)).isel(key=0)
    value, error = jackknife(purity_correlation, purity(given["sz"].values))
    np.testing.assert_allclose(found["correlation"], value, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found["correlation_error"], error, rtol=0, atol=1e-12)
    assert found["realisations"] == number
    assert found["correlation"][0] == pytest.approx(1)


def test_moments_of_frozen_spins_keep_their_digits():
    sz = 0.5 - 1e-6 * np.random.default_rng(1).uniform(size=(4, 6, 6))
    given = block(0, 6, 50.0, number=4, states=6).assign(sz=(("seed", "state", "site"), sz))
    rows = midspectrum(given)
    moments = np.stack(
        [rows[name] for name in ("purity", "purity_variance", "purity_covariance")], axis=1
    )
    np.testing.assert_allclose(
        pooled_correlation(moments), purity_correlation(purity(sz)), rtol=0, atol=1e-9
    )


@pytest.mark.parametrize("L", [6, 7])
def test_densities_are_means_of_histograms_with_their_errors(L):
    given = block(4, L, 4.0)
    found = densities(table(given)).isel(key=0)
    of_realisation = np.stack([spin_counts(one) * BINS / 10 for one in given["sz"].values])
    each = xr.DataArray(of_realisation, dims=("seed", "distance", "spin"))
    np.testing.assert_allclose(each.mean("spin"), 1)
    mean, error = mean_and_error(each)
    np.testing.assert_allclose(found["density"], mean, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found["density_error"], error, rtol=0, atol=1e-12)


def test_one_realisation_has_a_density_without_error():
    found = densities(table(block(0, 6, 4.0, number=1)))
    assert np.isfinite(found["density"]).all()
    assert np.isnan(found["density_error"]).all()


def test_tables_of_other_seeds_join_where_histograms_are_added():
    first, second = table(block(0, 6, 4.0)), table(block(0, 6, 4.0, number=4, first=6))
    both = xr.concat([block(0, 6, 4.0), block(0, 6, 4.0, number=4, first=6)], "seed")
    counts = [name for name in first.data_vars if str(name).startswith("spin_count")]
    joined = xr.concat([one.drop_vars(counts) for one in (first, second)], "seed", join="exact")
    joined = joined.assign({name: first[name] + second[name] for name in counts})
    whole = table(both)
    for reduction in (averaged, correlations, densities):
        xr.testing.assert_allclose(reduction(joined), reduction(whole), rtol=1e-12)


def test_shorter_chains_and_missing_seeds_are_padded():
    rows = table(block(0, 8, 4.0), block(0, 4, 4.0, number=3))
    assert realisations(rows).values.tolist() == [6, 3]
    short = (averaged(rows, ["purity"])["purity"], correlations(rows)["correlation"])
    for values in (*short, densities(rows)["density"].mean("spin", skipna=False)):
        assert np.isnan(values.isel(key=1)).values.tolist() == [False, False, True, True]
    alone = table(block(0, 4, 4.0, number=3))
    for reduction in (correlations, densities):
        padded = reduction(rows).isel(key=[1], distance=slice(0, 2))
        xr.testing.assert_allclose(padded, reduction(alone), rtol=1e-12)


def test_moments_of_a_key_are_of_what_it_has():
    rows = table(block(0, 8, 4.0), block(0, 4, 4.0, number=3))
    found = moments_of(rows.isel(key=1))
    assert found.dims == ("seed", "moment", "distance")
    assert found.shape == (3, 3, 2)
    alone = correlations(rows).isel(key=1, distance=slice(0, 2))
    np.testing.assert_allclose(pooled_correlation(found.values), alone["correlation"])
