import numpy as np
import pytest
import xarray as xr

import mbl
from mbl.datasets import Record, save
from mbl.settings.chain import chain_directory
from mbl.settings.fixed_point import fixed_point_directory

L, DELTA = 3, 5.0


def write(root, kind, name, seeds, variables, coordinates, key=True):
    below = f"Delta={DELTA}/" if key else ""
    path = root / f"ring/L={L}/{below}seeds={seeds[0]:04d}-{seeds[-1]:04d}/{name}.nc"
    scalars = {"L": L} | ({"Delta": DELTA} if key else {})
    dataset = xr.Dataset(variables, {**scalars, "seed": list(seeds), **coordinates})
    save(dataset, path, f"ring/{kind}", Record())


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
        labelled = {
            "label": (("seed", "state"), label),
            "objective": ("seed", np.ones(len(seeds))),
            "bound": ("seed", np.full(len(seeds), np.nan)),
            "iterations": ("seed", np.zeros(len(seeds), dtype=int)),
        }
        write(root, "lbits", "lbits-sorted", seeds, labelled, state)


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


def test_what_l_bits_are_good_for_opens_with_the_ring(tmp_path):
    block(tmp_path, range(4))
    seeds = range(2)
    names = ("same_site", "different_sites", "conservation", "trace", "bare")
    write(
        tmp_path, "algebra", "algebra-sorted", seeds, {n: ("seed", [1.0, 2.0]) for n in names}, {}
    )
    weight = np.full((2, 3, L, 2), 0.5)
    at = {"operator": ["z", "x", "x, raw signs"], "site": np.arange(L), "range": [0, 1]}
    write(tmp_path, "range", "range-sorted", seeds,
          {"weight": (("seed", "operator", "site", "range"), weight)}, at)  # fmt: skip
    t = {"t": np.geomspace(0.1, 10, 5)}
    of_site = ("seed", "site", "t"), np.ones((2, L, 5))
    bits = {"site": np.arange(L), "initial": [0], **t}
    entropy = ("seed", "axis", "initial", "t"), np.zeros((2, 2, 1, 5))
    dephased = ("seed", "axis", "initial", "cut"), np.zeros((2, 2, 1, 1))
    write(tmp_path, "pbit_dynamics", "pbit_dynamics", seeds,
          {"entropy": entropy, "dephased_entropy": dephased, "ramsey": of_site, "echo": of_site},
          {**bits, "axis": ["x", "z"], "cut": [1]})  # fmt: skip
    lbit_entropy = ("seed", "initial", "t"), np.zeros((2, 1, 5))
    write(tmp_path, "lbit_dynamics", "lbit_dynamics-sorted", seeds,
          {"lbit_entropy": lbit_entropy, "lbit_ramsey": of_site, "lbit_echo": of_site},
          bits)  # fmt: skip
    results = mbl.open_results("ring", L=L, Delta=DELTA, root=tmp_path)
    assert results["conservation"].sel(seed=1) == 2.0
    assert results["weight"].sel(seed=0, operator="x").sizes == {"site": L, "range": 2}
    assert (results["lbit_echo"].sel(seed=[0, 1]) == results["echo"].sel(seed=[0, 1])).all()
    assert np.isnan(results["echo"].sel(seed=[2, 3])).all()  # not of their ensemble
    assert (results["label"] >= 0).all()


def test_fields_of_other_strengths_do_not_appear(tmp_path):
    block(tmp_path, range(2))
    write(tmp_path, "fields", "fields", [7], {"h": (("seed", "site"), np.zeros((1, L)))},
          {"site": np.arange(L)}, key=False)  # fmt: skip
    results = mbl.open_results("ring", L=L, Delta=DELTA, root=tmp_path)
    assert list(results["seed"].values) == [0, 1]


def test_what_is_not_there_is_told_with_what_is(tmp_path):
    block(tmp_path, range(2))
    with pytest.raises(FileNotFoundError, match=r"Delta=6.0; computed so far: ring/L=3/Delta=5.0"):
        mbl.open_results("ring", L=L, Delta=6.0, root=tmp_path)
    with pytest.raises(ValueError, match="unknown system 'rings'; known: "):
        mbl.open_results("rings", L=L, Delta=6.0, root=tmp_path)


@pytest.mark.parametrize(
    ("system", "given", "message"),
    [
        ("ring", {"W": 4.0}, "the ring are keyed by L, Delta; given: L, W"),
        ("chain", {"n": 4}, "the chain are keyed by L, W and optionally n, beta; given: L, n"),
    ],
)
def test_a_key_of_another_system_is_refused(tmp_path, system, given, message):
    with pytest.raises(ValueError, match=message):
        mbl.open_results(system, L=L, root=tmp_path, **given)


@pytest.mark.parametrize(("n", "beta"), [(0, None), (4, None), (4, 0.5)])
def test_chains_and_bubbles_open_with_their_disorder(tmp_path, n, beta):
    given = ({"n": n} if n else {}) | ({} if beta is None else {"beta": beta})
    seeds = {"seed": [0, 1]}
    random = {"h": (("seed", "site"), np.ones((2, L)))}
    if n:
        random["R"] = ("seed", "matrix", "row", "col"), np.ones((2, 3, n, n))
    disorder = xr.Dataset(random, {"n": n, "L": L, **seeds, "site": np.arange(L)})
    shared = {"n": n} if n else {}
    where = tmp_path / chain_directory(L, **shared) / "seeds=0000-0001"
    name = "disorder" if n else "fields"
    save(disorder, where / f"{name}.nc", f"chain/{name}", Record())
    states = np.zeros((2, 5))
    spectrum = xr.Dataset(
        {
            "energy": (("seed", "state"), states),
            "residual": (("seed", "state"), states),
            "sz": (("seed", "state", "site"), np.zeros((2, 5, L))),
            **{x: ("seed", np.zeros(2)) for x in ("energy_min", "energy_max", "shift")},
            "counted": ("seed", [5, -1]),
        },
        {"n": n, "L": L, "W": 4.4, "beta": beta or 0.6, **seeds, "site": np.arange(L),
         "state": np.arange(5)},
    )  # fmt: skip
    where = tmp_path / chain_directory(L, W=4.4, **given) / "seeds=0000-0001"
    save(spectrum, where / "midspectrum.nc", "chain/midspectrum", Record())
    results = mbl.open_results("chain", L=L, W=4.4, root=tmp_path, **given)
    assert results["sz"].sizes == {"seed": 2, "state": 5, "site": L}
    assert ("R" in results) == bool(n)
    assert results["counted"].values.tolist() == [5, -1]


def test_the_fixed_point_opens_with_what_serves_every_length(tmp_path):
    seeds = {"seed": [0, 1]}
    levels = {"product_state": np.arange(8)}
    energy = {"energy": (("seed", "product_state"), np.ones((2, 8)))}
    spectrum = xr.Dataset(energy, {"L": L, "xi": 1.0, **seeds, **levels})
    dims = ("seed", "fictitious_time", "distance")
    cone = xr.Dataset(
        {
            "commutator": (dims, np.ones((2, 1, L))),
            "commutator_bound": (dims, np.ones((2, 1, L))),
            "exponential_bound": (dims[1:], np.ones((1, L))),
        },
        {"L": L, **seeds, "fictitious_time": [1.0], "distance": np.arange(L)},
    )
    for xi, dataset, name in ((1.0, spectrum, "spectrum"), (None, cone, "light_cone")):
        where = tmp_path / fixed_point_directory(L, xi) / "seeds=0000-0001"
        save(dataset, where / f"{name}.nc", f"fixed_point/{name}", Record())
    results = mbl.open_results("fixed_point", L=L, xi=1.0, root=tmp_path)
    assert results["energy"].sizes == {"seed": 2, "product_state": 8}
    assert results["commutator"].sizes["distance"] == L
    with pytest.raises(FileNotFoundError, match=r"computed so far: fixed_point/L=3/xi=1.0"):
        mbl.open_results("fixed_point", L=L, xi=2.0, root=tmp_path)
