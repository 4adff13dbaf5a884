"""People: born, registered late, moving between districts, dying; each seen through the window."""

from datetime import date, timedelta

import pytest
from onewindow_kit import clock
from onewindow_local.demo.city import DIVISION, OTHER_DIVISION, City, Person, Refused, person_of


async def test_a_birth_makes_a_person_with_a_number_and_a_window(city: City):
    mother = await city.adult("例母")
    office = await city.population()
    birth = {
        "name": "例新生",
        "sex": "2",
        "birth_date": (clock.today() - timedelta(days=3)).isoformat(),
        "ethnic_group": "01",
        "birth_division": DIVISION,
        "mother": mother.id,
        "household": city.household_of(mother),
        "relationship": "30",
        "certificate": "出生医学证明A1",
    }
    born = await office.do("/v1/births", birth)
    child = person_of(born)
    assert child.number[:6] == DIVISION
    window = await city.citizen(child)
    [person] = await window.records("identity.person", after=born)
    assert person["body"]["standing"] == "registered"
    mothers = await (await city.citizen(mother)).records("identity.kinship", after=born)
    assert sorted(you["role"] for record in mothers for you in record["you"]) == ["guardian", "parent"]
    with pytest.raises(Refused) as refusal:
        await office.do("/v1/births", birth | {"birth_date": (clock.today() + timedelta(days=2)).isoformat()})
    assert refusal.value.status in (409, 422)


async def test_a_person_without_papers_is_registered_by_what_is_known(city: City):
    person, done = await city.registered_late("例无证", date(1990, 5, 1), division=DIVISION)
    assert done.body["entries"]["standing"] == "registered"
    [seen] = await (await city.citizen(person)).records("identity.person", after=done)
    assert seen["body"]["name"] == "例无证"


async def test_a_move_between_districts_goes_through_three_steps(city: City):
    mover = await city.adult("例迁")
    office = await city.population()
    window = await city.citizen(mover)
    permitted = await office.do("/v1/moves", {"person": mover.id, "to_division": OTHER_DIVISION, "reason": "work"})
    certified = await office.do(f"/v1/moves/{permitted.urn}/certificate", {}, at=permitted.etag)
    [person] = await window.records("identity.person", after=certified)
    assert person["body"]["standing"] == "in-transit"
    place = {"kind": "family", "division": OTHER_DIVISION, "address": "江边路5号"}
    arrived = await office.do(f"/v1/moves/{permitted.urn}/arrival", {"opening": place}, at=certified.etag)
    [person] = await window.records("identity.person", after=arrived)
    assert person["body"]["standing"] == "registered"
    [registration] = await window.records("identity.household-registration", after=arrived)
    assert registration["body"]["division"] == OTHER_DIVISION


async def test_a_death_reaches_every_department_and_its_register_keeps_a_head(city: City):
    head = await city.adult("例户主", born=date(1950, 1, 1))
    household = city.household_of(head)
    wife, _ = await city.registered_late("例配偶", date(1952, 1, 1), household=household, relationship="10")
    office = await city.population()
    at = f'"{(await office.get(f"/v1/persons/{head.id}"))["version"]}"'
    died = await office.do(
        f"/v1/persons/{head.id}/death",
        {
            "died_on": clock.today().isoformat(),
            "evidence": [{"kind": "death-certificate", "reference": "死亡证明1"}],
            "new_head": wife.id,
            "relationships": [],
        },
        at=at,
    )
    window = await city.citizen(wife)
    [registration] = await window.records("identity.household-registration", after=died)
    assert [you["part"] for you in registration["you"]] == ["02"]
    record = await office.get(f"/v1/persons/{head.id}")
    assert record["entries"]["standing"] == "dead"


async def test_a_lost_card_is_reported_through_the_gateway(city: City):
    person = await city.adult("例失卡")
    office = await city.population()
    at = f'"{(await office.get(f"/v1/persons/{person.id}"))["version"]}"'
    issued = await office.do(f"/v1/persons/{person.id}/cards", {"reason": "first"}, at=at)
    window = await city.citizen(person)
    assert await window.records("identity.identity-card", after=issued)
    reported = await window.command("identity", "reportCardLost", body={})
    assert await window.records("identity.identity-card", after=reported) == []
    history = await window.get("/v1/me/records?type=identity.identity-card")
    assert [record["body"]["state"] for record in history["items"]] == ["lost"]


async def test_strangers_learn_nothing_by_asking(city: City):
    person = await city.adult("例隐")
    office = await city.office("title-registry", "identity")
    wrong_name = {"scheme": "cn-id", "number": person.number, "name": "别人"}
    nobody = {"scheme": "cn-id", "number": "110101199003074514", "name": "别人"}
    answers = [await office.client.post("/v1/pseudonyms", json=asked) for asked in (wrong_name, nobody)]
    assert {a.status_code for a in answers} == {404}
    alike = [{k: v for k, v in a.json().items() if k != "instance"} for a in answers]
    assert alike[0] == alike[1]


async def test_a_person_cannot_be_named_by_anothers_credential(city: City):
    person = await city.adult("例密")
    stranger = Person(person.id.replace("identity", "housing"), person.name, person.number)
    office = await city.population()
    with pytest.raises(Refused) as refusal:
        await office.get(f"/v1/persons/{stranger.id}")
    assert refusal.value.status in (404, 422)
