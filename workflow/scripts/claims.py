"""The ledger: a computed verdict on every claim of the papers."""

import time
from pathlib import Path

from wrapper import log, run

from mbl.claims import LEDGER
from mbl.claims.report import ledger_dataset, ledger_table
from mbl.datasets import load, replacing, save


def main(
    data: list[Path],
    claims: Path,
    table: Path,
    *,
    figures: dict[str, list[tuple[int, str]]],
) -> None:
    """Judge every claim by the data of its figure, as a dataset and as a table."""
    started = time.perf_counter()
    verdicts = []
    for claim in LEDGER:
        datasets = []
        for position, kind in figures[f"{claim.paper}/{claim.figure}"]:
            with load(data[position], kind) as dataset:
                datasets.append(dataset.load())
        verdicts.append(claim.verdict(*datasets))
        log.info("%s, %s: %s", claim.paper, claim.name, verdicts[-1].word)
    save(ledger_dataset(LEDGER, verdicts), claims, "claims", parameters={}, started=started)
    with replacing(table) as unfinished:
        unfinished.write_text(ledger_table(LEDGER, verdicts), encoding="utf-8")


if __name__ == "__main__":
    run(main, snakemake)  # type: ignore[name-defined]
