"""Datasets: the one writer and the one reader, by the contract that the declarations make."""

from mbl.datasets.files import (
    DatasetError,
    DiskFullError,
    Record,
    check_results,
    concatenate,
    contract,
    eigenvector_file,
    eigenvectors_of,
    health,
    load,
    replacing,
    save,
)
from mbl.datasets.results import open_results

__all__ = [
    "DatasetError",
    "DiskFullError",
    "Record",
    "check_results",
    "concatenate",
    "contract",
    "eigenvector_file",
    "eigenvectors_of",
    "health",
    "load",
    "open_results",
    "replacing",
    "save",
]
