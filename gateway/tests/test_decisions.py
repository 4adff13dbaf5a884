"""A remembered decision is the one that would be made, whatever usage says; what was not decided is not remembered."""

from __future__ import annotations

from datetime import date

import pytest
from gateway.agencies.decisions import Decisions, Key
from gateway.catalogue import Edition
from onewindow_contracts import loader
from onewindow_kit.decide import Count, Decision, Principal, Reason, Usage, decide

PURPOSE = "social-aid.means-test"
ON = date(2026, 11, 24)
OFFICER = Principal(
    kind="agency",
    subject="demo.social-aid",
    sector="social-aid",
    client_id="demo.social-aid",
    token_id="t",
    expires_at=2**40,
    authority="demo.social-aid",
    purpose=PURPOSE,
    actor="sa-clerk-1",
    case="DB2026-000117",
)
BUDGETS = ("actor-hour", "actor-day", "organisation-hour", "organisation-day")
USAGES = [
    Usage(dict.fromkeys(BUDGETS, Count(1, 2))),
    Usage(dict.fromkeys(BUDGETS, Count(40, 41))),
    Usage(dict.fromkeys(BUDGETS, Count(5000, 5001))),
    Usage({}),
    Usage(dict.fromkeys(BUDGETS, Count(1, 1)), frozenset({"actor"})),
    Usage(dict.fromkeys(BUDGETS, Count(1, 1)), frozenset({"organisation"})),
]
FIELDS = ("identity.person.name", "identity.person.standing", "housing.title.address")


@pytest.mark.parametrize("first", USAGES)
@pytest.mark.parametrize("usage", USAGES)
def test_it_is_the_decision_that_would_be_made(first: Usage, usage: Usage) -> None:
    edition, decisions = Edition(loader.load(), "demo"), Decisions()
    purpose, wanted = edition.purposes[PURPOSE], edition.released.wanted(FIELDS)
    roles = (frozenset({"person"}), frozenset({"owner"}))
    visible = {name: edition.released.visible(name, held) for name, held in zip(wanted, roles, strict=True)}
    key = Key(OFFICER.token_id, PURPOSE, FIELDS, roles, ON)

    def judge(said: Usage) -> Decision:
        return decisions.decide(key, OFFICER, purpose, wanted, lambda: visible, said)

    made = judge(first)
    if made.allowed:
        decisions.rest(key, made, lambda: b"rest")
    assert judge(usage) == decide(OFFICER, purpose, wanted, visible, usage, ON)


def test_another_edition_of_the_contracts_is_decided_anew() -> None:
    decisions = Decisions()
    key = Key(OFFICER.token_id, PURPOSE, FIELDS, (), ON)
    usage, allowed = USAGES[0], Decision(True, Reason.WITHIN_PURPOSE)
    for edition in (first := object(), object()):
        decisions.under(edition)
        assert decisions.decide(key, OFFICER, None, {}, dict, usage).reason == Reason.UNKNOWN
        decisions.rest(key, allowed, lambda: b"rest")
        assert decisions.decide(key, OFFICER, None, {}, dict, usage) is allowed
    assert edition is not first
