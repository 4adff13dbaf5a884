"""Taking a licence, refusing an application: on grounds, seen by the driver, undone with compensation."""

from datetime import date
from typing import Any

import orjson
import pytest
from onewindow_contracts import loader
from onewindow_kit.clock import today
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import Pseudonym, introduction
from sqlalchemy import text
from transport.domain.days import add_months

from .roads import ok, refused

PATH = "/v1/driving-licences"


@pytest.fixture
async def licence(road: Any, person: Any) -> dict[str, Any]:
    return await road.licence(person(), "2024-03-01")


@pytest.fixture
async def acts_of(app: Any):
    """The published acts on a person, newest envelope each."""

    async def found(person: str) -> list[dict[str, Any]]:
        records = app.state.records
        async with app.state.edge.database.sessions() as session:
            query = text("select urn from adverse_act where subject = :person order by urn")
            urns = (await session.execute(query, {"person": person})).scalars().all()
            return [orjson.loads(await records.current(session, urn)) for urn in urns]

    return found


def holder(licence: dict[str, Any]) -> str:
    return licence["subjects"][0]["pseudonym"]


async def test_twelve_points_stand_in_the_drivers_record_with_the_violations_as_evidence(
    road, licence, acts_of
) -> None:
    seen = [await road.stopped(holder(licence)) for _ in range(2)]
    assert (await road.licence_of(holder(licence)))["body"]["state"] == "retained"
    [act] = await acts_of(holder(licence))
    body = act["body"]
    assert (body["kind"], body["state"], body["by_law"]) == ("licence-retained", "in-force", True)
    assert sorted(body["evidence"]) == sorted(each["urn"] for each in seen)
    assert body["results"] == [licence["urn"]] and body["remedy"]["zh"] and body["unit"] is None


@pytest.mark.rule("offices.compensation-months")
async def test_undoing_gives_the_licence_back_as_it_was(
    road, office, second, licence, grounds, offence, approved
) -> None:
    wanted = grounds(barred_until=None, **await offence(licence))
    answer = await office.post(f"{PATH}/{licence['urn']}/revocations", wanted, version=1)
    await approved(answer)
    act = ok(await office.get(f"/v1/adverse-acts/{answer.json()['urn']}"))
    undone = ok(
        await second.post(f"/v1/adverse-acts/{act['urn']}/undoings", {"reason": "认错人"}, version=act["version"])
    )
    assert undone["body"]["state"] == "undone"
    back = await road.licence_of(holder(licence))
    assert (back["change"], back["version"]) == ("corrected", 3)
    told = ("state", "classes", "term", "valid_from", "valid_until", "state_since", "state_until")
    assert {name: back["body"][name] for name in told} == {name: licence["body"][name] for name in told}
    case = ok(await office.get(f"/v1/cases/{undone['body']['compensation']}"))
    assert (case["body"]["kind"], case["body"]["state"]) == ("compensation", "pending")
    assert case["subjects"][0]["pseudonym"] == holder(licence)
    assert case["body"]["decide_by"] == add_months(today("Asia/Shanghai"), 2).isoformat()


async def test_what_a_licence_became_since_stops_an_approval(road, office, second, licence, grounds, offence) -> None:
    wanted = grounds(barred_until=None, **await offence(licence))
    act = (await office.post(f"{PATH}/{licence['urn']}/revocations", wanted, version=1)).json()
    more = grounds(classes=["C1", "D"])
    ok(await office.post(f"{PATH}/{licence['urn']}/class-changes", more, version=1))
    word = {"acts": [{"act": act["urn"], "version": 1}], "outcome": "approved", "reason": "经复核"}
    body = refused(await second.post("/v1/adverse-act-decisions", word), 409, "act-overtaken")
    assert body["act"] == act["urn"]


async def test_anothers_or_an_annulled_violation_bears_nobody_out(
    road, office, licence, grounds, person, acts_of
) -> None:
    other = await road.licence(person(), "2024-03-01")
    anothers, annulled = await road.stopped(holder(other), "phone"), await road.stopped(holder(licence), "phone")
    ok(await road.police().post(f"/v1/violations/{annulled['urn']}/annulments", grounds(), version=1))
    for evidence in (anothers, annulled):
        named = {"basis": "vehicle-administration.penalty", "evidence": [evidence["urn"]]}
        wanted = grounds(barred_until=None, grounds=named)
        answer = await office.post(f"{PATH}/{licence['urn']}/revocations", wanted, version=1)
        told = refused(answer, 409, "evidence-not-confirmed")
        [stands] = [act for act in await acts_of(holder(licence)) if act["urn"] == told["act"]]
        assert (stands["body"]["state"], stands["body"]["evidence"]) == ("refused", [evidence["urn"]])
    assert (await road.licence_of(holder(licence)))["body"]["state"] == "valid"


async def test_an_application_is_refused_on_grounds_only_and_reopened_when_that_was_wrong(
    road, office, second, citizen, person, acts_of, neighbour
) -> None:
    applicant = person()
    neighbour.births[applicant] = date(1990, 1, 1)
    case = ok(await citizen(applicant).post("/v1/licence-applications", {"classes": ["C1"]}), 201)["case"]
    bare = {"outcome": "refused", "reason": "材料不全", "answer": None}
    refused(await office.post(f"/v1/cases/{case}/decisions", bare, version=1), 409, "grounds-missing")
    done = ok(await road.decide(office, case, "refused"))
    assert done["body"]["decision"]["evidence"] == [case] and done["body"]["decision"]["remedy"]
    [act] = await acts_of(applicant)
    assert (act["body"]["kind"], act["body"]["state"]) == ("application-refused", "in-force")

    path = f"/v1/adverse-acts/{act['urn']}/undoings"
    ok(await second.post(path, {"reason": "材料齐全"}, version=act["version"]))
    again = ok(await office.get(f"/v1/cases/{case}"))
    assert (again["body"]["state"], again["body"]["decision"], again["change"]) == ("pending", None, "corrected")


async def test_evidence_is_confirmed_to_the_service_whose_offices_have_the_basis_and_to_nobody_else(
    http, issuer, keys, road, licence, person
) -> None:
    seen = await road.stopped(holder(licence), "phone")
    identity = Keyring.load(keys / "identity.json")
    known, other = (introduction(identity, Pseudonym.parse(name)) for name in (holder(licence), person()))

    async def told(asking: str, basis: str, introduced: str, urn: str) -> list[bool]:
        headers = {"Authorization": f"Bearer {issuer.service(asking, 'transport')}"}
        body = {"basis": basis, "checks": [{"introduction": introduced, "evidence": [urn]}]}
        return ok(await http.post("/v1/evidence/check", json=body, headers=headers))["confirmed"]

    penalty = "vehicle-administration.penalty"
    assert await told("transport", penalty, known, seen["urn"]) == [True]
    foreign = introduction(identity, Pseudonym.new("housing"))
    for question in (
        ("transport", penalty, other, seen["urn"]),
        ("transport", penalty, foreign, seen["urn"]),
        ("transport", penalty, known, seen["urn"][:-22] + "a" * 22),
        ("transport", penalty, known, licence["urn"]),
        ("housing", penalty, known, seen["urn"]),
        ("housing", "title-registry.refusal", known, seen["urn"]),
        ("transport", "vehicle-administration.unknown", known, seen["urn"]),
    ):
        assert await told(*question) == [False], question
    assert "title-registry.refusal" in loader.load().bases
