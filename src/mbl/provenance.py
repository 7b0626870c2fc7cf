"""Where a number comes from: versions and commit of what computed it."""

import importlib.metadata
import subprocess
from functools import cache

import threadpoolctl

import mbl
from mbl.sources import PACKAGE


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
