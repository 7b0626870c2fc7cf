import made_tables
import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.labellings import compare, side_by_side
from mbl.ensembles.rows import LackingError

STATISTICS = ("ring/locality", "ring/effective", "ring/reproduction", "ring/lbits")


def blocks(name, L, Delta, seeds=3):
    """Numbers of their own for a labelling, size and strength, a block of each quantity."""
    rng = np.random.default_rng([len(name), L, int(Delta)])
    at = {"L": L, "Delta": Delta, "seed": np.arange(seeds)}
    mu = np.arange(2**L)
    lbits = xr.Dataset(
        {
            "label": (("seed", "state"), np.tile(mu, (seeds, 1))),
            "objective": ("seed", rng.random(seeds)),
            "bound": ("seed", 1 + rng.random(seeds)),
            "iterations": ("seed", np.ones(seeds, dtype=int)),
        },
        {**at, "state": mu},
    )
    support = np.arange(1, L + 1, 2)
    locality = xr.Dataset(
        {"truncation_error": (("seed", "site", "support"), rng.random((seeds, L, len(support))))},
        {**at, "site": range(L), "support": support},
    )
    effective = xr.Dataset(
        {
            "coupling": (("seed", "mu"), rng.standard_normal((seeds, 2**L))),
            "norm_error": (("seed", "order"), rng.random((seeds, L))),
            "operator_norm": ("seed", rng.random(seeds)),
        },
        {
            **at,
            "mu": mu,
            "spins": ("mu", np.bitwise_count(mu)),
            "extension": ("mu", mu % 2),
            "order": np.arange(1, L + 1),
        },
    )
    imbalance = xr.Dataset(
        {"imbalance": (("seed", "hamiltonian", "time"), rng.random((seeds, 2, 5)))},
        {
            **at,
            "hamiltonian": ["exact", "effective"],
            "time": np.arange(5.0),
            "truncation_order": 4,
        },
    )
    return locality, effective, imbalance, lbits


def compared(by_name):
    """Tables of the four statistics by labelling, side by side."""
    return side_by_side(
        *(
            made_tables.by_labelling(
                statistic, {name: [of[n] for of in keys] for name, keys in by_name.items()}
            )
            for n, statistic in enumerate(STATISTICS)
        )
    )


def test_every_labelling_keeps_its_realisations():
    by_name = {
        name: [blocks(name, 3, Delta) for Delta in (5.0, 20.0)] for name in ("sorted", "overlap")
    }
    found = compared(by_name)
    assert found["labelling"].values.tolist() == ["sorted", "overlap"]
    for name, keys in by_name.items():
        for locality, effective, imbalance, lbits in keys:
            at = found.sel(labelling=name, L=3, Delta=float(lbits["Delta"]))
            np.testing.assert_allclose(at["objective"], lbits["objective"])
            np.testing.assert_allclose(at["bound"], lbits["bound"])
            np.testing.assert_allclose(
                at["truncation_error"], locality["truncation_error"].mean("site")
            )
            np.testing.assert_allclose(at["norm_error"], effective["norm_error"])
            curves = imbalance["imbalance"].values
            expected = np.abs(curves[:, 0] - curves[:, 1]).max(axis=1)
            np.testing.assert_allclose(at["imbalance_error"], expected)
            pairs = np.abs(effective["coupling"].values[:, [3, 5]])
            one = at.sel(order=2, extension=1)
            assert one["coupling"] == pytest.approx(pairs.mean())
            error = pairs.mean(axis=1).std(ddof=1) / np.sqrt(3)
            assert one["coupling_error"] == pytest.approx(error)


def test_what_is_not_there_is_missing():
    by_name = {
        "sorted": [blocks("sorted", 3, 5.0), blocks("sorted", 5, 5.0, seeds=2)],
        "overlap": [blocks("overlap", 3, 5.0)],  # of the smaller size alone
    }
    found = compared(by_name).sel(Delta=5.0)
    one = found.sel(labelling="sorted")
    assert np.isnan(one["objective"].sel(L=5, seed=2))
    assert np.isnan(one["norm_error"].sel(L=3, order=4)).all()
    assert np.isfinite(one["norm_error"].sel(L=5, order=4)).sum() == 2
    other = found.sel(labelling="overlap", L=5)
    assert all(np.isnan(values).all() for values in other.data_vars.values())


def rows(values, first=0):
    seeds = range(first, first + len(values))
    return xr.DataArray(np.array(values, dtype=float), {"seed": seeds}, dims="seed")


def test_a_comparison_tells_means_medians_and_realisations_apart():
    sorting = rows([0.1] * 97 + [50.0, 50.0, 0.1])  # two failures rule the mean
    combined = rows([0.05] * 60 + [0.11] * 35 + [0.1] * 4 + [np.nan])
    found = compare(sorting, combined)
    assert found.first.value == pytest.approx((9.7 + 100) / 99)
    assert found.second.value == pytest.approx((3 + 3.85 + 0.4) / 99)
    assert found.fall.value == pytest.approx(found.first.value - found.second.value)
    assert found.means.value == pytest.approx(found.first.value / found.second.value)
    assert found.medians.value == found.ratio.value == pytest.approx(2)
    assert found.improved.value == pytest.approx(62 / 99)
    assert found.worsened.value == pytest.approx(35 / 99)  # two are equal
    assert found.balance.value == pytest.approx(27 / 99)
    assert found.means.error > 2 > found.ratio.error  # of the means, what two failures decide
    assert found.fall.realisations == found.ratio.realisations == 99
    parts = "ratio of means", "of medians", "median ratio", "% improve", "% get worse", "over 99"
    assert all(part in str(found) for part in parts)


def test_realisations_are_compared_by_their_seeds():
    found = compare(rows([9, 1, 2, 3]), rows([2, 4, 6, 9], first=1))
    assert found.means.value == pytest.approx(0.5)
    assert found.fall.realisations == 3
    with pytest.raises(LackingError):
        compare(rows([1, 2]), rows([1, 2], first=5))
