import numpy as np
import pytest
import xarray as xr
from made_chains import crossing_at as gap_ratios_crossing
from made_chains import inclusion

from mbl.ensembles.crossings import crossing, crossing_at, crossing_shift, gap_ratio_crossings
from mbl.ensembles.rows import LackingError

W = (2.0, 3.0, 4.0, 5.0)
FINE = np.linspace(1.0, 6.0, 11)


def with_scatter(rows, rng, *, shared=0.02, own=0.002):
    """Gap ratios scattered about their means by what a seed has in common and each key of its own.

    What is in common grows with L − 10: sizes of one seed differ, and by the same everywhere.
    """
    mean = rows["gap_ratio"].mean("seed")
    seed = shared * rng.standard_normal(rows.sizes["seed"])
    noise = (0.1 * (rows["L"].values - 10))[:, None] * seed
    noise = noise + own * rng.standard_normal((rows.sizes["key"], rows.sizes["seed"]))
    return rows.assign(gap_ratio=mean + xr.DataArray(noise, dims=("key", "seed")))


def chains(seed=1, **scatter):
    """Chains alone cross at 3.3, with a bubble at 3.7."""
    rows = inclusion(W, gap_ratio=gap_ratios_crossing(3.3, 3.7))
    return with_scatter(rows, np.random.default_rng(seed), **scatter)


def test_crossings_are_found_for_chains_with_and_without_bubble():
    found = gap_ratio_crossings(chains())
    assert found["n"].values.tolist() == [0, 4]
    assert found["L"].values.tolist() == [8, 6]
    pull = (found["crossing"] - np.array([3.3, 3.7])) / found["crossing_error"]
    assert np.abs(pull).max() < 4
    assert (found["crossing_error"] > 0.01).all()
    assert (found["share"] > 0.9).all()
    assert all(found[name].attrs["long_name"] for name in found.variables)


def test_crossings_do_not_depend_on_the_order_of_keys():
    rows = chains()
    shuffled = rows.isel(key=np.random.default_rng(3).permutation(rows.sizes["key"]))
    assert gap_ratio_crossings(rows).identical(gap_ratio_crossings(shuffled))


def test_a_seed_that_one_strength_lacks_counts_at_the_others():
    rows = chains()
    rows["gap_ratio"][2, :5] = np.nan  # W = 4, beside the crossing
    found, whole = gap_ratio_crossings(rows), gap_ratio_crossings(chains())
    assert np.isfinite(found["crossing"]).all()
    assert (found["crossing"] != whole["crossing"]).any()


def test_without_neighbouring_sizes_there_is_no_pair():
    assert gap_ratio_crossings(inclusion(W, sizes=(6,))).sizes["pair"] == 0


def test_errors_are_the_scatter_of_repeated_worlds():
    """Of a crossing and of the shift, whose sizes and bubbles share the scatter of their seeds."""
    repeated = [chains(seed, shared=0.05) for seed in range(40)]
    for estimate, truth in (
        (lambda rows: crossing_at(rows, 4, 6, 8), 3.7),
        (lambda rows: crossing_shift(rows, 4, 6, 8), 0.4),
    ):
        found = [estimate(rows) for rows in repeated]
        scatter = np.std([one.value for one in found], ddof=1)
        assert abs(np.mean([one.value for one in found]) - truth) < 4 * scatter / np.sqrt(40)
        assert np.mean([one.error for one in found]) == pytest.approx(scatter, rel=0.35)
    shift, alone = crossing_shift(repeated[0], 4, 6, 8), crossing_at(repeated[0], 0, 8, 10)
    assert shift.paired
    assert shift.error < 0.7 * alone.error  # what the seeds share drops out


def test_where_few_resamples_cross_the_error_is_not_known():
    flat = with_scatter(inclusion(W), np.random.default_rng(2), shared=0.0, own=0.01)
    assert np.isnan(crossing_at(flat, 4, 6, 8).error)


def test_a_size_that_is_not_there_is_told():
    with pytest.raises(LackingError, match="no L = 12 without bubble"):
        crossing_at(chains(), 0, 8, 12)


def test_straight_lines_cross_where_they_do():
    small, large = 0.5 - 0.03 * FINE, 0.5 + 0.05 * (3.3 - FINE) - 0.03 * 3.3
    assert crossing(FINE, small, large) == pytest.approx(3.3)


def test_points_without_a_value_do_not_count_for_the_crossing():
    small, large = np.zeros(11), 3.3 - FINE
    small[4], large[6] = np.nan, np.nan
    assert crossing(FINE, small, large) == pytest.approx(3.3)


@pytest.mark.parametrize("difference", [FINE, -FINE, FINE - 3.3, np.full(11, np.nan)])
def test_without_a_change_from_above_to_below_there_is_no_crossing(difference):
    assert np.isnan(crossing(FINE, np.zeros(11), difference))


def test_of_several_crossings_noise_deep_in_the_phases_makes_none():
    difference = 0.1 * (3.3 - FINE)
    difference[:2] = 1e-3, -1e-3
    difference[-2:] = 1e-3, -1e-3
    assert crossing(FINE, np.zeros(11), difference) == pytest.approx(3.3)
