"""What drivers and owners do about violations, points and plates through the gateway; the police and the office answer."""

import base64
import secrets
from datetime import timedelta
from io import BytesIO

import pytest
from onewindow_local.demo import cases
from onewindow_local.demo.cars import PLATE, new_car
from onewindow_local.demo.city import Citizen, City, Done, Person, Refused
from onewindow_local.demo.firms import named
from PIL import Image

from .following import apply

BASIS = "道路交通安全法 第九十条"


async def _licence(city: City, driver: Person, years: int = 3) -> Done:
    issued = city.today() - timedelta(days=365 * years)
    holder = await city.pseudonym(driver, "vehicle-administration")
    body = {"holder": holder, "classes": ["C1"], "issued_on": issued.isoformat(), "file_number": None}
    return await (await city.vehicles()).do("/v1/driving-licences", body | {"legal_basis": "道路交通安全法 第十九条"})


async def _seen(city: City, car: Done, kind: str = "red-light") -> Done:
    """A camera's picture, recorded by the police."""
    police = await city.office("traffic-police", "transport")
    plate = car.body["body"]["plate"]
    entry = {
        "kind": kind,
        "plate": {"type": plate["type"], "number": plate["number"]},
        "driver": None,
        "occurred_on": city.today().isoformat(),
        "place": "示例路口",
        "document": f"3301{secrets.randbelow(10**12):012}",
        "unit": "330106-traffic",
        "legal_basis": BASIS,
    }
    return await police.do("/v1/violations", entry)


async def _pay(window: Citizen, violation: Done) -> Done:
    at = {"path": {"urn": violation.urn}}
    accepted = await window.command("transport", "acceptViolation", **at, at=violation.etag)
    fine = {"amount": violation.body["body"]["fine_fen"]}
    return await window.command("transport", "payFine", **at, body=fine, at=accepted.etag)


@pytest.mark.rule("domain-22", "domain-23")
async def test_twelve_points_and_the_way_back(city: City):
    driver = await city.adult("例司机")
    window = await city.citizen(driver)
    await _licence(city, driver)
    car = await new_car(city, driver)
    paid = await _pay(window, await _seen(city, car))
    [cycle] = await window.records("transport.points-cycle", after=paid)
    assert cycle["body"]["points"] == 6
    paid = await _pay(window, await _seen(city, car))
    [cycle] = await window.records("transport.points-cycle", after=paid)
    assert cycle["body"]["points"] == 12
    [licence] = await window.records("transport.driving-licence", after=paid)
    assert licence["body"]["state"] == "retained"
    case, _ = await apply(window, "transport", "applyForLicenceRecovery", path={"urn": licence["urn"]})
    office = await city.vehicles()
    lazy = {"studied_days": 2, "examined_on": city.today().isoformat()}
    with pytest.raises(Refused) as refused:
        await cases.decide(office, case.urn, answer=lazy)
    assert refused.value.status == 409
    diligent = lazy | {"studied_days": 7}
    decided = await cases.decide(office, case.urn, answer=diligent)
    assert await case.state(decided) == "granted"
    [licence] = await window.records("transport.driving-licence", after=decided)
    assert licence["body"]["state"] == "valid"


@pytest.mark.rule("domain-25")
async def test_a_car_is_sold_once_its_violations_are_settled(city: City):
    seller, buyer = await city.adult("例车东"), await city.adult("例接手")
    selling, buying = await city.citizen(seller), await city.citizen(buyer)
    await _licence(city, seller)
    car = await new_car(city, seller)
    violation = await _seen(city, car, "parking")
    sale = {"path": {"urn": car.urn}, "body": {"to": named(buyer), "ground": "sale", "plate": PLATE}}
    with pytest.raises(Refused) as unsettled:
        await selling.command("transport", "applyForVehicleTransfer", **sale)
    assert (unsettled.value.status, unsettled.value.code) == (409, "violations-open")
    await _pay(selling, violation)
    case, _ = await apply(selling, "transport", "applyForVehicleTransfer", **sale)
    await cases.consent(buying, "transport", case.urn)
    decided = await cases.decide(await city.vehicles(), case.urn, answer=None)
    [bought] = await buying.records("transport.vehicle", after=decided)
    assert bought["urn"] == car.urn
    assert await selling.records("transport.vehicle", after=decided) == []


@pytest.mark.rule("domain-30")
async def test_an_objection_to_a_violation_is_decided_by_another_unit(city: City):
    owner = await city.adult("例不服")
    window = await city.citizen(owner)
    await _licence(city, owner)
    violation = await _seen(city, await new_car(city, owner))
    wish = {"path": {"urn": violation.urn}, "body": {"reason": "当时信号灯为绿灯。"}}
    case, asked = await apply(window, "transport", "objectToViolation", **wish, at=violation.etag)
    assert await case.state(asked) == "pending"
    police = await city.office("traffic-police", "transport", "officer-2")
    decided = await cases.decide(police, case.urn, reason="监控证实信号灯为绿灯。", answer={"unit": "330108-traffic"})
    assert await case.state(decided) == "granted"
    await window.view(after=decided)
    found = (await window.get("/v1/me/records?type=transport.violation"))["items"]
    assert [each["body"]["state"] for each in found] == ["annulled"]


@pytest.mark.rule("domain-27")
async def test_a_reporter_sees_the_status_and_the_reported_never_who_reported(city: City):
    reporter, reported = await city.adult("例举报"), await city.adult("例被举")
    watching, driving = await city.citizen(reporter), await city.citizen(reported)
    car = await new_car(city, reported)
    plate = car.body["body"]["plate"]
    picture = BytesIO()
    Image.new("RGB", (64, 48), "red").save(picture, "JPEG")
    report = {
        "kind": "parking",
        "plate": {"type": plate["type"], "number": plate["number"]},
        "occurred_on": city.today().isoformat(),
        "place": "示例路口",
        "description": "占用人行道停车。",
        "evidence": [{"media_type": "image/jpeg", "content": base64.b64encode(picture.getvalue()).decode()}],
    }
    handed_in = await watching.command("transport", "submitReport", body=report)
    [mine] = await watching.records("transport.report", after=handed_in)
    assert "plate" not in mine["body"] and mine["body"]["state"]
    police = await city.office("traffic-police", "transport")
    found = {
        "outcome": "upheld",
        "reason": "照片清楚。",
        "violation": {
            "kind": "parking",
            "place": "示例路与例子路口",
            "document": f"3301{secrets.randbelow(10**12):012}",
            "unit": "330106-traffic",
            "legal_basis": BASIS,
        },
    }
    known = await police.get(f"/v1/reports/{mine['urn']}")
    upheld = await police.do(f"/v1/reports/{mine['urn']}/decisions", found, at=f'"{known["version"]}"')
    [violation] = await driving.records("transport.violation", after=upheld)
    assert violation["body"]["kind"] == "parking"
    assert await driving.records("transport.report", after=upheld) == []
    assert reporter.name not in str(await driving.view(after=upheld))
    lying = report | {"evidence": [{"media_type": "image/png", "content": base64.b64encode(b"no picture").decode()}]}
    with pytest.raises(Refused) as refused:
        await watching.command("transport", "submitReport", body=lying)
    assert refused.value.status in (409, 422)
