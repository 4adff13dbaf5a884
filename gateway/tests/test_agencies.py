"""An agency sees the fields that request, purpose and contract have in common, masked; all else looks the same."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Rig
from .world import Person, World

PURPOSE = "social-aid.means-test"
ASKED = ["identity.person.name", "identity.person.standing", "housing.title.address", "housing.title.use"]


async def _look(rig: Rig, subject: dict[str, str], fields: list[str] = ASKED, **over: Any) -> Any:
    headers = over.pop("headers", None) or rig.as_agency()
    body = {"purpose": PURPOSE, "subject": subject, "fields": fields} | over
    return await rig.client.post("/v1/views", json=body, headers=headers)


@pytest.fixture
async def applicant(departments: World, window: Rig) -> Person:
    person, _ = await departments.born()
    await departments.named(person, "王小明")
    token = await departments.owns(person, "西湖区示例路1号2幢301室", "1/2")
    answer = await window.client.get(
        "/v1/me/records?type=housing.title", headers=window.of(person["gateway"]) | {"Onewindow-Version": token}
    )
    assert answer.status_code == 200
    return person


async def test_a_look_by_the_agencys_own_pseudonym(window: Rig, applicant: Person) -> None:
    answer = await _look(window, {"pseudonym": applicant["social-aid"]}, [*ASKED, "housing.title.you"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-cache"
    sections = {each["section"]: each for each in answer.json()["sections"]}
    (person,) = sections["identity"]["records"]
    assert person["body"] == {"name": "王***", "standing": "registered"}
    assert person["subject"] == []
    (title,) = sections["housing"]["records"]
    assert title["body"] == {"address": "***", "use": "10"}
    assert [each["part"] for each in title["subject"]] == ["1/2"]
    assert "pseudonym" not in answer.text
    for secret in ("王小明", "示例路", "300000000", applicant["housing"], applicant["gateway"]):
        assert secret not in answer.text


async def test_a_look_by_number_and_name_through_identity(window: Rig, applicant: Person) -> None:
    window.neighbours.people["330102199001011234", "王小明"] = applicant["gateway"]
    named = {"scheme": "cn-id", "number": "330102199001011234", "name": "王小明"}
    answer = await _look(window, named, ["housing.title.use"])
    assert answer.status_code == 200, answer.text
    (section,) = answer.json()["sections"]
    assert [each["body"] for each in section["records"]] == [{"use": "10"}]
    assert answer.json()["purpose"] == PURPOSE


async def test_out_of_reach_looks_the_same(window: Rig, applicant: Person) -> None:
    window.neighbours.people["330102199001011234", "王小明"] = applicant["gateway"]
    window.neighbours.people["330102199001015678", "李丽"] = Person()["gateway"]
    subjects = [
        {"pseudonym": Person()["social-aid"]},
        {"pseudonym": applicant["housing"]},
        {"pseudonym": applicant["gateway"]},
        {"scheme": "cn-id", "number": "330102199001011234", "name": "王大明"},
        {"scheme": "cn-id", "number": "110101199001011234", "name": "王小明"},
        {"scheme": "cn-id", "number": "330102199001015678", "name": "李丽"},
    ]
    answers = [await _look(window, subject) for subject in subjects]
    bodies = [each.json() | {"instance": ""} for each in answers]
    assert {each.status_code for each in answers} == {404}
    assert bodies[0]["code"] == "person-not-found"
    assert all(body == bodies[0] for body in bodies)


@pytest.mark.parametrize(
    ("agency", "purpose", "code"),
    [
        ({"purpose": None}, PURPOSE, "purpose-not-bound"),
        ({"purpose": "title-registry.transfer"}, PURPOSE, "purpose-not-bound"),
        ({"purpose": "title-registry.transfer"}, "title-registry.transfer", "purpose-not-held"),
        ({"purpose": "nothing.such"}, "nothing.such", "purpose-unknown"),
        ({"name": "title-registry", "sector": "housing"}, PURPOSE, "purpose-not-held"),
        ({"officer": None}, PURPOSE, "actor-missing"),
        ({"case": None}, PURPOSE, "case-missing"),
        ({"case": "somebody's name"}, PURPOSE, "case-malformed"),
    ],
)
async def test_a_refusal_says_why_and_nothing_of_anybody(
    window: Rig, applicant: Person, agency: dict[str, Any], purpose: str, code: str
) -> None:
    for subject in ({"pseudonym": applicant["social-aid"]}, {"pseudonym": Person()["social-aid"]}):
        answer = await _look(window, subject, headers=window.as_agency(**agency), purpose=purpose)
        assert (answer.status_code, answer.json()["code"]) == (403, code)


@pytest.mark.parametrize(
    "field", ["housing.title.price_fen", "housing.title.nothing", "moon.rock.kind", "identity.link.pseudonyms"]
)
async def test_a_field_beyond_the_purpose_refuses_the_whole_look(window: Rig, applicant: Person, field: str) -> None:
    for subject in ({"pseudonym": applicant["social-aid"]}, {"pseudonym": Person()["social-aid"]}):
        answer = await _look(window, subject, [*ASKED, field])
        assert (answer.status_code, answer.json()["code"]) == (403, "beyond-purpose")
