"""Rows and means of the fixed-point model from made-up and from computed realisations."""

import dense
import numpy as np
import pytest
import xarray as xr

from mbl.catalogue import catalogue
from mbl.dynamics.diagonal import diagonal_entropy, product_state
from mbl.ensembles import fixed_point, fixed_point_growth, fixed_point_perturbed
from mbl.ensembles.fixed_point import (
    BINS,
    area_law_means,
    light_cone_means,
    quasi_adiabatic_means,
    spectrum_means,
)
from mbl.ensembles.fixed_point_growth import finite_range_means, growth_means, two_spins
from mbl.ensembles.fixed_point_perturbed import (
    crossings_means,
    stability_means,
    transport_means,
)
from mbl.ensembles.rows import in_table
from mbl.models.fixed_point import couplings, diagonal_energies

SEEDS = np.arange(4)


def table(name, keys, **options):
    """Rows of a statistic over keys, as its declaration has them."""
    rooms = fixed_point, fixed_point_growth, fixed_point_perturbed
    (statistic,) = (getattr(room, name) for room in rooms if hasattr(room, name))
    parts = [
        statistic(key, **options).assign_coords(
            L=key["L"].item(), xi=key["xi"].item() if "xi" in key else np.nan
        )
        for key in keys
    ]
    rows = in_table(parts)
    contents = catalogue().contract(f"ensembles/fixed_point/{name}").contents
    assert set(rows.variables) == set(contents)
    for variable, declared in contents.items():
        assert rows[variable].dims == declared.dims, variable
        assert rows[variable].dtype.kind == declared.dtype, variable
        rows[variable].attrs = {"units": declared.units, "long_name": declared.long_name}
    return rows


def explained(found):
    """Means whose every variable has a unit and a meaning."""
    for name, variable in found.variables.items():
        assert set(variable.attrs) == {"units", "long_name"}, name
    return found


def spectra(L, xi):
    energies = [diagonal_energies(couplings(L, seed, xi, 0.5)) for seed in SEEDS]
    return xr.Dataset(
        {"energy": (("seed", "product_state"), np.array(energies))},
        {"L": L, "xi": xi, "seed": SEEDS, "product_state": np.arange(2**L)},
    )


def test_density_of_states_is_a_share_of_all_levels_beside_its_formulas():
    keys = [spectra(L, xi) for L in (6, 8) for xi in (0.0, 1.0)]
    found = explained(spectrum_means(table("spectrum", keys, order_decay=0.5)))
    assert found.sizes == {"key": 4, "bin": BINS}
    width = found["energy"].diff("bin").isel(bin=0)
    np.testing.assert_allclose((found["density"].sum("bin") * width), 1, atol=0.02)
    np.testing.assert_allclose((found["gaussian"].sum("bin") * width), 1, atol=1e-3)
    onsite = found["xi"].values == 0
    assert np.isfinite(found["formula"].values[onsite]).all()
    assert np.isnan(found["printed"].values[~onsite]).all()
    np.testing.assert_allclose(found["expected_mean"], [1.5, 1.5, 2, 2])
    assert found["expected_variance"].values[onsite] == pytest.approx([5 / 8, 5 / 6])
    # The Gaussian's middle half spans 1.349 σ and holds 2^(L−1) levels.
    assert found["scaled_spacing"].values == pytest.approx(np.full(4, 2.7), abs=0.5)


def test_decay_length_and_tightness_of_a_light_cone():
    distance, time = np.arange(5), np.array([0.5, 1.0])
    length = np.array([1.0, 1.5])[None, :, None] + 0.1 * SEEDS[:, None, None]
    norm = np.exp(-distance / length)
    dims = ("seed", "fictitious_time", "distance")
    key = xr.Dataset(
        {
            "commutator": (dims, norm),
            "commutator_bound": (dims, 2 * norm * (1 + SEEDS[:, None, None])),
            "exponential_bound": (dims[1:], np.ones((2, 5))),
        },
        {"L": 5, "seed": SEEDS, "fictitious_time": time, "distance": distance},
    )
    found = explained(light_cone_means(table("light_cone", [key, key.assign_coords(L=6)])))
    assert "xi" not in found.coords
    np.testing.assert_allclose(found["decay_length"], [[1.15, 1.65]] * 2)
    np.testing.assert_allclose(found["tightness"], 0.5)
    np.testing.assert_allclose(found["largest"].isel(key=0), norm.max(axis=0))


def test_slope_of_block_entropies_is_that_up_to_half_the_chain():
    L, dims = 8, ("seed", "eigenstate", "ends", "length")
    length = np.arange(1, L)
    entropy = np.full((4, 2, 2, L - 1), 0.3)
    entropy[:, :, 1] += 0.01 * length * (1 + SEEDS[:, None, None])
    entropy[:, 1] += 0.1
    entropy[..., 0] = entropy[..., 4:] = 7  # a single site, and more than half the chain
    key = xr.Dataset(
        {"block_entropy": (dims, entropy), "block_bound": (("seed", *dims[2:]), entropy[:, 1] * 2)},
        {"L": L, "seed": SEEDS, "eigenstate": [0, 1], "ends": [1, 2], "length": length},
    )
    short = key.isel(length=[0, 1]).assign_coords(L=3)
    found = explained(area_law_means(table("area_law", [key, short])))
    np.testing.assert_allclose(found["slope"].isel(key=0), [0, 0.025], atol=1e-14)
    assert np.isnan(found["slope"].isel(key=1)).all()  # one length alone
    np.testing.assert_allclose(found["tightness"].isel(key=0), 0.5)
    np.testing.assert_allclose(found["entropy"].isel(key=0, ends=0)[1:4], 0.35)
    np.testing.assert_allclose(found["largest"].isel(key=0, ends=0)[1:4], 0.4)


def growth(L, xi, scale):
    """Entropies s (scale ξ ln t + seed/100), capped; a purity that dips and comes back."""
    time, down = np.geomspace(1, 1e8, 33), np.array([0.1, 0.5])
    cap = np.array([float(diagonal_entropy(product_state(L, p), L // 2)) for p in down])
    s = cap / (L // 2)
    line = scale * xi * np.log(time) + 0.01 * SEEDS[:, None]
    entropy = np.minimum(s[None, :, None] * line[:, None, :], cap[:, None])
    purity = np.broadcast_to(
        np.where(time > 1e6, 0.8, np.where(time > 10, 0.5, 1.0)), entropy.shape
    )
    dims = ("seed", "down", "time")
    return xr.Dataset(
        {
            "entropy": (dims, entropy),
            "entropy_bound": (dims, np.broadcast_to(2 * cap[:, None], entropy.shape)),
            "diagonal_entropy": ("down", cap),
            "purity": (dims, purity),
        },
        {"L": L, "xi": xi, "seed": SEEDS, "down": down, "time": time},
    )


def means_of_growth(keys):
    return growth_means(table("growth", keys, window=[0.2, 0.65], late=1e3))


def test_rates_over_the_entropy_per_spin_lie_on_a_line_in_xi():
    keys = [growth(8, xi, 0.75) for xi in (0.5, 1.0, 2.0)] + [growth(4, 1.0, 0.5)]
    found = explained(means_of_growth(keys))
    of_size = found.sel(size=8)
    np.testing.assert_allclose(of_size["prefactor"], 0.75, atol=1e-12)
    np.testing.assert_allclose(found["tightness"], 0.5)
    np.testing.assert_allclose(found["revival"], 0.8)
    row = found.isel(key=1).sel(down=0.5)
    for name in ("rate", "early_rate", "late_rate"):
        assert float(row[name]) == pytest.approx(0.75 * np.log(2))


def test_a_rate_whose_window_is_not_crossed_is_missing_and_so_is_its_line():
    keys = [growth(8, xi, 0.05) for xi in (0.5, 1.0)]
    found = means_of_growth(keys)
    for name in ("rate", "prefactor"):
        assert np.isnan(found[name]).all(), name


def test_lines_are_over_realisations_that_are_followed_through_all_lengths():
    keys = [growth(8, 0.5, 0.75), growth(8, 1.0, 0.75).isel(seed=[0, 1, 2])]
    keys[1]["entropy"] = keys[1]["entropy"] * (1 + 0.1 * keys[1]["seed"])
    rows = table("growth", keys, window=[0.1, 0.5], late=1e3)
    assert np.isnan(rows["rate"].sel(seed=3).isel(key=1)).all()
    both = growth_means(rows)
    fewer = growth_means(
        table("growth", [k.sel(seed=[0, 1, 2]) for k in keys], window=[0.1, 0.5], late=1e3)
    )
    assert both["realisations"].values.tolist() == [4, 3]
    assert float(both["prefactor_error"].max()) > 0.01
    for name in ("prefactor", "prefactor_error"):
        np.testing.assert_allclose(both[name], fewer[name], rtol=1e-12)


def test_rates_of_the_two_halves_of_the_window():
    bent = growth(8, 1.0, 0.5)
    cap = bent["diagonal_entropy"]
    middle = 0.425 * cap
    rising = bent["entropy"]
    bent["entropy"] = xr.where(rising > middle, middle + 0.5 * (rising - middle), rising)
    rows = table("growth", [bent], window=[0.2, 0.65], late=1e3)
    ratio = (rows["late_rate"] / rows["early_rate"]).values
    np.testing.assert_allclose(ratio, 0.5, atol=0.05)
    between = (rows["rate"] < rows["early_rate"]) & (rows["rate"] > rows["late_rate"])
    assert between.all()


def test_recurrences_are_late_and_relative_to_the_largest_entropy():
    time, dims = np.arange(1.0, 9.0), ("seed", "range", "range_time")
    entropy = np.array([[0, 0.5, 1, 0.8, 0.5, 0.2, 0.4, 0.6], [1, 2, 2, 2, 2, 2, 1.5, 2]])
    both = np.stack([entropy, 0.5 * entropy])
    key = xr.Dataset(
        {"range_entropy": (dims, both), "range_cap": ("range", [1.0, 2.0])},
        {"L": 8, "xi": 1.0, "seed": [0, 1], "range": [1, 2], "range_time": time},
    )
    rows = table("finite_range", [key])
    np.testing.assert_allclose(rows["least"], [[[0.2, 0.75], [0.2, 0.75]]])
    np.testing.assert_allclose(rows["tightness"], [[[1.0, 1.0], [0.5, 0.5]]])
    found = explained(finite_range_means(rows))
    np.testing.assert_array_equal(found["example"], entropy[None])
    np.testing.assert_allclose(found["entropy"], 0.75 * entropy[None])


def test_shares_of_connected_pairs():
    near = np.array([[0.0, 10.0], [4.0, 20.0]])
    key = xr.Dataset(
        {
            "near_pairs": (("seed", "gap"), near),
            "connected_pairs": (("seed", "gap"), np.array([[0.0, 1.0], [1.0, 6.0]])),
            "all_connected": ("seed", [14.0, 14.0]),
            "clear_states": (("seed", "gap"), np.array([[1.0, 0.5], [1.0, 0.7]])),
            "generator_error": (("seed", "gap"), np.array([[0.0, 0.5], [0.1, 0.7]])),
        },
        {"L": 3, "xi": 1.0, "seed": [0, 1], "gap": [0.1, 1.0]},
    )
    found = explained(quasi_adiabatic_means(table("quasi_adiabatic", [key])))
    np.testing.assert_allclose(found["connected"], [[0.125, 0.2]])
    np.testing.assert_allclose(found["all_connected"], [0.5])


def test_changes_far_away_are_moduli_and_the_largest_of_any_state_meets_the_bound():
    dims = ("seed", "quenched_state", "quench_time", "distance")
    change = np.zeros((2, 2, 2, 3))
    change[0, 0, :, 1] = [-0.2, 0.1]
    change[0, 1, :, 1] = [0.4, 0.3]
    change[1, :, :, 2] = -0.1
    change[..., 0] = 9  # the whole chain: the bound says nothing of it
    key = xr.Dataset(
        {
            "flip": (("seed", "quenched_state", "distance"), np.abs(change[:, :, 0])),
            "energy_change": (dims, change),
            "entropy_change": (dims, 2 * change),
            **{
                f"{name}_bound": (("seed", "distance"), np.array([[1, 0.8, 0.5]] * 2))
                for name in ("flip", "energy_change", "entropy_change")
            },
        },
        {"L": 3, "xi": 1.0, "seed": [0, 1], "quenched_state": [0, 1]}
        | {"quench_time": [1.0, 2.0], "distance": [0, 1, 2]},
    )
    rows = table("transport", [key])
    np.testing.assert_allclose(rows["energy"][0, 0], [[9, 0.3, 0], [9, 0.2, 0]])
    np.testing.assert_allclose(rows["entropy"][0, 1], [[18, 0, 0.2], [18, 0, 0.2]])
    np.testing.assert_allclose(rows["flip"][0], [[9, 0.3, 0], [9, 0, 0.1]])
    np.testing.assert_allclose(rows["energy_tightness"], [[0.5, 0.2]])
    np.testing.assert_allclose(rows["entropy_tightness"], [[1.0, 0.4]])
    np.testing.assert_allclose(rows["flip_tightness"], [[0.5, 0.2]])
    found = explained(transport_means(rows))
    np.testing.assert_allclose(found["largest_energy"], [[9, 0.15, 0.05]])
    assert "energy_tightness" not in found


def test_overlaps_of_evolved_eigenstates_are_means():
    g = np.array([0.0, 0.1])
    key = xr.Dataset(
        {
            "crossing_share": ("seed", [0.2, 0.4]),
            "moved": ("seed", [1e-15, 2e-15]),
            "largest_overlap": (("seed", "weak_g"), [[1.0, 0.8], [1.0, 0.6]]),
            "overlap_in_order": (("seed", "weak_g"), [[0.1, 0.1], [0.3, 0.3]]),
        },
        {"L": 4, "xi": 1.0, "seed": [0, 1], "weak_g": g},
    )
    found = explained(crossings_means(table("crossings", [key])))
    np.testing.assert_allclose(found["largest_overlap"], [[1.0, 0.7]])
    np.testing.assert_allclose(found["overlap_in_order"], [[0.2, 0.2]])
    np.testing.assert_allclose(found["crossing_share"], [0.3])


def test_gap_ratios_are_of_each_strength():
    energy = np.zeros((2, 2, 4))
    energy[:, 0] = [0, 1, 2, 3]
    energy[:, 1] = [0, 1, 3, 4]
    key = xr.Dataset(
        {
            "level_energy": (("seed", "g", "level"), energy),
            "level_entropy": (("seed", "g", "level"), energy),
            "spectrum_error": ("seed", [1e-15, 3e-15]),
        },
        {"L": 4, "xi": 1.0, "seed": [0, 1], "g": [0.0, 1.0], "level": np.arange(4)},
    )
    found = explained(stability_means(table("stability", [key])))
    np.testing.assert_allclose(found["gap_ratio"], [[1.0, 0.5]])
    np.testing.assert_allclose(found["entropy"], [[1.5, 2.0]])
    assert float(found["spectrum_error"][0]) == 3e-15


def test_random_entropy_is_that_of_random_states():
    rng = np.random.default_rng(0)
    entropies = []
    for _ in range(400):
        psi = rng.normal(size=32) + 1j * rng.normal(size=32)
        rho = dense.partial_trace(np.outer(psi, psi.conj()) / np.vdot(psi, psi).real, range(2))
        p = np.linalg.eigvalsh(rho)
        entropies.append(-(p * np.log(p)).sum())
    key = xr.Dataset(
        {
            "level_energy": (("seed", "g", "level"), [[[0.0, 1.0, 3.0]]]),
            "level_entropy": (("seed", "g", "level"), [[[0.0, 1.0, 3.0]]]),
            "spectrum_error": ("seed", [0.0]),
        },
        {"L": 5, "xi": 1.0, "seed": [0], "g": [0.0], "level": np.arange(3)},
    )
    expected = float(stability_means(table("stability", [key]))["random_entropy"][0])
    assert np.mean(entropies) == pytest.approx(expected, abs=0.01)


def test_two_spins_by_formula_and_by_evolution():
    found = two_spins(J1=0.9, J2=0.4, J12=0.1, periods=2, points=8)
    contents = catalogue().contract("ensembles/fixed_point/two_spins").contents
    assert set(found.variables) == set(contents)
    for name in ("purity", "entropy"):
        np.testing.assert_allclose(found[name], found[f"{name}_exact"], atol=1e-7)
    at_pi = found.sel(phase=[np.pi, 3 * np.pi])
    np.testing.assert_allclose(at_pi["purity"], 0.5, atol=1e-14)
    np.testing.assert_allclose(at_pi["entropy"], np.log(2), atol=1e-14)
