"""The seam that every answer about a person passes before it leaves: its entry is kept, or nothing is shown.

Agencies' looks are decided in ``gateway.agencies``; what is here serves everybody's own window.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from onewindow_kit.access import AccessLog, EntryNotKept, Kept, Seen
from onewindow_kit.access.entry import WHOLE, Outcome
from onewindow_kit.decide import OWN_WINDOW, Principal, Reason
from onewindow_kit.problems import Forbidden

from gateway.access.noted import note

OWNER = "gateway"
NOTHING: Mapping[str, Iterable[str]] = MappingProxyType({})
CHANGED: tuple[str, ...] = ()
"""In an entry's ``records``: that such a record exists or changed, none of its properties."""

__all__ = ["CHANGED", "NOTHING", "OWNER", "WHOLE", "Looks"]


class Looks:
    """Entries of looks that went through the gateway's own routes."""

    def __init__(self, log: AccessLog) -> None:
        self.log = log

    def may(self, caller: Principal) -> None:
        """Whether ``caller`` may look at a window as its own: the citizen's, or the organisation's that a person acts
        for; neither has a purpose to state. Forbidden if not."""
        if caller.kind not in OWN_WINDOW:
            raise Forbidden

    def ready(self) -> None:
        """EntryNotKept when no entry could be kept at present: asked before something is done that can't be undone."""
        if not self.log.takes:
            raise EntryNotKept

    async def own(
        self,
        caller: Principal,
        operation: str,
        subject: str,
        records: Mapping[str, Iterable[str]] = NOTHING,
        *,
        outcome: Outcome = "answered",
        reason: str = Reason.OWN,
    ) -> Kept:
        """Called once what is released is known and before it leaves: the look of a person (or who acts for an
        organisation) at ``records`` (record type -> properties, WHOLE, or CHANGED) of their own.

        ``subject`` is the gateway-sector pseudonym looked at. EntryNotKept: the answer must not leave.
        """
        seen = Seen.by(caller, "own", outcome, reason, named(operation), records=records)
        return note(await self.log.keep(seen, [subject]))

    async def refused(self, caller: Principal, operation: str, outcome: Outcome, reason: str) -> Kept:
        """A refusal to a known caller, before anybody was looked up."""
        kind = "own" if caller.kind in OWN_WINDOW else "service" if caller.kind == "service" else "look"
        return note(await self.log.keep(Seen.by(caller, kind, outcome, reason, named(operation)), [None]))


def named(operation: str) -> str:
    """An operation of the gateway as entries name it; one of a department has that department's name already."""
    return operation if "." in operation else f"{OWNER}.{operation}"
