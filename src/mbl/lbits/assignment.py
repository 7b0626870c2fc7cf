"""Linear assignments of eigenstates to product states, and the proof that one is optimal.

A gain g(e, b) says how well the signs of product state b suit eigenstate e. The labelling of
largest total gain is a linear assignment problem in each sector of total Sᶻ. Gains come sector by
sector, as an iterable of arrays of shape (n, n), eigenstates by product states: at no time need all
of them be in memory.
"""

from collections.abc import Iterable

import numpy as np

from mbl.hilbert import Floats, Ints, sector, split_by_sector


def assign(gains: Iterable[Floats], L: int) -> Ints:
    """Labelling of largest total gain Σ_e g(e, k(e)).

    Parameters
    ----------
    gains
        g(e, b) by sector 0 … L, each of shape (n, n).
    L
        Number of sites.

    Returns
    -------
    ndarray, shape (2^L,)
        Product state k(e) of every eigenstate, sector after sector.
    """
    # Half a second to import, which jobs that assign nothing are spared.
    from scipy.optimize import linear_sum_assignment

    return np.concatenate(
        [
            sector(L, down)[linear_sum_assignment(g, maximize=True)[1]]
            for down, g in enumerate(gains)
        ]
    )


def _prices(gain: Floats, column: Ints) -> Floats:
    """Prices v of all columns at which every row likes its own column best, if that is possible.

    Row e prefers its column to that of row f where v(e) ≤ v(f) + loss(e, f): the largest such
    v ≤ 0 is a shortest path (Bellman–Ford), and exists if no exchange of columns along a cycle of
    rows raises the total gain. Shortest paths have fewer steps than there are rows.
    """
    at_column = gain[:, column]
    loss = np.asfortranarray(np.diagonal(at_column)[:, None] - at_column)
    rounding = 1e-14 * np.abs(gain).max(initial=0.0)
    price = np.zeros(len(gain))
    fallen = np.arange(len(gain))
    for _ in range(len(gain)):
        through = (loss[:, fallen] + price[fallen]).min(axis=1)
        (fallen,) = np.nonzero(through < price - rounding)
        if not len(fallen):
            break
        price[fallen] = through[fallen]
    prices = np.empty_like(price)
    prices[column] = price
    return prices


def dual_bound(gains: Iterable[Floats], label: Ints) -> float:
    """Upper bound on the total gain of every labelling, equal to that of `label` if it is optimal.

    For any prices v, Σ_b v(b) + Σ_e max_b [g(e, b) − v(b)] bounds the total gain of every
    assignment (linear programming duality). The prices are derived from `label`: the bound holds
    whatever `label` is, and is tight where `label` is optimal.

    Parameters
    ----------
    gains
        g(e, b) by sector 0 … L, each of shape (n, n).
    label
        Product state k(e) of every eigenstate, within its sector, shape (2^L,).
    """
    L = len(label).bit_length() - 1
    bound = 0.0
    for down, (gain, k) in enumerate(zip(gains, split_by_sector(label, L), strict=True)):
        column = np.searchsorted(sector(L, down), k)
        price = _prices(gain, column)
        bound += float(price.sum() + (gain - price).max(axis=1).sum())
    return bound
