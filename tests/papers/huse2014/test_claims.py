"""Claims on rows of known truth: each says what is so, and that it is not where it is not."""

import numpy as np
import pytest
import xarray as xr
from made_couplings import effective
from made_tables import by_labelling

from mbl.ensembles.couplings import decay_lengths
from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Word
from mbl.papers.huse2014 import claims

SEEDS, L = 30, 10
STRENGTHS = (7.5, 20.0)
YES, NO = Word.SUPPORTED, Word.NOT_SUPPORTED
NONE = xr.Dataset()  # a table that a claim does not look at
SCATTER = xr.DataArray(1 + 0.01 * np.random.default_rng(0).normal(size=SEEDS), dims="seed")


def rows(*, labelled=True, **values):
    """Rows whose realisations scatter by a hundredth around values, arrays of any dimensions."""
    at = {"L": [L], "Delta": list(STRENGTHS), "seed": np.arange(SEEDS)}
    if labelled:
        at = {"labelling": ["sorted", "combined"], **at}
    lead = xr.DataArray(np.ones([len(values) for values in at.values()]), at, list(at))
    return xr.Dataset({name: lead * SCATTER * value for name, value in values.items()})


def along(dim, **values):
    """Values by the names of a coordinate."""
    return xr.DataArray(list(values.values()), {dim: list(values)}, dim)


def by_strength(*values):
    return xr.DataArray(list(values), {"Delta": list(STRENGTHS)}, "Delta")


def model(weak=0.7, strong=0.5):
    """Rows of couplings by their ξ at the two strengths; under the first labelling they grow."""
    rng = np.random.default_rng(3)
    blocks, other = [], []
    for Delta, length in zip(STRENGTHS, (weak, strong), strict=True):
        block = effective(6, SEEDS, length, Delta)
        reach = block["extension"].values
        scatter = np.exp(0.05 * rng.normal(size=(SEEDS, 1)) * reach)  # of ξ
        blocks.append(block.assign(coupling=block["coupling"] * scatter))
        other.append(block.assign(coupling=np.exp(2.0 * reach) * block["coupling"] * scatter**2))
    couplings = by_labelling("ring/couplings", {"sorted": other, "combined": blocks})
    return couplings.assign_coords(L=[L])


@pytest.mark.parametrize(("violation", "word"), [(1e-14, YES), (1e-3, NO)])
def test_what_holds_by_construction(violation, word):
    names = ("same_site", "different_sites", "conservation")
    algebra = rows(**dict.fromkeys(names, violation), bare=4.0)
    couplings, ranges = rows(expansion=violation), rows(weight_sum=violation)
    lbits = rows(lbit_echo_loss=violation)
    tables = (algebra, ranges, couplings, lbits)
    assert claims.pauli_algebra(*tables).word == word
    assert claims.lbits_are_conserved(*tables).word == word
    assert claims.hamiltonian_is_the_lbits(*tables).word == word
    assert claims.range_weights_sum_to_one(ranges).word == word
    assert claims.lbit_echo_is_perfect(NONE, lbits).word == word


def test_one_bad_realisation_is_enough():
    ranges = rows(weight_sum=1e-14)
    ranges["weight_sum"][{"labelling": 0, "Delta": 1, "seed": 3}] = 1e-3
    assert claims.range_weights_sum_to_one(ranges).word == NO


@pytest.mark.parametrize(
    ("at_weak", "at_strong", "short", "falls"),
    [(3.0, 0.5, YES, YES), (3.0, 2.0, NO, YES), (0.3, 0.5, YES, NO)],
)
def test_mean_ranges_are_of_the_last_labelling(at_weak, at_strong, short, falls):
    of_lbit = by_strength(at_weak, at_strong) * along("labelling", sorted=9.0, combined=1.0)
    sites = xr.DataArray(np.ones(L), dims="site")
    operators = along("operator", z=1.0, x=5.0)
    table = rows(lbit_range=of_lbit * operators * sites, weight=1.0)
    table["random_range"] = xr.full_like(table["lbit_range"].isel(seed=0, operator=0, site=0), 5.0)
    assert claims.mean_range_is_short(table).word == short
    assert claims.mean_range_falls_with_disorder(table).word == falls


def test_couplings_decay():
    assert claims.couplings_decay_with_distance(model()).word == YES
    assert claims.couplings_decay_with_distance(model(strong=4.0)).word == NO
    assert claims.stronger_disorder_shortens_the_decay(model()).word == YES
    assert claims.stronger_disorder_shortens_the_decay(model(0.5, 0.7)).word == NO
    assert claims.couplings_fall_with_order(model()).word == YES


@pytest.mark.parametrize(
    ("slope", "grows", "as_predicted"), [(0.6, YES, YES), (0.2, YES, NO), (-0.1, NO, NO)]
)
def test_entanglement_grows(slope, grows, as_predicted):
    couplings = model()
    xi = decay_lengths(couplings)["length"].isel(labelling=-1, Delta=-1, decay=-1).item()
    pbits = rows(
        labelled=False,
        slope=along("axis", x=slope, z=0.01),
        density=along("axis", x=0.6 / (2 * xi), z=0.01),
    )
    tables = (pbits, NONE, couplings)
    assert claims.entanglement_grows_as_a_logarithm(*tables).word == grows
    assert claims.slope_is_density_times_length(*tables).word == as_predicted


@pytest.mark.parametrize(("along_z", "word"), [(0.2, YES), (2.0, NO)])
def test_states_along_x_entangle_more(along_z, word):
    pbits = rows(labelled=False, late_entropy=along("axis", x=2.8, z=along_z))
    assert claims.states_along_x_entangle_more(pbits, NONE, NONE).word == word


@pytest.mark.parametrize(
    ("echo", "ramsey", "survives", "dephases"), [(0.8, 0.05, YES, YES), (0.2, 0.4, NO, NO)]
)
def test_signals_at_late_times(echo, ramsey, survives, dephases):
    pbits = rows(labelled=False, late_echo=echo, late_ramsey=ramsey)
    lbits = rows(late_lbit_ramsey=0.05)
    assert claims.pbit_echo_survives(pbits, lbits).word == survives
    assert claims.ramsey_dephases(pbits, lbits).word == dephases


def test_several_sizes_where_one_is_shown_are_lacking():
    both = rows(labelled=False, late_echo=0.8).reindex(L=[8, L])
    with pytest.raises(LackingError):
        claims.pbit_echo_survives(both, NONE)
