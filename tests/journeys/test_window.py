"""Looking through the window from outside: an agency for its purpose, a citizen's app that hears of changes."""

import asyncio
import json
from typing import Any

import pytest
from onewindow_kit.testing import eventually
from onewindow_local.demo.city import Citizen, City, Person, Refused

from .test_transport import car

PURPOSE = "social-aid.means-test"
FIELDS = ["identity.person.name", "identity.person.standing", "transport.vehicle.kind", "transport.vehicle.state"]


def named(person: Person) -> dict[str, str]:
    return {"scheme": person.scheme, "number": person.number, "name": person.name}


async def test_an_agency_checks_means_for_its_purpose_and_sees_no_more(city: City):
    applicant = await city.adult("例申请")
    registered = await car(city, applicant)
    await (await city.citizen(applicant)).view(after=registered)
    agency = await city.office("social-aid", "gateway")
    asked = {"purpose": PURPOSE, "subject": named(applicant), "fields": FIELDS}
    seen = (await agency.do("/v1/views", asked)).body
    sections = {each["section"]: each["records"] for each in seen["sections"]}
    assert [each["body"] for each in sections["identity"]] == [{"name": "例***", "standing": "registered"}]
    assert [each["body"]["kind"] for each in sections["transport"]] == ["K33"]
    assert applicant.number not in json.dumps(seen)

    # The pseudonym that identity gives the agency names the same person, once its link record has arrived.
    own = await city.pseudonym(applicant, "social-aid")

    async def by_pseudonym():
        try:
            return (await agency.do("/v1/views", asked | {"subject": {"pseudonym": own}})).body
        except Refused as refused:
            assert refused.code == "person-not-found"
            return None

    again = await eventually(by_pseudonym)
    assert [each["records"] for each in again["sections"]] == [each["records"] for each in seen["sections"]]

    stranger = Person("", "无此人", applicant.number)
    for asking, code in (
        (asked | {"subject": named(stranger)}, "person-not-found"),
        (asked | {"subject": {"pseudonym": await city.pseudonym(applicant, "title-registry")}}, "person-not-found"),
        (asked | {"fields": ["identity.person.birth_date"]}, "beyond-purpose"),
        (asked | {"purpose": "title-registry.transfer"}, "purpose-not-bound"),
    ):
        with pytest.raises(Refused) as refused:
            await agency.do("/v1/views", asking)
        assert refused.value.code == code


async def test_an_app_hears_of_a_change_as_it_happens(city: City):
    owner = await city.adult("例车主")
    window = await city.citizen(owner)
    start = (await window.get("/v1/me/changes"))["after"]
    hearing = asyncio.create_task(_heard(window, start, "transport.vehicle"))
    registered = await car(city, owner)
    async with asyncio.timeout(30):
        change = await hearing
    assert (change["urn"], change["version"], change["kind"]) == (registered.urn, 1, "created")

    headers = {"Accept": "text/event-stream", "Last-Event-ID": start}
    async with asyncio.timeout(20), window.client.stream("GET", "/v1/me/changes", headers=headers) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: ") and json.loads(line.removeprefix("data: ")) == change:
                break


async def _heard(window: Citizen, place: str, record_type: str) -> dict[str, Any]:
    """The first change of a record of this type after ``place``, by long polls as an app makes them."""
    while True:
        answer = await window.client.get("/v1/me/changes", params={"after": place, "wait": 10}, timeout=30)
        found = answer.json()
        for change in found["changes"]:
            if change["type"] == record_type:
                return change
        place = found["after"]
