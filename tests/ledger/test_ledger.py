import re

import numpy as np
import pytest
import xarray as xr
from docutils.core import publish_parts

from mbl.catalogue import catalogue
from mbl.ensembles.rows import LackingError
from mbl.ledger.report import caption, judge, ledger_dataset, ledger_page, ledger_table
from mbl.ledger.verdicts import Verdict, Word, above, all_of, below, line, measured, within
from mbl.registry import Claim, Figure

LEDGER = list(catalogue()[Claim].values())


@pytest.mark.parametrize(
    ("value", "error", "word"),
    [
        (1.3, 0.1, Word.SUPPORTED),
        (1.1, 0.1, Word.UNDECIDED),
        (0.9, 0.1, Word.UNDECIDED),
        (0.7, 0.1, Word.NOT_SUPPORTED),
        (1.3, np.nan, Word.UNDECIDED),
        (np.nan, 0.1, Word.UNDECIDED),
        (1.01, 0.0, Word.SUPPORTED),
    ],
)
def test_two_standard_errors_from_a_bound_decide(value, error, word):
    assert above(value, error, 1.0, "").word == word
    assert below(-value, error, -1.0, "").word == word
    assert within(value, error, 1.0, 9.0, "").word == word
    assert within(-value, error, -9.0, -1.0, "").word == word


def test_one_failure_fails_all_and_one_doubt_leaves_doubt():
    words = Word.SUPPORTED, Word.UNDECIDED, Word.NOT_SUPPORTED
    yes, maybe, no = (Verdict(word, word.name) for word in words)
    assert all_of(yes, yes).word == Word.SUPPORTED
    assert all_of(yes, maybe).word == Word.UNDECIDED
    assert all_of(no, maybe, yes).word == Word.NOT_SUPPORTED
    assert all_of(yes, no).numbers == "SUPPORTED; NOT_SUPPORTED"


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0.44123, 0.0131, "0.441 ± 0.013"),
        (3.14159, 0.2, "3.14 ± 0.20"),
        (123.4, 12.0, "123 ± 12"),
        (0.5, np.nan, "0.5"),
        (0.5, 0.0, "0.5"),
    ],
)
def test_numbers_are_told_to_two_digits_of_their_error(value, error, text):
    assert measured(value, error) == text


def test_a_weighted_line_has_the_slope_and_error_of_the_formula():
    x = np.arange(5.0)
    error = np.array([0.1, 0.2, 0.1, 0.3, 0.1])
    slope, spread, chi2 = line(x, 2.0 - 0.7 * x, error)
    weight = error**-2
    centre = (weight * x).sum() / weight.sum()
    assert slope == pytest.approx(-0.7)
    assert spread == pytest.approx((weight * (x - centre) ** 2).sum() ** -0.5)
    assert chi2 == pytest.approx(0, abs=1e-20)


def test_of_nothing_nothing_is_so():
    with pytest.raises(LackingError):
        all_of()


def test_every_claim_has_a_statement_a_place_and_a_figure():
    for claim in LEDGER:
        assert re.fullmatch(r"[A-Z].*\.", claim.title), claim
        assert claim.place
        assert claim.figure in catalogue()[Figure]


def claim(name, place, statement, figure, function=""):
    paper = name.partition("/")[0]
    return Claim(
        name=name, function=function, title=statement, text="", place=place,
        figure=f"{paper}/{figure}",
    )  # fmt: skip


def lacking(data):
    raise LackingError("no W = 5.2")


def misspelt(data):
    return above(data["purty"].item(), 0.0, 0.0, "")


def test_data_that_lack_what_is_asked_leave_a_claim_undecided():
    found = judge(claim("p/one", "f", "S.", "fig1", f"{__name__}:lacking"), [xr.Dataset()])
    assert found.word == Word.UNDECIDED
    assert "does not hold it (no W = 5.2)" in found.numbers


def test_a_typo_in_a_claim_does_not_read_as_physics():
    with pytest.raises(KeyError, match="purty"):
        judge(claim("p/one", "f", "S.", "fig1", f"{__name__}:misspelt"), [xr.Dataset()])


def test_the_ledger_is_told_as_data_and_as_a_table():
    claims = [
        claim("goihl2018/one", "Fig. 2", "Errors |ε| fall.", "fig2"),
        claim("huse2014/two", "eq. 4", "They range.", "couplings"),
    ]
    verdicts = [Verdict(Word.SUPPORTED, "1 ± 2"), Verdict(Word.NOT_SUPPORTED, "3")]
    data = ledger_dataset(claims, verdicts)
    assert data["claim"].values.tolist() == ["goihl2018/one", "huse2014/two"]
    assert data["verdict"].values.tolist() == ["supported", "not supported"]
    table = ledger_table(claims, verdicts)
    assert "2 claims: 1 supported, 1 not supported." in table
    row = r"| Errors \|ε\| fall. | Fig. 2 | **supported** | 1 ± 2 | "
    assert row + "[fig2](figures/goihl2018/fig2.png) |" in table
    assert table.index("## goihl2018") < table.index("## huse2014")
    page = ledger_page(claims, verdicts)
    assert '<tr id="goihl2018-one"><td>Errors |ε| fall.</td><td>Fig. 2</td>' in page
    assert '<td class="verdict not-supported">not supported</td>' in page
    assert 'href="https://doi.org/10.1103/PhysRevB.97.134202"' in page


def test_a_caption_tells_what_is_shown_and_found_free_of_markup():
    claims = [
        claim("goihl2018/one", "Fig. 2", "Errors at |S| fall.", "fig2"),
        claim("goihl2018/two", "Fig. 2", "H_eff is *good*.", "fig2"),
        claim("huse2014/three", "eq. 4", "They range.", "fig2"),
    ]
    verdicts = [Verdict(Word.SUPPORTED, "1 ± 2"), Verdict(Word.UNDECIDED, "`3`_"), None]
    figure = Figure(name="goihl2018/fig2", function="", title="Errors |ε|.", text="Of *l-bits*.")
    found = caption(figure, claims, verdicts)
    assert "2 claims: 1 supported, 1 undecided at this size." in found
    shown = publish_parts(found, writer="html", settings_overrides={"halt_level": 2})["body"]
    assert "<strong>Errors |ε|</strong>" in shown
    assert "Of *l-bits*." in shown
    assert "Errors at |S| fall. (Fig. 2) <strong>Supported</strong>: 1 ± 2." in shown
    assert "H_eff is *good*. (Fig. 2) <strong>Undecided at this size</strong>: `3`_." in shown
    assert "range" not in shown
    other = Figure(name="goihl2018/fig3", function="", title="Other.", text="")
    assert "No claim" in caption(other, claims, verdicts)
