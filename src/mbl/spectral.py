"""Level statistics and local thermality of eigenstates (colmenarez2023, eqs. 5 and 7)."""

import numpy as np

from mbl.hilbert import Floats

POISSON_GAP_RATIO = 2 * np.log(2) - 1  # 0.3863
# Means over large matrices (Atas et al., Phys. Rev. Lett. 110, 084101), real and complex.
GOE_GAP_RATIO = 0.5307
GUE_GAP_RATIO = 0.5996


def gap_ratios(energies: Floats) -> Floats:
    """Ratios r = min(δₙ, δₙ₊₁) / max(δₙ, δₙ₊₁) of adjacent gaps δₙ = Eₙ₊₁ − Eₙ.

    Parameters
    ----------
    energies
        Consecutive levels, ascending along the last axis, shape (…, k).

    Returns
    -------
    ndarray, shape (…, k − 2)
    """
    gaps = np.diff(energies, axis=-1)
    pairs = np.stack([gaps[..., :-1], gaps[..., 1:]])
    ratios: Floats = pairs.min(axis=0) / pairs.max(axis=0)
    return ratios


def purity(mean_spin: Floats) -> Floats:
    """Purity γᵢ = Tr ρᵢ² = 2⟨Sᶻᵢ⟩² + 1/2 of one site, by conservation of Sᶻ (eq. 5)."""
    return 2.0 * np.square(mean_spin) + 0.5


def purity_correlation(purities: Floats) -> Floats:
    """Pearson correlation C(r) of the purities next to the bubble and at distance r (eq. 7).

    Both ends are next to the bubble: site r of the one is site L − 1 − r of the other.

    Parameters
    ----------
    purities
        γᵢ of realisations and eigenstates, shape (…, L).

    Returns
    -------
    ndarray, shape (⌈L/2⌉,)
        C(r) for r = 0 … ⌈L/2⌉ − 1; C(0) = 1.
    """
    L = purities.shape[-1]
    flat = purities.reshape(-1, L)
    both_ends = np.concatenate([flat, flat[:, ::-1]])[:, : (L + 1) // 2]
    apart = both_ends - both_ends.mean(axis=0)
    spread = np.sqrt(np.square(apart).mean(axis=0))
    correlation: Floats = (apart[:, :1] * apart).mean(axis=0) / (spread[0] * spread)
    return correlation
