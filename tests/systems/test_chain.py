"""One chain at a time: the numbers of a notebook are those of the workflow and of dense algebra."""

import numpy as np
import pytest

from mbl.disorder import bubble_draws, site_fields, site_fields_beside_bubble
from mbl.registry import DECLARED, Quantity
from mbl.settings.chain import chain_directory, dimension
from mbl.systems import chain as module
from mbl.systems.chain import TUNED, Chain, disorder, fields, midspectrum
from mbl.systems.chain_perturbation import perturbation

OPTIONS = {"states": 10, "solver": "factorised", "certify_every": 2}
QUANTITIES = [
    one
    for one in DECLARED
    if isinstance(one, Quantity) and one.function.startswith(f"{module.__name__}:")
]
CHAINS = [(5, 0), (6, 0), (5, 3), (6, 3)]


def dense(chain):
    """Eigenpairs nearest the centre of the spectrum, from all of them."""
    energies, vectors = np.linalg.eigh(chain.hamiltonian().toarray())
    centre = 0.5 * (energies[0] + energies[-1])
    nearest = np.sort(np.argsort(np.abs(energies - centre))[:10])
    up = 0.5 - ((chain.basis[:, None] >> np.arange(chain.L)[::-1]) & 1)
    weight = np.square(vectors[:, nearest]).reshape(len(chain.basis), -1, 10).sum(axis=1)
    return energies[nearest], weight.T @ up


@pytest.mark.parametrize(("L", "bubble"), CHAINS)
def test_the_window_is_the_centre_of_the_whole_spectrum(L, bubble):
    chain = Chain(L, 4.0, seed=3, bubble=bubble)
    window = chain.window(10)
    energies, sz = dense(chain)
    np.testing.assert_allclose(window.energies, energies, rtol=0, atol=1e-12)
    np.testing.assert_allclose(window.sz, sz, rtol=0, atol=1e-9)
    np.testing.assert_allclose(window.purities, 2 * sz**2 + 0.5, rtol=0, atol=1e-9)
    gaps = np.diff(energies)
    ratios = np.minimum(gaps[1:], gaps[:-1]) / np.maximum(gaps[1:], gaps[:-1])
    np.testing.assert_allclose(window.gap_ratios, ratios, rtol=1e-8)
    assert window.counted == 10


@pytest.mark.parametrize(("L", "bubble"), [(12, 0), (10, 4), (9, 8)])
@pytest.mark.parametrize("solver", ["factorised", "filtered"])
def test_large_sectors_are_solved_at_their_centre_alone(L, bubble, solver):
    chain = Chain(L, 6.0, seed=1, bubble=bubble)
    assert len(chain.basis) * max(bubble, 1) > 900
    window = chain.window(10, solver)
    energies, sz = dense(chain)
    np.testing.assert_allclose(window.energies, energies, rtol=0, atol=1e-8)
    np.testing.assert_allclose(window.sz, sz, rtol=0, atol=1e-5)
    assert window.counted == (10 if solver == "factorised" else None)


def test_disorder_is_drawn_from_the_seed():
    chain = Chain(6, 4.0, seed=7, bubble=3)
    np.testing.assert_array_equal(chain.fields, site_fields_beside_bubble(6, 7))
    np.testing.assert_array_equal(Chain(6, 4.0, seed=7).fields, site_fields(6, 7))
    draws = bubble_draws(3, 7)
    np.testing.assert_array_equal(chain.matrices, 0.5 * (draws + draws.swapaxes(1, 2)))
    assert chain.beta == TUNED["n=3"]
    assert Chain(6, 4.0, seed=7, bubble=3, beta=0.2).beta == 0.2


def test_own_disorder_and_strengths_take_their_place():
    h, R = np.linspace(-1, 1, 6), np.array([np.eye(3), 2 * np.eye(3), 0 * np.eye(3)])
    chain = Chain(6, 4.0, bubble=3, beta=0.5, coupling=0.0, fields=h, matrices=R)
    alone = Chain(6, 4.0, fields=list(h))
    together = np.linalg.eigvalsh(chain.hamiltonian().toarray())
    levels = np.linalg.eigvalsh(alone.hamiltonian().toarray())
    np.testing.assert_allclose(together, np.repeat(levels, 3) + 0.5, rtol=0, atol=1e-12)
    ising = Chain(6, 4.0, fields=h, anisotropy=2.0).hamiltonian().diagonal()
    twice = Chain(6, 4.0, fields=h, anisotropy=1.0).hamiltonian().diagonal()
    assert not np.allclose(ising, twice)


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        ({"bubble": 7}, "no bandwidth is tuned for n_GOE = 7; give beta"),
        ({"fields": [0.1, 0.2]}, r"fields have the shape \(2,\); give \(6,\)"),
        ({"bubble": 3, "matrices": np.eye(3)}, r"matrices .*; give \(3, 3, 3\)"),
    ],
)
def test_what_makes_no_chain_is_refused(faulty, message):
    with pytest.raises(ValueError, match=message):
        Chain(6, 4.0, **faulty)


def test_an_unknown_solver_is_refused():
    with pytest.raises(ValueError, match="there is no solver 'lucky'; take 'factorised'"):
        Chain(6, 4.0).window(10, "lucky")


def realisation(quantity, *, L=6, bubble=0, seed=4, workspace=None):
    """As the workflow makes it: on drawn disorder, and with the options that are declared."""
    key = {"L": L} if quantity.shared else {"L": L, "W": 4.0}
    if bubble:
        key |= {"n": bubble} | ({} if quantity.shared else {"beta": 0.3})
    given = {}
    if quantity.needs:
        drawn = disorder if bubble else fields
        own = {name: key[name] for name in ("L", "n") if name in key}
        given = {drawn.__name__: drawn(Chain.of(own, seed, {}, {}))}
    uses = dict.fromkeys(quantity.uses, 0.9)
    return Chain.of(key, seed, given, {"threads": 1} if workspace is None else workspace, **uses)


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda quantity: quantity.name)
def test_a_quantity_returns_what_it_declares(quantity):
    for L in (5, 6):
        for kind in quantity.patterns or ("chain", "bubble"):
            chain = realisation(quantity, L=L, bubble=0 if kind == "chain" else 3)
            options = {name: OPTIONS[name] for name in quantity.options}
            row = getattr(module, quantity.function.partition(":")[2])(chain, **options)
            counted = {name for name, one in quantity.contents.items() if one.dims == (name,)}
            assert quantity.contents.keys() - counted <= row.keys() <= quantity.contents.keys()
            sizes = {}
            for name, values in row.items():
                variable = quantity.contents[name]
                assert np.asarray(values).dtype.kind == variable.dtype
                assert np.ndim(values) == len(variable.dims)
                for dim, size in zip(variable.dims, np.shape(values), strict=True):
                    assert sizes.setdefault(dim, size) == size
            assert sizes["site"] == L


def test_the_workflow_computes_what_a_notebook_does():
    (quantity,) = (one for one in QUANTITIES if one.name == "chain/midspectrum")
    for L, bubble in CHAINS:
        beta = 0.3 if bubble else None
        own = Chain(L, 4.0, 4, bubble, beta, coupling=0.9, anisotropy=0.9)
        window = own.window(10)
        row = midspectrum(realisation(quantity, L=L, bubble=bubble), **OPTIONS)
        for name, expected in (
            ("energy", window.energies),
            ("sz", window.sz),
            ("residual", window.residuals),
            ("shift", window.shift),
            ("counted", 10),
        ):
            np.testing.assert_array_equal(row[name], expected)


def test_disorder_that_is_given_is_used_and_not_drawn_again():
    h = np.linspace(-1, 1, 6)
    alone = Chain.of({"L": 6, "W": 4.0}, 0, {"fields": {"h": h}}, {})
    np.testing.assert_array_equal(alone.fields, h)
    R = np.ones((3, 2, 2))
    key = {"L": 6, "W": 4.0, "n": 2, "beta": 0.7}  # a bubble for which no bandwidth is tuned
    bubble = Chain.of(key, 0, {"disorder": {"h": h, "R": R}}, {})
    np.testing.assert_array_equal(bubble.fields, h)
    np.testing.assert_array_equal(bubble.matrices, R)
    assert bubble.beta == 0.7


def test_windows_are_certified_at_every_so_many_seeds():
    for seed, counted in ((3, -1), (4, 10)):
        (quantity,) = (one for one in QUANTITIES if one.name == "chain/midspectrum")
        chain = realisation(quantity, L=12, seed=seed)
        assert midspectrum(chain, **OPTIONS)["counted"] == counted
    filtered = OPTIONS | {"solver": "filtered"}
    assert midspectrum(realisation(quantity, L=12), **filtered)["counted"] == -1


def test_one_analysis_serves_a_block():
    (quantity,) = (one for one in QUANTITIES if one.name == "chain/midspectrum")
    workspace = {"threads": 1}
    rows = []
    for seed in (0, 1):
        chain = realisation(quantity, L=12, seed=seed, workspace=workspace)
        rows.append(midspectrum(chain, **OPTIONS))
    assert len(workspace) == 2  # the threads and one operator
    alone = midspectrum(realisation(quantity, L=12, seed=1), **OPTIONS)
    np.testing.assert_allclose(rows[1]["energy"], alone["energy"], rtol=0, atol=1e-10)


def test_perturbation_theory_is_close_at_strong_disorder():
    row = perturbation(Chain(6, 1000.0, seed=2))
    np.testing.assert_allclose(row["perturbative"], row["exact"], rtol=0, atol=1e-3)
    np.testing.assert_array_equal(row["configuration"], Chain(6, 1.0).basis)


@pytest.mark.parametrize(
    ("key", "directory"),
    [
        ({"L": 12, "W": 4.4}, "chain/L=12/W=4.4"),
        ({"L": 12}, "chain/L=12"),
        ({"n": 4, "L": 12, "W": 6.0}, "bubble/n=4/L=12/W=6.0"),
        ({"n": 4, "L": 12, "W": 6.0, "beta": 0.3}, "bubble/n=4,beta=0.3/L=12/W=6.0"),
        ({"n": 4, "L": 12}, "bubble/n=4/L=12"),
    ],
)
def test_directories_tell_the_key(key, directory):
    assert chain_directory(**key) == directory


def test_blocks_are_by_dimension():
    assert (dimension(L=6), dimension(L=5, n=4)) == (20, 40)
