"""The ledger as a dataset, as tables to read, and as what we find for each figure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

import xarray as xr

from mbl.claims.ledger import Claim, Verdict, Word
from mbl.pages import page
from mbl.papers import PAPERS

# What docutils would take for markup, as in |S| or H_eff.
RST_MARKUP = str.maketrans({character: f"\\{character}" for character in r"\*`|_<>"})
COLOUR = {Word.SUPPORTED: "supported", Word.NOT_SUPPORTED: "not-supported"}


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


def summary(verdicts: Sequence[Verdict]) -> str:
    """How many claims there are, and how many of them have each verdict."""
    counts = Counter(verdict.word for verdict in verdicts)
    told = ", ".join(f"{counts[word]} {word}" for word in Word if counts[word])
    return f"{len(verdicts)} claim{'' if len(verdicts) == 1 else 's'}: {told}."


def ledger_table(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """Claims and verdicts in Markdown, a table for each paper."""
    lines = ["# The ledger of claims", "", summary(verdicts)]
    for paper, judged in _by_paper(claims, verdicts):
        lines += ["", f"## {paper}", "", "| claim | where | verdict | numbers | figure |"]
        lines.append("|---|---|---|---|---|")
        for claim, verdict in judged:
            cells = (
                claim.statement,
                claim.place,
                f"**{verdict.word}**",
                verdict.numbers,
                f"[{claim.figure}](figures/{paper}/{claim.figure}.png)",
            )
            lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def ledger_page(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """Claims and verdicts as a page of HTML, a table for each paper, with links to the papers."""
    parts = [f"<p>{escape(summary(verdicts))}</p>"]
    for paper, judged in _by_paper(claims, verdicts):
        # The report's viewer has no address of its own: links leave it for a new tab.
        source = f'<a href="{PAPERS[paper].link}" target="_blank">{PAPERS[paper].citation}</a>'
        parts.append(f'<h2 id="{paper}">{paper}</h2>\n<p>{source}. ')
        parts.append(f"{escape(summary([verdict for _, verdict in judged]))}</p>")
        parts.append("<table>\n<thead><tr><th>claim</th><th>where</th><th>figure</th>")
        parts.append("<th>verdict</th><th>numbers</th></tr></thead>\n<tbody>")
        for claim, verdict in judged:
            colour = COLOUR.get(verdict.word, "undecided")
            parts.append(
                f'<tr id="{paper}-{claim.name}"><td>{escape(claim.statement)}</td>'
                f"<td>{escape(claim.place)}</td><td>{escape(claim.figure)}</td>"
                f'<td class="verdict {colour}">{verdict.word}</td>'
                f'<td class="numbers">{escape(verdict.numbers)}</td></tr>'
            )
        parts.append("</tbody>\n</table>")
    return page("The ledger of claims", "\n".join(parts))


def findings(paper: str, figure: str, claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """What we find for one figure, in reStructuredText: every claim that its data decide on."""
    judged = [
        (claim, verdict)
        for claim, verdict in zip(claims, verdicts, strict=True)
        if (claim.paper, claim.figure) == (paper, figure)
    ]
    if not judged:
        return "No claim of the ledger rests on this figure.\n"
    lines = [f"**What we find.** {summary([verdict for _, verdict in judged])}", ""]
    for claim, verdict in judged:
        statement, place, numbers = (
            text.translate(RST_MARKUP) for text in (claim.statement, claim.place, verdict.numbers)
        )
        lines += [f"- {statement} ({place}) **{str(verdict.word).capitalize()}**: {numbers}.", ""]
    return "\n".join(lines)


def _by_paper(
    claims: Sequence[Claim], verdicts: Sequence[Verdict]
) -> Iterator[tuple[str, list[tuple[Claim, Verdict]]]]:
    """Claims with their verdicts, paper by paper."""
    for paper in dict.fromkeys(claim.paper for claim in claims):
        pairs = zip(claims, verdicts, strict=True)
        yield paper, [(claim, verdict) for claim, verdict in pairs if claim.paper == paper]
