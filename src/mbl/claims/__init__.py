"""The ledger: what the four papers claim, each with a verdict computed from our statistics.

A claim is one function of a few lines that takes the data of its figure and returns a `Verdict`;
`@claim` enters it. Adding one to the module of its paper is all there is to do.
"""

from mbl.claims import colmenarez2023, goihl2018, huse2014, swingle2013
from mbl.claims.ledger import LEDGER, Claim, Verdict

__all__ = [
    "LEDGER",
    "Claim",
    "Verdict",
    "colmenarez2023",
    "goihl2018",
    "huse2014",
    "swingle2013",
]
