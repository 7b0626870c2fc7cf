"""Eigenstates at the centre of the spectrum: a row for each realisation, and what rows tell.

Eigenstates of one realisation are correlated: errors are over realisations (colmenarez2023,
Figs. 2–8).
"""

import numpy as np
import xarray as xr

from mbl.ensembles.fits import jackknife
from mbl.ensembles.rows import once_per_table, realisations
from mbl.hilbert import Floats
from mbl.registry import Variable, coordinate, statistic
from mbl.spectral import gap_ratios, purity

BINS = 41  # of ⟨Sᶻ⟩ between −1/2 and 1/2; odd, so that 0 is the centre of one
BULK = 2  # sites nearer to an end than this many steps are not of the bulk
CENTRE = 0.25  # |⟨Sᶻ⟩| below it is nearer to a thermal spin's than to a frozen one's
MOMENTS = {
    "purity": Variable(("seed", "distance"), "f", "1", "purity γ of one site"),
    "purity_variance": Variable(
        ("seed", "distance"), "f", "1", "variance of γ over eigenstates and both sites"
    ),
    "purity_covariance": Variable(
        ("seed", "distance"), "f", "1", "covariance of γ with that of the site at distance 0"
    ),
}


@statistic(
    "chain/midspectrum",
    references="colmenarez2023, Figs. 2–9",
    contents={
        "gap_ratio": Variable(("seed",), "f", "1", "ratio of adjacent gaps"),
        "bulk_purity": Variable(("seed",), "f", "1", "purity γ over the sites of the bulk"),
        "central_weight": Variable(
            ("seed", "distance"), "f", "1", "share of eigenstates and sites with |⟨Sᶻ⟩| < 1/4"
        ),
        "residual": Variable(("seed",), "f", "J", "largest ‖H v − E v‖"),
        "certified": Variable(("seed",), "f", "1", "1 where the window was counted by inertia"),
        "spin_count": Variable(
            ("distance", "spin"),
            "f",
            "1",
            "eigenstates and sites with ⟨Sᶻ⟩ in the bin, summed over realisations",
        ),
        "spin_count_square": Variable(
            ("distance", "spin"),
            "f",
            "1",
            "square of the number of each realisation, summed over realisations",
        ),
    }
    | MOMENTS
    | coordinate("distance", "i", "1", "distance from the bubble, or from the ends")
    | coordinate("spin", "f", "1", "⟨Sᶻ⟩ at the centre of its bin"),
    of=("midspectrum",),
)
def midspectrum(block: xr.Dataset) -> xr.Dataset:
    """Gap ratio, purities and local magnetisations of the eigenstates of each realisation.

    The histogram of ⟨Sᶻ⟩ has no meaning for one realisation and is summed over them: where tables
    of other seeds are joined, `spin_count` and `spin_count_square` are to be added.
    """
    sz = block["sz"].transpose("seed", "state", "site").values
    L = sz.shape[-1]
    gamma = purity(sz)
    of_realisation = gamma.mean(axis=1)
    # Chains too short to have a bulk count every site.
    bulk = slice(BULK, L - BULK) if L > 2 * BULK else slice(None)
    counts = np.stack([spin_counts(one) for one in sz])
    return xr.Dataset(
        {
            "gap_ratio": ("seed", _gap_ratio(block["energy"])),
            "bulk_purity": ("seed", of_realisation[:, bulk].mean(axis=1)),
            "central_weight": (
                ("seed", "distance"),
                (np.abs(at_both_ends(sz)) < CENTRE).mean(axis=1),
            ),
            "residual": ("seed", block["residual"].max("state").values),
            "certified": ("seed", (block["counted"] >= 0).values.astype(float)),
            "spin_count": (("distance", "spin"), counts.sum(axis=0)),
            "spin_count_square": (("distance", "spin"), np.square(counts).sum(axis=0)),
        }
        | {name: (("seed", "distance"), one) for name, one in purity_moments(gamma).items()},
        {
            "seed": block["seed"].values,
            "distance": np.arange((L + 1) // 2),
            "spin": (np.arange(BINS) + 0.5) / BINS - 0.5,
        },
    )


def purity_moments(gamma: Floats) -> dict[str, Floats]:
    """Moments of the purities of each realisation, those that C(r) is made of (eq. 7).

    Parameters
    ----------
    gamma
        Purities, shape (realisations, states, L).

    Returns
    -------
    dict
        As `MOMENTS`, each of shape (realisations, ⌈L/2⌉).
    """
    mean = by_distance(gamma.mean(axis=1))
    apart = at_both_ends(gamma) - mean[:, None, :]
    products = np.square(apart).mean(axis=1), (apart[..., :1] * apart).mean(axis=1)
    return dict(zip(MOMENTS, (mean, *products), strict=True))


def _gap_ratio(energy: xr.DataArray) -> Floats:
    """Mean ratio of adjacent gaps of each realisation."""
    mean: Floats = gap_ratios(energy.transpose("seed", "state").values).mean(axis=1)
    return mean


def by_distance(values: Floats) -> Floats:
    """Mean of the sites i and L − 1 − i, which are at the same distance i from bubble or ends.

    Parameters
    ----------
    values
        One number a site, shape (…, L).

    Returns
    -------
    ndarray, shape (…, ⌈L/2⌉)
    """
    mean: Floats = 0.5 * (values + values[..., ::-1])[..., : (values.shape[-1] + 1) // 2]
    return mean


def at_both_ends(values: Floats) -> Floats:
    """Numbers of site i of eigenstates and then of site L − 1 − i, by distance i.

    Parameters
    ----------
    values
        Shape (…, states, L).

    Returns
    -------
    ndarray, shape (…, 2 states, ⌈L/2⌉)
    """
    both = np.concatenate([values, values[..., ::-1]], axis=-2)
    return both[..., : (values.shape[-1] + 1) // 2]


def spin_counts(sz: Floats) -> Floats:
    """How many ⟨Sᶻᵢ⟩ of eigenstates and the two sites at a distance lie in each bin.

    Parameters
    ----------
    sz
        ⟨n|Sᶻᵢ|n⟩, shape (states, L).

    Returns
    -------
    ndarray, shape (⌈L/2⌉, BINS)
        The middle site of an odd chain counts twice, so that every distance has 2 states in all.
    """
    ends = at_both_ends(sz)
    bins = np.clip(((ends + 0.5) * BINS).astype(int), 0, BINS - 1)
    counts = np.zeros((ends.shape[1], BINS))
    np.add.at(counts, (np.arange(ends.shape[1]), bins), 1.0)
    return counts


@once_per_table
def correlations(rows: xr.Dataset) -> xr.Dataset:
    """Correlation C(r) of the purities next to the bubble and at distance r (eq. 7).

    Parameters
    ----------
    rows
        Tier 2 of `midspectrum`.

    Returns
    -------
    Dataset
        `correlation` by key and distance, with its error by jackknife over realisations.
    """
    value = np.full((rows.sizes["key"], rows.sizes["distance"]), np.nan)
    error = value.copy()
    for key in range(rows.sizes["key"]):
        moments = moments_of(rows.isel(key=key)).values
        inside = slice(0, moments.shape[-1])
        value[key, inside], error[key, inside] = jackknife(pooled_correlation, moments)
    meaning = "correlation C(r) of purities"
    return _estimate(rows, "correlation", ("key", "distance"), value, error, meaning)


def moments_of(key: xr.Dataset) -> xr.DataArray:
    """Moments of the purities of one key, of the realisations and distances that it has.

    Returns
    -------
    DataArray, (seed, moment, distance)
        As `pooled_correlation` takes them.
    """
    each = [key[name].reset_coords(drop=True) for name in MOMENTS]
    moments = xr.concat(each, "moment").transpose("seed", "moment", "distance")
    return moments.dropna("distance", how="all").dropna("seed", how="all")


def pooled_correlation(moments: Floats) -> Floats:
    """Pearson correlation over all eigenstates of realisations, from the moments of each.

    Parameters
    ----------
    moments
        Mean, variance and covariance of the purities within realisations that have equally many
        eigenstates, shape (realisations, 3, ⌈L/2⌉).

    Returns
    -------
    ndarray, shape (⌈L/2⌉,)
        As `mbl.spectral.purity_correlation` of all their purities.
    """
    mean, variance, covariance = moments.swapaxes(0, 1)
    apart = mean - mean.mean(axis=0)  # between realisations, beside what is within them
    spread = np.sqrt((variance + np.square(apart)).mean(axis=0))
    correlation: Floats = (covariance + apart[:, :1] * apart).mean(axis=0) / (spread[0] * spread)
    return correlation


@once_per_table
def densities(rows: xr.Dataset) -> xr.Dataset:
    """Density of ⟨Sᶻᵢ⟩ over eigenstates, by distance; integrates to one.

    Parameters
    ----------
    rows
        Tier 2 of `midspectrum`.

    Returns
    -------
    Dataset
        `density` by key, distance and spin, with its standard error over realisations.
    """
    number = realisations(rows)
    dims = ("key", "distance", "spin")
    total, square = (rows[name].transpose(*dims) for name in ("spin_count", "spin_count_square"))
    of_realisation = total.sum("spin", skipna=False) / number
    # Counts are whole numbers: no digits are lost in this difference.
    variance = (number * square - total**2) / (number * (number - 1)).where(number > 1)
    density = BINS * total / (number * of_realisation)
    error = BINS * (variance / number) ** 0.5 / of_realisation
    values, errors = (one.transpose(*dims).values for one in (density, error))
    return _estimate(rows, "density", dims, values, errors, "density of ⟨Sᶻ⟩")


def _estimate(
    rows: xr.Dataset,
    name: str,
    dims: tuple[str, ...],
    value: Floats,
    error: Floats,
    meaning: str,
) -> xr.Dataset:
    """What rows tell beyond means, as `averaged` has means: with errors and their number."""
    deviation = f"standard error over realisations of the {meaning}"
    number = {"units": "1", "long_name": "number of disorder realisations"}
    return xr.Dataset(
        {
            name: (dims, value, {"units": "1", "long_name": f"mean {meaning}"}),
            f"{name}_error": (dims, error, {"units": "1", "long_name": deviation}),
            "realisations": ("key", realisations(rows).values, number),
        },
        {key: one for key, one in rows.coords.items() if set(one.dims) <= set(dims)},
    )
