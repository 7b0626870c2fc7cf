from pathlib import Path

import pytest
import yaml

from mbl.settings import Settings, SettingsError, merge

CONFIG = Path(__file__).parents[1] / "config"
SCHEMA = CONFIG / "schema.yaml"
DEFAULT = yaml.safe_load((CONFIG / "default.yaml").read_text())


def settings(**changes):
    return Settings(merge(DEFAULT, changes), SCHEMA)


def mine(**entry):
    return {"ensembles": {"mine": [{"L": 9, "Delta": [5.0], "seeds": "0-9"} | entry]}}


@pytest.mark.parametrize("scale", ["default", "smoke", "paper"])
def test_every_scale_is_valid(scale):
    scaled = yaml.safe_load((CONFIG / f"{scale}.yaml").read_text())
    assert set(settings(**scaled).figures["goihl2018"]) == {f"fig{n}" for n in range(1, 9)}


def test_paper_scale_is_the_papers():
    paper = settings(**yaml.safe_load((CONFIG / "paper.yaml").read_text()))
    sizes = {key.L: len(key.seeds) for key in paper.ensembles["sizes"]}
    assert sizes == {7: 1000, 9: 1000, 11: 1000, 13: 300}
    for ensemble in ("crossover", "decay", "localized"):
        assert {(key.L, len(key.seeds)) for key in paper.ensembles[ensemble]} == {(13, 300)}
    assert [len(key.seeds) for key in paper.ensembles["quench"]] == [30]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rings": {}}, r"rings: unknown key; did you mean 'ring'\?"),
        ({"ring": {"labeling": "sorted"}}, r"ring.labeling: unknown key; did you mean 'labelling'"),
        ({"ring": {"labelling": "best"}}, r"ring.labelling: 'best' is not .*one of sorted"),
        ({"ring": {"block_size": {"L=13": 0}}}, r"block_size.L=13: 0 is not a whole number from 1"),
        ({"ring": {"block_size": {"13": 5}}}, r"ring.block_size: .*13"),
        (mine(L=2), r"ensembles.mine\[0\].L: 2 is not a whole number of sites, 3 or more"),
        (mine(L=9.5), r"ensembles.mine\[0\].L: 9.5 is not a whole number"),
        (mine(L=19), r"ensembles.mine\[0\].L: 19 sites need \d+ GB .* limits.memory_GB = 16"),
        (mine(Delta=[0.0]), r"mine\[0\].Delta\[0\]: 0.0 is not a disorder strength Δ, a number"),
        (mine(Delta=[-3.0]), r"mine\[0\].Delta\[0\]: -3.0 is not a disorder strength"),
        (mine(Delta=["ten"]), r"mine\[0\].Delta\[0\]: 'ten' is not a disorder strength"),
        (
            mine(Delta=[float("nan")]),
            r"mine\[0\].Delta: nan is not a disorder strength Δ, a finite",
        ),
        (mine(Delta=[True]), r"mine\[0\].Delta\[0\]: True is not"),
        (mine(Delta=[5.0, 5]), r"ensembles.mine: L = 9, Delta = 5.0 stands there twice"),
        (mine(Delta=[]), r"mine\[0\].Delta: \[\] is not a list of disorder strengths"),
        (mine(seeds="9-0"), r"mine\[0\].seeds: seeds '9-0' are an empty range"),
        (mine(seeds="all"), r"mine\[0\].seeds: seeds 'all' are not of the form first-last"),
        (mine(seeds=10), r"mine\[0\].seeds: 10 is not the first and the last seed"),
        ({"ensembles": {"my rings": []}}, r"my rings"),
        ({"figures": {"goihl2018": {"fig9": {}}}}, r"goihl2018.fig9: unknown key"),
        (
            {"figures": {"goihl2018": {"fig1": {"L": 8}}}},
            r"goihl2018.fig1.L: 8 is even, but goihl2018's figures need an odd number",
        ),
        (
            {"ensembles": {"decay": [{"L": 8, "Delta": [5.0], "seeds": "0-9"}]}},
            r"ensembles.decay\[0\].L: 8 is even",
        ),
        (
            {"figures": {"goihl2018": {"fig2": {"ensemble": "crosover"}}}},
            r"fig2.ensemble: there is no ensemble 'crosover'; known: crossover",
        ),
        (
            {"figures": {"goihl2018": {"fig4": {"ensemble": "sizes"}}}},
            r"fig4.ensemble: 'sizes' holds several sizes; this figure shows one L",
        ),
        (
            {"figures": {"goihl2018": {"fig8": {"ensemble": "decay"}}}},
            r"fig8.ensemble: 'decay' holds 6 pairs of L and Delta; this figure shows one",
        ),
        (
            {"figures": {"goihl2018": {"fig5": {"thresholds": [1.5]}}}},
            r"fig5.thresholds\[0\]: 1.5 is not a weight α between 0 and 1",
        ),
        ({"ring": {"imbalance": {"first": 100.0}}}, r"ring.imbalance: first is not before last"),
        ({"pathvars": {"results": ""}}, r"pathvars.results: '' is not a directory"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_named_with_its_cure(changes, message):
    with pytest.raises(SettingsError, match=message):
        settings(**changes)


def test_a_missing_key_is_named():
    config = {key: value for key, value in DEFAULT.items() if key != "limits"}
    with pytest.raises(SettingsError, match="'limits' is a required property"):
        Settings(config, SCHEMA)


def test_all_faults_are_told_at_once():
    with pytest.raises(SettingsError) as raised:
        settings(**mine(L=2, Delta=[-1.0]), rings={})
    assert len(str(raised.value).splitlines()) == 4


def test_even_rings_may_stand_in_ones_own_ensembles():
    assert settings(**mine(L=8)).ensembles["mine"][0].L == 8


def test_a_size_without_a_block_size_takes_that_of_the_next_larger():
    ours = settings(ring={"block_size": {"L=9": 50, "L=13": 10}})
    sizes = {L: ours.block_size(L) for L in (9, 10, 12, 13, 15)}
    assert sizes == {9: 50, 10: 100, 12: 10, 13: 10, 15: 1}


def test_files_of_an_ensemble_are_those_of_its_blocks():
    ours = settings(**mine(L=13, Delta=[5.0, 7.5], seeds="5-14"), ring={"block_size": {"L=13": 10}})
    assert ours.ensemble_files("mine", "x.nc") == [
        f"<results>/ring/L=13/Delta={Delta}/seeds={seeds}/x.nc"
        for Delta in ("5.0", "7.5")
        for seeds in ("0000-0009", "0010-0019")
    ]
