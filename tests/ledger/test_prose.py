"""Prose takes its numbers from the ledger, and marks nothing that the ledger lacks."""

from pathlib import Path

import pytest
import xarray as xr

from mbl.catalogue import catalogue
from mbl.ledger.prose import MARKED, bring_up_to_date, rewrite
from mbl.registry import Claim, Paper

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COLUMNS = {
    "paper": ["goihl2018", "huse2014"],
    "place": ["Fig. 2", "Eq. 4"],
    "statement": ["Errors fall.", "H is |a| sum."],
    "verdict": ["supported", "undecided"],
    "numbers": ["1 ± 2", "|x| = 3"],
}


@pytest.fixture
def ledger():
    data = {name: ("claim", values) for name, values in COLUMNS.items()}
    return xr.Dataset(data, {"claim": ["goihl2018/fall", "huse2014/sum"]})


def test_marks_are_filled_and_filled_anew(ledger):
    text = (
        "It is <!-- numbers: goihl2018/fall -->old<!-- end --> now.\n"
        "<!-- ledger: huse2014 --><!-- end -->\n"
        "<!-- table: beyond/labellings -->\n\nold\n<!-- end -->\n"
        "<!-- counts -->old<!-- end -->\n"
    )
    tables = {"beyond/labellings": "| a |", "counts": "2 claims."}
    told = bring_up_to_date(text, ledger, tables)
    assert "It is <!-- numbers: goihl2018/fall -->1 ± 2<!-- end --> now." in told
    assert r"| H is \|a\| sum. | Eq. 4 | **undecided** | \|x\| = 3 |" in told
    assert "Errors fall." not in told
    assert "-->\n| a |\n<!-- end -->" in told
    assert "<!-- counts -->2 claims.<!-- end -->" in told
    assert "old" not in told
    assert bring_up_to_date(told, ledger, tables) == told


@pytest.mark.parametrize(
    "mark", ["numbers: goihl2018/none", "ledger: goihl2019", "table: beyond/none"]
)
def test_a_mark_of_nothing_is_refused(mark, ledger):
    with pytest.raises(KeyError):
        bring_up_to_date(f"<!-- {mark} --><!-- end -->", ledger, {})


def test_documents_are_rewritten_in_place(tmp_path, ledger):
    ledger.to_netcdf(tmp_path / "claims.nc")
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "summary.rst").write_text("2 claims.\n")
    document = tmp_path / "page.md"
    document.write_text("<!-- counts --><!-- end --> <!-- table: t --><!-- end -->")
    rewrite(tmp_path, [document], {"t": lambda results: f"| {results.name} |"})
    assert "2 claims." in document.read_text()
    assert f"| {tmp_path.name} |" in document.read_text()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_documents_mark_is_declared(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("<!-- end -->") == len(MARKED.findall(text))
    for _, what, name, told, _ in MARKED.findall(text):
        if what == "numbers":
            assert name in catalogue()[Claim]
            assert told
        elif what == "ledger":
            assert name in catalogue()[Paper]
            declared = [claim for claim in catalogue()[Claim].values() if claim.paper == name]
            for claim in declared:
                assert claim.title.replace("|", r"\|") in told, "run `make numbers`"
            assert told.count("\n| ") == len(declared) + 1


def test_within_one_page_the_same_claim_has_the_same_numbers():
    for path in DOCUMENTS:
        marked = MARKED.findall(path.read_text(encoding="utf-8"))
        tables = "".join(told for _, what, _, told, _ in marked if what == "ledger")
        for _, what, _, told, _ in marked:
            if what == "numbers" and tables:
                assert told in tables, f"{path.name}: run `make numbers`"
