import dense
import numpy as np
import pytest

from mbl.lbits.averages import infinite_time_average
from mbl.lbits.functionals import Consistency, Magnetization, Overlap, Sum, ascend, with_models
from mbl.lbits.localized import Locality, reduced_density_matrices

SMALL = pytest.mark.parametrize(
    ("L", "disorder", "seed"),
    [(L, D, 0) for L in (3, 4, 5) for D in (1.0, 7.5, 20.0)],
)


def random_labelling(L, seed):
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.permutation(states) for states in dense.sectors(L)])


def functionals(ring):
    magnetization = Magnetization(infinite_time_average(ring.vectors))
    overlap = Overlap(ring.vectors)
    locality = Locality(reduced_density_matrices(ring.vectors, 3), 3)
    consistencies = [Consistency(ring.E, order, 4.0) for order in (0, 1, 2, 3)]
    return {
        "magnetization": magnetization,
        "overlap": overlap,
        "locality": locality,
        **{f"consistency {model.order}": model for model in consistencies},
        "sum": Sum(locality, consistencies[1]),
    }


def total(gains, label):
    states = dense.sectors(len(label).bit_length() - 1)
    rows = np.split(label, np.cumsum([len(s) for s in states])[:-1])
    return sum(
        gain[np.arange(len(k)), np.searchsorted(s, k)].sum()
        for gain, s, k in zip(gains, states, rows, strict=True)
    )


@SMALL
def test_magnetization_is_the_overlap_of_the_l_bits_with_the_p_bits(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    label = random_labelling(L, seed)
    expected = sum(
        np.trace(tau @ dense.pauli("z", site, L)).real
        for site, tau in enumerate(dense.taus(ring.V, label))
    )
    averages = infinite_time_average(ring.vectors)
    assert Magnetization(averages).value(label) == pytest.approx(expected / 2**L, abs=1e-13)


@SMALL
def test_magnetization_falls_with_the_distance_from_the_pauli_spectrum(L, disorder, seed):
    """The entrywise difference of goihl2018, section V, in the mean square."""
    averages = infinite_time_average(dense.ring(L, disorder, seed).vectors)
    first, second = (random_labelling(L, s) for s in (seed, seed + 7))

    def difference(label):
        return np.square(averages - (1 - 2 * dense.bits(L)[label].T)).sum()

    rise = Magnetization(averages).value(first) - Magnetization(averages).value(second)
    assert difference(second) - difference(first) == pytest.approx(2 * 2**L * rise, abs=1e-11)


@SMALL
def test_overlap_is_that_of_eigenstates_and_product_states(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    label = random_labelling(L, seed)
    expected = np.mean(ring.V[label, np.arange(2**L)] ** 2)
    assert Overlap(ring.vectors).value(label) == pytest.approx(expected, abs=1e-14)


@SMALL
def test_consistency_is_the_mean_square_distance_from_the_effective_hamiltonian(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    label = random_labelling(L, seed)
    products = dense.tau_products(ring.V, label)
    for order in range(L + 1):
        rest = ring.H - dense.effective_hamiltonian(ring.H, products, order)
        expected = -np.trace(rest @ rest) / 2**L / 5.0
        value = Consistency(ring.E, order, 5.0).value(label)
        assert value == pytest.approx(expected, rel=1e-12, abs=1e-12)


@SMALL
def test_gains_support_every_functional_from_below(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    for name, functional in functionals(ring).items():
        for other in range(10):
            here, there = random_labelling(L, seed), random_labelling(L, other)
            gains = list(functional.gains(here))
            rise = functional.value(there) - functional.value(here)
            supported = total(gains, there) - total(gains, here)
            assert rise >= supported - 1e-11, name
            if name in ("magnetization", "overlap"):
                assert rise == pytest.approx(supported, abs=1e-13)


@SMALL
def test_a_larger_model_is_nowhere_less_consistent(L, disorder, seed):
    ring = dense.ring(L, disorder, seed)
    label = random_labelling(L, seed)
    values = [Consistency(ring.E, order, 1.0).value(label) for order in range(L + 1)]
    assert (np.diff(values) >= -1e-12).all()
    assert values[-1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("disorder", [1.0, 7.5, 20.0])
@pytest.mark.parametrize("affinity", ["overlap", "locality"])
@pytest.mark.parametrize("least_rise", [0.0, 0.01])
def test_the_ascent_never_falls(disorder, affinity, least_rise):
    ring = dense.ring(7, disorder, 0)
    stages = with_models(functionals(ring)[affinity], ring.E, (1, 2, 3, 4), 4.0)
    start = random_labelling(7, 0)
    label, values = ascend(stages, start, least_rise)
    assert (np.diff(values) >= -1e-12).all()
    assert values[0] == stages[0].value(start)
    assert values[-1] == stages[-1].value(label)
    for states, k in zip(
        dense.sectors(7), np.split(label, np.cumsum([1, 7, 21, 35, 35, 21, 7])), strict=True
    ):
        assert sorted(k) == states.tolist()


@pytest.mark.parametrize("disorder", [1.0, 7.5, 20.0])
def test_the_ascent_ends_where_it_stays(disorder):
    ring = dense.ring(7, disorder, 0)
    locality = functionals(ring)["locality"]
    label, values = ascend([locality], random_labelling(7, 0))
    again, value = ascend([locality], label)
    assert np.array_equal(again, label)
    assert value == [values[-1]]
