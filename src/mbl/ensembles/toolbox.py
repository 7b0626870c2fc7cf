"""Statistics of what l-bits are good for (huse2014): algebra, ranges, couplings, growth, echo."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import xarray as xr

from mbl.disorder import generator
from mbl.dynamics.growth import slope_per_ln_t
from mbl.ensembles.fits import jackknife
from mbl.ensembles.statistics import grid, statistics
from mbl.hilbert import Floats, Ints
from mbl.lbits.mean_range import decay_length, mean_range, pair_interaction, random_range

DECAYS = ("pair", "interaction")  # what ξ is read from: J_ij of eq. 4, or all orders with i and j
ENDS = 2  # of a block on a ring; the paper's cut between two half-chains has one
RESAMPLES = 200
ROUNDING = 1e-13  # of the largest coupling: less is not told from zero
RANGE_STEP = 0.1  # between the mean ranges whose exceedance is told

Labelled = Mapping[str, Iterable[xr.Dataset]]


def by_labelling(parts: Mapping[str, xr.Dataset]) -> xr.Dataset:
    """Join the grids of several labellings along a first dimension `labelling`."""
    grids = [part.drop_vars("realisations") for part in parts.values()]
    joined = xr.concat(grids, "labelling", data_vars="all", join="outer")
    joined["realisations"] = next(iter(parts.values()))["realisations"]
    return joined.assign_coords(labelling=list(parts))


def _also(row: xr.Dataset, others: Mapping[str, xr.DataArray]) -> xr.Dataset:
    """A key's statistics with others of it, which lack the dimensions L and Delta."""
    lead = {name: row[name] for name in ("L", "Delta")}
    return row.merge(xr.Dataset(dict(others)).expand_dims(lead), compat="no_conflicts")


def _extremes(name: str, values: xr.DataArray) -> dict[str, xr.DataArray]:
    """Median and largest over realisations."""
    values = values.reset_coords(drop=True)
    return {name: values.median("seed"), f"{name}_largest": values.max("seed")}


def median_and_error(values: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Median over realisations and all that they hold, with its error by bootstrap of realisations.

    Parameters
    ----------
    values
        Shape (realisations, …, sites).
    rng
        Draws the resamples.

    Returns
    -------
    median, error
        Shape (…); the error is NaN for a single realisation.
    """
    median: Floats = np.median(values, axis=(0, -1))
    count = len(values)
    if count < 2:
        return median, np.full_like(median, np.nan)
    drawn = rng.integers(0, count, (RESAMPLES, count))
    return median, np.std([np.median(values[of], axis=(0, -1)) for of in drawn], axis=0, ddof=1)


def algebra_statistics(labelled: Labelled) -> xr.Dataset:
    """Violations of the algebra, from datasets of kind `algebra` by labelling."""

    def row(key: xr.Dataset) -> xr.Dataset:
        found = [_extremes(str(name), key[name]) for name in key.data_vars]
        return _also(statistics(key, {}), {n: v for one in found for n, v in one.items()})

    return by_labelling({name: grid(map(row, keys)) for name, keys in labelled.items()})


def range_statistics(labelled: Labelled) -> xr.Dataset:
    """Weights by range, mean ranges and their distribution over l-bits (mean range of the paper).

    Parameters
    ----------
    labelled
        Datasets of kind `range` by labelling, all realisations of one L and Δ each.

    Returns
    -------
    Dataset of kind `range_statistics`
    """
    return by_labelling({name: grid(map(_range_row, keys)) for name, keys in labelled.items()})


def _range_row(key: xr.Dataset) -> xr.Dataset:
    """Statistics of ranges of one key."""
    weight = key["weight"].transpose("seed", "operator", "site", "range")
    of_lbit = xr.zeros_like(weight.isel(range=0, drop=True)) + mean_range(weight.values)
    threshold = RANGE_STEP * np.arange(round(weight.sizes["range"] / RANGE_STEP))
    above = of_lbit > xr.DataArray(threshold, {"threshold": threshold}, "threshold")
    row = statistics(
        key,
        {
            "weight": weight.mean("site"),
            "mean_range": of_lbit.mean("site"),
            "exceedance": above.mean("site"),
        },
    )
    median, error = median_and_error(of_lbit.values, generator("bootstrap", int(key["L"])))
    lost = abs(1 - weight.sum("range")).max(("operator", "site"))
    medians = {
        "median_range": xr.DataArray(median, dims="operator"),
        "median_range_error": xr.DataArray(error, dims="operator"),
        "random_range": xr.DataArray(random_range(int(key["L"]))),
    }
    return _also(row, medians | _extremes("weight_sum", lost))


def typical_couplings(key: xr.Dataset) -> tuple[Ints, Mapping[str, Floats]]:
    """Couplings of every two l-bits, alone and with all orders that hold both.

    Parameters
    ----------
    key
        Dataset of kind `effective`.

    Returns
    -------
    distance, couplings
        Ring distance of each pair, shape (pairs,), and by `DECAYS` |J_ij| and the root mean square
        interaction, shape (realisations, pairs), in units of J.
    """
    coupling = key["coupling"].transpose("seed", "mu").values
    pairs = key["spins"].values == 2
    return key["extension"].values[pairs], {
        "pair": np.abs(coupling[:, pairs]),
        "interaction": pair_interaction(coupling),
    }


def coupling_statistics(labelled: Labelled) -> xr.Dataset:
    """Couplings of eq. 4 by order, those of pairs by distance, and their decay lengths.

    Parameters
    ----------
    labelled
        Datasets of kind `effective` by labelling, all realisations of one L and Δ each.

    Returns
    -------
    Dataset of kind `coupling_statistics`
        NaN for an order whose couplings vanish in some realisation.
    """
    return by_labelling({name: grid(map(_coupling_row, keys)) for name, keys in labelled.items()})


def _coupling_row(key: xr.Dataset) -> xr.Dataset:
    """Statistics of couplings of one key."""
    coupling = np.abs(key["coupling"].transpose("seed", "mu").values)
    rounding = ROUNDING * coupling.max()
    log = np.log(np.maximum(coupling, rounding))  # zero has no logarithm
    spins = key["spins"].values
    orders = np.arange(1, spins.max() + 1)
    distance, pairs = typical_couplings(key)
    distances = np.unique(distance)

    def mean_by(kind: Ints, kinds: Ints, values: Floats, name: str) -> xr.DataArray:
        means = np.stack([values[:, kind == one].mean(axis=1) for one in kinds], axis=1)
        return xr.DataArray(means, {name: kinds}, ("seed", name))

    # That of order L is zero where labels keep the number of down spins: both Σ (−1)^down σᶻᵢ and
    # Σ (−1)^down σᶻᵢσᶻⱼ over all states are.
    found = mean_by(spins, orders, coupling, "order")
    there = (found > rounding).all("seed")
    row = statistics(
        key,
        {
            "coupling": found.where(there),
            "log_coupling": mean_by(spins, orders, log, "order").where(there),
            "log_pair": mean_by(distance, distances, np.log(pairs["pair"]), "distance"),
            "log_interaction": mean_by(
                distance, distances, np.log(pairs["interaction"]), "distance"
            ),
        },
    )
    decays = [decay_length(distance, pairs[name]) for name in DECAYS]
    lengths = {
        "length": [decay.length for decay in decays],
        "length_error": [decay.length_error for decay in decays],
        "strength": [decay.strength for decay in decays],
    }
    fitted = {n: xr.DataArray(v, {"decay": list(DECAYS)}, "decay") for n, v in lengths.items()}
    return _also(row, fitted | _extremes("expansion", key["norm_error"].isel(order=-1)))


def growth_statistics(
    pbits: Iterable[xr.Dataset],
    lbits: Labelled,
    effective: Labelled,
    window: tuple[float, float],
    late: float,
) -> xr.Dataset:
    """Growth of entanglement, its slope, and the 2 s∞ ξ that dephasing predicts for a ring.

    Parameters
    ----------
    pbits
        Datasets of kind `pbit_dynamics`, all realisations of one L and Δ each.
    lbits, effective
        Datasets of kinds `lbit_dynamics` and `effective` by labelling, of the same keys.
    window
        First and last time of the slopes, in units of 1/J.
    late
        Time from which entropies have come to rest, in units of 1/J.

    Returns
    -------
    Dataset of kind `growth_statistics`
    """
    keys = list(pbits)

    def of_pbits(key: xr.Dataset) -> xr.Dataset:
        entropy = key["entropy"].mean("initial")
        quantities = {
            "entropy": entropy,
            "slope": _slope(entropy, window),
            "late_entropy": entropy.sel(t=slice(late, None)).mean("t"),
            "dephased_entropy": key["dephased_entropy"].mean("initial"),
            "density": _density(key),
        }
        return statistics(key, quantities)

    def of_lbits(key: xr.Dataset, model: xr.Dataset, bare: xr.Dataset) -> xr.Dataset:
        entropy = key["lbit_entropy"].mean("initial")
        row = statistics(key, {"lbit_entropy": entropy, "lbit_slope": _slope(entropy, window)})
        return _also(row, _predicted(model, _density(bare)))

    dressed = {
        name: grid(of_lbits(*of) for of in zip(lbits[name], effective[name], keys, strict=True))
        for name in lbits
    }
    found = grid(of_pbits(key) for key in keys).merge(by_labelling(dressed), compat="no_conflicts")
    return found.assign_coords(first=window[0], last=window[1], late=late)


def _slope(entropy: xr.DataArray, window: tuple[float, float]) -> xr.DataArray:
    """Slope dS/d ln t inside a window."""
    entropy = entropy.transpose(..., "t")
    slope = slope_per_ln_t(entropy["t"].values, entropy.values, window)
    return entropy.isel(t=0, drop=True).copy(data=slope)


def _density(key: xr.Dataset) -> xr.DataArray:
    """s∞ of each realisation: growth of the dephased entropy by a site of the block."""
    entropy = key["dephased_entropy"].mean("initial")
    grown = entropy.isel(cut=-1, drop=True) - entropy.isel(cut=0, drop=True)
    return grown / (entropy.sizes["cut"] - 1)


def _predicted(model: xr.Dataset, density: xr.DataArray) -> dict[str, xr.DataArray]:
    """2 s∞ ξ and its error by jackknife of realisations: both are of the same ones."""
    distance, pairs = typical_couplings(model)
    density = density.transpose("seed", "axis").reset_coords(drop=True)

    def product(of: Floats) -> Floats:
        seeds = of.astype(int)
        lengths = [decay_length(distance, pairs[name][seeds]).length for name in DECAYS]
        products: Floats = np.outer(density.values[seeds].mean(axis=0), lengths)
        return ENDS * products

    value, error = jackknife(product, np.arange(density.sizes["seed"], dtype=float))
    at = {"axis": density["axis"].values, "decay": list(DECAYS)}
    return {
        "predicted": xr.DataArray(value, at, ("axis", "decay")),
        "predicted_error": xr.DataArray(error, at, ("axis", "decay")),
    }


def echo_statistics(pbits: Iterable[xr.Dataset], lbits: Labelled, late: float) -> xr.Dataset:
    """Ramsey and echo signals of p-bits and l-bits, averaged over the bits of each realisation.

    Parameters
    ----------
    pbits
        Datasets of kind `pbit_dynamics`, all realisations of one L and Δ each.
    lbits
        Datasets of kind `lbit_dynamics` by labelling, of the same keys.
    late
        Time from which signals have come to rest, in units of 1/J.

    Returns
    -------
    Dataset of kind `echo_statistics`
    """

    def at_late(signal: xr.DataArray) -> xr.DataArray:
        return signal.sel(t=slice(late, None)).mean("t")

    def of_pbits(key: xr.Dataset) -> xr.Dataset:
        ramsey, echo = key["ramsey"].mean("site"), key["echo"].mean("site")
        quantities = {
            "ramsey": ramsey,
            "echo": echo,
            "late_ramsey": at_late(ramsey),
            "late_echo": at_late(echo),
        }
        return _also(statistics(key, quantities), {"echo_loss": _largest_loss(key["echo"])})

    def of_lbits(key: xr.Dataset) -> xr.Dataset:
        ramsey = key["lbit_ramsey"].mean("site")
        row = statistics(key, {"lbit_ramsey": ramsey, "late_lbit_ramsey": at_late(ramsey)})
        loss = abs(1 - key["lbit_echo"]).max(("site", "t"))
        others = {"lbit_echo_loss": _largest_loss(key["lbit_echo"])}
        return _also(row, others | _extremes("lbit_echo", loss))

    dressed = by_labelling({name: grid(map(of_lbits, keys)) for name, keys in lbits.items()})
    return grid(map(of_pbits, pbits)).merge(dressed, compat="no_conflicts").assign_coords(late=late)


def _largest_loss(echo: xr.DataArray) -> xr.DataArray:
    """Largest |1 − echo| of all bits and realisations."""
    return abs(1 - echo).max(("seed", "site")).reset_coords(drop=True)


# By kind of the blocks that each is of.
STATISTICS: Mapping[str, Callable[[Labelled], xr.Dataset]] = {
    "algebra": algebra_statistics,
    "range": range_statistics,
    "effective": coupling_statistics,
}
