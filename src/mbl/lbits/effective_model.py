"""The l-bit Hamiltonian of goihl2018, eqs. 7–9: couplings, truncations and their error.

Couplings are indexed by μ as product states are: bit i of μ (site 0 the most significant) is 1
where τᶻᵢ takes part.
"""

import numpy as np

from mbl.hilbert import Floats, Ints, down_spins, ring_distance


def walsh_hadamard(values: Floats) -> Floats:
    """Walsh–Hadamard transform Σₖ (−1)^{|k ∧ μ|} values[…, k] along the last axis, length 2^L."""
    size = values.shape[-1]
    lead = values.shape[:-1]
    out = values
    half = 1
    while half < size:
        pairs = out.reshape(*lead, size // (2 * half), 2, half)
        out = np.stack(
            [pairs[..., 0, :] + pairs[..., 1, :], pairs[..., 0, :] - pairs[..., 1, :]], axis=-2
        ).reshape(*lead, size)
        half *= 2
    return out


def couplings(energy: Floats, label: Ints) -> Floats:
    """Couplings ω_μ = 2^−L Tr[H τ(μ)] (goihl2018, eq. 9).

    Parameters
    ----------
    energy
        Energies of all eigenstates, shape (2^L,), in units of J.
    label
        Position k(e) of every eigenstate, shape (2^L,).

    Returns
    -------
    ndarray, shape (2^L,)
        ω_μ in units of J.
    """
    by_label = np.empty_like(energy)
    by_label[label] = energy
    return walsh_hadamard(by_label) / len(energy)


def order(L: int) -> Ints:
    """Order of every μ: the number of τᶻ in τ(μ), shape (2^L,)."""
    return down_spins(np.arange(1 << L))


def extension(L: int) -> Ints:
    """Extension d(μ) = max{dist(i, j) : μᵢ = μⱼ = 1} of every μ, shape (2^L,); 0 up to order 1."""
    mu = np.arange(1 << L)
    d = np.zeros(1 << L, dtype=np.int64)
    for i in range(L):
        for j in range(i + 1, L):
            both = (1 << (L - 1 - i)) | (1 << (L - 1 - j))
            d[(mu & both) == both] = np.maximum(d[(mu & both) == both], ring_distance(i, j, L))
    return d


def truncated_energies(coupling: Floats, label: Ints, orders: Ints) -> Floats:
    """Energies of H_eff^(N), the model without the couplings of order above N (goihl2018, eq. 7).

    Parameters
    ----------
    coupling
        ω_μ, shape (2^L,).
    label
        Position k(e) of every eigenstate, shape (2^L,).
    orders
        The truncation orders N, shape (m,).

    Returns
    -------
    ndarray, shape (m, 2^L)
        Energy of each eigenstate under each H_eff^(N), in units of J.
    """
    L = len(coupling).bit_length() - 1
    kept = np.where(order(L) <= np.asarray(orders)[:, None], coupling, 0.0)
    return walsh_hadamard(kept)[:, label]


def norm_error(energy: Floats, coupling: Floats, label: Ints) -> Floats:
    """‖H − H_eff^(N)‖ / ‖H‖ in operator norm for N = 1 … L (goihl2018, Fig. 6), shape (L,)."""
    L = len(coupling).bit_length() - 1
    truncated = truncated_energies(coupling, label, np.arange(1, L + 1))
    error: Floats = np.abs(truncated - energy).max(axis=1) / np.abs(energy).max()
    return error
