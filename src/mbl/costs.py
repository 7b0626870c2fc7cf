"""What a job needs: memory, disk and time as functions of the number of sites.

Memory follows from the arrays; times from measurements at L = 13 on one core at 40 GFLOP/s, with a
margin for slower machines. They are limits for a scheduler, not predictions.
"""

from math import ceil, comb

from mbl.keys import sector_dimension

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


def imbalance_memory_MB(L: int, times: int) -> int:
    """Peak memory of the imbalance: one sector's eigenvectors, workspace, states in time."""
    return ceil(BASE_MB + 4 * largest_block_MB(L) + 5 * 8e-6 * comb(L, L // 2) * times)


def table_memory_MB(L: int, seeds: int) -> int:
    """Peak memory of a stage that holds the averages or couplings of a block of seeds."""
    return ceil(BASE_MB + 3 * 8e-6 * (L + 4) * (1 << L) * seeds)


def spectrum_disk_MB(L: int, seeds: int) -> int:
    """Space of one block's eigenvectors and spectra."""
    return ceil(1 + (eigenvector_MB(L) + 8e-6 * (L + 1) * (1 << L)) * seeds)


def spectrum_minutes(L: int, seeds: int) -> int:
    """Time limit of the diagonalisation of one block; the stages after it take less."""
    cubes = sum(comb(L, down) ** 3 for down in range(L + 1))
    return ceil(2 + MARGIN * SECONDS_PER_CUBE * cubes * seeds / 60)


def midspectrum_memory_MB(n: int, L: int, states: int) -> int:
    """Peak memory of the eigenstates nearest the centre of one spectrum."""
    dimension = float(sector_dimension(n, L))
    krylov = 8e-6 * dimension * 7 * states
    return ceil(BASE_MB + krylov + 40e-6 * dimension**1.5)


def midspectrum_minutes(n: int, L: int, states: int, seeds: int) -> int:
    """Time limit of the eigenstates nearest the centre over one block."""
    dimension = float(sector_dimension(n, L))
    seconds = 0.05 + 1e-7 * states / 100 * dimension**1.8
    return ceil(2 + MARGIN * seconds * seeds / 60)
