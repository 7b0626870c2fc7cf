import made_tables
import numpy as np
import xarray as xr

from mbl.ensembles.imbalance import deviations, distances, ranked

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
        # and so would errors that are relative to the norm
        {
            "norm_error": (("seed", "order"), [[0.0, 9.0], [0.1, 0.5], [0.2, 0.1], [0.3, 0.3]]),
            "operator_norm": ("seed", [1.0, 10.0, 20.0, 4.0]),
        },
        {"L": 5, "Delta": 20.0, "seed": [2, *SEEDS], "order": [1, 2]},
    )
    return rows.expand_dims(["L", "Delta"])


def test_rows_are_curves():
    rows = made_tables.table("ring/imbalance", [curves()]).sel(L=5, Delta=20.0)
    np.testing.assert_array_equal(rows["imbalance"], curves()["imbalance"])
    assert rows["truncation_order"] == 2


def test_rows_are_how_far_curves_are_apart():
    rows = made_tables.table("ring/reproduction", [curves()]).sel(L=5, Delta=20.0)
    np.testing.assert_array_equal(rows["imbalance_error"], [8, 24, 40])


def test_deviations_of_curves_that_are_known():
    time = np.linspace(0, 2 * np.pi * 12, 1200, endpoint=False)
    drifting = np.where(time < 2 * np.pi * 4, 0.0, 0.3)  # from the second third on
    exact = 0.5 + 0.2 * np.cos(time)
    models = [exact, exact + 0.1, 0.5 - 0.2 * np.cos(time), exact - drifting]
    table = xr.Dataset(
        {"imbalance": (("seed", "hamiltonian", "time"), [[exact, model] for model in models])},
        {"seed": range(4), "hamiltonian": ["exact", "effective"], "time": time},
    )
    found = deviations(table.expand_dims(L=[5], Delta=[20.0]))
    np.testing.assert_allclose(found["largest"], [0, 0.1, 0.4, 0.3], atol=1e-12)
    np.testing.assert_allclose(found["average"], [0, 0.1, 0, -0.2], atol=1e-12)
    np.testing.assert_allclose(found["oscillations"][:3], [0, 0, 2], atol=1e-12)
    np.testing.assert_allclose(found["early"], [0, 0.1, 0.8 / np.pi, 0], atol=1e-4)
    np.testing.assert_allclose(found["late"], [0, 0.1, 0.8 / np.pi, 0.3], atol=1e-4)


def test_realisations_are_ranked_by_the_error_of_their_model():
    found = ranked(made_tables.table("ring/imbalance", [curves()]), models())
    np.testing.assert_array_equal(found["seed"], [5, 4, 3])
    np.testing.assert_allclose(found["distance"], [1.2, 2.0, 5.0])
    np.testing.assert_array_equal(found["imbalance"].isel(rank=2), [[0, 1], [4, 9]])
    assert found["seed"].dims == ("rank",)
    assert (found["L"], found["Delta"], found["truncation_order"]) == (5, 20.0, 2)
    assert found["distance"].attrs["units"] == "J"
    by_seed = distances(made_tables.table("ring/imbalance", [curves()]), models())
    np.testing.assert_allclose(by_seed.sel(seed=found["seed"].values), found["distance"])
