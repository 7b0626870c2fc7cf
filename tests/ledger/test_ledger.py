import re

import numpy as np
import pytest
import xarray as xr
from docutils.core import publish_parts

from mbl.catalogue import catalogue
from mbl.ensembles.estimates import Estimate
from mbl.ensembles.rows import LackingError
from mbl.ledger.report import caption, judge, ledger_dataset, ledger_page, ledger_table
from mbl.ledger.verdicts import Verdict, Word, above, all_of, below, exact, monotone, within
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
        (1.01, 0.0, Word.UNDECIDED),
    ],
)
def test_two_standard_errors_from_a_bound_decide(value, error, word):
    number, mirrored = Estimate(value, error), Estimate(-value, error)
    assert above(number, 1.0, "").word == word
    assert below(mirrored, -1.0, "").word == word
    assert within(number, 1.0, 9.0, "").word == word
    assert within(mirrored, -9.0, -1.0, "").word == word


@pytest.mark.parametrize(
    ("value", "error", "word"),
    [
        (0.02, 0.03, Word.SUPPORTED),
        (0.02, 0.05, Word.UNDECIDED),
        (0.02, 5.0, Word.UNDECIDED),
        (0.3, 0.05, Word.NOT_SUPPORTED),
    ],
)
def test_no_effect_is_shown_by_small_errors_alone(value, error, word):
    assert within(Estimate(value, error), -0.1, 0.1, "").word == word


def test_a_trend_is_that_of_all_its_points():
    rise, step = Estimate(1.0, 0.1), Estimate(0.3, 0.02)
    assert monotone(rise, [step, step], "").word == Word.SUPPORTED
    assert monotone(rise, [step, Estimate(-0.02, 0.01)], "").word == Word.SUPPORTED
    assert monotone(rise, [step, Estimate(-0.2, 0.02)], "").word == Word.NOT_SUPPORTED
    assert monotone(rise, [step, Estimate(-0.02, 0.2)], "").word == Word.UNDECIDED
    assert monotone(Estimate(0.1, 0.1), [step], "").word == Word.UNDECIDED


def test_identities_are_checked_to_rounding():
    assert exact(1e-13, 1e-10, "").word == Word.EXACT
    assert exact(1e-3, 1e-10, "").word == Word.VIOLATED
    assert exact(np.nan, 1e-10, "").word == Word.VIOLATED


def test_one_failure_fails_all_and_one_doubt_leaves_doubt():
    words = Word.SUPPORTED, Word.UNDECIDED, Word.NOT_SUPPORTED
    yes, maybe, no = (Verdict(word, word.name) for word in words)
    assert all_of(yes, yes).word == Word.SUPPORTED
    assert all_of(yes, maybe).word == Word.UNDECIDED
    assert all_of(no, maybe, yes).word == Word.NOT_SUPPORTED
    assert all_of(yes, no).numbers == "SUPPORTED; NOT_SUPPORTED"


def test_of_nothing_nothing_is_so():
    with pytest.raises(LackingError):
        all_of()


def test_every_claim_has_a_statement_a_place_and_a_figure():
    for claim in LEDGER:
        assert re.fullmatch(r"[A-Z].*\.", claim.title), claim
        assert claim.place
        assert claim.figure in catalogue()[Figure]


def claim(name, place, statement, figure, function="", *, exact=False):
    paper = name.partition("/")[0]
    return Claim(
        name=name, function=function, title=statement, text="", place=place,
        figure=f"{paper}/{figure}", exact=exact,
    )  # fmt: skip


def lacking(data):
    raise LackingError("no W = 5.2")


def misspelt(data):
    return above(Estimate(data["purty"].item(), 0.0), 0.0, "")


def identical(data):
    return exact(0.0, 0.0, "")


def test_an_identity_does_not_pass_for_an_empirical_claim():
    given = "p/one", "f", "S.", "fig1", f"{__name__}:identical"
    assert judge(claim(*given, exact=True), [xr.Dataset()]).word == Word.EXACT
    with pytest.raises(TypeError, match="p/one is not declared as exact"):
        judge(claim(*given), [xr.Dataset()])


def test_data_that_lack_what_is_asked_leave_a_claim_not_computed():
    found = judge(claim("p/one", "f", "S.", "fig1", f"{__name__}:lacking"), [xr.Dataset()])
    assert found.word == Word.NOT_COMPUTED
    assert found.numbers == "the ensemble has no W = 5.2"


def test_a_typo_in_a_claim_does_not_read_as_physics():
    with pytest.raises(KeyError, match="purty"):
        judge(claim("p/one", "f", "S.", "fig1", f"{__name__}:misspelt"), [xr.Dataset()])


def test_the_ledger_is_told_as_data_and_as_a_table():
    claims = [
        claim("goihl2018/one", "Fig. 2", "Errors |ε| fall.", "fig2"),
        claim("huse2014/two", "eq. 4", "They range.", "couplings"),
        claim("huse2014/three", "eq. 5", "They add up.", "couplings", exact=True),
    ]
    words = Word.SUPPORTED, Word.NOT_SUPPORTED, Word.EXACT
    verdicts = [Verdict(*told) for told in zip(words, ("1 ± 2", "3", "1e-14"), strict=True)]
    data = ledger_dataset(claims, verdicts)
    assert data["claim"].values.tolist() == ["goihl2018/one", "huse2014/two", "huse2014/three"]
    assert data["verdict"].values.tolist() == list(map(str, words))
    assert data["kind"].values.tolist() == ["empirical", "empirical", "exact"]
    table = ledger_table(claims, verdicts)
    assert "2 empirical claims: 1 supported, 1 not supported. 1 exact claim: 1 exact" in table
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
    assert "2 empirical claims: 1 supported, 1 undecided." in found
    shown = publish_parts(found, writer="html", settings_overrides={"halt_level": 2})["body"]
    assert "<strong>Errors |ε|</strong>" in shown
    assert "Of *l-bits*." in shown
    assert "Errors at |S| fall. (Fig. 2) <strong>Supported</strong>: 1 ± 2." in shown
    assert "H_eff is *good*. (Fig. 2) <strong>Undecided</strong>: `3`_." in shown
    assert "range" not in shown
    other = Figure(name="goihl2018/fig3", function="", title="Other.", text="")
    assert "No claim" in caption(other, claims, verdicts)
