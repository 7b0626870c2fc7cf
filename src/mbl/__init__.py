"""Many-body localization, figure by figure: exact l-bits, bubbles, and what the papers claim.

For notebooks: `Ring`, `Chain` and `FixedPoint` are single realisations, `open_results` opens what
the workflow has computed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mbl.datasets.results import open_results
    from mbl.systems.chain import Chain
    from mbl.systems.fixed_point import FixedPoint
    from mbl.systems.ring import Ring

__version__ = "0.1.0"
__all__ = ["Chain", "FixedPoint", "Ring", "open_results"]

# Imported when they are asked for: who plans needs no numerics, and the physics alone no xarray.
_HOMES = {
    "Chain": "mbl.systems.chain",
    "FixedPoint": "mbl.systems.fixed_point",
    "Ring": "mbl.systems.ring",
    "open_results": "mbl.datasets.results",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOMES:
        raise AttributeError(f"module 'mbl' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
