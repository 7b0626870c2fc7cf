import numpy as np
import pytest
import xarray as xr
from made_chains import ERROR, OWN, SEEDS, inclusion, responding

from mbl.ensembles.response import asymptote, deviations, misfit, purity_response
from mbl.ensembles.rows import LackingError, key_of

W = (2.0, 4.0)
EDGE = 0.05  # by which sites in the middle of the chain alone are less pure than those of its bulk


def response(distance):
    return 0.2 + 0.4 * np.exp(-distance / 0.8)


def chains(**quantities):
    """The bubble's response decays to 0.2."""

    def purity(n, L, W):
        sites = np.arange((L + 1) // 2)
        return 1.15 - (response(sites) if n else 0) + np.zeros(len(sites))

    return inclusion(W, sizes=(8, 10), purity=purity, bulk_purity=1.15 + EDGE, **quantities)


def largest(found):
    return found.isel(key=int(np.argmax(found["L"].values)))


def test_the_response_is_the_difference_to_the_same_site_of_the_longer_chain():
    rows = chains()
    found = purity_response(rows)
    keys = zip(found["L"].values, found["W"].values, strict=True)
    assert sorted(keys) == [(L, w) for L in (8, 10) for w in W]
    key = largest(found)
    np.testing.assert_allclose(key["difference"], response(np.arange(5)), atol=1e-12)
    np.testing.assert_allclose(key["edge"], EDGE, atol=1e-12)
    np.testing.assert_allclose(key["bulk_difference"], response(np.arange(5)) + EDGE, atol=1e-12)
    assert key["realisations"] == SEEDS
    # Errors are of rows: what the seed has in common drops out.
    bubble, alone = (key_of(rows, n=n, L=L, W=float(key["W"])) for n, L in ((4, 10), (0, 12)))
    apart = alone["purity"].values[:, 1:] - bubble["purity"].values[:, :5]
    expected = apart.std(axis=0, ddof=1) / np.sqrt(SEEDS)
    np.testing.assert_allclose(key["difference_error"], expected, rtol=1e-9)
    assert (key["difference_error"] < 3 * OWN).all()
    whole = alone["bulk_purity"].values[:, None] - bubble["purity"].values[:, :5]
    expected = whole.std(axis=0, ddof=1) / np.sqrt(SEEDS)
    np.testing.assert_allclose(key["bulk_difference_error"], expected, rtol=1e-9)


def test_more_realisations_of_the_chain_alone_tell_the_edge_better():
    rows = chains()
    rows["purity"][rows["n"].values > 0, 10:] = np.nan
    few, whole = largest(purity_response(rows)), largest(purity_response(chains()))
    assert few["realisations"] == 10
    xr.testing.assert_identical(few["edge"], whole["edge"])
    assert (few["difference_error"] > whole["difference_error"]).all()
    # The edge of all rows, whatever the bubble's: not that of the bubble's alone.
    total = few["difference"] + few["edge"]
    np.testing.assert_allclose(few["bulk_difference"], total, rtol=1e-12)


def test_fits_are_those_of_the_means():
    key = largest(purity_response(chains()))
    assert key["exponential_asymptote"] == pytest.approx(0.2, abs=1e-4)
    assert key["exponential_length"] == pytest.approx(0.8, abs=1e-3)
    low, high = key["exponential_asymptote_interval"].sel(deviations=1).values
    assert low < 0.2 < high
    assert misfit(key, "exponential").freedom == 2
    assert not misfit(key, "exponential").rejected
    assert misfit(key, "avalanche").rejected
    off = deviations(key, "exponential")
    assert [one.value for one in off] == pytest.approx([0] * 5, abs=1e-5)
    assert all(0 < one.error < ERROR for one in off)


def test_the_asymptote_has_its_error_on_the_side_of_the_bound():
    key = largest(purity_response(responding(0.03, 4.4)))
    low, high = key["exponential_asymptote_interval"].sel(deviations=2).values
    above, below = asymptote(key, 0.0), asymptote(key, 1.0)
    assert above.value - 2 * above.error == pytest.approx(low)
    assert below.value + 2 * below.error == pytest.approx(high)


def test_everything_has_a_unit_and_a_meaning():
    found = purity_response(chains())
    assert all(found[name].attrs["long_name"] for name in found.data_vars)
    errors = [name for name in found.data_vars if name.endswith("_error")]
    assert all("standard error" in found[name].attrs["long_name"] for name in errors)


def test_shorter_chains_are_padded():
    found = purity_response(chains())
    short = found["difference"].isel(key=int(np.argmin(found["L"].values)))
    assert np.isnan(short).values.tolist() == [False] * 4 + [True]


def test_a_single_realisation_has_a_response_without_error():
    key = largest(purity_response(chains().isel(seed=[0])))
    assert np.isfinite(key["difference"]).all()
    assert np.isnan(key["difference_error"]).all()
    assert np.isnan(key["exponential_asymptote"])


def test_a_bubble_without_its_longer_chain_has_no_response():
    rows = chains()
    found = purity_response(rows.isel(key=rows["L"].values != 12))
    assert set(found["L"].values) == {8}
    with pytest.raises(LackingError, match="two sites longer"):
        purity_response(rows.isel(key=rows["n"].values > 0))
