"""One figure from its tables, as its function is declared in `mbl.papers`."""

from pathlib import Path
from typing import Any

from wrapper import run

from mbl.catalogue import catalogue, resolve
from mbl.datasets import Record, save
from mbl.datasets.origin import provenance
from mbl.plotting.style import save_figure, styled
from mbl.registry import Figure
from mbl.tiers import table


def main(
    rows: list[Path],
    pdf: Path,
    png: Path,
    svg: Path,
    data: Path,
    *,
    figure: str,
    tables: list[tuple[str, list[str], int]],
    options: dict[str, Any],
    record: Record,
) -> None:
    """Draw the figure in three formats and store what it shows."""
    left = iter(rows)
    shown = [
        table([next(left) for _ in range(count)], statistic, labellings)
        for statistic, labellings, count in tables
    ]
    kind = f"figures/{figure}"
    with styled():
        drawing, drawn = resolve(catalogue()[Figure][figure].function)(*shown, **options)
        about = provenance(kind, record.parameters, record.sources)
        save_figure(drawing, pdf, png, svg, figure.replace("/", ", "), about)
    save(drawn, data, kind, record)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
