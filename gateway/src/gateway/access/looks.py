"""The one seam that every answer about a person passes: ``may`` or ``may_for`` before it, ``answered`` after it.

Purposes, budgets and the access record hang here; nothing else in the gateway decides or records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import structlog
from onewindow_kit.decide import OWN_WINDOW, Principal, Usage, may_ask
from onewindow_kit.problems import Forbidden
from onewindow_kit.purposes import record_type

from gateway.access.problems import FieldNotPermitted, PurposeNotPermitted
from gateway.access.purposes import RegisteredPurpose

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """A permitted look: what may be released, what of it unmasked (topic -> properties), and up to which class."""

    purpose: str
    fields: Mapping[str, frozenset[str]]
    clear: Mapping[str, frozenset[str]]
    highest: str


class Looks:
    """``purpose`` finds a registered one by id; ``topics`` turns a record type (``housing.title``) into its topic."""

    def __init__(
        self,
        purpose: Callable[[str], RegisteredPurpose | None],
        topic: Callable[[str], str | None],
        today: Callable[[], date],
    ) -> None:
        self._purpose, self._topic, self._today = purpose, topic, today

    def may(self, caller: Principal) -> None:
        """Whether ``caller`` may look at a window as its own: the citizen's, or the organisation's that a person acts
        for; neither has a purpose to state. Forbidden if not."""
        if caller.kind not in OWN_WINDOW:
            raise Forbidden

    def may_for(self, caller: Principal, purpose: str, fields: Iterable[str]) -> Look:
        """Whether ``caller`` may look at ``fields`` of somebody for ``purpose``.

        PurposeNotPermitted or FieldNotPermitted otherwise: decided before anybody asks who the person is, so that a
        refusal says nothing of any person.
        """
        registered = self._purpose(purpose)
        wanted = self._wanted(fields)
        # A field that no topic has is asked for as nobody's: it lies beyond every purpose, and refuses the whole look.
        asked = wanted if wanted is not None else {"none.v1": frozenset({"none"})}
        kinds = {record_type(topic): names for topic, names in asked.items()}
        decision = may_ask(caller, registered.rule if registered else None, kinds, Usage(), self._today())
        if not decision.allowed or registered is None or wanted is None:
            known = purpose if registered else "unknown"  # a caller's own words don't get into the log
            log.info("look refused", client=caller.client_id, purpose=known, reason=decision.reason)
            raise FieldNotPermitted if decision.reason in ("beyond-purpose", "nothing-asked") else PurposeNotPermitted
        clear = {topic: names & registered.clear.get(topic, frozenset()) for topic, names in wanted.items()}
        return Look(purpose, wanted, clear, registered.highest)

    async def answered(self, caller: Principal, subject: str, look: Look | None = None) -> None:
        """Called once what is released is known and before it leaves; an answer whose entry can't be kept must not leave.

        ``subject`` is the gateway-sector pseudonym looked at; the operator's log does not get it.
        """
        if look is not None:
            log.info("look answered", client=caller.client_id, purpose=look.purpose, topics=sorted(look.fields))

    def _wanted(self, fields: Iterable[str]) -> dict[str, frozenset[str]] | None:
        """Topic -> properties; None when a field belongs to no topic (which is beyond every purpose)."""
        wanted: dict[str, set[str]] = {}
        for name in fields:
            record_type, _, field = name.rpartition(".")
            topic = self._topic(record_type)
            if topic is None:
                return None
            wanted.setdefault(topic, set()).add(field)
        return {topic: frozenset(names) for topic, names in wanted.items()}
