"""Worlds in which a claim is true, and in which the physics behind it is replaced by a null model.

Each paper lists them in `tests/worlds_<paper>.py`; `tests/ledger/test_worlds.py` asks of all that
the claim is supported in the one and not in the other, and that larger errors decide nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import xarray as xr

Tables = tuple[xr.Dataset, ...]


@dataclass(frozen=True)
class World:
    """Tables of a claim's figure, in the order of its arguments.

    Attributes
    ----------
    true
        Makes tables in which the claim holds, with errors that a ledger might meet.
    null
        Makes tables of a null model: labels permuted, bubble uncoupled, no dependence on what the
        claim says that there is one on.
    """

    true: Callable[[], Tables]
    null: Callable[[], Tables]
