"""Faults of a configuration: each with its key, what is wrong, and the cure."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mbl.catalogue import call, catalogue, resolve
from mbl.registry import Figure, Quantity, Statistic, System
from mbl.schemas import Schema
from mbl.settings.schema import group_of, schema

Config = Mapping[str, Any]


class SettingsError(ValueError):
    """A run that cannot be started: every fault with its key or file and its cure."""

    def __init__(self, what: str, faults: Iterable[str]) -> None:
        super().__init__("\n  ".join([f"{what}:", *faults]))


def faults_of(config: Config) -> Iterator[str]:
    """All faults of a configuration: those that its schema sees, or else those between keys."""
    found = list(_schema_faults(config, schema()))
    yield from found
    if found:
        return
    for system in catalogue()[System].values():
        yield from resolve(system.faults)(config)
    for name, figure in catalogue()[Figure].items():
        yield from _figure_faults(name, figure, config)
    yield from _memory_faults(config)


def _schema_faults(config: Config, wanted: Schema) -> Iterator[str]:
    """Faults against the schema, each with its key and what is wanted there."""
    import jsonschema  # jobs ask for costs and keys, and check no configuration

    for error in jsonschema.Draft202012Validator(wanted).iter_errors(config):
        where = _name(error.absolute_path)
        described = error.schema.get("description") if isinstance(error.schema, Mapping) else None
        if error.validator == "additionalProperties" and "patternProperties" not in error.schema:
            known = list(error.schema["properties"])
            for key in sorted(set(map(str, error.instance)) - set(known)):
                close = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {close[0]!r}? " if close else ""
                yield f"{where + '.' if where else ''}{key}: unknown key; {hint}known: {known}"
        elif error.validator == "required":
            yield f"{where or 'config'}: {error.message}; add the key"
        else:
            yield f"{where}: {error.instance!r} is not {described or 'allowed: ' + error.message}"


def _name(path: Iterable[str | int]) -> str:
    """Name of a key in the configuration: ``ensembles.sizes[0].L``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def _figure_faults(name: str, figure: Figure, config: Config) -> Iterator[str]:
    """Faults between a figure and the ensembles that it is drawn from."""
    paper, _, short = name.partition("/")
    where, shown = f"figures.{paper}.{short}", config["figures"][paper][short]
    for statistic in figure.of:
        system, _, _ = statistic.partition("/")
        declared = catalogue()[Statistic][statistic]
        if declared.of and declared.ensemble not in ("", *config["ensembles"][system]):
            yield (
                f"ensembles.{system}: there is no ensemble {declared.ensemble!r}, which {where} "
                "shows; add it"
            )
            return
    system = _system_of(figure)
    ensemble = shown.get("ensemble", "")
    if figure.optional and not ensemble:
        return
    ensembles = config["ensembles"][system] if system else {}
    if ensemble and ensemble not in ensembles:
        known = ", ".join(ensembles)
        yield f"{where}.ensemble: there is no ensemble {ensemble!r}; known: {known}"
        return
    yield from _labelling_faults(where, shown, figure, ensemble, config)
    entries = ensembles.get(ensemble, [])
    asked = {"where": where, "shown": shown, "ensemble": ensemble, "entries": entries}
    for check in figure.checks:
        yield from call(check, asked | {"config": config})


def _labelling_faults(
    where: str, shown: Config, figure: Figure, ensemble: str, config: Config
) -> Iterator[str]:
    """Faults of labellings that a figure shows and no entry of its ensemble computes."""
    for statistic in figure.of:
        system, _, _ = statistic.partition("/")
        if catalogue()[Statistic][statistic].ensemble or not is_labelled(statistic):
            continue
        entries = config["ensembles"][system][ensemble]
        for labelling in shown.get("labellings", [config[system]["labelling"]]):
            if all(labelling not in entry.get("labellings", [labelling]) for entry in entries):
                yield (
                    f"ensembles.{system}.{ensemble}: no entry has the labelling {labelling!r}, "
                    f"which {where} shows; add it to the labellings of one, or show others"
                )
        return


def is_labelled(statistic: str) -> bool:
    """Whether a statistic is of the l-bits of one labelling."""
    system, _, _ = statistic.partition("/")
    return any(
        catalogue()[Quantity][f"{system}/{name}"].labelled
        for name in catalogue()[Statistic][statistic].of
    )


def _system_of(figure: Figure) -> str:
    """The system whose ensemble a figure shows."""
    own = [one for one in figure.of if not catalogue()[Statistic][one].ensemble]
    return own[0].partition("/")[0] if own else ""


def _quantities(figures: Iterable[Figure], config: Config) -> dict[tuple[str, str], set[str]]:
    """Quantities that figures ask of each ensemble, by system and ensemble."""
    asked: dict[tuple[str, str], set[str]] = {}
    for figure in figures:
        shown = config["figures"][figure.paper][figure.name.partition("/")[2]]
        for name in figure.of:
            statistic, (system, _, _) = catalogue()[Statistic][name], name.partition("/")
            ensemble = statistic.ensemble or shown.get("ensemble", "")
            asked.setdefault((system, ensemble), set()).update(_with_needs(system, statistic.of))
    return asked


def _with_needs(system: str, names: Iterable[str]) -> set[str]:
    """Quantities with all that they need."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += catalogue()[Quantity][f"{system}/{name}"].needs
    return found


def _memory_faults(config: Config) -> Iterator[str]:
    """Faults of sizes whose jobs would not fit into memory."""
    limit = config["limits"]["memory_GB"]
    asked = _quantities(catalogue()[Figure].values(), config)
    for system, declared in catalogue()[System].items():
        for ensemble, entries in config["ensembles"][system].items():
            names = asked.get((system, ensemble), set()) | _with_needs(system, declared.base)
            quantities = [catalogue()[Quantity][f"{system}/{name}"] for name in sorted(names)]
            for position, entry in enumerate(entries):
                needed, quantity = max(
                    ((_memory_GB(one, entry, config), one.name) for one in quantities),
                    default=(0.0, ""),
                )
                if needed > limit:
                    bubble = f" with n_GOE = {entry['n']}" if "n" in entry else ""
                    cure = declared.memory_cure and resolve(declared.memory_cure)(entry, config)
                    yield (
                        f"ensembles.{system}.{ensemble}[{position}].L: {entry['L']} sites{bubble} "
                        f"need {needed:.3g} GB of memory for one job of {quantity}, above "
                        f"limits.memory_GB = {limit:g}; take fewer sites{cure}, or raise the limit "
                        "where the machine has that much"
                    )


def _memory_GB(quantity: Quantity, entry: Mapping[str, Any], config: Config) -> float:
    """Memory of a job over one seed."""
    system, _, _ = quantity.name.partition("/")
    options = config[system] | config[system].get(group_of(quantity), {})
    return float(call(quantity.memory, options | dict(entry) | {"seeds": 1})) / 1000
