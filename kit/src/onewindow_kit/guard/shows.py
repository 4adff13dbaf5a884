"""What an operation shows of people, as its contract says: ``x-shows``.

A list of record types that it shows whole (``[housing.title]``), a mapping to the properties that it shows
(``{identity.person: [name]}``), or ``[]`` for an operation that shows nobody. ``{record_type}`` in a name stands for the path's
parameter of that name. ``by-purpose`` is the gateway's: there the purpose says what is shown, and its own routes decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BY_PURPOSE = "by-purpose"
LOOKERS = ("agency", "service")
"""Whose reads are looks. A citizen's are their own; operators see nobody; what is public shows nobody."""


@dataclass(frozen=True, slots=True)
class Shows:
    """Record type -> properties; None: the whole record."""

    records: Mapping[str, frozenset[str] | None]

    def at(self, path: Mapping[str, Any]) -> Shows:
        """With the path's parameters put in."""
        if not any("{" in name for name in self.records):
            return self
        return Shows({name.format_map(path): fields for name, fields in self.records.items()})


def shows(method: str, operation: Mapping[str, Any]) -> Shows | None:
    """What a read shows; None for a command (it stands in the record itself) and for what nobody needs a reason for.

    ValueError for a read by agencies or services whose contract does not say: it must not start.
    """
    if method not in ("get", "head") and operation.get("x-safe") is not True:
        return None
    said = operation.get("x-shows")
    if said is None:
        callers = {entry.partition(":")[0] for entry in operation.get("x-access", ())}
        if callers.isdisjoint(LOOKERS):
            return None
        raise ValueError("a read by agencies or services must say what it shows (x-shows)")
    if said == BY_PURPOSE:
        return None
    records = dict.fromkeys(said) if isinstance(said, list) else {n: frozenset(f) for n, f in said.items()}
    if not all(re.fullmatch(r"[a-z-]+\.(?:[a-z-]+|\{[a-z_]+\})", name) for name in records):
        raise ValueError("x-shows names record types")
    return Shows(records) if records else None
