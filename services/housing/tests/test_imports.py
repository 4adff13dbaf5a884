"""What an older system has is taken over once, row by row, and no number of a person stays."""

import asyncio
import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from housing import importers
from onewindow_kit.imports import Import, Outcome
from onewindow_kit.pseudonyms import Pseudonym
from sqlalchemy import text

NUMBER = "33010619900101{:04d}"
HEADER = [
    "不动产单元代码",
    "坐落",
    "建筑面积",
    "用途",
    "权利人证件号码",
    "权利人",
    "共有份额",
    "登记日期",
    "不动产权证号",
]
MORTGAGE = {
    "mortgagee_name": "示例银行股份有限公司",
    "mortgagee_code": "11330100247100089J",
    "mortgage_certificate_number": "证明第1号",
    "mortgage_registered_on": "2021-03-01",
    "secured_fen": 150000000,
    "debt_from": "2021-03-01",
    "debt_until": "2041-03-01",
    "no_transfer": "yes",
}


class Numbers:
    """Identity's exchange of numbers: knows those that it was told of."""

    def __init__(self) -> None:
        self.known: dict[str, Pseudonym] = {}

    def person(self, number: str) -> str:
        return str(self.known.setdefault(number, Pseudonym.new("housing")))

    async def resolve_batch(self, numbers: list[str], *, scheme: str) -> list[Pseudonym | None]:
        assert scheme == "cn-id"
        return [self.known.get(number) for number in numbers]


@pytest.fixture
def numbers() -> Numbers:
    return Numbers()


@pytest.fixture
def importing(app: Any, numbers: Numbers, tmp_path: Path) -> Import:
    database = app.state.edge.database
    registry = app.state.registry
    return importers.titles(
        registry, registry.rules.contracts, numbers, database.sessions, tmp_path / "rejects", database.wake
    )


@pytest.fixture
def run(importing: Import, tmp_path: Path) -> Callable[[str], Any]:
    async def run(content: str, encoding: str = "utf-8") -> Outcome:
        file = tmp_path / "titles"
        file.write_bytes(content.encode(encoding))
        return await importing.run(file)

    return run


def table(*rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue()


def line(unit: str, numbers: str, names: str, shares: str = "", **other: str) -> list[str]:
    row = [unit, "文三路 1 号", "89.50", "成套住宅", numbers, names, shares, "2021-03-01", f"证第{unit[-8:]}号"]
    return [other.get(name, value) for name, value in zip(HEADER, row, strict=True)]


async def owned(office: Any, person: str) -> list[dict[str, Any]]:
    return (await office.post("/v1/title-lookups", {"owner": person})).json()["items"]


async def test_a_spreadsheet_with_chinese_headers_in_gb18030(office, numbers, run, unit_code):
    one, two, three = (numbers.person(NUMBER.format(n)) for n in (1, 2, 3))
    rows = table(
        line(unit_code(), NUMBER.format(1), "测试甲"),
        line(unit_code(), f"{NUMBER.format(1)};{NUMBER.format(2)}", "测试甲；测试乙"),
        line(unit_code(), f"{NUMBER.format(2)}、{NUMBER.format(3)}", "测试乙、测试丙", "1/3;2/3"),
    )
    outcome = await run(rows, "gb18030")
    assert (outcome.stored, outcome.refused) == (3, 0)
    assert sorted(title["body"]["ownership"] for title in await owned(office, one)) == ["joint", "sole"]
    [shared] = await owned(office, three)
    assert {s["pseudonym"]: s["part"] for s in shared["subjects"]} == {two: "1/3", three: "2/3"}
    assert shared["body"]["use"] == "11" and shared["effective_on"] == "2021-03-01"


async def test_json_lines_with_a_mortgage_and_a_transfer_after(office, numbers, run, unit_code, sale, refused, person):
    owner = numbers.person(NUMBER.format(4))
    row = {
        "unit_code": unit_code(),
        "address": "文三路 2 号",
        "area_m2": "120.00",
        "use": "11",
        "owner_numbers": [NUMBER.format(4)],
        "owner_names": ["测试丁"],
        "price_fen": 400000000,
        "registered_on": "2021-03-01",
        "certificate_number": "证第4号",
    }
    assert (await run(json.dumps(row | MORTGAGE, ensure_ascii=False))).stored == 1
    [title] = await owned(office, owner)
    [mortgage] = (await office.get(f"/v1/titles/{title['urn']}/mortgages")).json()["items"]
    assert mortgage["body"]["secured_fen"] == 150000000 and mortgage["subjects"][0]["pseudonym"] == owner
    path = f"/v1/titles/{title['urn']}/transfer"
    refused(await office.post(path, sale(person(), consents=[owner]), version=1), 409, "mortgagee-consent-missing")
    certificate = await office.post(f"/v1/titles/{title['urn']}/certificates")
    assert certificate.json()["holders"] == [{"name": "测试丁", "share": "1/1"}]


async def test_the_same_rows_twice_change_nothing_twice(office, numbers, run, unit_code):
    owner, unit = numbers.person(NUMBER.format(5)), unit_code()
    rows = table(line(unit, NUMBER.format(5), "测试戊"))
    assert (await run(rows)).stored == 1
    assert (await run(rows)).again
    assert (await run(rows + "\r\n")).refused == 0, "the same row in another file"
    assert [title["version"] for title in await owned(office, owner)] == [1]
    other = await run(table(line(unit, NUMBER.format(5), "测试戊", 不动产权证号="别的证")))
    assert (other.stored, other.refused) == (0, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"权利人证件号码": "330106199001019999"}, "person-not-found"),
        ({"权利人": "甲;乙"}, "owners-uneven"),
        ({"共有份额": "1/2;1/2"}, "owners-uneven"),
        ({"共有份额": "1/2"}, "shares-do-not-sum"),
        ({"共有份额": "0.5"}, "share"),
        ({"用途": "飞船"}, "use-unknown"),
        ({"登记日期": "2199-01-01"}, "date-in-future"),
        ({"登记日期": "2021-02-30"}, "value-error"),
        ({"不动产单元代码": "330106"}, "string-too-short"),
        ({"不动产单元代码": "999906001002GB00012F00000001"}, "division-unknown"),
        ({"坐落": "x" * 5000}, "string-too-long"),
        ({"坐落": "a\x07b"}, "string-pattern-mismatch"),
    ],
)
async def test_a_bad_row_is_kept_with_its_reason_and_the_good_one_stored(
    office, numbers, run, unit_code, person, change, code
):
    owner = numbers.person(NUMBER.format(6))
    before = len(await owned(office, owner))
    good, bad = line(unit_code(), NUMBER.format(6), "测试己"), line(unit_code(), NUMBER.format(6), "测试己", **change)
    outcome = await run(table(bad, good))
    assert (outcome.stored, outcome.refused) == (1, 1)
    kept = [json.loads(each) for each in outcome.rejects.read_text("utf-8").splitlines()[1:]]
    assert [each["code"] for each in kept] == [code]
    assert outcome.rejects.stat().st_mode & 0o777 == 0o600
    assert len(await owned(office, owner)) == before + 1


async def test_no_number_and_no_name_stays_in_clear(app, numbers, run, unit_code):
    numbers.person(NUMBER.format(7))
    await run(table(line(unit_code(), NUMBER.format(7), "测试非常特别")))
    async with app.state.edge.database.sessions() as session:
        connection = await session.connection()
        for name in ("title", "holding", "mortgage", "record", "outbox", "import_progress"):
            rows = await connection.execute(text(f"select t::text from {name} t"))
            everything = "\n".join(rows.scalars())
            for secret in (NUMBER.format(7), "测试非常特别", "文三路"):
                assert secret not in everything and secret.encode().hex() not in everything


async def test_an_interrupted_import_goes_on(importing, numbers, tmp_path, unit_code, office):
    owner = numbers.person(NUMBER.format(8))
    file = tmp_path / "many.csv"
    file.write_text(table(*(line(unit_code(), NUMBER.format(8), "测试庚") for _ in range(50))), "utf-8")
    small, stop = replace(importing, batch=10), asyncio.Event()
    first = await small.run(file, stop=stop, report=lambda *_: stop.set())
    assert not first.finished and 0 < first.stored < 50
    rest = await small.run(file)
    assert rest.finished and rest.stored == 50
    assert len(await owned(office, owner)) == 50
