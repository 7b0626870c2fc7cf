"""What a number depends on: the source of the function that computes it and of all below it.

Snakemake watches a rule's script; with the hash of a function's source as a parameter of the rule,
an edit of the physics reruns what depends on it and nothing else. Dependence is followed definition
by definition: from a function to the names that it uses, in its own module or in one that it
imports from; of a class to its fields and to those of its methods that are called, by name,
anywhere among what has been found. Comments, docstrings and declarations (`mbl.registry`) do not
count, and neither do modules that bear on no number.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
DATASET_FORMAT = 3  # a change of layout or meaning raises it, and everything is computed anew
# Declaring, reading, writing and naming files changes no number; the format stands for these.
NO_PHYSICS = (
    "mbl.catalogue", "mbl.costs", "mbl.datasets", "mbl.keys", "mbl.provenance", "mbl.registry",
    "mbl.schemas", "mbl.settings", "mbl.sources",
)  # fmt: skip


@dataclass(frozen=True)
class _Definition:
    """One function, class, method or constant: what it does, and the names that it uses."""

    digest: str
    names: frozenset[str]
    attributes: frozenset[str]
    methods: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Module:
    """Top-level definitions of a module, and where the names that it imports are defined."""

    definitions: dict[str, _Definition] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)  # name: module, name there


def module_path(name: str) -> Path | None:
    """File of a module of the package; None for a name that is none."""
    path = PACKAGE.joinpath(*name.split(".")[1:])
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if name.partition(".")[0] == "mbl" and candidate.exists():
            return candidate
    return None


def _definition(node: ast.AST, methods: Iterable[str] = ()) -> _Definition:
    """Digest and names of a part of the syntax tree."""
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    attributes = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    digest = hashlib.sha256(ast.dump(node).encode()).hexdigest()
    return _Definition(digest, frozenset(names), frozenset(attributes), tuple(methods))


def _without_docstrings(tree: ast.Module) -> None:
    """Drop all docstrings of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node, clean=False
        ):
            node.body = node.body[1:] or [ast.Pass()]


def _imported(node: ast.stmt) -> Iterator[tuple[str, tuple[str, str]]]:
    """Names that a statement imports from modules of the package."""
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            as_module = f"{node.module}.{alias.name}"
            origin = (as_module, "") if module_path(as_module) else (node.module, alias.name)
            yield alias.asname or alias.name, origin
    elif isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0], (alias.name, "")


def _declares(decorator: ast.expr, module: _Module) -> bool:
    """Whether a decorator comes from the registry."""
    names = [one.id for one in ast.walk(decorator) if isinstance(one, ast.Name)]
    return bool(names) and module.imports.get(names[0], ("", ""))[0] == "mbl.registry"


def _top_level(node: ast.stmt, module: _Module) -> Iterator[tuple[str, _Definition]]:
    """Definitions of one statement of a module."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        node.decorator_list = [d for d in node.decorator_list if not _declares(d, module)]
    if isinstance(node, ast.ClassDef):
        methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
        called = [one for one in methods if not one.name.startswith("__")]
        for method in called:
            yield f"{node.name}.{method.name}", _definition(method)
        node.body = [one for one in node.body if one not in called] or [ast.Pass()]
        yield node.name, _definition(node, [one.name for one in called])
    elif isinstance(node, ast.FunctionDef):
        yield node.name, _definition(node)
    else:
        whole = _definition(node)
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
                yield one.id, whole
            elif isinstance(one, ast.FunctionDef | ast.ClassDef):
                yield one.name, whole


@cache
def _module(name: str) -> _Module:
    """Definitions and imports of a module of the package."""
    path = module_path(name)
    assert path is not None, name
    tree = ast.parse(path.read_bytes())
    _without_docstrings(tree)
    module = _Module()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module.imports.update(_imported(node))
    for node in tree.body:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            module.definitions.update(_top_level(node, module))
    return module


def _bears_on_numbers(module: str) -> bool:
    return module_path(module) is not None and not any(
        f"{module}.".startswith(f"{other}.") for other in NO_PHYSICS
    )


def _origins(module: str, name: str) -> Iterator[tuple[str, str]]:
    """Definitions in the package that a name in a module stands for."""
    here = _module(module)
    if name in here.definitions:
        yield module, name
    elif name in here.imports:
        origin, attribute = here.imports[name]
        if not _bears_on_numbers(origin):
            return
        if attribute:
            yield from _origins(origin, attribute)
        else:  # a whole module
            for definition in _module(origin).definitions:
                yield origin, definition


def definitions_of(*functions: str) -> set[tuple[str, str]]:
    """Module and name of every definition that functions (``module:name``) depend on."""
    todo = [(module, name) for module, _, name in (one.partition(":") for one in functions)]
    found: set[tuple[str, str]] = set()
    classes: set[tuple[str, str]] = set()
    attributes: set[str] = set()
    while todo:
        while todo:
            module, name = todo.pop()
            if (module, name) in found:
                continue
            found.add((module, name))
            definition = _module(module).definitions[name]
            attributes |= definition.attributes
            if definition.methods:
                classes.add((module, name))
            todo += [one for used in definition.names for one in _origins(module, used)]
        todo = [
            (module, f"{name}.{method}")
            for module, name in classes
            for method in _module(module).definitions[name].methods
            if method in attributes and (module, f"{name}.{method}") not in found
        ]
    return found


def source_hash(*functions: str) -> str:
    """Hash of all source that functions (``module:name``) depend on, themselves included."""
    digests = [
        _module(module).definitions[name].digest
        for module, name in sorted(definitions_of(*functions))
    ]
    return hashlib.sha256("".join([str(DATASET_FORMAT), *digests]).encode()).hexdigest()[:16]
