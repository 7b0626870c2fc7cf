"""What reruns, what resumes, and that numbers depend on neither."""

import os
import signal
import subprocess
import time

import pytest
import xarray as xr

pytestmark = pytest.mark.workflow

LOCALITY_FIGURES = 4  # Figs. 2–5


def names(planned):
    return {
        name.removeprefix("smoke_"): count for name, count in planned.items() if name != "smoke"
    }


@pytest.fixture
def finished(smoke, tmp_path):
    return smoke.copy(tmp_path / "copy")


def test_editing_the_locality_reruns_what_depends_on_it(finished):
    finished.edit("src/mbl/lbits/locality.py", "error = np.zeros(", "error = 0 * np.ones(")
    planned = names(finished.planned("smoke"))
    assert set(planned) == {
        "diagonalize_ring",  # its eigenvectors were temporary
        "locality",
        "locality_statistics",
        "buffer_statistics",
        "goihl2018_figure",
    }
    assert planned["goihl2018_figure"] == LOCALITY_FIGURES


def test_editing_the_imbalance_reruns_what_depends_on_it(finished):
    finished.edit("src/mbl/dynamics/imbalance.py", "real**2", "real * real")
    planned = names(finished.planned("smoke"))
    assert planned == {"imbalance": 1, "imbalance_statistics": 1, "goihl2018_figure": 1}


def test_editing_the_labelling_reruns_all_from_there(finished):
    finished.edit("src/mbl/lbits/sorting.py", "np.empty_like(order)", "np.zeros_like(order)")
    planned = names(finished.planned("smoke"))
    assert {"label_sorted", "locality", "effective_model", "imbalance", "realisation"} <= set(
        planned
    )
    assert planned["goihl2018_figure"] == 8
    assert "sample_ring" not in planned


@pytest.mark.parametrize(
    ("file", "old", "new", "kept"),
    [
        ("disorder.py", "uniform(-1.0, 1.0, L)", "uniform(-1.0, 1.0, size=L)", set()),
        ("models/ring.py", "+= 2.0", "+= 1.0 + 1.0", {"sample_ring"}),
        ("lbits/averages.py", "np.square(V)", "V**2", {"sample_ring"}),
    ],
)
def test_editing_what_spectra_rest_on_reruns_all_of_it_at_once(finished, file, old, new, kept):
    everything = {
        "sample_ring", "ring_source", "diagonalize_ring", "label_sorted", "locality",
        "effective_model", "imbalance", "realisation", "locality_statistics", "buffer_statistics",
        "effective_statistics", "imbalance_statistics", "goihl2018_figure",
        "algebra", "range", "pbit_dynamics", "lbit_dynamics", "labelled_statistics",
        "growth_statistics", "echo_statistics", "huse2014_figure",
    }  # fmt: skip
    finished.edit(f"src/mbl/{file}", old, new)
    planned = names(finished.planned("smoke"))
    assert set(planned) == everything - kept
    assert planned["diagonalize_ring"] == planned["label_sorted"] == 6
    assert planned["goihl2018_figure"] == 8


def test_editing_a_plot_reruns_no_physics(finished):
    finished.edit("src/mbl/plotting/goihl2018.py", "Fig. 5: ", "Figure 5: ")
    assert names(finished.planned("smoke")) == {"goihl2018_figure": 8}


def test_editing_a_docstring_or_a_comment_reruns_nothing(finished):
    finished.edit("src/mbl/lbits/locality.py", '"""Locality of', '"""The locality of')
    finished.edit("src/mbl/models/ring.py", "# σˣσˣ + σʸσʸ", "# the flip-flop: σˣσˣ + σʸσʸ")
    assert finished.planned("smoke") == {}


def test_more_seeds_add_blocks_and_recompute_none(finished):
    finished.edit("config/smoke.yaml", "{L: 5, Delta: [10.0, 30.0], seeds: 0-3}",
                  "{L: 5, Delta: [10.0, 30.0], seeds: 0-7}")  # fmt: skip
    planned = names(finished.planned("smoke"))
    assert planned["diagonalize_ring"] == 2
    assert planned["sample_ring"] == 1


def locality(project, seeds):
    return f"results/ring/L=7/Delta=10.0/seeds={seeds}/locality-sorted.nc"


def test_numbers_depend_on_neither_block_size_nor_cores_nor_order(smoke, project):
    project.snakemake(
        "--cores", "1", locality(project, "0002-0003"), locality(project, "0000-0001")
    )
    parts = [
        xr.load_dataset(project.path / locality(project, seeds))
        for seeds in ("0000-0001", "0002-0003")
    ]
    with xr.open_dataset(smoke.results / "smoke/ring/L=7/Delta=10.0/seeds=0000-0003/"
                         "locality-sorted.nc") as whole:  # fmt: skip
        xr.testing.assert_identical(
            xr.concat(parts, "seed", data_vars="minimal", coords="minimal", compat="override")[
                "truncation_error"
            ],
            whole["truncation_error"].load(),
        )


def test_a_killed_run_resumes_to_the_same_numbers(smoke, project):
    target = "results/smoke/ensembles/ring/sizes/locality-sorted.nc"
    run = subprocess.Popen(
        project.command("--cores", "2", target),
        cwd=project.path,
        env=project.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 120
        # A locality that has been computed tells that Snakemake knows its labels to be complete.
        while not list(project.results.rglob("locality-sorted.nc")):
            assert run.poll() is None, "the run ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    assert not (project.path / target).exists()
    labelled = [p.with_name("lbits-sorted.nc") for p in project.results.rglob("locality-*.nc")]
    finished = {path: path.stat().st_mtime_ns for path in labelled}
    project.snakemake("--unlock")
    project.snakemake("--cores", "2", target)
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in finished.items())
    xr.testing.assert_identical(
        xr.load_dataset(project.path / target).drop_attrs(),
        xr.load_dataset(smoke.path / target).drop_attrs(),
    )
