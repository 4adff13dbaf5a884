from __future__ import annotations

from . import walk_identity
from .live import Town


def test_each_operation_as_it_is_meant(town: Town) -> None:
    walk_identity.walk(town)
    assert town.service("identity").unanswered() == set()
