"""Kinds of files beyond the papers."""

from collections.abc import Mapping

from mbl.datasets.contract.goihl2018 import GOIHL, NORM, ORDER, SUPPORT, TRUNCATION
from mbl.datasets.contract.kinds import GRID, SEED, Kind, Variable, coordinate, statistics

OF_SEED = ("labelling", "L", "Delta", "seed")

KINDS: Mapping[str, Kind] = {
    "labelling_statistics": Kind(
        "Labellings side by side on the same eigenstates, realisation by realisation",
        f"{GOIHL}, section V; docs/optimal_lbits.md",
        {
            "truncation_error": Variable(
                (*OF_SEED, "support"), "f", "1", TRUNCATION + ", mean over l-bits", may_miss=True
            ),
            "norm_error": Variable((*OF_SEED, "order"), "f", "1", NORM, may_miss=True),
            "imbalance_error": Variable(
                OF_SEED,
                "f",
                "1",
                "largest difference of the exact and the effective model's imbalance",
                may_miss=True,
            ),
            "objective": Variable(
                OF_SEED, "f", "1", "what the labelling makes large", may_miss=True
            ),
            "bound": Variable(OF_SEED, "f", "1", "what no labelling can exceed", may_miss=True),
        }
        | statistics(
            "coupling",
            ("labelling", "L", "Delta", "order", "extension"),
            "J",
            "|ω_μ| over μ of a kind",
        ),
        coordinate("labelling", "U", "1", "how the eigenstates are labelled")
        | GRID
        | SEED
        | SUPPORT
        | ORDER
        | coordinate("extension", "i", "1", "extension d(μ)"),
    ),
    "beyond_figure": Kind("Data shown in a figure", GOIHL, {}),
}
