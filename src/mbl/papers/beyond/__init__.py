"""Beyond the papers: optimal l-bits and larger rings."""

from mbl.registry import paper

paper(
    "beyond",
    about="optimal l-bits and larger rings",
    citation="docs/optimal_lbits.md, beyond Goihl et al., Phys. Rev. B 97, 134202 (2018)",
)
