import numpy as np
import pytest
from made_chains import ERROR, inclusion

from mbl.ensembles.response import MEANING, PARAMETERS, purity_response
from mbl.ensembles.rows import LackingError

W = (2.0, 4.0)
DISTANCE = np.arange(6)


def response(distance):
    return 0.2 + 0.4 * np.exp(-distance / 0.8)


def chains(**quantities):
    """The bubble's response decays to 0.2."""
    purity = lambda n, L, W: 1.2 - (response(np.arange((L + 1) // 2)) if n else 0)  # noqa: E731
    return inclusion(W, sizes=(8, 10), purity=purity, bulk_purity=1.2, **quantities)


def test_the_response_is_the_difference_to_the_longer_chain_and_its_fit():
    found = purity_response(chains())
    keys = zip(found["L"].values, found["W"].values, strict=True)
    assert sorted(keys) == [(L, w) for L in (8, 10) for w in W]
    key = found.isel(key=int(np.argmax(found["L"].values)))
    np.testing.assert_allclose(key["difference"], response(np.arange(5)))
    np.testing.assert_allclose(key["difference_error"], np.hypot(ERROR, ERROR))
    assert key["asymptote"] == pytest.approx(0.2, abs=1e-4)
    assert key["length"] == pytest.approx(0.8, abs=1e-3)
    low, high = key["asymptote_interval"].sel(deviations=1).values
    assert low < 0.2 < high
    assert key["realisations"] == 30


def test_everything_has_a_unit_and_a_meaning():
    found = purity_response(chains())
    errors = {f"{name}_error" for name in PARAMETERS}
    assert set(found.data_vars) <= MEANING.keys() | PARAMETERS.keys() | errors
    assert all(found[name].attrs["long_name"] for name in found.data_vars)


def test_shorter_chains_are_padded():
    found = purity_response(chains())
    short = found["difference"].isel(key=int(np.argmin(found["L"].values)))
    assert np.isnan(short).values.tolist() == [False] * 4 + [True]


def test_a_bubble_without_its_longer_chain_has_no_response():
    rows = chains()
    found = purity_response(rows.isel(key=rows["L"].values != 12))
    assert set(found["L"].values) == {8}
    with pytest.raises(LackingError, match="two sites longer"):
        purity_response(rows.isel(key=rows["n"].values > 0))
