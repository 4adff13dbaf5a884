"""2023 to 2024: points, a licence kept back, and the way to get it again."""

from __future__ import annotations

from onewindow_local.demo import cases
from onewindow_local.demo.city import Done
from onewindow_local.demo.life.people import Family

BASIS = "道路交通安全法 第九十条"


async def twelve_points(family: Family) -> None:
    tale, he = family.tale, family.tale["he"]
    await family.pay_until(2023, 5)
    tale.when(2023, 5, 8)
    tale.chapter(
        "Two red lights in a year: twelve points, the licence is kept back", "一年内两次闯红灯：记满十二分，扣留驾驶证"
    )
    for day in (8, 22):
        tale.when(2023, 5, day)
        recorded = await _violation(family, f"3301{day:012d}")
        at = {"path": {"urn": recorded.urn}}
        accepted = await he.citizen.command("transport", "acceptViolation", **at, at=recorded.etag)
        fine = {"amount": recorded.body["body"]["fine_fen"]}
        tale.did(await he.citizen.command("transport", "payFine", **at, body=fine, at=accepted.etag))
        tale.tell(he.name, "accepts it and pays the fine, in the window")
    await tale.look("he")


async def the_way_back(family: Family) -> None:
    tale, he = family.tale, family.tale["he"]
    tale.when(2023, 6, 12)
    tale.chapter("Seven days of study and an exam, and he drives again", "学习七日并考试合格，发还驾驶证")
    [licence] = await he.citizen.records("transport.driving-licence", after=tale.last)
    asked = await he.citizen.command("transport", "applyForLicenceRecovery", path={"urn": licence["urn"]})
    tale.tell(he.name, "asks for it")
    proof = {"studied_days": 7, "examined_on": tale.day.isoformat()}
    office = await tale.city.vehicles()
    tale.did(await cases.decide(office, asked.urn, reason="学习并考试合格", answer=proof))
    tale.tell("vehicle administration", "has seen seven days of study and a passed exam, and gives it back")
    await tale.look("he")


async def _violation(family: Family, document: str) -> Done:
    """A camera's picture: recorded by the traffic police, seen by the car's owner."""
    tale = family.tale
    police = await tale.city.office("traffic-police", "transport")
    plate = family.plate
    seen = {
        "kind": "red-light",
        "plate": {"type": plate["type"], "number": plate["number"]},
        "driver": None,
        "occurred_on": tale.day.isoformat(),
        "place": "样本路口",
        "document": document,
        "unit": "330106",
        "legal_basis": BASIS,
    }
    recorded = tale.did(await police.do("/v1/violations", seen))
    tale.tell("traffic police", "records a red light")
    return recorded
