"""Entanglement of pure states across a cut, in nats."""

import numpy as np
from numpy.typing import NDArray

from mbl.hilbert import Floats


def shannon_entropy(probabilities: Floats) -> Floats:
    """−Σ p ln p along the last axis; p = 0 adds nothing."""
    inside = probabilities > 0
    entropy: Floats = -np.where(
        inside, probabilities * np.log(np.where(inside, probabilities, 1.0)), 0.0
    ).sum(axis=-1)
    return entropy


def entanglement_entropy(states: NDArray[np.inexact], cut: int) -> Floats:
    """Von Neumann entropy −Tr ρ ln ρ of the first sites of pure states.

    Parameters
    ----------
    states
        Normalised amplitudes on all 2^L product states along the last axis, real or complex,
        shape (…, 2^L).
    cut
        Number of sites on the left of the cut, 1 … L − 1.

    Returns
    -------
    ndarray, shape (…)
        In nats, at most min(cut, L − cut) ln 2.
    """
    schmidt = np.linalg.svd(states.reshape(*states.shape[:-1], 1 << cut, -1), compute_uv=False)
    return shannon_entropy(np.square(schmidt))


def random_state_entropy(left: int, right: int) -> float:
    """Mean entropy of the first of `left` + `right` sites in random states, in nats (Page).

    Σ 1/k over k = n + 1 … mn, less (m − 1)/2n, m ≤ n the dimensions of the two sides: near
    m's logarithm, a volume law.
    """
    m, n = sorted((1 << left, 1 << right))
    return float((1 / np.arange(n + 1, m * n + 1)).sum() - (m - 1) / (2 * n))
