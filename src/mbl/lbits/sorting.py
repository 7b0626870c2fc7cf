"""The labelling of goihl2018: sort the infinite-time averages, site after site."""

import numpy as np

from mbl.hilbert import Floats, Ints, sigma_z


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


def agreement(averages: Floats, label: Ints) -> float:
    """Σᵢ Tr[τᶻᵢ E(σᶻᵢ)] / 2^L, how well l-bits agree with the averages: at most L.

    Largest where the entrywise differences of E(σᶻᵢ) and Zᵢ are smallest in the mean square, which
    is what goihl2018, section V, asks of a labelling.

    Parameters
    ----------
    averages
        mᵢ(e), shape (L, 2^L).
    label
        Position k(e) of every eigenstate, shape (2^L,).
    """
    return float(np.vdot(sigma_z(label, len(averages)), averages)) / len(label)
