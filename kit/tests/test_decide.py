"""No look shows more than purpose, contract, class and x-visible-to have in common, whatever is asked by whomever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta

import onewindow_kit.decide as deciding
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st
from onewindow_kit.decide import (
    Budget,
    Count,
    Decision,
    Principal,
    Property,
    Purpose,
    Reason,
    Usage,
    Visible,
    decide,
    decide_own,
    may_ask,
)
from onewindow_kit.decision import GRADES
from onewindow_kit.refusals import CODES
from onewindow_kit.testing import thorough

from .drawing_looks import HOLDER, OTHER, TODAY, by_kind, callers, looks, visibles


def permitted(purpose: Purpose, seen: Mapping[str, Visible], kind: str, name: str) -> bool:
    """What the issue's rule says of one field, said another way than the code says it."""
    within = kind in purpose.keeps or name in purpose.fields.get(kind, ())
    shown = seen.get(kind)
    fact = shown.properties.get(name) if shown else None
    if not within or shown is None or fact is None or fact.sensitivity not in GRADES or purpose.highest not in GRADES:
        return False
    low_enough = GRADES.index(fact.sensitivity) <= GRADES.index(purpose.highest)
    assessed = purpose.assessed or fact.sensitivity != "restricted"
    to_roles = kind in purpose.keeps or fact.audience is None or bool(fact.audience & shown.roles)
    return low_enough and assessed and to_roles


def excess(
    decision: Decision, purpose: Purpose | None, wanted: Mapping[str, frozenset[str]], seen: Mapping[str, Visible]
):
    """What a decision lets out beyond purpose, request, contract, class and visibility."""
    out = {(kind, name) for kind, found in decision.fields.items() for name in found}
    if purpose is None:
        return out
    return {
        (kind, name)
        for kind, name in out
        if name not in wanted.get(kind, ()) or not permitted(purpose, seen, kind, name)
    }


def within_all_bounds(look) -> None:
    caller, purpose, wanted, seen, usage, on = look
    decision = decide(*look)
    assert excess(decision, purpose, wanted, seen) == set()
    if not decision.allowed:
        assert not decision.fields and not decision.masked and not decision.withheld
        return
    assert purpose is not None and caller.purpose == purpose.id
    assert purpose.valid_from <= on <= purpose.valid_until
    assert purpose.void_from is None or on < purpose.void_from
    if caller.kind == "service":
        assert caller.client_id in purpose.machines
    else:
        assert caller.kind == "agency" and caller.authority == purpose.holder
        assert caller.actor or not purpose.acting_person
    for budget in purpose.budgets:
        if budget.of == "organisation" or caller.actor is not None:
            assert usage.counts[budget.name].including <= budget.citizens
    assert not usage.locked


@thorough(200)
@given(looks())
def test_nothing_leaves_beyond_purpose_contract_class_and_visibility(look) -> None:
    within_all_bounds(look)


@thorough(200)
@given(looks())
def test_every_field_that_was_asked_for_leaves_or_is_withheld_with_its_reason(look) -> None:
    _, purpose, wanted, _, _, _ = look
    decision = decide(*look)
    if decision.allowed:
        left = {f"{kind}.{name}" for kind, found in decision.fields.items() for name in found}
        assert left | set(decision.withheld) == {f"{kind}.{name}" for kind, found in wanted.items() for name in found}
        assert left.isdisjoint(decision.withheld)
        assert (decision.reason is Reason.IN_PART) == bool(decision.withheld)
        for kind, hidden in decision.masked.items():
            assert hidden <= decision.fields[kind] and kind not in purpose.keeps
            assert hidden.isdisjoint(purpose.clear.get(kind, ()))


@thorough(200)
@given(looks())
def test_what_may_not_even_be_asked_is_refused_for_whomever_it_concerns(look) -> None:
    """A refusal before the person is known is the refusal after it: it says nothing of any person."""
    caller, purpose, wanted, _, usage, on = look
    before = may_ask(caller, purpose, wanted, usage, on)
    assert not before.fields
    if not before.allowed:
        assert decide(*look) == before


@thorough(100)
@given(looks())
def test_the_same_look_is_decided_the_same_way_and_more_use_never_allows_more(look) -> None:
    *who, usage, on = look
    decision = decide(*who, usage, on)
    assert decide(*who, usage, on) == decision
    fuller = Usage({n: Count(c.without, c.including + 1) for n, c in usage.counts.items()}, usage.locked | {"actor"})
    assert not decide(*who, fuller, on).allowed


@thorough(100)
@given(callers, st.sampled_from(("gateway.1.a", "gateway.1.b")), by_kind, visibles)
def test_ones_own_record_is_shown_to_oneself_alone_and_only_what_roles_see(caller, subject, wanted, seen) -> None:
    decision = decide_own(caller, subject, wanted, seen)
    if caller.kind not in ("citizen", "representative") or caller.subject != subject:
        assert not decision.allowed and not decision.fields
        return
    assert decision.allowed and not decision.masked
    for kind, found in decision.fields.items():
        for name in found:
            fact = seen[kind].properties[name]
            assert name in wanted[kind] and fact.sensitivity is not None
            assert fact.audience is None or fact.audience & seen[kind].roles


def look_of(**changed) -> tuple:
    """One look that is allowed; ``changed`` says what is different about it."""
    purpose = Purpose(
        "p",
        HOLDER,
        {"housing.title": frozenset({"address", "name"})},
        TODAY,
        TODAY,
        clear={"housing.title": frozenset({"address"})},
        highest="confidential",
        acting_person=True,
        case="C[0-9]+",
        budgets=(Budget("actor", "hour", 2), Budget("organisation", "hour", 5)),
    )
    caller = Principal("agency", HOLDER, "housing", HOLDER, "t", 0, HOLDER, "p", "officer-1", "C1")
    facts = {"address": Property("confidential", None, "full"), "name": Property("confidential", None, "partial")}
    usage = Usage({"actor-hour": Count(1, 2), "organisation-hour": Count(4, 5)})
    look = {
        "caller": caller,
        "purpose": purpose,
        "wanted": {"housing.title": frozenset({"address", "name"})},
        "visible": {"housing.title": Visible(facts, frozenset({"owner"}))},
        "usage": usage,
        "on": TODAY,
    }
    for key, value in changed.items():
        part, _, name = key.partition("_")
        look[part] = replace(look[part], **{name: value}) if name else value
    return tuple(look.values())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, Reason.WITHIN_PURPOSE),
        ({"caller_kind": "citizen"}, Reason.NOT_AN_AGENCY),
        ({"caller_kind": "service"}, Reason.NOT_HELD),
        ({"purpose": None}, Reason.UNKNOWN),
        ({"caller_purpose": "q"}, Reason.NOT_BOUND),
        ({"caller_authority": OTHER}, Reason.NOT_HELD),
        ({"purpose_void_from": TODAY}, Reason.VOID),
        ({"on": TODAY + timedelta(days=1)}, Reason.NOT_VALID),
        ({"caller_actor": None}, Reason.NO_ACTOR),
        ({"caller_case": None}, Reason.NO_CASE),
        ({"caller_case": "C1\n"}, Reason.CASE_MALFORMED),
        ({"purpose_case": None}, Reason.CASE_UNEXPECTED),
        ({"wanted": {}}, Reason.NOTHING_ASKED),
        ({"wanted": {"housing.title": frozenset({"price"})}}, Reason.BEYOND),
        ({"wanted": {"identity.person": frozenset({"name"})}}, Reason.BEYOND),
        ({"usage": Usage()}, Reason.USAGE_UNKNOWN),
        ({"usage_locked": frozenset({"actor"})}, Reason.ACTOR_LOCKED),
        ({"usage_locked": frozenset({"organisation"})}, Reason.ORGANISATION_LOCKED),
        ({"purpose_budgets": (Budget("actor", "hour", 1),)}, Reason.ACTOR_BUDGET),
        ({"purpose_budgets": (Budget("organisation", "hour", 4),)}, Reason.ORGANISATION_BUDGET),
    ],
)
def test_each_refusal_has_its_own_reason(changed, reason) -> None:
    decision = decide(*look_of(**changed))
    assert decision.reason is reason and decision.allowed is (reason is Reason.WITHIN_PURPOSE)
    if decision.allowed:
        assert decision.masked == {"housing.title": frozenset({"name"})}


def test_every_refusing_reason_is_a_code_that_the_contracts_explain() -> None:
    shown = {Reason.WITHIN_PURPOSE, Reason.IN_PART, Reason.OWN}
    plain = {Reason.NOT_AN_AGENCY, Reason.NOT_OWN}  # answered as forbidden: who is no agency has no purpose to mend
    assert set(CODES) == {reason.value for reason in set(Reason) - shown - plain}


def test_a_place_taken_before_is_free_for_the_same_person_again() -> None:
    again = Usage({"actor-hour": Count(2, 2), "organisation-hour": Count(5, 5)})
    assert decide(*look_of(usage=again)).allowed


PLANTED = {
    "class": ("GRADES", tuple(reversed(GRADES))),
    "masking": ("MASKED", ("none", "full", "partial", "regex", "hash", "?")),
    "visibility": (
        "_unseen",
        lambda shown, name: None if name in shown.properties else deciding.Withheld.NOT_IN_CONTRACT,
    ),
    "purpose": ("_beyond", lambda purpose, wanted: None),
    "caller": ("_refused", lambda caller, purpose, on: None if purpose else Reason.UNKNOWN),
    "budgets and locks": ("exhausted", lambda caller, purpose, usage: None),
}


@pytest.mark.parametrize("defect", sorted(PLANTED.keys() - {"masking"}))
def test_a_defect_planted_in_the_decision_is_caught(defect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, *PLANTED[defect])
    found = thorough(200, phases=(Phase.generate,), report_multiple_bugs=False)(given(looks())(within_all_bounds))
    with pytest.raises((AssertionError, KeyError)):
        found()


def test_a_strategy_that_removes_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = {"housing.title": Visible({"name": Property("confidential", None, "hash")}, frozenset())}
    look = look_of(visible=hashed, wanted={"housing.title": frozenset({"name"})})
    assert decide(*look).withheld == {"housing.title.name": deciding.Withheld.REMOVED}
    monkeypatch.setattr(deciding, *PLANTED["masking"])
    assert decide(*look).withheld == {}, "the planted defect lets a hash of a citizen's number out"


def test_all_that_a_token_says_of_a_caller_is_drawn() -> None:
    """A field that is added to Principal or Purpose must be drawn here too, or nobody tests what it does."""
    assert {each.name for each in fields(Principal)} - {"thumbprint", "unit"} == {
        *("kind", "subject", "sector", "client_id", "token_id", "expires_at", "authority", "purpose", "actor", "case")
    }
