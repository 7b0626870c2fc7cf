"""The fixed-point model against Kronecker products of its definition."""

from functools import reduce
from itertools import combinations

import dense
import numpy as np
import pytest
from scipy.linalg import expm

from mbl.models.fixed_point import (
    apply_unitary,
    coupling_draws,
    coupling_scales,
    couplings,
    density_of_states,
    diagonal_energies,
    energy_moments,
    extent,
    from_the_middle,
    level_spacings,
    local_hamiltonian,
    local_terms,
    perturbation_terms,
    random_labels,
    unitaries,
    unitary_terms,
)


def word(sites, L):
    return sum(2 ** (L - 1 - site) for site in sites)


def subsets(L):
    return [sites for n in range(1, L + 1) for sites in combinations(range(L), n)]


def explicit_h0(couplings, L):
    """swingle2013, eq. 2.1, with P = (1 − Z)/2."""
    P = [(np.eye(2**L) - dense.pauli("z", site, L)) / 2 for site in range(L)]
    return sum(
        couplings[word(sites, L)] * reduce(np.matmul, [P[i] for i in sites]) for sites in subsets(L)
    )


def explicit_sum(terms):
    L = len(terms) + 1
    return sum(
        reduce(np.kron, [np.eye(2**j), term, np.eye(2 ** (L - 2 - j))])
        for j, term in enumerate(terms)
    )


@pytest.mark.parametrize("L", [1, 2, 3, 5, 6])
def test_energies_are_the_diagonal_of_h0(L):
    couplings = np.random.default_rng(L).normal(size=2**L)
    couplings[0] = 0
    H0 = explicit_h0(couplings, L)
    np.testing.assert_allclose(np.diag(diagonal_energies(couplings)), H0, rtol=0, atol=1e-13)


@pytest.mark.parametrize("L", [2, 5, 6])
def test_scales_decay_with_the_largest_distance_and_the_number_of_spins(L):
    scales = coupling_scales(L, 0.7, 0.4)
    assert scales[0] == 0
    for sites in subsets(L):
        expected = np.exp(-(max(sites) - min(sites)) / 0.7) * 0.4 ** (len(sites) - 1)
        assert scales[word(sites, L)] == pytest.approx(expected, rel=1e-14)


def test_without_a_localization_length_only_onsite_energies_remain():
    onsite = np.isin(np.arange(32), 1 << np.arange(5))
    np.testing.assert_array_equal(coupling_scales(5, 0.0, 0.5), onsite)
    np.testing.assert_array_equal(coupling_scales(5, 2.0, 0.0), onsite)


def test_realisations_follow_every_length_and_their_streams_are_independent():
    L = 6
    near, far = couplings(L, 3, 0.5, 0.5), couplings(L, 3, 2.0, 0.5)
    draws = near[1:] / coupling_scales(L, 0.5, 0.5)[1:]
    np.testing.assert_allclose(draws, far[1:] / coupling_scales(L, 2.0, 0.5)[1:], rtol=1e-12)
    k, v = unitary_terms(L, 3, 0.5), perturbation_terms(L, 3)
    np.testing.assert_allclose(np.linalg.norm(k, 2, axis=(1, 2)), 0.5)
    np.testing.assert_allclose(np.linalg.norm(v, 2, axis=(1, 2)), 1.0)
    assert np.abs(2 * k - v).max() > 0.1
    assert np.abs(k - unitary_terms(L, 4, 0.5)).max() > 0.05


def test_chains_grow_from_the_cut_in_their_middle():
    for L in range(2, 12):
        order = from_the_middle(L)
        assert sorted(order) == list(range(L))
        assert order[0] == L // 2
        assert order[1] == L // 2 - 1  # the two sites at the cut
        # From L − 1 to L sites, all places shift by one where a site is added on the left.
        shift = L // 2 - (L - 1) // 2
        np.testing.assert_array_equal(order[:-1], from_the_middle(L - 1) + shift)


@pytest.mark.parametrize(("small", "large"), [(3, 4), (4, 5), (5, 9), (6, 10), (7, 8)])
@pytest.mark.parametrize("seed", [0, 7])
def test_a_smaller_chain_is_the_middle_of_a_larger_one(small, large, seed):
    left = large // 2 - small // 2
    right = large - small - left
    words = np.arange(2**small)
    inside = words << right  # the same sets and product states, all sites added up or left out
    J, all_J = (couplings(L, seed, 0.8, 0.5) for L in (small, large))
    np.testing.assert_array_equal(all_J[inside], J)
    np.testing.assert_array_equal(extent(inside[1:]), extent(words[1:]))
    np.testing.assert_allclose(
        diagonal_energies(all_J)[inside], diagonal_energies(J), rtol=0, atol=1e-13
    )
    for terms in (lambda L: unitary_terms(L, seed, 0.5), lambda L: perturbation_terms(L, seed)):
        np.testing.assert_array_equal(terms(large)[left : left + small - 1], terms(small))
    labels, all_labels = (random_labels(L, seed, 12) for L in (small, large))
    np.testing.assert_array_equal(all_labels >> right & (2**small - 1), labels)
    np.testing.assert_array_equal(random_labels(large, seed, 5), all_labels[:5])


def test_seeds_and_streams_are_independent():
    J = [couplings(6, seed, 1.0, 0.5)[1:] for seed in range(40)]
    other = [couplings(6, seed, 1.0, 0.5, "fixed_point_target")[1:] for seed in range(40)]
    assert len({row.tobytes() for row in J + other}) == 80
    scaled = np.array(J + other) / coupling_scales(6, 1.0, 0.5)[1:]
    between = np.corrcoef(np.delete(scaled, [2**n - 1 for n in range(6)], axis=1))
    assert np.abs(between[np.triu_indices(80, 1)]).max() < 0.6  # 57 numbers: 0.13 each


def test_product_states_have_every_spin_up_or_down_alike():
    labels = np.concatenate([random_labels(5, seed, 20) for seed in range(500)])
    counts = np.bincount(labels, minlength=32)
    expected = len(labels) / 32
    assert (np.square(counts - expected) / expected).sum() < 62  # χ² of 31: beyond 1 in 1000


def test_draws_are_uniform_and_repel_only_on_site():
    draws = coupling_draws(12, np.random.default_rng(0))
    onsite = draws[1 << np.arange(12)]
    interactions = np.delete(draws, [0, *(1 << np.arange(12))])
    assert draws[0] == 0
    assert (onsite > 0).all()
    assert (onsite < 1).all()
    assert np.abs(interactions).max() < 1
    assert abs(interactions.mean()) < 0.05
    assert interactions.var() == pytest.approx(1 / 3, abs=0.02)


@pytest.mark.parametrize("length", [0.0, 0.5, 3.0])
def test_moments_are_those_of_many_realisations(length):
    L, scales = 5, coupling_scales(5, length, 0.9)
    rng = np.random.default_rng(0)
    energies = np.stack([diagonal_energies(coupling_draws(L, rng) * scales) for _ in range(4000)])
    mean, variance = energy_moments(scales)
    # Realisations are independent: means over them scatter by less than 0.01.
    assert energies.mean() == pytest.approx(mean, abs=0.05)
    assert energies.var() == pytest.approx(variance, abs=0.05)
    if length == 0:
        assert (mean, variance) == pytest.approx((L / 4, 5 * L / 48))


@pytest.mark.parametrize("L", [4, 5])
def test_nested_realisations_have_the_moments_of_independent_ones(L):
    """Seeds share nothing, whatever sizes of one seed do: a size alone has its own law."""
    energies = np.stack([diagonal_energies(couplings(L, seed, 1.0, 0.9)) for seed in range(3000)])
    mean, variance = energy_moments(coupling_scales(L, 1.0, 0.9))
    of_seed, spread = energies.mean(axis=1), np.square(energies - mean).mean(axis=1)
    for found, expected in ((of_seed, mean), (spread, variance)):
        assert abs(found.mean() - expected) < 4 * found.std() / np.sqrt(len(found))


def test_density_of_states_has_the_models_moments_and_not_those_of_the_printed_variance():
    L = 9
    energies = np.linspace(-10, 20, 30001)
    step = energies[1] - energies[0]
    mean, variance = energy_moments(coupling_scales(L, 0.0, 0.5))
    density = density_of_states(energies, L)
    printed = density_of_states(energies, L, spin_variance=1 / 4)
    for curve in (density, printed):
        assert curve.sum() * step == pytest.approx(2**L - 1)
        assert (curve * energies).sum() * step / 2**L == pytest.approx(mean)
    second = [(curve * energies**2).sum() * step / 2**L for curve in (density, printed)]
    assert second[0] - mean**2 == pytest.approx(variance)
    assert second[1] - mean**2 == pytest.approx(variance + L / 2 * (1 / 4 - 1 / 12))


def test_level_spacings_of_known_levels():
    gaps = np.array([9.0, 9.0, 1.0, 4.0, 1.0, 9.0, 9.0])
    levels = np.random.default_rng(0).permutation(np.cumsum([0, *gaps]))
    assert level_spacings(levels) == pytest.approx((2.0, 4 ** (1 / 3)))


def test_levels_do_not_repel_and_lie_two_to_the_minus_n_apart():
    spacing = {}
    for L in (10, 14):
        draws = coupling_draws(L, np.random.default_rng(1))
        energies = diagonal_energies(draws * coupling_scales(L, 1.0, 0.5))
        mean, typical = level_spacings(energies)
        assert typical / mean == pytest.approx(np.exp(-np.euler_gamma), abs=0.04)
        spacing[L] = mean / energies.std()
    assert spacing[10] / spacing[14] == pytest.approx(2**4, rel=0.1)


@pytest.mark.parametrize("L", [2, 3, 6])
def test_local_hamiltonian_is_the_sum_of_its_terms(L):
    terms = local_terms(L, np.random.default_rng(L))
    assert terms.shape == (L - 1, 4, 4)
    for term in terms:
        np.testing.assert_allclose(term, term.conj().T, rtol=0, atol=1e-15)
        assert np.trace(term) == pytest.approx(0, abs=1e-14)
        assert np.abs(np.linalg.eigvalsh(term)).max() == pytest.approx(1)
    K = local_hamiltonian(terms)
    np.testing.assert_allclose(K.toarray(), explicit_sum(terms), rtol=0, atol=1e-14)


@pytest.mark.parametrize("L", [2, 4, 6])
def test_the_unitary_is_the_exponential_of_k(L):
    K = local_hamiltonian(local_terms(L, np.random.default_rng(L)))
    times = (0.0, 1.0, 2.5)
    for time, U in zip(times, unitaries(K, times), strict=True):
        np.testing.assert_allclose(U, expm(-1j * K.toarray() * time), rtol=0, atol=1e-12)
    states = np.random.default_rng(0).normal(size=(3, 2**L))
    U = expm(-1j * K.toarray())
    np.testing.assert_allclose(apply_unitary(K, states), states @ U.T, rtol=0, atol=1e-12)
    back = apply_unitary(-K, apply_unitary(K, states))
    np.testing.assert_allclose(back, states, rtol=0, atol=1e-12)
