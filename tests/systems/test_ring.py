"""One ring at a time: the numbers of a notebook are those of the workflow and of direct calls."""

from dataclasses import asdict

import dense
import numpy as np
import pytest

import mbl
from mbl.catalogue import catalogue, resolve
from mbl.disorder import generator, site_fields, site_spins
from mbl.dynamics.echo import echo_lbit, echo_pbit, ramsey_lbit, ramsey_pbit
from mbl.dynamics.entanglement import random_state_entropy
from mbl.dynamics.growth import (
    bins,
    eigenstate_entropy,
    entropy_growth,
    lbit_entropy_growth,
    product_states,
)
from mbl.dynamics.imbalance import imbalance as imbalance_in_time
from mbl.dynamics.imbalance import neel_sector
from mbl.hilbert import sector, sectors, split_by_sector
from mbl.lbits.averages import infinite_time_average
from mbl.lbits.effective_model import couplings, norm_error, truncated_energies
from mbl.lbits.labelling import label_eigenstates
from mbl.lbits.locality import minimal_buffer, truncation_error
from mbl.lbits.mean_range import mean_range
from mbl.lbits.operators import algebra_errors, fix_signs, tau_matrix
from mbl.models.ring import sector_hamiltonian
from mbl.registry import Labelling, Quantity, Statistic, System
from mbl.settings.ring import ring_directory, sites
from mbl.solvers.full_spectrum import diagonalize, pack
from mbl.sources import definitions_of
from mbl.systems import ring as quantities
from mbl.systems.ring import Ring
from mbl.systems.ring_dynamics import block_entropies, imbalance, lbit_dynamics, pbit_dynamics
from mbl.systems.ring_operators import algebra, string_ranges
from mbl.tiers import stack

L, DELTA, SEED = 5, 7.5, 3
KEY = {"L": L, "Delta": DELTA}
TIMES = np.linspace(0.0, 2.0, 5)
LABELLINGS = list(catalogue()[Labelling])
QUANTITIES = {
    one.name: one for one in catalogue()[Quantity].values() if one.name.startswith("ring/")
}
OPTIONS = {
    "imbalance": {"truncation_order": 2, "first": 0.0, "last": 2.0, "points": 5},
    "dynamics": {"states": 2, "first": 0.1, "last": 1e3, "points": 4, "samples": 3},
}
every_labelling = pytest.mark.parametrize("labelling", LABELLINGS)


@pytest.fixture(scope="module")
def ring():
    return mbl.Ring(L=L, Delta=DELTA, seed=SEED)


@pytest.fixture(scope="module")
def pairs():
    fields = site_fields(L, SEED)
    return diagonalize(sector_hamiltonian(states, fields, DELTA) for states in sectors(L))


def options_of(quantity):
    return OPTIONS.get(quantity.group or quantity.name.partition("/")[2], {})


def computed(quantity, ring, labelling="sorted"):
    """The row of a quantity."""
    name = (labelling,) if quantity.labelled else ()
    return resolve(quantity.function)(ring, *name, **options_of(quantity))


def arrays(name, ring, labelling="sorted"):
    """What a file holds of a realisation."""
    row = computed(QUANTITIES[f"ring/{name}"], ring, labelling)
    return {variable: np.asarray(value) for variable, value in row.items()}


def inputs_of(quantity, ring, labelling):
    """What the workflow hands to a quantity, from the files of others."""
    needs = {need: arrays(need, ring, labelling) for need in quantity.needs}
    about = catalogue()[Labelling][labelling]
    if quantity.name == "ring/lbits":
        if about.averages_only:
            del needs["eigenvectors"]
        if about.start:
            needs["start"] = arrays("lbits", ring, about.start)
    return needs


def test_fields_hamiltonian_and_eigenstates_are_those_of_direct_calls(ring, pairs):
    np.testing.assert_array_equal(ring.fields, site_fields(L, SEED))
    for down, states in enumerate(sectors(L)):
        block = sector_hamiltonian(states, site_fields(L, SEED), DELTA)
        np.testing.assert_array_equal(ring.hamiltonian(down), block)
    np.testing.assert_array_equal(ring.energy, pairs.energy)
    np.testing.assert_array_equal(pack(ring.vectors), pack(pairs.vectors))
    np.testing.assert_array_equal(ring.averages, infinite_time_average(pairs.vectors))


@pytest.mark.parametrize("whole", [True, False])
def test_a_sector_alone_is_that_of_the_whole(pairs, whole):
    ring = Ring(L, DELTA, SEED)
    if whole:
        assert len(ring.energy) == 2**L
    for down in (0, 2, L):
        energies, vectors = ring.eigenpairs(down)
        np.testing.assert_array_equal(energies, pairs.energies[down])
        np.testing.assert_array_equal(vectors, pairs.vectors[down])
    assert ("spectrum" in vars(ring)) == whole


def test_own_fields_take_the_place_of_those_that_are_drawn():
    fields = np.linspace(-1, 1, L)
    ring = Ring(L, DELTA, fields=list(fields))
    levels = np.linalg.eigvalsh(dense.hamiltonian(fields, DELTA))
    np.testing.assert_allclose(np.sort(ring.energy), levels, rtol=0, atol=1e-12)
    with pytest.raises(ValueError, match=r"fields have the shape \(5,\); give \(4,\)"):
        Ring(4, DELTA, fields=fields)


@every_labelling
def test_lbits_are_those_of_direct_calls(ring, pairs, labelling):
    found, lbits = label_eigenstates(labelling, ring), ring.lbits(labelling)
    assert ring.lbits(labelling) is lbits
    np.testing.assert_array_equal(lbits.label, found.label)
    for name in ("objective", "bound", "iterations"):
        ours, theirs = getattr(lbits, name), getattr(found, name)
        assert ours == theirs or np.isnan([ours, theirs]).all()
    label, vectors, energy = found.label, pairs.vectors, pairs.energy
    error, coupling = truncation_error(vectors, label), couplings(energy, label)
    np.testing.assert_array_equal(lbits.truncation_error(), error)
    np.testing.assert_array_equal(lbits.minimal_buffers(0.9), minimal_buffer(error, 0.9, L))
    np.testing.assert_array_equal(lbits.couplings, coupling)
    np.testing.assert_array_equal(lbits.norm_error(), norm_error(energy, coupling, label))
    (model,) = truncated_energies(coupling, label, np.array([2]))
    np.testing.assert_array_equal(lbits.model_energies(2), model)
    np.testing.assert_allclose(lbits.model_energies(L), energy, rtol=0, atol=1e-12)


@every_labelling
def test_operators_are_those_of_direct_calls(ring, pairs, labelling):
    lbits = ring.lbits(labelling)
    fixed = fix_signs(pairs.vectors, lbits.label)
    for axis in "xyz":
        tau = tau_matrix(axis, 1, fixed, lbits.label)
        np.testing.assert_array_equal(lbits.tau(axis, 1), tau)
    blocks = [sector_hamiltonian(states, ring.fields, DELTA) for states in sectors(L)]
    errors = algebra_errors(fixed, lbits.label, blocks, generator("algebra", L, SEED))
    assert lbits.algebra_errors() == errors
    assert algebra(ring, labelling) == asdict(errors)
    weights = string_ranges(ring, labelling)["weight"]
    for position, axis in enumerate("zx"):
        np.testing.assert_array_equal(lbits.string_weights(axis), weights[position])
        np.testing.assert_array_equal(lbits.mean_ranges(axis), mean_range(weights[position]))


@every_labelling
def test_imbalances_are_those_of_direct_calls(ring, pairs, labelling):
    lbits, down = ring.lbits(labelling), neel_sector(L)
    models = [pairs.energy, lbits.model_energies(2)]
    energies = np.stack([split_by_sector(one, L)[down] for one in models])
    exact, effective = imbalance_in_time(L, pairs.vectors[down], energies, TIMES)
    np.testing.assert_array_equal(ring.imbalance(TIMES), exact)
    np.testing.assert_array_equal(lbits.model_imbalance(TIMES, 2), effective)
    assert exact[0] == pytest.approx(1)
    row = imbalance(ring, labelling, **OPTIONS["imbalance"])
    np.testing.assert_array_equal(row["imbalance"], [exact, effective])
    np.testing.assert_array_equal(row["time"], TIMES)


def test_product_states_are_those_of_the_seeds_spins(ring):
    for axis in "xz":
        expected = product_states(axis * L, site_spins(L, 3, SEED))
        np.testing.assert_array_equal(ring.product_states(axis, 3), expected)
        np.testing.assert_array_equal(ring.product_states(axis, 1), expected[:1])


def test_dynamics_of_pbits_are_those_of_direct_calls(ring, pairs):
    times, instants = bins(0.1, 1e3, 4, 3)
    alone = ring.product_states("x", 1)
    row = pbit_dynamics(ring, **OPTIONS["dynamics"])
    for axis, entropy in zip("xz", row["entropy"], strict=True):
        states = ring.product_states(axis, 2)
        each = [entropy_growth(pairs.vectors, pairs.energy, states, t, L // 2) for t in instants]
        np.testing.assert_allclose(entropy, np.mean(each, axis=2).T, rtol=0, atol=1e-13)
        expected = entropy_growth(pairs.vectors, pairs.energy, states, times, L // 2)
        np.testing.assert_array_equal(ring.entropy_growth(states, times), expected)
    np.testing.assert_array_equal(row["t"], times)
    for site in (0, 3):
        own = (pairs.vectors, pairs.energy, alone, site, times)
        np.testing.assert_array_equal(row["ramsey"][site], np.abs(ramsey_pbit(*own)[0]))
        np.testing.assert_array_equal(row["echo"][site], echo_pbit(*own)[0].real)
        np.testing.assert_array_equal(ring.ramsey_of_pbit(site, alone, times), ramsey_pbit(*own))
        np.testing.assert_array_equal(ring.echo_of_pbit(site, alone, times), echo_pbit(*own))


@pytest.mark.parametrize("labelling", ["sorted", "combined"])
def test_dynamics_of_lbits_are_those_of_direct_calls(ring, labelling):
    lbits, (times, instants) = ring.lbits(labelling), bins(0.1, 1e3, 4, 3)
    states = ring.product_states("x", 2)
    row = lbit_dynamics(ring, labelling, **OPTIONS["dynamics"])
    expected = lbit_entropy_growth(ring.energy, lbits.label, states, instants.ravel(), L // 2)
    means = expected.reshape(2, 4, 3).mean(axis=2)
    np.testing.assert_allclose(row["lbit_entropy"], means, rtol=0, atol=1e-13)
    np.testing.assert_array_equal(lbits.dephasing_growth(states, instants.ravel()), expected)
    own = (ring.energy, lbits.label, states[:1], 2, times)
    np.testing.assert_array_equal(row["lbit_ramsey"][2], np.abs(ramsey_lbit(*own)[0]))
    np.testing.assert_array_equal(row["lbit_echo"][2], echo_lbit(*own)[0].real)
    np.testing.assert_array_equal(lbits.ramsey_of_lbit(2, states[:1], times), ramsey_lbit(*own))
    np.testing.assert_array_equal(lbits.echo_of_lbit(2, states[:1], times), echo_lbit(*own))


def test_entropies_of_eigenstates_are_means_over_all_of_them(ring, pairs):
    row = block_entropies(ring)
    assert row["length"] == [1, 2]
    each = np.array([eigenstate_entropy(pairs.vectors, length) for length in (1, 2)])
    np.testing.assert_array_equal(row["eigenstate_entropy"], each.mean(axis=1))
    large = each[1] > random_state_entropy(2, L - 2) / 2
    assert row["extensive"] == large.mean()
    assert 0 < large.mean() < 1


@every_labelling
@pytest.mark.parametrize("name", QUANTITIES)
def test_what_is_given_gives_the_same_and_is_not_computed(ring, monkeypatch, name, labelling):
    quantity = QUANTITIES[name]
    expected, inputs = computed(quantity, ring, labelling), inputs_of(quantity, ring, labelling)
    key = {"L": L} if quantity.shared else KEY
    key = key | ({"labelling": labelling} if quantity.labelled else {})

    def computes(*arguments):
        raise AssertionError("computed although it is given")

    forbidden = {
        "fields": "site_fields",
        "lbits": "label_eigenstates",
        "spectrum": "diagonalize",
        "eigenvectors": "diagonalize",
    }
    for need in set(forbidden) & set(inputs):
        monkeypatch.setattr(quantities, forbidden[need], computes)
    found = computed(quantity, Ring.of(key, SEED, inputs, {"threads": 1}), labelling)
    assert set(found) == set(expected)
    for variable, value in expected.items():
        np.testing.assert_array_equal(found[variable], value, err_msg=variable)


def test_given_numbers_are_taken_as_they_are(ring):
    spectrum = {name: 2 * values for name, values in arrays("spectrum", ring).items()}
    one = Ring.of(KEY, SEED, {"spectrum": spectrum}, {})
    np.testing.assert_array_equal(one.energy, 2 * ring.energy)
    np.testing.assert_array_equal(one.averages, 2 * ring.averages)
    lbits, model = arrays("lbits", ring, "overlap"), {"coupling": np.arange(2.0**L)}
    one = Ring.of(KEY | {"labelling": "overlap"}, SEED, {"lbits": lbits, "effective": model}, {})
    np.testing.assert_array_equal(one.lbits("overlap").label, ring.lbits("overlap").label)
    np.testing.assert_array_equal(one.lbits("overlap").couplings, np.arange(2**L))


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_quantity_returns_what_its_file_holds(name):
    quantity = QUANTITIES[name]
    rows = [computed(quantity, Ring(L, DELTA, seed), "combined") for seed in (0, 1)]
    key = ({"L": L} if quantity.shared else KEY) | {"seed": [0, 1]}
    block = stack(quantity, rows, key)
    contents = catalogue().contract(name).contents
    assert set(map(str, block.variables)) == set(contents)
    for variable, about in contents.items():
        assert block[variable].dims == about.dims, variable
        assert block[variable].dtype.kind == about.dtype, variable
        if about.of_key and about.dims:
            np.testing.assert_array_equal(rows[0][variable], rows[1][variable])


def test_eigenvectors_are_stored_as_they_are_read(ring):
    packed = quantities.eigenvectors(ring)
    one = Ring.of(KEY, SEED, {"eigenvectors": packed}, {})
    for ours, theirs in zip(one.vectors, ring.vectors, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_states_of_the_spectrum_file_are_sector_after_sector(ring):
    row = quantities.spectrum(ring)
    for down in range(L + 1):
        own = row["energy"][row["sector"] == down]
        assert len(own) == len(sector(L, down))
        np.testing.assert_array_equal(own, np.sort(own))


def uses(function):
    """Modules and names that a quantity's hash follows."""
    return {f"{module}:{name}" for module, name in definitions_of(function)}


@pytest.mark.parametrize(
    ("name", "rests_on", "not_on"),
    [
        ("ring/fields", "disorder:site_fields", "solvers.full_spectrum:diagonalize"),
        ("ring/spectrum", "lbits.averages:infinite_time_average", "lbits.locality:supports"),
        ("ring/lbits", "systems.ring:Ring.lbits", "lbits.labelling:combined"),
        ("ring/locality", "lbits.locality:truncation_error", "dynamics.imbalance:imbalance"),
        ("ring/locality", "solvers.full_spectrum:diagonalize", "lbits.sorting:sorted_labels"),
        ("ring/effective", "lbits.effective_model:couplings", "lbits.locality:truncation_error"),
        ("ring/imbalance", "dynamics.imbalance:imbalance", "lbits.locality:truncation_error"),
        ("ring/algebra", "lbits.operators:algebra_errors", "lbits.mean_range:range_weights"),
        ("ring/range", "lbits.mean_range:range_weights", "lbits.operators:algebra_errors"),
        ("ring/pbit_dynamics", "dynamics.echo:echo_pbit", "dynamics.echo:echo_lbit"),
        ("ring/lbit_dynamics", "dynamics.echo:echo_lbit", "lbits.operators:tau_matrix"),
        ("ring/lbit_dynamics", "disorder:site_spins", "dynamics.growth:eigenstate_entropy"),
        ("ring/eigenstate_entropy", "dynamics.growth:eigenstate_entropy", "disorder:site_spins"),
    ],
)
def test_a_quantity_rests_on_its_own_physics_alone(name, rests_on, not_on):
    found = uses(QUANTITIES[name].function)
    assert f"mbl.{rests_on}" in found
    assert f"mbl.{not_on}" not in found


def test_a_labelling_rests_on_its_own_source_alone():
    found = uses(catalogue()[Labelling]["sorted"].function)
    assert "mbl.lbits.sorting:sorted_labels" in found
    assert not {"mbl.lbits.labelling:combined", "mbl.lbits.assignment:assign"} & found


def test_files_of_the_ring_lie_by_size_and_strength():
    system = catalogue()[System]["ring"]
    assert ring_directory(13, 20.0) == "ring/L=13/Delta=20.0"
    assert ring_directory(13) == "ring/L=13"
    assert system.patterns["ring"].format(L=13, Delta=20.0) == ring_directory(13, 20.0)
    assert sites(13) == 13
    assert {f"ring/{name}" for name in system.base} <= set(QUANTITIES) & set(catalogue()[Statistic])
