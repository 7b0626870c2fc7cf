"""The configuration: checked as a whole before anything runs, then asked by the rules."""

import difflib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from mbl.keys import AnyKey, ChainKey, Key, block_name, seed_blocks, seed_range
from mbl.settings.bubble import bubble_faults
from mbl.settings.fixed_point import fixed_point_faults, fixed_point_keys
from mbl.settings.ring import ring_faults
from mbl.settings.toolbox import toolbox_faults


class SettingsError(ValueError):
    """A run that cannot be started: every fault with its key or file and its cure."""

    def __init__(self, what: str, faults: Iterable[str]) -> None:
        super().__init__("\n  ".join([f"{what}:", *faults]))


def read_yaml(path: Path) -> Any:  # noqa: ANN401
    """Contents of a YAML file, by libyaml where there is one: every start of a job waits for it."""
    return yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


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
        faults = list(_schema_faults(config, read_yaml(schema)))
        faults = faults or list(_faults(config))
        if faults:
            raise SettingsError("a configuration that cannot be used", faults)
        self.figures: Mapping[str, Any] = config["figures"]
        self.labelling: str = config["ring"]["labelling"]
        self.imbalance: Mapping[str, Any] = config["ring"]["imbalance"]
        self.bubble: Mapping[str, Any] = config["bubble"]
        self.perturbation: Mapping[str, Any] = config["perturbation"]
        self.toolbox: Mapping[str, Any] = config["huse2014"]
        self.memory_GB: float = config["limits"]["memory_GB"]
        self.fixed_point: Mapping[str, Any] = config["fixed_point"]
        self._block_size = _sizes(config["ring"]["block_size"])
        self._midspectrum_block_size = _sizes(config["bubble"]["block_size"])
        ensembles = config["ensembles"]
        self.rings = {name: list(_rings(entries)) for name, entries in ensembles["ring"].items()}
        self.chains = {
            name: list(_chains(entries)) for name, entries in ensembles["bubble"].items()
        }

        self.fixed_points = {
            quantity: list(fixed_point_keys(entries))
            for quantity, entries in ensembles["fixed_point"].items()
        }

    def beta(self, n: int) -> float:
        """Bandwidth β that is tuned for a bubble; 0 without bubble."""
        return float(self.bubble["beta"][f"n={n}"]) if n else 0.0

    def block_size(self, key: Key | ChainKey) -> int:
        """Seeds per job: as configured for the size or for the next larger one, else 1."""
        if isinstance(key, Key):
            return _next_larger(self._block_size, key.L)
        return _next_larger(self._midspectrum_block_size, key.dimension)

    def block_files(self, key: Key | ChainKey, name: str) -> list[str]:
        """Files of one name over the seed blocks of a key, below the results directory."""
        return _block_files(key, name, self.block_size(key))

    def files(self, keys: Iterable[Key | ChainKey], name: str) -> list[str]:
        """Files of one name over all keys and blocks of an ensemble."""
        return [file for key in keys for file in self.block_files(key, name)]

    def fixed_point_files(self, quantity: str) -> list[str]:
        """Files of a quantity of the fixed-point model over all keys and blocks of its ensemble."""
        sizes = _sizes(self.fixed_point["block_size"].get(quantity, {}))
        return [
            file
            for key in self.fixed_points[quantity]
            for file in _block_files(key, f"{quantity}.nc", _next_larger(sizes, key.L))
        ]


def _block_files(key: AnyKey, name: str, size: int) -> list[str]:
    """Files of one name over the seed blocks of a key, of so many seeds each."""
    directory = key.directory(Path("<results>"))
    return [
        f"{directory}/seeds={block_name(block)}/{name}" for block in seed_blocks(key.seeds, size)
    ]


def _sizes(entries: Mapping[str, int]) -> dict[int, int]:
    """Block sizes by size, from entries such as ``L=13: 10``."""
    return {int(name.partition("=")[2]): count for name, count in sorted(entries.items())}


def _next_larger(sizes: Mapping[int, int], size: int) -> int:
    """Entry of a size or of the next larger one, else 1."""
    larger = [known for known in sizes if known >= size]
    return sizes[min(larger)] if larger else 1


def _rings(entries: Iterable[Mapping[str, Any]]) -> Iterator[Key]:
    """Keys of an ensemble of rings: one for each size and disorder strength."""
    for entry in entries:
        for Delta in entry["Delta"]:
            yield Key(entry["L"], float(Delta), seed_range(entry["seeds"]))


def _chains(entries: Iterable[Mapping[str, Any]]) -> Iterator[ChainKey]:
    """Keys of an ensemble of chains: one for each size, disorder strength and bandwidth."""
    for entry in entries:
        for beta in entry.get("beta", [None]):
            for W in entry["W"]:
                seeds = seed_range(entry["seeds"])
                beta = beta if beta is None else float(beta)
                yield ChainKey(entry.get("n", 0), entry["L"], float(W), seeds, beta)


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
    yield from ring_faults(config)
    yield from bubble_faults(config)
    yield from fixed_point_faults(config)
    yield from toolbox_faults(config)


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
    # NetCDF takes long to import, and every job reads the settings: only the first run waits.
    from mbl.datasets.files import health

    files = sorted(path for path in results.rglob("*.nc") if not path.name.startswith("."))
    faults = [fault for file in files if (fault := health(file))]
    if faults:
        raise SettingsError("datasets that cannot be used", faults)
