import numpy as np
import pytest
from made_couplings import effective
from made_tables import by_labelling

from mbl.ensembles.algebra import extremes
from mbl.ensembles.couplings import decay_lengths
from mbl.ensembles.rows import averaged
from mbl.hilbert import ring_distance
from mbl.lbits.effective_model import order

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
    assert (found["log_interaction"] >= found["log_pair"]).all()
    assert found["order"].values.tolist() == list(range(1, L + 1))
    assert extremes(table, "expansion")["expansion"].item() == pytest.approx(10.0 ** -(L - 1))


def test_decay_lengths_are_of_one_key_alone():
    """Neither the distances nor the realisations that another key has pad them."""
    blocks = effective(4, 3, length=0.3), effective(L, SEEDS), effective(L, 5, 0.7, Delta=7.5)
    alone = [decay_lengths(rows(one)) for one in blocks]
    together = decay_lengths(rows(*blocks))
    for one, length in zip(alone, (0.3, 0.5, 0.7), strict=True):
        at = together.sel(L=one["L"], Delta=one["Delta"])
        for name in ("length", "length_error", "strength"):
            np.testing.assert_allclose(at[name], one[name], rtol=1e-12)
        assert one["length"].sel(decay="pair").item() == pytest.approx(length)
    assert np.isnan(together["length"].sel(L=4, Delta=7.5)).all()


def test_an_order_that_vanishes_has_no_typical_coupling():
    model = effective(L, SEEDS)
    model["coupling"][:, -1] = 1e-17
    model["coupling"][:, 7] = 0.0  # one of several of order 3
    found = rows(model).sel(labelling="sorted", L=L, Delta=20.0)
    for name in ("coupling", "log_coupling"):
        known = np.isfinite(found[name]).all("seed").values
        assert known.tolist() == [True] * (L - 1) + [False]
