"""Imports: titles as an older system has them, in CSV or JSON Lines.

The rows' form is in the contract (``ImportedTitle``): names, Chinese and English headers, checks. Numbers are exchanged
for pseudonyms in batches while rows are read, and stand in no table.
"""

from housing.importers.titles import titles

__all__ = ["titles"]
