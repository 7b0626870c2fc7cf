"""Draw one figure of goihl2018 from its statistics."""

import time
from pathlib import Path

from wrapper import run

from mbl.datasets import load, save
from mbl.plotting.goihl2018 import FIGURES
from mbl.plotting.style import save_figure, styled


def main(
    statistics: Path, pdf: Path, png: Path, svg: Path, data: Path, *, figure: str, kind: str
) -> None:
    """Draw the figure in three formats and store what it shows."""
    started = time.perf_counter()
    with load(statistics, kind) as dataset, styled():
        drawing, drawn = FIGURES[figure](dataset.load())
        save_figure(drawing, pdf, png, svg, f"goihl2018, {figure}")
    save(drawn, data, "figure", parameters={"figure": figure}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
