"""Faults of the bubble's configuration (colmenarez2023) that no schema can see."""

from collections.abc import Iterator, Mapping
from typing import Any

from mbl.costs import midspectrum_memory_MB
from mbl.keys import sector_dimension
from mbl.settings.values import number_faults, seeds_faults

# Figures that set chains with one bubble beside chains without, two sites longer.
COMPARED = ("fig2", "fig3", "fig5", "fig7", "fig9", "theory")


def bubble_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of chain and bubble that lie between keys."""
    for name, entries in config["ensembles"]["bubble"].items():
        for position, entry in enumerate(entries):
            yield from _entry_faults(f"ensembles.bubble.{name}[{position}]", entry, config)
        keys = [_key(entry, W, b) for entry in entries for W in entry["W"] for b in _betas(entry)]
        for n, L, W, beta in sorted({key for key in keys if keys.count(key) > 1}, key=str):
            yield (
                f"ensembles.bubble.{name}: n = {n}, L = {L}, W = {W}"
                f"{f', beta = {beta}' if beta else ''} stands there twice; keep one"
            )
    for figure, shown in config["figures"]["colmenarez2023"].items():
        if "ensemble" in shown:
            yield from _figure_faults(figure, shown, config["ensembles"]["bubble"])
    where, perturbation = "perturbation", config["perturbation"]
    yield from seeds_faults(f"{where}.seeds", perturbation["seeds"])
    for W in perturbation["W"]:
        yield from number_faults(f"{where}.W", W, "disorder strength W")


def _betas(entry: Mapping[str, Any]) -> list[float | None]:
    """Bandwidths of an entry; None is the tuned one."""
    return list(entry.get("beta", [None]))


def _key(
    entry: Mapping[str, Any], W: float, beta: float | None
) -> tuple[int, int, float, float | None]:
    return entry.get("n", 0), entry["L"], W, beta


def _entry_faults(where: str, entry: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of one entry of an ensemble."""
    n, L, bubble = entry.get("n", 0), entry["L"], config["bubble"]
    for W in entry["W"]:
        yield from number_faults(f"{where}.W", W, "disorder strength W")
    for beta in entry.get("beta", []):
        yield from number_faults(f"{where}.beta", beta, "bandwidth β")
    yield from seeds_faults(f"{where}.seeds", entry["seeds"])
    if not n and "beta" in entry:
        yield f"{where}.beta: a chain without bubble has no bandwidth; give n as well, or no beta"
    if n and "beta" not in entry and f"n={n}" not in bubble["beta"]:
        yield f"{where}.n: no bandwidth is tuned for n_GOE = {n}; add n={n} to bubble.beta"
    dimension = sector_dimension(n, L)
    if bubble["states"] > dimension:
        yield (
            f"bubble.states: {bubble['states']} states are wanted, but {where} has a dimension of "
            f"{dimension}; take fewer states or a larger L"
        )
    yield from _memory_faults(f"{where}.L", n, L, config)


def _memory_faults(where: str, n: int, L: int, config: Mapping[str, Any]) -> Iterator[str]:
    """Fault of a size whose factor would not fit into memory, and what would."""
    limit, bubble = config["limits"]["memory_GB"], config["bubble"]
    needed = midspectrum_memory_MB(n, L, bubble["states"], bubble["solver"]) / 1000
    if needed <= limit:
        return
    filtered = midspectrum_memory_MB(n, L, bubble["states"], "filtered") / 1000
    other = (
        f", set bubble.solver to filtered (which takes {filtered:.3g} GB and more than ten times "
        "the time)"
        if filtered <= limit
        else ""
    )
    yield (
        f"{where}: {L} sites{f' with n_GOE = {n}' if n else ''} need {needed:.3g} GB of memory for "
        f"one job, above limits.memory_GB = {limit:g}; take fewer sites{other}, or raise the limit "
        "where the machine has that much"
    )


def _figure_faults(
    figure: str, shown: Mapping[str, Any], ensembles: Mapping[str, Any]
) -> Iterator[str]:
    """Faults between a figure and its ensemble."""
    where, name = f"figures.colmenarez2023.{figure}", shown["ensemble"]
    if name not in ensembles:
        yield f"{where}.ensemble: there is no ensemble {name!r}; known: {', '.join(ensembles)}"
        return
    entries = ensembles[name]
    bubbles = [entry for entry in entries if entry.get("n", 0)]
    chains = {(entry["L"], W) for entry in entries if not entry.get("n", 0) for W in entry["W"]}
    sizes = {entry["L"] for entry in bubbles}
    if figure in (*COMPARED, "fig4") and len({entry["n"] for entry in bubbles}) != 1:
        yield f"{where}.ensemble: {name!r} must hold bubbles of one n; this figure shows one"
    if figure in COMPARED:
        wanted = {(entry["L"] + 2, W) for entry in bubbles for W in entry["W"]}
        for L, W in sorted(wanted - chains):
            yield (
                f"{where}.ensemble: {name!r} lacks the chain without bubble of L = {L} at W = {W}, "
                f"beside the bubble's L = {L - 2}; add it"
            )
    if figure == "fig6" and any("beta" not in entry for entry in bubbles):
        yield f"{where}.ensemble: {name!r} has entries without beta; this figure scans it"
    if figure == "fig8" and len({entry["L"] for entry in entries}) != 1:
        yield f"{where}.ensemble: {name!r} must hold one L; this figure shows one"
    for L in [*shown.get("sizes", []), *([shown["size"]] if "size" in shown else [])]:
        if L not in sizes:
            yield f"{where}: {name!r} has no bubble with L = {L}; it has {sorted(sizes)}"
    strengths = {W for entry in bubbles for W in entry["W"]}
    for W in shown.get("strengths", []):
        if W not in strengths:
            yield f"{where}: {name!r} has no W = {W}; it has {sorted(strengths)}"
    distances = [*shown.get("distances", []), *([shown["distance"]] if "distance" in shown else [])]
    for distance in distances:
        if all(distance >= (L + 1) // 2 for L in sizes):
            yield (
                f"{where}: no site of {name!r} lies at distance {distance}; the farthest of its "
                f"largest chain is {(max(sizes, default=1) + 1) // 2 - 1}"
            )
