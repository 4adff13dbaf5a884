"""A correction says that an entry was wrong from the start; a variation, that it changed (户口登记条例 17).

A correction needs evidence and a second officer, and holds only while the entry is what the first officer saw.
"""

from __future__ import annotations

from identity.domain.problems import CorrectionDecided, NothingChanges, SecondOfficerRequired

PROPOSED, CONFIRMED, REFUSED = "proposed", "confirmed", "refused"


def propose(present: str, corrected: str) -> None:
    if present == corrected:
        raise NothingChanges


def confirm(state: str, proposed_by: str, confirmed_by: str, seen: str, present: str) -> None:
    """``seen``: the entry when it was proposed; ``present``: the entry now."""
    if state != PROPOSED or seen != present:
        raise CorrectionDecided
    if proposed_by == confirmed_by:
        raise SecondOfficerRequired


def refuse(state: str) -> None:
    if state != PROPOSED:
        raise CorrectionDecided
