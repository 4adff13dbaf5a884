"""Imports: persons with their households, as an older register has them, in CSV or JSON Lines."""

from identity.importers.command import run

__all__ = ["run"]
