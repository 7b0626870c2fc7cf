import numpy as np
import pytest
import xarray as xr

from mbl.datasets import KINDS
from mbl.ensembles.bubble import gap_ratio_crossings, purity_response

W = (2.0, 3.0, 4.0, 5.0)
SEEDS = 40


def ratios(L, centre, rng):
    """Gap ratios that fall through 0.46 at `centre`, the steeper the larger L."""
    mean = 0.46 - 0.01 * L * (np.array(W) - centre)
    return mean + 0.02 * rng.standard_normal((SEEDS, 1)) + 0.002 * rng.standard_normal((SEEDS, 4))


def statistics():
    """Chains alone cross at 3.3, with a bubble at 3.7; the bubble's response decays to 0.02."""
    rng = np.random.default_rng(1)
    rows = []
    for n, sizes, centre in ((4, (8, 10), 3.7), (0, (10, 12), 3.3)):
        for L in sizes:
            ratio = ratios(L, centre, rng)
            for column, w in enumerate(W):
                distance = np.arange(6.0)
                purity = 0.9 - (0.02 + 0.1 * np.exp(-distance / 0.8) if n else 0 * distance)
                purity[(L + 1) // 2 :] = np.nan
                rows.append((n, L, w, ratio[:, column], purity))
    n, L, w, ratio, purity = zip(*rows, strict=True)
    return xr.Dataset(
        {
            "realisation_gap_ratio": (("key", "seed"), np.array(ratio)),
            "purity": (("key", "distance"), np.array(purity)),
            "purity_error": (("key", "distance"), np.full((len(rows), 6), 0.001)),
            "bulk_purity": ("key", np.full(len(rows), 0.9)),
            "bulk_purity_error": ("key", np.full(len(rows), 0.001)),
            "realisations": ("key", np.full(len(rows), SEEDS)),
        },
        {
            "n": ("key", list(n)),
            "beta": ("key", [0.6 if one else 0.0 for one in n]),
            "L": ("key", list(L)),
            "W": ("key", list(w)),
            "seed": np.arange(SEEDS),
            "distance": np.arange(6),
        },
    )


def test_crossings_are_found_for_chains_with_and_without_bubble():
    found = gap_ratio_crossings(statistics())
    assert found["n"].values.tolist() == [0, 4]
    assert found["L"].values.tolist() == [10, 8]
    pull = (found["crossing"] - np.array([3.3, 3.7])) / found["crossing_error"]
    assert np.abs(pull).max() < 4
    assert (found["crossing_error"] > 0.01).all()
    assert (found["share"] > 0.95).all()


def test_crossings_do_not_depend_on_the_order_of_rows():
    data = statistics()
    shuffled = data.isel(key=np.random.default_rng(3).permutation(data.sizes["key"]))
    xr.testing.assert_equal(gap_ratio_crossings(data), gap_ratio_crossings(shuffled))


def test_the_response_is_the_difference_to_the_longer_chain_and_its_fit():
    found = purity_response(statistics())
    assert set(found.data_vars) | set(found.coords) >= set(KINDS["response"].contents)
    assert sorted(zip(found["L"].values, found["W"].values, strict=True)) == [
        (L, w) for L in (8, 10) for w in W
    ]
    row = found.isel(key=int(np.argmax(found["L"].values)))
    expected = 0.02 + 0.1 * np.exp(-np.arange(5) / 0.8)
    np.testing.assert_allclose(row["difference"][:5], expected)
    np.testing.assert_allclose(row["difference_error"][:5], np.hypot(0.001, 0.001))
    assert row["asymptote"] == pytest.approx(0.02, abs=1e-4)
    assert row["length"] == pytest.approx(0.8, abs=1e-3)
    low, high = row["asymptote_interval"].sel(deviations=1).values
    assert low < 0.02 < high


def test_a_bubble_without_its_longer_chain_has_no_response():
    data = statistics()
    found = purity_response(data.isel(key=data["L"].values != 12))
    assert set(found["L"].values) == {8}
