from pathlib import Path

import pytest
import yaml

from mbl.catalogue import catalogue
from mbl.registry import Figure, Quantity, Statistic, System
from mbl.settings import Settings, SettingsError, key, merge

CONFIG = Path(__file__).parents[1] / "config"
DEFAULT = yaml.safe_load((CONFIG / "default.yaml").read_text())


def settings(**changes):
    return Settings(merge(DEFAULT, changes))


def mine(**entry):
    return {"ensembles": {"ring": {"mine": [{"L": 9, "Delta": [5.0], "seeds": "0-9"} | entry]}}}


def chain(**entry):
    return {"ensembles": {"chain": {"mine": [{"L": 10, "W": [4.0], "seeds": "0-9"} | entry]}}}


def options(**changes):
    return {"chain": changes}


def shown(figure, **changes):
    return {"figures": {"colmenarez2023": {figure: changes}}}


def model(**changes):
    return {"fixed_point": changes}


def fixed_point(quantity, **entry):
    plain = {"L": 8, "seeds": "0-9"} | ({} if quantity == "light_cone" else {"xi": [1.0]})
    return {"ensembles": {"fixed_point": {quantity: [plain | entry]}}}


def fixed_point_figure(figure, **changes):
    return {"figures": {"swingle2013": {figure: changes}}}


DEFAULT_INCLUSION = DEFAULT["ensembles"]["chain"]["inclusion"]


@pytest.mark.parametrize("scale", ["default", "smoke", "paper"])
def test_every_scale_is_valid(scale):
    scaled = yaml.safe_load((CONFIG / f"{scale}.yaml").read_text())
    assert set(settings(**scaled).config["figures"]["goihl2018"]) == {
        f"fig{n}" for n in range(1, 9)
    }


def test_paper_scale_of_the_bubble_is_the_papers():
    paper = settings(**yaml.safe_load((CONFIG / "paper.yaml").read_text()))
    chains = paper.ensembles["chain"]
    shown = [chains[name] for name in ("inclusion", "bandwidth", "bubbles")]
    assert {len(key.seeds) for keys in shown for key in keys} == {2000}
    sizes = {(key.values.get("n", 0), key.values["L"]) for key in chains["inclusion"]}
    assert {(4, 16), (4, 18), (0, 18), (0, 20)} <= sizes
    assert {key.values.get("n", 0) for key in chains["bubbles"]} == {0, 3, 4, 5, 6, 8}
    assert {key.values["L"] for key in chains["bubbles"]} == {14}


def test_paper_scale_of_the_ring_is_the_papers():
    paper = settings(**yaml.safe_load((CONFIG / "paper.yaml").read_text()))
    rings = paper.ensembles["ring"]
    sizes = {key.values["L"]: len(key.seeds) for key in rings["sizes"]}
    assert sizes == {7: 1000, 9: 1000, 11: 1000, 13: 300}
    for ensemble in ("crossover", "decay", "localized"):
        assert {(key.values["L"], len(key.seeds)) for key in rings[ensemble]} == {(13, 300)}
    assert [len(key.seeds) for key in rings["quench"]] == [30]


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
        (mine(Delta=[]), r"mine\[0\].Delta: \[\] is not a list, each a disorder strength Δ"),
        (mine(seeds="9-0"), r"mine\[0\].seeds: seeds '9-0' are an empty range"),
        (mine(seeds="all"), r"mine\[0\].seeds: seeds 'all' are not of the form first-last"),
        (mine(seeds=10), r"mine\[0\].seeds: 10 is not the first and the last seed"),
        ({"ensembles": {"ring": {"my rings": []}}}, r"my rings"),
        ({"figures": {"goihl2018": {"fig9": {}}}}, r"goihl2018.fig9: unknown key"),
        (
            {"ensembles": {"ring": {"decay": [{"L": 8, "Delta": [5.0], "seeds": "0-9"}]}}},
            r"ensembles.ring.decay\[0\].L: 8 is even",
        ),
        (
            {"figures": {"goihl2018": {"fig2": {"ensemble": "crosover"}}}},
            r"fig2.ensemble: there is no ensemble 'crosover'; known: ",
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
        (chain(n=0), r"ensembles.chain.mine\[0\].n: 0 is not the dimension n_GOE of a bubble"),
        (chain(n=7), r"mine\[0\].n: no bandwidth is tuned for n_GOE = 7; add n=7 to chain.beta"),
        (
            chain(n=4, beta=[0.0]),
            r"mine\[0\].beta\[0\]: 0.0 is not a bandwidth β, a number above 0",
        ),
        (chain(beta=[0.5]), r"mine\[0\].beta: a chain without bubble has no bandwidth"),
        (
            chain(L=6),
            r"chain.midspectrum.states: 50 states are wanted, but ensembles.chain.mine\[0\] has",
        ),
        (chain(n=4, L=20), r"mine\[0\].L: 20 sites with n_GOE = 4 need \S+ GB .*memory_GB = 16"),
        (
            chain(n=4, L=20),
            r"take fewer sites, set chain.midspectrum.solver to filtered \(which takes",
        ),
        (chain(W=[-1.0]), r"mine\[0\].W\[0\]: -1.0 is not a disorder strength W"),
        (chain(W=[4.0, 4]), r"mine: n = 0, L = 10, W = 4.0 stands there twice"),
        (chain(seeds="5-2"), r"mine\[0\].seeds: seeds '5-2' are an empty range"),
        (options(beta={"n=4": -0.1}), r"chain.beta.n=4: -0.1 is not a bandwidth β"),
        (options(beta={"4": 0.6}), r"chain.beta: .*4"),
        (
            options(midspectrum={"states": 2}),
            r"chain.midspectrum.states: 2 is not a whole number of eigenstates, 3 or more",
        ),
        (
            options(midspectrum={"certify_every": 0}),
            r"chain.midspectrum.certify_every: 0 is not a whole number from 1",
        ),
        (shown("fig3", sizes=[11]), r"fig3: 'inclusion' has no bubble with L = 11; it has \[8, 10"),
        (shown("fig5", strengths=[4.5]), r"fig5: 'inclusion' has no W = 4.5; it has \[1.0,"),
        (shown("fig4", distance=9), r"fig4: no site of 'inclusion' lies at distance 9; the far"),
        (shown("fig2", ensemble="inclusions"), r"fig2.ensemble: there is no ensemble 'inclusions'"),
        (shown("fig6", ensemble="bubbles"), r"fig6.ensemble: 'bubbles' has entries without beta"),
        (shown("fig8", ensemble="inclusion"), r"fig8.ensemble: 'inclusion' holds several sizes"),
        (shown("fig2", ensemble="bubbles"), r"fig2.ensemble: 'bubbles' must hold bubbles of one n"),
        (
            {"ensembles": {"chain": {"inclusion": DEFAULT_INCLUSION[:3]}}},
            r"fig9.ensemble: 'inclusion' lacks the chain without bubble of L = 14 at W = 4.4",
        ),
        (
            mine(labellings=["best"]),
            r"mine\[0\].labellings\[0\]: 'best' is not how the eigenstates",
        ),
        (
            {
                "ensembles": {
                    "ring": {
                        "quench": [
                            {"L": 11, "Delta": [20.0], "seeds": "0-9", "labellings": ["overlap"]}
                        ]
                    }
                }
            },
            r"ring.quench: no entry has the labelling 'sorted', which figures.goihl2018.fig8 shows",
        ),
        (
            {"figures": {"huse2014": {"algebra": {"labellings": []}}}},
            r"algebra.labellings: \[\] is not a list of labellings",
        ),
        (
            {"figures": {"huse2014": {"algebra": {"labellings": ["sorted", "sorted"]}}}},
            r"algebra.labellings: .* is not a list of labellings, each once",
        ),
        ({"ring": {"dynamics": {"states": 0}}}, r"dynamics.states: 0 is not a whole number from 1"),
        (
            {"ring": {"dynamics": {"points": 1}}},
            r"dynamics.points: 1 is not a whole number of times",
        ),
        ({"ring": {"dynamics": {"first": 0}}}, r"ring.dynamics.first: 0 is not a number above 0"),
        ({"ring": {"dynamics": {"last": 0.01}}}, r"ring.dynamics: first is not before last"),
        (
            {"ring": {"dynamics": {"samples": 0}}},
            r"dynamics.samples: 0 is not a whole number from 1",
        ),
        ({"ring": {"dynamics": {"late": 1e9}}}, r"ring.dynamics.late: 1e\+09 is after the last"),
        (
            {"figures": {"huse2014": {"spin_echo": {"ensemble": "tools"}}}},
            r"huse2014.spin_echo.ensemble: there is no ensemble 'tools'; known: ",
        ),
        (
            {"figures": {"huse2014": {"couplings": {"ensemble": "ranges"}}}},
            r"huse2014.couplings.ensemble: 'ranges' holds several sizes; this figure shows one L",
        ),
        (
            {"ensembles": {"ring": {"huse2014": [{"L": 5, "Delta": [5.0], "seeds": "0-9"}]}}},
            r"entanglement_growth.ensemble: 'huse2014' holds L = 5; s∞ is read from blocks",
        ),
        (
            {"ensembles": {"ring": {"huse2014": [{"L": 15, "Delta": [5.0], "seeds": "0-9"}]}}},
            r"huse2014\[0\].L: 15 sites need \S+ GB .* one job of ring/\w+, above limits.memory_GB",
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
        (fixed_point("light_cone", xi=[1.0]), r"light_cone\[0\].xi: .* shows K alone"),
        (
            fixed_point("spectrum"),
            r"density_of_states: ensembles.fixed_point.spectrum has no L = 14",
        ),
        (fixed_point("quasi_adiabatic", xi=[1.0, 2.0]), r"quasi_adiabatic: holds several local"),
        (fixed_point("a b"), r"a b"),
        (
            model(finite_range={"ranges": [1, 5]}),
            r"finite_range.ranges: 5 is more than half of the 8 sites of .*; take .* or L = 10",
        ),
        (model(stability={"share": 0.01}), r"share: leaves fewer than 3 of the 64 levels of"),
        (model(growth={"last": 0.5}), r"fixed_point.growth: first is not before last"),
        (model(transport={"last": 0.05}), r"fixed_point.transport: first is not before last"),
        (model(growth={"last": 1e13}), r"growth.last: .* is not a time in units of 1/J0, up to"),
        (model(growth={"down": [1.0]}), r"down\[0\]: 1.0 is not a probability of a spin being"),
        (model(growth={"window": [0.6, 0.2]}), r"growth.window: rates are fitted from a lower to"),
        (model(growth={"late": 0.1}), r"growth.late: must lie between the first and the last time"),
        (model(two_spins={"points": 7}), r"two_spins.points: 7 is not an even number of points"),
        (model(order_decay=1.5), r"order_decay: 1.5 is not the factor λ for each further spin"),
        (model(block_size={"growth": {"14": 1}}), r"block_size.growth: .*14"),
        (fixed_point_figure("light_cone", times=[0.3]), r"light_cone.times: 0.3 is not among fix"),
        (fixed_point_figure("two_spins", xi=3.0), r"two_spins.xi: ensembles.fixed_point.growth ha"),
        (fixed_point_figure("area_law", size=8), r"area_law.size: unknown key"),
        (
            {"ensembles": {"chain": {"perturbation": [{"L": 3, "W": [4.0], "seeds": "0-9"}]}}},
            r"chain.perturbation\[0\].L: 3 is not a whole number of sites from 4 to 14",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_named_with_its_cure(changes, message):
    with pytest.raises(SettingsError, match=message):
        settings(**changes)


def test_what_is_left_out_is_as_declared():
    plain = Settings({"ensembles": DEFAULT["ensembles"]})
    assert plain.config["limits"]["memory_GB"] == 16
    assert plain.config["figures"]["goihl2018"]["fig5"]["thresholds"] == [0.5, 0.6, 0.7, 0.8]


def test_a_missing_ensemble_is_named_with_the_figure_that_shows_it():
    with pytest.raises(SettingsError, match=r"fig2.ensemble: there is no ensemble 'crossover'"):
        Settings({})


def test_all_faults_are_told_at_once():
    with pytest.raises(SettingsError) as raised:
        settings(**mine(L=2, Delta=[-1.0]), rings={})
    assert len(str(raised.value).splitlines()) == 4


RING, CHAIN, FIXED_POINT = (catalogue()[System][name] for name in ("ring", "chain", "fixed_point"))


def only(ours, system, ensemble="mine"):
    (one,) = ours.ensembles[system][ensemble]
    return one


def test_even_rings_may_stand_in_ones_own_ensembles():
    assert only(settings(**mine(L=8)), "ring").values["L"] == 8


def test_a_size_without_a_block_size_takes_that_of_the_next_larger():
    ours = Settings(DEFAULT | {"ring": {"block_size": {"L=8": 50, "L=9": 50, "L=13": 10}}})
    sizes = {
        L: ours.block_size(key(RING, {"L": L, "Delta": 1.0}, range(1)), "spectrum")
        for L in (8, 9, 12, 13, 15)
    }
    assert sizes == {8: 50, 9: 50, 12: 10, 13: 10, 15: 1}


def test_files_of_an_ensemble_are_those_of_its_blocks():
    ours = settings(**mine(L=13, Delta=[5.0, 7.5], seeds="5-14"), ring={"block_size": {"L=13": 10}})
    lbits = catalogue()[Quantity]["ring/lbits"]
    assert ours.blocks(lbits, ours.ensembles["ring"]["mine"], "sorted") == [
        f"<results>/ring/L=13/Delta={Delta}/seeds={seeds}/lbits-sorted.nc"
        for Delta in ("5.0", "7.5")
        for seeds in ("0000-0009", "0010-0019")
    ]


def test_an_entry_may_name_the_labellings_that_are_computed_of_it():
    ours = settings(**mine(labellings=["sorted", "combined"]))
    lbits = catalogue()[Statistic]["ring/lbits"]
    assert len(ours.members(lbits, "mine", "combined")) == 1
    assert ours.members(lbits, "mine", "overlap") == []


def test_a_bubble_takes_files_by_dimension_and_bandwidth():
    ours = settings(
        **chain(n=4, L=10, W=[4.4], beta=[0.3], seeds="0-199"),
        chain={"block_size": {"dimension=1100": 100}},
    )
    midspectrum = catalogue()[Quantity]["chain/midspectrum"]
    assert ours.blocks(midspectrum, [only(ours, "chain")]) == [
        f"<results>/bubble/n=4,beta=0.3/L=10/W=4.4/seeds={seeds}/midspectrum.nc"
        for seeds in ("0000-0099", "0100-0199")
    ]
    assert only(ours, "chain").shared == "bubble/n=4/L=10"


def test_files_of_the_fixed_point_are_by_quantity_size_and_length():
    ours = settings(
        **fixed_point("stability", L=9, xi=[0.5], seeds="0-3"),
        fixed_point={"block_size": {"stability": {"L=10": 2}}},
    )
    stability, light_cone = (
        catalogue()[Quantity][f"fixed_point/{name}"] for name in ("stability", "light_cone")
    )
    assert ours.blocks(stability, ours.ensembles["fixed_point"]["stability"]) == [
        f"<results>/fixed_point/L=9/xi=0.5/seeds={seeds}/stability.nc"
        for seeds in ("0000-0001", "0002-0003")
    ]
    assert ours.blocks(light_cone, ours.ensembles["fixed_point"]["light_cone"]) == [
        f"<results>/fixed_point/L=8/seeds={seeds}/light_cone.nc"
        for seeds in ("0000-0009", "0010-0019", "0020-0029")
    ]


def test_a_figure_of_several_labellings_is_drawn_from_a_file_of_each():
    ours = settings(figures={"huse2014": {"mean_range": {"labellings": ["overlap", "combined"]}}})
    files = ours.statistics(catalogue()[Figure]["huse2014/mean_range"])
    assert files == {
        "ring/range": [
            f"<results>/ensembles/ring/ranges/range-{name}.nc" for name in ("overlap", "combined")
        ]
    }
