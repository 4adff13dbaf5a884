"""Housing answers as its contract says: meant requests, generated ones, and ones that are wrong."""

from __future__ import annotations

from . import walk_housing
from .live import Town


def test_each_operation_as_it_is_meant(town: Town) -> None:
    walk_housing.walk(town)
    assert town.service("housing").unanswered() == set()
