"""Worlds of swingle2013's claims: a fixed point of localisation, and its null models."""

import made_fixed_points as made
import numpy as np
import xarray as xr
from worlds import World

NONE = xr.Dataset()  # a table that a claim does not look at


def worlds(make, true=None, null=None, before=()):
    """Worlds of rows made with one set of changes and with another."""
    return World(
        lambda: (*before, make(**true or {})),
        lambda: (*before, make(**null or {})),
    )


WORLDS = {
    f"swingle2013/{claim}": world
    for claim, world in {
        # Couplings of either sign on site: levels about zero.
        "mean_energy_is_that_of_independent_spins": worlds(made.spectrum, null={"mean": 0.0}),
        # The printed variance, and more.
        "density_of_states_is_gaussian": worlds(made.spectrum, null={"width": 0.5}),
        # A band of levels as wide as they are many.
        "levels_are_exponentially_dense": worlds(made.spectrum, null={"per_site": 0.0}),
        # K couples all sites to all: no distance.
        "commutators_decay_outside_the_cone": worlds(made.light_cone, null={"length": 1e9}),
        # Random states.
        "entropy_obeys_an_area_law": worlds(
            made.area_law, null={"slope": 0.1, "per_site": np.log(2) / 2}
        ),
        # A filter without γ.
        "generator_is_local_but_for_near_levels": worlds(
            made.quasi_adiabatic, null={"error": 0.05}
        ),
        # Energies permuted among the product states.
        "generator_is_k_for_almost_all_states": worlds(made.quasi_adiabatic, null={"clear": 0.03}),
        "near_levels_are_not_connected": worlds(made.quasi_adiabatic, null={"ratio": 1.0}),
        # Matrices of the unitary ensemble at every g, and Poisson's levels at every g.
        "localised_under_weak_perturbation": worlds(made.stability, null={"weak": 0.6}),
        "localised_as_the_chain_grows": worlds(
            made.stability, null={"ratio_rise": 0.1, "entropy_rise": 0.7}
        ),
        "localised_at_a_tenth_of_the_energy": worlds(
            made.stability, null={"ratio_rise": 0.1, "entropy_rise": 0.7}
        ),
        "delocalised_under_strong_perturbation": worlds(
            made.stability, null={"strong": 0.386, "entropy": 0.1}
        ),
        # Two spins.
        "many_spins_do_not_revive": worlds(made.growth, null={"revival": 0.99}, before=(NONE,)),
        # Saturation within the window; a rate that no ξ enters; half of it.
        "entanglement_grows_as_a_logarithm": worlds(made.growth, null={"late": 0.3}),
        "slope_is_linear_in_length": worlds(made.growth, null={"rate": 0.0, "offset": 0.7}),
        "slope_is_entropy_times_length": worlds(made.growth, {"rate": 1.0}, {"rate": 0.5}),
        # Interactions of every range.
        "entropy_recurs_at_finite_range": worlds(
            made.finite_range, null={"least": (0.9, 0.9, 0.9)}
        ),
        # Energy and entanglement that spread over the chain with time.
        "energy_is_not_transported": worlds(made.transport, null={"fall": 0.1, "rise": 0.1}),
        "entanglement_does_not_spread": worlds(made.transport, null={"fall": 0.1, "rise": 0.1}),
        # Adiabatic evolution; and the eigenstates of another matrix.
        "states_shoot_through_crossings": worlds(
            made.crossings, null={"largest": 0.95, "same": 0.9}
        ),
        "evolved_states_are_eigenstates": worlds(made.crossings, null={"largest": 0.1}),
    }.items()
}
