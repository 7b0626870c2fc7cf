"""Statistics of huse2014's quantities against their definitions, on made-up data."""

import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.toolbox import (
    algebra_statistics,
    coupling_statistics,
    echo_statistics,
    growth_statistics,
    median_and_error,
    range_statistics,
)
from mbl.hilbert import ring_distance
from mbl.lbits.effective_model import extension, order

L, SEEDS = 6, 8
TIMES = np.geomspace(0.1, 1e5, 25)


def key(Delta=20.0):
    return {"L": L, "Delta": Delta, "seed": np.arange(SEEDS)}


def rng(*of):
    return np.random.default_rng([*of])


def algebra(seed):
    values = rng(seed).uniform(size=SEEDS)
    return xr.Dataset({"same_site": ("seed", values), "conservation": ("seed", 2 * values)}, key())


def test_algebra_is_told_by_median_and_largest():
    blocks = {"sorted": [algebra(0)], "overlap": [algebra(1)]}
    found = algebra_statistics(blocks)
    assert found["same_site"].dims == ("labelling", "L", "Delta")
    assert found["realisations"].values.tolist() == [[SEEDS]]
    for name, (block,) in blocks.items():
        at = found.sel(labelling=name, L=L, Delta=20.0)
        assert at["same_site"] == np.median(block["same_site"])
        assert at["conservation_largest"] == block["conservation"].max()


def ranges(Delta, seed=0):
    weight = rng(seed).dirichlet(np.ones(4), size=(SEEDS, 3, L))
    return xr.Dataset(
        {"weight": (("seed", "operator", "site", "range"), weight)},
        {
            **key(Delta),
            "operator": ["z", "x", "x, raw signs"],
            "site": np.arange(L),
            "range": np.arange(4),
        },
    )


def test_ranges_are_means_over_l_bits_and_realisations():
    strengths = (7.5, 20.0)
    found = range_statistics({"sorted": [ranges(Delta, int(Delta)) for Delta in strengths]})
    for Delta in strengths:
        at = found.sel(labelling="sorted", L=L, Delta=Delta)
        weight = ranges(Delta, int(Delta))["weight"].values
        of_lbit = weight @ np.arange(4)
        np.testing.assert_allclose(at["weight"], weight.mean(axis=(0, 2)))
        np.testing.assert_allclose(at["mean_range"], of_lbit.mean(axis=(0, 2)))
        error = of_lbit.mean(axis=2).std(axis=0, ddof=1) / np.sqrt(SEEDS)
        np.testing.assert_allclose(at["mean_range_error"], error)
        np.testing.assert_allclose(at["median_range"], np.median(of_lbit, axis=(0, 2)))
        for threshold in at["threshold"].values[::7]:
            share = (of_lbit > threshold).mean(axis=(0, 2))
            np.testing.assert_allclose(at["exceedance"].sel(threshold=threshold), share)
        assert at["weight_sum_largest"] < 1e-14


def test_sizes_are_padded_and_the_random_operator_depends_on_them():
    small = ranges(20.0).isel(site=slice(4), range=slice(3)).assign_coords(L=4)
    found = range_statistics({"sorted": [small, ranges(20.0)]}).sel(labelling="sorted", Delta=20.0)
    assert np.isnan(found["weight"].sel(L=4, range=3)).all()
    assert found["random_range"].sel(L=4) < found["random_range"].sel(L=6)
    assert found["weight_sum"].sel(L=4) > 0.01  # its weights were cut off


def test_error_of_a_median_is_that_of_its_scatter():
    draws = rng(0).normal(size=(400, 40, 3, 2))
    medians = np.median(draws, axis=(1, 3))
    _, errors = zip(*(median_and_error(one, rng(1)) for one in draws[:20]), strict=True)
    assert np.mean(errors) == pytest.approx(medians.std(), rel=0.2)
    assert np.isnan(median_and_error(draws[0, :1], rng(0))[1]).all()


def effective(length=0.5, seed=0):
    """Couplings that decay with order, those of pairs with distance as well."""
    mu = np.arange(2**L)
    pairs = order(L) == 2
    scale = 10.0 ** -(1.5 * order(L))
    scale[pairs] = np.exp(-extension(L)[pairs] / length)
    scatter = np.exp(0.1 * rng(seed).normal(size=(SEEDS, 1)))
    return xr.Dataset(
        {
            "coupling": (("seed", "mu"), scale * scatter * rng(1).choice([-1, 1], 2**L)),
            "norm_error": (("seed", "order"), np.tile(10.0 ** -np.arange(L), (SEEDS, 1))),
        },
        {
            **key(),
            "mu": mu,
            "spins": ("mu", order(L)),
            "extension": ("mu", extension(L)),
            "order": np.arange(1, L + 1),
        },
    )


def test_couplings_by_order_and_by_distance_of_pairs():
    found = coupling_statistics({"sorted": [effective()]}).sel(labelling="sorted", L=L, Delta=20.0)
    given = np.abs(effective()["coupling"].values)
    for N in (1, 3, L):
        of_order = given[:, order(L) == N]
        assert found["coupling"].sel(order=N) == pytest.approx(of_order.mean())
        assert found["log_coupling"].sel(order=N) == pytest.approx(np.log(of_order).mean())
    (first,) = np.flatnonzero(np.arange(2**L) == (1 << (L - 1)) | (1 << (L - 2)))
    assert ring_distance(0, 1, L) == 1
    expected = np.log(given[:, first]).mean()
    assert found["log_pair"].sel(distance=1) == pytest.approx(expected)
    assert (found["log_interaction"] >= found["log_pair"]).all()
    assert found["length"].sel(decay="pair") == pytest.approx(0.5)
    assert found["expansion"] == pytest.approx(10.0 ** -(L - 1))


def test_an_order_that_vanishes_has_no_typical_coupling():
    model = effective()
    model["coupling"][:, -1] = 1e-17
    model["coupling"][:, 7] = 0.0  # one of several of order 3
    found = coupling_statistics({"sorted": [model]}).sel(labelling="sorted", L=L, Delta=20.0)
    for name in ("coupling", "log_coupling"):
        assert np.isfinite(found[name]).values.tolist() == [True] * (L - 1) + [False]


SLOPE = {"x": 0.3, "z": 0.05}
GROWTH = {"x": 0.6, "z": 0.1}  # of the dephased entropy, by site


def pbits():
    scatter = 1 + 0.1 * rng(0).normal(size=SEEDS)
    logs = np.log(TIMES / TIMES[0])
    cuts = np.arange(1, 3)
    entropy = [[[slope * s * logs] * 2 for slope in SLOPE.values()] for s in scatter]
    dephased = [[[0.2 + growth * cuts] * 2 for growth in GROWTH.values()] for _ in scatter]
    signal = np.linspace(1, 0.5, len(TIMES))
    return xr.Dataset(
        {
            "entropy": (("seed", "axis", "initial", "t"), entropy),
            "dephased_entropy": (("seed", "axis", "initial", "cut"), dephased),
            "ramsey": (("seed", "site", "t"), np.tile(signal**2, (SEEDS, L, 1))),
            "echo": (("seed", "site", "t"), np.tile(signal, (SEEDS, L, 1))),
        },
        {
            **key(),
            "axis": list(SLOPE),
            "initial": [0, 1],
            "cut": cuts,
            "t": TIMES,
            "site": np.arange(L),
        },
    )


def lbits():
    entropy = np.tile(0.2 * np.log(TIMES), (SEEDS, 2, 1))
    one = np.ones((SEEDS, L, len(TIMES)))
    one[3, 2, 5] = 1 - 1e-12
    return xr.Dataset(
        {
            "lbit_entropy": (("seed", "initial", "t"), entropy),
            "lbit_ramsey": (("seed", "site", "t"), 0.1 * one),
            "lbit_echo": (("seed", "site", "t"), one),
        },
        {**key(), "initial": [0, 1], "t": TIMES, "site": np.arange(L)},
    )


def test_growth_beside_what_dephasing_predicts():
    names = ("sorted", "overlap")
    found = growth_statistics(
        [pbits()],
        {name: [lbits()] for name in names},
        {name: [effective(length)] for name, length in zip(names, (0.5, 0.7), strict=True)},
        (1.0, 1e3),
        1e4,
    ).sel(L=L, Delta=20.0)
    scatter = 1 + 0.1 * rng(0).normal(size=SEEDS)
    for axis in ("x", "z"):
        at = found.sel(axis=axis)
        assert at["slope"] == pytest.approx(SLOPE[axis] * scatter.mean())
        error = SLOPE[axis] * scatter.std(ddof=1) / np.sqrt(SEEDS)
        assert at["slope_error"] == pytest.approx(error)
        assert at["density"] == pytest.approx(GROWTH[axis])
        late = SLOPE[axis] * scatter.mean() * np.log(TIMES / TIMES[0])[TIMES >= 1e4].mean()
        assert at["late_entropy"] == pytest.approx(late)
        for name, length in zip(names, (0.5, 0.7), strict=True):
            predicted = at["predicted"].sel(labelling=name, decay="pair")
            assert predicted == pytest.approx(2 * GROWTH[axis] * length)
    np.testing.assert_allclose(found["lbit_slope"], 0.2)
    assert (found["first"], found["last"], found["late"]) == (1.0, 1e3, 1e4)


def test_echoes_over_bits_and_realisations():
    found = echo_statistics([pbits()], {"sorted": [lbits()]}, 1e4).sel(L=L, Delta=20.0)
    signal = np.linspace(1, 0.5, len(TIMES))
    np.testing.assert_allclose(found["echo"], signal)
    np.testing.assert_allclose(found["echo_loss"], 1 - signal, atol=1e-15)
    assert found["late_ramsey"] == pytest.approx((signal**2)[TIMES >= 1e4].mean())
    of = found.sel(labelling="sorted")
    assert of["lbit_echo_loss"].values.argmax() == 5
    assert of["lbit_echo"] == 0
    assert of["lbit_echo_largest"] == pytest.approx(1e-12, rel=1e-3)
