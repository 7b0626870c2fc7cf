"""Locality of the l-bits: truncation errors (goihl2018, eq. 6) and buffers.

The 2^L operator τᶻᵢ is never built. With P the eigenvectors of one sign, τᶻᵢ = ±(2 P Pᵀ − 1) sector
by sector; tracing out the sites farthest from i splits the rows of P by the configuration c of
those sites, and Tr τᶻᵢ = Σ_c ±(2 P_c P_cᵀ − 1) is block-diagonal in the sectors of the sites that
remain. Smaller buffers follow by tracing out two more sites at a time.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.linalg.blas import dsyrk

from mbl.hilbert import Floats, Ints, bit, sector, sectors, split_by_sector


def supports(L: int) -> Ints:
    """Sizes |S| of the buffers around a site of a ring: the odd numbers up to L."""
    return np.arange(1, L + 1, 2)


@dataclass(frozen=True)
class _RowSplit:
    """Rows of one sector whose traced-out sites are in one configuration."""

    rows: Ints  # rows of the sector, in ascending order of what remains
    target: int  # sector of the sites that remain


@cache
def _splits(L: int, kept: tuple[int, ...]) -> list[list[_RowSplit]]:
    """Split each sector of L sites by the configuration of the sites that are not kept."""
    gone = np.setdiff1d(np.arange(L), kept)
    splits = []
    for down in range(L + 1):
        states = sector(L, down)
        inner = (1 << np.arange(len(kept))[::-1]) @ bit(states, np.array(kept)[:, None], L)
        outer = (1 << np.arange(len(gone))) @ bit(states, gone[:, None], L)
        by_inner = np.argsort(inner)
        by_outer = [by_inner[outer[by_inner] == c] for c in range(1 << len(gone))]
        splits.append(
            [_RowSplit(rows, down - c.bit_count()) for c, rows in enumerate(by_outer) if len(rows)]
        )
    return splits


def _around(site: int, size: int, L: int) -> tuple[int, ...]:
    """Sites of the buffer of odd size around a site of a ring, from one end to the other."""
    return tuple((site + offset) % L for offset in range(-(size // 2), size // 2 + 1))


class _Scratch:
    """Memory for one array after another: fresh memory for each costs a tenth of the whole time."""

    def __init__(self, size: int) -> None:
        self._memory = np.empty(size)

    def copy(self, array: Floats) -> Floats:
        """The same in C order, in this memory."""
        out = self._memory[: array.size].reshape(array.shape)
        np.copyto(out, array)
        return out

    def take(self, array: Floats, indices: Ints, axis: int) -> Floats:
        """`np.take` into this memory; what was taken before is gone."""
        shape = [len(indices) if n == axis else size for n, size in enumerate(array.shape)]
        out = self._memory[: shape[0] * shape[1]].reshape(shape)
        return np.take(array, indices, axis=axis, out=out, mode="clip")  # "raise" would copy


def _add_reduction(
    reduced: list[Floats],
    eigenvectors: Floats,
    down: Ints,
    splits: list[_RowSplit],
    columns: _Scratch,
    rows: _Scratch,
) -> None:
    """Trace the sites farthest from one site out of one sector of its τᶻ, and add what remains.

    `reduced` are upper triangles by sector of the sites that remain; `eigenvectors` are in C order,
    so that a row of P is one contiguous copy; `down` is 1 for eigenstates with τᶻ = −1, else 0.
    """
    # The fewer eigenvectors of either sign suffice: 2 P₊P₊ᵀ − 1 = −(2 P₋P₋ᵀ − 1).
    plus, minus = np.nonzero(down == 0)[0], np.nonzero(down)[0]
    sign, fewer = (1.0, plus) if len(plus) <= len(minus) else (-1.0, minus)
    P = columns.take(eigenvectors, fewer, axis=1)
    for split in splits:
        block = reduced[split.target]
        block[np.diag_indices(len(block))] -= sign
        if P.size:
            part = rows.take(P, split.rows, axis=0)
            # BLAS counts by columns: its lower triangle is the upper one here.
            dsyrk(2 * sign, part.T, trans=1, beta=1.0, c=block.T, lower=1, overwrite_c=1)


def _trace_ends(blocks: list[Floats]) -> list[Floats]:
    """Trace the two end sites out of an operator given by the upper triangles of its sectors."""
    L = len(blocks) - 1
    reduced = [np.zeros((len(sector(L - 2, k)),) * 2) for k in range(L - 1)]
    for block, parts in zip(blocks, _splits(L, tuple(range(1, L - 1))), strict=True):
        for split in parts:
            rows = np.take(block, split.rows, axis=0)
            reduced[split.target] += np.take(rows, split.rows, axis=1)
    return reduced


def _squared_norm(blocks: list[Floats]) -> float:
    """Squared Hilbert–Schmidt norm of a symmetric operator given by upper triangles."""
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
    traced = 2 if L % 2 else 1
    kept = [_around(site, L - traced, L) for site in range(L)]
    reduced = [[np.zeros((len(s), len(s))) for s in sectors(L - traced)] for _ in range(L)]
    largest = max(len(V) for V in vectors)
    whole = _Scratch(largest**2)
    columns, rows = (_Scratch(largest * (largest // 2 + 1)) for _ in range(2))
    # All sites of a sector in turn, while its eigenvectors are in the cache.
    for down, (V, k) in enumerate(zip(vectors, split_by_sector(label, L), strict=True)):
        eigenvectors = whole.copy(V)
        for site in range(L):
            splits = _splits(L, kept[site])[down]
            _add_reduction(reduced[site], eigenvectors, bit(k, site, L), splits, columns, rows)
    sizes = supports(L)
    error = np.zeros((L, len(sizes)))  # stays 0 where |S| = L: τᶻ squares to one
    for site, blocks in enumerate(reduced):
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
