"""Declarations: what a system, quantity, statistic, figure or claim says of itself.

Each is declared once, by a decorator beside the function that does the work. Rules, targets, the
schema and tables of the configuration, the contract of files, captions and the lists in tests are
made from the declarations (`mbl.catalogue`). Nothing here imports numerics, and a declaration is
plain data: of functions it holds where they are, as ``module:name``.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Variable:
    """One variable of a file: dimensions, dtype kind (`f`, `i` or `U`), unit and meaning."""

    dims: tuple[str, ...]
    dtype: str
    units: str
    long_name: str
    may_miss: bool = False  # NaN where there is no such number, as |S| = 13 at L = 11
    of_key: bool = False  # the same for all realisations of a key: has no seed


def coordinate(name: str, dtype: str, units: str, long_name: str) -> dict[str, Variable]:
    """Coordinate along a dimension of its own."""
    return {name: Variable((name,), dtype, units, long_name)}


@dataclass(frozen=True)
class Option:
    """One value of the configuration: its default, JSON schema (`mbl.schemas`), meaning, unit."""

    default: Any
    schema: Mapping[str, Any]
    meaning: str
    unit: str = ""


@dataclass(frozen=True)
class KeyPart:
    """One number that a system's results are keyed by, as L, Δ or n_GOE.

    `schema` is that of the number; where it is `listed`, an entry of an ensemble lists several.
    """

    schema: Mapping[str, Any]
    dtype: str
    unit: str
    meaning: str
    listed: bool = False
    optional: bool = False  # has no ensemble unless one is configured, and is not made without


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What all declarations have: a name, where the function is, and its docstring."""

    name: str
    function: str
    title: str  # the docstring's first paragraph
    text: str  # the rest of it

    @property
    def paper(self) -> str:
        """The paper that a figure or a claim is of."""
        return self.name.partition("/")[0]


@dataclass(frozen=True, kw_only=True)
class Paper(Declaration):
    """A paper, or what lies beyond: how it is cited, and its DOI where it has one."""

    citation: str
    doi: str = ""

    @property
    def link(self) -> str:
        """Address that the DOI resolves at."""
        return f"https://doi.org/{self.doi}" if self.doi else ""


@dataclass(frozen=True, kw_only=True)
class System(Declaration):
    """A disordered system, declared on the class of its realisations.

    Attributes
    ----------
    keys
        What its results are keyed by, in the order of the path.
    directory
        Function from a key to its directory below the results.
    patterns
        That directory with wildcards, by kind of key.
    grid
        Leading dimensions of tier 2 beside the seed: those of the key, or the rows of a table.
    options
        What several of its quantities depend on; ``ring.labelling`` in the configuration.
    faults
        Function that yields the faults of a configuration that no schema can see.
    measure
        Function from a key to the size by which block sizes are given, and the name of that size.
    base
        Quantities that any of its ensembles may be asked for.
    memory_cure
        Function that tells of an entry of an ensemble what else would let it fit into memory.
    """

    keys: Mapping[str, KeyPart]
    directory: str
    patterns: Mapping[str, str]
    grid: tuple[str, ...]
    options: Mapping[str, Option]
    faults: str
    measure: str
    base: tuple[str, ...] = ()
    memory_cure: str = ""


@dataclass(frozen=True, kw_only=True)
class File(Declaration):
    """A kind of NetCDF file: the places of the papers that it serves, and what it holds."""

    references: str = ""
    contents: Mapping[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Quantity(File):
    """Tier 1: what is computed of one realisation, stored in blocks of seeds.

    The function takes a realisation (and the name of a labelling where it is `labelled`), as
    keywords its options, and returns a row: arrays by variable. `contents` leave out the key and
    the seed, and so do their dimensions; a coordinate that is not returned counts 0, 1, ….
    """

    memory: str  # function of key, seeds and options, MB
    minutes: str  # likewise
    needs: tuple[str, ...] = ()  # quantities of the same realisation
    labelled: bool = False
    shared: bool = False  # by all strengths of disorder: lies in the directory of the size
    patterns: tuple[str, ...] = ()  # kinds of key that it is computed for; none: all
    group: str = ""  # of its options in the system's configuration; none: its own name
    options: Mapping[str, Option] = field(default_factory=dict)
    uses: tuple[str, ...] = ()  # options of the system that the realisation depends on
    written: bool = False  # its rule is written out in workflow/rules


@dataclass(frozen=True, kw_only=True)
class Labelling(Declaration):
    """A way to label eigenstates by l-bits."""

    averages_only: bool = False  # asks for no eigenvectors
    start: str = ""  # the labelling that it starts from


@dataclass(frozen=True, kw_only=True)
class Statistic(File):
    """Tier 2: a row for each realisation of an ensemble.

    The function takes all realisations of one key (dimension `seed`) and returns their rows.
    `contents` leave out the dimensions of the system's grid, which lead.
    """

    of: tuple[str, ...] = ()  # quantities of its system, by name; none: computed without disorder
    ensemble: str = ""  # the only one that it is made of; none: the figure's
    group: str = ""
    options: Mapping[str, Option] = field(default_factory=dict)
    uses: tuple[str, ...] = ()  # options of the system, which it takes beside its own


@dataclass(frozen=True, kw_only=True)
class Figure(File):
    """Tier 3: a figure from statistics of an ensemble, in the order of the function's arguments."""

    of: tuple[str, ...] = ()
    ensemble: str = ""
    optional: bool = False  # has no ensemble unless one is configured, and is not made without
    options: Mapping[str, Option] = field(default_factory=dict)
    uses: tuple[str, ...] = ()  # options of systems, ``chain/beta``, which it takes beside its own
    checks: tuple[str, ...] = ()  # functions that yield faults (`mbl.papers.checks`)


@dataclass(frozen=True, kw_only=True)
class Claim(Declaration):
    """A statement of a paper, on which a figure's data decide; `exact`: an identity, a theorem."""

    place: str
    figure: str
    exact: bool = False
    asks: tuple[str, ...] = ()  # options of the figure, which its function takes as keywords


DECLARED: list[Declaration] = []


def reference(function: Callable[..., Any]) -> str:
    """Where a function is: ``module:name``."""
    return f"{function.__module__}:{function.__qualname__}"


def _plain(value: Any) -> Any:  # noqa: ANN401
    """A value of a declaration, functions by where they are."""
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    return reference(value) if callable(value) else value


def _decorator(
    kind: type[Declaration], *, of_paper: bool = False
) -> Callable[..., Callable[[Function], Function]]:
    """Decorator that declares by the name given, by that of the function, or by paper and both."""

    def declaration(name: str = "", **given: Any) -> Callable[[Function], Function]:  # noqa: ANN401
        def declare(function: Function) -> Function:
            where = reference(function)
            own = where.partition(":")[2]
            full = f"{name}/{own}" if of_paper else name or own
            first, _, text = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
            plain = {key: _plain(value) for key, value in given.items()}
            about = {"name": full, "title": " ".join(first.split()), "text": text}
            DECLARED.append(kind(function=where, **about, **plain))
            return function

        return declare

    return declaration


system, file, quantity, statistic = map(_decorator, (System, File, Quantity, Statistic))
labelling, figure = _decorator(Labelling), _decorator(Figure, of_paper=True)


def claim(paper: str, place: str, *, figure: str, **given: Any) -> Callable[..., Any]:  # noqa: ANN401
    """Decorator that declares a claim: the docstring is the statement, then its margins and why."""
    declare = _decorator(Claim, of_paper=True)
    return declare(paper, place=place, figure=f"{paper}/{figure}", **given)


def paper(name: str, *, about: str, citation: str, doi: str = "") -> None:
    """Declare a paper; `about` says in a few words what is computed of it."""
    DECLARED.append(Paper(name=name, function="", title=about, text="", citation=citation, doi=doi))
