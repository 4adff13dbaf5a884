"""Points over the years: retained at twelve, the way back, probation, the end of a cycle, reductions, renewal."""

from datetime import date

import pytest
from onewindow_kit.testing import legal_day

from .roads import Road, ok, refused

DAY = date(2026, 3, 2)
REMEDY = "六十日内可申请行政复议"


@pytest.fixture(autouse=True)
def day():
    with legal_day(DAY) as file:
        yield lambda later: file.write_text(later.isoformat())


def examined(on: date, **more):
    return {"examined_on": on.isoformat(), "studied_days": 7} | more


async def recovery(road: Road, person: str) -> str:
    """The URN of the case by which somebody asks for the licence back."""
    urn = (await road.licence_of(person))["urn"]
    return ok(await road.citizen(person).post(f"/v1/driving-licences/{urn}/recoveries"), 201)["case"]


@pytest.mark.rule("transport.points-full", "transport.full-study-days", "domain-23")
async def test_twelve_points_retain_the_licence_until_study_and_examination(road: Road, person, grounds, day) -> None:
    driver = person()
    licence = await road.licence(driver, "2024-03-01", ("B2", "C1"))
    await road.stopped(driver)
    assert (await road.licence_of(driver))["body"]["state"] == "valid"
    await road.stopped(driver)
    now = await road.licence_of(driver)
    assert now["body"]["state"] == "retained" and now["body"]["decision"]["remedy"]
    [cycle] = await road.cycles(driver)
    assert (cycle["points"], cycle["times_full"], cycle["full_on"]) == (12, 1, "2026-03-02")
    assert cycle["duty"] == {"study_days": 30, "road_test": False}
    path = f"/v1/driving-licences/{licence['urn']}/restorations"
    by_hand = grounds(effective_on=DAY.isoformat(), examined_on=DAY.isoformat(), overturned=False)
    refused(await road.office.post(path, by_hand, version=now["version"]), 409, "points-stand")
    case = await recovery(road, driver)
    again = f"/v1/driving-licences/{licence['urn']}/recoveries"
    refused(await road.citizen(driver).post(again), 409, "case-open")
    refused(await road.citizen(person()).post(again), 404, "not-found")
    later = date(2026, 4, 8)
    day(later)
    refused(await road.decide(road.office, case), 409, "examination-required")
    refused(await road.decide(road.office, case, answer=examined(later)), 409, "study-too-short")
    refused(await road.decide(road.office, case, answer=examined(date(2026, 3, 1))), 409, "date-out-of-range")
    ruling = {"outcome": "granted", "reason": "x", "answer": examined(later)}
    refused(await road.police().post(f"/v1/cases/{case}/decisions", ruling, version=1), 404, "not-found")
    done = ok(await road.decide(road.office, case, answer=examined(later, studied_days=30)))
    assert done["body"]["state"] == "granted" and licence["urn"] in done["body"]["results"]
    assert (await road.licence_of(driver))["body"]["state"] == "valid"
    [cycle] = await road.cycles(driver)
    assert (cycle["points"], cycle["times_full"], cycle["full_on"], cycle["duty"]) == (0, 1, None, None)


@pytest.mark.rule("transport.full-road-test-from", "domain-23")
async def test_the_second_time_needs_more_study_and_a_road_test(road: Road, person) -> None:
    driver = person()
    await road.licence(driver, "2024-03-01")
    await road.stopped(driver, "hit-and-run")
    ok(await road.decide(road.office, await recovery(road, driver), answer=examined(DAY)))
    await road.stopped(driver, "hit-and-run")
    [cycle] = await road.cycles(driver)
    assert (cycle["times_full"], cycle["duty"]) == (2, {"study_days": 14, "road_test": True})
    case = await recovery(road, driver)
    refused(await road.decide(road.office, case, answer=examined(DAY, studied_days=14)), 409, "road-test-required")
    answer = examined(DAY, studied_days=14, road_tested_on=DAY.isoformat())
    ok(await road.decide(road.office, case, answer=answer))
    assert (await road.licence_of(driver))["body"]["state"] == "valid"


@pytest.mark.rule("transport.probation-months", "domain-23")
async def test_twelve_points_in_probation_cancel_the_class(road: Road, person, grounds) -> None:
    novice = person()
    licence = await road.licence(novice, "2025-06-01")
    await road.stopped(novice, "hit-and-run")
    body = (await road.licence_of(novice))["body"]
    assert (body["state"], body["cancellation_reason"]) == ("cancelled", "probation-points")
    path = f"/v1/driving-licences/{licence['urn']}/recoveries"
    refused(await road.citizen(novice).post(path), 409, "licence-state-forbids")

    wider = person()
    licence = await road.licence(wider, "2020-06-01")
    more = grounds(effective_on=DAY.isoformat(), classes=["C1", "D"])
    ok(await road.office.post(f"/v1/driving-licences/{licence['urn']}/class-changes", more, version=1))
    await road.stopped(wider, "hit-and-run")
    body = (await road.licence_of(wider))["body"]
    assert (body["state"], body["classes"]) == ("retained", ["C1"])


@pytest.mark.rule("domain-24")
async def test_an_annulled_violation_gives_the_licence_back(road: Road, person, grounds) -> None:
    driver = person()
    await road.licence(driver, "2024-03-01")
    first = await road.stopped(driver)
    await road.stopped(driver)
    body = grounds(effective_on=DAY.isoformat())
    ok(await road.police().post(f"/v1/violations/{first['urn']}/annulments", body, version=1))
    assert (await road.licence_of(driver))["body"]["state"] == "valid"
    [cycle] = await road.cycles(driver)
    assert (cycle["points"], cycle["times_full"], cycle["full_on"]) == (6, 0, None)


@pytest.mark.rule("transport.points-carry", "transport.points-cycle-months", "domain-22")
async def test_at_the_end_of_a_cycle_paid_points_clear_and_unpaid_pass_on(road: Road, person, day) -> None:
    driver = person()
    await road.licence(driver, "2024-03-10")
    paid, unpaid = await road.stopped(driver), await road.stopped(driver, "phone")
    ok(await road.do(driver, paid, "payments", {"amount": 20000}))
    day(date(2026, 3, 9))
    await road.police().post("/v1/points-cycle-closings", {"limit": 200})
    assert [cycle["state"] for cycle in await road.cycles(driver)] == ["open"]
    day(date(2026, 3, 10))
    while ok(await road.police().post("/v1/points-cycle-closings", {"limit": 200}))["more"]:
        pass
    ended, running = await road.cycles(driver)
    assert (ended["state"], ended["points"], ended["ends_on"]) == ("ended", 9, "2026-03-09")
    assert (running["state"], running["points"], running["carried_in"]) == ("open", 3, 3)
    assert (running["starts_on"], running["ends_on"]) == ("2026-03-10", "2027-03-09")
    due = refused(await road.do(driver, unpaid, "payments", {"amount": 1}), 409, "amount-not-due")["due"]
    ok(await road.do(driver, unpaid, "payments", {"amount": due}))
    day(date(2027, 3, 10))
    await road.stopped(driver, "lights")
    assert [cycle["points"] for cycle in await road.cycles(driver)] == [9, 3, 1]


@pytest.mark.rule(
    "transport.points-reduction-most", "transport.points-reductions", "transport.points-reduction-days", "domain-22"
)
async def test_study_and_volunteering_take_points_off_up_to_six(road: Road, person) -> None:
    driver = person()
    command = road.citizen(driver)
    refused(await command.post("/v1/points-reductions", {"means": "volunteer"}), 409, "licence-needed")
    await road.licence(driver, "2024-03-01")
    refused(await command.post("/v1/points-reductions", {"means": "volunteer"}), 409, "no-points")
    await road.stopped(driver, "plate-covered")
    refused(await command.post("/v1/points-reductions", {"means": "sleeping"}), 409, "unknown-code")
    done = {"done_on": DAY.isoformat()}
    for _ in range(3):
        case = ok(await command.post("/v1/points-reductions", {"means": "classroom-study"}), 201)["case"]
        refused(await command.post("/v1/points-reductions", {"means": "volunteer"}), 409, "case-open")
        refused(await road.decide(road.police(), case), 409, "answer-incomplete")
        ok(await road.decide(road.police(), case, answer=done))
    [cycle] = await road.cycles(driver)
    assert (cycle["points"], cycle["reduced"]) == (3, 6)
    refused(await command.post("/v1/points-reductions", {"means": "volunteer"}), 409, "reduction-limit")


@pytest.mark.rule("transport.licence-recovery-years", "transport.licence-recovery-days", "domain-24")
async def test_a_licence_cancelled_for_late_renewal_comes_back_by_a_case(road: Road, person, day) -> None:
    driver = person()
    licence = await road.licence(driver, "2018-03-01")
    day(date(2025, 6, 1))
    run = {"limit": 500, "legal_basis": "申领规定第79条", "remedy": REMEDY}
    while ok(await road.office.post("/v1/licence-lapses", run))["more"]:
        pass
    assert (await road.licence_of(driver))["body"]["state"] == "cancelled"
    case = await recovery(road, driver)
    refused(await road.decide(road.office, case), 409, "examination-required")
    ok(await road.decide(road.office, case, answer=examined(date(2025, 6, 1))))
    assert (await road.licence_of(driver))["body"]["state"] == "valid"

    other = person()
    licence = await road.licence(other, "2018-03-01")
    while ok(await road.office.post("/v1/licence-lapses", run))["more"]:
        pass
    day(date(2027, 6, 2))
    path = f"/v1/driving-licences/{licence['urn']}/recoveries"
    refused(await road.citizen(other).post(path), 409, "recovery-period-over")


@pytest.mark.rule("transport.licence-ages", "transport.licence-application-days", "domain-24")
async def test_ages_are_asked_and_a_minor_is_refused_by_the_rule(road: Road, person, neighbour) -> None:
    adult, minor, old = person(), person(), person()
    neighbour.births |= {adult: date(2000, 1, 1), minor: date(2008, 3, 3), old: date(1950, 1, 1)}
    apply = lambda who, *classes: road.citizen(who).post("/v1/licence-applications", {"classes": list(classes)})  # noqa: E731 (one line says it)
    told = refused(await apply(minor, "C1"), 409, "too-young")
    assert "18" in told["detail"] and "licence-ages" in told["remedy"]
    assert "60" in refused(await apply(old, "D"), 409, "too-old")["detail"]
    refused(await apply(person(), "C1"), 409, "too-young")
    case = ok(await apply(adult, "C1"), 201)["case"]
    refused(await apply(adult, "C1"), 409, "case-open")
    refused(await road.decide(road.office, case), 409, "answer-incomplete")
    done = ok(await road.decide(road.office, case, answer={"examined_on": DAY.isoformat()}))
    assert done["body"]["results"] == [(await road.licence_of(adult))["urn"]]
    refused(await apply(adult, "D"), 409, "licence-exists")
    ok(await apply(old, "C1"), 201)


@pytest.mark.rule("transport.licence-term-years", "domain-24")
async def test_twelve_points_in_its_term_keep_a_licence_at_the_same_term(road: Road, person, day) -> None:
    body = {"twelve_points_reached": False, "legal_basis": "申领规定第63条"}
    for points_came, term in ((False, "second"), (True, "first")):
        day(date(2024, 6, 3))
        driver = person()
        licence = await road.licence(driver, "2020-04-01")
        if points_came:
            await road.stopped(driver, "hit-and-run")
            ok(await road.decide(road.office, await recovery(road, driver), answer=examined(date(2024, 6, 3))))
        day(date(2026, 3, 2))
        version = (await road.licence_of(driver))["version"]
        path = f"/v1/driving-licences/{licence['urn']}/renewals"
        assert ok(await road.office.post(path, body, version=version))["body"]["term"] == term
