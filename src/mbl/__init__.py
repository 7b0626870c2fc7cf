"""Many-body localization, figure by figure: exact l-bits of the random-field Heisenberg ring."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mbl.datasets.results import open_results

__version__ = "0.1.0"
__all__ = ["open_results"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import `open_results` when it is asked for: the physics alone needs no xarray."""
    if name == "open_results":
        from mbl.datasets.results import open_results

        return open_results
    raise AttributeError(f"module 'mbl' has no attribute {name!r}")
