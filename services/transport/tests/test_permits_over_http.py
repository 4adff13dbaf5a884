"""A residential parking permit: applied for by a citizen, decided by the office, ended when its grounds are gone."""

import asyncio
import secrets
from datetime import timedelta

import pytest
from onewindow_contracts.calendar import working_day_after
from onewindow_kit.clock import today
from transport.domain.days import add_years

PATH = "/v1/parking-permits"
TODAY = today()
RULING = {
    "outcome": "granted",
    "reason": "户籍住址在停车区内",
    "remedy": "六十日内可申请行政复议",
    "legal_basis": "停车管理办法",
}


@pytest.fixture
async def resident(office, neighbour, person, vehicle_body):
    """A person of Xihu with a car: pseudonym and vehicle URN; ``lodging`` by a residence permit instead."""

    async def new(household: str | None = None, division: str = "330106", lodging: bool = False):
        who = person()
        neighbour.settle(who, division, household or secrets.token_hex(8))
        if lodging:
            neighbour.lodge(who, division)
        car = await office.post("/v1/vehicles", vehicle_body(who))
        return who, car.json()["urn"]

    return new


async def apply(citizen, who: str, vehicle: str, zone: str = "XH-1"):
    return await citizen(who).post(PATH, {"vehicle": vehicle, "zone": zone})


@pytest.mark.rule("domain-28", "transport.parking-zones", "transport.permit-months")
async def test_who_is_registered_in_the_zone_has_a_permit_at_once(citizen, parking, resident) -> None:
    who, car = await resident()
    applied = await apply(citizen, who, car)
    assert (applied.status_code, applied.json()["state"]) == (201, "granted"), applied.text
    envelope = (await parking.get(f"{PATH}/{applied.json()['permit']}")).json()
    assert (envelope["version"], envelope["change"]) == (1, "created")
    assert envelope["body"]["valid_from"] == TODAY.isoformat() and envelope["body"]["decide_by"] is None
    assert envelope["body"]["valid_until"] == (add_years(TODAY, 1) - timedelta(days=1)).isoformat()
    assert envelope["body"]["decision"]["reason"] and envelope["body"]["decision"]["remedy"]


@pytest.mark.rule("transport.permit-decision-days")
async def test_a_permit_holder_applies_and_the_office_grants(citizen, parking, resident) -> None:
    who, car = await resident(lodging=True)
    applied = await apply(citizen, who, car)
    assert applied.status_code == 201, applied.text
    receipt = applied.json()
    assert (receipt["version"], receipt["state"]) == (1, "applied")
    assert who not in applied.text, "a citizen's answer names no pseudonym"
    desk = (await parking.get(f"{PATH}?state=applied&limit=200")).json()["items"]
    assert receipt["permit"] in [each["urn"] for each in desk]
    waiting = (await parking.get(f"{PATH}/{receipt['permit']}")).json()["body"]
    assert waiting["decide_by"] == working_day_after(TODAY, 20).isoformat()
    granted = await parking.post(f"{PATH}/{receipt['permit']}/decisions", RULING, version=1)
    envelope = granted.json()
    assert (granted.status_code, envelope["body"]["state"]) == (200, "granted")
    assert envelope["authority"] == "demo.parking-office"
    assert envelope["legal_basis"] == RULING["legal_basis"]
    assert envelope["body"]["decision"] == {"reason": RULING["reason"], "remedy": RULING["remedy"]}
    again = await parking.post(f"{PATH}/{receipt['permit']}/decisions", RULING, version=2)
    assert again.json()["code"] == "permit-state-forbids"


async def test_a_refusal_names_its_reason(citizen, parking, resident) -> None:
    who, car = await resident(lodging=True)
    permit = (await apply(citizen, who, car)).json()["permit"]
    refused = await parking.post(f"{PATH}/{permit}/decisions", RULING | {"outcome": "refused"}, version=1)
    assert (refused.json()["change"], refused.json()["body"]["state"]) == ("ended", "refused")
    assert (await apply(citizen, who, car)).status_code == 201, "one may apply again after a refusal"


async def test_each_missing_ground_is_named(citizen, neighbour, office, person, resident, vehicle_body) -> None:
    who, car = await resident()
    _, neighbours_car = await resident()
    assert (await apply(citizen, who, neighbours_car)).json()["code"] == "vehicle-not-owned"
    unknown = car[:-22] + "a" * 22
    assert (await apply(citizen, who, unknown)).json()["code"] == "vehicle-not-owned"
    assert (await apply(citizen, who, car, "SC-1")).json()["code"] == "not-resident"
    assert (await apply(citizen, who, car, "ZZ-9")).json()["code"] == "unknown-zone"
    neighbour.settle(who, None, None)
    assert (await apply(citizen, who, car)).json()["code"] == "not-resident"
    stranger = person()
    strangers_car = (await office.post("/v1/vehicles", vehicle_body(stranger))).json()["urn"]
    assert (await apply(citizen, stranger, strangers_car)).json()["code"] == "not-resident"


async def test_a_household_has_a_quota_also_when_all_apply_at_once(citizen, resident) -> None:
    household = secrets.token_hex(8)
    family = [await resident(household) for _ in range(6)]
    answers = await asyncio.gather(*(apply(citizen, who, car) for who, car in family))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"quota-reached"}


async def test_a_car_has_one_permit(citizen, resident) -> None:
    who, car = await resident()
    answers = await asyncio.gather(*(apply(citizen, who, car) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 4
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"permit-exists"}


async def test_the_holder_alone_withdraws(citizen, person, resident) -> None:
    who, car = await resident()
    permit = (await apply(citizen, who, car)).json()["permit"]
    place = f"{PATH}/{permit}/withdrawals"
    foreign = await citizen(person()).post(place, version=1)
    assert (foreign.status_code, foreign.json()["code"]) == (404, "not-found")
    stale = await citizen(who).post(place, version=3)
    assert stale.status_code == 412
    answer = await citizen(who).post(place, version=1)
    assert answer.json() == {"permit": permit, "version": 2, "state": "withdrawn"}
    assert (await citizen(who).post(place, version=2)).json()["code"] == "permit-state-forbids"


async def test_the_grounds_are_tested_again_at_the_decision(citizen, parking, neighbour, resident) -> None:
    who, car = await resident(lodging=True)
    permit = (await apply(citizen, who, car)).json()["permit"]
    neighbour.lodge(who, "330108")
    moved = await parking.post(f"{PATH}/{permit}/decisions", RULING, version=1)
    assert moved.json()["code"] == "not-resident"


async def test_a_sold_car_takes_no_permit_along(citizen, office, parking, person, resident) -> None:
    who, car = await resident()
    permit = (await apply(citizen, who, car)).json()["permit"]
    sale = {
        "to": person(),
        "ground": "sale",
        "consenting_mortgages": [],
        "plate": {"type": "02", "number": None},
        "effective_on": TODAY.isoformat(),
        "legal_basis": "机动车登记规定",
    }
    sold = await office.post(f"/v1/vehicles/{car}/transfers", sale, version=1)
    assert sorted(sold.headers["Onewindow-Version"].split(", ")) == sorted([f"{car}@2", f"{permit}@2"])
    envelope = (await parking.get(f"{PATH}/{permit}")).json()
    assert (envelope["change"], envelope["body"]["state"]) == ("ended", "ended")
    assert envelope["body"]["decision"]["reason"]


async def test_the_office_ends_a_permit(citizen, parking, resident, grounds) -> None:
    who, car = await resident()
    permit = (await apply(citizen, who, car)).json()["permit"]
    ended = await parking.post(f"{PATH}/{permit}/endings", grounds(), version=1)
    assert ended.json()["body"] | {"valid_until": TODAY.isoformat(), "state": "ended"} == ended.json()["body"]
    mine = await parking.post("/v1/parking-permit-lookups", {"holder": who})
    assert [each["urn"] for each in mine.json()["items"]] == [permit]


async def test_while_identity_is_down_nobody_is_refused_for_it(citizen, neighbour, resident) -> None:
    who, car = await resident()
    neighbour.down = True
    try:
        answer = await apply(citizen, who, car)
    finally:
        neighbour.down = False
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"]
    assert (await apply(citizen, who, car)).status_code == 201


async def test_a_permit_that_has_run_out_makes_way_for_the_next(app, citizen, parking, resident) -> None:
    from sqlalchemy import text

    who, car = await resident()
    first = (await apply(citizen, who, car)).json()["permit"]
    assert (await apply(citizen, who, car)).json()["code"] == "permit-exists"
    async with app.state.edge.database.sessions() as session, session.begin():
        past = text(
            "update parking_permit set valid_from = valid_from - 400, valid_until = valid_until - 400 where urn = :u"
        )
        await (await session.connection()).execute(past, {"u": first})
    second = await apply(citizen, who, car)
    assert second.status_code == 201, second.text
    ended = (await parking.get(f"{PATH}/{first}")).json()["body"]
    assert ended["state"] == "ended"
    assert ended["valid_until"] < TODAY.isoformat()
