"""Huse, Nandkishore and Oganesyan: what l-bits are good for."""

from mbl.registry import paper

paper(
    "huse2014",
    about="what l-bits are good for",
    citation="Huse, Nandkishore and Oganesyan, Phys. Rev. B 90, 174202 (2014), arXiv:1305.4915",
    doi="10.1103/PhysRevB.90.174202",
)
