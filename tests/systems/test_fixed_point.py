"""Realisations of the fixed-point model, by their definitions, and all that is declared of them."""

import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.catalogue import catalogue, resolve
from mbl.registry import Quantity
from mbl.systems.fixed_point import FixedPoint, area_law, light_cone, quasi_adiabatic
from mbl.systems.fixed_point_diagonal import finite_range, growth, spectrum
from mbl.systems.fixed_point_perturbed import crossings, stability, transport
from mbl.tiers import block

L, XI, SEED = 4, 0.8, 3
QUANTITIES = [one.name for one in catalogue().of_system(Quantity, "fixed_point")]


def model(**changes):
    return FixedPoint(**{"L": L, "xi": XI, "seed": SEED} | changes)


def test_the_hamiltonian_is_h0_dressed_by_a_local_unitary():
    one = model()
    U = expm(-1j * one.K.toarray())
    np.testing.assert_allclose(one.U, U, rtol=0, atol=1e-12)
    np.testing.assert_allclose(one.H, U @ np.diag(one.energies) @ U.conj().T, rtol=0, atol=1e-12)
    labels = one.labels(5)
    for label, state in zip(labels, one.eigenstates(labels), strict=True):
        np.testing.assert_allclose(state, U[:, label], rtol=0, atol=1e-12)
        np.testing.assert_allclose(one.H @ state, one.energies[label] * state, atol=1e-12)


def test_energies_are_sums_of_couplings_of_down_spins():
    one = model()
    for state in range(2**L):
        inside = [word for word in range(1, 2**L) if word & state == word]
        assert one.energies[state] == pytest.approx(one.couplings[inside].sum(), abs=1e-13)


def test_what_is_drawn_follows_from_the_seed_alone():
    one, weaker, other = model(), model(strength=0.25, order_decay=0.1, xi=2.0), model(seed=4)
    np.testing.assert_allclose(one.terms, 2 * weaker.terms)
    np.testing.assert_array_equal(one.V.toarray(), weaker.V.toarray())
    assert (one.labels(7) == weaker.labels(7)).all()
    assert np.abs(one.terms - other.terms).max() > 0.01
    assert np.abs(one.energies - other.energies).max() > 0.01
    assert np.abs(one.energies - one.target_energies).max() > 0.01
    assert one == model()


def test_of_K_alone_there_are_no_energies():
    alone = FixedPoint.of({"L": L}, SEED, {}, {}, strength=0.5)
    np.testing.assert_array_equal(alone.terms, model().terms)
    for energies in ("energies", "target_energies"):
        with pytest.raises(ValueError, match="give xi"):
            getattr(alone, energies)


def test_a_realisation_is_made_of_its_key():
    made = FixedPoint.of({"L": L, "xi": XI}, SEED, {}, {}, order_decay=0.1, strength=0.2)
    assert made == model(order_decay=0.1, strength=0.2)


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_returns_what_it_declares(name):
    declared = catalogue()[Quantity][name]
    options = {option: one.default for option, one in declared.options.items()}
    if name == "fixed_point/finite_range":
        options["ranges"] = [1, 2]  # half of four sites
    row = resolve(declared.function)(model(), **options)
    assert set(row) <= set(declared.contents)
    for variable, values in row.items():
        about = declared.contents[variable]
        assert np.asarray(values).dtype.kind == about.dtype, variable
        assert np.ndim(values) == len(about.dims), variable
    uses = {"order_decay": 0.5, "strength": 0.5}
    found = block(
        declared,
        {"L": L} if declared.shared else {"L": L, "xi": XI},
        [SEED, SEED + 1],
        {},
        options=options,
        realisation_options={use: uses[use] for use in declared.uses},
    )
    for variable, about in catalogue().contract(name).contents.items():
        assert found[variable].dims == about.dims, variable
        assert found[variable].dtype.kind == about.dtype, variable
        assert about.may_miss or np.isfinite(found[variable]).all(), variable
    for variable, values in row.items():
        same = found[variable].isel(seed=0) if "seed" in found[variable].dims else found[variable]
        np.testing.assert_array_equal(same, values)


def test_numbers_of_direct_calls():
    one = model()
    np.testing.assert_array_equal(spectrum(one)["energy"], one.energies)
    cone = light_cone(one, times=[0.0, 1.0], length=1.0)
    np.testing.assert_allclose(cone["commutator"][0], 0, atol=1e-12)  # Z₀ and Z_d commute
    assert (cone["commutator"] <= cone["commutator_bound"] + 1e-12).all()
    Z = [np.diag(1.0 - 2.0 * (np.arange(2**L) >> (L - 1 - d) & 1)) for d in range(L)]
    A = one.U.conj().T @ Z[0] @ one.U
    expected = [np.linalg.norm(A @ z - z @ A, 2) for z in Z]
    np.testing.assert_allclose(cone["commutator"][1], expected, atol=1e-12)
    blocks = area_law(one, states=6)
    assert np.isnan(blocks["block_entropy"][:, 1, L - 2]).all()  # two ends, and no site outside
    assert np.nanmax(blocks["block_entropy"] / blocks["block_bound"]) < 1
    grown = growth(one, down=[0.5], first=1.0, last=1e3, points=4)
    np.testing.assert_allclose(grown["diagonal_entropy"], L / 2 * np.log(2))
    assert (grown["entropy"] <= grown["entropy_bound"] + 1e-12).all()


def test_a_gap_of_the_whole_spectrum_makes_all_pairs_near():
    found = quasi_adiabatic(model(), gaps=[1e-9, 100.0])
    np.testing.assert_array_equal(found["near_pairs"], [0, 2**L * (2**L - 1) / 2])
    assert found["connected_pairs"][1] == found["all_connected"]
    np.testing.assert_array_equal(found["clear_states"], [1, 0])
    np.testing.assert_allclose(found["generator_error"], [0, 1], atol=1e-3)


def test_levels_without_a_perturbation_are_those_of_h0():
    one = model()
    found = stability(one, perturbations=[0.1], share=0.5)
    middle = np.sort(one.energies)[4:12]
    np.testing.assert_array_equal(found["g"], [0, 0.1])
    np.testing.assert_allclose(found["level_energy"][0], middle, atol=1e-12)
    assert found["spectrum_error"] == np.abs(found["level_energy"][0] - middle).max()
    perturbed = np.linalg.eigvalsh(one.H + 0.1 * one.V.toarray())[4:12]
    np.testing.assert_allclose(found["level_energy"][1], perturbed, atol=1e-12)


def test_entropies_of_finite_range_are_those_of_the_chain_without_longer_couplings():
    one = model()
    found = finite_range(one, ranges=[1, 2], last=100.0, points=7)
    np.testing.assert_allclose(found["range_time"], 100 / 7 * np.arange(1, 8))
    np.testing.assert_allclose(found["range_cap"], np.log(2) * np.array([1, 2]))
    for R, entropies in zip((1, 2), found["range_entropy"], strict=True):
        kept = one.couplings.copy()
        for word in range(2**L):
            sites = [site for site in range(L) if word >> (L - 1 - site) & 1]
            if sites and sites[-1] - sites[0] > R:
                kept[word] = 0
        energies = [sum(kept[w] for w in range(2**L) if w & n == w) for n in range(2**L)]
        for time, S in zip(found["range_time"], entropies, strict=True):
            psi = np.exp(-1j * np.array(energies) * time) / 2 ** (L / 2)
            p = np.linalg.eigvalsh(dense.partial_trace(np.outer(psi, psi.conj()), [0, 1]))
            p = p[p > 1e-15]
            assert -(p * np.log(p)).sum() == pytest.approx(S, abs=1e-9)


def test_a_quench_changes_far_sites_as_exact_evolution_has_it():
    one = model()
    found = transport(one, states=3, first=0.5, last=50.0, points=4)
    np.testing.assert_allclose(found["quench_time"], np.geomspace(0.5, 50, 4))
    flip = dense.pauli("x", 0, L)
    for number, label in enumerate(one.labels(3)):
        before = one.U[:, label]
        for step, time in enumerate(found["quench_time"]):
            after = expm(-1j * one.H * time) @ flip @ before
            for d in range(1, L):
                far = dense.partial_trace(one.H, range(d, L)) / 2**d
                old, new = (
                    dense.partial_trace(np.outer(psi, psi.conj()), range(d, L))
                    for psi in (before, after)
                )
                energy = np.trace((new - old) @ far).real
                assert found["energy_change"][number, step, d] == pytest.approx(energy, abs=1e-9)
                S = []
                for rho in (old, new):
                    p = np.linalg.eigvalsh(rho)
                    p = p[p > 1e-15]
                    S.append(-(p * np.log(p)).sum())
                change = found["entropy_change"][number, step, d]
                assert change == pytest.approx(S[1] - S[0], abs=1e-8)
    injected = found["energy_change"][..., 0]
    np.testing.assert_allclose(injected, injected[:, :1].repeat(4, axis=1), atol=1e-10)
    assert (found["flip"] <= found["flip_bound"] + 1e-12).all()
    for name in ("energy", "entropy"):
        assert (
            abs(found[f"{name}_change"][..., 1:]) <= found[f"{name}_change_bound"][1:] + 1e-9
        ).all()


def test_levels_that_cross_keep_their_states_and_lose_them_to_a_perturbation():
    found = crossings(model(), perturbations=[1e-6, 0.1], gap=0.1, steps=40)
    np.testing.assert_array_equal(found["weak_g"], [0, 1e-6, 0.1])
    start, end = model().energies, model().target_energies
    pairs = [(i, j) for i in range(2**L) for j in range(i)]
    crossed = np.mean([(start[i] - start[j]) * (end[i] - end[j]) < 0 for i, j in pairs])
    assert found["crossing_share"] == pytest.approx(crossed)
    assert 0.05 < crossed < 0.5
    assert found["moved"] < 1e-12
    np.testing.assert_allclose(found["largest_overlap"][:2], 1, atol=1e-3)
    kept = np.mean(np.argsort(np.argsort(start)) == np.argsort(np.argsort(end)))
    np.testing.assert_allclose(found["overlap_in_order"][:2], kept, atol=1e-3)
    assert found["largest_overlap"][2] < 0.95


def test_results_of_one_key_have_names_of_their_own():
    """All quantities of a key open as one dataset; what they share is the same in all."""
    declared = [catalogue()[Quantity][name].contents for name in QUANTITIES]
    for name in set().union(*declared):
        holders = [contents[name] for contents in declared if name in contents]
        assert len(holders) == 1 or name == "distance", name
