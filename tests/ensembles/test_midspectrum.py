from itertools import pairwise

import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.midspectrum import BINS, by_distance, midspectrum_statistics, spin_density


def key(n, L, W, *, realisations=6, states=5, seed=0):
    rng = np.random.default_rng([seed, n, L])
    sz = rng.uniform(-0.5, 0.5, (realisations, states, L))
    energy = np.sort(rng.standard_normal((realisations, states)), axis=1)
    return xr.Dataset(
        {
            "energy": (("seed", "state"), energy),
            "sz": (("seed", "state", "site"), sz),
            "residual": (("seed", "state"), np.full(energy.shape, 1e-12)),
            "counted": ("seed", [states] * (realisations - 1) + [-1]),
        },
        {"n": n, "L": L, "W": W, "beta": 0.6 if n else 0.0, "seed": np.arange(realisations)},
    )


def test_sites_at_one_distance_from_the_bubble_are_averaged():
    np.testing.assert_allclose(by_distance(np.array([1.0, 2, 3, 4])), [2.5, 2.5])
    np.testing.assert_allclose(by_distance(np.array([1.0, 2, 9, 4, 5])), [3, 3, 9])


def test_densities_integrate_to_one_and_lie_where_the_spins_are():
    sz = np.array([[0.5, 0.0, -0.5, 0.5]] * 3)
    density = spin_density(sz)
    assert density.shape == (2, BINS)
    np.testing.assert_allclose(density.sum(axis=1) / BINS, 1)
    assert density[0, -1] == BINS  # both ends up
    assert density[1, 0] == density[1, BINS // 2] == BINS / 2


def test_statistics_are_those_of_the_definitions():
    first, second = key(0, 6, 4.0), key(4, 5, 5.2)
    found = midspectrum_statistics([first, second])
    assert found["n"].values.tolist() == [0, 4]
    assert found["L"].values.tolist() == [6, 5]
    assert found["beta"].values.tolist() == [0.0, 0.6]
    for row, given in enumerate((first, second)):
        L = int(given["L"])
        gaps = np.diff(given["energy"].values, axis=1)
        ratios = []
        for levels in gaps:
            pairs = pairwise(levels)
            ratios.append(np.mean([min(a, b) / max(a, b) for a, b in pairs]))
        ours = found.isel(key=row)
        assert ours["gap_ratio"] == pytest.approx(np.mean(ratios))
        assert ours["gap_ratio_error"] == pytest.approx(np.std(ratios, ddof=1) / np.sqrt(6))
        np.testing.assert_allclose(ours["realisation_gap_ratio"], ratios)
        gamma = 2 * given["sz"].values ** 2 + 0.5
        for i in range((L + 1) // 2):
            of_seed = 0.5 * (gamma[:, :, i] + gamma[:, :, L - 1 - i]).mean(axis=1)
            assert ours["purity"].sel(distance=i) == pytest.approx(of_seed.mean())
            expected = of_seed.std(ddof=1) / np.sqrt(6)
            assert ours["purity_error"].sel(distance=i) == pytest.approx(expected)
            ends = np.concatenate([gamma[..., 0].ravel(), gamma[..., -1].ravel()])
            there = np.concatenate([gamma[..., i].ravel(), gamma[..., L - 1 - i].ravel()])
            pearson = np.corrcoef(ends, there)[0, 1]
            assert ours["correlation"].sel(distance=i) == pytest.approx(pearson)
        assert ours["bulk_purity"] == pytest.approx(gamma[:, :, 2 : L - 2].mean())
        assert ours["certified"] == 5
        assert ours["realisations"] == 6
    assert np.isnan(found["purity"].isel(key=1)).sum() == 0
    assert found["purity"].sizes["distance"] == 3


def test_shorter_chains_are_padded():
    found = midspectrum_statistics([key(0, 8, 4.0), key(0, 4, 4.0, realisations=3)])
    assert np.isnan(found["purity"].isel(key=1)).values.tolist() == [False, False, True, True]
    assert np.isfinite(found["realisation_gap_ratio"]).sum("seed").values.tolist() == [6, 3]
