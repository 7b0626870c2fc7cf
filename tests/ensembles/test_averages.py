import made_tables
import numpy as np
import xarray as xr

from mbl.ensembles.averages import differences
from mbl.systems.ring import Ring

L = 4


def test_averages_are_arranged_by_the_labels():
    rings = [Ring(L, 20.0, seed) for seed in (0, 1)]
    block = xr.Dataset(
        {
            "magnetization": (("seed", "site", "state"), [ring.averages for ring in rings]),
            "label": (("seed", "state"), [ring.lbits("sorted").label for ring in rings]),
        },
        {"L": L, "Delta": 20.0, "seed": [0, 1], "site": np.arange(L), "state": np.arange(2**L)},
    )
    rows = made_tables.table("ring/averages", [block]).sel(L=L, Delta=20.0)["average"]
    for seed, ring in enumerate(rings):
        at = rows.sel(seed=seed)
        np.testing.assert_array_equal(at.sel(arrangement="eigensolver"), ring.averages)
        for e, k in enumerate(ring.lbits("sorted").label):
            np.testing.assert_array_equal(
                at.sel(arrangement="labelled", position=k), ring.averages[:, e]
            )
        first = at.sel(arrangement="labelled", site=0)
        assert first[: 2 ** (L - 1)].min() >= first[2 ** (L - 1) :].max()
        ideal = at.sel(arrangement="ideal")
        assert ideal.sel(site=0).values.tolist() == [1.0] * 8 + [-1.0] * 8
        assert ideal.sel(site=L - 1).values.tolist() == [1.0, -1.0] * 8


def test_differences_from_ideal_are_of_all_entries():
    ideal = np.array([[1, 1, -1, -1], [1, -1, 1, -1]], dtype=float)
    rows = xr.Dataset(
        {
            "average": (
                ("L", "Delta", "seed", "arrangement", "site", "position"),
                np.stack([[-ideal, 0.5 * ideal, ideal], [ideal, ideal, ideal]])[None, None],
            )
        },
        {"arrangement": ["eigensolver", "labelled", "ideal"]},
    )
    assert differences(rows, "eigensolver").values.ravel().tolist() == [2.0, 0.0]
    assert differences(rows, "labelled").values.ravel().tolist() == [0.5, 0.0]
