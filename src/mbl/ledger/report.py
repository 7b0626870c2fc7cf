"""The ledger as a dataset, as tables to read, and as what we find for each figure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import xarray as xr

from mbl.catalogue import catalogue, resolve
from mbl.ensembles.rows import LackingError
from mbl.ledger.verdicts import Verdict, Word
from mbl.pages import page
from mbl.registry import Claim, Figure, Paper, Variable, coordinate, file

# What docutils would take for markup, as in |S| or H_eff.
RST_MARKUP = str.maketrans({character: f"\\{character}" for character in r"\*`|_<>"})
COLOUR = {
    Word.SUPPORTED: "supported",
    Word.NOT_SUPPORTED: "not-supported",
    Word.EXACT: "exact",
    Word.VIOLATED: "not-supported",
}
EXACT = (Word.EXACT, Word.VIOLATED)
KINDS = "empirical", "exact"


def judge(
    claim: Claim, tables: Sequence[xr.Dataset], shown: Mapping[str, Any] | None = None
) -> Verdict:
    """Verdict on a claim from its figure's tables; not computed where they lack what it asks for.

    Parameters
    ----------
    claim, tables
        Which, and the data.
    shown
        Options of the figure as configured; what the claim asks for is as declared otherwise.

    Raises
    ------
    TypeError
        Where an empirical claim is judged as an exact one, or the other way round.
    """
    given = shown or {}
    options = {
        name: given.get(name, catalogue()[Figure][claim.figure].options[name].default)
        for name in claim.asks
    }
    try:
        verdict: Verdict = resolve(claim.function)(*tables, **options)
    except LackingError as lack:
        return Verdict(Word.NOT_COMPUTED, f"the ensemble has {lack}")
    if claim.exact != (verdict.word in EXACT):
        raise TypeError(f"{claim.name} is {'' if claim.exact else 'not '}declared as exact")
    return verdict


@file(
    "claims",
    references="goihl2018; colmenarez2023; huse2014; swingle2013",
    contents={
        name: Variable(("claim",), "U", "1", long_name)
        for name, long_name in (
            ("paper", "paper that makes the claim"),
            ("place", "where it stands in the paper"),
            ("statement", "the claim in one sentence"),
            ("figure", "figure that shows it"),
            ("kind", "empirical, or exact: an identity or a theorem"),
            ("verdict", "what the numbers say of it"),
            ("numbers", "numbers with their errors"),
        )
    }
    | coordinate("claim", "U", "1", "paper and name of the claim"),
)
def ledger_dataset(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> xr.Dataset:
    """Claims of the four papers with computed verdicts."""
    columns = {
        "paper": [claim.paper for claim in claims],
        "place": [claim.place for claim in claims],
        "statement": [claim.title for claim in claims],
        "figure": [_short(claim.figure) for claim in claims],
        "kind": [_kind(claim) for claim in claims],
        "verdict": [str(verdict.word) for verdict in verdicts],
        "numbers": [verdict.numbers for verdict in verdicts],
    }
    return xr.Dataset(
        {name: ("claim", values) for name, values in columns.items()},
        {"claim": [claim.name for claim in claims]},
    )


def summary(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """How many claims there are of each kind, and how many of them have each verdict."""
    told = []
    judged = list(zip(map(_kind, claims), verdicts, strict=True))
    for kind in KINDS:
        counts = Counter(verdict.word for of_kind, verdict in judged if of_kind == kind)
        counted = ", ".join(f"{counts[word]} {word}" for word in Word if counts[word])
        if total := counts.total():
            told.append(f"{total} {kind} claim{'' if total == 1 else 's'}: {counted}.")
    return " ".join(told)


def _kind(claim: Claim) -> str:
    """The class of a claim, as it is told."""
    return KINDS[claim.exact]


def ledger_table(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """Claims and verdicts in Markdown, a table for each paper."""
    lines = ["# The ledger of claims", "", summary(claims, verdicts)]
    for paper, judged in _by_paper(claims, verdicts):
        lines += ["", f"## {paper}", "", "| claim | where | verdict | numbers | figure |"]
        lines.append("|---|---|---|---|---|")
        for claim, verdict in judged:
            cells = (
                claim.title,
                claim.place,
                f"**{verdict.word}**",
                verdict.numbers,
                f"[{_short(claim.figure)}](figures/{claim.figure}.png)",
            )
            lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def ledger_page(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """Claims and verdicts as a page of HTML, a table for each paper, with links to the papers."""
    parts = [f"<p>{escape(summary(claims, verdicts))}</p>"]
    for paper, judged in _by_paper(claims, verdicts):
        # The report's viewer has no address of its own: links leave it for a new tab.
        about = catalogue()[Paper][paper]
        source = f'<a href="{about.link}" target="_blank">{about.citation}</a>'
        parts.append(f'<h2 id="{paper}">{paper}</h2>\n<p>{source}. ')
        parts.append(f"{escape(summary(*zip(*judged, strict=True)))}</p>")
        parts.append("<table>\n<thead><tr><th>claim</th><th>where</th><th>figure</th>")
        parts.append("<th>verdict</th><th>numbers</th></tr></thead>\n<tbody>")
        for claim, verdict in judged:
            colour = COLOUR.get(verdict.word, "undecided")
            parts.append(
                f'<tr id="{claim.name.replace("/", "-")}"><td>{escape(claim.title)}</td>'
                f"<td>{escape(claim.place)}</td><td>{escape(_short(claim.figure))}</td>"
                f'<td class="verdict {colour}">{verdict.word}</td>'
                f'<td class="numbers">{escape(verdict.numbers)}</td></tr>'
            )
        parts.append("</tbody>\n</table>")
    return page("The ledger of claims", "\n".join(parts))


def caption(figure: Figure, claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> str:
    """Caption of a figure in reStructuredText: what it shows, and what we find.

    Parameters
    ----------
    figure
        Its title and text, from its function's docstring.
    claims, verdicts
        The ledger; those claims that the figure's data decide on are told.
    """
    title, text = figure.title.removesuffix(".").translate(RST_MARKUP), figure.text
    lines = [f"**{title}**", "", text.translate(RST_MARKUP), ""]
    judged = [
        (claim, verdict)
        for claim, verdict in zip(claims, verdicts, strict=True)
        if claim.figure == figure.name
    ]
    if not judged:
        return "\n".join([*lines, "No claim of the ledger rests on this figure.", ""])
    lines += [f"**What we find.** {summary(*zip(*judged, strict=True))}", ""]
    for claim, verdict in judged:
        statement, place, numbers = (
            part.translate(RST_MARKUP) for part in (claim.title, claim.place, verdict.numbers)
        )
        lines += [f"- {statement} ({place}) **{str(verdict.word).capitalize()}**: {numbers}.", ""]
    return "\n".join(lines)


def heading(paper: Paper) -> str:
    """What a paper's figures are about, in reStructuredText, with a link to the paper."""
    about, citation = (text.translate(RST_MARKUP) for text in (paper.title, paper.citation))
    source = f"`{citation} <{paper.link}>`__, " if paper.link else ""
    return f"**{paper.name}**: {source}{about}\n"


def _short(figure: str) -> str:
    """Name of a figure without its paper."""
    return figure.partition("/")[2]


def _by_paper(
    claims: Sequence[Claim], verdicts: Sequence[Verdict]
) -> Iterator[tuple[str, list[tuple[Claim, Verdict]]]]:
    """Claims with their verdicts, paper by paper."""
    for paper in dict.fromkeys(claim.paper for claim in claims):
        pairs = zip(claims, verdicts, strict=True)
        yield paper, [(claim, verdict) for claim, verdict in pairs if claim.paper == paper]
