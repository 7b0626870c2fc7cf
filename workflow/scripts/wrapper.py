"""Shared by all scripts: from Snakemake's object to one function call, with threads and log."""

import inspect
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from mbl.datasets import DatasetError

log = logging.getLogger("mbl")


def run(main: Callable[..., None], snakemake: Any) -> None:  # noqa: ANN401
    """Call a script's `main` with the rule's named inputs, outputs and parameters.

    Parameters arrive as the annotations of `main` want them; those that `main` does not take (the
    source hash) are left out. BLAS runs on the rule's threads. What goes wrong stands in the rule's
    log, a faulty dataset as one sentence and anything else with its traceback.
    """
    logging.basicConfig(
        filename=snakemake.log[0],
        filemode="w",
        level=logging.INFO,
        format="%(asctime)s %(message)s",
    )
    logging.captureWarnings(True)
    files = {**snakemake.input, **snakemake.output}
    arguments: dict[str, Any] = {
        name: Path(value) if isinstance(value, str) else [Path(one) for one in value]
        for name, value in files.items()
    }
    for name, parameter in inspect.signature(main).parameters.items():
        if name not in arguments:
            value = snakemake.params[name]
            arguments[name] = parameter.annotation(value) if isinstance(value, str) else value
    try:
        with threadpool_limits(snakemake.threads):
            main(**arguments)
    except DatasetError as error:
        log.error("%s", error)
        sys.exit(f"Error: {error}")
    except Exception:
        log.exception("failed")
        raise
