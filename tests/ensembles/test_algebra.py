import numpy as np
import xarray as xr
from made_tables import by_labelling

from mbl.ensembles.algebra import extremes

SEEDS = 8


def block(seed):
    values = np.random.default_rng(seed).uniform(size=SEEDS)
    names = ("same_site", "different_sites", "trace", "conservation", "bare")
    data = {name: ("seed", (1 + place) * values) for place, name in enumerate(names)}
    return xr.Dataset(data, {"L": 6, "Delta": 20.0, "seed": np.arange(SEEDS)})


def test_violations_are_shown_by_median_and_largest():
    blocks = {"sorted": [block(0)], "overlap": [block(1)]}
    rows = by_labelling("ring/algebra", blocks)
    found = extremes(rows, "same_site", "conservation")
    assert found["same_site"].dims == ("labelling", "L", "Delta")
    assert found["conservation_largest"].attrs == {
        "units": "J",
        "long_name": "largest over realisations of ‖[H, τᶻᵢ]‖",
    }
    for name, (one,) in blocks.items():
        at = found.sel(labelling=name, L=6, Delta=20.0)
        assert at["same_site"] == np.median(one["same_site"])
        assert at["conservation_largest"] == one["conservation"].max()
