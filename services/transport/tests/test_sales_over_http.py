"""A car is sold through the window by both; violations come first; its old plate goes on the next car."""

from datetime import date, timedelta

import pytest
from onewindow_contracts.calendar import working_day_after
from onewindow_kit.testing import legal_day
from transport.store.people import note_death

from .roads import Road, ok, refused

DAY = date(2026, 3, 2)
ANY = {"type": "02", "number": None}


@pytest.fixture(autouse=True)
def day():
    with legal_day(DAY) as legal:
        yield lambda later: legal.write_text(later.isoformat())


@pytest.fixture
def sale(road: Road, neighbour):
    """Apply to sell a car to somebody; the answer."""

    async def apply(seller, car, buyer, **other):
        body = {"to": neighbour.named(buyer), "ground": "sale", "plate": ANY} | other
        return await road.citizen(seller).post(f"/v1/vehicles/{car['urn']}/transfer-applications", body)

    return apply


@pytest.mark.rule("domain-25", "transport.transfer-consent-days", "transport.transfer-decision-days")
async def test_a_car_is_sold_by_both_and_gets_a_new_plate(road: Road, person, sale) -> None:
    seller, buyer = person(), person()
    car = await road.car(seller)
    receipt = ok(await sale(seller, car, buyer), 201)
    assert receipt["state"] == "awaiting-parties"
    path = f"/v1/cases/{receipt['case']}"
    case = ok(await road.office.get(path))
    assert case["body"]["respond_by"] == working_day_after(DAY, 10).isoformat()
    assert {subject["role"] for subject in case["subjects"]} == {"applicant", "party"}
    refused(await sale(seller, car, person()), 409, "case-open")
    refused(await road.decide(road.office, receipt["case"]), 409, "case-awaits-parties")
    refused(await road.citizen(person()).post(f"{path}/consents"), 404, "not-found")
    refused(await road.citizen(person()).get(path), 404, "not-found")
    mine = ok(await road.citizen(buyer).get(path))
    said = {term["label"]["en"]: term["value"] for term in mine["body"]["terms"]}
    assert car["body"]["vin"] in said["vehicle"] and said["present plate"] == car["body"]["plate"]["number"]
    assert [subject["pseudonym"] for subject in mine["subjects"]] == [buyer], "who sells is not in the buyer's copy"
    assert ok(await road.citizen(buyer).post(f"{path}/consents"))["state"] == "pending"
    refused(await road.citizen(buyer).post(f"{path}/consents"), 409, "already-answered")
    done = ok(await road.decide(road.office, receipt["case"]))
    assert done["body"]["results"] == [car["urn"]]
    sold = ok(await road.office.get(f"/v1/vehicles/{car['urn']}"))
    assert [subject["pseudonym"] for subject in sold["subjects"]] == [buyer]
    assert sold["body"]["plate"]["number"] != car["body"]["plate"]["number"]


@pytest.mark.rule("domain-25")
async def test_open_violations_are_settled_first(road: Road, person, sale) -> None:
    seller, buyer = person(), person()
    await road.licence(seller, "2024-03-01")
    car = await road.car(seller)
    receipt = ok(await sale(seller, car, buyer), 201)
    ok(await road.citizen(buyer).post(f"/v1/cases/{receipt['case']}/consents"))
    violation = await road.violation(car)
    refused(await sale(seller, car, buyer), 409, "violations-open")
    refused(await road.decide(road.office, receipt["case"]), 409, "violations-open")
    at_the_desk = {
        "to": buyer,
        "ground": "sale",
        "consenting_mortgages": [],
        "plate": ANY,
        "effective_on": DAY.isoformat(),
        "legal_basis": "机动车登记规定第25条",
    }
    path = f"/v1/vehicles/{car['urn']}/transfers"
    refused(await road.office.post(path, at_the_desk, version=1), 409, "violations-open")
    ok(await road.do(seller, violation, "acceptances"))
    refused(await road.office.post(path, at_the_desk, version=1), 409, "violations-open")
    ok(await road.do(seller, violation, "payments", {"amount": 20000}))
    ok(await road.decide(road.office, receipt["case"]))


@pytest.mark.rule("domain-25")
async def test_a_mortgagee_joins_and_a_freeze_blocks(road: Road, person, sale, grounds) -> None:
    seller, buyer = person(), person()
    car = await road.car(seller)
    bank = {
        "mortgagee_code": "91110000600037341L",
        "mortgagee": "示例银行",
        "since": DAY.isoformat(),
        "legal_basis": "民法典第403条",
    }
    pledged = ok(await road.office.post(f"/v1/vehicles/{car['urn']}/mortgages", bank, version=1))
    receipt = ok(await sale(seller, car, buyer), 201)
    ok(await road.citizen(buyer).post(f"/v1/cases/{receipt['case']}/consents"))
    refused(await road.decide(road.office, receipt["case"]), 409, "mortgagee-must-join")
    order = {"ordered_by": "示例法院", "document": "示执2号", "since": DAY.isoformat(), "legal_basis": "民诉法"}
    order |= {"until": (DAY + timedelta(days=100)).isoformat()}
    ok(await road.office.post(f"/v1/vehicles/{car['urn']}/freezes", order, version=2))
    joined = {"consenting_mortgages": [pledged["body"]["mortgages"][0]["id"]]}
    refused(await road.decide(road.office, receipt["case"], answer=joined), 409, "vehicle-frozen")
    frozen = ok(await road.office.get(f"/v1/vehicles/{car['urn']}"))
    lift = {"mark": frozen["body"]["freezes"][0]["id"], "effective_on": DAY.isoformat(), "legal_basis": "民诉法"}
    ok(await road.office.post(f"/v1/vehicles/{car['urn']}/freeze-liftings", lift, version=3))
    ok(await road.decide(road.office, receipt["case"], answer=joined))


async def test_the_buyer_may_decline_or_let_it_lapse(road: Road, person, sale, app, day) -> None:
    seller, buyer = person(), person()
    car = await road.car(seller)
    first = ok(await sale(seller, car, buyer), 201)["case"]
    declined = ok(await road.citizen(buyer).post(f"/v1/cases/{first}/refusals", {"reason": "太贵"}))
    assert declined["state"] == "refused"
    second = ok(await sale(seller, car, buyer), 201)["case"]
    day(working_day_after(DAY, 10) + timedelta(days=1))
    refused(await road.citizen(buyer).post(f"/v1/cases/{second}/consents"), 409, "case-closed")
    await app.state.duties.once()
    assert ok(await road.office.get(f"/v1/cases/{second}"))["body"]["state"] == "lapsed"
    third = ok(await sale(seller, car, buyer), 201)["case"]
    assert ok(await road.citizen(seller).post(f"/v1/cases/{third}/withdrawals"))["state"] == "withdrawn"


async def test_only_the_owner_sells_and_not_to_themself_or_the_dead(road: Road, person, sale, app) -> None:
    seller, late = person(), person()
    car = await road.car(seller)
    refused(await sale(person(), car, person()), 404, "not-found")
    refused(await sale(seller, car, seller), 409, "same-owner")
    async with app.state.edge.database.sessions() as session, session.begin():
        await note_death(session, late, DAY)
    refused(await sale(seller, car, late), 409, "holder-deceased")
    refused(await sale(seller, car, person(), plate={"type": "02", "number": "沪A12345"}), 409, "plate-other-office")
    unknown = {"scheme": "cn-id", "number": "nobody", "name": "无"}
    refused(await sale(seller, car, person(), to=unknown), 404, "person-not-found")


@pytest.mark.rule("domain-29")
async def test_a_firm_buys_and_sells(road: Road, person, sale, firm, organisation, neighbour) -> None:
    seller, company = person(), organisation()
    car = await road.car(seller)
    case = ok(await sale(seller, car, company), 201)["case"]
    ok(await firm(company).post(f"/v1/cases/{case}/consents"))
    ok(await road.decide(road.office, case))
    body = {"to": neighbour.named(seller), "ground": "gift", "plate": ANY}
    back = ok(await firm(company).post(f"/v1/vehicles/{car['urn']}/transfer-applications", body), 201)
    ok(await road.citizen(seller).post(f"/v1/cases/{back['case']}/consents"))
    ok(await road.decide(road.office, back["case"]))


@pytest.mark.rule("transport.plate-use-years", "transport.plate-kept-years", "domain-25")
async def test_a_plate_used_for_a_year_is_reclaimed_for_the_next_car(road: Road, person, sale, day) -> None:
    seller, buyer = person(), person()
    car = await road.car(seller)
    plate = {name: car["body"]["plate"][name] for name in ("type", "number")}
    day(date(2027, 3, 2))
    case = ok(await sale(seller, car, buyer), 201)["case"]
    ok(await road.citizen(buyer).post(f"/v1/cases/{case}/consents"))
    ok(await road.decide(road.office, case))
    following = await road.car(seller)
    path = f"/v1/vehicles/{following['urn']}/plate-reclaims"
    refused(await road.citizen(buyer).post(path, plate), 404, "not-found")
    theirs = await road.car(buyer)
    refused(
        await road.citizen(buyer).post(f"/v1/vehicles/{theirs['urn']}/plate-reclaims", plate), 409, "plate-not-kept"
    )
    day(date(2029, 3, 3))
    refused(await road.citizen(seller).post(path, plate), 409, "plate-not-kept")
    day(date(2029, 3, 2))
    receipt = ok(await road.citizen(seller).post(path, plate), 201)
    assert (receipt["state"], receipt["results"]) == ("granted", [following["urn"]])
    again = ok(await road.office.get(f"/v1/vehicles/{following['urn']}"))["body"]["plate"]
    assert again["number"] == plate["number"]
    refused(await road.citizen(seller).post(path, plate), 409, "plate-not-kept")
