"""Two parties of an open case turn out to be one person, or one to be two: the case goes on for who it is."""

from datetime import date

import pytest
from housing.service import notices, same_person

pytestmark = pytest.mark.rule("domain-7", "domain-30")
ON = date(2026, 6, 1)


@pytest.fixture
def work(app):
    async def work(use_case, *arguments):
        async with app.state.edge.database.sessions() as session, session.begin():
            return await use_case(session, app.state.registry, *arguments)

    return work


@pytest.fixture
def estate(citizen, identity, registered, person, work):
    """A dead owner's unit for which one heir has applied and named two others."""

    async def estate(heir, *others):
        dead = person()
        title = await registered(dead)
        await work(notices.died, dead, ON)
        body = {
            "unit_code": title["body"]["unit_code"],
            "deceased": identity.introduced(dead),
            "own_name": "申请人",
            "heirs": [{"party": identity.introduced(other, "继承人")} for other in others],
        }
        made = await citizen(heir).post("/v1/inheritance-applications", body)
        assert made.status_code == 201, made.text
        return title, made.json()

    return estate


async def test_two_heirs_who_renounced_turn_out_to_be_one(office, citizen, person, work, estate, decide):
    heir, losing, into = person(), person(), person()
    title, case = await estate(heir, losing, into)
    for each in (losing, into):
        assert (await citizen(each).post(f"/v1/cases/{case['urn']}/renunciations")).status_code == 200
    await work(same_person.merged, losing, into, ON)
    assert (await decide(case)).status_code == 200
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    assert {s["pseudonym"]: s["part"] for s in now["subjects"]} == {heir: "1/1"}


async def test_one_person_who_was_asked_twice_answers_once(citizen, person, work, estate, decide, office):
    heir, losing, into = person(), person(), person()
    title, case = await estate(heir, losing, into)
    assert (await citizen(losing).post(f"/v1/cases/{case['urn']}/renunciations")).status_code == 200
    await work(same_person.merged, losing, into, ON)
    again = await citizen(into).post(f"/v1/cases/{case['urn']}/renunciations")
    assert again.status_code == 200 and again.json()["body"]["state"] == "pending", again.text
    assert (await decide(case)).status_code == 200
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    assert {s["pseudonym"] for s in now["subjects"]} == {heir}


async def test_nothing_is_granted_while_it_is_open_who_a_party_is(
    app, registry, office, citizen, person, registered, identity, work, decide, refused
):
    losing, into, stays, leaves, owner = (person() for _ in range(5))
    flat = await registered(owner)
    await work(same_person.merged, losing, into, ON)
    asks = {"cause": "gift", "acquirers": [{"party": identity.introduced(into, "受赠人")}]}
    case = (await citizen(owner).post(f"/v1/titles/{flat['urn']}/transfer-applications", asks)).json()
    assert (await citizen(into).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    await work(same_person.split, into, stays, leaves, [], ON)
    refused(await decide(case), 409, "case-awaits-parties")
    async with app.state.edge.database.sessions() as session, session.begin():
        [review] = [each for each in await registry.cases.of_person(session, into) if each.kind == "split-review"]
    body = {"assignments": [{"record": case["urn"], "goes_to": "stays"}], "reason": "查明。"}
    assert (await office.post(f"/v1/cases/{review.urn}/assignments", body, version=review.version)).is_success
    assert (await decide(case)).status_code == 200
    now = (await office.get(f"/v1/titles/{flat['urn']}")).json()
    assert {s["pseudonym"] for s in now["subjects"]} == {stays}
