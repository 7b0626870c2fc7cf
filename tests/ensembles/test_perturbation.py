import numpy as np
import pytest
import xarray as xr
from made_chains import perturbation as made

from mbl.ensembles.perturbation import perturbation, quartiles

W = (8.0, 16.0, 32.0)


def test_rows_keep_every_purity_and_leave_the_key_out():
    block = made(W[:1]).isel(key=0)
    rows = perturbation(block)
    assert set(rows.coords) == {"seed", "configuration", "site"}
    assert rows["exact"].dims == ("seed", "configuration", "site")
    xr.testing.assert_identical(rows["exact"], block["exact"].reset_coords(drop=True))


def test_quartiles_follow_the_powers_in_order_of_strength():
    found = quartiles(made(W[::-1]))
    assert found["W"].values.tolist() == list(W)
    for name, power in (("effect", -2), ("deviation", -4)):
        middle = found[name].sel(quantile=0.5).values
        assert middle == pytest.approx(1.5 * np.array(W) ** power, rel=1e-6)
        assert (np.diff(found[name], axis=0) > 0).all()
