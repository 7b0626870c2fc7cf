"""Kind of the ledger's file."""

from collections.abc import Mapping

from mbl.datasets.contract.kinds import Kind, Variable, coordinate

KINDS: Mapping[str, Kind] = {
    "claims": Kind(
        "Claims of the four papers with computed verdicts",
        "goihl2018, colmenarez2023, huse2014, swingle2013",
        {
            name: Variable(("claim",), "U", "1", long_name)
            for name, long_name in (
                ("paper", "paper that makes the claim"),
                ("place", "where it stands in the paper"),
                ("statement", "the claim in one sentence"),
                ("figure", "figure that shows it"),
                ("verdict", "supported, not supported, or undecided at this size"),
                ("numbers", "numbers with their errors"),
            )
        },
        coordinate("claim", "U", "1", "paper and name of the claim"),
    ),
}
