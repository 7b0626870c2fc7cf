"""All ways to the centre of the spectrum against dense diagonalisation."""

import subprocess
import sys

import numpy as np
import pytest
import scipy.sparse as sp

from mbl.models.bubble import (
    bubble_chain,
    bubble_matrices,
    central_sector,
    chain,
    sublattice_parity,
)
from mbl.solvers import methods, midspectrum, pardiso
from mbl.solvers.factorization import (
    MemoryLimitError,
    PardisoFactor,
    ShiftInvert,
    SuperLUFactor,
)
from mbl.solvers.lanczos import (
    EigenvalueTooLargeError,
    NotConvergedError,
    inverse_residuals,
    largest_pairs,
    residuals,
)
from mbl.solvers.methods import choose_method, factor_memory_GB
from mbl.solvers.midspectrum import WindowError, central_eigenpairs
from mbl.solvers.mkl import available, library

with_mkl = pytest.mark.skipif(not available(), reason="MKL is not installed")
each_factor = pytest.mark.parametrize(
    "factor", [pytest.param(PardisoFactor, marks=with_mkl), SuperLUFactor]
)


def system(L, n, seed=0, W=4.0):
    """Matrix, parity (None where the graph of hops is not bipartite) and block size."""
    rng = np.random.default_rng(seed)
    states = central_sector(L)
    fields = rng.uniform(-1, 1, L)
    parity = np.repeat(sublattice_parity(states, L), max(n, 1))
    if not n:
        return chain(states, fields, W), parity, 1
    R = bubble_matrices(rng.standard_normal((3, n, n)), 0.6)
    H = bubble_chain(states, fields, W, R)
    return H, (parity if L % 2 == 0 else None), n


SYSTEMS = [(10, 4), (9, 4), (8, 3), (12, 0), (11, 0), (10, 0)]


@pytest.fixture(autouse=True)
def no_dense_shortcut(monkeypatch):
    monkeypatch.setattr(methods, "DENSE_BELOW", 0)


@each_factor
@pytest.mark.parametrize(("L", "n"), SYSTEMS)
def test_the_window_is_that_of_dense_diagonalisation(L, n, factor):
    H, parity, block = system(L, n)
    all_levels = np.linalg.eigvalsh(H.toarray())
    centre = (all_levels[0] + all_levels[-1]) / 2
    k = 30
    expected = np.sort(all_levels[np.argsort(np.abs(all_levels - centre))[:k]])
    found = central_eigenpairs(H, k, ShiftInvert(factor(), parity, block), certify=True)
    np.testing.assert_allclose(found.energies, expected, rtol=0, atol=1e-10)
    np.testing.assert_allclose(
        [found.energy_min, found.energy_max], all_levels[[0, -1]], rtol=0, atol=1e-8
    )
    assert found.counted == k
    assert found.residuals.max() < 1e-8
    np.testing.assert_allclose(found.vectors @ found.vectors.T, np.eye(k), rtol=0, atol=1e-8)


def test_dense_and_lanczos_give_the_same(monkeypatch):
    H, parity, block = system(10, 3)
    operator = ShiftInvert(SuperLUFactor(), parity, block)
    iterated = central_eigenpairs(H, 20, operator, certify=False)
    monkeypatch.setattr(methods, "DENSE_BELOW", 10**6)
    whole = central_eigenpairs(H, 20, operator, certify=True)
    np.testing.assert_allclose(iterated.energies, whole.energies, rtol=0, atol=1e-10)
    assert iterated.counted is None
    assert whole.counted == 20
    overlaps = np.abs(np.sum(iterated.vectors * whole.vectors, axis=1))
    np.testing.assert_allclose(overlaps, 1, rtol=0, atol=1e-8)


@each_factor
@pytest.mark.parametrize(("L", "n"), [(8, 3), (9, 2), (10, 0)])
def test_inertia_counts_levels_at_any_shift(L, n, factor):
    H, parity, block = system(L, n)
    levels = np.linalg.eigvalsh(H.toarray())
    operator = ShiftInvert(factor(), parity, block)
    operator.prepare(H)
    for shift in np.linspace(levels[0] - 0.1, levels[-1] + 0.1, 9):
        assert operator.factorise(shift) == np.count_nonzero(levels < shift)


@each_factor
def test_the_operator_is_the_inverse(factor):
    H, parity, block = system(8, 3)
    operator = ShiftInvert(factor(), parity, block)
    operator.prepare(H)
    operator.factorise(0.123)
    rows = np.random.default_rng(1).standard_normal((5, H.shape[0]))
    back = operator.solve(rows) @ (operator.matrix - 0.123 * sp.eye_array(H.shape[0])).T
    np.testing.assert_allclose(back, rows, rtol=0, atol=1e-9)


@each_factor
def test_one_operator_serves_many_realisations(factor):
    operator = None
    for seed in range(3):
        H, parity, block = system(10, 4, seed)
        operator = operator or ShiftInvert(factor(), parity, block)
        levels = np.linalg.eigvalsh(H.toarray())
        found = central_eigenpairs(H, 10, operator, certify=True)
        assert np.abs(levels[:, None] - found.energies).min(axis=0).max() < 1e-10


def test_a_level_removed_by_hand_is_noticed(monkeypatch):
    H, parity, block = system(10, 3)
    complete = midspectrum._lanczos

    def forgetful(*arguments):
        energies, vectors = complete(*arguments)
        middle = len(energies) // 2
        return np.delete(energies, middle), np.delete(vectors, middle, axis=0)

    monkeypatch.setattr(midspectrum, "_lanczos", forgetful)
    operator = ShiftInvert(SuperLUFactor(), parity, block)
    with pytest.raises(WindowError, match=r"levels were found where the inertia counts"):
        central_eigenpairs(H, 20, operator, certify=True)


def test_a_level_missed_once_is_found_by_a_wider_search(monkeypatch):
    H, parity, block = system(10, 3)
    complete, calls = midspectrum._lanczos, []

    def forgetful_once(*arguments):
        energies, vectors = complete(*arguments)
        calls.append(len(energies))
        if len(calls) > 1:
            return energies, vectors
        return np.delete(energies, 10), np.delete(vectors, 10, axis=0)

    monkeypatch.setattr(midspectrum, "_lanczos", forgetful_once)
    found = central_eigenpairs(H, 20, ShiftInvert(SuperLUFactor(), parity, block), certify=True)
    assert len(calls) == 2
    assert calls[1] > calls[0]
    assert found.counted == 20


@each_factor
def test_a_shift_on_a_level_is_nudged_and_recorded(factor, monkeypatch):
    H = sp.diags_array(np.arange(-100.0, 301.0), format="csr")  # 100, the centre, is a level
    found = central_eigenpairs(H, 5, ShiftInvert(factor(), None), certify=True)
    assert 0 < abs(found.shift - 100) < 1e-2
    np.testing.assert_allclose(found.energies, [98, 99, 100, 101, 102], rtol=0, atol=1e-9)


@pytest.mark.parametrize("k", [0, 300])
def test_more_states_than_there_are_is_refused(k):
    H, parity, block = system(6, 3)
    with pytest.raises(ValueError, match=f"{k} states are wanted of a spectrum of 60"):
        central_eigenpairs(H, k, ShiftInvert(SuperLUFactor(), parity, block), certify=False)


def test_a_matrix_without_sublattices_is_refused():
    H, _, block = system(9, 2)
    wrong = np.repeat(sublattice_parity(central_sector(9), 9), 2)
    with pytest.raises(ValueError, match="no sublattices"):
        ShiftInvert(SuperLUFactor(), wrong, block).prepare(H)


def test_the_clean_open_chain():
    """Ground state of the open Heisenberg chain of four spins: −(3 + 2√3)/4 · … by hand."""
    states = central_sector(4)
    H = chain(states, np.zeros(4), 0.0)
    lowest = np.linalg.eigvalsh(H.toarray())[0]
    assert lowest == pytest.approx(-(3 + 2 * np.sqrt(3)) / 4, abs=1e-12)


def test_lanczos_tells_where_it_does_not_converge():
    levels = np.linspace(1.0, 1.001, 400)
    with pytest.raises(NotConvergedError, match="vectors left an error"):
        largest_pairs(
            lambda rows: rows * levels,
            residuals,
            400,
            3,
            block=4,
            first_check=10,
            tolerance=1e-14,
            rng=np.random.default_rng(0),
        )


@with_mkl
def test_the_interpreter_ends_quietly_with_a_factor_alive():
    program = (
        "import scipy.sparse as sp; from mbl.solvers.factorization import PardisoFactor;"
        "factor = PardisoFactor(); factor.factorise(sp.eye_array(5, format='csr'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stderr == b""


@each_factor
def test_a_factor_that_would_not_fit_is_refused_before_it_is_computed(factor, monkeypatch):
    H, parity, block = system(12, 4)
    maker = factor()
    monkeypatch.setattr(maker, "factorise", lambda matrix: pytest.fail("it was computed"))
    operator = ShiftInvert(maker, parity, block, memory_GB=0.005)
    with pytest.raises(MemoryLimitError, match=r"needs 0\.0\d GB where 0\.01 GB .* filtered"):
        central_eigenpairs(H, 10, operator, certify=False)


@each_factor
def test_a_factor_that_fits_is_computed(factor):
    H, parity, block = system(10, 4)
    operator = ShiftInvert(factor(), parity, block, memory_GB=1.0)
    assert central_eigenpairs(H, 10, operator, certify=True).counted == 10


@with_mkl
@pytest.mark.parametrize(("L", "n"), [(14, 0), (12, 4), (11, 4), (12, 3)])
def test_the_fitted_memory_is_that_of_the_analysis(L, n):
    H, parity, block = system(L, n)
    taken = []

    class Asked(PardisoFactor):
        def factorise(self, matrix):
            taken.append(self.memory_GB(matrix, H.shape[0], block))
            return 0

    operator = ShiftInvert(Asked(), parity, block)
    operator.prepare(H)
    operator.factorise(0.01)
    assert factor_memory_GB(H.shape[0], block) == pytest.approx(taken[0], rel=0.25)


def test_the_method_follows_dimension_memory_and_platform(monkeypatch):
    monkeypatch.setattr(methods, "DENSE_BELOW", 900)
    monkeypatch.setattr(methods, "available", lambda: True)
    assert choose_method(800, 4) == "dense"
    assert choose_method(51480, 4) == "pardiso"
    assert choose_method(51480, 4, memory_GB=0.9) == "filtered"
    monkeypatch.setattr(methods, "available", lambda: False)
    assert choose_method(13728, 4) == "superlu"
    assert choose_method(13728, 4, memory_GB=0.4) == "filtered"


@with_mkl
def test_threads_do_not_change_the_pairs():
    H, parity, block = system(12, 0)
    one, two = (
        central_eigenpairs(H, 20, ShiftInvert(PardisoFactor(threads), parity, block), certify=True)
        for threads in (1, 2)
    )
    np.testing.assert_allclose(one.energies, two.energies, rtol=0, atol=1e-10)
    assert one.counted == two.counted == 20


@with_mkl
def test_threads_inside_mkl_are_those_asked_for_and_no_longer(monkeypatch):
    mkl = library()
    before, seen = mkl.MKL_Get_Max_Threads(), []
    with pardiso._limited(mkl, 2):
        seen.append(mkl.MKL_Get_Max_Threads())
    assert mkl.MKL_Get_Max_Threads() == before
    assert seen[0] in (1, 2)  # 1 where no threading runtime lies beside MKL


def test_a_pair_whose_residual_is_large_is_refused(monkeypatch):
    H, parity, block = system(10, 3)
    complete = midspectrum._lanczos

    def spoilt(*arguments):
        energies, vectors = complete(*arguments)
        return energies, vectors + 1e-6

    monkeypatch.setattr(midspectrum, "_lanczos", spoilt)
    with pytest.raises(WindowError, match="residual"):
        central_eigenpairs(H, 5, ShiftInvert(SuperLUFactor(), parity, block), certify=False)


def test_an_eigenvalue_beyond_the_limit_shows_early():
    levels = np.concatenate([np.linspace(0.1, 1, 399), [1e9]])
    applied = []

    def apply(rows):
        applied.append(len(rows))
        return rows * levels

    with pytest.raises(EigenvalueTooLargeError):
        largest_pairs(
            apply,
            residuals,
            400,
            20,
            block=4,
            first_check=60,
            tolerance=1e-10,
            largest=1e7,
            rng=np.random.default_rng(0),
        )
    assert len(applied) == 2


def test_the_residual_of_the_inverse_is_the_true_one():
    """The estimate that ends the iteration is ‖A⁻¹ y − y/θ‖ itself, not a bound on it."""
    levels = np.concatenate([np.linspace(-1, 1, 300), [3.0, -4.0, 5.0]])
    seen = []
    estimate = inverse_residuals(lambda rows: rows / levels)

    def recorded(*arguments):
        seen.append(estimate(*arguments))
        return seen[-1]

    values, vectors = largest_pairs(
        lambda rows: rows * levels,
        recorded,
        303,
        3,
        block=2,
        first_check=12,
        tolerance=1e-3,
        rng=np.random.default_rng(0),
    )
    true = np.linalg.norm(vectors / levels - vectors / values[:, None], axis=1)
    np.testing.assert_allclose(seen[-1], true, rtol=1e-4)
