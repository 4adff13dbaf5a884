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
    by_another(proposed_by, confirmed_by)


def by_another(first: str, second: str) -> None:
    """SecondOfficerRequired unless two actors (``client`` or ``client|officer``) are two officers for certain.

    An officer is the same at whatever client of the office; who isn't named may be anybody of the client.
    """
    one_client, _, one = first.partition("|")
    other_client, _, other = second.partition("|")
    same = one == other if one and other else one_client == other_client
    if same:
        raise SecondOfficerRequired


def refuse(state: str) -> None:
    if state != PROPOSED:
        raise CorrectionDecided
