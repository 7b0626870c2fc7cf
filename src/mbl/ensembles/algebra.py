"""Violations of what l-bits are by construction (huse2014, eqs. 1–3)."""

import xarray as xr

from mbl.registry import Variable, statistic


@statistic(
    "ring/algebra",
    references="huse2014, eqs. 1–3",
    contents={
        "same_site": Variable(("seed",), "f", "1", "‖τᵃτᵇ − δ − i ε τᶜ‖ on one site"),
        "different_sites": Variable(("seed",), "f", "1", "‖[τᵃᵢ, τᵇⱼ]‖ of different sites"),
        "conservation": Variable(("seed",), "f", "J", "‖[H, τᶻᵢ]‖"),
        "trace": Variable(("seed",), "f", "1", "|Tr τᶻᵢ| / 2^L"),
        "bare": Variable(("seed",), "f", "J", "‖[H, σᶻᵢ]‖ of the bare spins"),
    },
    of=("algebra",),
)
def algebra(block: xr.Dataset) -> xr.Dataset:
    """Largest violations of the l-bits' Pauli algebra and conservation in each realisation."""
    return block.reset_coords(drop=True)


def extremes(rows: xr.Dataset, *names: str) -> xr.Dataset:
    """Median and largest over realisations.

    Parameters
    ----------
    rows
        Tier 2.
    *names
        Variables with one number a realisation.

    Returns
    -------
    Dataset
        For each of them `name`, the median, and `name_largest`.
    """
    out = xr.Dataset()
    for name in names:
        values = rows[name]
        for ending, word, found in (
            ("", "median", values.median("seed")),
            ("_largest", "largest", values.max("seed")),
        ):
            meaning = f"{word} over realisations of {values.attrs['long_name']}"
            out[f"{name}{ending}"] = found.assign_attrs(values.attrs | {"long_name": meaning})
    return out
