"""Reports: the reporter sees how far it is and nothing else, the reported never learns who reported."""

import base64
import json
from datetime import date, timedelta

import pytest
from onewindow_contracts.calendar import working_day_after
from onewindow_kit.testing import legal_day
from sqlalchemy import text

from .pictures import CAMERA, file, film, picture, with_metadata
from .roads import Road, ok, refused

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def day():
    with legal_day(DAY) as legal:
        yield lambda later: legal.write_text(later.isoformat())


def body(car, **other):
    plate = {name: car["body"]["plate"][name] for name in ("type", "number")}
    return {
        "kind": "red-light",
        "plate": plate,
        "occurred_on": DAY.isoformat(),
        "place": "我家楼下的文三路口",
        "description": "闯红灯，见照片",
        "evidence": [file(with_metadata())],
    } | other


FOUND = {
    "kind": "red-light",
    "place": "文三路西向东",
    "document": "330106-REPORT0001",
    "unit": "xihu-brigade",
    "legal_basis": "道交法第90条",
}


@pytest.mark.rule("domain-27", "transport.report-decision-days")
async def test_a_report_leads_to_a_violation_that_does_not_say_who_reported(road: Road, person, app) -> None:
    owner, reporter = person(), person()
    await road.licence(owner, "2024-03-01")
    car = await road.car(owner)
    sent = body(car)
    receipt = ok(await road.citizen(reporter).post("/v1/reports", sent), 201)
    assert receipt["decide_by"] == working_day_after(DAY, 30).isoformat()
    path = f"/v1/reports/{receipt['report']}"
    seen = ok(await road.police().get(path))
    assert seen["plate"] == sent["plate"] and seen["description"] == sent["description"]
    assert [each["received_sha256"] for each in seen["evidence"]] == receipt["received"]
    shown = ok(await road.police().get(f"{path}/evidence/{seen['evidence'][0]['id']}"))
    kept = base64.b64decode(shown["content"])
    assert shown["media_type"] == "image/jpeg" and CAMERA.encode() not in kept
    ruling = {"outcome": "upheld", "reason": "照片清楚", "violation": FOUND}
    incomplete = {"outcome": "upheld", "reason": "照片清楚", "violation": None}
    refused(await road.police().post(f"{path}/decisions", incomplete, version=1), 409, "ruling-incomplete")
    decided = ok(await road.police().post(f"{path}/decisions", ruling, version=1))
    refused(await road.police().post(f"{path}/decisions", ruling, version=2), 409, "report-decided")
    violation = ok(await road.police().get(f"/v1/violations/{decided['violation']}"))
    assert [subject["pseudonym"] for subject in violation["subjects"]] == [owner]
    for secret in (reporter, receipt["report"], "闯红灯，见照片", sent["place"]):
        assert secret not in json.dumps(violation, ensure_ascii=False)
    for answer in (seen, decided):
        assert reporter not in json.dumps(answer)
    async with app.state.edge.database.sessions() as session:
        told = json.loads(await app.state.records.current(session, receipt["report"]))
        stored = (await session.exec(text("select content, received_sha256 from evidence"))).all()
    assert told["body"] == {
        "state": "upheld",
        "submitted_on": DAY.isoformat(),
        "decide_by": receipt["decide_by"],
        "decided_on": DAY.isoformat(),
    }
    assert [subject["pseudonym"] for subject in told["subjects"]] == [reporter]
    assert kept[:2] == b"\xff\xd8" and all(b"\xff\xd8\xff" not in bytes(row.content)[:8] for row in stored), "sealed"


async def test_a_report_may_come_to_nothing(road: Road, person) -> None:
    car = await road.car(person())
    receipt = ok(await road.citizen(person()).post("/v1/reports", body(car)), 201)
    path = f"/v1/reports/{receipt['report']}/decisions"
    both = {"outcome": "dismissed", "reason": "绿灯", "violation": FOUND}
    refused(await road.police().post(path, both, version=1), 409, "ruling-incomplete")
    done = ok(await road.police().post(path, both | {"violation": None}, version=1))
    assert (done["state"], done["violation"]) == ("dismissed", None)
    waiting = ok(await road.police().get("/v1/reports?state=submitted"))["items"]
    assert receipt["report"] not in {item["report"] for item in waiting}


async def test_whether_a_plate_exists_is_not_told(road: Road, person) -> None:
    car = {"body": {"plate": {"type": "02", "number": "浙A99Z99"}}}
    receipt = ok(await road.citizen(person()).post("/v1/reports", body(car)), 201)
    ruling = {"outcome": "upheld", "reason": "x", "violation": FOUND | {"document": "330106-REPORT0002"}}
    path = f"/v1/reports/{receipt['report']}/decisions"
    refused(await road.police().post(path, ruling, version=1), 409, "plate-unknown")


@pytest.mark.rule("domain-27", "transport.report-window-days")
async def test_what_is_refused_leaves_nothing(road: Road, person, app) -> None:
    reporter = person()
    car = await road.car(person())
    command = road.citizen(reporter)
    big = file(b"\xff\xd8\xff" + b"x" * 460_000)
    for sent, code in (
        (body(car, occurred_on=(DAY - timedelta(days=16)).isoformat()), "report-too-old"),
        (body(car, occurred_on=(DAY + timedelta(days=1)).isoformat()), "date-out-of-range"),
        (body(car, kind="flying"), "unknown-code"),
        (body(car, evidence=[file(picture()), file(b"")]), "evidence-empty"),
        (body(car, evidence=[file(picture("PNG"))]), "evidence-not-as-claimed"),
        (body(car, evidence=[file(film(), "video/mp4")]), "evidence-is-film"),
        (body(car, evidence=[{"media_type": "image/jpeg", "content": "abcde"}]), "evidence-not-base64"),
        (body(car, evidence=[big]), "evidence-too-large"),
    ):
        refused(await command.post("/v1/reports", sent), 409, code)
    refused(await command.post("/v1/reports", body(car, evidence=[])), 422, "invalid-request")
    refused(await command.post("/v1/reports", body(car, evidence=[big, big])), 413, "body-too-large")
    refused(await road.police().post("/v1/reports", body(car)), 403, "forbidden")
    async with app.state.edge.database.sessions() as session:
        left = await session.exec(text("select count(*) from report where reporter = :who").bindparams(who=reporter))
        assert left.scalar_one() == 0


async def test_a_picture_belongs_to_its_report(road: Road, person) -> None:
    car = await road.car(person())
    urns = []
    for _ in range(2):
        urns.append(ok(await road.citizen(person()).post("/v1/reports", body(car)), 201)["report"])
    [evidence] = ok(await road.police().get(f"/v1/reports/{urns[0]}"))["evidence"]
    refused(await road.police().get(f"/v1/reports/{urns[1]}/evidence/{evidence['id']}"), 404, "not-found")
