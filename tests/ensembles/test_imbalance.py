import numpy as np
import xarray as xr

from mbl.ensembles.imbalance import imbalance_statistics


def test_realisations_are_ranked_by_the_error_of_their_model():
    seeds = [3, 4, 5]
    imbalance = xr.Dataset(
        {"imbalance": (("seed", "hamiltonian", "time"), np.arange(12.0).reshape(3, 2, 2))},
        {
            "L": 5,
            "Delta": 20.0,
            "seed": seeds,
            "hamiltonian": ["exact", "effective"],
            "time": [0.0, 1.0],
            "truncation_order": 2,
        },
    )
    effective = xr.Dataset(
        # order 1 would rank otherwise, and so would a match by position instead of seed
        {"norm_error": (("seed", "order"), [[0.0, 9.0], [0.1, 0.5], [0.2, 0.1], [0.3, 0.3]])},
        {"seed": [2, *seeds], "order": [1, 2]},
    )
    ranked = imbalance_statistics(imbalance, effective)
    np.testing.assert_array_equal(ranked["seed"], [4, 5, 3])
    np.testing.assert_array_equal(ranked["norm_error"], [0.1, 0.3, 0.5])
    np.testing.assert_array_equal(ranked["imbalance"].isel(rank=2), [[0, 1], [2, 3]])
    assert ranked["seed"].dims == ("rank",)
