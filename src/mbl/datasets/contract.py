"""What every kind of file holds: variables with dimensions, types, units and meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Variable:
    """One variable: dimensions, dtype kind (`f`, `i` or `U`), unit and meaning."""

    dims: tuple[str, ...]
    dtype: str
    units: str
    long_name: str
    may_miss: bool = False  # NaN where there is no such number, as |S| = 13 at L = 11


@dataclass(frozen=True)
class Kind:
    """One kind of file: its title, the papers' places it serves, its variables and coordinates."""

    title: str
    references: str
    variables: Mapping[str, Variable]
    coordinates: Mapping[str, Variable] = field(default_factory=dict)

    @property
    def contents(self) -> dict[str, Variable]:
        """Coordinates and variables."""
        return {**self.coordinates, **self.variables}


def _coordinate(name: str, dtype: str, units: str, long_name: str) -> dict[str, Variable]:
    return {name: Variable((name,), dtype, units, long_name)}


SIZE = {"L": Variable((), "i", "1", "number of sites")}
KEY = SIZE | {"Delta": Variable((), "f", "J", "disorder strength Δ")}
SEED = _coordinate("seed", "i", "1", "number of the disorder realisation")
SITE = _coordinate("site", "i", "1", "site, from 0")
STATE = _coordinate("state", "i", "1", "eigenstate, by sector and energy")
SECTOR = {"sector": Variable(("state",), "i", "1", "number of down spins")}
SUPPORT = _coordinate("support", "i", "1", "buffer size |S|")
MU = _coordinate("mu", "i", "1", "spins of τ(μ) as bits, site 0 the most significant")
MU_KIND = {
    "spins": Variable(("mu",), "i", "1", "order of τ(μ), its number of spins"),
    "extension": Variable(("mu",), "i", "1", "extension d(μ), the largest distance of two spins"),
}
ORDER = _coordinate("order", "i", "1", "order N of the truncated model")
HAMILTONIAN = _coordinate("hamiltonian", "U", "1", "Hamiltonian of the time evolution")
TIME = _coordinate("time", "f", "1/J", "time")
GRID = _coordinate("L", "i", "1", "number of sites") | _coordinate(
    "Delta", "f", "J", "disorder strength Δ"
)

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
DISTANCE = _coordinate("distance", "i", "1", "distance from the bubble, or from the ends")

GOIHL = "Goihl et al., Phys. Rev. B 97, 134202 (2018)"
COLMENAREZ = "Colmenarez, Luitz and De Roeck, arXiv:2308.01350 (2023)"
ERROR = "standard error over realisations of the "
TRUNCATION = "truncation error 1 − ‖Tr_{S^c} τᶻ‖² / 2^(|S| + 2|S^c|)"
NORM = "‖H − H_eff‖ / ‖H‖ in operator norm"
IMBALANCE = "imbalance of the Néel state"


def _statistics(
    name: str, dims: tuple[str, ...], units: str, long_name: str
) -> dict[str, Variable]:
    """Mean over realisations and its standard error."""
    return {
        name: Variable(dims, "f", units, "mean " + long_name, may_miss=True),
        f"{name}_error": Variable(dims, "f", units, ERROR + long_name, may_miss=True),
    }


def _fitted(name: str, units: str, long_name: str) -> dict[str, Variable]:
    """Parameter of a fit and its standard error."""
    return {
        name: Variable(("key",), "f", units, long_name, may_miss=True),
        f"{name}_error": Variable(
            ("key",), "f", units, "standard error of " + long_name, may_miss=True
        ),
    }


COUNT = {"realisations": Variable(("L", "Delta"), "i", "1", "number of disorder realisations")}

KINDS: Mapping[str, Kind] = {
    "fields": Kind(
        "Random fields of the Heisenberg ring",
        f"{GOIHL}, eq. 1",
        {"h": Variable(("seed", "site"), "f", "1", "random field in units of Δ")},
        SIZE | SEED | SITE,
    ),
    "spectrum": Kind(
        "Spectrum and infinite-time averages of the random-field Heisenberg ring",
        f"{GOIHL}, eq. 1 and section V",
        {
            "energy": Variable(("seed", "state"), "f", "J", "energy"),
            "magnetization": Variable(
                ("seed", "site", "state"), "f", "1", "infinite-time average ⟨e|σᶻ|e⟩"
            ),
        },
        KEY | SEED | SITE | STATE | SECTOR,
    ),
    "eigenvectors": Kind(
        "Eigenvectors of the random-field Heisenberg ring, sector blocks packed",
        f"{GOIHL}, eq. 1",
        {
            "eigenvector": Variable(
                ("seed", "packed"), "f", "1", "amplitudes, eigenvector after eigenvector"
            )
        },
        KEY | SEED,
    ),
    "lbits": Kind(
        "Labelling of the eigenstates by l-bits",
        f"{GOIHL}, section V",
        {
            "label": Variable(
                ("seed", "state"), "i", "1", "position k; bit i is 0 for τᶻᵢ = +1, 1 for −1"
            )
        },
        KEY | SEED | STATE,
    ),
    "locality": Kind(
        "Truncation errors of the l-bits",
        f"{GOIHL}, eq. 6, Figs. 2–5",
        {"truncation_error": Variable(("seed", "site", "support"), "f", "1", TRUNCATION)},
        KEY | SEED | SITE | SUPPORT,
    ),
    "effective": Kind(
        "Effective model of the l-bits",
        f"{GOIHL}, eqs. 7–9, Figs. 6 and 7",
        {
            "coupling": Variable(("seed", "mu"), "f", "J", "coupling ω_μ = 2^−L Tr[H τ(μ)]"),
            "norm_error": Variable(("seed", "order"), "f", "1", NORM),
        },
        KEY | SEED | MU | MU_KIND | ORDER,
    ),
    "imbalance": Kind(
        "Imbalance of the Néel state, exact and under the effective model",
        f"{GOIHL}, eq. 11, Fig. 8",
        {"imbalance": Variable(("seed", "hamiltonian", "time"), "f", "1", IMBALANCE)},
        KEY
        | SEED
        | HAMILTONIAN
        | TIME
        | {"truncation_order": Variable((), "i", "1", "order N of the effective model")},
    ),
    "realisation": Kind(
        "Infinite-time averages of one realisation, unsorted, sorted and ideal",
        f"{GOIHL}, Fig. 1",
        {
            "average": Variable(
                ("arrangement", "site", "position"), "f", "1", "infinite-time average E(σᶻ)"
            )
        },
        KEY
        | {"seed": Variable((), "i", "1", "number of the disorder realisation")}
        | _coordinate("arrangement", "U", "1", "order of the eigenstates")
        | SITE
        | _coordinate("position", "i", "1", "position of the eigenstate"),
    ),
    "locality_statistics": Kind(
        "Truncation errors of the l-bits, statistics over realisations",
        f"{GOIHL}, eq. 6, Figs. 2–4",
        _statistics("truncation_error", ("L", "Delta", "site", "support"), "1", TRUNCATION)
        | _statistics(
            "mean_truncation_error", ("L", "Delta", "support"), "1", TRUNCATION + " over l-bits"
        )
        | COUNT,
        GRID | SITE | SUPPORT,
    ),
    "buffer_statistics": Kind(
        "Minimal buffers of the l-bits, statistics over realisations",
        f"{GOIHL}, Fig. 5",
        _statistics(
            "buffer", ("L", "Delta", "threshold"), "1", "smallest |S| with weight α, over l-bits"
        )
        | COUNT,
        GRID | _coordinate("threshold", "f", "1", "weight α that the buffer holds"),
    ),
    "effective_statistics": Kind(
        "Effective model of the l-bits, statistics over realisations",
        f"{GOIHL}, eqs. 7–9, Figs. 6 and 7",
        _statistics("norm_error", ("L", "Delta", "order"), "1", NORM)
        | _statistics(
            "coupling", ("L", "Delta", "order", "extension"), "J", "|ω_μ| over μ of a kind"
        )
        | COUNT,
        GRID | ORDER | _coordinate("extension", "i", "1", "extension d(μ)"),
    ),
    "imbalance_statistics": Kind(
        "Imbalance of the Néel state, realisations ranked by the error of the effective model",
        f"{GOIHL}, eq. 11, Fig. 8",
        {
            "imbalance": Variable(("rank", "hamiltonian", "time"), "f", "1", IMBALANCE),
            "norm_error": Variable(("rank",), "f", "1", NORM + " of the effective model"),
        },
        KEY
        | _coordinate("rank", "i", "1", "rank by ‖H − H_eff‖ / ‖H‖, 0 the best")
        | {"seed": Variable(("rank",), "i", "1", "number of the disorder realisation")}
        | HAMILTONIAN
        | TIME
        | {"truncation_order": Variable((), "i", "1", "order N of the effective model")},
    ),
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
        | _coordinate("state", "i", "1", "eigenstate of the window, by energy"),
    ),
    "midspectrum_statistics": Kind(
        "Gap ratios, purities, their correlation and local magnetisations over realisations",
        f"{COLMENAREZ}, Figs. 2–8",
        _statistics("gap_ratio", ("key",), "1", "ratio of adjacent gaps")
        | _statistics("purity", ("key", "distance"), "1", "purity γ of one site")
        | _statistics("bulk_purity", ("key",), "1", "purity γ over the sites of the bulk")
        | _statistics("correlation", ("key", "distance"), "1", "correlation C(r) of purities")
        | _statistics("density", ("key", "distance", "spin"), "1", "density of ⟨Sᶻ⟩")
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
        TABLE | DISTANCE | SEED | _coordinate("spin", "f", "1", "⟨Sᶻ⟩ at the centre of its bin"),
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
        _statistics("difference", ("key", "distance"), "1", "γ of the chain alone less γ")
        | _fitted("asymptote", "1", "γ₀, difference far from the bubble")
        | _fitted("amplitude", "1", "A of γ₀ + A e^(−i/ξ)")
        | _fitted("length", "1", "ξ of γ₀ + A e^(−i/ξ), in sites")
        | _fitted("probability", "1", "p of eq. 6")
        | _fitted("localization_length", "1", "ξ of eq. 6, in sites")
        | {
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
        TABLE | DISTANCE,
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
        | _coordinate("W", "f", "J", "disorder strength W")
        | SEED
        | _coordinate("configuration", "i", "1", "product state that the eigenstate stems from")
        | SITE,
    ),
    "goihl2018_figure": Kind("Data shown in a figure", GOIHL, {}),
    "colmenarez2023_figure": Kind("Data shown in a figure", COLMENAREZ, {}),
}
