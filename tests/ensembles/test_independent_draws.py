"""Sharing one disorder among chains changes no mean: beside independent draws of each."""

import numpy as np
import pytest
import xarray as xr

from mbl.ensembles.midspectrum import midspectrum
from mbl.ensembles.response import purity_response
from mbl.ensembles.rows import averaged, in_table
from mbl.models.bubble import bubble_matrices
from mbl.systems.chain import Chain

SEEDS, STATES, W = 2000, 8, 4.0
BUBBLE, ALONE = KEYS = (3, 4), (0, 6)  # n_GOE and L
ROWS = [
    "gap_ratio", "bulk_purity", "central_weight", "purity", "purity_variance", "purity_covariance",
]  # fmt: skip


def nested(L, n, seed, workspace):
    return Chain(L, W, seed, n, workspace=workspace)


def independent(L, n, seed, workspace):
    """Fields and matrices of a stream of their own for every size and bubble."""
    rng = np.random.default_rng([7, L, n, seed])
    matrices = bubble_matrices(rng.standard_normal((3, n, n)), beta=1.0) if n else None
    fields = rng.uniform(-1, 1, L)
    return Chain(L, W, seed, n, fields=fields, matrices=matrices, workspace=workspace)


def rows(draw):
    parts = []
    for n, L in KEYS:
        workspace = {}
        windows = [
            draw(L, n, seed, workspace).window(STATES, certify=False) for seed in range(SEEDS)
        ]
        dims = ("seed", "state")
        block = xr.Dataset(
            {
                "energy": (dims, np.stack([one.energies for one in windows])),
                "residual": (dims, np.stack([one.residuals for one in windows])),
                "sz": ((*dims, "site"), np.stack([one.sz for one in windows])),
                "counted": ("seed", np.full(SEEDS, -1)),
            },
            {"seed": np.arange(SEEDS)},
        )
        key = {"n": n, "L": L, "W": W, "beta": 0.55 if n else 0.0}
        parts.append(midspectrum(block).assign_coords(key))
    return in_table(parts)


@pytest.fixture(scope="module")
def both():
    return rows(nested), rows(independent)


def agree(ours, theirs, names):
    """All means within four standard errors, and together as chance has them."""
    pulls = []
    for name in names:
        error = np.hypot(ours[f"{name}_error"], theirs[f"{name}_error"])
        known = (error > 1e-12).values  # C(0) has none
        pulls.append((((ours[name] - theirs[name]) / error).values)[known])
    pulls = np.concatenate(pulls)
    assert np.isfinite(pulls).all()
    assert np.abs(pulls).max() < 4
    assert np.square(pulls).mean() < 2
    return len(pulls)


def test_means_are_those_of_independent_draws(both):
    ours, theirs = (averaged(one, ROWS) for one in both)
    assert agree(ours, theirs, ROWS) > 20


def test_the_paired_response_has_the_expectation_of_the_papers_estimator(both):
    """γ̄_XXZ − γ̄ᵢ of independent chains, where nothing but the mean over each is known."""
    ours = purity_response(both[0]).isel(key=0, drop=True)
    means = averaged(both[1], ["purity", "bulk_purity"])
    bubble, alone = (means.isel(key=KEYS.index(key), drop=True) for key in (BUBBLE, ALONE))
    bubble = bubble.sel(distance=ours["distance"])
    theirs = xr.Dataset(
        {
            "bulk_difference": alone["bulk_purity"] - bubble["purity"],
            "bulk_difference_error": np.hypot(alone["bulk_purity_error"], bubble["purity_error"]),
        }
    )
    assert agree(ours, theirs, ["bulk_difference"]) == 2
    # The farther site itself, paired, is far better known than independent draws tell it.
    assert ours["difference_error"][1] < 0.8 * theirs["bulk_difference_error"][1]
