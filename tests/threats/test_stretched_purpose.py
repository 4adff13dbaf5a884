"""A purpose reaches as far as it was granted, and not a field further: at the gateway and at every department."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import onewindow_kit.decide as deciding
import pytest
from onewindow_contracts.loader import HOME, load
from onewindow_kit.clock import today
from onewindow_kit.decide import Count, Principal, Reason, Usage, Visible, decide
from onewindow_kit.properties import properties
from onewindow_kit.purposes import Purpose, compiled
from onewindow_kit.testing import eventually
from onewindow_local.demo.flats import flat, owner
from onewindow_local.tokens import Refused

from .conftest import Nodes


def named(person: Any, purpose: str, *fields: str) -> dict[str, Any]:
    subject = {"scheme": person.scheme, "number": person.number, "name": person.name}
    return {"purpose": purpose, "subject": subject, "fields": list(fields)}


async def test_one_field_too_many_refuses_the_whole_look(nodes: Nodes) -> None:
    """Nobody learns by trial what a purpose covers, nor of whom there is something to see."""
    person = await nodes.city.adult("例越界")
    clerk = await nodes.city.office("title-registry", "gateway")
    for fields in (
        ("identity.person.name", "identity.person.birth_date"),
        ("identity.person.name", "housing.title.address"),
        ("identity.person.name", "identity.person.nothing"),
    ):
        answer = await clerk.client.post("/v1/views", json=named(person, "title-registry.transfer", *fields))
        assert (answer.status_code, answer.json()["code"]) == (403, "beyond-purpose")
        assert person.name not in answer.text
    allowed = await clerk.client.post(
        "/v1/views", json=named(person, "title-registry.transfer", "identity.person.name")
    )
    assert person.name in allowed.text


async def test_a_token_for_one_purpose_is_good_for_no_other(nodes: Nodes) -> None:
    person = await nodes.city.adult("例借用")
    clerk = await nodes.city.office("title-registry", "gateway")
    for other in ("title-registry.register", "social-aid.means-test", "nonsense.purpose"):
        answer = await clerk.client.post("/v1/views", json=named(person, other, "identity.person.name"))
        assert answer.status_code == 403 and person.name not in answer.text
        assert answer.json()["code"] in ("purpose-not-bound", "purpose-unknown")


async def test_the_issuer_binds_nobody_to_a_purpose_of_another_office(nodes: Nodes) -> None:
    with pytest.raises(Refused):
        await nodes.city.office("title-registry", "gateway", purpose="social-aid.means-test")


async def test_a_case_of_another_kind_opens_nothing(nodes: Nodes) -> None:
    """Neither is what a clerk writes freely put before the citizen as a case."""
    with pytest.raises(Refused):
        await nodes.city.office("title-registry", "gateway", case="anything at all")


async def test_a_purpose_for_the_window_opens_no_register_at_the_department(nodes: Nodes) -> None:
    """And the register's own purpose does, under the eyes of the person: within a second it stands in their record."""
    city = nodes.city
    person = await city.adult("例登记")
    title = await flat(city, await owner(city, person))
    stretched = await city.office("title-registry", "housing", purpose="title-registry.transfer")
    answer = await stretched.client.get(f"/v1/titles/{title.urn}")
    assert (answer.status_code, answer.json()["code"]) == (403, "beyond-purpose")
    clerk = await city.office("title-registry", "housing", "officer-31")
    answer = await clerk.client.get(f"/v1/titles/{title.urn}")
    assert answer.status_code == 200
    entry, window = answer.headers["Onewindow-Entry"], await city.citizen(person)

    async def seen() -> dict[str, Any] | None:
        told = await window.client.get(f"/v1/me/access-entries/{entry}")
        return told.json() if told.is_success else None

    told = await eventually(seen)
    assert (told["kind"], told["actor"], told["purpose"]["id"]) == (
        *("register", "officer-31"),
        "title-registry.register",
    )
    assert [record["type"] for record in told["records"]] == ["housing.title"]


REGISTER = compiled(load([HOME]).purposes.values(), load([HOME]).authorities, "demo")
FREE = Usage({f"{of}-{per}": Count(0, 1) for of in ("actor", "organisation") for per in ("hour", "day")})


def everything() -> tuple[dict[str, frozenset[str]], dict[str, Visible]]:
    """All properties of all records, and how their contracts show them to whoever stands in every role."""
    contracts = load([HOME])
    found = {
        each.topic.rpartition(".")[0]: properties(contracts.body_schema(each.topic))
        for each in contracts.topics.values()
        if each.kind == "record"
    }
    roles = frozenset().union(*(p.audience or () for known in found.values() for p in known.values()))
    return (
        {kind: frozenset(known) for kind, known in found.items()},
        {kind: Visible(known, roles) for kind, known in found.items()},
    )


def stretched(purpose: Purpose) -> list[str]:
    """The fields, one by one, that this purpose lets out although its entry does not list them."""
    entry = load([HOME]).purposes[purpose.id]
    caller = Principal(
        *("agency", purpose.holder, "x", purpose.holder, "t", 0, purpose.holder, purpose.id, "officer-1"),
        case=entry.case_example,
    )
    listed = {f"{each.topic.rpartition('.')[0]}.{name}" for each in entry.records for name in each.fields}
    kept = {topic.rpartition(".")[0] for topic in entry.keeps}
    on = min(max(today(), entry.valid_from), entry.valid_until)
    wanted, visible = everything()
    out = []
    for kind, names in wanted.items():
        for name in sorted(names):
            decision = decide(caller, purpose, {kind: frozenset({name})}, visible, FREE, on)
            if decision.fields and kind not in kept and f"{kind}.{name}" not in listed:
                out.append(f"{kind}.{name}")
    return out


def test_no_registered_purpose_lets_out_a_field_that_its_entry_does_not_list() -> None:
    assert {purpose.id: found for purpose in REGISTER.values() if (found := stretched(purpose))} == {}


def test_a_purpose_that_stretches_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a decision that forgets what the purpose covers."""
    monkeypatch.setattr(deciding, "_beyond", lambda _purpose, _wanted: None)
    monkeypatch.setattr(deciding, "MASKED", ("none", "full", "partial", "regex", "remove", "hash", "tokenize"))
    assert "identity.person.birth_date" in stretched(REGISTER["title-registry.transfer"])


def test_a_renamed_or_replaced_holder_holds_nothing() -> None:
    contracts = load([HOME])
    office = contracts.authorities["demo.title-registry"]
    entry = contracts.purposes["title-registry.transfer"]
    caller = Principal(
        *("agency", office.id, "housing", office.id, "t", 0, office.id, entry.id, "officer-1"), case=entry.case_example
    )
    _, visible = everything()
    asked = {"identity.person": frozenset({"name"})}
    for change in (
        {"title": {"zh": "不动产登记局", "en": "x"}},
        {"uscc": "11330100247100046X"},
        {"successor": "land-office"},
        {"valid_until": today()},
    ):
        after = {office.id: replace(office, **change)}
        [purpose] = compiled([entry], after, "demo").values()
        assert decide(caller, purpose, asked, visible, FREE, today()).reason is Reason.VOID
    [purpose] = compiled([entry], {office.id: office}, "demo").values()
    assert decide(caller, purpose, asked, visible, FREE, today()).allowed
