import made_tables
import numpy as np
import xarray as xr

from mbl.ensembles.imbalance import ranked

SEEDS = [3, 4, 5]


def curves():
    return xr.Dataset(
        {"imbalance": (("seed", "hamiltonian", "time"), np.arange(12.0).reshape(3, 2, 2) ** 2)},
        {
            "L": 5,
            "Delta": 20.0,
            "seed": SEEDS,
            "hamiltonian": ["exact", "effective"],
            "time": [0.0, 1.0],
            "truncation_order": 2,
        },
    )


def models():
    rows = xr.Dataset(
        # order 1 would rank otherwise, and so would a match by position instead of seed
        {"norm_error": (("seed", "order"), [[0.0, 9.0], [0.1, 0.5], [0.2, 0.1], [0.3, 0.3]])},
        {"L": 5, "Delta": 20.0, "seed": [2, *SEEDS], "order": [1, 2]},
    )
    rows["norm_error"].attrs = {"units": "1", "long_name": "error"}
    return rows.expand_dims(["L", "Delta"])


def test_rows_are_curves_and_how_far_they_are_apart():
    rows = made_tables.table("ring/imbalance", [curves()]).sel(L=5, Delta=20.0)
    np.testing.assert_array_equal(rows["imbalance"], curves()["imbalance"])
    np.testing.assert_array_equal(rows["imbalance_error"], [8, 24, 40])
    assert rows["truncation_order"] == 2


def test_realisations_are_ranked_by_the_error_of_their_model():
    found = ranked(made_tables.table("ring/imbalance", [curves()]), models())
    np.testing.assert_array_equal(found["seed"], [4, 5, 3])
    np.testing.assert_array_equal(found["norm_error"], [0.1, 0.3, 0.5])
    np.testing.assert_array_equal(found["imbalance"].isel(rank=2), [[0, 1], [4, 9]])
    assert found["seed"].dims == ("rank",)
    assert (found["L"], found["Delta"], found["truncation_order"]) == (5, 20.0, 2)
    assert found["norm_error"].attrs["long_name"] == "error of the effective model"
