"""Violations, points, reports and what citizens apply for: each operation of transport's roads once as its contract means it."""

from __future__ import annotations

import base64
import csv
import io
import secrets
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from .live import Answer, Service, Town, onewindow
from .people import TODAY, Person, adult, firm

DAY, REMEDY = TODAY.isoformat(), "六十日内可申请行政复议"
GROUNDS: dict[str, Any] = {"effective_on": DAY, "legal_basis": "道路交通安全法", "reason": "依法作出", "remedy": REMEDY}
ANY = {"type": "02", "number": None}
Car = Callable[[Service, Person], Answer]
Licence = Callable[[Service, Person, str], Answer]


def walk(town: Town, car: Car, licence: Licence) -> None:
    transport = town.service("transport")
    driver, other = adult(town, "例辛"), adult(town, "例壬")
    old = TODAY.replace(year=TODAY.year - 3, day=min(TODAY.day, 28)).isoformat()
    for person in (driver, other):
        licence(transport, person, old)
    police = Police(town, transport)
    violations(town, police, car, driver, other)
    points(town, police, driver)
    reports(police, car(transport, driver), other)
    applications(town, car, driver, other)


class Police:
    """The traffic police's side."""

    def __init__(self, town: Town, transport: Service) -> None:
        self.transport = transport
        self.first = town.token("agency", "traffic-police", officer="o-1")
        self.second = town.token("agency", "traffic-police", officer="o-2")

    def seen(self, car: Answer | None, driver: str | None = None, kind: str = "phone") -> Answer:
        plate = None if car is None else plate_of(car)
        entry = {"kind": kind, "plate": plate, "driver": driver, "occurred_on": DAY, "place": "文三路"}
        entry |= {"document": document(), "unit": "xihu-brigade", "legal_basis": "道路交通安全法第90条"}
        return self.transport.call("recordViolation", entry, token=self.first)

    def rule(self, case: str, outcome: str = "granted", token: str | None = None, **answer: Any) -> Answer:
        at = self.transport.call("readCase", urn=case, token=token or self.second).etag
        ruling = {"outcome": outcome, "reason": "依法作出", "answer": answer or None}
        return self.transport.call("decideCase", ruling, at=at, urn=case, token=token or self.second)


def document() -> str:
    return secrets.token_hex(8).upper()


def plate_of(car: Answer) -> dict[str, str]:
    return {name: car["body"]["plate"][name] for name in ("type", "number")}


def named(person: Person) -> dict[str, str]:
    return {"scheme": "cn-id", "number": person.number, "name": person.name}


def holder(person: Person) -> str:
    return person.in_sector("vehicle-administration")


def violations(town: Town, police: Police, car: Car, driver: Person, other: Person) -> None:
    transport, mine = police.transport, driver.token("transport")
    first = police.seen(car(transport, driver))
    taken = transport.call("acceptViolation", at=first.etag, urn=first["urn"], token=mine)
    transport.call("payFine", {"amount": 5000}, at=taken.etag, urn=first["urn"], token=mine)
    transport.call("readViolation", urn=first["urn"])
    assert transport.call("listViolations", query={"state": "paid"})["items"]
    assert transport.call("lookUpViolations", {"person": holder(driver)})["items"]

    company = firm(town, "示例运输有限公司", driver)
    van = {
        name: value
        for name, value in car(transport, driver).body["body"].items()
        if name in ("kind", "make", "model", "colour", "energy", "use", "first_registered_on")
    }
    owned = van | {"owner": company.in_sector("vehicle-administration"), "vin": "LSVAA49J532000019"}
    firms = transport.call("registerVehicle", owned | {"plate": ANY, "legal_basis": "机动车登记规定第10条"})
    second = police.seen(firms)
    told = {"driver": named(other)}
    transport.call("nameDriver", told, at=second.etag, urn=second["urn"], token=company.token("transport"))

    third = police.seen(car(transport, driver))
    contested = transport.call(
        "objectToViolation", {"reason": "当时不在场"}, at=third.etag, urn=third["urn"], token=mine
    )
    assert transport.call("listCases", query={"state": "pending"}, token=police.second)["items"]
    assert transport.call("readCaseContent", urn=contested["case"], token=police.second)["entries"]
    transport.call("readCase", urn=contested["case"], token=mine)
    police.rule(contested["case"], unit="legal-office")
    fourth = police.seen(car(transport, driver))
    known = GROUNDS | {"driver": holder(other)}
    established = transport.call("establishViolation", known, at=fourth.etag, urn=fourth["urn"])
    transport.call("annulViolation", GROUNDS, at=established.etag, urn=fourth["urn"])
    fifth = police.seen(car(transport, driver))
    contested = transport.call("objectToViolation", {"reason": "算了"}, at=fifth.etag, urn=fifth["urn"], token=mine)
    transport.call("withdrawCase", urn=contested["case"], token=mine)


def points(town: Town, police: Police, driver: Person) -> None:
    transport, mine = police.transport, driver.token("transport")
    case = transport.call("applyForPointsReduction", {"means": "volunteer"}, token=mine)["case"]
    police.rule(case, done_on=DAY)
    police.seen(None, holder(driver), "hit-and-run")
    [cycle] = transport.call("lookUpPointsCycles", {"holder": holder(driver)})["items"]
    assert cycle["body"]["duty"]["study_days"] == 7
    assert transport.call("closePointsCycles", {"limit": 10})["closed"] == 0
    urn = transport.call("lookUpLicences", {"holder": holder(driver)})["items"][0]["urn"]
    case = transport.call("applyForLicenceRecovery", urn=urn, token=mine)["case"]
    office = town.token("agency", "vehicle-administration")
    police.rule(case, token=office, examined_on=DAY, studied_days=7)


def reports(police: Police, car: Answer, reporter: Person) -> None:
    transport, picture = police.transport, io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG")
    file = {"media_type": "image/jpeg", "content": base64.b64encode(picture.getvalue()).decode()}
    seen = {"kind": "red-light", "plate": plate_of(car), "occurred_on": DAY, "place": "文三路", "description": "闯红灯"}
    receipt = transport.call("submitReport", seen | {"evidence": [file]}, token=reporter.token("transport"))
    urn = receipt["report"]
    assert transport.call("listReports", query={"state": "submitted"})["items"]
    entry = transport.call("readReport", urn=urn)["evidence"][0]
    assert transport.call("readEvidence", urn=urn, id=entry["id"])["media_type"] == "image/jpeg"
    found = {"kind": "red-light", "place": "文三路西向东", "document": document(), "unit": "xihu-brigade"}
    found["legal_basis"] = "道路交通安全法第90条"
    ruling = {"outcome": "upheld", "reason": "照片清楚", "violation": found}
    transport.call("decideReport", ruling, at=receipt.etag, urn=urn)


def applications(town: Town, car: Car, seller: Person, buyer: Person) -> None:
    transport = town.service("transport")
    office = town.token("agency", "vehicle-administration")
    case = transport.call("applyForLicence", {"classes": ["C1"]}, token=adult(town, "例癸").token("transport"))["case"]
    at = transport.call("readCase", urn=case, token=office).etag
    grounds = {"basis": "vehicle-administration.refusal", "evidence": [case]}
    ruling = {"outcome": "refused", "reason": "考试未通过", "answer": None, "grounds": grounds}
    transport.call("decideCase", ruling, at=at, urn=case, token=office)
    for step, body in (("declineCase", {"reason": "价格不合适"}), ("consentToCase", None)):
        wish = {"to": named(buyer), "ground": "sale", "plate": ANY}
        urn = car(transport, seller)["urn"]
        case = transport.call("applyForVehicleTransfer", wish, urn=urn, token=seller.token("transport"))["case"]
        transport.call(step, body, urn=case, token=buyer.token("transport"))
    reclaimed(town, seller)


def reclaimed(town: Town, owner: Person) -> None:
    """A plate that was on a car for more than a year, as an older system has it, comes off and goes on again."""
    transport, since = town.service("transport"), (TODAY - timedelta(days=400)).isoformat()
    number = f"浙A{secrets.randbelow(90000) + 10000}"
    row = {
        "number": owner.number,
        "vin": "LSVAA49J732000023",
        "plate_type": "02",
        "plate_number": number,
        "kind": "K33",
        "make": "示例牌",
        "model": "S1",
        "colour": "A",
        "energy": "A",
        "use": "A",
        "first_registered_on": since,
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vehicles.csv"
        with file.open("w", newline="") as out:
            writer = csv.DictWriter(out, row)
            writer.writeheader()
            writer.writerow(row)
        onewindow(town.instance, "import", "transport", str(file), "--type", "vehicle")
    car = transport.call("lookUpPlate", {"type": "02", "number": number})
    change = {"effective_on": DAY, "legal_basis": "机动车登记规定第44条", "plate": ANY}
    transport.call("changePlate", change, at=car.etag, urn=car["urn"])
    back = {"type": "02", "number": number}
    receipt = transport.call("reclaimPlate", back, urn=car["urn"], token=owner.token("transport"))
    assert receipt["state"] == "granted"
