"""Directories of the chain's files, and faults of its configuration that no schema can see."""

from collections.abc import Iterator, Mapping
from typing import Any

from mbl.costs import midspectrum_memory_MB
from mbl.keys import number, sector_dimension
from mbl.settings.values import number_faults, seeds_faults

PERTURBATION = "perturbation"  # the ensemble that perturbation theory is compared on
SIZES = range(4, 15)  # of perturbation theory: bonds without a common site … dense matrices


def chain_directory(L: int, W: float | None = None, n: int = 0, beta: float | None = None) -> str:
    """Directory of a chain's files below the results.

    Parameters
    ----------
    L
        Number of sites.
    W
        Disorder strength; without it the directory of the disorder, which serves every strength.
    n
        Dimension n_GOE of the bubble, 0 without.
    beta
        Bandwidth of the bubble, where it is another than the tuned one.
    """
    bandwidth = "" if beta is None else f",beta={number(beta)}"
    shared = f"bubble/n={n}{bandwidth}/L={L}" if n else f"chain/L={L}"
    return shared if W is None else f"{shared}/W={number(W)}"


def dimension(L: int, n: int = 0) -> int:
    """Dimension of the largest sector, by which block sizes are given."""
    return sector_dimension(n, L)


def chain_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of chain and bubble that lie between keys."""
    for name, entries in config["ensembles"]["chain"].items():
        for position, entry in enumerate(entries):
            where = f"ensembles.chain.{name}[{position}]"
            yield from _entry_faults(where, entry, config["chain"])
            if name == PERTURBATION:
                yield from _perturbation_faults(where, entry, entries[0])
            else:
                yield from _window_faults(where, entry, config["chain"])
        keys = [_key(entry, W, b) for entry in entries for W in entry["W"] for b in _betas(entry)]
        for n, L, W, beta in sorted({key for key in keys if keys.count(key) > 1}, key=str):
            yield (
                f"ensembles.chain.{name}: n = {n}, L = {L}, W = {W}"
                f"{f', beta = {beta}' if beta else ''} stands there twice; keep one"
            )


def memory_cure(entry: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """What else would let an entry fit into memory: the solver without a factor, if it does."""
    states = config["chain"]["midspectrum"]["states"]
    filtered = midspectrum_memory_MB(entry["L"], states, "filtered", entry.get("n", 0)) / 1000
    if filtered > config["limits"]["memory_GB"]:
        return ""
    return (
        f", set chain.midspectrum.solver to filtered (which takes {filtered:.3g} GB and more than "
        "ten times the time)"
    )


def _betas(entry: Mapping[str, Any]) -> list[float | None]:
    """Bandwidths of an entry; None is the tuned one."""
    return list(entry.get("beta", [None]))


def _key(
    entry: Mapping[str, Any], W: float, beta: float | None
) -> tuple[int, int, float, float | None]:
    return entry.get("n", 0), entry["L"], W, beta


def _entry_faults(where: str, entry: Mapping[str, Any], chain: Mapping[str, Any]) -> Iterator[str]:
    """Faults of one entry of any ensemble."""
    n = entry.get("n", 0)
    for W in entry["W"]:
        yield from number_faults(f"{where}.W", W, "disorder strength W")
    for beta in entry.get("beta", []):
        yield from number_faults(f"{where}.beta", beta, "bandwidth β")
    yield from seeds_faults(f"{where}.seeds", entry["seeds"])
    if not n and "beta" in entry:
        yield f"{where}.beta: a chain without bubble has no bandwidth; give n as well, or no beta"
    if n and "beta" not in entry and f"n={n}" not in chain["beta"]:
        yield f"{where}.n: no bandwidth is tuned for n_GOE = {n}; add n={n} to chain.beta"


def _window_faults(where: str, entry: Mapping[str, Any], chain: Mapping[str, Any]) -> Iterator[str]:
    """Fault of a sector with fewer states than are wanted of it."""
    states, size = chain["midspectrum"]["states"], dimension(entry["L"], entry.get("n", 0))
    if states > size:
        yield (
            f"chain.midspectrum.states: {states} states are wanted, but {where} has a dimension of "
            f"{size}; take fewer states or a larger L"
        )


def _perturbation_faults(
    where: str, entry: Mapping[str, Any], first: Mapping[str, Any]
) -> Iterator[str]:
    """Faults of the chains that perturbation theory is compared on."""
    if entry["L"] not in SIZES:
        yield (
            f"{where}.L: {entry['L']} is not a whole number of sites from {SIZES.start} to "
            f"{SIZES.stop - 1}, as perturbation theory is compared on"
        )
    if entry["L"] != first["L"]:
        yield (
            f"{where}.L: perturbation theory is compared on chains of one L; "
            f"take {first['L']}, as in the first entry"
        )
    if "n" in entry:
        yield f"{where}.n: perturbation theory is compared on the chain alone; leave n out"
