"""Numbers in the documentation, taken from the ledger, so that prose and ledger cannot differ.

A document marks what is the ledger's by comments that no reader sees:

    <!-- ledger: goihl2018 -->…<!-- end -->             the claims of a paper as a table
    <!-- counts -->…<!-- end -->                        how many claims of which verdict
    <!-- numbers: goihl2018/crossover -->…<!-- end -->  the numbers of a claim, within a sentence
    <!-- table: beyond/labellings -->…<!-- end -->      a table made of a figure's data
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import xarray as xr

MARKED = re.compile(
    r"(<!-- (ledger|numbers|table|counts)(?:: ([\w/]+))? -->)(.*?)(<!-- end -->)", re.S
)


def bring_up_to_date(text: str, ledger: xr.Dataset, tables: Mapping[str, str]) -> str:
    """A document with what it marks as the ledger's told anew.

    Parameters
    ----------
    text
        Markdown with marks.
    ledger
        As in ``results/claims.nc``.
    tables
        Other tables by name, in Markdown, and the `counts`.

    Raises
    ------
    KeyError
        Where a mark names a claim, a paper or a table that is not there.
    """

    def told(match: re.Match[str]) -> str:
        start, what, name, _, end = match.groups()
        if what == "ledger":
            return f"{start}\n{_table(ledger, name)}\n{end}"
        if what == "table":
            return f"{start}\n{tables[name]}\n{end}"
        if what == "counts":
            return f"{start}{tables[what]}{end}"
        return f"{start}{_cell(ledger['numbers'].sel(claim=name).item())}{end}"

    return MARKED.sub(told, text)


def _table(ledger: xr.Dataset, paper: str) -> str:
    """Claims of a paper with verdicts and numbers."""
    rows = ledger.isel(claim=ledger["paper"].values == paper)
    if not rows.sizes["claim"]:
        raise KeyError(paper)
    lines = ["| claim | where | verdict | numbers |", "|---|---|---|---|"]
    for position in range(rows.sizes["claim"]):
        row = rows.isel(claim=position)
        cells = [_cell(row[name].item()) for name in ("statement", "place", "verdict", "numbers")]
        lines.append(f"| {cells[0]} | {cells[1]} | **{cells[2]}** | {cells[3]} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Text as Markdown takes it within a table."""
    return text.replace("|", r"\|")


def rewrite(
    results: Path, documents: Iterable[Path], tables: Mapping[str, Callable[[Path], str]]
) -> None:
    """Bring documents up to date with the ledger and the figures' data below `results`."""
    made = {name: make(results) for name, make in tables.items()}
    made["counts"] = (results / "claims" / "summary.rst").read_text(encoding="utf-8").strip()
    with xr.open_dataset(results / "claims.nc") as ledger:
        for document in documents:
            text = document.read_text(encoding="utf-8")
            document.write_text(bring_up_to_date(text, ledger, made), encoding="utf-8")
