"""The four papers: how they are cited, by the names that they have here."""

from collections.abc import Mapping
from typing import NamedTuple


class Paper(NamedTuple):
    """A paper: a short citation and its DOI."""

    citation: str
    doi: str

    @property
    def link(self) -> str:
        """Address that the DOI resolves at."""
        return f"https://doi.org/{self.doi}"


PAPERS: Mapping[str, Paper] = {
    "goihl2018": Paper(
        "Goihl et al., Phys. Rev. B 97, 134202 (2018)", "10.1103/PhysRevB.97.134202"
    ),
    "colmenarez2023": Paper(
        "Colmenarez, Luitz and De Roeck, arXiv:2308.01350 (2023)", "10.48550/arXiv.2308.01350"
    ),
    "huse2014": Paper(
        "Huse, Nandkishore and Oganesyan, Phys. Rev. B 90, 174202 (2014), arXiv:1305.4915",
        "10.1103/PhysRevB.90.174202",
    ),
    "swingle2013": Paper(
        "Swingle, A simple model of many-body localization, arXiv:1307.0507 (2013)",
        "10.48550/arXiv.1307.0507",
    ),
}
