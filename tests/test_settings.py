from pathlib import Path

import pytest
import yaml

from mbl.keys import Key
from mbl.settings import Settings, SettingsError, merge

CONFIG = Path(__file__).parents[1] / "config"
SCHEMA = CONFIG / "schema.yaml"
DEFAULT = yaml.safe_load((CONFIG / "default.yaml").read_text())


def settings(**changes):
    return Settings(merge(DEFAULT, changes), SCHEMA)


def mine(**entry):
    return {"ensembles": {"ring": {"mine": [{"L": 9, "Delta": [5.0], "seeds": "0-9"} | entry]}}}


def chain(**entry):
    return {"ensembles": {"bubble": {"mine": [{"L": 10, "W": [4.0], "seeds": "0-9"} | entry]}}}


def bubble(**changes):
    return {"bubble": changes}


def shown(figure, **changes):
    return {"figures": {"colmenarez2023": {figure: changes}}}


def model(**changes):
    return {"fixed_point": changes}


def fixed_point(quantity, **entry):
    plain = {"L": 8, "seeds": "0-9"} | ({} if quantity == "light_cone" else {"xi": [1.0]})
    return {"ensembles": {"fixed_point": {quantity: [plain | entry]}}}


def fixed_point_figure(figure, **changes):
    return {"figures": {"swingle2013": {figure: changes}}}


DEFAULT_INCLUSION = DEFAULT["ensembles"]["bubble"]["inclusion"]


@pytest.mark.parametrize("scale", ["default", "smoke", "paper"])
def test_every_scale_is_valid(scale):
    scaled = yaml.safe_load((CONFIG / f"{scale}.yaml").read_text())
    assert set(settings(**scaled).figures["goihl2018"]) == {f"fig{n}" for n in range(1, 9)}


def test_paper_scale_of_the_bubble_is_the_papers():
    paper = settings(**yaml.safe_load((CONFIG / "paper.yaml").read_text()))
    assert {len(key.seeds) for keys in paper.chains.values() for key in keys} == {2000}
    sizes = {(key.n, key.L) for key in paper.chains["inclusion"]}
    assert {(4, 16), (4, 18), (0, 18), (0, 20)} <= sizes
    assert {key.n for key in paper.chains["bubbles"]} == {0, 3, 4, 5, 6, 8}
    assert {key.L for key in paper.chains["bubbles"]} == {14}


def test_paper_scale_of_the_ring_is_the_papers():
    paper = settings(**yaml.safe_load((CONFIG / "paper.yaml").read_text()))
    sizes = {key.L: len(key.seeds) for key in paper.rings["sizes"]}
    assert sizes == {7: 1000, 9: 1000, 11: 1000, 13: 300}
    for ensemble in ("crossover", "decay", "localized"):
        assert {(key.L, len(key.seeds)) for key in paper.rings[ensemble]} == {(13, 300)}
    assert [len(key.seeds) for key in paper.rings["quench"]] == [30]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rings": {}}, r"rings: unknown key; did you mean 'ring'\?"),
        ({"ring": {"labeling": "sorted"}}, r"ring.labeling: unknown key; did you mean 'labelling'"),
        ({"ring": {"labelling": "best"}}, r"ring.labelling: 'best' is not .*one of sorted"),
        ({"ring": {"block_size": {"L=13": 0}}}, r"block_size.L=13: 0 is not a whole number from 1"),
        ({"ring": {"block_size": {"13": 5}}}, r"ring.block_size: .*13"),
        (mine(L=2), r"ensembles.ring.mine\[0\].L: 2 is not a whole number of sites, 3 or more"),
        (mine(L=9.5), r"ensembles.ring.mine\[0\].L: 9.5 is not a whole number"),
        (mine(L=19), r"ensembles.ring.mine\[0\].L: 19 sites need \d+ GB .* limits.memory_GB = 16"),
        (mine(Delta=[0.0]), r"mine\[0\].Delta\[0\]: 0.0 is not a disorder strength Δ, a number"),
        (mine(Delta=[-3.0]), r"mine\[0\].Delta\[0\]: -3.0 is not a disorder strength"),
        (mine(Delta=["ten"]), r"mine\[0\].Delta\[0\]: 'ten' is not a disorder strength"),
        (
            mine(Delta=[float("nan")]),
            r"mine\[0\].Delta: nan is not a disorder strength Δ, a finite",
        ),
        (mine(Delta=[True]), r"mine\[0\].Delta\[0\]: True is not"),
        (mine(Delta=[5.0, 5]), r"ensembles.ring.mine: L = 9, Delta = 5.0 stands there twice"),
        (mine(Delta=[]), r"mine\[0\].Delta: \[\] is not a list of disorder strengths"),
        (mine(seeds="9-0"), r"mine\[0\].seeds: seeds '9-0' are an empty range"),
        (mine(seeds="all"), r"mine\[0\].seeds: seeds 'all' are not of the form first-last"),
        (mine(seeds=10), r"mine\[0\].seeds: 10 is not the first and the last seed"),
        ({"ensembles": {"ring": {"my rings": []}}}, r"my rings"),
        ({"figures": {"goihl2018": {"fig9": {}}}}, r"goihl2018.fig9: unknown key"),
        (
            {"figures": {"goihl2018": {"fig1": {"L": 8}}}},
            r"goihl2018.fig1.L: 8 is even, but goihl2018's figures need an odd number",
        ),
        (
            {"ensembles": {"ring": {"decay": [{"L": 8, "Delta": [5.0], "seeds": "0-9"}]}}},
            r"ensembles.ring.decay\[0\].L: 8 is even",
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
        (chain(n=0), r"ensembles.bubble.mine\[0\].n: 0 is not the dimension n_GOE of a bubble"),
        (chain(n=7), r"mine\[0\].n: no bandwidth is tuned for n_GOE = 7; add n=7 to bubble.beta"),
        (
            chain(n=4, beta=[0.0]),
            r"mine\[0\].beta\[0\]: 0.0 is not a bandwidth β, a number above 0",
        ),
        (chain(beta=[0.5]), r"mine\[0\].beta: a chain without bubble has no bandwidth"),
        (chain(L=6), r"bubble.states: 50 states are wanted, but ensembles.bubble.mine\[0\] has"),
        (chain(n=4, L=20), r"mine\[0\].L: 20 sites with n_GOE = 4 need \S+ GB .*memory_GB = 16"),
        (chain(n=4, L=20), r"take fewer sites, set bubble.solver to filtered \(which takes"),
        (chain(W=[-1.0]), r"mine\[0\].W\[0\]: -1.0 is not a disorder strength W"),
        (chain(W=[4.0, 4]), r"mine: n = 0, L = 10, W = 4.0 stands there twice"),
        (chain(seeds="5-2"), r"mine\[0\].seeds: seeds '5-2' are an empty range"),
        (bubble(beta={"n=4": -0.1}), r"bubble.beta.n=4: -0.1 is not a bandwidth β"),
        (bubble(beta={"4": 0.6}), r"bubble.beta: .*4"),
        (bubble(states=2), r"bubble.states: 2 is not a whole number of eigenstates, 3 or more"),
        (bubble(certify_every=0), r"bubble.certify_every: 0 is not a whole number from 1"),
        (shown("fig3", sizes=[11]), r"fig3: 'inclusion' has no bubble with L = 11; it has \[8, 10"),
        (shown("fig5", strengths=[4.5]), r"fig5: 'inclusion' has no W = 4.5; it has \[2.0,"),
        (shown("fig4", distance=9), r"fig4: no site of 'inclusion' lies at distance 9; the far"),
        (shown("fig2", ensemble="inclusions"), r"fig2.ensemble: there is no ensemble 'inclusions'"),
        (shown("fig6", ensemble="bubbles"), r"fig6.ensemble: 'bubbles' has entries without beta"),
        (shown("fig8", ensemble="inclusion"), r"fig8.ensemble: 'inclusion' must hold one L"),
        (shown("fig2", ensemble="bubbles"), r"fig2.ensemble: 'bubbles' must hold bubbles of one n"),
        (
            {"ensembles": {"bubble": {"inclusion": DEFAULT_INCLUSION[:3]}}},
            r"fig9.ensemble: 'inclusion' lacks the chain without bubble of L = 14 at W = 4.4",
        ),
        (
            {"figures": {"beyond": {"lbit_methods": {"labellings": ["sorted"]}}}},
            r"lbit_methods.larger: 'combined' is not one of labellings; add it there or leave it",
        ),
        ({"huse2014": {"labellings": []}}, r"huse2014.labellings: \[\] is not a list of labe"),
        (
            {"huse2014": {"labellings": ["sorted", "sorted"]}},
            r"huse2014.labellings: .* is not a list of labellings, each once",
        ),
        ({"huse2014": {"labellings": ["best"]}}, r"huse2014.labellings\[0\]: 'best' is not"),
        ({"huse2014": {"states": 0}}, r"huse2014.states: 0 is not a whole number from 1"),
        ({"huse2014": {"times": {"points": 1}}}, r"times.points: 1 is not a whole number of times"),
        ({"huse2014": {"times": {"first": 0}}}, r"huse2014.times.first: 0 is not a number above 0"),
        ({"huse2014": {"times": {"last": 0.01}}}, r"huse2014.times: first is not before last"),
        (
            {"huse2014": {"slope": {"last": 1e9}}},
            r"huse2014.slope: 1 … 1e\+09 is no window inside huse2014.times, 0.1 … 1e\+08",
        ),
        ({"huse2014": {"late": 1e9}}, r"huse2014.late: 1e\+09 is after the last of huse2014.times"),
        (
            {"figures": {"huse2014": {"spin_echo": {"ensemble": "tools"}}}},
            r"huse2014.spin_echo.ensemble: there is no ensemble 'tools'; known: crossover",
        ),
        (
            {"figures": {"huse2014": {"couplings": {"ensemble": "ranges"}}}},
            r"huse2014.couplings.ensemble: 'ranges' holds several sizes; this figure shows one L",
        ),
        (
            {"ensembles": {"ring": {"toolbox": [{"L": 5, "Delta": [5.0], "seeds": "0-9"}]}}},
            r"entanglement_growth.ensemble: 'toolbox' holds L = 5; s∞ is read from blocks",
        ),
        (
            {"ensembles": {"ring": {"toolbox": [{"L": 15, "Delta": [5.0], "seeds": "0-9"}]}}},
            r"algebra.ensemble: 'toolbox' holds L = 15, whose l-bit operators .* limits.memory_GB",
        ),
        (fixed_point("growth", xi=[-1.0]), r"growth\[0\].xi\[0\]: -1.0 is not a localization len"),
        (fixed_point("growth", xi=[float("inf")]), r"growth\[0\].xi: inf is not a localization"),
        (fixed_point("growth", xi=[1.0, 1]), r"growth: L = 8, xi = 1.0 stands there twice; keep"),
        (fixed_point("growth", seeds="3-1"), r"growth\[0\].seeds: seeds '3-1' are an empty ran"),
        (
            fixed_point("growth"),
            r"entanglement_growth.size: ensembles.fixed_point.growth needs two",
        ),
        (fixed_point("stability", L=14), r"stability\[0\].L: 14 sites need \S+ GB .*_GB = 16"),
        (fixed_point("light_cone", L=9), r"light_cone.size: ensembles.fixed_point.light_cone has"),
        (fixed_point("light_cone", xi=[1.0]), r"light_cone\[0\].xi: unknown key"),
        (
            fixed_point("spectrum"),
            r"density_of_states: ensembles.fixed_point.spectrum has no L = 14",
        ),
        (fixed_point("quasi_adiabatic", xi=[1.0, 2.0]), r"quasi_adiabatic: holds several local"),
        (fixed_point("sizes"), r"ensembles.fixed_point.sizes: unknown key"),
        (model(states=257), r"fixed_point.states: 257 eigenstates are wanted, but ensembles"),
        (model(stability={"share": 0.01}), r"share: leaves fewer than 3 of the 64 levels of"),
        (model(growth={"last": 0.5}), r"fixed_point.growth: first is not before last"),
        (model(growth={"last": 1e13}), r"growth.last: .* is not a time in units of 1/J0, up to"),
        (model(growth={"down": [1.0]}), r"down\[0\]: 1.0 is not a probability of a spin being"),
        (model(rates={"window": [0.6, 0.2]}), r"rates.window: rates are fitted from a lower to"),
        (model(rates={"late": 0.1}), r"rates.late: must lie between the first and the last time"),
        (model(two_spins={"points": 7}), r"two_spins.points: 7 is not an even number of points"),
        (model(order_decay=1.5), r"order_decay: 1.5 is not the factor λ for each further spin"),
        (model(block_size={"growth": {"14": 1}}), r"block_size.growth: .*14"),
        (fixed_point_figure("light_cone", times=[0.3]), r"light_cone.times: 0.3 is not among fix"),
        (fixed_point_figure("two_spins", xi=3.0), r"two_spins.xi: ensembles.fixed_point.growth ha"),
        (fixed_point_figure("area_law", size=8), r"area_law.size: unknown key"),
        ({"perturbation": {"L": 3}}, r"perturbation.L: 3 is not a whole number of sites from 4"),
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
    assert settings(**mine(L=8)).rings["mine"][0].L == 8


def test_a_size_without_a_block_size_takes_that_of_the_next_larger():
    ours = settings(ring={"block_size": {"L=8": 50, "L=9": 50, "L=13": 10}})
    sizes = {L: ours.block_size(Key(L, 1.0, range(1))) for L in (8, 9, 12, 13, 15)}
    assert sizes == {8: 50, 9: 50, 12: 10, 13: 10, 15: 1}


def test_files_of_an_ensemble_are_those_of_its_blocks():
    ours = settings(**mine(L=13, Delta=[5.0, 7.5], seeds="5-14"), ring={"block_size": {"L=13": 10}})
    assert ours.files(ours.rings["mine"], "x.nc") == [
        f"<results>/ring/L=13/Delta={Delta}/seeds={seeds}/x.nc"
        for Delta in ("5.0", "7.5")
        for seeds in ("0000-0009", "0010-0019")
    ]


def test_even_rings_serve_the_toolbox():
    assert {key.L for key in settings().rings["toolbox"]} == {10}
    assert settings().toolbox["labellings"]


def test_a_bubble_takes_its_tuned_bandwidth_and_files_by_dimension():
    ours = settings(
        **chain(n=4, L=10, W=[4.4], beta=[0.3], seeds="0-199"),
        bubble={"block_size": {"dimension=1100": 100}},
    )
    assert (ours.beta(4), ours.beta(0)) == (0.6, 0.0)
    (key,) = ours.chains["mine"]
    assert key.dimension == 1008
    assert ours.files([key], "x.nc") == [
        f"<results>/bubble/n=4,beta=0.3/L=10/W=4.4/seeds={seeds}/x.nc"
        for seeds in ("0000-0099", "0100-0199")
    ]


def test_files_of_the_fixed_point_are_by_quantity_size_and_length():
    ours = settings(
        **fixed_point("stability", L=9, xi=[0.5], seeds="0-3"),
        fixed_point={"block_size": {"stability": {"L=10": 2}}},
    )
    assert ours.fixed_point_files("stability") == [
        f"<results>/fixed_point/L=9/xi=0.5/seeds={seeds}/stability.nc"
        for seeds in ("0000-0001", "0002-0003")
    ]
    (light_cone,) = ours.fixed_point_files("light_cone")
    assert light_cone == "<results>/fixed_point/L=8/seeds=0000-0009/light_cone.nc"
