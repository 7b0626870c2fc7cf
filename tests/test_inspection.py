import json
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr

from mbl.__main__ import main
from mbl.datasets import Record, eigenvector_file, save
from mbl.datasets.origin import provenance
from mbl.inspection import InspectionError, inspect, overview
from mbl.plotting.style import save_figure


def fields(path, seeds=range(2)):
    rng = np.random.default_rng(0)
    dataset = xr.Dataset(
        {"h": (("seed", "site"), rng.uniform(-1, 1, (len(seeds), 3)))},
        {"L": 3, "seed": list(seeds), "site": np.arange(3)},
    )
    parameters = {"L": 3, "seeds": f"{seeds.start}-{seeds.stop - 1}"}
    save(dataset, path, "ring/fields", Record(parameters))
    return path


@pytest.fixture
def block(tmp_path):
    return fields(tmp_path / "results/ring/L=3/seeds=0000-0001/fields.nc")


@pytest.fixture
def figure(tmp_path, block):
    drawing, axes = plt.subplots()
    axes.plot([0, 1])
    files = [tmp_path / f"fig2.{ending}" for ending in ("pdf", "png", "svg")]
    about = provenance("figures/goihl2018/fig2", {"figure": "fig2", "note": "Δ"}, [block])
    save_figure(drawing, *files, "goihl2018, fig2", about)
    plt.close(drawing)
    return files


def flip(path, position):
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)


def where(path, values):
    position = path.read_bytes().find(np.ascontiguousarray(values).tobytes())
    assert position > 0
    return position


def test_a_dataset_shows_key_parameters_origin_and_health(block):
    shown = inspect(block)
    for wanted in ("fields", "L = 3", "seeds: 2, from 0 to 1", "h(seed: 2, site: 3)", "0-1"):
        assert wanted in shown
    for wanted in ("mbl_commit", "numpy_version", "blas", "history", "wall time", "health: whole"):
        assert wanted in shown


@pytest.mark.parametrize("position", range(3), ids=["pdf", "png", "svg"])
def test_a_figure_alone_tells_what_it_was_drawn_from(figure, position):
    shown = inspect(figure[position])
    assert "figures/goihl2018/fig2" in shown
    assert "figure = fig2, note = Δ" in shown
    assert "from 1 × ring/fields" in shown
    assert "seeds: 0-1" in shown
    assert shown.count("mbl_commit") == 2  # of the drawing and of the fields


def test_a_flipped_bit_shows_as_ill_health(block):
    with xr.open_dataset(block) as data:
        values = data["h"].values
    flip(block, where(block, values) + 5)
    assert "'h' cannot be read" in inspect(block)
    assert "1 with a fault" not in "\n".join(overview(block.parents[3]))
    assert "1 with a fault" in "\n".join(overview(block.parents[3], read=True))


def test_a_flipped_bit_of_an_eigenvector_shows(tmp_path):
    path = tmp_path / "eigenvectors.nc"
    packed = np.eye(8)[np.random.default_rng(1).permutation(8)].ravel()
    coordinates = {"L": 3, "Delta": 1.0, "seed": [0]}
    with eigenvector_file(path, coordinates, 64, Record()) as put:
        put(0, packed)
    assert "health: whole" in inspect(path)
    flip(path, where(path, packed))  # the last bit of a mantissa: no norm would tell
    assert "'eigenvector' cannot be read" in inspect(path)


def test_what_is_no_result_is_refused_with_the_reason(tmp_path, block):
    foreign, text, plain = (tmp_path / name for name in ("a.nc", "b.txt", "c.png"))
    xr.Dataset({"temperature": 1.0}).to_netcdf(foreign)
    text.write_text("none")
    plt.imsave(plain, np.zeros((2, 2)))
    for path, reason in (
        (tmp_path / "absent.nc", "no such file"),
        (foreign, "foreign NetCDF"),
        (text, "known are .nc"),
        (plain, "no provenance"),
    ):
        with pytest.raises(InspectionError, match=reason):
            inspect(path)
    with pytest.raises(InspectionError, match="holds no dataset"):
        list(overview(tmp_path / "nothing"))


def test_the_overview_counts_blocks_by_key_and_names_faults(block):
    results = block.parents[3]
    fields(results / "ring/L=3/seeds=0002-0003/fields.nc", range(2, 4))
    broken = results / "ring/L=4/seeds=0000-0001/fields.nc"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"half")
    lines = list(overview(results))
    assert "ring/L=3: fields × 2" in lines
    assert "3 datasets, 1 with a fault" in lines
    assert str(broken) in lines[-1]


def test_the_command_line(block, capsys):
    assert main(["inspect", str(block)]) == 0
    assert "L = 3" in capsys.readouterr().out
    assert main(["list", str(block.parents[3]), "--read"]) == 0
    assert "ring/L=3: fields" in capsys.readouterr().out
    assert main(["inspect", "absent.nc"]) == 1
    assert "Error: absent.nc: there is no such file" in capsys.readouterr().err


def test_python_m_mbl_runs(block):
    command = [sys.executable, "-m", "mbl", "inspect", str(block)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "health: whole" in done.stdout


def test_provenance_survives_as_it_was_written(figure, block):
    from PIL import Image

    with Image.open(figure[1]) as image:
        about = json.loads(image.info["Description"])
    assert about["sources"]["ring/fields"]["files"] == 1
