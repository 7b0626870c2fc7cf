"""Kinds of files of the chain, alone and with a bubble (colmenarez2023)."""

from collections.abc import Mapping

from mbl.datasets.contract.kinds import (
    SEED,
    SITE,
    SIZE,
    Kind,
    Variable,
    coordinate,
    statistics,
)
from mbl.papers import PAPERS

COLMENAREZ = PAPERS["colmenarez2023"].citation
CHAIN_KEY = SIZE | {
    "n": Variable((), "i", "1", "dimension n_GOE of the bubble, 0 without"),
    "W": Variable((), "f", "J", "disorder strength W"),
    "beta": Variable((), "f", "J", "bandwidth β of the bubble, 0 without"),
}
TABLE = {
    "n": Variable(("key",), "i", "1", "dimension n_GOE of the bubble, 0 without"),
    "beta": Variable(("key",), "f", "J", "bandwidth β of the bubble, 0 without"),
    "L": Variable(("key",), "i", "1", "number of sites"),
    "W": Variable(("key",), "f", "J", "disorder strength W"),
}
DISTANCE = coordinate("distance", "i", "1", "distance from the bubble, or from the ends")


def fitted(name: str, units: str, long_name: str) -> dict[str, Variable]:
    """Parameter of a fit and its standard error."""
    return {
        name: Variable(("key",), "f", units, long_name, may_miss=True),
        f"{name}_error": Variable(
            ("key",), "f", units, "standard error of " + long_name, may_miss=True
        ),
    }


KINDS: Mapping[str, Kind] = {
    "chain_fields": Kind(
        "Random fields of the open XXZ chain",
        f"{COLMENAREZ}, eq. 2",
        {"h": Variable(("seed", "site"), "f", "1", "random field in units of W")},
        SIZE | SEED | SITE,
    ),
    "bubble_disorder": Kind(
        "Random fields of the chain and random matrices of its bubble",
        f"{COLMENAREZ}, eqs. 2 and 4",
        {
            "h": Variable(("seed", "site"), "f", "1", "random field in units of W"),
            "R": Variable(
                ("seed", "matrix", "row", "col"), "f", "1", "matrices R₀, R₁, R₂ in units of β"
            ),
        },
        SIZE | SEED | SITE | {"n": CHAIN_KEY["n"]},
    ),
    "midspectrum": Kind(
        "Eigenstates nearest the centre of the spectrum of the open chain, alone or with a bubble",
        f"{COLMENAREZ}, eqs. 1–5",
        {
            "energy": Variable(("seed", "state"), "f", "J", "energy"),
            "sz": Variable(("seed", "state", "site"), "f", "1", "⟨n|Sᶻ|n⟩"),
            "residual": Variable(("seed", "state"), "f", "J", "‖H v − E v‖"),
            "energy_min": Variable(("seed",), "f", "J", "lowest level"),
            "energy_max": Variable(("seed",), "f", "J", "highest level"),
            "shift": Variable(("seed",), "f", "J", "energy at which H − E was factorised"),
            "counted": Variable(
                ("seed",), "i", "1", "levels in the window by inertia, −1 where not counted"
            ),
        },
        CHAIN_KEY
        | SEED
        | SITE
        | coordinate("state", "i", "1", "eigenstate of the window, by energy"),
    ),
    "midspectrum_statistics": Kind(
        "Gap ratios, purities, their correlation and local magnetisations over realisations",
        f"{COLMENAREZ}, Figs. 2–8",
        statistics("gap_ratio", ("key",), "1", "ratio of adjacent gaps")
        | statistics("purity", ("key", "distance"), "1", "purity γ of one site")
        | statistics("bulk_purity", ("key",), "1", "purity γ over the sites of the bulk")
        | statistics("correlation", ("key", "distance"), "1", "correlation C(r) of purities")
        | statistics("density", ("key", "distance", "spin"), "1", "density of ⟨Sᶻ⟩")
        | {
            "realisation_gap_ratio": Variable(
                ("key", "seed"), "f", "1", "ratio of adjacent gaps of a realisation", may_miss=True
            ),
            "realisations": Variable(("key",), "i", "1", "number of disorder realisations"),
            "certified": Variable(
                ("key",), "i", "1", "number of realisations whose window was counted by inertia"
            ),
            "residual": Variable(("key",), "f", "J", "largest ‖H v − E v‖"),
        },
        TABLE | DISTANCE | SEED | coordinate("spin", "f", "1", "⟨Sᶻ⟩ at the centre of its bin"),
    ),
    "crossings": Kind(
        "Crossings of the gap ratios of two sizes",
        f"{COLMENAREZ}, Fig. 2, inset",
        {
            "crossing": Variable(
                ("pair",), "f", "J", "W where the gap ratios of L and L + 2 cross", may_miss=True
            ),
            "crossing_error": Variable(
                ("pair",),
                "f",
                "J",
                "its standard error by bootstrap of realisations",
                may_miss=True,
            ),
            "share": Variable(("pair",), "f", "1", "share of resamples that cross at all"),
        },
        {
            "n": Variable(("pair",), "i", "1", "dimension n_GOE of the bubble, 0 without"),
            "L": Variable(("pair",), "i", "1", "number of sites of the smaller"),
        },
    ),
    "response": Kind(
        "Response of the purity to the bubble, with fits",
        f"{COLMENAREZ}, eq. 6 and Fig. 9",
        statistics("difference", ("key", "distance"), "1", "γ of the chain alone less γ")
        | fitted("asymptote", "1", "γ₀, difference far from the bubble")
        | fitted("amplitude", "1", "A of γ₀ + A e^(−i/ξ)")
        | fitted("length", "1", "ξ of γ₀ + A e^(−i/ξ), in sites")
        | fitted("probability", "1", "p of eq. 6")
        | fitted("localization_length", "1", "ξ of eq. 6, in sites")
        | {
            "asymptote_interval": Variable(
                ("key", "deviations", "end"),
                "f",
                "1",
                "γ₀ within so many standard deviations, from the profile of χ²",
                may_miss=True,
            ),
            "chi2": Variable(
                ("key",), "f", "1", "χ² per degree of freedom of the exponential", may_miss=True
            ),
            "avalanche_chi2": Variable(
                ("key",), "f", "1", "χ² per degree of freedom of eq. 6", may_miss=True
            ),
            "avalanche": Variable(
                ("key", "distance"), "f", "1", "purity γ by eq. 6 as fitted", may_miss=True
            ),
            "realisations": Variable(("key",), "i", "1", "number of disorder realisations"),
        },
        TABLE
        | DISTANCE
        | coordinate("deviations", "i", "1", "standard deviations")
        | coordinate("end", "U", "1", "end of the interval"),
    ),
    "perturbation": Kind(
        "Purities by second-order perturbation theory beside exact ones",
        f"{COLMENAREZ}, supplementary material E",
        {
            "exact": Variable(("W", "seed", "configuration", "site"), "f", "1", "γ, exact"),
            "perturbative": Variable(
                ("W", "seed", "configuration", "site"), "f", "1", "γ to second order in J/W"
            ),
        },
        SIZE
        | coordinate("W", "f", "J", "disorder strength W")
        | SEED
        | coordinate("configuration", "i", "1", "product state that the eigenstate stems from")
        | SITE,
    ),
    "colmenarez2023_figure": Kind("Data shown in a figure", COLMENAREZ, {}),
}
