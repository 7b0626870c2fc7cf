"""The smoke scale through all figures, and what a finished run promises."""

import json
from pathlib import Path

import matplotlib.image
import netCDF4
import numpy as np
import pytest
import xarray as xr
from threadpoolctl import threadpool_limits

import mbl
from mbl.catalogue import catalogue
from mbl.inspection import inspect, overview
from mbl.registry import Figure

pytestmark = pytest.mark.workflow

FIGURES = [tuple(name.split("/")) for name in catalogue()[Figure]]


@pytest.mark.parametrize(("paper", "figure"), FIGURES)
def test_each_figure_is_drawn_in_three_formats_with_its_data(smoke, paper, figure):
    folder = smoke.results / "smoke" / "figures" / paper
    assert (folder / f"{figure}.pdf").read_bytes().startswith(b"%PDF")
    assert "</svg>" in (folder / f"{figure}.svg").read_text()
    pixels = matplotlib.image.imread(folder / f"{figure}.png")
    assert pixels.shape[1] >= 3.4 * 300 - 1  # one column at 300 dpi
    assert pixels[..., :3].std() > 0.05
    with xr.open_dataset(folder / f"{figure}.nc") as data:
        assert data.data_vars
        assert all(v.attrs.get("long_name") for v in data.data_vars.values())


def test_larger_sizes_compare_the_labellings_configured_for_them(smoke):
    folder = smoke.results / "smoke/ensembles/ring/methods"
    sizes = {}
    for file in folder.glob("lbits-*.nc"):
        with xr.open_dataset(file) as data:
            sizes[file.stem.removeprefix("lbits-")] = data["L"].values.tolist()
    assert len(sizes) == 6
    assert [name for name, held in sizes.items() if 7 in held] in (
        ["sorted", "combined"],
        ["combined", "sorted"],
    )
    assert all(5 in held for held in sizes.values())


def test_a_second_run_has_nothing_to_do(smoke):
    assert smoke.planned("smoke") == {}


def test_eigenvectors_are_temporary(smoke):
    assert not list(smoke.results.rglob("eigenvectors.nc"))
    assert list(smoke.results.rglob("spectrum.nc"))


def test_no_unfinished_file_is_left(smoke):
    assert not list(smoke.results.rglob("*unfinished*"))


def test_every_job_leaves_a_log_and_a_benchmark(smoke):
    datasets = [
        path for path in (smoke.results / "smoke").rglob("*.nc") if "figures" not in path.parts
    ]
    for tree, ending in (("logs", ".log"), ("benchmarks", ".tsv")):
        left = {p.stem for p in (smoke.results / "smoke" / tree).rglob(f"*{ending}")}
        assert {p.stem for p in datasets} <= left


def test_files_name_their_origin_but_no_user_or_host(smoke):
    import getpass
    import socket

    for path in smoke.results.rglob("*.nc"):
        with netCDF4.Dataset(path) as file:
            attributes = {name: str(file.getncattr(name)) for name in file.ncattrs()}
        for wanted in ("title", "source", "references", "history", "mbl_version", "mbl_commit"):
            assert attributes[wanted], path
        for wanted in ("numpy_version", "scipy_version", "xarray_version", "blas", "parameters"):
            assert attributes[wanted], path
        assert float(attributes["wall_time"]) >= 0
        text = " ".join(attributes.values())
        assert str(smoke.path) not in text
        if len(getpass.getuser()) > 4:  # a short name may be part of any word
            assert getpass.getuser() not in text
        if len(socket.gethostname()) > 4:
            assert socket.gethostname() not in text


@pytest.mark.parametrize("ending", ["pdf", "png", "svg", "nc"])
def test_a_figure_alone_tells_sizes_seeds_parameters_and_versions(smoke, ending):
    shown = inspect(smoke.results / f"smoke/figures/colmenarez2023/fig2.{ending}")
    for wanted in ("bubble/n=4/L=6/W=8.0, seeds 0-3", "chain/L=6/W=8.0, seeds 0-3"):
        assert wanted in shown
    for wanted in ("ensembles/chain/midspectrum", "coupling: 1.0", "beta: ", "states: "):
        assert wanted in shown
    for wanted in ("mbl_commit", "numpy_version", "blas"):
        assert wanted in shown


def sources(path):
    with netCDF4.Dataset(path) as file:
        return json.loads(file.sources), json.loads(file.parameters)


def test_files_record_all_that_they_were_made_from(smoke):
    results = smoke.results / "smoke"
    block = results / "ring/L=7/Delta=20.0/seeds=0000-0003"
    behind, _ = sources(block / "locality-sorted.nc")
    assert {"ring/fields", "ring/spectrum", "ring/eigenvectors", "ring/lbits"} == set(behind)
    behind, _ = sources(results / "figures/goihl2018/fig2.nc")
    assert behind["ring/spectrum"]["mbl_commit"]
    behind, _ = sources(results / "claims.nc")
    kinds = {"chain/midspectrum", "ring/imbalance", "fixed_point/growth", "ensembles/ring/range"}
    assert kinds <= set(behind)
    _, parameters = sources(results / "ensembles/ring/huse2014/pbit_dynamics.nc")
    assert {"late", "ensemble", "statistic"} <= set(parameters)
    _, parameters = sources(results / "chain/L=6/W=8.0/seeds=0000-0003/midspectrum.nc")
    assert parameters["certify_every"] == 1
    assert parameters["anisotropy"] == 1.0


def test_every_dataset_of_a_run_is_whole(smoke):
    *_, last = overview(smoke.results, read=True)
    assert last.endswith("datasets, none with a fault")


def test_results_open_as_one_dataset_per_key(smoke):
    results = mbl.open_results("ring", L=7, Delta=20.0, root=smoke.results / "smoke")
    assert results.sizes["seed"] == 4
    assert results["truncation_error"].chunks is not None
    norm = (results["coupling"] ** 2).sum("mu")  # Parseval: Σω² = 2^−L Tr H²
    xr.testing.assert_allclose(norm.compute(), (results["energy"] ** 2).mean("state").compute())
    one = results.sel(seed=2)
    assert sorted(one["label"].values) == list(range(2**7))


def test_what_l_bits_are_good_for_opens_with_the_ring(smoke):
    results = mbl.open_results("ring", L=7, Delta=20.0, root=smoke.results / "smoke")
    assert abs(1 - results["weight"].sum("range")).max() < 1e-12
    assert results["conservation"].max() < 1e-12
    assert abs(1 - results["lbit_echo"]).max() < 1e-13
    assert results["entropy"].isel(t=0).max() < results["entropy"].isel(t=-1).max()
    assert results["time"].size == 41  # the imbalance's, not that of the dynamics


@pytest.fixture(scope="module")
def examples():
    """The README's examples in Python: a realisation, the datasets, the rows."""
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    return [part.split("```")[0] for part in readme.split("```python\n")[1:]]


def run_example(example, replacements):
    for shown, at_hand in replacements:
        assert shown in example
        example = example.replace(shown, at_hand)
    exec(compile(example, "README.md", "exec"), {"xr": xr})


def test_the_readmes_realisation_is_the_workflows(examples, smoke, capsys):
    run_example(examples[0], [("L=9, Delta=20.0, seed=17", "L=7, Delta=20.0, seed=2")])
    assert "[" in capsys.readouterr().out
    ring = mbl.Ring(L=7, Delta=20.0, seed=2)
    stored = mbl.open_results("ring", L=7, Delta=20.0, root=smoke.results / "smoke").sel(seed=2)
    with threadpool_limits(1):
        lbits = ring.lbits("sorted")
        for name, ours in (
            ("h", ring.fields),
            ("energy", ring.energy),
            ("label", lbits.label),
            ("truncation_error", lbits.truncation_error()),
            ("norm_error", lbits.norm_error()),
        ):
            assert np.array_equal(stored[name].values, ours), name


def test_the_readmes_questions_to_the_datasets_run(examples, smoke, capsys):
    root = f"root={str(smoke.results / 'smoke')!r})"
    replacements = (
        ("L=11", "L=7"),
        ("seed=17", "seed=2"),
        ("Delta=20.0)", f"Delta=20.0, {root}"),
        ("L=12, W=4.4)", f"L=6, W=8.0, {root}"),
        ("site=6", "site=3"),
    )
    run_example(examples[1], replacements)
    correlation, response = map(float, capsys.readouterr().out.split())
    assert -1 <= correlation <= 1
    assert -0.5 <= response <= 0.5


def test_the_readmes_means_of_rows_run(examples, smoke, capsys):
    folder = str(smoke.results / "smoke" / "ensembles")
    run_example(examples[2], [("results/ensembles", folder), ("L=11", "L=7")])
    assert "truncation_error_error" in capsys.readouterr().out


def test_every_window_is_certified_and_its_pairs_are_eigenpairs(smoke):
    for bubble in ({}, {"n": 4}):
        results = mbl.open_results("chain", L=6, W=8.0, root=smoke.results / "smoke", **bubble)
        assert (results["counted"] == results.sizes["state"]).all()
        assert results["residual"].max() < 1e-8
        assert (results["energy_min"] < results["energy"].min("state")).all()


def test_the_bubble_stands_where_the_ends_of_the_longer_chain_alone_are(smoke):
    root = smoke.results / "smoke"
    alone = mbl.open_results("chain", L=8, W=8.0, root=root)
    bubble = mbl.open_results("chain", L=6, W=8.0, n=4, root=root)
    assert np.array_equal(alone["h"].values[:, 1:-1], bubble["h"].values)


def test_bounds_hold_and_u_keeps_the_spectrum_of_the_fixed_point(smoke):
    root = smoke.results / "smoke"
    results = mbl.open_results("fixed_point", L=6, xi=1.0, root=root)
    assert (results["entropy"] <= results["entropy_bound"] + 1e-12).all()
    assert (results["entropy"] <= results["diagonal_entropy"] + 1e-12).all()
    assert not (results["block_entropy"] > results["block_bound"] + 1e-12).any()
    middle = results["energy"].load().values
    middle.sort(axis=-1)
    levels = results["level_energy"].sel(g=0).values  # the half of the spectrum in its middle
    assert abs(middle[:, 16:48] - levels).max() < 1e-12
