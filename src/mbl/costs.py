"""What a job needs: memory, disk and time as functions of the number of sites.

Memory follows from the arrays; times from measurements at L = 13 on one core at 40 GFLOP/s, with a
margin for slower machines. They are limits for a scheduler, not predictions.
"""

from math import ceil, comb, exp2

from mbl.keys import sector_dimension
from mbl.solvers.methods import choose_method, peak_memory_GB

BASE_MB = 300  # the interpreter and the libraries
SECONDS_PER_CUBE = 1.6e-10  # divide and conquer, per n³
MARGIN = 4.0


def eigenvector_MB(L: int) -> float:
    """Size of all eigenvectors of one ring, sector by sector: 8 Σ C(L, k)² bytes."""
    return 8e-6 * comb(2 * L, L)


def largest_block_MB(L: int) -> float:
    """Size of the largest sector's matrix."""
    return 8e-6 * comb(L, L // 2) ** 2


def spectrum_memory_MB(L: int) -> int:
    """Peak memory of a diagonalisation: eigenvectors, their packed copy, LAPACK's workspace."""
    return ceil(BASE_MB + 2 * eigenvector_MB(L) + 3 * largest_block_MB(L))


def locality_memory_MB(L: int) -> int:
    """Peak memory of the truncation errors: eigenvectors in two orders and half a copy."""
    return ceil(BASE_MB + 2.5 * eigenvector_MB(L))


def imbalance_memory_MB(L: int, points: int) -> int:
    """Peak memory of the imbalance: one sector's eigenvectors, workspace, states in time."""
    return ceil(BASE_MB + 4 * largest_block_MB(L) + 5 * 8e-6 * comb(L, L // 2) * points)


def table_memory_MB(L: int, seeds: int) -> int:
    """Peak memory of a stage that holds the averages or couplings of a block of seeds."""
    return ceil(BASE_MB + 3 * 8e-6 * (L + 4) * (1 << L) * seeds)


def labelling_memory_MB(L: int, seeds: int) -> int:
    """Peak memory of a labelling by assignments: eigenvectors, reduced density matrices, gains."""
    arrays = eigenvector_MB(L) + 8e-6 * 20 * L * (1 << L) + 6 * largest_block_MB(L)
    return ceil(table_memory_MB(L, seeds) + arrays)


def labelling_minutes(L: int, seeds: int) -> int:
    """Time limit of a labelling by assignments, some tens of them for each realisation."""
    return 4 * spectrum_minutes(L, seeds)


def spectrum_disk_MB(L: int, seeds: int) -> int:
    """Space of one block's eigenvectors and spectra."""
    return ceil(1 + (eigenvector_MB(L) + 8e-6 * (L + 1) * (1 << L)) * seeds)


def spectrum_minutes(L: int, seeds: int) -> int:
    """Time limit of the diagonalisation of one block; the stages after it take less."""
    cubes = sum(comb(L, down) ** 3 for down in range(L + 1))
    return ceil(2 + MARGIN * SECONDS_PER_CUBE * cubes * seeds / 60)


def operator_memory_MB(L: int) -> int:
    """Peak memory of l-bit operators: one as matrix and as Pauli strings, eigenvectors."""
    return ceil(BASE_MB + 3 * 8e-6 * (1 << 2 * L) + 3 * eigenvector_MB(L))


def operator_minutes(L: int, seeds: int) -> int:
    """Time limit of the Pauli strings or the algebra of all l-bits of one block."""
    return spectrum_minutes(L, seeds) + ceil(MARGIN * 1e-7 * L * (1 << 2 * L) * seeds / 60)


def dynamics_minutes(L: int, seeds: int, states: int, points: int, samples: int) -> int:
    """Time limit of the evolution of states of one block: all l-bits and each initial state."""
    evolutions = 3 * L + 2 * states * samples
    seconds = 4e-8 * eigenvector_MB(L) * 1e6 / 8 * points * evolutions / 10
    return spectrum_minutes(L, seeds) + ceil(MARGIN * seconds * seeds / 60)


def sampling_memory_MB() -> int:
    """Peak memory of draws of disorder: little beside the interpreter and the libraries."""
    return BASE_MB + 200


def sampling_minutes() -> int:
    """Time limit of draws of disorder over one block."""
    return 2


def midspectrum_memory_MB(L: int, states: int, solver: str, n: int = 0) -> int:
    """Peak memory of the eigenstates nearest the centre of one spectrum after another.

    `solver` is "factorised", for the best factor of this machine (all of the spectrum where it is
    small), or "filtered". The fit to measured factors is right within 15 %.
    """
    dimension, block = sector_dimension(n, L), max(n, 1)
    method = "filtered" if solver == "filtered" else choose_method(dimension, block, count=states)
    return ceil(100 + 1150 * peak_memory_GB(dimension, block, states, method))


def midspectrum_minutes(L: int, states: int, seeds: int, n: int = 0) -> int:
    """Time limit of the eigenstates nearest the centre over one block."""
    dimension = float(sector_dimension(n, L))
    seconds: float = 0.05 + 1e-7 * states / 100 * dimension**1.8
    return ceil(2 + MARGIN * seconds * seeds / 60)


def perturbation_memory_MB(L: int) -> int:
    """Peak memory of the purities of all eigenstates of one sector: vectors and assignment."""
    return ceil(BASE_MB + 200 + 6 * largest_block_MB(L))


def perturbation_minutes(L: int, seeds: int) -> int:
    """Time limit of the diagonalisations and assignments of one block, cubic in the sector."""
    return ceil(2 + MARGIN * 2e-9 * comb(L, L // 2) ** 3 * seeds / 60)


def dense_memory_MB(L: int) -> int:
    """Peak memory with matrices of the whole space of L spins, complex."""
    return ceil(BASE_MB + 8 * 16e-6 * 4.0**L)


def dense_minutes(L: int, seeds: int) -> int:
    """Time limit of the products and diagonalisations of such matrices over one block."""
    return ceil(2 + MARGIN * 5e-8 * 8.0**L * seeds / 60)


def product_states_memory_MB(L: int, seeds: int) -> int:
    """Peak memory of numbers in all product states of L spins and of sums of terms on pairs."""
    return ceil(BASE_MB + 1e-6 * (240 * L + 1600 + 16 * seeds) * 2.0**L)


def product_states_minutes(L: int, seeds: int) -> int:
    """Time limit of the evolution of product states over one block, a thousand cuts each."""
    return ceil(2 + MARGIN * 1.6e-6 * exp2(1.5 * L) * seeds / 60)
