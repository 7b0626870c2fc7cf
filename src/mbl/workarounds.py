"""Two costs of libraries that are avoided from outside, each as long as its version needs it.

`tests/test_workarounds.py` fails once a library no longer has the cost: then the function goes.
"""

import importlib.metadata
import sys
import warnings
from types import ModuleType
from typing import Any


def _major(library: str) -> int:
    return int(importlib.metadata.version(library).partition(".")[0])


def without_rate_limit(scheduler: Any) -> None:  # noqa: ANN401
    """Drop Snakemake's limit of jobs a second.

    The limit, 100 by default, sets a timer for every finished job, and each plans anew every second
    as long as a job is ready: after 300 jobs that takes a fifth of a core, and ever more. Nothing
    here starts jobs that fast.

    Parameters
    ----------
    scheduler
        Snakemake's, at the start of a run.
    """
    if _major("snakemake") == 9 and hasattr(scheduler, "job_rate_limiter"):
        scheduler.job_rate_limiter = None
    else:
        warnings.warn("this Snakemake's limit of jobs a second is left as it is", stacklevel=2)


def without_dask_arrays() -> None:
    """Keep xarray from importing dask's arrays, where no data are held by them.

    At its first operation xarray would import them, a fifth of a short job's time, only to see that
    it has none. A module stands in for them whose arrays nothing is: where there was none at all,
    SciPy's bootstrap, which asks the module whether a sample is of its arrays, would fail.
    """
    if _major("xarray") == 2026:
        stand_in = ModuleType("dask.array")
        stand_in.Array = type("Array", (), {})  # type: ignore[attr-defined]
        sys.modules["dask.array"] = stand_in
