"""The configuration's JSON schema and defaults, made from the declarations."""

from collections.abc import Mapping
from typing import Any

from mbl import schemas
from mbl.catalogue import catalogue
from mbl.registry import Figure, KeyPart, Labelling, Option, Paper, Quantity, Statistic, System
from mbl.schemas import Schema

# What is neither of a system nor of a figure.
RUN: Mapping[str, Mapping[str, Option]] = {
    "limits": {
        "memory_GB": Option(16.0, schemas.POSITIVE, "the most memory that one job may take", "GB"),
    },
    "pathvars": {
        "results": Option("results", schemas.PATH, "where results go"),
        "logs": Option("<results>/logs", schemas.PATH, "where the logs of jobs go"),
        "benchmarks": Option("<results>/benchmarks", schemas.PATH, "where run times go"),
    },
}
ARCHIVE = Option(
    "",
    {"type": "string", "description": "the path of an archive, or empty"},
    "an archive whose configuration and statistics are used: nothing is computed, and results go "
    "to `from_archive` below the configured directory",
)
NAME = "[A-Za-z][A-Za-z0-9_]*"  # of an ensemble


def system_options(system: str) -> dict[str, Option | dict[str, Option]]:
    """Options of a system, its own and those of its quantities and statistics by group."""
    declared = catalogue()
    options: dict[str, Option | dict[str, Option]] = dict(declared[System][system].options)
    quantities: list[Quantity | Statistic] = [*declared.of_system(Quantity, system)]
    for one in [*quantities, *declared.of_system(Statistic, system)]:
        if one.options:
            group = options.setdefault(group_of(one), {})
            assert isinstance(group, dict), f"{one.name}: {group_of(one)} is an option itself"
            group |= one.options
    return options


def group_of(one: Quantity | Statistic) -> str:
    """Name under which the options of a quantity or statistic stand in the configuration."""
    return one.group or one.name.partition("/")[2]


def figure_options(figure: Figure) -> dict[str, Option]:
    """Options of a figure, its ensemble first."""
    ensemble = {"type": "string", "description": "the name of one of the ensembles"}
    meaning = "the ensemble that it is drawn from"
    if figure.optional:
        meaning += "; without, the figure is not made"
    own = {"ensemble": Option(figure.ensemble, ensemble, meaning)}
    return (own if figure.ensemble or figure.optional else {}) | dict(figure.options)


def defaults() -> dict[str, Any]:
    """The configuration as declared; ensembles have no default."""
    declared = catalogue()
    figures: dict[str, dict[str, Any]] = {paper: {} for paper in declared[Paper]}
    for name, figure in declared[Figure].items():
        figures[figure.paper][name.partition("/")[2]] = _defaults(figure_options(figure))
    return (
        {system: _defaults(system_options(system)) for system in declared[System]}
        | {"ensembles": {system: {} for system in declared[System]}, "figures": figures}
        | {group: _defaults(options) for group, options in RUN.items()}
        | {"from_archive": ARCHIVE.default}
    )


def _defaults(options: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: one.default if isinstance(one, Option) else _defaults(one)
        for name, one in options.items()
    }


def schema() -> Schema:
    """JSON schema of a configuration that defaults have been merged into."""
    declared = catalogue()
    figures: dict[str, dict[str, Schema]] = {paper: {} for paper in declared[Paper]}
    for name, figure in declared[Figure].items():
        figures[figure.paper][name.partition("/")[2]] = _object(figure_options(figure))
    properties = (
        {system: _object(system_options(system)) for system in declared[System]}
        | {"ensembles": _ensembles()}
        | {"figures": schemas.entries(**{p: schemas.entries(**own) for p, own in figures.items()})}
        | {group: _object(options) for group, options in RUN.items()}
        | {"from_archive": dict(ARCHIVE.schema)}
    )
    names = list(declared[Labelling])
    labelling = {
        "enum": names,
        "description": f"how the eigenstates are labelled, one of {', '.join(names)}",
    }
    return schemas.entries(**properties) | {"$defs": {"labelling": labelling}}


def _object(options: Mapping[str, Any]) -> Schema:
    return schemas.entries(
        **{
            name: dict(one.schema) if isinstance(one, Option) else _object(one)
            for name, one in options.items()
        }
    )


def _ensembles() -> Schema:
    """Schema of the ensembles, by system and name."""
    return schemas.entries(
        **{
            name: {
                "type": "object",
                "propertyNames": {"pattern": f"^{NAME}$"},
                "description": "named ensembles; a name is of letters, digits and _",
                "additionalProperties": schemas.list_of(
                    entry(system), f"a list of {example(system)}"
                ),
            }
            for name, system in catalogue()[System].items()
        }
    )


def entry(system: System) -> Schema:
    """Schema of one entry of an ensemble: what its realisations are keyed by, and its seeds."""
    parts = {name: _part(part) for name, part in system.keys.items()}
    needed = [name for name, part in system.keys.items() if not part.optional]
    labelled = any(one.labelled for one in catalogue().of_system(Quantity, system.name))
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*needed, "seeds"],
        "description": example(system),
        "properties": parts
        | {"seeds": schemas.SEEDS}
        | ({"labellings": schemas.LABELLINGS} if labelled else {}),
    }


def _part(part: KeyPart) -> Schema:
    one = dict(part.schema)
    return schemas.list_of(one, f"a list, each {one['description']}") if part.listed else one


def example(system: System) -> str:
    """An entry as one writes it: ``{L: 12, Delta: [5.0, 20.0], seeds: 0-99}``."""
    number = {"i": ("4", "[4, 6]"), "f": ("5.0", "[5.0, 20.0]")}
    parts = [
        f"{name}: {'12' if name == 'L' else number[part.dtype][part.listed]}"
        for name, part in system.keys.items()
        if not part.optional
    ]
    return "{" + ", ".join([*parts, "seeds: 0-99"]) + "}"
