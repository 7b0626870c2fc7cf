"""Every empirical claim can fail, and no error is large enough to make it true."""

from importlib import import_module

import pytest

from mbl.catalogue import catalogue
from mbl.ledger import verdicts
from mbl.ledger.report import judge
from mbl.ledger.verdicts import Word
from mbl.registry import Claim

EMPIRICAL = {name: claim for name, claim in catalogue()[Claim].items() if not claim.exact}
WORLDS = {
    name: world
    for paper in sorted({claim.paper for claim in EMPIRICAL.values()})
    for name, world in import_module(f"worlds_{paper}").WORLDS.items()
}


def test_every_empirical_claim_has_its_worlds_and_no_other():
    assert set(WORLDS) == set(EMPIRICAL)


@pytest.mark.parametrize("name", sorted(EMPIRICAL))
def test_a_claim_holds_where_it_is_true_and_not_under_a_null_model(name, monkeypatch):
    claim, world = EMPIRICAL[name], WORLDS[name]
    true, null = world.true(), world.null()
    found = judge(claim, true)
    assert found.word == Word.SUPPORTED, found.numbers
    assert judge(claim, null).word in (Word.NOT_SUPPORTED, Word.UNDECIDED)
    for factor in (10, 100):
        # Every verdict is a margin against so many errors: as good as errors so many times larger.
        monkeypatch.setattr(verdicts, "DEVIATIONS", factor * 2.0)
        assert judge(claim, null).word != Word.SUPPORTED
        inflated = judge(claim, true)
        assert inflated.word in (Word.SUPPORTED, Word.UNDECIDED)
    assert inflated.word == Word.UNDECIDED, inflated.numbers
