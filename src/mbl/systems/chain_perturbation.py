"""Perturbation theory in J/W beside exact eigenstates of one chain (colmenarez2023, SM E)."""

from mbl import costs
from mbl.perturbation import exact_purities, perturbative_purities
from mbl.registry import Variable, coordinate, quantity
from mbl.systems.chain import SITE, Chain, Row


@quantity(
    "chain/perturbation",
    references="colmenarez2023, supplementary material E",
    contents={
        "exact": Variable(("configuration", "site"), "f", "1", "γ, exact"),
        "perturbative": Variable(("configuration", "site"), "f", "1", "γ to second order in J/W"),
    }
    | coordinate("configuration", "i", "1", "product state that the eigenstate stems from")
    | SITE,
    needs=("fields",),
    memory=costs.perturbation_memory_MB,
    minutes=costs.perturbation_minutes,
    patterns=("chain",),
    uses=("anisotropy",),
)
def perturbation(chain: Chain) -> Row:
    """Purities by second-order perturbation theory beside exact ones."""
    states, own = chain.basis, (chain.fields, chain.W, chain.anisotropy)
    return {
        "exact": exact_purities(states, *own),
        "perturbative": perturbative_purities(states, *own),
        "configuration": states,
    }
