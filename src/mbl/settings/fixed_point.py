"""The fixed-point model's configuration (swingle2013): its keys, and faults that no schema sees."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from mbl.costs import dense_memory_MB, product_states_memory_MB
from mbl.keys import FixedPointKey, seed_range
from mbl.settings.values import number_faults, seeds_faults

DENSE = ("light_cone", "stability")  # quantities from matrices of the whole space


def fixed_point_keys(entries: Iterable[Mapping[str, Any]]) -> Iterator[FixedPointKey]:
    """Keys of an ensemble: one for each size and localization length."""
    for entry in entries:
        for xi in entry.get("xi", [None]):
            length = xi if xi is None else float(xi)
            yield FixedPointKey(entry["L"], length, seed_range(entry["seeds"]))


def fixed_point_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of the fixed-point model that lie between keys."""
    for quantity, entries in config["ensembles"]["fixed_point"].items():
        where = f"ensembles.fixed_point.{quantity}"
        for position, entry in enumerate(entries):
            yield from _entry_faults(f"{where}[{position}]", quantity, entry, config)
        keys = [(entry["L"], xi) for entry in entries for xi in entry.get("xi", [None])]
        for L, xi in sorted({key for key in keys if keys.count(key) > 1}, key=str):
            length = "" if xi is None else f", xi = {xi}"
            yield f"{where}: L = {L}{length} stands there twice; keep one"
    growth = config["fixed_point"]["growth"]
    for name in ("first", "last"):
        yield from number_faults(f"fixed_point.growth.{name}", growth[name], "time")
    if not growth["first"] < growth["last"]:
        yield "fixed_point.growth: first is not before last; times run from first to last"
    rates = config["fixed_point"]["rates"]
    low, high = rates["window"]
    if not low < high:
        yield "fixed_point.rates.window: rates are fitted from a lower to a higher share"
    if not growth["first"] < rates["late"] < growth["last"]:
        yield "fixed_point.rates.late: must lie between the first and the last time of growth"
    yield from _figure_faults(config)


def _entry_faults(
    where: str, quantity: str, entry: Mapping[str, Any], config: Mapping[str, Any]
) -> Iterator[str]:
    """Faults of one entry of an ensemble."""
    L, model = entry["L"], config["fixed_point"]
    yield from seeds_faults(f"{where}.seeds", entry["seeds"])
    for xi in entry.get("xi", []):
        if not np.isfinite(xi):
            yield f"{where}.xi: {xi} is not a localization length ξ, a finite number from 0"
    if quantity == "area_law" and model["states"] > 2**L:
        yield (
            f"fixed_point.states: {model['states']} eigenstates are wanted, but {where} has "
            f"{2**L}; take fewer, or a larger L"
        )
    if quantity == "stability" and round(model["stability"]["share"] * 2**L) < 3:
        yield (
            f"fixed_point.stability.share: leaves fewer than 3 of the {2**L} levels of {where}; "
            "take a larger share or a larger L"
        )
    limit = config["limits"]["memory_GB"]
    needed = (dense_memory_MB(L) if quantity in DENSE else product_states_memory_MB(L, 1)) / 1000
    if needed > limit:
        yield (
            f"{where}.L: {L} sites need {needed:.3g} GB of memory for one job, above "
            f"limits.memory_GB = {limit:g}; take fewer sites, or raise the limit where the machine "
            "has that much"
        )


def _figure_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults between the figures and what is computed for them."""
    figures, ensembles = config["figures"]["swingle2013"], config["ensembles"]["fixed_point"]
    held = {
        quantity: {(e["L"], float(xi)) for e in entries for xi in e.get("xi", [np.nan])}
        for quantity, entries in ensembles.items()
    }
    shown = figures["density_of_states"]
    for xi in (0.0, shown["xi"]):
        if (shown["size"], xi) not in held["spectrum"]:
            yield (
                f"figures.swingle2013.density_of_states: ensembles.fixed_point.spectrum has no "
                f"L = {shown['size']} at xi = {xi}; add it"
            )
    shown = figures["light_cone"]
    if shown["size"] not in {L for L, _ in held["light_cone"]}:
        yield (
            f"figures.swingle2013.light_cone.size: ensembles.fixed_point.light_cone has no "
            f"L = {shown['size']}; add it"
        )
    for time in shown["times"]:
        if time not in config["fixed_point"]["light_cone"]["times"]:
            yield (
                f"figures.swingle2013.light_cone.times: {time} is not among "
                "fixed_point.light_cone.times; add it there"
            )
    shown = figures["entanglement_growth"]
    if len({xi for L, xi in held["growth"] if shown["size"] == L}) < 2:
        yield (
            f"figures.swingle2013.entanglement_growth.size: ensembles.fixed_point.growth needs two "
            f"localization lengths or more at L = {shown['size']}"
        )
    for figure in ("entanglement_growth", "two_spins"):
        xi = figures[figure]["xi"]
        if xi not in {length for _, length in held["growth"]}:
            yield (
                f"figures.swingle2013.{figure}.xi: ensembles.fixed_point.growth has no xi = {xi}; "
                "add it"
            )
    for quantity in ("quasi_adiabatic", "stability"):
        if len({xi for _, xi in held[quantity]}) > 1:
            yield (
                f"ensembles.fixed_point.{quantity}: holds several localization lengths; its "
                "figure shows one"
            )
