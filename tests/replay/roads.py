"""What the vehicle administration and the parking office do in a year: licences, cars, plates, permits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from onewindow_local.demo.city import Caller
from onewindow_local.sample.numbers import vehicle_number
from onewindow_local.sample.people import Person
from onewindow_local.sample.traffic import Licence

from .life import Happening, Life

OFFICE = "vehicle-administration"
BASIS = "机动车登记规定 第十条"
GROUNDS = {"legal_basis": "道路交通安全法", "reason": "依法作出", "remedy": "六十日内可申请行政复议"}
PLATE = {"type": "02", "number": None}


async def new_car(life: Life) -> None:
    body = {
        "owner": await life.named(life.anybody(), OFFICE),
        "vin": vehicle_number("LVS", "AA49J", "T", life.chance.randint(1, 999_999)),
        "kind": "K33",
        "make": "样本",
        "model": "Y1",
        "colour": "A",
        "energy": "A",
        "use": "A",
        "first_registered_on": life.day.isoformat(),
        "plate": PLATE,
        "legal_basis": BASIS,
    }
    await (await life.city.vehicles()).do("/v1/vehicles", body)


async def sold_car(life: Life) -> None:
    office, car = await _car(life)
    body = {
        "to": await life.named(life.chance.choice(life.adults), OFFICE),
        "ground": "sale",
        "consenting_mortgages": [each["id"] for each in car["body"]["mortgages"]],
        "plate": PLATE,
        "effective_on": life.day.isoformat(),
        "legal_basis": BASIS,
    }
    await office.do(f"/v1/vehicles/{car['urn']}/transfers", body, at=f'"{car["version"]}"')


async def new_plate(life: Life) -> None:
    office, car = await _car(life)
    body = {"plate": PLATE, "effective_on": life.day.isoformat(), "legal_basis": BASIS}
    await office.do(f"/v1/vehicles/{car['urn']}/plates", body, at=f'"{car["version"]}"')


async def new_licence(life: Life) -> None:
    holder = await life.named(life.anybody(), OFFICE)
    body = {"holder": holder, "classes": ["C1"], "issued_on": life.day.isoformat(), "file_number": None}
    await (await life.city.vehicles()).do("/v1/driving-licences", body | {"legal_basis": "道路交通安全法 第十九条"})


async def suspension(life: Life) -> None:
    """Of a licence, for a violation and by two units; overturned again in half of all cases."""
    office, second = [await life.city.office(OFFICE, "transport", each, unit=each) for each in ("window", "review")]
    police = await life.city.office("traffic-police", "transport")
    licences: list[Licence] = [licence for resident in life.residents for licence in resident.licences]
    holder = await life.named(life.chance.choice(licences).holder, OFFICE)
    [licence, *_] = (await office.do("/v1/driving-licence-lookups", {"holder": holder})).body["items"]
    place, day = f"/v1/driving-licences/{licence['urn']}", {"effective_on": life.day.isoformat()}
    until = {"until": (life.day + timedelta(days=60)).isoformat()}
    seen = await police.do("/v1/violations", _seen(life, "parking", driver=holder))
    grounds = {"basis": "vehicle-administration.penalty", "evidence": [seen.urn]}
    wanted = GROUNDS | day | until | {"grounds": grounds}
    act = await office.do(f"{place}/suspensions", wanted, at=f'"{licence["version"]}"')
    word = {"acts": [{"act": act.urn, "version": act.body["version"]}], "outcome": "approved", "reason": "经复核"}
    await second.do("/v1/adverse-act-decisions", word)
    if life.chance.random() < 0.5:
        overturned: dict[str, Any] = {"examined_on": None, "overturned": True}
        await office.do(f"{place}/restorations", GROUNDS | day | overturned, at=f'"{licence["version"] + 1}"')


async def violation(life: Life) -> None:
    """Recorded by a camera, and established by an officer as the owner's in half of all cases."""
    _, car = await _car(life)
    police = await life.city.office("traffic-police", "transport")
    plate = {name: car["body"]["plate"][name] for name in ("type", "number")}
    seen = _seen(life, life.chance.choice(["red-light", "phone", "parking", "crosswalk"]), plate=plate)
    recorded = await police.do("/v1/violations", seen)
    if life.chance.random() < 0.5:
        whose = {"driver": car["subjects"][0]["pseudonym"], "effective_on": life.day.isoformat()}
        place = f"/v1/violations/{recorded.urn}/establishments"
        await police.do(place, GROUNDS | whose, at=recorded.etag)


def _seen(life: Life, kind: str, **whom: Any) -> dict[str, Any]:
    """What an officer enters of a violation; ``whom`` is a plate or a driver."""
    return {
        "kind": kind,
        "plate": None,
        "driver": None,
        "occurred_on": life.day.isoformat(),
        "place": "样本路口",
        "document": f"3301{life.chance.randint(0, 10**12 - 1):012}",
        "unit": "330106-traffic",
        "legal_basis": "道路交通安全法 第九十条",
    } | whom


async def _car(life: Life) -> tuple[Caller, dict[str, Any]]:
    """A car of somebody who has one."""
    office = await life.city.vehicles()
    cars = [car for resident in life.residents for car in resident.cars]
    owners = [car.owner for car in cars if isinstance(car.owner, Person)]
    while True:
        owner = await life.named(life.chance.choice(owners), OFFICE)
        if found := (await office.do("/v1/vehicle-lookups", {"owner": owner})).body["items"]:
            return office, life.chance.choice(found)


HAPPENINGS: list[Happening] = [new_car, sold_car, new_plate, new_licence, suspension, violation]
