"""Rings whose sizes share their disorder have the means of rings that share nothing."""

import numpy as np
import pytest
from scipy.stats import chi2

from mbl.dynamics.imbalance import imbalance, neel_sector
from mbl.lbits.effective_model import extension, order
from mbl.lbits.locality import minimal_buffer
from mbl.systems.ring import Ring

L, DELTA, SEEDS = 5, 10.0, 1500
TIMES = np.array([0.1, 1.0, 10.0])
KINDS = [
    kind
    for N in range(1, L)
    for d in range(L // 2 + 1)
    if (kind := (order(L) == N) & (extension(L) == d)).any()
]


def numbers(ring):
    """What goihl2018 averages over realisations."""
    lbits = ring.lbits("sorted")
    error = lbits.truncation_error()
    coupling = np.abs(lbits.couplings)
    energies, vectors = ring.eigenpairs(neel_sector(L))
    (neel,) = imbalance(L, vectors, energies[None], TIMES)
    return np.concatenate(
        [
            error[:, :-1].ravel(),
            minimal_buffer(error, 0.8, L),
            lbits.norm_error()[:-1],
            [coupling[kind].mean() for kind in KINDS],
            ring.averages.std(axis=1),
            [np.abs(ring.energy).max()],
            neel,
        ]
    )


@pytest.fixture(scope="module")
def nested():
    return np.array([numbers(Ring(L, DELTA, seed)) for seed in range(SEEDS)])


def independent(largest=1.0):
    """Rings with fields of one stream, uniform up to `largest`."""
    fields = np.random.default_rng(11).uniform(-largest, largest, (SEEDS, L))
    return np.array([numbers(Ring(L, DELTA, fields=one)) for one in fields])


def chance(first, second):
    """Probability that means of independent rows are farther apart (Hotelling's χ²)."""
    gap = first.mean(axis=0) - second.mean(axis=0)
    spread = (np.cov(first.T) + np.cov(second.T)) / SEEDS
    kept, directions = np.linalg.eigh(spread / np.sqrt(np.outer(*2 * [np.diag(spread)])))
    scaled = directions.T @ (gap / np.sqrt(np.diag(spread)))
    there = kept > 1e-8  # some numbers are functions of others
    return chi2.sf((scaled[there] ** 2 / kept[there]).sum(), there.sum())


def test_means_are_those_of_independent_draws(nested):
    assert chance(nested, independent()) > 0.01


def test_a_disorder_weaker_by_a_twentieth_would_be_seen(nested):
    assert chance(nested, independent(0.95)) < 1e-3
