"""A violation's life: recorded, accepted, paid; named by a firm, objected to, established, annulled."""

from datetime import date, timedelta

import pytest
from onewindow_contracts.calendar import working_day_after
from onewindow_kit.testing import legal_day

from .roads import Road, ok, refused

DAY = date(2026, 3, 2)
MODERN = "2024-03-01"


@pytest.fixture(autouse=True)
def day():
    with legal_day(DAY) as file:
        yield lambda later: file.write_text(later.isoformat())


@pytest.fixture
async def driver(road: Road, person):
    """Somebody with a licence and a car."""
    holder = person()
    await road.licence(holder, MODERN)
    return holder, await road.car(holder)


@pytest.mark.rule(
    "transport.violation-response-days",
    "transport.violation-points",
    "transport.violation-fines",
    "domain-22",
)
async def test_an_owner_accepts_and_pays(road: Road, driver) -> None:
    owner, car = driver
    envelope = await road.violation(car)
    body = envelope["body"]
    assert (body["state"], body["points"], body["fine_fen"]) == ("recorded", 6, 20000)
    assert body["respond_by"] == working_day_after(DAY, 15).isoformat()
    assert [(s["pseudonym"], s["role"]) for s in envelope["subjects"]] == [(owner, "owner")]
    assert await road.cycles(owner) == []
    receipt = ok(await road.do(owner, envelope, "acceptances"))
    assert (receipt["state"], receipt["version"]) == ("accepted", 2)
    [cycle] = await road.cycles(owner)
    assert (cycle["points"], cycle["starts_on"], cycle["ends_on"]) == (6, "2026-03-01", "2027-02-28")
    refused(await road.do(owner, envelope, "payments", {"amount": 19999}), 409, "amount-not-due")
    refused(await road.do(owner, envelope, "payments", {"amount": -1}), 422, "invalid-request")
    refused(await road.do(owner, envelope, "payments", {"amount": 2**63}), 422, "invalid-request")
    assert ok(await road.do(owner, envelope, "payments", {"amount": 20000}))["state"] == "paid"
    refused(await road.do(owner, envelope, "payments", {"amount": 20000}), 409, "violation-state-forbids")


@pytest.mark.rule("transport.fine-surcharge", "transport.fine-payment-days")
async def test_a_fine_paid_late_costs_more_each_day_up_to_as_much_again(road: Road, driver, day) -> None:
    owner, car = driver
    violation = await road.violation(car, "phone")
    ok(await road.do(owner, violation, "acceptances"))
    last = date.fromisoformat((await road.read(violation))["pay_by"])
    assert last == DAY + timedelta(days=15)
    day(last + timedelta(days=2))
    told = refused(await road.do(owner, violation, "payments", {"amount": 5000}), 409, "amount-not-due")
    assert told["due"] == 5300
    day(last + timedelta(days=400))
    assert ok(await road.do(owner, violation, "payments", {"amount": 10000}))["state"] == "paid"
    assert (await road.read(violation))["paid_fen"] == 10000


async def test_who_has_nothing_to_do_with_it_sees_nothing(road: Road, driver, person) -> None:
    _, car = driver
    violation = await road.violation(car)
    for step, body in (("acceptances", None), ("payments", {"amount": 20000}), ("objections", {"reason": "不是我"})):
        refused(await road.do(person(), violation, step, body), 404, "not-found")


@pytest.mark.rule("transport.violation-response-days", "domain-30")
async def test_after_the_term_only_the_office_decides(road: Road, driver, grounds, day) -> None:
    owner, car = driver
    violation = await road.violation(car)
    path = f"/v1/violations/{violation['urn']}/establishments"
    body = grounds(driver=None, effective_on=DAY.isoformat())
    refused(await road.police().post(path, body, version=1), 409, "term-to-answer-runs")
    day(working_day_after(DAY, 15) + timedelta(days=1))
    refused(await road.do(owner, violation, "acceptances"), 409, "response-too-late")
    refused(await road.do(owner, violation, "objections", {"reason": "太晚"}), 409, "response-too-late")
    done = ok(await road.police().post(path, body, version=1))
    assert (done["body"]["state"], done["body"]["decision"]["reason"]) == ("accepted", body["reason"])
    assert await road.cycles(owner) == [], "nobody knows who drove"


@pytest.mark.rule("domain-29")
async def test_a_firm_names_who_drove_and_the_driver_answers(road: Road, firm, organisation, person, neighbour) -> None:
    owner, driver = organisation(), person()
    await road.licence(driver, MODERN)
    car = await road.car(owner)
    violation = await road.violation(car)
    path = f"/v1/violations/{violation['urn']}"
    refused(await road.citizen(driver).post(f"{path}/acceptances", version=1), 404, "not-found")
    refused(await firm(owner).post(f"{path}/acceptances", version=1), 403, "forbidden")
    unknown = {"driver": {"scheme": "cn-id", "number": "X", "name": "无"}}
    refused(await firm(owner).post(f"{path}/drivers", unknown, version=1), 404, "person-not-found")
    itself = {"driver": neighbour.named(owner)}
    refused(await firm(owner).post(f"{path}/drivers", itself, version=1), 409, "natural-person-only")
    ok(await firm(owner).post(f"{path}/drivers", {"driver": neighbour.named(driver)}, version=1))
    again = {"driver": neighbour.named(person())}
    refused(await firm(owner).post(f"{path}/drivers", again, version=2), 409, "driver-already-named")
    refused(
        await firm(owner).post(f"{path}/objections", {"reason": "不是"}, version=2),
        409,
        "violation-not-yours-to-answer",
    )
    assert ok(await road.citizen(driver).post(f"{path}/acceptances", version=2))["state"] == "accepted"
    assert [cycle["points"] for cycle in await road.cycles(driver)] == [6]
    assert ok(await firm(owner).post(f"{path}/payments", {"amount": 20000}, version=3))["state"] == "paid"


async def test_no_organisation_gets_a_licence_or_points(road: Road, organisation, licence_body) -> None:
    refused(await road.office.post("/v1/driving-licences", licence_body(organisation())), 409, "natural-person-only")
    entry = road.entry(None, driver=organisation())
    refused(await road.police().post("/v1/violations", entry), 409, "natural-person-only")


@pytest.mark.rule("transport.objection-days", "domain-30")
async def test_an_objection_suspends_it_until_another_unit_and_officer_decide(road: Road, driver) -> None:
    owner, car = driver
    violation = await road.violation(car)
    ok(await road.do(owner, violation, "acceptances"))
    receipt = ok(await road.do(owner, violation, "objections", {"reason": "当时绿灯"}), 201)
    assert receipt["state"] == "objected"
    assert [cycle["points"] for cycle in await road.cycles(owner)] == [0]
    refused(await road.do(owner, violation, "payments", {"amount": 20000}), 409, "violation-state-forbids")
    police, other = road.police(), road.police("officer-2")
    case = ok(await police.get(f"/v1/cases/{receipt['case']}"))
    assert case["body"]["decide_by"] == working_day_after(DAY, 20).isoformat()
    content = ok(await police.get(f"/v1/cases/{receipt['case']}/contents"))["entries"]
    assert {"name": "reason", "text": "当时绿灯"} in content
    refused(await road.office.get(f"/v1/cases/{receipt['case']}"), 404, "not-found")
    refused(await road.decide(other, receipt["case"]), 409, "answer-incomplete")
    refused(await road.decide(other, receipt["case"], answer={"unit": "xihu-brigade"}), 409, "same-unit")
    refused(await road.decide(police, receipt["case"], answer={"unit": "legal-office"}), 409, "same-officer")
    refused(await road.decide(police, receipt["case"], "refused", {"unit": "legal-office"}), 409, "same-officer")
    unnamed = road.police(None)
    refused(await road.decide(unnamed, receipt["case"], answer={"unit": "legal-office"}), 409, "same-officer")
    done = ok(await road.decide(other, receipt["case"], "refused", {"unit": "legal-office"}))
    assert (done["body"]["state"], done["body"]["decision"]["outcome"]) == ("refused", "refused")
    assert done["body"]["decision"]["remedy"] and done["body"]["decision"]["legal_basis"]
    assert (await road.read(violation))["state"] == "accepted"
    assert [cycle["points"] for cycle in await road.cycles(owner)] == [6]
    refused(await road.do(owner, violation, "objections", {"reason": "再来"}), 409, "objection-decided")


async def test_a_founded_objection_annuls(road: Road, driver, grounds) -> None:
    owner, car = driver
    violation = await road.violation(car)
    case = ok(await road.do(owner, violation, "objections", {"reason": "套牌车"}), 201)["case"]
    annulment = f"/v1/violations/{violation['urn']}/annulments"
    body = grounds(effective_on=DAY.isoformat())
    refused(await road.police().post(annulment, body, version=2), 409, "objection-pending")
    ok(await road.decide(road.police("officer-2"), case, answer={"unit": "legal-office"}))
    assert (await road.read(violation))["state"] == "annulled"
    refused(await road.police().post(annulment, body, version=3), 409, "violation-state-forbids")


async def test_a_withdrawn_objection_leaves_it_standing(road: Road, driver, person) -> None:
    owner, car = driver
    violation = await road.violation(car)
    case = ok(await road.do(owner, violation, "objections", {"reason": "算了"}), 201)["case"]
    refused(await road.citizen(person()).post(f"/v1/cases/{case}/withdrawals"), 404, "not-found")
    assert ok(await road.citizen(owner).post(f"/v1/cases/{case}/withdrawals"))["state"] == "withdrawn"
    refused(await road.citizen(owner).post(f"/v1/cases/{case}/withdrawals"), 409, "case-closed")
    assert (await road.read(violation))["state"] == "recorded"


async def test_what_cannot_be_recorded(road: Road, driver, person) -> None:
    owner, car = driver
    police = road.police()
    for entry, code in (
        (road.entry(None), "violation-nobody"),
        (road.entry(car, "flying"), "unknown-code"),
        (road.entry(car) | {"plate": {"type": "02", "number": "浙A0000Z"}}, "plate-unknown"),
        (road.entry(car) | {"plate": {"type": "02", "number": "浙AD12345"}}, "plate-format"),
        (road.entry(car, occurred_on="2026-03-01"), "not-the-owner-then"),
        (road.entry(car, occurred_on="2026-03-03"), "date-out-of-range"),
    ):
        refused(await police.post("/v1/violations", entry), 409, code)
    before_there_were_points = road.entry(None, driver=owner, occurred_on="2000-01-01")
    told = refused(await police.post("/v1/violations", before_there_were_points), 409, "rule-not-in-force")
    assert "transport.violation-points" in told["detail"]
    first = road.entry(car)
    ok(await police.post("/v1/violations", first), 201)
    refused(await police.post("/v1/violations", first), 409, "violation-recorded")
    unlicensed = person()
    seen = await road.violation(await road.car(unlicensed))
    refused(await road.do(unlicensed, seen, "acceptances"), 409, "licence-needed")


async def test_the_police_find_what_there_is(road: Road, driver) -> None:
    owner, car = driver
    violation = await road.violation(car)
    found = ok(await road.police().post("/v1/violation-lookups", {"person": owner}))["items"]
    assert [item["urn"] for item in found] == [violation["urn"]]
    listed = ok(await road.police().get("/v1/violations?state=recorded&limit=200"))["items"]
    assert violation["urn"] in {item["urn"] for item in listed}
    refused(await road.office.get(f"/v1/violations/{violation['urn']}"), 403, "forbidden")
