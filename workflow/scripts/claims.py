"""The ledger: a computed verdict on every claim of the papers."""

from pathlib import Path
from typing import Any

import xarray as xr
from wrapper import log, run

from mbl.catalogue import catalogue
from mbl.datasets import Record, replacing, save
from mbl.ledger.report import (
    caption,
    heading,
    judge,
    ledger_dataset,
    ledger_page,
    ledger_table,
    summary,
)
from mbl.registry import Claim, Figure, Paper
from mbl.tiers import table


def main(
    rows: list[Path],
    claims: Path,
    markdown: Path,
    page: Path,
    counts: Path,
    captions: list[Path],
    papers: list[Path],
    *,
    tables: dict[str, list[tuple[str, list[str], list[int]]]],
    shown: dict[str, dict[str, Any]],
    record: Record,
) -> None:
    """Judge every claim by the data of its figure; tell it as data, tables and captions."""
    ledger = list(catalogue()[Claim].values())
    known: dict[tuple[int, ...], xr.Dataset] = {}  # one object for one table: fits are made once
    verdicts = []
    for claim in ledger:
        given = []
        for statistic, labellings, positions in tables[claim.figure]:
            at = tuple(positions)
            if at not in known:
                known[at] = table([rows[position] for position in at], statistic, labellings)
            given.append(known[at])
        verdicts.append(judge(claim, given, shown.get(claim.figure)))
        log.info("%s: %s", claim.name, verdicts[-1].word)
    texts = {
        markdown: ledger_table(ledger, verdicts),
        page: ledger_page(ledger, verdicts),
        counts: summary(ledger, verdicts) + "\n",
    }
    for path in captions:  # one file for each figure, below the name of its paper
        figure = catalogue()[Figure][f"{path.parent.name}/{path.stem}"]
        texts[path] = caption(figure, ledger, verdicts)
    for path in papers:
        texts[path] = heading(catalogue()[Paper][path.stem])
    for path, text in texts.items():
        with replacing(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    save(ledger_dataset(ledger, verdicts), claims, "claims", record)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
