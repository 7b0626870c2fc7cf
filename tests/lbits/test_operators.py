import dense
import numpy as np
import pytest

from mbl.lbits.averages import infinite_time_average
from mbl.lbits.operators import (
    algebra_errors,
    apply_tau,
    fix_signs,
    tau_matrix,
)
from mbl.lbits.sorting import sorted_labels

each_ring = pytest.mark.parametrize(
    ("L", "disorder", "seed"), [(3, 1.0, 0), (4, 7.5, 1), (5, 1.0, 1), (5, 20.0, 0)]
)


each_labelling = pytest.mark.parametrize("kind", ["shuffled", "sorted"])


@pytest.fixture
def ring(L, disorder, seed):
    return dense.ring(L, disorder, seed)


def label_of(kind, ring):
    """A labelling without regard to anything, or the paper's."""
    if kind == "shuffled":
        return np.random.default_rng(ring.L).permutation(2**ring.L)
    return sorted_labels(infinite_time_average(ring.vectors))


def dense_tau(axis, V, label, site):
    """huse2014, eqs. 1–3: sums over the α with τᶻ = +1 and their partners ᾱ."""
    L = len(V).bit_length() - 1
    bits = dense.bits(L)
    tau = np.zeros(V.shape, dtype=complex)
    for alpha in np.flatnonzero(bits[label, site] == 0):
        flipped = bits[label[alpha]].copy()
        flipped[site] = 1
        (bar,) = np.flatnonzero((bits[label] == flipped).all(axis=1))
        up, down = V[:, alpha], V[:, bar]
        tau += {
            "x": np.outer(up, down) + np.outer(down, up),
            "y": -1j * (np.outer(up, down) - np.outer(down, up)),
            "z": np.outer(up, up) - np.outer(down, down),
        }[axis]
    return tau


def random_states(L, count):
    rng = np.random.default_rng(L)
    return rng.standard_normal((count, 2**L)) + 1j * rng.standard_normal((count, 2**L))


@each_ring
@each_labelling
@pytest.mark.parametrize("axis", "xyz")
def test_operators_are_those_of_equations_1_to_3(ring, kind, axis):
    label = label_of(kind, ring)
    vectors = fix_signs(ring.vectors, label)
    V = dense.embed(vectors)
    states = random_states(ring.L, 3)
    for site in range(ring.L):
        tau = dense_tau(axis, V, label, site)
        result = apply_tau(axis, site, states, vectors, label)
        np.testing.assert_allclose(result, states @ tau.T, rtol=0, atol=1e-12)
        real = 1j * tau if axis == "y" else tau
        matrix = tau_matrix(axis, site, vectors, label)
        np.testing.assert_allclose(matrix, real, rtol=0, atol=1e-12)


@each_ring
@each_labelling
def test_signs_make_the_overlap_with_the_assigned_product_state_positive(ring, kind):
    label = label_of(kind, ring)
    fixed = dense.embed(fix_signs(ring.vectors, label))
    np.testing.assert_array_equal(np.abs(fixed), np.abs(ring.V))
    for e, k in enumerate(label):
        if fixed[k, e]:
            assert fixed[k, e] > 0
        else:
            assert fixed[np.abs(fixed[:, e]).argmax(), e] > 0


@each_ring
def test_signs_do_not_depend_on_those_of_the_eigensolver(ring):
    label = label_of("sorted", ring)
    rng = np.random.default_rng(0)
    turned = [V * rng.choice([-1, 1], len(V)) for V in ring.vectors]
    for one, other in zip(fix_signs(ring.vectors, label), fix_signs(turned, label), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(("L", "disorder", "seed"), dense.STRONG)
@pytest.mark.parametrize("axis", "xyz")
def test_infinite_disorder_gives_the_p_bits_operators(ring, axis):
    label = label_of("sorted", ring)
    vectors = fix_signs(ring.vectors, label)
    for site in range(ring.L):
        pauli = dense.pauli(axis, site, ring.L)
        real = 1j * pauli if axis == "y" else pauli
        matrix = tau_matrix(axis, site, vectors, label)
        np.testing.assert_allclose(matrix, real, rtol=0, atol=1e-3)


def blocks_of(ring):
    return [ring.H[np.ix_(states, states)] for states in dense.sectors(ring.L)]


@each_ring
@each_labelling
def test_algebra_holds_to_rounding(ring, kind):
    label = label_of(kind, ring)
    rng = np.random.default_rng(0)
    errors = algebra_errors(ring.vectors, label, blocks_of(ring), rng)
    assert 0 < errors.same_site < 1e-13
    assert 0 < errors.different_sites < 1e-13
    assert 0 < errors.conservation < 1e-12
    assert errors.trace < 1e-14


@pytest.mark.parametrize(("L", "disorder", "seed"), [(4, 7.5, 1), (7, 20.0, 0)])
def test_p_bits_are_not_conserved(ring):
    """Each of its two bonds adds 8 J² to ‖[H, σᶻᵢ]‖² / 2^L, whatever the disorder."""
    errors = algebra_errors(
        ring.vectors, label_of("sorted", ring), blocks_of(ring), np.random.default_rng(0)
    )
    commutator = ring.H @ dense.pauli("z", 1, ring.L)
    commutator = commutator - commutator.T
    norm = np.sqrt(np.square(commutator).sum() / 2**ring.L)
    assert norm == pytest.approx(4.0)
    assert errors.bare == pytest.approx(norm, rel=3 * 2 ** (-ring.L / 2))


@pytest.mark.parametrize(("L", "disorder", "seed"), [(4, 7.5, 0)])
def test_algebra_errors_see_what_is_wrong(ring):
    label = label_of("shuffled", ring)

    def errors(vectors, blocks):
        return algebra_errors(vectors, label, blocks, np.random.default_rng(0))

    moved = [block + np.diag(np.arange(len(block))) for block in blocks_of(ring)]
    assert errors(ring.vectors, moved).conservation > 0.1
    skewed = errors([V + 0.01 for V in ring.vectors], blocks_of(ring))
    assert min(skewed.same_site, skewed.different_sites, skewed.trace) > 1e-5
