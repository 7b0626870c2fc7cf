"""Kinds of files of the ring (goihl2018)."""

from collections.abc import Mapping

from mbl.datasets.contract.kinds import (
    GRID,
    KEY,
    SEED,
    SITE,
    SIZE,
    STATE,
    TIME,
    Kind,
    Variable,
    coordinate,
    statistics,
)
from mbl.papers import PAPERS

GOIHL = PAPERS["goihl2018"].citation
TRUNCATION = "truncation error 1 − ‖Tr_{S^c} τᶻ‖² / 2^(|S| + 2|S^c|)"
NORM = "‖H − H_eff‖ / ‖H‖ in operator norm"
IMBALANCE = "imbalance of the Néel state"
MU = coordinate("mu", "i", "1", "spins of τ(μ) as bits, site 0 the most significant")
MU_KIND = {
    "spins": Variable(("mu",), "i", "1", "order of τ(μ), its number of spins"),
    "extension": Variable(("mu",), "i", "1", "extension d(μ), the largest distance of two spins"),
}
SUPPORT = coordinate("support", "i", "1", "buffer size |S|")
SECTOR = {"sector": Variable(("state",), "i", "1", "number of down spins")}
HAMILTONIAN = coordinate("hamiltonian", "U", "1", "Hamiltonian of the time evolution")
ORDER = coordinate("order", "i", "1", "order N of the truncated model")
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
            ),
            "objective": Variable(("seed",), "f", "1", "what the labelling makes large"),
            "bound": Variable(("seed",), "f", "1", "what no labelling can exceed", may_miss=True),
            "iterations": Variable(("seed",), "i", "1", "assignments that raised the objective"),
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
        | coordinate("arrangement", "U", "1", "order of the eigenstates")
        | SITE
        | coordinate("position", "i", "1", "position of the eigenstate"),
    ),
    "locality_statistics": Kind(
        "Truncation errors of the l-bits, statistics over realisations",
        f"{GOIHL}, eq. 6, Figs. 2–4",
        statistics("truncation_error", ("L", "Delta", "site", "support"), "1", TRUNCATION)
        | statistics(
            "mean_truncation_error", ("L", "Delta", "support"), "1", TRUNCATION + " over l-bits"
        )
        | COUNT,
        GRID | SITE | SUPPORT,
    ),
    "buffer_statistics": Kind(
        "Minimal buffers of the l-bits, statistics over realisations",
        f"{GOIHL}, Fig. 5",
        statistics(
            "buffer", ("L", "Delta", "threshold"), "1", "smallest |S| with weight α, over l-bits"
        )
        | COUNT,
        GRID | coordinate("threshold", "f", "1", "weight α that the buffer holds"),
    ),
    "effective_statistics": Kind(
        "Effective model of the l-bits, statistics over realisations",
        f"{GOIHL}, eqs. 7–9, Figs. 6 and 7",
        statistics("norm_error", ("L", "Delta", "order"), "1", NORM)
        | statistics(
            "coupling", ("L", "Delta", "order", "extension"), "J", "|ω_μ| over μ of a kind"
        )
        | COUNT,
        GRID | ORDER | coordinate("extension", "i", "1", "extension d(μ)"),
    ),
    "imbalance_statistics": Kind(
        "Imbalance of the Néel state, realisations ranked by the error of the effective model",
        f"{GOIHL}, eq. 11, Fig. 8",
        {
            "imbalance": Variable(("rank", "hamiltonian", "time"), "f", "1", IMBALANCE),
            "norm_error": Variable(("rank",), "f", "1", NORM + " of the effective model"),
        },
        KEY
        | coordinate("rank", "i", "1", "rank by ‖H − H_eff‖ / ‖H‖, 0 the best")
        | {"seed": Variable(("rank",), "i", "1", "number of the disorder realisation")}
        | HAMILTONIAN
        | TIME
        | {"truncation_order": Variable((), "i", "1", "order N of the effective model")},
    ),
    "goihl2018_figure": Kind("Data shown in a figure", GOIHL, {}),
}
