"""What rules ask of the declarations and a configuration."""

from pathlib import Path

import pytest
import yaml

from mbl.catalogue import catalogue, resolve
from mbl.planning import Plan, analyses, as_made, papers, wildcard_constraints
from mbl.registry import Claim, Figure, Labelling, Quantity, Statistic, System
from mbl.settings import merge

CONFIG = yaml.safe_load((Path(__file__).parents[1] / "config" / "default.yaml").read_text())


@pytest.fixture(scope="module")
def plan():
    return Plan(CONFIG)


def test_every_declaration_names_a_function_that_is_there():
    declared = catalogue()
    for kind in (System, Quantity, Labelling, Statistic, Figure, Claim):
        for one in declared[kind].values():
            assert callable(resolve(one.function)), one.name
            assert one.title.endswith("."), one.name


def test_every_quantity_has_a_rule_of_its_own_or_is_written_out():
    rules = Path(__file__).parents[1] / "workflow" / "rules"
    written = "".join(path.read_text() for path in rules.glob("*.smk"))
    looped = {analysis.quantity for analysis in analyses()}
    for name, quantity in catalogue()[Quantity].items():
        assert quantity.written != (name in looped)
        assert not quantity.written or f'("{name}")' in written or name == "ring/eigenvectors"


def test_the_ensembles_are_what_figures_draw(plan):
    assert set(plan.ensemble_files()) == set(plan.claim_inputs())


def test_an_ensemble_of_ones_own_adds_what_any_may_be_asked_for():
    mine = [{"L": 9, "Delta": [5.0], "seeds": "0-9"}]
    ring = CONFIG["ensembles"]["ring"] | {"mine": mine}
    own = Plan(CONFIG | {"ensembles": CONFIG["ensembles"] | {"ring": ring}})
    added = set(own.ensemble_files()) - set(Plan(CONFIG).ensemble_files())
    names = ("couplings", "effective", "locality")
    assert added == {f"<results>/ensembles/ring/mine/{name}-sorted.nc" for name in names}


def test_every_figure_is_of_one_paper_and_every_claim_of_a_figure_that_is_made(plan):
    made = [one.name for paper in papers() for one in plan.figures(paper)]
    optional = [one.name for one in catalogue()[Figure].values() if one.optional]
    assert sorted([*made, *optional]) == sorted(catalogue()[Figure])
    assert {claim.figure for claim in catalogue()[Claim].values()} <= set(made)


def test_an_optional_figure_is_made_of_the_ensemble_that_is_configured():
    ring = {"larger": [{"L": 15, "Delta": [10.0], "seeds": "0-9"}]}
    with_it = merge(CONFIG, {
        "ensembles": {"ring": ring}, "figures": {"beyond": {"finite_size": {"ensemble": "larger"}}},
    })  # fmt: skip
    name, rows = "beyond/finite_size", "<results>/ensembles/ring/larger/locality-sorted.nc"
    for config, made in ((CONFIG, False), (with_it, True)):
        plan = Plan(config)
        assert (f"<results>/figures/{name}.pdf" in plan.figure_files("beyond")) == made
        assert (f"<results>/claims/{name}.rst" in plan.captions()) == made
        assert (name in plan.claim_tables()) == (rows in plan.claim_inputs()) == made


def test_only_what_the_ring_remakes_counts_by_its_source():
    def ancient(file):
        return f"ancient {file}"

    made = as_made("ring/lbit_dynamics", {"spectrum": "s.nc", "lbits": "l.nc"}, ancient)
    assert made.pop("source").endswith("ring/source.txt")
    assert made == {"spectrum": "ancient s.nc", "lbits": "l.nc"}
    assert as_made("fixed_point/spectrum", {"spectrum": "s.nc"}, ancient) == {"spectrum": "s.nc"}


def test_wildcards_of_all_systems_are_constrained():
    constraints = wildcard_constraints()
    for system in catalogue()[System].values():
        assert set(system.keys) <= set(constraints)


def test_costs_take_the_options_of_the_configuration(plan):
    block = {"L": "13", "Delta": "20.0", "seeds": "0000-0009"}

    class Wildcards(dict):
        seeds = block["seeds"]

    few = plan.memory("ring/imbalance")(Wildcards(block), 1)
    more = Plan(CONFIG | {"ring": CONFIG["ring"] | {"imbalance": {"points": 40001}}})
    assert more.memory("ring/imbalance")(Wildcards(block), 1) > few


def test_claims_are_told_what_their_figures_show_and_they_ask_for():
    figures = {"colmenarez2023": {"fig4": {"distance": 2}}}
    told = Plan(CONFIG | {"figures": figures}).claim_options()
    assert told["colmenarez2023/fig4"] == {"distance": 2}
    assert "colmenarez2023/fig2" not in told
