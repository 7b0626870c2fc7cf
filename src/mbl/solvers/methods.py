"""Ways to the centre of a spectrum, what memory they take, and which to choose.

Imports no numerics: every start of the workflow asks for the memory of jobs that it plans.
"""

from math import exp, inf, log
from typing import Literal

from mbl.solvers.mkl import available

Method = Literal["dense", "pardiso", "superlu", "filtered"]

DENSE_BELOW = 900  # from here on one factor and its solves cost less than all eigenpairs
BLOCK = 8  # vectors at a time in shift-invert Lanczos
FILTER_BLOCK = 8  # in the filtered one
BASE_GB = 0.1  # the interpreter and its libraries


def factor_memory_GB(
    dimension: int, block: int, method: Literal["pardiso", "superlu"] = "pardiso"
) -> float:
    """Memory of the factor of H − E, in GB (10⁹ bytes), before anything is built.

    With x = ln(D/10⁴) and D = N/n_GOE the dimension of the chain alone, PARDISO's own estimates
    after its analysis (W = 5) follow exp(−3.775 + 1.530 x + 0.066 x²) GB for the open chain
    (L = 12 … 20, within 5 %) and n_GOE^1.834 exp(−3.267 + 1.703 x + 0.047 x²) GB with bubble
    (L = 12 … 18 at n_GOE = 4, L = 12 and 14 at n_GOE = 3, 6, 8, within 12 %; for odd L too, where
    nothing is eliminated). SuperLU's minimum-degree factors are larger by 6.5 (open) or 8.5
    (bubble) times (D/10⁴)^0.39, from the growth of the process at L = 14, 16 and L = 12, 14.

    Parameters
    ----------
    dimension
        N, the bubble included.
    block
        n_GOE, 1 without bubble.
    method
        The factor's maker.
    """
    chain = dimension / block
    x = log(chain / 1e4)
    if block == 1:
        memory, superlu = exp(-3.775 + 1.530 * x + 0.066 * x * x), 6.5
    else:
        memory, superlu = block**1.834 * exp(-3.267 + 1.703 * x + 0.047 * x * x), 8.5
    return memory * (superlu * exp(0.39 * x) if method == "superlu" else 1.0)


def filtered_memory_GB(dimension: int, count: int) -> float:
    """Memory of the iteration in GB: the Krylov vectors, the pairs, and the filter's blocks."""
    return 8e-9 * dimension * (3.2 * count + 3.0 * count + 12 * FILTER_BLOCK)


def krylov_vectors(count: int, block: int) -> int:
    """Krylov vectors that so many pairs take as a rule; measured at 100 pairs, blocks of 1 to 24.

    The first check of convergence is there.
    """
    return int(2.1 * count + 15 * block)


def peak_memory_GB(dimension: int, block: int, count: int, method: Method) -> float:
    """Peak memory of a process that solves one realisation after another, in GB (10⁹ bytes).

    The interpreter and its libraries, the factor (`factor_memory_GB`), and vectors: those of the
    Krylov space and three copies of the pairs, 1.5 kB a state for the sparse matrices.

    Parameters
    ----------
    dimension, block
        N, the bubble included, and n_GOE, 1 without bubble.
    count
        Pairs wanted.
    method
        As `choose_method` names them.
    """
    if method == "dense":
        return BASE_GB + 4 * 8e-9 * dimension**2
    if method == "filtered":
        return BASE_GB + filtered_memory_GB(dimension, count)
    vectors = krylov_vectors(count, BLOCK) + 3 * count
    factor = factor_memory_GB(dimension, block, method)
    return BASE_GB + factor + dimension * (8e-9 * vectors + 1.5e-6)


def choose_method(
    dimension: int, block: int = 1, *, count: int = 100, memory_GB: float = inf
) -> Method:
    """Way to the centre of the spectrum by dimension, memory and platform, from measured times.

    All eigenpairs by LAPACK cost about 10⁻¹⁰ s · N³, shift-invert Lanczos for 100 pairs about
    0.05 s at N = 1000 and less than N^1.6 beyond: they cross near N = 900, and "dense" is right
    below. Beyond, "pardiso" wins where MKL is installed, 4 times faster at N = 14 000 than
    "superlu", which is taken elsewhere. Where a factor would not fit into memory "filtered"
    Lanczos remains: no factor, no certificate, and some 15 times the time.

    Parameters
    ----------
    dimension, block, count
        As for `peak_memory_GB`.
    memory_GB
        What the process may take.
    """
    if dimension < DENSE_BELOW:
        return "dense"
    method: Method = "pardiso" if available() else "superlu"
    fits = peak_memory_GB(dimension, block, count, method) <= memory_GB
    return method if fits else "filtered"
