"""Locality of the l-bits: truncation errors (goihl2018, eq. 6) and buffers.

The 2^L operator τᶻᵢ is never built. With P the eigenvectors of one sign, τᶻᵢ = ±(2 P Pᵀ − 1) sector
by sector; tracing out the sites farthest from i splits the rows of P by the configuration c of
those sites, and Tr τᶻᵢ = Σ_c ±(2 P_c P_cᵀ − 1) is block-diagonal in the sectors of the sites that
remain. Smaller buffers follow by tracing out two more sites at a time.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from scipy.linalg.blas import dsyrk

from mbl.hilbert import Floats, Ints, bit, sector


def supports(L: int) -> Ints:
    """Sizes |S| of the buffers around a site of a ring: the odd numbers up to L."""
    return np.arange(1, L + 1, 2)


@dataclass(frozen=True)
class _RowSplit:
    """Rows of one sector whose traced-out sites are in one configuration."""

    source: int  # sector of the full chain
    rows: Ints  # its rows, in ascending order of what remains
    target: int  # sector of the sites that remain


def _around(site: int, size: int, L: int) -> list[int]:
    """Sites of the buffer of `size` sites around a site, from one end to the other."""
    return [(site + offset) % L for offset in range(-(size // 2), (size - 1) // 2 + 1)]


@cache
def _splits(L: int, site: int, traced: int) -> list[_RowSplit]:
    """Split the sectors of L sites by the configuration of the sites farthest from one of them."""
    kept = np.array(_around(site, L - traced, L))
    gone = np.setdiff1d(np.arange(L), kept)
    splits = []
    for source in range(L + 1):
        states = sector(L, source)
        inner = (1 << np.arange(len(kept))[::-1]) @ bit(states, kept[:, None], L)
        outer = (1 << np.arange(traced)) @ bit(states, gone[:, None], L)
        by_inner = np.argsort(inner)
        for c in range(1 << traced):
            rows = by_inner[outer[by_inner] == c]
            if len(rows):
                splits.append(_RowSplit(source, rows, source - c.bit_count()))
    return splits


@cache
def _end_splits(L: int) -> list[_RowSplit]:
    """Split the sectors of an open string of L sites by the configuration of its two end sites."""
    splits = []
    for source in range(L + 1):
        states = sector(L, source)
        for first, last in product((0, 1), repeat=2):
            (rows,) = np.nonzero((bit(states, 0, L) == first) & (bit(states, L - 1, L) == last))
            if len(rows):
                splits.append(_RowSplit(source, rows, source - first - last))
    return splits


def _largest_reduction(
    eigenvectors: list[Floats], plus: list[Ints], minus: list[Ints], splits: list[_RowSplit]
) -> list[Floats]:
    """Trace the sites farthest from one site out of its τᶻ; lower triangles by remaining sector.

    `eigenvectors` are in C order, so that a row of P is one contiguous copy; `plus` and `minus`
    list by sector the eigenstates of the two signs; `splits` are of `_splits`.
    """
    # The fewer eigenvectors of either sign determine a sector: 2 P₊P₊ᵀ − 1 = −(2 P₋P₋ᵀ − 1).
    sign = [1.0 if len(p) <= len(m) else -1.0 for p, m in zip(plus, minus, strict=True)]
    chosen = [
        np.take(V, p if len(p) <= len(m) else m, axis=1)
        for V, p, m in zip(eigenvectors, plus, minus, strict=True)
    ]
    kept = {split.target: len(split.rows) for split in splits}
    reduced = [np.zeros((n, n), order="F") for _, n in sorted(kept.items())]
    for split in splits:
        part = np.take(chosen[split.source], split.rows, axis=0)
        block = reduced[split.target]
        if part.size:
            dsyrk(
                2.0 * sign[split.source], part.T, trans=1, beta=1.0, c=block, lower=1, overwrite_c=1
            )
        block[np.diag_indices(len(block))] -= sign[split.source]
    return reduced


def _trace_ends(blocks: list[Floats]) -> list[Floats]:
    """Trace the two end sites out of an operator given by the lower triangles of its sectors."""
    L = len(blocks) - 1
    reduced = [np.zeros((len(sector(L - 2, k)),) * 2) for k in range(L - 1)]
    for split in _end_splits(L):
        reduced[split.target] += blocks[split.source][np.ix_(split.rows, split.rows)]
    return reduced


def _squared_norm(blocks: list[Floats]) -> float:
    """Squared Hilbert–Schmidt norm of a symmetric operator given by lower triangles."""
    return float(sum(2.0 * np.vdot(b, b) - np.vdot(np.diagonal(b), np.diagonal(b)) for b in blocks))


def truncation_error(vectors: list[Floats], label: Ints) -> Floats:
    """Truncation errors ε(i, S) = 1 − ‖Tr_{S^c} τᶻᵢ‖₂² / 2^(|S| + 2|S^c|) (goihl2018, eq. 6).

    Parameters
    ----------
    vectors
        Eigenvectors by sector 0 … L, each of shape (n, n), as from `diagonalize`.
    label
        Position k(e) of every eigenstate, shape (2^L,).

    Returns
    -------
    ndarray, shape (L, number of supports)
        Site by buffer size |S| = 1, 3, … (`supports`): 0 where τᶻᵢ lies fully inside S.
    """
    L = len(vectors) - 1
    sizes = supports(L)
    eigenvectors = [np.ascontiguousarray(V) for V in vectors]
    by_sector = np.split(label, np.cumsum([len(V) for V in vectors])[:-1])
    error = np.zeros((L, len(sizes)))  # stays 0 where |S| = L: τᶻ squares to one
    traced = 2 if L % 2 else 1
    for site in range(L):
        down = [bit(k, site, L) for k in by_sector]
        plus, minus = ([np.nonzero(d == value)[0] for d in down] for value in (0, 1))
        blocks = _largest_reduction(eigenvectors, plus, minus, _splits(L, site, traced))
        for column in range((L - traced) // 2, -1, -1):
            size = int(sizes[column])
            error[site, column] = 1.0 - _squared_norm(blocks) / 2.0 ** (2 * L - size)
            if column:
                blocks = _trace_ends(blocks)
    return error


def minimal_buffer(error: Floats, threshold: float, L: int) -> Ints:
    """Smallest odd |S| with 1 − ε ≥ α (goihl2018, Fig. 5).

    Parameters
    ----------
    error
        Truncation errors with the buffer sizes of `supports(L)` along the last axis.
    threshold
        The weight α that the buffer must hold.
    L
        Number of sites: the answer where no smaller buffer suffices.

    Returns
    -------
    ndarray
        As `error` without its last axis.
    """
    enough = 1.0 - error >= threshold
    return np.where(enough.any(axis=-1), supports(L)[enough.argmax(axis=-1)], L)
