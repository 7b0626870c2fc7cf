import made_tables
import numpy as np
import xarray as xr

from mbl.ensembles.effective import mean_couplings
from mbl.ensembles.rows import averaged
from mbl.lbits.effective_model import extension, order

L = 5


def block(seeds=3):
    rng = np.random.default_rng(1)
    return xr.Dataset(
        {
            "coupling": (("seed", "mu"), rng.normal(size=(seeds, 2**L))),
            "norm_error": (("seed", "order"), rng.random((seeds, L))),
            "operator_norm": ("seed", rng.random(seeds)),
        },
        {
            "L": L,
            "Delta": 20.0,
            "seed": np.arange(seeds),
            "mu": np.arange(2**L),
            "spins": ("mu", order(L)),
            "extension": ("mu", extension(L)),
            "order": np.arange(1, L + 1),
        },
    )


def test_couplings_are_averaged_over_all_of_a_kind():
    data = block()
    means = mean_couplings(data)
    for N in range(1, L + 1):
        for d in range(L // 2 + 1):
            kind = [mu for mu in range(2**L) if order(L)[mu] == N and extension(L)[mu] == d]
            got = means.sel(order=N, extension=d).values
            if kind:
                np.testing.assert_allclose(got, np.abs(data["coupling"].values[:, kind]).mean(1))
            else:
                assert np.isnan(got).all()


def test_rows_are_realisations_and_means_over_them():
    rows = made_tables.table("ring/effective", [block()])
    at = rows.sel(L=L, Delta=20.0)
    np.testing.assert_array_equal(at["norm_error"], block()["norm_error"])
    np.testing.assert_array_equal(at["operator_norm"], block()["operator_norm"])
    np.testing.assert_array_equal(at["coupling"], mean_couplings(block()))
    means = averaged(rows).sel(L=L, Delta=20.0)
    np.testing.assert_allclose(means["norm_error"], block()["norm_error"].mean("seed"))
    np.testing.assert_allclose(
        means["coupling_error"], mean_couplings(block()).std("seed", ddof=1) / np.sqrt(3)
    )
    assert means["realisations"] == 3
