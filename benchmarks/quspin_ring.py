"""The straightforward QuSpin program for one realisation of the random-field Heisenberg ring.

It computes what goihl2018 asks for of one disorder realisation as one would write it down from the
paper: QuSpin builds and diagonalises every sector of total Sᶻ, the eigenvectors are embedded in a
dense 2^L × 2^L matrix U, every τᶻᵢ = U Zᵢ Uᵀ is one product of such matrices and is traced out as a
whole for every buffer. It knows nothing of the project it is compared with and needs only QuSpin,
NumPy and SciPy (requirements-quspin.txt)::

    python quspin_ring.py fields.npy DISORDER out.npz

QuSpin's `spin_basis_1d` puts site 0 in the most significant bit, marks up by 1 and lists its states
in descending order, so that row r of the full basis is the product state whose bits are those of r
with 0 for up and 1 for down.
"""

import sys
from time import perf_counter

import numpy as np
from quspin.basis import spin_basis_1d
from quspin.operators import hamiltonian
from scipy.linalg import hadamard

UNCHECKED = {"check_herm": False, "check_symm": False, "check_pcon": False}


def ring_hamiltonian(fields: np.ndarray, disorder: float, basis: spin_basis_1d) -> hamiltonian:
    """H = Σᵢ (σˣᵢσˣᵢ₊₁ + σʸᵢσʸᵢ₊₁ + σᶻᵢσᶻᵢ₊₁ + Δ hᵢ σᶻᵢ) on a ring, in Pauli matrices."""
    L = len(fields)
    bonds = [[1.0, i, (i + 1) % L] for i in range(L)]
    local = [[disorder * fields[i], i] for i in range(L)]
    static = [["xx", bonds], ["yy", bonds], ["zz", bonds], ["z", local]]
    return hamiltonian(static, [], basis=basis, dtype=np.float64, **UNCHECKED)


def full_diagonalisation(fields: np.ndarray, disorder: float) -> tuple[np.ndarray, np.ndarray]:
    """Energies and eigenvectors (columns, in the full basis), sectors of 0 … L down spins."""
    L = len(fields)
    energy = np.empty(2**L)
    U = np.zeros((2**L, 2**L))
    start = 0
    for up in range(L, -1, -1):
        basis = spin_basis_1d(L, Nup=up, pauli=True)
        E, V = ring_hamiltonian(fields, disorder, basis).eigh()
        here = slice(start, start + len(E))
        energy[here] = E
        U[:, here] = basis.project_from(V, sparse=False)
        start += len(E)
    return energy, U


def pauli_z(L: int) -> np.ndarray:
    """Diagonals of σᶻ of all sites in the full basis, shape (L, 2^L)."""
    basis = spin_basis_1d(L, pauli=True)
    sites = [[["z", [[1.0, i]]]] for i in range(L)]
    z = [hamiltonian(site, [], basis=basis, dtype=np.float64, **UNCHECKED) for site in sites]
    return np.array([operator.diagonal() for operator in z])


def sort_eigenstates(magnetization: np.ndarray) -> np.ndarray:
    """Order of the eigenstates of section V: sort by σᶻₙ, descending, in 2^(n−1) blocks."""
    L, size = magnetization.shape
    order = np.arange(size)
    for n in range(L):
        length = size // 2**n
        for start in range(0, size, length):
            block = order[start : start + length]
            order[start : start + length] = block[np.argsort(-magnetization[n, block])]
    return order


def partial_trace(operator: np.ndarray, kept: set[int], L: int) -> np.ndarray:
    """Trace the sites that are not kept out of an operator on all L sites."""
    rows = list(range(L))
    columns = [L + site if site in kept else site for site in range(L)]
    out = [site for site in rows if site in kept] + [index for index in columns if index >= L]
    reduced = np.einsum(operator.reshape((2,) * (2 * L)), rows + columns, out)
    return reduced.reshape(2 ** len(kept), 2 ** len(kept))


def truncation_errors(U: np.ndarray, Z: np.ndarray) -> np.ndarray:
    """Truncation errors of eq. 6, site by |S| = 1, 3, …, from eigenvectors in the sorted order."""
    L = len(Z)
    sizes = range(1, L + 1, 2)
    error = np.empty((L, len(sizes)))
    for i in range(L):
        tau = (U * Z[i]) @ U.T
        for column, size in enumerate(sizes):
            kept = {(i + offset) % L for offset in range(-(size // 2), size // 2 + 1)}
            reduced = partial_trace(tau, kept, L)
            error[i, column] = 1.0 - np.linalg.norm(reduced) ** 2 / 2 ** (size + 2 * (L - size))
    return error


def effective_model(energy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Couplings ω_μ of eq. 9 and ‖H − H_eff^(N)‖ / ‖H‖, N = 1 … L, from sorted energies."""
    size = len(energy)
    L = size.bit_length() - 1
    tau = hadamard(size, dtype=np.float64)  # row k, column μ: τ(μ) on eigenstate k
    coupling = energy @ tau / size
    order = np.array([mu.bit_count() for mu in range(size)])
    norm_error = [
        np.abs(energy - tau @ np.where(order <= N, coupling, 0.0)).max() / np.abs(energy).max()
        for N in range(1, L + 1)
    ]
    return coupling, np.array(norm_error)


def realisation(fields: np.ndarray, disorder: float) -> dict[str, np.ndarray]:
    """Everything goihl2018 asks for of one realisation of fields (in units of the disorder)."""
    Z = pauli_z(len(fields))
    energy, U = full_diagonalisation(fields, disorder)
    magnetization = Z @ U**2
    order = sort_eigenstates(magnetization)
    label = np.empty_like(order)
    label[order] = np.arange(len(order))
    U = U[:, order]
    error = truncation_errors(U, Z)
    coupling, norm_error = effective_model(energy[order])
    return {
        "energy": energy,
        "magnetization": magnetization,
        "label": label,
        "truncation_error": error,
        "coupling": coupling,
        "norm_error": norm_error,
    }


def main() -> None:
    fields, disorder, out = sys.argv[1:]
    h = np.load(fields)
    realisation(np.zeros(3), 1.0)  # Numba compiles parts of QuSpin at first use: not timed
    start = perf_counter()
    result = realisation(h, float(disorder))
    seconds = perf_counter() - start
    np.savez(out, seconds=seconds, **result)


if __name__ == "__main__":
    main()
