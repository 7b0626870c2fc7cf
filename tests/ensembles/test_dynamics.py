import numpy as np
import pytest
import xarray as xr
from made_couplings import effective
from made_tables import by_labelling, table

from mbl.ensembles.dynamics import largest_loss, lbit_echo, predicted_slopes, times
from mbl.ensembles.rows import averaged

L, SEEDS = 6, 8
TIMES = np.geomspace(0.1, 1e5, 25)
SLOPE = {"x": 0.3, "z": 0.05}
GROWTH = {"x": 0.6, "z": 0.1}  # of the dephased entropy, by site
SCATTER = 1 + 0.1 * np.random.default_rng(0).normal(size=SEEDS)
SIGNAL = np.linspace(1, 0.5, len(TIMES))
WINDOW = {"slope_first": 1.0, "slope_last": 1e3, "late": 1e4}
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
    rows = table("ring/pbit_dynamics", [pbits()], **WINDOW)
    found = averaged(rows).sel(L=L, Delta=20.0)
    for axis in ("x", "z"):
        at = found.sel(axis=axis)
        assert at["slope"] == pytest.approx(SLOPE[axis] * SCATTER.mean())
        error = SLOPE[axis] * SCATTER.std(ddof=1) / np.sqrt(SEEDS)
        assert at["slope_error"] == pytest.approx(error)
        assert at["density"] == pytest.approx(GROWTH[axis] * SCATTER.mean())
        late = SLOPE[axis] * SCATTER.mean() * np.log(TIMES / TIMES[0])[TIMES >= 1e4].mean()
        assert at["late_entropy"] == pytest.approx(late)
    dressed = by_labelling("ring/lbit_dynamics", {name: [lbits()] for name in NAMES}, **WINDOW)
    np.testing.assert_allclose(dressed["lbit_slope"], 0.2)
    for both in (rows, dressed):
        held = times(both, "first", "last", "late")
        assert {name: value.item() for name, value in held.items()} == {
            "first": 1.0,
            "last": 1e3,
            "late": 1e4,
        }


def test_what_dephasing_predicts():
    rows = table("ring/pbit_dynamics", [pbits()], **WINDOW)
    couplings = by_labelling(
        "ring/couplings", {name: [effective(L, SEEDS, xi)] for name, xi in NAMES.items()}
    )
    found = predicted_slopes(rows, couplings).sel(L=L, Delta=20.0, decay="pair")
    spread = SCATTER.std(ddof=1) / np.sqrt(SEEDS)
    for name, length in NAMES.items():
        for axis in ("x", "z"):
            at, scale = found.sel(labelling=name, axis=axis), 2 * GROWTH[axis] * length
            assert at["predicted"] == pytest.approx(scale * SCATTER.mean())
            # All realisations have the same ξ: only s∞ scatters.
            assert at["predicted_error"] == pytest.approx(scale * spread, rel=1e-6)


def test_predictions_are_of_one_key_alone():
    other = pbits().isel(seed=slice(4)).assign_coords(Delta=7.5)
    rows = table("ring/pbit_dynamics", [pbits(), other], **WINDOW)
    few = effective(L, 4, 0.7, Delta=7.5)
    couplings = by_labelling("ring/couplings", {"sorted": [effective(L, SEEDS), few]})
    together = predicted_slopes(rows, couplings).sel(Delta=[7.5])
    alone = predicted_slopes(
        table("ring/pbit_dynamics", [other], **WINDOW),
        by_labelling("ring/couplings", {"sorted": [few]}),
    )
    for name in ("predicted", "predicted_error"):
        np.testing.assert_allclose(together[name], alone[name], rtol=1e-12)


def test_echoes_over_bits_and_realisations():
    rows = table("ring/pbit_dynamics", [pbits()], **WINDOW)
    found = averaged(rows).sel(L=L, Delta=20.0)
    np.testing.assert_allclose(found["echo"], SIGNAL)
    loss = largest_loss(rows, "echo_loss").sel(L=L, Delta=20.0)
    np.testing.assert_allclose(loss, 1 - SIGNAL, atol=1e-15)
    assert found["late_ramsey"] == pytest.approx((SIGNAL**2)[TIMES >= 1e4].mean())
    dressed = by_labelling("ring/lbit_dynamics", {"sorted": [lbits()]}, **WINDOW)
    assert largest_loss(dressed, "lbit_echo_loss").values.argmax() == 5
    worst = lbit_echo(dressed)
    assert worst["lbit_echo"].item() == 0
    assert worst["lbit_echo_largest"].item() == pytest.approx(1e-12, rel=1e-3)
