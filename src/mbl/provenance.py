"""Where a number comes from: versions, commit, and the source that computed it."""

import ast
import hashlib
import importlib.metadata
import importlib.util
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import threadpoolctl

import mbl

PACKAGE = Path(mbl.__file__).parent
DATASET_FORMAT = 1  # a change of layout or meaning raises it, and everything is computed anew
# Reading, writing and naming files changes no number; the format stands for these modules.
NO_PHYSICS = ("mbl.costs", "mbl.datasets", "mbl.keys", "mbl.provenance", "mbl.settings")


@cache
def commit() -> str:
    """Commit of the source tree that the package runs from, marked where it has been edited."""
    git = ["git", "-C", str(PACKAGE)]
    try:
        name = subprocess.run(
            [*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True
        ).stdout.strip()
        changed = subprocess.run(
            [*git, "status", "--porcelain", "--untracked-files=no"], capture_output=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return name + (" with changes" if changed else "")


def versions() -> dict[str, str]:
    """Versions of the package, its numerical libraries and their BLAS."""
    blas = {
        f"{pool['internal_api']} {pool['version']}"
        for pool in threadpoolctl.threadpool_info()
        if pool["user_api"] == "blas"
    }
    libraries = {
        f"{name}_version": importlib.metadata.version(name) for name in ("numpy", "scipy", "xarray")
    }
    return {
        "mbl_version": mbl.__version__,
        "mbl_commit": commit(),
        **libraries,
        "blas": ", ".join(sorted(blas)) or "unknown",
    }


def _module_path(name: str) -> Path | None:
    """File of a module of the package; None for a name that is none."""
    path = PACKAGE.joinpath(*name.split(".")[1:])
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.exists():
            return candidate
    return None


def _imports(tree: ast.AST) -> set[str]:
    """Modules of the package that a syntax tree imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    ours = {name for name in found if name.partition(".")[0] == "mbl" and _module_path(name)}
    # Importing a module runs the packages above it as well.
    return ours | {name.rpartition(".")[0] for name in ours if "." in name}


def _without_docstrings(tree: ast.Module) -> str:
    """What a module does, as text: its syntax tree without docstrings, comments and layout."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node, clean=False
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)


@cache
def _module(path: Path) -> tuple[str, frozenset[str]]:
    """Digest of what a file does, and the package's modules that it imports."""
    tree = ast.parse(path.read_bytes())
    imports = frozenset(_imports(tree))
    return hashlib.sha256(_without_docstrings(tree).encode()).hexdigest(), imports


def _physics(names: Iterable[str]) -> set[str]:
    """Those modules among others that bear on numbers."""
    return {
        name
        for name in names
        if name != "mbl" and not any(f"{name}.".startswith(f"{free}.") for free in NO_PHYSICS)
    }


def modules_of(*files: Path) -> set[str]:
    """Modules of the package that files import, directly or not, and that bear on numbers."""
    todo = _physics(name for file in files for name in _module(file)[1])
    found: set[str] = set()
    while todo:
        name = todo.pop()
        found.add(name)
        path = _module_path(name)
        assert path is not None  # only names with a file are ever found
        todo |= _physics(_module(path)[1]) - found
    return found


def source_hash(files: Iterable[Path]) -> str:
    """Hash of all source that scripts run, themselves and the package's physics below them.

    Snakemake watches a rule's own script; with this as a parameter, editing a module reruns what
    depends on it, while editing a comment or a docstring reruns nothing.

    Parameters
    ----------
    files
        The scripts whose computation a result rests on.
    """
    files = list(files)
    paths = files + [p for p in map(_module_path, sorted(modules_of(*files))) if p]
    digests = [_module(path)[0] for path in paths]
    return hashlib.sha256("".join([str(DATASET_FORMAT), *digests]).encode()).hexdigest()[:16]
