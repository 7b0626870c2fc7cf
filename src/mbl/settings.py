"""The configuration: checked as a whole before anything runs, then asked by the rules."""

import difflib
import math
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from mbl.costs import locality_memory_MB, spectrum_memory_MB
from mbl.datasets.files import health
from mbl.keys import Key, block_name, ring_key, seed_blocks, seed_range


class SettingsError(ValueError):
    """A run that cannot be started: every fault with its key or file and its cure."""

    def __init__(self, what: str, faults: Iterable[str]) -> None:
        super().__init__("\n  ".join([f"{what}:", *faults]))


def merge(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Configuration with changes: mappings merge key by key, all else is replaced."""
    merged = dict(base)
    for key, value in changes.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = merge(merged[key], value) if both else value
    return merged


class Settings:
    """A checked configuration.

    Parameters
    ----------
    config
        The merged configuration, as Snakemake has it.
    schema
        Path of the JSON schema.

    Raises
    ------
    SettingsError
        Where it cannot be run; names every key, fault and cure.
    """

    def __init__(self, config: Mapping[str, Any], schema: Path) -> None:
        faults = list(_schema_faults(config, yaml.safe_load(schema.read_text())))
        faults = faults or list(_faults(config))
        if faults:
            raise SettingsError("a configuration that cannot be used", faults)
        self.config = config
        self.figures: Mapping[str, Any] = config["figures"]
        self.labelling: str = config["ring"]["labelling"]
        self.imbalance: Mapping[str, Any] = config["ring"]["imbalance"]
        self.ensembles = {
            name: list(_keys(entries)) for name, entries in config["ensembles"].items()
        }

    def block_size(self, L: int) -> int:
        """Seeds per job at a size: as configured for it or for the next larger one, else 1."""
        sizes = {int(k.removeprefix("L=")): n for k, n in self.config["ring"]["block_size"].items()}
        larger = [size for size in sizes if size >= L]
        return int(sizes[min(larger)]) if larger else 1

    def block_files(self, key: Key, name: str) -> list[str]:
        """Files of one name over the seed blocks of a key, below the results directory."""
        return [
            f"{ring_key(Path('<results>'), key.L, key.Delta)}/seeds={block_name(block)}/{name}"
            for block in seed_blocks(key.seeds, self.block_size(key.L))
        ]

    def ensemble_files(self, ensemble: str, name: str) -> list[str]:
        """Files of one name over all keys and blocks of a named ensemble."""
        return [file for key in self.ensembles[ensemble] for file in self.block_files(key, name)]


def _keys(entries: Iterable[Mapping[str, Any]]) -> Iterator[Key]:
    """Keys of an ensemble: one for each size and disorder strength."""
    for entry in entries:
        for Delta in entry["Delta"]:
            yield Key(entry["L"], float(Delta), seed_range(entry["seeds"]))


def _schema_faults(config: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """Faults against the schema, each with its key and what is wanted there."""
    for error in jsonschema.Draft202012Validator(schema).iter_errors(config):
        where = _name(error.absolute_path)
        wanted = error.schema.get("description") if isinstance(error.schema, Mapping) else None
        if error.validator == "additionalProperties" and "patternProperties" not in error.schema:
            known = list(error.schema["properties"])
            for key in sorted(set(map(str, error.instance)) - set(known)):
                close = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {close[0]!r}? " if close else ""
                yield f"{where + '.' if where else ''}{key}: unknown key; {hint}known: {known}"
        elif error.validator == "required":
            yield f"{where or 'config'}: {error.message}; add the key, as in config/default.yaml"
        else:
            yield f"{where}: {error.instance!r} is not {wanted or 'allowed: ' + error.message}"


def _faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Faults that lie between keys."""
    for name, entries in config["ensembles"].items():
        for position, entry in enumerate(entries):
            yield from _entry_faults(f"ensembles.{name}[{position}]", entry, config)
        keys = [(entry["L"], Delta) for entry in entries for Delta in entry["Delta"]]
        for L, Delta in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"ensembles.{name}: L = {L}, Delta = {Delta} stands there twice; name it once"
    for figure, entry in config["figures"]["goihl2018"].items():
        where = f"figures.goihl2018.{figure}"
        if figure == "fig1":
            yield from _size_faults(f"{where}.L", entry["L"], config)
            yield from _odd_faults(f"{where}.L", entry["L"])
            yield from _number_faults(f"{where}.Delta", entry["Delta"])
            continue
        name = entry["ensemble"]
        if name not in config["ensembles"]:
            known = ", ".join(config["ensembles"])
            yield f"{where}.ensemble: there is no ensemble {name!r}; known: {known}"
            continue
        for position, part in enumerate(config["ensembles"][name]):
            yield from _odd_faults(f"ensembles.{name}[{position}].L", part["L"])
        if (
            figure in ("fig2", "fig4", "fig5", "fig6")
            and len({e["L"] for e in config["ensembles"][name]}) > 1
        ):
            yield f"{where}.ensemble: {name!r} holds several sizes; this figure shows one L"
        if figure in ("fig7", "fig8"):
            keys = [(e["L"], d) for e in config["ensembles"][name] for d in e["Delta"]]
            if len(keys) != 1:
                yield (
                    f"{where}.ensemble: {name!r} holds {len(keys)} pairs of L and Delta; "
                    "this figure shows one"
                )
    times = config["ring"]["imbalance"]
    if not times["first"] < times["last"]:
        yield "ring.imbalance: first is not before last; times run from first to last"


def _entry_faults(where: str, entry: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[str]:
    """Faults of one entry of an ensemble."""
    yield from _size_faults(f"{where}.L", entry["L"], config)
    for Delta in entry["Delta"]:
        yield from _number_faults(f"{where}.Delta", Delta)
    try:
        seed_range(entry["seeds"])
    except ValueError as error:
        yield f"{where}.seeds: {error}"


def _number_faults(where: str, value: float) -> Iterator[str]:
    """Fault of a disorder strength that is no finite number."""
    if not math.isfinite(value):
        yield f"{where}: {value} is not a disorder strength Δ, a finite number above 0"


def _odd_faults(where: str, L: int) -> Iterator[str]:
    """Fault of an even size in a figure of the paper."""
    if L % 2 == 0:
        yield (
            f"{where}: {L} is even, but goihl2018's figures need an odd number of sites (their "
            "buffers are centred on one); even rings may stand in ensembles of your own"
        )


def _size_faults(where: str, L: int, config: Mapping[str, Any]) -> Iterator[str]:
    """Fault of a size whose jobs would not fit into memory."""
    limit = config["limits"]["memory_GB"]
    needed = max(spectrum_memory_MB(L), locality_memory_MB(L)) / 1000
    if needed > limit:
        yield (
            f"{where}: {L} sites need {needed:.3g} GB of memory for one job, above "
            f"limits.memory_GB = {limit:g}; take fewer sites, or raise the limit where the "
            "machine has that much"
        )


def _name(path: Iterable[str | int]) -> str:
    """Name of a key in the configuration: ``ensembles.sizes[0].L``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def check_writable(results: Path) -> None:
    """Refuse a results directory that cannot be written to, before anything is computed.

    Raises
    ------
    SettingsError
        Names the directory and the cure.
    """
    existing = next(p for p in (results, *results.absolute().parents) if p.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise SettingsError(
            "a directory that cannot be used",
            [
                f"pathvars.results: {results} cannot be written to ({error.strerror}); allow "
                "writing there or name another directory"
            ],
        ) from error


def check_intermediates(results: Path) -> None:
    """Refuse truncated or foreign files among the intermediates, before anything is computed.

    Raises
    ------
    SettingsError
        Names every such file, its fault and the cure.
    """
    files = sorted(path for path in results.rglob("*.nc") if not path.name.startswith("."))
    faults = [fault for file in files if (fault := health(file))]
    if faults:
        raise SettingsError("datasets that cannot be used", faults)
