import numpy as np
import pytest
import xarray as xr
from made_couplings import effective
from made_tables import by_labelling, table

from mbl.ensembles.dynamics import (
    PARTS,
    dephasing_times,
    ends_of_growth,
    late_time,
    local_slopes,
    parts_of_window,
    predicted_slopes,
)
from mbl.ensembles.rows import LackingError, averaged

L, SEEDS = 6, 8
TIMES = np.geomspace(0.1, 1e5, 25)
SLOPE = {"x": 0.3, "z": 0.05}
GROWTH = {"x": 0.6, "z": 0.1}  # of the dephased entropy, by site
SCATTER = 1 + 0.1 * np.random.default_rng(0).normal(size=SEEDS)
SIGNAL = np.linspace(1, 0.5, len(TIMES))
LATE = {"late": 1e4}
NAMES = {"sorted": 0.5, "overlap": 0.7}  # and what ξ is


def key(seeds=SEEDS):
    return {"L": L, "Delta": 20.0, "seed": np.arange(seeds)}


def pbits():
    logs = np.log(TIMES / TIMES[0])
    cuts = np.arange(1, 3)
    entropy = [[[slope * s * logs] * 2 for slope in SLOPE.values()] for s in SCATTER]
    dephased = [[[0.2 + growth * s * cuts] * 2 for growth in GROWTH.values()] for s in SCATTER]
    return xr.Dataset(
        {
            "entropy": (("seed", "axis", "initial", "t"), entropy),
            "dephased_entropy": (("seed", "axis", "initial", "cut"), dephased),
            "ramsey": (("seed", "site", "t"), np.tile(SIGNAL**2, (SEEDS, L, 1))),
            "echo": (("seed", "site", "t"), np.tile(SIGNAL, (SEEDS, L, 1))),
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


def test_growth_of_entanglement():
    rows = table("ring/pbit_dynamics", [pbits()], **LATE)
    found = averaged(rows).merge(local_slopes(rows["entropy"])).sel(L=L, Delta=20.0)
    for axis in ("x", "z"):
        at = found.sel(axis=axis)
        there = at["slope"].notnull().values
        assert there.tolist() == [False] * 2 + [True] * (len(TIMES) - 4) + [False] * 2
        np.testing.assert_allclose(at["slope"][there], SLOPE[axis] * SCATTER.mean())
        error = SLOPE[axis] * SCATTER.std(ddof=1) / np.sqrt(SEEDS)
        np.testing.assert_allclose(at["slope_error"][there], error)
        assert at["density"] == pytest.approx(GROWTH[axis] * SCATTER.mean())
    dressed = by_labelling("ring/lbit_dynamics", {name: [lbits()] for name in NAMES}, **LATE)
    slopes = local_slopes(dressed["lbit_entropy"])["slope"]
    np.testing.assert_allclose(slopes.dropna("t"), 0.2)
    for both in (rows, dressed):
        assert late_time(both)["late"].item() == 1e4


def test_a_local_slope_is_that_of_a_line_through_five_times():
    entropy = xr.DataArray(
        np.random.default_rng(0).normal(size=(SEEDS, len(TIMES))),
        {"seed": np.arange(SEEDS), "t": TIMES},
        ("seed", "t"),
    )
    found = local_slopes(entropy)["slope"]
    for k in (2, 7, len(TIMES) - 3):
        near = slice(k - 2, k + 3)
        lines = np.polyfit(np.log(TIMES[near]), entropy.values[:, near].T, 1)[0]
        assert found[k].item() == pytest.approx(lines.mean())


def test_the_window_is_that_of_the_interactions_and_has_equal_parts_of_ln_t():
    table_of = by_labelling("ring/couplings", {"sorted": [effective(L, SEEDS, 0.5)]})
    logs = table_of["log_interaction"]
    at = ends_of_growth(table_of)
    assert at["distance"].values.tolist() == [1.0, L / 4]
    half_way = logs.sel(distance=[1, 2]).mean("distance")
    np.testing.assert_allclose(at.isel(distance=1), half_way)
    times = dephasing_times(at).squeeze(drop=True).values
    np.testing.assert_allclose(np.log(times), -at.mean("seed").squeeze().values)

    entropy = xr.DataArray(
        SCATTER[:, None] * np.log(TIMES), {"seed": np.arange(SEEDS), "t": TIMES}, ("seed", "t")
    )
    parts = parts_of_window(entropy, 1.0, 1e4)
    assert parts.sizes == {"seed": SEEDS, "log_time": PARTS}
    expected = SCATTER[:, None] * parts["log_time"].values
    np.testing.assert_allclose(parts.transpose("seed", "log_time"), expected)
    edges = np.linspace(0, np.log(1e4), PARTS + 1)
    np.testing.assert_allclose(parts["log_time"], (edges[1:] + edges[:-1]) / 2)
    for first, last in ((1.0, 1.5), (0.01, 1e2), (1.0, 1e6)):
        with pytest.raises(LackingError, match="no times close enough from Jt = "):
            parts_of_window(entropy, first, last)


def test_a_part_is_the_mean_between_its_ends_wherever_the_times_are():
    step = xr.DataArray(
        np.where(TIMES > 10, 1.0, 0.0)[None] * SCATTER[:, None],
        {"seed": np.arange(SEEDS), "t": TIMES},
        ("seed", "t"),
    )
    parts = parts_of_window(step, 1.0, 1e4).transpose("seed", "log_time").values
    fine = np.linspace(0, np.log(1e4), 40001)
    line = np.interp(fine, np.log(TIMES), np.where(TIMES > 10, 1.0, 0.0))
    expected = [line[k * 10000 : (k + 1) * 10000].mean() for k in range(PARTS)]
    np.testing.assert_allclose(parts, SCATTER[:, None] * expected, rtol=0, atol=5e-3)


def test_what_dephasing_predicts():
    rows = table("ring/pbit_dynamics", [pbits()], **LATE)
    blocks = {name: [effective(L, SEEDS, xi)] for name, xi in NAMES.items()}
    couplings = by_labelling("ring/couplings", blocks)
    couplings["log_interaction"] = couplings["log_pair"]
    found = predicted_slopes(rows, couplings).sel(L=L, Delta=20.0)
    spread = SCATTER.std(ddof=1) / np.sqrt(SEEDS)
    for name, length in NAMES.items():
        for axis in ("x", "z"):
            at, scale = found.sel(labelling=name, axis=axis), 2 * GROWTH[axis] * length
            expected = [scale * SCATTER.mean()] * 2 + [np.nan]
            np.testing.assert_allclose(at["predicted"], expected)
            # All realisations have the same ξ: only s∞ scatters.
            np.testing.assert_allclose(at["predicted_error"][:-1], scale * spread)


def test_predictions_are_of_one_key_alone():
    other = pbits().isel(seed=slice(4)).assign_coords(Delta=7.5)
    rows = table("ring/pbit_dynamics", [pbits(), other], **LATE)
    few = effective(L, 4, 0.7, Delta=7.5)
    couplings = by_labelling("ring/couplings", {"sorted": [effective(L, SEEDS), few]})
    together = predicted_slopes(rows, couplings).sel(Delta=[7.5])
    alone = predicted_slopes(
        table("ring/pbit_dynamics", [other], **LATE),
        by_labelling("ring/couplings", {"sorted": [few]}),
    )
    for name in ("predicted", "predicted_error"):
        np.testing.assert_allclose(together[name], alone[name], rtol=1e-12)


def test_echoes_over_bits_and_realisations():
    rows = table("ring/pbit_dynamics", [pbits()], **LATE)
    found = averaged(rows).sel(L=L, Delta=20.0)
    np.testing.assert_allclose(found["echo"], SIGNAL)
    assert found["late_ramsey"] == pytest.approx((SIGNAL**2)[TIMES >= 1e4].mean())
    dressed = by_labelling("ring/lbit_dynamics", {"sorted": [lbits()]}, **LATE)
    worst = dressed["lbit_echo_loss"].squeeze(drop=True)
    assert worst.sel(seed=3).item() == pytest.approx(1e-12, rel=1e-3)
    assert worst.drop_sel(seed=3).max() == 0


def test_the_floor_is_the_signal_of_random_phases():
    floor = table("ring/pbit_dynamics", [pbits()], **LATE)["floor"].item()
    phases = np.random.default_rng(0).uniform(0, 2 * np.pi, (20000, 2 ** (L - 1)))
    signal = np.abs(np.exp(1j * phases).mean(axis=1)).mean()
    assert floor == pytest.approx(signal, rel=0.02)


def test_entropies_of_eigenstates_are_rows_as_they_are():
    entropy = np.random.default_rng(0).uniform(size=(SEEDS, 3))
    block = xr.Dataset(
        {"eigenstate_entropy": (("seed", "length"), entropy), "extensive": ("seed", SCATTER)},
        {**key(), "length": [1, 2, 3]},
    )
    rows = table("ring/eigenstate_entropy", [block]).sel(L=L, Delta=20.0)
    np.testing.assert_array_equal(rows["eigenstate_entropy"], entropy)
    np.testing.assert_array_equal(rows["extensive"], SCATTER)
