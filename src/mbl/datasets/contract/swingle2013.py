"""Kinds of files of the fixed-point model (swingle2013)."""

from collections.abc import Mapping

from mbl.datasets.contract.kinds import SEED, SIZE, Kind, Variable, coordinate, statistics
from mbl.papers import PAPERS

SWINGLE = PAPERS["swingle2013"].citation
XI = {"xi": Variable((), "f", "1", "localization length ξ in sites; 0: on-site energies alone")}
PRODUCT = coordinate("product_state", "i", "1", "product state, site 0 its most significant bit")
FICTITIOUS = coordinate("fictitious_time", "f", "1", "time of the evolution under K; 1 gives U")
DISTANCE = coordinate("distance", "i", "1", "distance from the first site")
EIGENSTATE = coordinate("eigenstate", "i", "1", "number of the eigenstate U|n⟩")
ENDS = coordinate("ends", "i", "1", "ends of the block inside the chain")
LENGTH = coordinate("length", "i", "1", "number of sites of the block")
DOWN = coordinate("down", "f", "1", "probability of a spin being down in the initial product state")
TIME = coordinate("time", "f", "1/J0", "time, evenly spaced in its logarithm")
GAMMA = coordinate("gap", "f", "J0", "γ, below which levels count as near")
G = coordinate("g", "f", "J0", "strength g of the perturbation")
LEVEL = coordinate("level", "i", "1", "level of the middle of the spectrum, ascending")

ROW_L = {"L": Variable(("key",), "i", "1", "number of sites")}
ROW = ROW_L | {"xi": Variable(("key",), "f", "1", XI["xi"].long_name)}
COUNT = {"realisations": Variable(("key",), "i", "1", "number of disorder realisations")}


def row(units: str, long_name: str, *dims: str) -> Variable:
    """Quantity of each key."""
    return Variable(("key", *dims), "f", units, long_name, may_miss=True)


BLOCKS: Mapping[str, Kind] = {
    "fixed_point_spectrum": Kind(
        "Energies of the fixed-point Hamiltonian in all product states",
        f"{SWINGLE}, eq. 2.1",
        {"energy": Variable(("seed", "product_state"), "f", "J0", "energy of H₀, and of H")},
        SIZE | XI | SEED | PRODUCT,
    ),
    "fixed_point_light_cone": Kind(
        "Light cone of the local unitary",
        f"{SWINGLE}, eqs. 2.2 and 2.4",
        {
            "commutator": Variable(
                ("seed", "fictitious_time", "distance"), "f", "1", "‖[A(t), B]‖, A = Z₀, B = Z_d"
            ),
            "commutator_bound": Variable(
                ("seed", "fictitious_time", "distance"), "f", "1", "bound of ‖[A(t), B]‖"
            ),
            "exponential_bound": Variable(
                ("fictitious_time", "distance"), "f", "1", "bound 2 e^(−(d − v t)/ξ) of eq. 2.4"
            ),
        },
        SIZE | SEED | FICTITIOUS | DISTANCE,
    ),
    "fixed_point_area_law": Kind(
        "Entanglement of blocks in eigenstates U|n⟩",
        f"{SWINGLE}, section III A",
        {
            "block_entropy": Variable(
                ("seed", "eigenstate", "ends", "length"),
                "f",
                "1",
                "entropy of the block, in nats",
                may_miss=True,
            ),
            "block_bound": Variable(
                ("seed", "ends", "length"), "f", "1", "bound of eq. 3.7, in nats", may_miss=True
            ),
        },
        SIZE | SEED | EIGENSTATE | ENDS | LENGTH,
    ),
    "fixed_point_growth": Kind(
        "Growth of entanglement and dephasing of one spin from a product state",
        f"{SWINGLE}, sections III B and C",
        {
            "entropy": Variable(
                ("seed", "down", "time"), "f", "1", "entropy of the half chain, in nats"
            ),
            "entropy_bound": Variable(("seed", "down", "time"), "f", "1", "bound of it, in nats"),
            "diagonal_entropy": Variable(
                ("down",), "f", "1", "entropy once Z is measured (eq. 3.15), in nats"
            ),
            "purity": Variable(
                ("seed", "down", "time"), "f", "1", "purity Tr ρ² of the middle spin"
            ),
        },
        SIZE | XI | SEED | DOWN | TIME,
    ),
    "fixed_point_quasi_adiabatic": Kind(
        "Near levels, those that K connects, and the quasi-adiabatic generator",
        f"{SWINGLE}, eqs. 4.29–4.31",
        {
            "near_pairs": Variable(("seed", "gap"), "f", "1", "pairs of levels closer than γ"),
            "connected_pairs": Variable(
                ("seed", "gap"), "f", "1", "pairs of levels closer than γ that K connects"
            ),
            "all_connected": Variable(("seed",), "f", "1", "all pairs that K connects"),
            "clear_states": Variable(
                ("seed", "gap"), "f", "1", "share of states that K connects to none within γ"
            ),
            "generator_error": Variable(("seed", "gap"), "f", "1", "‖U†JU − K‖ / ‖K‖"),
        },
        SIZE | XI | SEED | GAMMA,
    ),
    "fixed_point_stability": Kind(
        "Eigenstates of H + gV in the middle of the spectrum",
        f"{SWINGLE}, section IV",
        {
            "level_energy": Variable(("seed", "g", "level"), "f", "J0", "energy"),
            "level_entropy": Variable(
                ("seed", "g", "level"), "f", "1", "entropy of the half chain, in nats"
            ),
            "spectrum_error": Variable(
                ("seed",), "f", "J0", "largest difference of the levels of H and H₀"
            ),
        },
        SIZE | XI | SEED | G | LEVEL,
    ),
}

STATISTICS: Mapping[str, Kind] = {
    "fixed_point_spectrum_statistics": Kind(
        "Density of states and level spacings of the fixed-point model",
        f"{SWINGLE}, eqs. 2.5–2.8",
        statistics("density", ("key", "bin"), "1/J0", "density of states, as a share of 2^L")
        | {
            "energy": row("J0", "energy at the centre of the bin", "bin"),
            "formula": row("1/J0", "eq. 2.8 with variance 1/12 of a spin, on-site alone", "bin"),
            "printed": row("1/J0", "eq. 2.8 with variance 1/4 as printed, on-site alone", "bin"),
            "gaussian": row("1/J0", "Gaussian of the exact mean and variance", "bin"),
            "expected_mean": row("J0", "exact mean of the energy"),
            "expected_variance": row("J0^2", "exact variance of the energy over disorder too"),
        }
        | statistics("mean_energy", ("key",), "J0", "mean energy of a realisation")
        | statistics("spread", ("key",), "J0^2", "mean square distance from the exact mean energy")
        | statistics("spacing", ("key",), "J0", "level spacing of the middle half")
        | statistics("typical_spacing", ("key",), "J0", "typical spacing e^⟨ln δ⟩")
        | statistics("spacing_ratio", ("key",), "1", "typical spacing over mean spacing")
        | statistics("scaled_spacing", ("key",), "1", "δ 2^L over the spread of the levels")
        | COUNT,
        ROW | coordinate("bin", "i", "1", "bin of the density of states"),
    ),
    "fixed_point_light_cone_statistics": Kind(
        "Light cone of the local unitary over realisations",
        f"{SWINGLE}, eq. 2.4",
        statistics("norm", ("key", "fictitious_time", "distance"), "1", "‖[A(t), B]‖")
        | statistics("bound", ("key", "fictitious_time", "distance"), "1", "bound of ‖[A(t), B]‖")
        | statistics(
            "decay_length", ("key", "fictitious_time"), "1", "decay length of ‖[A(t), B]‖ in sites"
        )
        | {
            "exponential_bound": row(
                "1", "bound 2 e^(−(d − v t)/ξ) of eq. 2.4", "fictitious_time", "distance"
            ),
            "largest": row("1", "largest ‖[A(t), B]‖", "fictitious_time", "distance"),
            "tightness": row("1", "largest ‖[A(t), B]‖ over its bound", "fictitious_time"),
        }
        | COUNT,
        ROW_L | FICTITIOUS | DISTANCE,
    ),
    "fixed_point_area_law_statistics": Kind(
        "Entanglement of blocks in eigenstates over realisations",
        f"{SWINGLE}, section III A",
        statistics("entropy", ("key", "ends", "length"), "1", "entropy of the block, in nats")
        | statistics("bound", ("key", "ends", "length"), "1", "bound of eq. 3.7, in nats")
        | statistics(
            "slope", ("key", "ends"), "1", "entropy per further site of the block, in nats"
        )
        | {
            "largest": row("1", "largest entropy of the block, in nats", "ends", "length"),
            "tightness": row("1", "largest entropy over its bound", "ends"),
        }
        | COUNT,
        ROW_L | ENDS | LENGTH,
    ),
    "fixed_point_growth_statistics": Kind(
        "Growth of entanglement and dephasing of one spin over realisations",
        f"{SWINGLE}, eqs. 3.12–3.21",
        statistics("entropy", ("key", "down", "time"), "1", "entropy of the half chain, in nats")
        | statistics("bound", ("key", "down", "time"), "1", "bound of the entropy, in nats")
        | statistics("rate", ("key", "down"), "1", "dS/d ln t in nats")
        | statistics("purity", ("key", "down", "time"), "1", "purity of the middle spin")
        | statistics("revival", ("key", "down"), "1", "largest late purity of the middle spin")
        | {
            "diagonal_entropy": row("1", "entropy once Z is measured (eq. 3.15)", "down"),
            "site_entropy": row("1", "s, entropy per spin once Z is measured", "down"),
            "tightness": row("1", "largest entropy over its bound", "down"),
        }
        | {
            f"{name}{error}": Variable(("size", "down"), "f", "1", said + long_name, may_miss=True)
            for name, long_name in (
                ("prefactor", "dS/d ln t over s ξ, fitted through the origin"),
                ("linear_prefactor", "slope of dS/d ln t against s ξ"),
                ("intercept", "dS/d ln t extrapolated to ξ = 0, over s"),
            )
            for error, said in (("", "mean "), ("_error", "standard error over realisations of "))
        }
        | COUNT,
        ROW | DOWN | TIME | coordinate("size", "i", "1", "L of the lines through all ξ"),
    ),
    "fixed_point_quasi_adiabatic_statistics": Kind(
        "Near levels that K connects, and the quasi-adiabatic generator, over realisations",
        f"{SWINGLE}, eq. 4.31",
        statistics("connected", ("key", "gap"), "1", "share of pairs within γ that K connects")
        | statistics("clear_states", ("key", "gap"), "1", "share of states K connects to none near")
        | statistics("generator_error", ("key", "gap"), "1", "‖U†JU − K‖ / ‖K‖")
        | {"all_connected": row("1", "share of all pairs that K connects")}
        | COUNT,
        ROW | GAMMA,
    ),
    "fixed_point_stability_statistics": Kind(
        "Gap ratios and entanglement of eigenstates of H + gV over realisations",
        f"{SWINGLE}, section IV",
        statistics("gap_ratio", ("key", "g"), "1", "ratio of adjacent gaps")
        | statistics("entropy", ("key", "g"), "1", "entropy of the half chain, in nats")
        | {
            "random_entropy": row("1", "mean entropy of random states (Page), in nats"),
            "spectrum_error": row("J0", "largest difference of the levels of H and H₀"),
        }
        | COUNT,
        ROW | G,
    ),
    "fixed_point_two_spins": Kind(
        "Two spins that dephase each other, by eq. 3.12 and by evolution of the state",
        f"{SWINGLE}, eqs. 3.9–3.12",
        {
            f"{name}{kind}": Variable(("phase",), "f", "1", long_name + said)
            for name, long_name in (
                ("purity", "purity Tr ρ² of spin one"),
                ("entropy", "entropy of spin one in nats"),
            )
            for kind, said in (("", ", by eq. 3.12"), ("_exact", ", by evolution of the state"))
        },
        coordinate("phase", "f", "1", "J₁₂t"),
    ),
    "swingle2013_figure": Kind("Data shown in a figure", SWINGLE, {}),
}

KINDS: Mapping[str, Kind] = {**BLOCKS, **STATISTICS}
