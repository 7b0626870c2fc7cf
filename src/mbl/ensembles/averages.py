"""Infinite-time averages as the eigensolver leaves them, and as l-bits order them (Fig. 1)."""

import numpy as np
import xarray as xr

from mbl.hilbert import sigma_z
from mbl.registry import Variable, coordinate, statistic
from mbl.systems.ring_contents import SITE

ARRANGEMENTS = ("eigensolver", "labelled", "ideal")


@statistic(
    "ring/averages",
    references="goihl2018, Fig. 1",
    contents={
        "average": Variable(
            ("seed", "arrangement", "site", "position"), "f", "1", "infinite-time average E(σᶻ)"
        )
    }
    | coordinate("arrangement", "U", "1", "order of the eigenstates")
    | SITE
    | coordinate("position", "i", "1", "position of the eigenstate"),
    of=("spectrum", "lbits"),
)
def averages(block: xr.Dataset) -> xr.Dataset:
    """Infinite-time averages of each realisation, unsorted, sorted and ideal."""
    average = block["magnetization"].transpose("seed", "site", "state").values
    order = np.argsort(block["label"].transpose("seed", "state").values, axis=1)
    L, count = average.shape[1:]
    arranged = np.take_along_axis(average, order[:, None], axis=2)
    ideal = np.broadcast_to(sigma_z(np.arange(count), L), average.shape)
    return xr.Dataset(
        {
            "average": (
                ("seed", "arrangement", "site", "position"),
                np.stack([average, arranged, ideal], axis=1),
            )
        },
        {
            "seed": block["seed"],
            "arrangement": list(ARRANGEMENTS),
            "site": block["site"],
            "position": np.arange(count),
        },
    ).reset_coords(drop=True)


def differences(rows: xr.Dataset, arrangement: str) -> xr.DataArray:
    """Entrywise difference of E(σᶻᵢ) and Zᵢ of each realisation, mean over entries and sites.

    Parameters
    ----------
    rows
        Of `ring/averages`.
    arrangement
        Order of the eigenstates, as `ARRANGEMENTS` has it.

    Returns
    -------
    DataArray (L, Delta, seed)
        From 0, where the averages are Pauli operators, to 2; 1 for eigenstates in random order.
    """
    arranged, ideal = (rows["average"].sel(arrangement=one) for one in (arrangement, "ideal"))
    return abs(arranged.drop_vars("arrangement") - ideal).mean(["site", "position"])
