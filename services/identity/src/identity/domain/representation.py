"""Who acts for an organisation: its legal representative by statute (Civil Code 61), agents by authorisation (161, 163)."""

from __future__ import annotations

from datetime import date

LEGAL = "legal-representative"
AGENT = "agent"
READ, ACT = "read", "act"


def powers_of(capacity: str, stated: list[str] | None) -> str:
    """As they are kept; a legal representative's are whole, whatever was stated."""
    chosen = {READ, ACT} if capacity == LEGAL or not stated else set(stated)
    return ",".join(sorted(chosen))


def holds(state: str, since: date, until: date | None, on: date) -> bool:
    """Whether a representation is in force on a day; the day ``until`` is no longer part of the term."""
    return state == "in-force" and since <= on and (until is None or on < until)


def may(powers: str, power: str) -> bool:
    return power in powers.split(",")
