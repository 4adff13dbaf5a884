"""The purposes and the contract's classes as one department's process decides by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from onewindow_kit.callers import Principal
from onewindow_kit.decide import Decision, Purpose, Usage, Visible, Withheld, decide, may_ask
from onewindow_kit.decision import Reason
from onewindow_kit.guard.shows import Shows
from onewindow_kit.properties import properties
from onewindow_kit.purposes import compiled, record_type


class Register:
    """``contracts`` is ``onewindow_contracts.loader.Contracts``; ``department`` the holder of this process's keys."""

    def __init__(self, contracts: Any, instance: str, department: str, today: Callable[[], date]) -> None:
        self._instance, self._department = instance, department
        self.today = today
        self.read(contracts)

    def read(self, contracts: Any) -> None:
        """Decide by these from now on: a purpose may be granted, renewed or withdrawn while the process runs."""
        self.purposes = compiled(contracts.purposes.values(), contracts.authorities, self._instance)
        self.sectors = {each.sector for each in contracts.authorities.values() if each.host == self._department}
        topics = {record_type(each.topic): each.topic for each in contracts.topics.values() if each.kind == "record"}

        @cache
        def visible(kind: str) -> Visible:
            """All that some subject sees: who an answer is about is known only once it is made."""
            found = properties(contracts.body_schema(topics[kind])) if kind in topics else {}
            roles = frozenset().union(*(each.audience or () for each in found.values()))
            return Visible(found, roles)

        self._visible = visible

    def wanted(self, shows: Shows) -> Mapping[str, frozenset[str]]:
        """Record type -> properties, all of those that the contract has where the whole record is shown."""
        whole = {kind: frozenset(self._visible(kind).properties) for kind in shows.records}
        return {kind: whole[kind] if fields is None else fields for kind, fields in shows.records.items()}

    def purpose(self, caller: Principal, wanted: Mapping[str, frozenset[str]]) -> Purpose | None:
        """What ``caller`` looks for: its token's purpose. A service's token names none: it has one for what it asks."""
        if caller.kind == "service" and caller.purpose is None:
            own = (each for each in self.purposes.values() if caller.client_id in each.machines)
            fits = (each for each in own if all(each.covers(kind, names) for kind, names in wanted.items()))
            return min(fits, key=lambda each: each.id, default=None)
        return self.purposes.get(caller.purpose or "")

    def may_ask(
        self, caller: Principal, purpose: Purpose | None, wanted: Mapping[str, frozenset[str]], usage: Usage
    ) -> Decision:
        return may_ask(caller, purpose, wanted, usage, self.today())

    def decide(
        self, caller: Principal, purpose: Purpose | None, wanted: Mapping[str, frozenset[str]], usage: Usage
    ) -> Decision:
        """As ``decide``, but all or nothing: an operation's answer is what its contract says, nobody cuts it."""
        visible = {kind: self._visible(kind) for kind in wanted}
        decision = decide(caller, purpose, wanted, visible, usage, self.today())
        if decision.allowed and (decision.withheld or decision.masked):
            return Decision(False, Reason.BEYOND, withheld=decision.withheld or _masked(decision))
        return decision


def _masked(decision: Decision) -> dict[str, Withheld]:
    """What could leave only masked, which nobody does here."""
    return {f"{kind}.{name}": Withheld.REMOVED for kind, names in decision.masked.items() for name in names}
