"""Who may look for what: the caller's own registered purpose, on a day on which it holds, and no field beyond it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from gateway.access.looks import Looks
from gateway.access.purposes import compiled
from gateway.catalogue import Edition
from onewindow_contracts import loader
from onewindow_kit.decide import Principal
from onewindow_kit.problems import Forbidden, Problem

PURPOSE = "social-aid.means-test"
AGENCY = Principal(
    kind="agency",
    subject="demo.social-aid",
    sector="social-aid",
    client_id="demo.social-aid",
    token_id="t",
    expires_at=2**40,
    authority="demo.social-aid",
    purpose=PURPOSE,
)


def _looks(on: date = date(2026, 11, 24)) -> Looks:
    edition = Edition(loader.load(), "demo")
    return Looks(edition.purposes.get, edition.topic_of.get, lambda: on)


def test_a_look_within_the_purpose_says_what_may_leave_and_what_of_it_clear() -> None:
    look = _looks().may_for(AGENCY, PURPOSE, ["housing.title.address", "housing.title.use", "identity.person.name"])
    assert look.fields == {
        "housing.title.v1": frozenset({"address", "use"}),
        "identity.person.v1": frozenset({"name"}),
    }
    assert look.clear == {"housing.title.v1": frozenset({"use"}), "identity.person.v1": frozenset()}
    assert look.highest == "confidential"


@pytest.mark.parametrize("on", [date(2014, 12, 31), date(2029, 1, 1)])
def test_a_purpose_holds_between_its_days_only(on: date) -> None:
    with pytest.raises(Problem) as refused:
        _looks(on).may_for(AGENCY, PURPOSE, ["housing.title.use"])
    assert refused.value.code == "purpose-not-permitted"


@pytest.mark.parametrize("on", [date(2015, 1, 1), date(2028, 12, 31)])
def test_both_days_are_included(on: date) -> None:
    assert _looks(on).may_for(AGENCY, PURPOSE, ["housing.title.use"])


@pytest.mark.parametrize(
    "changed",
    [
        {"purpose": None},
        {"purpose": "title-registry.transfer"},
        {"authority": "demo.title-registry"},
        {"authority": "elsewhere.social-aid"},
        {"authority": None},
        {"kind": "citizen"},
        {"kind": "service"},
        {"kind": "operator"},
    ],
)
def test_deny_by_default(changed: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refused:
        _looks().may_for(replace(AGENCY, **changed), PURPOSE, ["housing.title.use"])
    assert refused.value.code == "purpose-not-permitted"


def test_a_holder_is_an_authority_of_this_instance() -> None:
    contracts = loader.load()
    here = compiled(contracts.purposes.values(), "province")
    assert here[PURPOSE].rule.holder == "province.social-aid"


def test_only_a_citizen_looks_without_a_purpose() -> None:
    looks = _looks()
    looks.may(replace(AGENCY, kind="citizen"))
    for kind in ("agency", "service", "operator"):
        with pytest.raises(Forbidden):
            looks.may(replace(AGENCY, kind=kind))
