"""What every kind of file holds: variables with dimensions, types, units and meaning."""

from collections.abc import Mapping

from mbl.datasets.contract import beyond, claims, colmenarez2023, goihl2018, huse2014, swingle2013
from mbl.datasets.contract.kinds import Kind, Variable

__all__ = ["KINDS", "Kind", "Variable"]

KINDS: Mapping[str, Kind] = {
    **goihl2018.KINDS,
    **colmenarez2023.KINDS,
    **huse2014.KINDS,
    **beyond.KINDS,
    **swingle2013.KINDS,
    **claims.KINDS,
}
