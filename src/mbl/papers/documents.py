"""Brings the documentation up to date with the ledger and figures in `results` (`make numbers`)."""

from pathlib import Path

from mbl.ledger.prose import rewrite
from mbl.papers.beyond.tables import labellings_table

if __name__ == "__main__":
    rewrite(
        Path("results"),
        [Path("README.md"), *sorted(Path("docs").glob("*.md"))],
        {"beyond/labellings": labellings_table},
    )
