"""Shared by all scripts: from Snakemake's object to one function call, with threads and log."""

import inspect
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from mbl.datasets import DatasetError, DiskFullError

# At its first operation xarray would import dask's arrays, a fifth of a short job's time, only to
# see that no data are held by them.
sys.modules["dask.array"] = None  # type: ignore[assignment]

log = logging.getLogger("mbl")


def run(main: Callable[..., None], snakemake: Any) -> None:  # noqa: ANN401
    """Call a script's `main` with the rule's named inputs, outputs and parameters.

    Parameters arrive as the annotations of `main` want them; what `main` does not take (the source
    hash) is left out, and `threads` is the rule's. BLAS runs on the rule's threads. What goes wrong
    stands in the rule's log: a faulty dataset, a full disk and a lack of memory with their cure,
    anything else with its traceback.
    """
    logging.basicConfig(
        filename=snakemake.log[0],
        filemode="w",
        level=logging.INFO,
        format="%(asctime)s %(message)s",
    )
    logging.captureWarnings(True)
    files = {**snakemake.input, **snakemake.output}
    arguments: dict[str, Any] = {}
    for name, parameter in inspect.signature(main).parameters.items():
        if name == "threads":
            arguments[name] = snakemake.threads
            continue
        value = files[name] if name in files else snakemake.params[name]
        if name in files:
            value = Path(value) if isinstance(value, str) else [Path(one) for one in value]
        elif isinstance(value, str):
            value = parameter.annotation(value)
        arguments[name] = value
    try:
        with threadpool_limits(snakemake.threads):
            main(**arguments)
    except (DatasetError, DiskFullError) as error:
        log.error("%s", error)
        sys.exit(f"Error: {error}")
    except MemoryError as error:
        needed = (
            f"out of memory ({error}); the job had asked for {snakemake.resources.mem_mb} MB. Run "
            "fewer jobs at once (--resources mem_mb=…) or ask for more on a cluster "
            f"(--set-resources {snakemake.rule}:mem_mb=…)."
        )
        log.error("%s", needed)
        sys.exit(f"Error: {needed}")
    except Exception:
        log.exception("failed")
        raise
