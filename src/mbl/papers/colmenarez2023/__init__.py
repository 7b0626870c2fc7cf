"""Colmenarez, Luitz and De Roeck: ergodic inclusions in many-body localized systems."""

from mbl.registry import paper

paper(
    "colmenarez2023",
    about="an ergodic bubble in the chain",
    citation="Colmenarez, Luitz and De Roeck, arXiv:2308.01350 (2023)",
    doi="10.48550/arXiv.2308.01350",
)
