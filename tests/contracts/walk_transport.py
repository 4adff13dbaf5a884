"""Every operation of transport once as its contract means it: licences, vehicles with their plates, parking permits."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from onewindow_contracts.formats import vin_check_digit

from . import walk_adverse
from . import walk_transport_lottery as walk_lottery
from . import walk_transport_roads as walk_roads
from .live import Answer, Service, Town
from .people import TODAY, Person, adult

DAY, BASIS, REMEDY = TODAY.isoformat(), "机动车登记规定 第十条", "六十日内可申请行政复议"
GROUNDS: dict[str, Any] = {"effective_on": DAY, "legal_basis": BASIS, "reason": "依法作出", "remedy": REMEDY}
MARK = {"effective_on": DAY, "legal_basis": BASIS}


def holder(person: Person) -> str:
    return person.in_sector("vehicle-administration")


def vin() -> str:
    text = f"LSVAA49J0C2{secrets.randbelow(10**6):06}"
    return text[:8] + vin_check_digit(text) + text[9:]


def car(transport: Service, person: Person) -> Answer:
    vehicle = {
        "owner": holder(person),
        "vin": vin(),
        "kind": "K33",
        "make": "示例牌",
        "model": "S1",
        "colour": "A",
        "energy": "A",
        "use": "A",
        "first_registered_on": DAY,
        "plate": {"type": "02", "number": None},
        "legal_basis": BASIS,
    }
    return transport.call("registerVehicle", vehicle)


def licence(transport: Service, person: Person, issued_on: str = DAY) -> Answer:
    body = {"holder": holder(person), "classes": ["C1"], "issued_on": issued_on, "file_number": None}
    return transport.call("issueLicence", body | {"legal_basis": "道路交通安全法 第十九条"})


def walk(town: Town) -> None:
    transport = town.service("transport")
    people = [adult(town, f"例{name}") for name in "甲乙丙丁戊己庚"]
    licences(town, transport, people)
    vehicles(transport, *people[:2])
    walk_lottery.permits(town, car, people[0])
    walk_lottery.lottery(town, [people[5], people[6], people[1]])
    walk_lottery.persons(town, car, licence)
    walk_roads.walk(town, car, licence)
    novice = adult(town, "例辛")

    def wish() -> str:
        return transport.call("applyForLicence", {"classes": ["C1"]}, token=novice.token("transport"))["case"]

    walk_adverse.walk(town, "transport", "vehicle-administration", novice, wish)
    assert transport.call("readSnapshot", record_type="vehicle", query={"limit": 3})["items"]
    assert transport.call("republishRegistry", record_type="parking-permit")["republished"] >= 1
    urn = transport.call("lookUpVehicles", {"owner": holder(people[0])})["items"][0]["urn"]
    assert transport.call("republishRecord", urn=urn)["republished"] == 1


def offence(town: Town, driver: Person, basis: str) -> dict[str, Any]:
    """What bears it out that a licence is taken: a violation on the road."""
    seen = walk_roads.Police(town, town.service("transport")).seen(None, holder(driver))
    return {"grounds": {"basis": f"vehicle-administration.{basis}", "evidence": [seen["urn"]]}}


def licences(town: Town, transport: Service, people: list[Person]) -> None:
    first = licence(transport, people[0])
    urn = first["urn"]
    transport.call("readLicence", urn=urn)
    assert transport.call("lookUpLicences", {"holder": holder(people[0])})["items"]
    wider = transport.call("changeLicenceClasses", GROUNDS | {"classes": ["C1", "D"]}, at=first.etag, urn=urn)
    until = {"until": (TODAY + timedelta(days=60)).isoformat()}
    clerk = town.token("agency", "vehicle-administration", officer="clerk-1", unit="window", at="transport")
    wanted = GROUNDS | until | offence(town, people[0], "penalty")
    act = transport.call("suspendLicence", wanted, at=wider.etag, urn=urn, token=clerk)
    suspended = walk_adverse.restricted(town, transport, act)
    overturned = {"examined_on": None, "overturned": True}
    restored = transport.call("restoreLicence", GROUNDS | overturned, at=suspended.etag, urn=urn)
    points = offence(town, people[0], "twelve-points")
    transport.call("retainLicence", GROUNDS | points, at=restored.etag, urn=urn, token=clerk)
    for person, operation, basis, more in (
        (people[1], "stopLicenceUse", "twelve-points", {}),
        (people[2], "revokeLicence", "penalty", {"barred_until": None}),
    ):
        issued = licence(transport, person)
        wanted = GROUNDS | more | offence(town, person, basis)
        transport.call(operation, wanted, at=issued.etag, urn=issued["urn"], token=clerk)
    issued = licence(transport, people[3])
    wrong = {"basis": "vehicle-administration.obtained-wrongly", "evidence": [issued["urn"]]}
    transport.call("annulLicence", GROUNDS | {"grounds": wrong}, at=issued.etag, urn=issued["urn"], token=clerk)
    issued = licence(transport, people[4])
    transport.call("cancelLicence", GROUNDS | {"cause": "own-request"}, at=issued.etag, urn=issued["urn"])
    old = licence(transport, people[5], TODAY.replace(year=TODAY.year - 6, day=min(TODAY.day, 28)).isoformat())
    renewal = {"twelve_points_reached": False, "legal_basis": BASIS}
    transport.call("renewLicence", renewal, at=old.etag, urn=old["urn"])
    licence(transport, people[6], "2015-01-05")
    run = {"limit": 500, "legal_basis": "机动车驾驶证申领和使用规定 第七十九条", "remedy": REMEDY}
    assert transport.call("cancelLapsedLicences", run)["cancelled"] >= 1


def vehicles(transport: Service, seller: Person, buyer: Person) -> None:
    registered = car(transport, seller)
    urn, plate = registered["urn"], registered["body"]["plate"]
    transport.call("readVehicle", urn=urn)
    key = {"type": plate["type"], "number": plate["number"]}
    assert transport.call("lookUpPlate", key).body
    bank = {"mortgagee_code": "91110000600037341L", "mortgagee": "示例银行", "since": DAY, "legal_basis": BASIS}
    pledged = transport.call("enterVehicleMortgage", bank, at=registered.etag, urn=urn)
    paid = {"mark": pledged["body"]["mortgages"][0]["id"]}
    free = transport.call("dischargeVehicleMortgage", MARK | paid, at=pledged.etag, urn=urn)
    until = (TODAY + timedelta(days=100)).isoformat()
    order = {"ordered_by": "示例法院", "document": "示执2号", "since": DAY, "until": until, "legal_basis": BASIS}
    frozen = transport.call("enterVehicleFreeze", order, at=free.etag, urn=urn)
    lifted = {"mark": frozen["body"]["freezes"][0]["id"]}
    free = transport.call("liftVehicleFreeze", MARK | lifted, at=frozen.etag, urn=urn)
    choice = {"plate": {"type": "02", "number": None}}
    plated = transport.call("changePlate", MARK | choice, at=free.etag, urn=urn)
    sale = {"to": holder(buyer), "ground": "sale", "consenting_mortgages": []} | choice | MARK
    sold = transport.call("transferVehicle", sale, at=plated.etag, urn=urn)
    transport.call("lookUpPlateRights", {"owner": holder(seller)})
    transport.call("deregisterVehicle", MARK | {"cause": "scrapped"}, at=sold.etag, urn=urn)
