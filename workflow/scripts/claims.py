"""The ledger: a computed verdict on every claim of the papers."""

import time
from pathlib import Path

from wrapper import log, run

from mbl.claims import LEDGER
from mbl.claims.report import findings, ledger_dataset, ledger_page, ledger_table, summary
from mbl.datasets import load, replacing, save


def main(
    data: list[Path],
    claims: Path,
    table: Path,
    page: Path,
    counts: Path,
    found: list[Path],
    *,
    figures: dict[str, list[tuple[int, str]]],
) -> None:
    """Judge every claim by the data of its figure; tell it as data, tables and captions."""
    started = time.perf_counter()
    verdicts = []
    for claim in LEDGER:
        datasets = []
        for position, kind in figures[f"{claim.paper}/{claim.figure}"]:
            with load(data[position], kind) as dataset:
                datasets.append(dataset.load())
        verdicts.append(claim.verdict(*datasets))
        log.info("%s, %s: %s", claim.paper, claim.name, verdicts[-1].word)
    texts = {
        table: ledger_table(LEDGER, verdicts),
        page: ledger_page(LEDGER, verdicts),
        counts: summary(verdicts) + "\n",
    }
    for path in found:  # one file for each figure, below the name of its paper
        texts[path] = findings(path.parent.name, path.stem, LEDGER, verdicts)
    for path, text in texts.items():
        with replacing(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    save(ledger_dataset(LEDGER, verdicts), claims, "claims", parameters={}, started=started)


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
