"""Imports of persons with their households: what offices have, refused rows named, nothing twice, resumed."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from identity.importers.command import importing
from onewindow_kit.keyring import Keyring
from stdnum.cn import ric

HEADERS = ["公民身份号码", "姓名", "性别", "出生日期", "民族", "户号", "与户主关系", "行政区划", "住址", "登记日期"]
KIN = ["父亲公民身份号码", "母亲公民身份号码", "配偶公民身份号码", "身份证签发日期"]


def number(born: date, sequence: int) -> str:
    body = f"330108{born:%Y%m%d}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0")


HUSBAND, WIFE, CHILD = number(date(1970, 1, 2), 11), number(date(1972, 3, 4), 22), number(date(2001, 5, 6), 33)
FAMILY = [
    [HUSBAND, "郑父", "男", "1970-01-02", "汉", "户甲", "户主", "330108", "江虹路1号", "2010-01-01", "", "", "", "2015-01-01"],
    [WIFE, "郑母", "女", "19720304", "汉族", "户甲", "妻", "330108", "江虹路1号", "2010/1/1", "", "", HUSBAND, ""],
    [CHILD, "郑子", "1", "2001年5月6日", "01", "户甲", "20", "330108", "江虹路1号", "2010-01-01", HUSBAND, WIFE, "", ""],
]  # fmt: skip


def table(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([HEADERS + KIN, *rows])
    return text.getvalue()


@pytest.fixture
def load(app: Any, settings: Any, tmp_path: Path) -> Any:
    """``await load(bytes)``: import a file; (outcome, refused rows)."""

    async def run(content: bytes, suffix: str = "csv", *, batch: int = 2000) -> tuple[Any, list[dict[str, Any]]]:
        file = tmp_path / f"people.{suffix}"
        file.write_bytes(content)
        chosen = settings.model_copy(update={"imports": tmp_path / "rejects"})
        job = importing(chosen, Keyring.load(settings.keyring), app.state.sessions, app.state.waker)
        outcome = await type(job)(**{name: getattr(job, name) for name in job.__slots__} | {"batch": batch}).run(file)
        lines = outcome.rejects.read_text().splitlines()[1:] if outcome.rejects else []
        return outcome, [json.loads(line) for line in lines]

    return run


async def find(office: Any, number_: str) -> Any:
    return await office.done("/v1/person-lookups", {"scheme": "cn-id", "number": number_})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
async def test_a_family_comes_in_whole_and_the_same_file_changes_nothing_twice(
    load: Any, office: Any, published: Any, encoding: str
) -> None:
    content = table(FAMILY).encode(encoding)
    outcome, refused = await load(content)
    assert (outcome.stored, refused) == (3, [])
    husband, child = await find(office, HUSBAND), await find(office, CHILD)
    assert husband["registration"]["body"]["relationship"] == "02"
    assert husband["entries"]["ethnic_group"] == "01"
    assert [c["body"]["valid_until"] for c in husband["cards"]] == ["2035-01-01"]
    assert {k["body"]["kind"] for k in husband["kinships"]} == {"marriage", "parentage"}
    assert len(child["kinships"]) == 2
    register = await office.read(f"/v1/households/{child['registration']['body']['household']}")
    assert register["body"]["members"] == 3
    assert len((await published(register["urn"]))["subjects"]) == 3
    versions = (husband["version"], register["version"])

    outcome, _ = await load(content + b"\n")

    again = await find(office, HUSBAND)
    assert again["urn"] == husband["urn"], "the same person under every encoding"
    assert (again["version"], register["version"]) == versions
    assert len(again["kinships"]) == len(husband["kinships"])


async def test_json_lines_under_the_contracts_names(load: Any, office: Any) -> None:
    mine = number(date(1999, 9, 9), 44)
    row = {"number": mine, "name": "吴单", "sex": "2", "birth_date": "1999-09-09", "standing": "settled-abroad"}
    outcome, refused = await load(json.dumps(row).encode(), "jsonl")
    assert (outcome.stored, refused) == (1, [])
    person = await find(office, mine)
    assert person["entries"]["standing"] == "settled-abroad"
    assert person["registration"] is None


async def test_each_refused_row_says_line_field_and_reason_and_the_others_are_stored(load: Any, office: Any) -> None:
    good = number(date(1988, 8, 8), 55)
    rows = [
        [HUSBAND[:-1] + ("1" if HUSBAND[-1] != "1" else "2"), "甲", "男", "1970-01-02", "", "", "", "", "", ""],
        [number(date(1980, 1, 1), 66), "乙", "男", "1980-01-01", "", "", "", "", "", ""],
        [number(date(1980, 1, 1), 77), "", "男", "1980-01-01", "", "", "", "", "", ""],
        [number(date(1980, 1, 1), 79), "丁", "男", "1980-01-01", "", "户乙", "户主", "110101", "长安街", ""],
        [number(date(1980, 1, 1), 81), "戊", "男", "2999-01-01", "", "", "", "", "", ""],
        [number(date(1980, 1, 1), 83), "己", "男", "1980-01-01", "外星", "", "", "", "", ""],
        [good, "辛", "女", "1988-08-08", "", "", "", "", "", ""],
    ]
    rows[6][0] = number(date(1988, 8, 8), 56)
    outcome, refused = await load(table([[*row, "", "", "", ""] for row in rows]).encode())
    assert outcome.stored == 1
    assert [(r["line"], r["field"], r["code"]) for r in refused] == [
        (2, "number", "invalid-number"),
        (3, "number", "number-mismatch"),
        (4, "name", "missing"),
        (5, "division", "division-outside-jurisdiction"),
        (6, "birth_date", "date-in-future"),
        (7, "ethnic_group", "unknown-code"),
    ]
    assert (await find(office, rows[6][0]))["entries"]["name"] == "辛"


async def test_a_household_split_over_batches_is_one_register(load: Any, office: Any, published: Any) -> None:
    numbers = [number(date(1960, 1, 1), 2 * n + 1) for n in range(5)]
    rows = [
        [n, f"何{i}", "男", "1960-01-01", "", "户丙", "户主" if i == 0 else "73", "330108", "滨盛路", "1990-01-01"]
        for i, n in enumerate(numbers)
    ]
    outcome, refused = await load(table([[*row, "", "", "", ""] for row in rows]).encode(), batch=2)
    assert (outcome.stored, refused) == (5, [])
    people = [await find(office, n) for n in numbers]
    [register] = {p["registration"]["body"]["household"] for p in people}
    envelope = await published(register)
    assert envelope["version"] == 3
    assert envelope["body"]["members"] == 5
    assert [s["role"] for s in envelope["subjects"]].count("head") == 1


async def test_a_number_of_somebody_else_is_a_conflict_and_a_second_head_is_refused(load: Any, office: Any) -> None:
    one, two = number(date(1950, 2, 2), 3), number(date(1950, 2, 2), 5)
    rows = [
        [one, "孔甲", "男", "1950-02-02", "", "户丁", "户主", "330108", "滨和路", ""],
        [one, "孔乙", "男", "1950-02-02", "", "", "", "", "", ""],
        [two, "孔丙", "男", "1950-02-02", "", "户丁", "户主", "330108", "滨和路", ""],
    ]
    outcome, refused = await load(table([[*row, "", "", "", ""] for row in rows]).encode())
    assert outcome.stored == 2
    assert [(r["line"], r["code"]) for r in refused] == [(4, "head-exists")]
    states = {}
    for name in ("孔甲", "孔乙"):
        found = await office.done("/v1/pseudonyms", {"scheme": "cn-id", "number": one, "name": name})
        person = await office.read(f"/v1/persons/{found['pseudonym']}")
        states[name] = person["identifications"][0]["body"]["state"]
    assert states == {"孔甲": "current", "孔乙": "contested"}
