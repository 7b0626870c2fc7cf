import numpy as np
import pytest
from worlds_beyond import LABELLINGS, tables

from mbl.ensembles.labellings import side_by_side
from mbl.papers.beyond.tables import labellings_table, tabulated


@pytest.fixture(scope="module")
def data():
    locality, effective, reproduction, lbits = tables(0.5, spread=0.1)
    known = (effective["L"] == 7) | effective["labelling"].isin(["sorted", "combined"])
    shown = side_by_side(locality, effective.where(known), reproduction, lbits)
    return shown.where((shown["L"] == 7) | (shown["Delta"] == 20.0))


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_labelling_and_key_has_its_numbers(data):
    head, rule, *lines = (cells(line) for line in tabulated(data).splitlines())
    assert head == ["", "L = 7, Δ = 7.5 (60)", "L = 7, Δ = 20 (60)", "L = 9, Δ = 20 (60)"]
    assert set(rule) == {"---"}
    assert [line[0] for line in lines[:4]] == [f"`{name}`" for name in LABELLINGS]
    assert lines[1][3] == "–"  # not computed of the larger ring
    one = data.sel(labelling="combined", L=7, Delta=20.0, order=4)["norm_error"]
    value, median = float(one.mean()), float(one.median())
    told = lines[3][2]
    assert told.startswith(f"{value:.4f}"[:5])
    assert f"({median:.2g})" in told


def test_means_medians_and_realisations_stand_together(data):
    lines = [cells(line) for line in tabulated(data).splitlines()[-5:]]
    assert [line[0] for line in lines] == [
        "`sorted` / `combined`: ratio of means",
        "ratio of medians",
        "median of the ratio",
        "realisations that improve",
        "realisations that get worse",
    ]
    for line in lines[:3]:
        ratios = [float(cell.strip("*").split(" ±")[0]) for cell in line[1:]]
        np.testing.assert_allclose(ratios, 2.0, rtol=0.1)
    assert all("100.0 ±" in cell and cell.endswith("%**") for cell in lines[3][1:])


def test_the_table_is_of_the_figures_data(data, tmp_path):
    file = tmp_path / "figures" / "beyond" / "lbit_methods.nc"
    file.parent.mkdir(parents=True)
    data.to_netcdf(file)
    assert labellings_table(tmp_path) == tabulated(data)
