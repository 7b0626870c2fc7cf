import numpy as np
import xarray as xr
from made_chains import crossing_at, inclusion

from mbl.ensembles.crossings import gap_ratio_crossings

W = (2.0, 3.0, 4.0, 5.0)


def chains():
    """Chains alone cross at 3.3, with a bubble at 3.7; realisations scatter by size."""
    rows = inclusion(W, gap_ratio=crossing_at(3.3, 3.7))
    rng = np.random.default_rng(1)
    keys = list(zip(rows["n"].values.tolist(), rows["L"].values.tolist(), strict=True))
    of_size = {key: 0.02 * rng.standard_normal(rows.sizes["seed"]) for key in sorted(set(keys))}
    noise = np.array([of_size[key] for key in keys])
    noise += 0.002 * rng.standard_normal(noise.shape)
    mean = rows["gap_ratio"].mean("seed")
    return rows.assign(gap_ratio=mean + xr.DataArray(noise, dims=("key", "seed")))


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
