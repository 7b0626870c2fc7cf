"""Draw one figure from its statistics."""

import time
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from wrapper import run

from mbl.datasets import load, save
from mbl.datasets.origin import provenance
from mbl.plotting.style import save_figure, styled


def main(
    statistics: list[Path],
    pdf: Path,
    png: Path,
    svg: Path,
    data: Path,
    *,
    paper: str,
    figure: str,
    kinds: tuple[str, ...],
    options: dict[str, Any],
) -> None:
    """Draw the figure in three formats and store what it shows."""
    started = time.perf_counter()
    draw = import_module(f"mbl.plotting.{paper}").FIGURES[figure]
    with ExitStack() as opened:
        datasets = [
            opened.enter_context(load(path, kind)).load()
            for path, kind in zip(statistics, kinds, strict=True)
        ]
    parameters = {"figure": figure, **options}
    with styled():
        drawing, drawn = draw(*datasets, **options)
        about = provenance(f"{paper}_figure", parameters, statistics)
        save_figure(drawing, pdf, png, svg, f"{paper}, {figure}", about)
    save(
        drawn,
        data,
        f"{paper}_figure",
        parameters=parameters,
        started=started,
        sources=statistics,
    )


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
