"""Swingle's simple model of many-body localization."""

from mbl.registry import paper

paper(
    "swingle2013",
    about="a fixed point of many-body localization, H = U H₀ U† with a strictly local U",
    citation="Swingle, A simple model of many-body localization, arXiv:1307.0507 (2013)",
    doi="10.48550/arXiv.1307.0507",
)
