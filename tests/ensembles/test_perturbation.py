import numpy as np
import pytest
import xarray as xr
from made_chains import perturbation as made

from mbl.ensembles.midspectrum import pooled_correlation
from mbl.ensembles.perturbation import perturbation, quartiles
from mbl.spectral import purity_correlation

W = (8.0, 16.0, 32.0)


def block():
    rng = np.random.default_rng(0)
    exact = 1 - 0.1 * rng.uniform(size=(3, 6, 4))
    dims = ("seed", "configuration", "site")
    return xr.Dataset(
        {
            "exact": (dims, exact),
            "perturbative": (dims, exact - 0.01 * rng.uniform(size=(3, 6, 4))),
        },
        {"seed": [4, 5, 6], "configuration": range(6), "site": range(4), "n": 0, "L": 4, "W": 8.0},
    )


def test_rows_are_reduced_within_each_realisation_and_leave_the_key_out():
    given = block()
    rows = perturbation(given)
    assert set(rows.coords) == {"seed", "distance"}
    for position in range(3):
        exact, second = (given[name].values[position] for name in ("exact", "perturbative"))
        row = rows.isel(seed=position)
        assert row["effect"] == pytest.approx(np.median(1 - exact))
        assert row["deviation"] == pytest.approx(np.median(abs(second - exact)))
    moments = [rows[name] for name in ("purity", "purity_variance", "purity_covariance")]
    np.testing.assert_allclose(
        pooled_correlation(np.stack(moments, axis=1)), purity_correlation(given["exact"].values)
    )


def test_quartiles_follow_the_powers_in_order_of_strength():
    found = quartiles(made(W[::-1]))
    assert found["W"].values.tolist() == list(W)
    for name, power in (("effect", -2), ("deviation", -4)):
        middle = found[name].sel(quantile=0.5).values
        slopes = np.diff(np.log(middle)) / np.diff(np.log(W))
        assert slopes == pytest.approx(power, abs=0.5)
        assert (np.diff(found[name], axis=0) > 0).all()
