"""The ledger as a dataset and as a table to read."""

from collections import Counter
from collections.abc import Sequence

import xarray as xr

from mbl.claims.ledger import Claim, Verdict, Word


def ledger_dataset(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> xr.Dataset:
    """Claims and verdicts as a dataset of kind `claims`."""
    columns = {
        "paper": [claim.paper for claim in claims],
        "place": [claim.place for claim in claims],
        "statement": [claim.statement for claim in claims],
        "figure": [claim.figure for claim in claims],
        "verdict": [str(verdict.word) for verdict in verdicts],
        "numbers": [verdict.numbers for verdict in verdicts],
    }
    return xr.Dataset(
        {name: ("claim", values) for name, values in columns.items()},
        {"claim": [f"{claim.paper}/{claim.name}" for claim in claims]},
    )


def ledger_table(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """Claims and verdicts in Markdown, a table for each paper."""
    counts = Counter(verdict.word for verdict in verdicts)
    summary = ", ".join(f"{counts[word]} {word}" for word in Word)
    lines = ["# The ledger of claims", "", f"{len(claims)} claims: {summary}."]
    for paper in dict.fromkeys(claim.paper for claim in claims):
        lines += ["", f"## {paper}", "", "| claim | where | verdict | numbers | figure |"]
        lines.append("|---|---|---|---|---|")
        for claim, verdict in zip(claims, verdicts, strict=True):
            if claim.paper == paper:
                cells = (
                    claim.statement,
                    claim.place,
                    f"**{verdict.word}**",
                    verdict.numbers,
                    f"[{claim.figure}](figures/{paper}/{claim.figure}.png)",
                )
                lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
