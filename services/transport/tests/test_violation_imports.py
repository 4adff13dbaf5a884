"""Violations of an older system: each row once, points only where they still count, wrong rows named."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from onewindow_kit.testing import legal_day
from transport.importers.choice import record_type_of
from transport.importers.violations import violations

from .roads import Road, ok
from .test_imports import Numbers, csv_file, rejects

DAY = date(2026, 3, 2)
HEADER = [
    "号牌种类",
    "号牌号码",
    "驾驶人公民身份号码",
    "违法行为代码",
    "违法日期",
    "违法地点",
    "决定书编号",
    "处理单位",
    "处理状态",
    "处理日期",
    "缴款日期",
]
NUMBER = "330106199001010011"


@pytest.fixture(autouse=True)
def day():
    with legal_day(DAY):
        yield


@pytest.fixture
def load(app: Any, tmp_path: Path):
    """Import rows under the Chinese headers; the outcome."""
    numbers = Numbers()

    async def load(rows: list[list[str]]):
        desk, database = app.state.desk, app.state.edge.database
        file = csv_file(tmp_path / f"{len(rows)}.csv", HEADER, rows, "gb18030")
        assert record_type_of(file) == "violation"
        built = violations(desk, desk.rules.contracts, numbers, database.sessions, tmp_path, database.wake)
        return await built.run(file)

    load.numbers = numbers
    return load


@pytest.mark.rule("domain-22")
async def test_points_of_the_running_cycle_and_open_fines_count(road: Road, load) -> None:
    driver = load.numbers.person(NUMBER)
    await road.licence(driver, "2024-03-01")
    car = await road.car(driver)
    plate = [car["body"]["plate"]["type"], car["body"]["plate"]["number"]]
    rows = [
        [
            "",
            "",
            NUMBER,
            "red-light",
            "2026-03-01",
            "文三路",
            "TAKEN-000001",
            "xihu",
            "paid",
            "2026-03-01",
            "2026-03-02",
        ],
        ["", "", NUMBER, "phone", "2025-05-01", "文三路", "TAKEN-000002", "xihu", "paid", "2025-05-02", "2025-05-03"],
        ["", "", NUMBER, "lights", "2025-06-01", "文三路", "TAKEN-000003", "xihu", "accepted", "2025-06-02", ""],
        [*plate, "", "parking", "2026-03-02", "文三路", "TAKEN-000004", "xihu", "", "", ""],
    ]
    outcome = await load(rows)
    assert (outcome.stored, outcome.refused) == (4, 0)
    [cycle] = await road.cycles(driver)
    assert cycle["points"] == 7, "six of this cycle and the open one of the last; the paid one of the last is clear"
    again = await load(rows)
    assert again.refused == 0
    found = ok(await road.police().post("/v1/violation-lookups", {"person": driver}))["items"]
    assert sorted(item["body"]["document"] for item in found) == [f"TAKEN-00000{n}" for n in (1, 2, 3, 4)]
    assert [cycle["points"] for cycle in await road.cycles(driver)] == [7]


async def test_wrong_rows_are_named_and_the_others_stored(road: Road, load) -> None:
    driver = load.numbers.person("330106199001010038")
    await road.licence(driver, "2024-03-01")
    good = [
        "",
        "",
        "330106199001010038",
        "lights",
        "2026-03-01",
        "路",
        "TAKEN-100000",
        "xihu",
        "accepted",
        "2026-03-01",
        "",
    ]

    documents = count(1)

    def but(**other: str) -> list[str]:
        return list(
            (dict(zip(HEADER, good, strict=True)) | {"决定书编号": f"TAKEN-2{next(documents):05}"} | other).values()
        )

    wrong = {
        "person-not-found": but(驾驶人公民身份号码="330106199001010999"),
        "unknown-code": but(违法行为代码="flying"),
        "rule-not-in-force": but(违法日期="2001-01-01"),
        "plate-unknown": but(号牌种类="02", 号牌号码="浙A0Z9Z9"),
        "plate-format": but(号牌种类="02", 号牌号码="浙AD12345"),
        "violation-nobody": but(驾驶人公民身份号码=""),
        "date-out-of-range": but(处理日期="2025-01-01"),
        "missing": but(处理状态="paid"),
    }
    outcome = await load([good, *wrong.values()])
    assert (outcome.stored, outcome.refused) == (1, len(wrong))
    named = {row["code"] for row in rejects(outcome)}
    assert named == set(wrong)
