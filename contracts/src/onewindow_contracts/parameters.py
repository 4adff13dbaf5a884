"""The value that law or a level of government had set on a day: ``value("housing.freeze-years", on=day)``."""

from __future__ import annotations

from datetime import date
from typing import Any

from onewindow_contracts import loader

_contracts: loader.Contracts | None = None


def value(name: str, on: date) -> Any:
    """NotYetInForce for a day before the first value, LookupError for an unknown name. Read once a process; ``refresh`` reads anew."""
    global _contracts
    if _contracts is None:
        _contracts = loader.load()
    return _contracts.parameter(name, on)


def refresh() -> None:
    """Forget what was read: the next ``value`` sees changed files."""
    global _contracts
    _contracts = None
