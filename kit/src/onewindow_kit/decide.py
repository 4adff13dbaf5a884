"""The one decision about a look at a person: pure, total, deny by default.

Whoever shows people asks twice with the same inputs: ``may_ask`` before anybody knows who is meant, so that a refusal says
nothing of any person, and ``decide`` once the person, their roles and the count of people looked at are known. Nothing
leaves but ``Decision.fields``: never more than purpose, contract, class and ``x-visible-to`` have in common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from onewindow_kit.callers import OWN_WINDOW, Access, Kind, Principal
from onewindow_kit.decision import GRADES, NOTHING, Count, Decision, Property, Reason, Usage, Visible, Withheld
from onewindow_kit.purposes import Budget, Purpose

__all__ = [  # whoever decides needs these words together
    "OWN_WINDOW",
    "Access",
    "Budget",
    "Count",
    "Decision",
    "Kind",
    "Principal",
    "Property",
    "Purpose",
    "Reason",
    "Usage",
    "Visible",
    "Withheld",
    "decide",
    "decide_own",
    "exhausted",
    "may_ask",
]

MASKED = ("none", "full", "partial", "regex")  # strategies that leave something; the others remove the property


def may_ask(
    caller: Principal, purpose: Purpose | None, wanted: Mapping[str, frozenset[str]], usage: Usage, on: date
) -> Decision:
    """Whether ``caller`` may ask for ``wanted`` (record type -> properties) of anybody at all on the legal day ``on``.

    The decision holds no fields: nothing can be released by it.
    """
    refusal = _refused(caller, purpose, on) or _beyond(purpose, wanted) or exhausted(caller, purpose, usage)
    return Decision(False, refusal) if refusal else Decision(True, Reason.WITHIN_PURPOSE)


def decide(
    caller: Principal,
    purpose: Purpose | None,
    wanted: Mapping[str, frozenset[str]],
    visible: Mapping[str, Visible],
    usage: Usage,
    on: date,
) -> Decision:
    """What of ``wanted`` (record type -> properties) ``caller`` may see of one person for ``purpose`` on the legal day ``on``.

    Wanted beyond the purpose refuses the whole look, so that nobody learns by trial what a purpose covers. What lies within
    it but above the class, hidden from every role of the person or without a class is withheld, each with its reason.
    ``visible`` names the contract's properties per record type; one that it lacks is withheld as not in the contract.
    What the holder keeps itself it sees whole: ``x-visible-to`` says what a record's subjects see, not its keeper.
    """
    asked = may_ask(caller, purpose, wanted, usage, on)
    if not asked.allowed or purpose is None:
        return asked
    released, masked, withheld = {}, {}, {}
    for record_type, properties in wanted.items():
        kept = record_type in purpose.keeps
        clear = properties if kept else purpose.clear.get(record_type, frozenset())
        shown = visible.get(record_type, NOTHING)
        reasons = {name: _withheld(purpose, shown, name, kept, name in clear) for name in properties}
        withheld |= {f"{record_type}.{name}": reason for name, reason in sorted(reasons.items()) if reason}
        if fields := frozenset(name for name, reason in reasons.items() if reason is None):
            released[record_type] = fields
            if hidden := fields - clear:
                masked[record_type] = hidden
    return Decision(True, Reason.IN_PART if withheld else Reason.WITHIN_PURPOSE, released, masked, withheld)


def decide_own(
    caller: Principal, subject: str, wanted: Mapping[str, frozenset[str]], visible: Mapping[str, Visible]
) -> Decision:
    """What a person (or who represents an organisation) sees of their own: unmasked, whatever ``x-visible-to`` lets them see.

    No purpose and no budget: it is theirs. Refused for anybody else's ``subject``.
    """
    if caller.kind not in OWN_WINDOW or caller.subject != subject:
        return Decision(False, Reason.NOT_OWN)
    released, withheld = {}, {}
    for record_type, properties in wanted.items():
        shown = visible.get(record_type, NOTHING)
        reasons = {name: _unseen(shown, name) for name in properties}
        withheld |= {f"{record_type}.{name}": reason for name, reason in sorted(reasons.items()) if reason}
        if fields := frozenset(name for name, reason in reasons.items() if reason is None):
            released[record_type] = fields
    return Decision(True, Reason.OWN, released, {}, withheld)


def _refused(caller: Principal, purpose: Purpose | None, on: date) -> Reason | None:
    """Why ``caller`` may not use ``purpose`` at all."""
    machine = caller.kind == "service"
    if not machine and (caller.kind != "agency" or caller.authority is None):
        return Reason.NOT_AN_AGENCY
    if purpose is None:
        return Reason.UNKNOWN
    if caller.purpose != purpose.id:
        return Reason.NOT_BOUND
    if not (caller.client_id in purpose.machines if machine else _holds(caller, purpose)):
        return Reason.NOT_HELD
    if purpose.void_from is not None and purpose.void_from <= on:
        return Reason.VOID
    if not purpose.valid_from <= on <= purpose.valid_until:
        return Reason.NOT_VALID
    if not machine and purpose.acting_person and not caller.actor:
        return Reason.NO_ACTOR
    return _misfiled(caller.case, purpose.case)


def _holds(caller: Principal, purpose: Purpose) -> bool:
    """A purpose of machines alone is for nobody else, not even for the office in whose name they look."""
    return caller.authority == purpose.holder and (purpose.acting_person or not purpose.machines)


def _misfiled(case: str | None, pattern: str | None) -> Reason | None:
    """A purpose without cases takes none: what a caller writes freely would stand in the citizen's record."""
    if pattern is None:
        return None if case is None else Reason.CASE_UNEXPECTED
    if case is None:
        return Reason.NO_CASE
    return None if re.fullmatch(pattern, case) else Reason.CASE_MALFORMED


def _beyond(purpose: Purpose | None, wanted: Mapping[str, frozenset[str]]) -> Reason | None:
    if not wanted or not all(wanted.values()):
        return Reason.NOTHING_ASKED
    if purpose is None or not all(purpose.covers(kind, names) for kind, names in wanted.items()):
        return Reason.BEYOND
    return None


def exhausted(caller: Principal, purpose: Purpose | None, usage: Usage) -> Reason | None:
    """Why nothing more may be shown to ``caller``, whatever is asked: a lock, a budget, or counts that are not known.

    The one part of a decision that may differ between two looks of the same day, token and question.
    """
    if "organisation" in usage.locked:
        return Reason.ORGANISATION_LOCKED
    if "actor" in usage.locked:
        return Reason.ACTOR_LOCKED
    for budget in purpose.budgets if purpose else ():
        if budget.of == "actor" and caller.actor is None:
            continue  # nobody acts: a machine's looks count for its organisation
        count = usage.counts.get(budget.name)
        if count is None:
            return Reason.USAGE_UNKNOWN
        if count.including > budget.citizens:
            return Reason.ACTOR_BUDGET if budget.of == "actor" else Reason.ORGANISATION_BUDGET
    return None


def _withheld(purpose: Purpose, shown: Visible, name: str, kept: bool, clear: bool) -> Withheld | None:
    unseen = _unseen(shown, name)
    if unseen is not None and not (kept and unseen is Withheld.NOT_VISIBLE):
        return unseen
    known = shown.properties[name]
    if known.sensitivity not in GRADES or purpose.highest not in GRADES:
        return Withheld.ABOVE_CLASS
    if GRADES.index(known.sensitivity) > GRADES.index(purpose.highest):
        return Withheld.ABOVE_CLASS
    if known.sensitivity == "restricted" and not purpose.assessed:
        return Withheld.NOT_ASSESSED
    return None if clear or known.masking in MASKED else Withheld.REMOVED


def _unseen(shown: Visible, name: str) -> Withheld | None:
    """Why the person would not see the property themselves."""
    known = shown.properties.get(name)
    if known is None:
        return Withheld.NOT_IN_CONTRACT
    if known.sensitivity is None:
        return Withheld.WITHOUT_CLASS
    if known.audience is not None and shown.roles.isdisjoint(known.audience):
        return Withheld.NOT_VISIBLE
    return None
