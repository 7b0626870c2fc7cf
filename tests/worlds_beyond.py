"""Worlds of the claims beyond the papers: made-up rings under two labellings."""

from functools import partial

import made_tables
import numpy as np
import xarray as xr
from worlds import World

SEEDS = 60
LABELLINGS = ("sorted", "magnetization", "overlap", "combined")
STATISTICS = ("ring/locality", "ring/effective", "ring/reproduction", "ring/lbits")
AT = {
    "L": [7, 9],
    "Delta": [7.5, 20.0],
    "seed": range(SEEDS),
    "site": range(4),
    "support": [1, 3, 5],
    "order": range(1, 7),
    "extension": range(4),
}


def tables(factor=0.5, spread=0.3, labellings=LABELLINGS, at=AT):
    """Rows whose errors under the combined labelling are a factor times those under the sorting.

    Parameters
    ----------
    factor
        Its mean over realisations.
    spread
        Of its logarithm.
    """
    rng = np.random.default_rng(6)
    found = {name: made_tables.made_up(name, at, labellings) for name in STATISTICS}
    names = {
        "ring/locality": "truncation_error",
        "ring/effective": "norm_error",
        "ring/reproduction": "imbalance_error",
    }
    for statistic, name in names.items():
        error = found[statistic][name]
        error[:] = 0.04 * np.exp(spread * rng.normal(size=error.shape))
        combined = np.array([label == "combined" for label in labellings])
        error[combined] *= factor
    lbits = found["ring/lbits"]
    lbits["bound"] = lbits["objective"] + 0.1 * ~lbits["labelling"].isin(LABELLINGS[1:3])
    described = [made_tables.described(found[name], name) for name in STATISTICS]
    assert all(isinstance(one, xr.Dataset) for one in described)
    return tuple(described)


exchanged = partial(tables, factor=1.0)  # labellings exchanged between seeds: no difference

WORLDS = {
    f"beyond/{name}": World(true, exchanged)
    for name, true in (
        ("more_accurate_near_the_transition", partial(tables, 0.2)),
        ("more_accurate_at_strong_disorder", partial(tables, 0.5)),
        ("lbits_are_more_local", partial(tables, 0.5)),
        ("dynamics_of_more_realisations", partial(tables, 0.5, spread=1.0)),
    )
}
