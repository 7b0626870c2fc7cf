"""The archive: tier 2, figures and ledger of a run in one deposit, packed and read again."""

from mbl.archive.reading import Archive, member_names

__all__ = ["Archive", "member_names"]
