import time

import numpy as np
import pytest
import xarray as xr

import mbl
from mbl.datasets import save

L, DELTA = 3, 5.0


def write(root, kind, name, seeds, variables, coordinates, key=True):
    below = f"Delta={DELTA}/" if key else ""
    path = root / f"ring/L={L}/{below}seeds={seeds[0]:04d}-{seeds[-1]:04d}/{name}.nc"
    scalars = {"L": L} | ({"Delta": DELTA} if key else {})
    dataset = xr.Dataset(variables, {**scalars, "seed": list(seeds), **coordinates})
    save(dataset, path, kind, parameters={}, started=time.perf_counter())


def block(root, seeds, *, labels=True):
    seeds = list(seeds)
    state = {"state": np.arange(8)}
    site = {"site": np.arange(L)}
    column = np.array(seeds, dtype=float)[:, None]
    write(root, "fields", "fields", seeds, {"h": (("seed", "site"), column * np.ones(L))}, site,
          key=False)  # fmt: skip
    write(
        root,
        "spectrum",
        "spectrum",
        seeds,
        {
            "energy": (("seed", "state"), column + np.arange(8)),
            "magnetization": (("seed", "site", "state"), np.zeros((len(seeds), L, 8))),
        },
        {**site, **state, "sector": ("state", [0, 1, 1, 1, 2, 2, 2, 3])},
    )
    if labels:
        label = np.tile(np.arange(8), (len(seeds), 1))
        write(root, "lbits", "lbits-sorted", seeds, {"label": (("seed", "state"), label)}, state)


def test_blocks_open_lazily_as_one_dataset(tmp_path):
    block(tmp_path, range(2))
    block(tmp_path, range(2, 4))
    results = mbl.open_results("ring", L=L, Delta=DELTA, root=tmp_path)
    assert results["energy"].chunks is not None
    assert list(results["seed"].values) == [0, 1, 2, 3]
    assert results["energy"].sel(seed=3, state=2) == 5.0
    assert results["h"].sel(seed=2, site=0) == 2.0
    assert results["sector"].dims == ("state",)
    assert results["label"].dtype.kind == "i"


def test_seeds_in_blocks_of_two_sizes_are_taken_once(tmp_path):
    block(tmp_path, range(4))
    block(tmp_path, range(2))
    block(tmp_path, range(2, 8))
    results = mbl.open_results("ring", L=L, Delta=DELTA, root=tmp_path)
    assert list(results["seed"].values) == list(range(8))
    np.testing.assert_array_equal(results["energy"].isel(state=0), np.arange(8.0))


def test_a_quantity_of_some_seeds_is_missing_for_the_others(tmp_path):
    block(tmp_path, range(2))
    block(tmp_path, range(2, 4), labels=False)
    results = mbl.open_results("ring", L=L, Delta=DELTA, root=tmp_path)
    assert (results["label"].sel(seed=[2, 3]) == -1).all()
    assert (results["label"].sel(seed=0) == np.arange(8)).all()


def test_fields_of_other_strengths_do_not_appear(tmp_path):
    block(tmp_path, range(2))
    write(tmp_path, "fields", "fields", [7], {"h": (("seed", "site"), np.zeros((1, L)))},
          {"site": np.arange(L)}, key=False)  # fmt: skip
    results = mbl.open_results("ring", L=L, Delta=DELTA, root=tmp_path)
    assert list(results["seed"].values) == [0, 1]


def test_what_is_not_there_is_told_with_what_is(tmp_path):
    block(tmp_path, range(2))
    with pytest.raises(FileNotFoundError, match=r"Delta=6.0; computed so far: L=3/Delta=5.0"):
        mbl.open_results("ring", L=L, Delta=6.0, root=tmp_path)
    with pytest.raises(ValueError, match="unknown system 'chain'; known: ring"):
        mbl.open_results("chain", L=L, Delta=6.0, root=tmp_path)
