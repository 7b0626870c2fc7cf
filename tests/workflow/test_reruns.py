"""What reruns, what resumes, and that numbers depend on neither."""

import os
import signal
import time

import numpy as np
import pytest
import xarray as xr

from mbl.catalogue import catalogue
from mbl.registry import Figure, Paper

pytestmark = pytest.mark.workflow

TARGETS = {"smoke", *(f"smoke_{paper}" for paper in catalogue()[Paper])}
FIGURES = {name.replace("/", "_") for name in catalogue()[Figure]}


def names(planned):
    """Jobs by rule, all figures of one paper as its name."""
    return {
        name.removeprefix("smoke_"): count for name, count in planned.items() if name not in TARGETS
    }


def figures(paper, *numbers):
    return {f"{paper}_{number}" for number in numbers}


def goihl2018(*numbers):
    return figures("goihl2018", *(f"fig{number}" for number in numbers))


@pytest.fixture
def finished(smoke, tmp_path):
    return smoke.copy(tmp_path / "copy")


def test_editing_the_locality_reruns_what_depends_on_it(finished):
    finished.edit("src/mbl/lbits/locality.py", "error = np.zeros(", "error = 0 * np.ones(")
    planned = names(finished.planned("smoke_goihl2018"))
    assert set(planned) == {
        "diagonalize_ring",  # its eigenvectors were temporary
        "locality",
        "ring_locality_statistics",
    } | goihl2018(2, 3, 4, 5)


def test_editing_the_imbalance_reruns_what_depends_on_it(finished):
    finished.edit("src/mbl/dynamics/imbalance.py", "real**2", "real * real")
    planned = names(finished.planned("smoke_goihl2018"))
    assert planned == {"ring_imbalance": 1, "ring_imbalance_statistics": 1, "goihl2018_fig8": 1}


def test_editing_the_sorting_reruns_all_from_there(finished):
    finished.edit("src/mbl/lbits/sorting.py", "np.empty_like(order)", "np.zeros_like(order)")
    planned = names(finished.planned("smoke_goihl2018"))
    assert {"label_by_averages", "locality", "effective_model", "ring_imbalance"} <= set(planned)
    assert goihl2018(*range(1, 9)) <= set(planned)
    assert "sample_ring" not in planned


@pytest.mark.parametrize(
    ("file", "old", "new", "kept"),
    [
        ("disorder.py", "uniform(-1.0, 1.0, count)", "uniform(-1.0, 1.0, size=count)", set()),
        ("models/ring.py", "+= 2.0", "+= 1.0 + 1.0", {"sample_ring"}),
        ("lbits/averages.py", "np.square(V)", "V**2", {"sample_ring"}),
    ],
)
def test_editing_what_spectra_rest_on_reruns_all_of_it_at_once(finished, file, old, new, kept):
    everything = {
        "sample_ring", "ring_source", "diagonalize_ring", "label_by_averages", "locality",
        "effective_model", "ring_imbalance", "ring_averages_statistics", "ring_locality_statistics",
        "ring_effective_statistics", "ring_imbalance_statistics",
    } | goihl2018(*range(1, 9))  # fmt: skip
    finished.edit(f"src/mbl/{file}", old, new)
    planned = names(finished.planned("smoke_goihl2018"))
    assert set(planned) == everything - kept
    assert planned["diagonalize_ring"] == planned["label_by_averages"] == 6


def test_editing_the_l_bit_operators_reruns_no_dynamics(finished):
    finished.edit(
        "src/mbl/lbits/operators.py", "argsort(label)[flipped]", "argsort(label[:])[flipped]"
    )
    planned = names(finished.planned("smoke_huse2014"))
    assert {"ring_algebra", "ring_range", "ring_algebra_statistics"} <= set(planned)
    assert figures("huse2014", "algebra", "mean_range") <= set(planned)
    untouched = {"ring_pbit_dynamics", "ring_lbit_dynamics", "label_by_averages"}
    assert not (untouched | {"diagonalize_ring", "huse2014_spin_echo"}) & set(planned)


@pytest.mark.parametrize(
    ("paper", "file", "old", "new", "drawn"),
    [
        ("goihl2018", "goihl2018/figures.py", "Fig. 5: ", "Figure 5: ", goihl2018(5)),
        (
            "swingle2013", "swingle2013/figures.py", "dotted, right: ", "dotted, to the right: ",
            figures("swingle2013", "stability"),
        ),
    ],
)  # fmt: skip
def test_editing_a_figure_draws_it_and_no_other(finished, paper, file, old, new, drawn):
    finished.edit(f"src/mbl/papers/{file}", old, new)
    assert set(names(finished.planned(f"smoke_{paper}"))) == drawn


def test_editing_the_style_draws_every_figure(finished):
    finished.edit("src/mbl/plotting/style.py", '"lines.linewidth": 1.0', '"lines.linewidth": 1.1')
    assert set(names(finished.planned("smoke"))) == FIGURES


def test_editing_one_statistic_reruns_no_other(finished):
    finished.edit("src/mbl/ensembles/locality.py", 'block["truncation_error"]',
                  '1.0 * block["truncation_error"]')  # fmt: skip
    planned = names(finished.planned("smoke"))
    again = {"ring_locality_statistics", "claims", "beyond_lbit_methods", "beyond_finite_size"}
    assert set(planned) == again | goihl2018(2, 3, 4, 5)


def test_editing_a_docstring_or_a_comment_reruns_nothing(finished):
    finished.edit("src/mbl/lbits/locality.py", '"""Locality of', '"""The locality of')
    finished.edit("src/mbl/models/ring.py", "# σˣσˣ + σʸσʸ", "# the flip-flop: σˣσˣ + σʸσʸ")
    assert finished.planned("smoke") == {}


def test_editing_the_mid_spectrum_solver_reruns_all_spectra_of_chains(finished):
    finished.edit("src/mbl/solvers/midspectrum.py", "ATTEMPTS = 3", "ATTEMPTS = 4")
    planned = names(finished.planned("smoke_colmenarez2023"))
    spectra = len(list((finished.results / "smoke").rglob("midspectrum.nc"))) - 3  # statistics
    rules = ("midspectrum_bubble", "midspectrum_bandwidth", "midspectrum_chain")
    assert sum(planned[rule] for rule in rules) == spectra
    drawn = {name for name in planned if name.startswith("colmenarez2023")}
    assert drawn == figures("colmenarez2023", *(f"fig{n}" for n in range(2, 10)), "theory")
    assert "sample_bubble" not in planned


def test_editing_a_bound_of_the_fixed_point_reruns_no_quantity_without_it(finished):
    finished.edit("src/mbl/dynamics/light_cone.py", "2 * product * np", "product * 2 * np")
    planned = names(finished.planned("smoke_swingle2013"))
    bounded = ("light_cone", "transport")
    assert planned == {
        rule: 1
        for name in bounded
        for rule in (
            f"fixed_point_{name}",
            f"fixed_point_{name}_statistics",
            f"swingle2013_{name}",
        )
    }


def test_editing_one_labelling_reruns_no_block_without_it(finished):
    finished.edit(
        "src/mbl/lbits/labelling.py", "OVERLAP_TOLERANCE = 20.0", "OVERLAP_TOLERANCE = 21.0"
    )
    planned = names(finished.planned("smoke"))
    # `consistent` is computed at L = 5 and Δ = 10 alone; what else reads the eigenvectors there,
    # which are temporary and made again, runs as well.
    assert planned["label_by_eigenvectors"] == 5
    assert planned["diagonalize_ring"] == planned["effective_model"] / 5 == 1
    assert "label_by_averages" not in planned
    assert planned["beyond_lbit_methods"] == 1
    drawn = {name for name in planned if name.startswith(("goihl2018", "huse2014"))}
    assert drawn == goihl2018(3)  # which shows this block


def test_editing_a_claim_judges_again_and_no_more(finished):
    finished.edit("src/mbl/papers/goihl2018/claims.py", "falls through 1/2", "crosses 1/2")
    assert names(finished.planned("smoke")) == {"claims": 1}


def test_more_seeds_add_blocks_and_recompute_none(finished):
    finished.edit("config/smoke.yaml", "{L: 5, Delta: [10.0, 30.0], seeds: 0-3}",
                  "{L: 5, Delta: [10.0, 30.0], seeds: 0-7}")  # fmt: skip
    planned = names(finished.planned("smoke_goihl2018"))
    assert planned["diagonalize_ring"] == 2
    assert planned["sample_ring"] == 1


def test_mid_spectra_do_not_depend_on_the_block_size(smoke, project):
    at = "results/{}bubble/n=4/L=6/W=8.0/seeds={}/midspectrum.nc"
    project.snakemake("--cores", "1", at.format("", "0001-0002"))
    part = xr.load_dataset(project.path / at.format("", "0001-0002"))
    whole = xr.load_dataset(smoke.path / at.format("smoke/", "0000-0003"))
    # The default scale takes more states than the smoke scale: its window holds the other's.
    for ours, theirs in zip(part["energy"], whole["energy"].sel(seed=[1, 2]), strict=True):
        assert np.abs(ours.values[:, None] - theirs.values).min(axis=0).max() < 1e-10


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
    run = project.start("--cores", "2", target, start_new_session=True)
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
