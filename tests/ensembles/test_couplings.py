import numpy as np
import pytest
from made_couplings import effective
from made_tables import by_labelling

from mbl.ensembles.algebra import extremes
from mbl.ensembles.couplings import local_lengths
from mbl.ensembles.rows import averaged
from mbl.hilbert import ring_distance
from mbl.lbits.effective_model import extension, order
from mbl.lbits.mean_range import mean_by, typical_interaction

L, SEEDS = 6, 8


def rows(*blocks):
    return by_labelling("ring/couplings", {"sorted": blocks})


def test_couplings_by_order_and_by_distance_of_pairs():
    table = rows(effective(L, SEEDS))
    found = averaged(table).sel(labelling="sorted", L=L, Delta=20.0)
    given = np.abs(effective(L, SEEDS)["coupling"].values)
    for N in (1, 3, L):
        of_order = given[:, order(L) == N]
        assert found["coupling"].sel(order=N) == pytest.approx(of_order.mean())
        assert found["log_coupling"].sel(order=N) == pytest.approx(np.log(of_order).mean())
    (first,) = np.flatnonzero(np.arange(2**L) == (1 << (L - 1)) | (1 << (L - 2)))
    assert ring_distance(0, 1, L) == 1
    expected = np.log(given[:, first]).mean()
    assert found["log_pair"].sel(distance=1) == pytest.approx(expected)
    between = typical_interaction(effective(L, SEEDS)["coupling"].values)
    _, expected = mean_by(extension(L)[order(L) == 2], between)
    np.testing.assert_allclose(found["log_interaction"], expected.mean(axis=0))
    assert found["order"].values.tolist() == list(range(1, L + 1))
    assert extremes(table, "expansion")["expansion"].item() == pytest.approx(10.0 ** -(L - 1))


def test_local_lengths_are_between_neighbouring_distances():
    table = rows(effective(L, SEEDS), effective(L, 5, 0.7, Delta=7.5))
    found = local_lengths(table).sel(labelling="sorted", L=L, decay="pair")
    for Delta, length, count in ((20.0, 0.5, SEEDS), (7.5, 0.7, 5)):
        at = found.sel(Delta=Delta)
        np.testing.assert_allclose(at["length"], [length, length, np.nan])
        np.testing.assert_allclose(at["length_error"][:-1], 0, atol=1e-12)  # all seeds fall alike
        assert count == int(table["log_pair"].sel(L=L, Delta=Delta, distance=1).count())


def test_the_error_of_a_local_length_is_that_of_the_fall_and_none_is_where_none_falls():
    table = rows(effective(L, SEEDS))
    rng = np.random.default_rng(0)
    falls = np.array([1.0, 2.0]) + 0.1 * rng.normal(size=(SEEDS, 2))
    logs = np.cumsum(np.concatenate([np.zeros((SEEDS, 1)), -falls], axis=1), axis=1)
    table["log_pair"][:] = logs
    table["log_interaction"][:] = -logs
    found = local_lengths(table).squeeze(drop=True)
    at = found.sel(decay="pair").isel(distance=slice(2))
    np.testing.assert_allclose(at["length"], 1 / falls.mean(axis=0))
    spread = falls.std(axis=0, ddof=1) / np.sqrt(SEEDS) / falls.mean(axis=0) ** 2
    np.testing.assert_allclose(at["length_error"], spread)
    assert np.isnan(found["length"].sel(decay="interaction")).all()


def test_an_order_that_vanishes_has_no_typical_coupling():
    model = effective(L, SEEDS)
    model["coupling"][:, -1] = 1e-17
    model["coupling"][:, 7] = 0.0  # one of several of order 3
    found = rows(model).sel(labelling="sorted", L=L, Delta=20.0)
    for name in ("coupling", "log_coupling"):
        known = np.isfinite(found[name]).all("seed").values
        assert known.tolist() == [True] * (L - 1) + [False]
