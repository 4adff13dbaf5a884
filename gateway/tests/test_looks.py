"""What an agency asks for becomes one decision, one count and one entry; a failed look-up is told and counted as a look."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from .conftest import CASE, Rig
from .kept import Record
from .world import Person, World

PURPOSE = "social-aid.means-test"
ASKED = ["identity.person.name", "identity.person.birth_date", "identity.person.standing"]


async def look(rig: Rig, subject: dict[str, str], fields: list[str], **headers: Any) -> Any:
    body = {"purpose": PURPOSE, "subject": subject, "fields": fields}
    return await rig.client.post("/v1/views", json=body, headers=rig.as_agency(**headers))


@pytest.fixture
async def applicant(departments: World, window: Rig) -> Person:
    person, _ = await departments.born()
    token = await departments.named(person, "王小明")
    mine = window.of(person["gateway"]) | {"Onewindow-Version": token}
    assert (await window.client.get("/v1/me/records?type=identity.person", headers=mine)).status_code == 200
    return person


async def test_an_answer_stands_in_the_record_with_reason_case_officer_and_fields(
    window: Rig, applicant: Person, record: Record
) -> None:
    answer = await look(window, {"pseudonym": applicant["social-aid"]}, ["identity.person.name"])
    entry = await record.entry(answer)
    said = {name: entry[name] for name in ("kind", "outcome", "organisation", "actor", "purpose", "case", "operation")}
    assert said == {
        "kind": "look",
        "outcome": "answered",
        "organisation": "demo.social-aid",
        "actor": "sa-clerk-1",
        "purpose": PURPOSE,
        "case": CASE,
        "operation": "gateway.readForPurpose",
    }
    assert entry["subject"] == applicant["gateway"] and entry["records"] == {"identity.person": ["name"]}
    assert "社会救助暂行办法" in entry["legal_basis"] and entry["key"] and entry["asked"]
    assert "王" not in json.dumps(entry, ensure_ascii=False), "the entry never holds what was seen"
    assert entry["correlation"] == answer.headers["correlation-id"]


async def test_a_refused_look_stands_there_without_anybody(window: Rig, applicant: Person, record: Record) -> None:
    answer = await look(window, {"pseudonym": applicant["social-aid"]}, ASKED)
    assert (answer.status_code, answer.json()["code"]) == (403, "beyond-purpose")
    entry = await record.entry(answer)
    assert (entry["outcome"], entry["reason"], entry["subject"]) == ("refused", "beyond-purpose", None)
    assert entry["records"] == {} and set(entry["withheld"]) == set(ASKED)


async def test_a_failed_look_up_is_an_entry_that_names_nobody_but_tells_what_was_asked(
    window: Rig, record: Record
) -> None:
    named = {"scheme": "cn-id", "number": "330102199001011234", "name": "王小明"}
    answer = await look(window, named, ["identity.person.name"])
    again = await look(window, named, ["identity.person.name"])
    beside = await look(window, named | {"number": "330102199001011250"}, ["identity.person.name"])
    assert answer.status_code == 404
    first, second, third = [await record.entry(each) for each in (answer, again, beside)]
    assert (first["outcome"], first["subject"]) == ("not-found", None)
    assert first["asked"] == second["asked"] != third["asked"]
    assert first["near"] == third["near"], "going through numbers in sequence shows without the numbers"
    assert "1234" not in json.dumps(first)


async def test_what_the_contract_withholds_is_named_with_its_reason(
    window: Rig, applicant: Person, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = window.app.state.parts.catalogue.now.released
    known = dict(released.properties("identity.person"))
    stricter = known | {"standing": known["standing"]._replace(sensitivity="restricted")}
    monkeypatch.setattr(released, "_properties", released._properties | {"identity.person": stricter})
    monkeypatch.setattr(released, "_visible", {})
    answer = await look(
        window, {"pseudonym": applicant["social-aid"]}, ["identity.person.name", "identity.person.standing"]
    )
    assert answer.json()["withheld"] == [{"field": "identity.person.standing", "reason": "above-class"}]
    assert [each["body"] for each in answer.json()["sections"][0]["records"]] == [{"name": "王***"}]
    entry = await record.entry(answer)
    assert (entry["reason"], entry["withheld"]) == (
        "within-purpose-in-part",
        {"identity.person.standing": "above-class"},
    )


async def test_who_has_asked_for_as_many_people_as_the_purpose_allows_sees_nobody_more(
    window: Rig, applicant: Person, departments: World
) -> None:
    """40 distinct people an hour for one officer; failed look-ups count, a repeat of one does not."""

    async def code(person: Person) -> str:
        asked = {"pseudonym": person["social-aid"]}
        answer = await look(window, asked, ["identity.person.name"], officer="sa-clerk-greedy")
        return answer.json().get("code", "shown")

    unknown = [Person() for _ in range(39)]
    assert {await code(each) for each in (*unknown, *unknown[:3])} == {"person-not-found"}
    assert [await code(applicant), await code(applicant)] == ["shown", "shown"]
    assert await code(Person()) == "actor-budget-reached"
    assert await code(applicant) == "actor-locked", "the acting person is locked until a supervisor says otherwise"


async def test_a_stolen_token_without_its_key_shows_nobody(window: Rig, applicant: Person) -> None:
    bound = window.as_agency()
    stolen = {"Authorization": bound["Authorization"].replace("DPoP ", "Bearer ")}
    body = {
        "purpose": PURPOSE,
        "subject": {"pseudonym": applicant["social-aid"]},
        "fields": ["identity.person.name"],
    }
    answer = await window.client.post("/v1/views", json=body, headers=stolen)
    assert (answer.status_code, answer.json()["code"]) == (401, "proof-invalid")
    first = await window.client.post("/v1/views", json=body, headers=bound)
    again = await window.client.post("/v1/views", json=body, headers=bound)
    assert (first.status_code, again.status_code, again.json()["code"]) == (200, 401, "proof-replayed")


@pytest.mark.parametrize("on", [date(2014, 12, 31), date(2029, 1, 1)])
async def test_a_purpose_holds_between_its_days_only(
    window: Rig, applicant: Person, on: date, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = tmp_path / "day"
    day.write_text(on.isoformat())
    monkeypatch.setenv("ONEWINDOW_LEGAL_DAY", str(day))
    answer = await look(window, {"pseudonym": applicant["social-aid"]}, ["identity.person.name"])
    assert (answer.status_code, answer.json()["code"]) == (403, "purpose-not-valid")
    assert answer.headers["onewindow-entry"]
