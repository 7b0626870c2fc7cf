"""Labellings: which eigenstate carries which string of l-bit signs.

A labelling gives each eigenstate e its position k(e) in the order that defines the l-bits: bit i of
k (site 0 the most significant) is 0 where τᶻᵢ = +1 and 1 where τᶻᵢ = −1 (goihl2018, eqs. 3 and 5).
Every labelling is a permutation, so that the τᶻᵢ are exact constants of motion with the spectrum of
Pauli matrices.
"""

import numpy as np

from mbl.hilbert import Floats, Ints

LABELLINGS = ("sorted",)


def sorted_labels(averages: Floats) -> Ints:
    """Labelling of goihl2018, section V, by the text: sort the averages site after site.

    In step n the states are sorted by mₙ in descending order inside each of the 2^(n−1) blocks that
    the steps before have fixed.

    Parameters
    ----------
    averages
        mᵢ(e), shape (L, 2^L).

    Returns
    -------
    ndarray, shape (2^L,)
        Position k(e) of every eigenstate.
    """
    order = np.arange(averages.shape[1])
    for step, average in enumerate(averages):
        blocks = order.reshape(1 << step, -1)
        inside = np.argsort(-average[blocks], axis=1, kind="stable")
        order = np.take_along_axis(blocks, inside, axis=1).ravel()
    label = np.empty_like(order)
    label[order] = np.arange(len(order))
    return label


def labels(method: str, averages: Floats) -> Ints:
    """Labels k(e) of all eigenstates, shape (2^L,), by the method's name, one of `LABELLINGS`."""
    if method == "sorted":
        return sorted_labels(averages)
    raise ValueError(f"unknown labelling {method!r}; known: {', '.join(LABELLINGS)}")
