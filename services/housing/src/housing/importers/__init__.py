"""Imports in CSV or JSON Lines: titles as an older system has them, employers' lists of contributions.

The rows' forms are in the contract (``ImportedTitle``, ``ImportedContribution``): names, Chinese and English headers,
checks. Numbers are exchanged for pseudonyms in batches while rows are read, and stand in no table.
"""

from housing.importers.contributions import contributions
from housing.importers.titles import titles

IMPORTS = {"title": titles, "contribution": contributions}
"""By the name that ``--type`` gives."""

__all__ = ["IMPORTS", "contributions", "titles"]
