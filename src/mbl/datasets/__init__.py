"""Datasets: the one writer, the one reader, and their contract."""

from mbl.datasets.contract import KINDS
from mbl.datasets.files import (
    DatasetError,
    DiskFullError,
    eigenvector_file,
    eigenvectors_of,
    health,
    load,
    load_keys,
    load_labellings,
    replacing,
    save,
)
from mbl.datasets.results import open_results

__all__ = [
    "KINDS",
    "DatasetError",
    "DiskFullError",
    "eigenvector_file",
    "eigenvectors_of",
    "health",
    "load",
    "load_keys",
    "load_labellings",
    "open_results",
    "replacing",
    "save",
]
