"""Goihl et al.: exact l-bits of the random-field Heisenberg ring."""

from mbl.registry import paper

paper(
    "goihl2018",
    about="exact l-bits of the random-field Heisenberg ring",
    citation="Goihl et al., Phys. Rev. B 97, 134202 (2018)",
    doi="10.1103/PhysRevB.97.134202",
)
