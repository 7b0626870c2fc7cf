"""All declarations of the package, for those who plan, read and write without computing.

The declarations stand beside functions whose modules import numerics and plotting; to import them
all takes seconds, and Snakemake plans anew for every job. Therefore they are compiled once for each
state of the source, as Python does with its bytecode, into a JSON file in `__pycache__`. Where that
cannot be written, they are imported each time.
"""

import hashlib
import inspect
import json
import typing
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from mbl import registry, sources
from mbl.registry import (
    Claim,
    Declaration,
    Figure,
    File,
    KeyPart,
    Labelling,
    Option,
    Paper,
    Quantity,
    Statistic,
    System,
    Variable,
)

PACKAGE = sources.PACKAGE
COMPILED = PACKAGE / "__pycache__"
KINDS = (Paper, System, File, Quantity, Labelling, Statistic, Figure, Claim)
# What each entry of a mapping is, by the field of a declaration that holds it.
ENTRIES = {"keys": KeyPart, "options": Option, "contents": Variable}
# What the scripts do around a function of each kind, from `mbl.tiers` for the most part.
AROUND: Mapping[type[Declaration], tuple[str, ...]] = {
    Quantity: ("mbl.tiers:block",),
    Statistic: ("mbl.tiers:rows",),
    Figure: ("mbl.tiers:table", "mbl.plotting.style:styled", "mbl.plotting.style:save_figure"),
    Claim: ("mbl.tiers:table", "mbl.ledger.report:judge"),
}
Declared = typing.TypeVar("Declared", bound=Declaration)


class UnknownKindError(LookupError):
    """No kind of file that is declared has this name."""


@dataclass(frozen=True)
class Catalogue:
    """Declarations by kind and name, and the hash of the source that each depends on."""

    declared: Mapping[type[Declaration], Mapping[str, Any]]
    hashes: Mapping[str, str]  # by function

    def __getitem__(self, kind: type[Declared]) -> Mapping[str, Declared]:
        """Declarations of a kind, by name."""
        return self.declared[kind]

    def contract(self, kind: str) -> File:
        """What a kind of file holds, all dimensions included.

        Parameters
        ----------
        kind
            As its attribute has it: ``ring/locality`` of tier 1, ``ensembles/ring/locality`` of
            tier 2, ``figures/goihl2018/fig2``, or the name of another file.

        Raises
        ------
        UnknownKindError
            For a kind that is not declared.
        """
        tier, _, rest = kind.partition("/")
        among: type[Declaration] = {"ensembles": Statistic, "figures": Figure}.get(tier, Quantity)
        if (rest if among is not Quantity else kind) not in self[among] and kind not in self[File]:
            raise UnknownKindError(kind)
        if tier == "ensembles":
            return _of_ensemble(self[Statistic][rest], self[System][rest.partition("/")[0]])
        if tier == "figures":
            figure = self[Figure][rest]
            return replace(figure, references=figure.paper)
        if kind in self[File]:
            return self[File][kind]
        return _of_block(self[Quantity][kind], self[System][tier])

    def of_system(self, kind: type[Declared], system: str) -> list[Declared]:
        """Quantities or statistics of a system."""
        return [one for name, one in self[kind].items() if name.partition("/")[0] == system]

    def source(self, *functions: str) -> str:
        """Hash of the source that functions depend on."""
        return _digest(*(self.hashes[one] for one in functions))


def _digest(*hashes: str) -> str:
    """One hash of several."""
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]


SEED = registry.coordinate("seed", "i", "1", "number of the disorder realisation")


def _of_block(quantity: Quantity, system: System) -> File:
    """Contents of a block: those of one realisation along the seeds, and the key."""
    key = {
        name: Variable((), part.dtype, part.unit, part.meaning)
        for name, part in system.keys.items()
        if not (quantity.shared and part.listed)
    }
    own = {
        name: one if one.of_key or one.dims == (name,) else _leading(one, "seed")
        for name, one in quantity.contents.items()
    }
    return File(**_common(quantity), contents=key | SEED | own)


def _of_ensemble(statistic: Statistic, system: System) -> File:
    """Contents of an ensemble's rows: those of one key along the system's grid, and the keys."""
    if not statistic.of:
        return statistic
    table = system.grid == ("key",)
    key = {
        name: Variable(
            ("key",) if table else (name,), part.dtype, part.unit, part.meaning, part.optional
        )
        for name, part in system.keys.items()
    }
    own = {
        name: one if one.dims == (name,) else _leading(one, *system.grid, may_miss=True)
        for name, one in statistic.contents.items()
    }
    return File(**_common(statistic), contents=key | SEED | own)


def _leading(variable: Variable, *dims: str, may_miss: bool = False) -> Variable:
    """A variable with further dimensions in front."""
    return Variable(
        (*dims, *variable.dims),
        variable.dtype,
        variable.units,
        variable.long_name,
        variable.may_miss or may_miss,
    )


def _common(file: File) -> dict[str, str]:
    return {
        name: getattr(file, name) for name in ("name", "function", "title", "text", "references")
    }


def resolve(function: str) -> Any:  # noqa: ANN401
    """The function that a declaration names, ``module:name``."""
    module, _, name = function.partition(":")
    return getattr(import_module(module), name)


def call(function: str, values: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Call a function that a declaration names with those of some values that it asks for."""
    found = resolve(function)
    wanted = inspect.signature(found).parameters
    return found(**{name: value for name, value in values.items() if name in wanted})


def _modules() -> Iterable[tuple[str, str]]:
    """Names and texts of all modules of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(["mbl", *(part for part in parts if part != "__init__")])
        yield name, path.read_text(encoding="utf-8")


def _compile(modules: Iterable[tuple[str, str]]) -> Catalogue:
    """Import every module that declares something, and hash what its functions depend on."""
    for name, text in modules:
        if "from mbl.registry import" in text and name != __name__:
            import_module(name)
    declared: dict[type[Declaration], dict[str, Any]] = {kind: {} for kind in KINDS}
    for one in registry.DECLARED:
        if one.name in declared[type(one)]:
            raise ValueError(f"{one.function} declares {one.name!r} once more")
        declared[type(one)][one.name] = one
    # Papers in the order of their names, what lies beyond them last.
    papers = sorted(declared[Paper].values(), key=lambda paper: (not paper.doi, paper.name))
    declared[Paper] = {paper.name: paper for paper in papers}
    # Figures by paper and name, systems by name, whatever modules they stand in.
    order = list(declared[Paper])
    figures = sorted(declared[Figure].values(), key=lambda one: (order.index(one.paper), one.name))
    declared[Figure] = {one.name: one for one in figures}
    declared[System] = dict(sorted(declared[System].items()))
    around = {kind: sources.source_hash(*functions) for kind, functions in AROUND.items()}
    hashes = {
        one.function: _digest(sources.source_hash(one.function), around.get(kind, ""))
        for kind in (*AROUND, Labelling)
        for one in declared[kind].values()
    }
    return Catalogue(declared, hashes)


def _to_json(catalogue: Catalogue) -> str:
    declared = {
        kind.__name__: [asdict(one) for one in of_kind.values()]
        for kind, of_kind in catalogue.declared.items()
    }
    return json.dumps({"declared": declared, "hashes": catalogue.hashes}, ensure_ascii=False)


def _from_json(text: str) -> Catalogue:
    stored = json.loads(text)
    declared: dict[type[Declaration], dict[str, Any]] = {}
    for kind in KINDS:
        parts = [_restored(kind, one) for one in stored["declared"][kind.__name__]]
        declared[kind] = {one.name: one for one in parts}
    return Catalogue(declared, stored["hashes"])


def _restored(kind: type[Any], stored: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """A declaration, or a part of one, from what JSON has of it."""
    plain: dict[str, Any] = {}
    for one in fields(kind):
        value = stored[one.name]
        if one.name in ENTRIES:
            value = {name: _restored(ENTRIES[one.name], entry) for name, entry in value.items()}
        elif isinstance(value, list) and one.name != "default":
            value = tuple(value)
        plain[one.name] = value
    return kind(**plain)


@cache
def catalogue() -> Catalogue:
    """The declarations of the source as it is, compiled where they have not been yet."""
    modules = list(_modules())
    state = hashlib.sha256("\0".join(text for _, text in modules).encode()).hexdigest()[:16]
    compiled = COMPILED / f"catalogue-{state}.json"
    try:
        return _from_json(compiled.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there yet, or half of it
        text = _to_json(_compile(modules))
        _keep(compiled, text)
        return _from_json(text)


def _keep(compiled: Path, text: str) -> None:
    """Write the compiled declarations in place of earlier ones, where that is allowed."""
    unfinished = compiled.with_suffix(f".{id(text)}.unfinished")
    try:
        COMPILED.mkdir(exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        for earlier in COMPILED.glob("catalogue-*.json"):
            earlier.unlink(missing_ok=True)
        unfinished.replace(compiled)
    except OSError:
        unfinished.unlink(missing_ok=True)
