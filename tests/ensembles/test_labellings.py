import numpy as np
import pytest
import xarray as xr

from mbl.datasets import KINDS
from mbl.ensembles.labellings import labelling_statistics


def key(name, L, Delta, seeds=3):
    """Numbers of their own for a labelling, size and strength."""
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
        },
        {
            **at,
            "mu": mu,
            "spins": ("mu", np.bitwise_count(mu)),
            "extension": ("mu", mu % 2),
            "order": np.arange(1, L + 1),
        },
    )
    evolved = rng.random((seeds, 2, 5))
    imbalance = xr.Dataset(
        {"imbalance": (("seed", "hamiltonian", "time"), evolved)},
        {**at, "hamiltonian": ["exact", "effective"], "time": np.arange(5.0)},
    )
    return name, (lbits, locality, effective, imbalance)


def test_every_labelling_keeps_its_realisations():
    keys = [key(name, 3, Delta) for name in ("sorted", "overlap") for Delta in (5.0, 20.0)]
    found = labelling_statistics(keys)
    assert found["labelling"].values.tolist() == ["sorted", "overlap"]
    assert set(KINDS["labelling_statistics"].contents) <= set(found.data_vars) | set(found.coords)
    for name, (lbits, locality, effective, imbalance) in keys:
        at = found.sel(labelling=name, L=3, Delta=float(lbits["Delta"]))
        np.testing.assert_allclose(at["objective"], lbits["objective"])
        np.testing.assert_allclose(
            at["truncation_error"], locality["truncation_error"].mean("site")
        )
        np.testing.assert_allclose(at["norm_error"], effective["norm_error"])
        apart = imbalance["imbalance"].values
        expected = np.abs(apart[:, 0] - apart[:, 1]).max(axis=1)
        np.testing.assert_allclose(at["imbalance_error"], expected)
        pairs = np.abs(effective["coupling"].values[:, [3, 5]])
        one = at.sel(order=2, extension=1)
        assert one["coupling"] == pytest.approx(pairs.mean())
        error = pairs.mean(axis=1).std(ddof=1) / np.sqrt(3)
        assert one["coupling_error"] == pytest.approx(error)


def test_sizes_and_seeds_that_are_not_there_are_missing():
    keys = [key("sorted", 3, 5.0), key("sorted", 5, 5.0, seeds=2)]
    found = labelling_statistics(keys).sel(labelling="sorted", Delta=5.0)
    assert np.isnan(found["objective"].sel(L=5, seed=2))
    assert np.isnan(found["norm_error"].sel(L=3, order=4)).all()
    assert np.isfinite(found["norm_error"].sel(L=5, order=4)).sum() == 2
