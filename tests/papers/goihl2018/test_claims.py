"""Rows of known truth: a claim must say what is so, and that it is not where it is not."""

import made_tables
import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.goihl2018 import claims

YES, NO, MAYBE = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.UNDECIDED
STRENGTHS = np.array([5.0, 7.5, 10.0, 20.0])
FALLING = [0.7, 0.52, 0.3, 0.1]
SEEDS = 40


def scattered(values, spread=0.06):
    """Realisations whose mean is given: each has its own factor, the same for all its numbers."""
    factor = xr.DataArray(1 + spread * np.linspace(-1, 1, SEEDS), dims="seed")
    return (factor * values).assign_coords(seed=range(SEEDS))


def locality(mean, first=1.0, last=1.0, sizes=(11,), rate=0.3, strengths=STRENGTHS, by_size=None):
    """Errors that are given at |S| = 3 for each Δ and decay with |S|."""
    grid = {"L": list(sizes), "Delta": np.array(strengths)}
    rates = xr.DataArray(np.broadcast_to(rate, (len(sizes), len(strengths))), grid)
    at_three = xr.DataArray(np.broadcast_to(mean, rates.shape), grid)
    if by_size is not None:
        at_three = at_three * xr.DataArray(by_size, dims="L")
    support = xr.DataArray([1, 3, 5, 7], {"support": [1, 3, 5, 7]})
    middle = 3 - first - last  # leaves the mean over the three as it is
    by_site = xr.DataArray([first, middle, last], {"site": range(3)})
    errors = scattered(at_three * np.exp(-rates * (support - 3)) * by_site)
    rows = errors.transpose("L", "Delta", "seed", "site", "support")
    return made_tables.described(xr.Dataset({"truncation_error": rows}), "ring/locality")


def effective(strengths=(20.0,), norm=None, coupling=None, L=7):
    """Errors by Δ and order, and couplings by order and extension."""
    orders, extensions = np.arange(1, L + 1), np.arange(L // 2 + 1)
    norm = np.ones((len(strengths), L)) if norm is None else norm
    coupling = np.ones((L, len(extensions))) if coupling is None else coupling
    norm = xr.DataArray(norm, {"Delta": list(strengths), "order": orders})
    coupling = xr.DataArray(coupling, {"order": orders, "extension": extensions})
    lead = {"L": [L], "Delta": list(strengths)}
    rows = xr.Dataset(
        {
            "norm_error": scattered(norm).expand_dims(L=[L]),
            "coupling": scattered(coupling).expand_dims(lead),
        }
    ).transpose("L", "Delta", "seed", "order", "extension")
    return made_tables.described(rows, "ring/effective")


def quench(norm, differences, averages=None):
    """Rows whose effective curves are so far from the exact ones, once and on average."""
    averages = np.zeros(len(norm)) if averages is None else averages
    lead = {"L": [7], "Delta": [20.0], "seed": range(len(norm))}
    curves = np.full((1, 1, len(norm), 2, 2), 0.5)
    curves[0, 0, :, 1, 0] += np.array(differences) + averages
    curves[0, 0, :, 1, 1] += np.array(averages) - differences
    imbalance = xr.Dataset(
        {
            "imbalance": ((*lead, "hamiltonian", "time"), curves),
            "imbalance_error": (tuple(lead), np.abs(curves[..., 1, :] - 0.5).max(axis=-1)),
            "truncation_order": (("L", "Delta"), [[4.0]]),
        },
        lead | {"hamiltonian": ["exact", "effective"], "time": [0.0, 1.0]},
    )
    errors = np.broadcast_to(np.array(norm)[:, None], (1, 1, len(norm), 7))
    models = xr.Dataset(
        {
            "norm_error": ((*lead, "order"), errors),
            "coupling": ((*lead, "order", "extension"), np.ones((1, 1, len(norm), 7, 4))),
        },
        lead | {"order": range(1, 8), "extension": range(4)},
    )
    return (
        made_tables.described(imbalance, "ring/imbalance"),
        made_tables.described(models, "ring/effective"),
    )


@pytest.mark.parametrize(("mean", "word"), [(FALLING, YES), ([0.9, 0.8, 0.7, 0.2], NO)])
def test_the_crossover_is_found_where_it_is(mean, word):
    verdict = claims.crossover(locality(mean))
    assert verdict.word == word
    assert "falls through 1/2 at Δ = 7.7" in verdict.numbers or word == NO


def test_without_a_crossover_there_is_nothing_to_judge():
    with pytest.raises(LackingError, match="falls through 1/2"):
        claims.crossover(locality([0.9, 0.8, 0.7, 0.6]))


@pytest.mark.parametrize(("mean", "word"), [(FALLING, YES), (FALLING[::-1], NO)])
def test_errors_fall_with_disorder(mean, word):
    assert claims.localises_with_disorder(locality(mean)).word == word


@pytest.mark.parametrize(("last", "word"), [(1.1, YES), (2.0, NO)])
def test_first_and_last_lbit(last, word):
    data = locality(FALLING, last=last)
    assert claims.first_and_last_lbit_differ_little(data).word == word


@pytest.mark.parametrize(("rate", "word"), [(0.3, YES), (-0.3, NO)])
def test_exponential_decay(rate, word):
    assert claims.exponential_decay(locality(FALLING, rate=rate)).word == word


@pytest.mark.parametrize(
    "claim", [claims.exponential_decay, claims.first_and_last_lbit_differ_little]
)
def test_claims_of_strong_disorder_ask_for_it(claim):
    with pytest.raises(LackingError, match="no Delta from"):
        claim(locality([0.8, 0.7], strengths=[2.0, 5.0]))


@pytest.mark.parametrize(
    ("rates", "word"), [([0.1, 0.2, 0.3, 0.4], YES), ([0.4, 0.3, 0.2, 0.1], NO)]
)
def test_faster_decay_at_stronger_disorder(rates, word):
    assert claims.faster_at_stronger_disorder(locality(FALLING, rate=rates)).word == word


@pytest.mark.parametrize(
    ("rates", "word"), [([[0.4] * 4, [0.2] * 4], YES), ([[0.2] * 4, [0.4] * 4], NO)]
)
def test_slower_decay_in_larger_rings(rates, word):
    data = locality(FALLING, sizes=(9, 13), rate=np.array(rates))
    assert claims.slower_in_larger_rings(data).word == word


@pytest.mark.parametrize(("by_size", "word"), [([1.0, 1.3], YES), ([1.0, 0.7], NO)])
def test_larger_errors_in_larger_rings(by_size, word):
    data = locality(FALLING, sizes=(9, 13), by_size=by_size)
    assert claims.larger_error_in_larger_rings(data).word == word


@pytest.mark.parametrize(("low", "high", "words"), [(0.9, 0.05, (YES, YES)), (0.05, 0.9, (NO, NO))])
def test_buffers_from_the_whole_ring_to_a_single_site(low, high, words):
    data = locality([low, high], sizes=(7,), rate=0.0, strengths=[1.0, 30.0])
    data["truncation_error"] = data["truncation_error"].where(data["support"] < 7, 0.0)
    verdicts = claims.whole_ring_at_low_disorder(data), claims.single_site_at_high_disorder(data)
    assert tuple(verdict.word for verdict in verdicts) == words


@pytest.mark.parametrize(("strong", "word"), [(0.1, YES), (0.9, NO), (0.5, MAYBE)])
def test_norm_errors_fall_with_disorder(strong, word):
    norm = np.outer([0.01, 0.5, strong], np.ones(7))  # the first is weaker than is compared
    data = effective(strengths=[2.0, 5.0, 20.0], norm=norm)
    assert claims.norm_error_falls_with_disorder(data).word == word


@pytest.mark.parametrize(("size", "word"), [(0.1, YES), (0.001, NO)])
def test_small_errors_need_high_orders(size, word):
    data = effective(norm=np.full((1, 7), size))
    assert claims.small_error_needs_high_order(data).word == word


@pytest.mark.parametrize(("decay", "word"), [(0.5, YES), (2.0, NO)])
def test_couplings_with_extension(decay, word):
    data = effective(coupling=np.outer(np.ones(7), decay ** np.arange(4)))
    assert claims.couplings_decay_with_extension(data).word == word


@pytest.mark.parametrize(("decay", "word"), [(1.0, YES), (0.1, NO)])
def test_couplings_with_order(decay, word):
    data = effective(coupling=np.outer(decay ** np.arange(7), np.ones(4)))
    assert claims.couplings_do_not_decay_with_order(data).word == word


@pytest.mark.parametrize(("differences", "word"), [([0.001, 0.4], YES), ([0.4, 0.001], NO)])
def test_dynamics_of_the_closest_model(differences, word):
    tables = quench([0.01, 0.5], differences)
    assert claims.close_in_norm_reproduces_dynamics(*tables).word == word


@pytest.mark.parametrize(("averages", "word"), [([0.2, 0.01], YES), ([0.0, 0.2], NO)])
def test_average_dynamics_of_far_models(averages, word):
    tables = quench([0.01, 0.5], [0.3, 0.3], averages)
    assert claims.average_imbalance_is_reproduced(*tables).word == word


def test_average_dynamics_ask_for_a_far_model():
    with pytest.raises(LackingError, match="norm error above"):
        claims.average_imbalance_is_reproduced(*quench([0.01, 0.05], [0.3, 0.3]))
