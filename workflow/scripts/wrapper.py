"""Shared by all scripts: from Snakemake's object to one function call, with threads and log."""

import inspect
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from mbl.datasets import DatasetError, DiskFullError, Record
from mbl.keys import Key
from mbl.workarounds import without_dask_arrays

log = logging.getLogger("mbl")


def run(main: Callable[..., None], snakemake: Any) -> None:  # noqa: ANN401
    """Call a script's `main` with the arguments that it names.

    They are the rule's inputs, outputs, parameters and wildcards by their names, and beside them
    `inputs`, all named inputs; `output`, the first output; `wildcards`, all wildcards; `threads`,
    the rule's; and `record`, of all parameters and wildcards but the source's hash and of all
    datasets among the inputs, for the file that is written. BLAS runs on the rule's threads. What
    goes wrong stands in the rule's log: a faulty dataset, a full disk and a lack of memory with
    their cure, anything else with its traceback.
    """
    logging.basicConfig(
        filename=snakemake.log[0],
        filemode="w",
        level=logging.INFO,
        format="%(asctime)s %(message)s",
    )
    logging.captureWarnings(True)
    without_dask_arrays()
    inputs = {name: _paths(files) for name, files in snakemake.input.items()}
    outputs = {name: _paths(files) for name, files in snakemake.output.items()}
    parameters = {name: value for name, value in snakemake.params.items() if name != "source"}
    wildcards = dict(snakemake.wildcards.items())
    known = {
        **wildcards,
        **parameters,
        **inputs,
        **outputs,
        "inputs": inputs,
        "output": Path(snakemake.output[0]),
        "wildcards": wildcards,
        "threads": snakemake.threads,
        "record": Record(
            _plain(wildcards | _spread(parameters)),
            [Path(path) for path in snakemake.input if path.endswith(".nc")],
        ),
    }
    arguments = {name: known[name] for name in inspect.signature(main).parameters}
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


def _paths(files: Any) -> Path | list[Path]:  # noqa: ANN401
    """One file, or the files of a list."""
    return Path(files) if isinstance(files, str) else [Path(one) for one in files]


def _spread(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters with those that are mappings of options told one by one."""
    spread: dict[str, Any] = {}
    for name, value in parameters.items():
        spread |= value if name.endswith("options") or name == "key" else {name: value}
    return spread


def _plain(value: Any) -> Any:  # noqa: ANN401
    """A parameter as JSON has it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Key | Path) else value
