"""The configuration: checked as a whole before anything runs, then asked by the rules."""

import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mbl.catalogue import call, catalogue, resolve
from mbl.keys import Key, block_name, seed_blocks, seed_range
from mbl.registry import Figure, Quantity, Statistic, System
from mbl.settings.faults import SettingsError, faults_of, is_labelled
from mbl.settings.schema import defaults, group_of

__all__ = [
    "Settings",
    "SettingsError",
    "check_writable",
    "is_labelled",
    "key",
    "merge",
    "read_yaml",
]


def read_yaml(path: Path) -> Any:  # noqa: ANN401
    """Contents of a YAML file, by libyaml where there is one: every start of a job waits for it."""
    import yaml  # which the scripts of jobs do without

    return yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def merge(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Configuration with changes: mappings merge key by key, all else is replaced."""
    merged = dict(base)
    for name, value in changes.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(name), Mapping)
        merged[name] = merge(merged[name], value) if both else value
    return merged


def key(system: System, values: Mapping[str, float], seeds: range, *labellings: str) -> Key:
    """Key of a system, with the directories of its files."""
    directory: Callable[..., str] = resolve(system.directory)
    shared = {name: value for name, value in values.items() if not system.keys[name].listed}
    return Key(system.name, values, seeds, directory(**values), directory(**shared), labellings)


def _keys(system: System, entries: Iterable[Mapping[str, Any]]) -> Iterator[Key]:
    """Keys of an ensemble: one for each combination of the values that an entry lists."""
    for entry in entries:
        listed = {
            name: [float(one) for one in entry[name]] if part.listed else [entry[name]]
            for name, part in system.keys.items()
            if name in entry
        }
        for values in itertools.product(*listed.values()):
            yield key(
                system,
                dict(zip(listed, values, strict=True)),
                seed_range(entry["seeds"]),
                *entry.get("labellings", ()),
            )


class Settings:
    """A checked configuration.

    Parameters
    ----------
    config
        The configuration, as Snakemake has it; what it leaves out is as declared.

    Attributes
    ----------
    config
        The same with all defaults.
    ensembles
        Keys of every ensemble, by system and name.

    Raises
    ------
    SettingsError
        Where it cannot be run; names every key, fault and cure.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = merge(defaults(), config)
        if faults := list(faults_of(self.config)):
            raise SettingsError("a configuration that cannot be used", faults)
        self.ensembles = {
            name: {
                ensemble: list(_keys(system, entries))
                for ensemble, entries in self.config["ensembles"][name].items()
            }
            for name, system in catalogue()[System].items()
        }

    @property
    def labelling(self) -> str:
        """The labelling of figures that show one."""
        return str(self.config["ring"]["labelling"])

    def options(self, declared: Quantity | Statistic) -> dict[str, Any]:
        """Configured options of a quantity or statistic."""
        system = self.config[declared.name.partition("/")[0]]
        group = system.get(group_of(declared), {})
        used = declared.uses if isinstance(declared, Statistic) else ()
        return {name: group[name] for name in declared.options} | {
            name: system[name] for name in used
        }

    def realisation_options(self, quantity: Quantity) -> dict[str, Any]:
        """Configured options of the system that the realisations of a quantity depend on."""
        system = self.config[quantity.name.partition("/")[0]]
        return {name: system[name] for name in quantity.uses}

    def figure(self, figure: Figure) -> dict[str, Any]:
        """What is configured of a figure."""
        _, _, name = figure.name.partition("/")
        configured: dict[str, Any] = self.config["figures"][figure.paper][name]
        return configured

    def figures(self, paper: str = "") -> list[Figure]:
        """Figures that are made, of a paper or of all: optional ones only of an ensemble."""
        return [
            one
            for one in catalogue()[Figure].values()
            if paper in ("", one.paper) and (not one.optional or self.figure(one)["ensemble"])
        ]

    def labellings(self, figure: Figure) -> list[str]:
        """Labellings that a figure shows: those of its option, or the configured one."""
        return list(self.figure(figure).get("labellings", [self.labelling]))

    def block_size(self, key: Key, quantity: str) -> int:
        """Seeds per job: as configured for the size or for the next larger one, else 1."""
        sizes = self.config[key.system]["block_size"]
        sizes = sizes.get(quantity, {}) if _by_quantity(sizes) else sizes
        known = {int(name.partition("=")[2]): count for name, count in sizes.items()}
        size = call(catalogue()[System][key.system].measure, key.values)
        larger = [one for one in known if one >= size]
        return int(known[min(larger)]) if larger else 1

    def blocks(self, quantity: Quantity, keys: Iterable[Key], labelling: str = "") -> list[str]:
        """Files of a quantity over the blocks of keys, below the results directory."""
        name = quantity.name.partition("/")[2]
        ending = f"-{labelling}" if quantity.labelled else ""
        return [
            f"<results>/{key.shared if quantity.shared else key.directory}"
            f"/seeds={block_name(block)}/{name}{ending}.nc"
            for key in keys
            for block in seed_blocks(key.seeds, self.block_size(key, name))
        ]

    def members(self, statistic: Statistic, ensemble: str, labelling: str = "") -> list[Key]:
        """Keys of an ensemble that a statistic is made of, under one labelling."""
        keys = self.ensembles[statistic.name.partition("/")[0]][ensemble]
        return [
            key for key in keys if not (labelling and key.labellings) or labelling in key.labellings
        ]

    def statistics(self, figure: Figure) -> dict[str, list[str]]:
        """Tier 2 files that a figure is drawn from, by statistic: one for each labelling."""
        return {
            name: [
                statistic_file(
                    catalogue()[Statistic][name], self.ensemble_of(figure, name), labelling
                )
                for labelling in (self.labellings(figure) if is_labelled(name) else [""])
            ]
            for name in figure.of
        }

    def ensemble_of(self, figure: Figure, statistic: str) -> str:
        """The ensemble that one of a figure's statistics is made of."""
        fixed = catalogue()[Statistic][statistic].ensemble
        return str(fixed or self.figure(figure).get("ensemble", ""))


def _by_quantity(sizes: Mapping[str, Any]) -> bool:
    return any(isinstance(one, Mapping) for one in sizes.values())


def statistic_file(statistic: Statistic, ensemble: str, labelling: str = "") -> str:
    """Tier 2 file of an ensemble below the results directory."""
    system, _, name = statistic.name.partition("/")
    ending = f"-{labelling}" if labelling else ""
    folder = f"{system}/{ensemble}" if statistic.of else system
    return f"<results>/ensembles/{folder}/{name}{ending}.nc"


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
