"""What an older system has is taken over once, row by row, and no number of a person stays."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from onewindow_kit.imports import Import, Outcome
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import eventually
from sqlalchemy import text
from transport import importers

NUMBER = "33010619900101{:04d}"
LICENCE = ["公民身份号码", "档案编号", "准驾车型", "初次领证日期", "有效期类型", "有效起始日期"]
VEHICLE = [
    "number",
    "vin",
    "plate_type",
    "plate_number",
    "kind",
    "make",
    "model",
    "colour",
    "energy",
    "use",
    "first_registered_on",
    "owner_since",
    "mortgagee_code",
    "mortgagee",
    "mortgage_since",
]


class Numbers:
    """Identity's exchange of numbers: knows those that it was told of."""

    def __init__(self) -> None:
        self.known: dict[str, Pseudonym] = {}
        self.asked = 0

    def person(self, number: str) -> str:
        return str(self.known.setdefault(number, Pseudonym.new("transport")))

    async def resolve_batch(self, numbers: list[str], *, scheme: str) -> list[Pseudonym | None]:
        assert scheme == "cn-id"
        self.asked += 1
        return [self.known.get(number) for number in numbers]


@pytest.fixture
def numbers() -> Numbers:
    return Numbers()


@pytest.fixture
def build(app: Any, numbers: Numbers, tmp_path: Path) -> Callable[[str], Import]:
    def make(record_type: str) -> Import:
        maker = importers.licences if record_type == "driving-licence" else importers.vehicles
        desk, sessions = app.state.desk, app.state.edge.database.sessions
        return maker(desk, desk.rules.contracts, numbers, sessions, tmp_path, app.state.edge.database.wake)

    return make


def csv_file(path: Path, header: list[str], rows: list[list[str]], encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def rejects(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.rejects is not None
    assert outcome.rejects.stat().st_mode & 0o777 == 0o600
    return [json.loads(line) for line in outcome.rejects.read_text().splitlines()[1:]]


async def test_licences_come_from_a_spreadsheet_and_the_same_file_changes_nothing_twice(
    office, build, numbers, tmp_path
) -> None:
    people = [NUMBER.format(n) for n in range(30)]
    pseudonyms = [numbers.person(number) for number in people]
    rows = [[n, f"4400001{i:05d}", "C1,D", "2012-05-06", "second", "2018-05-06"] for i, n in enumerate(people)]
    file = csv_file(tmp_path / "licences.csv", LICENCE, rows, "gb18030")
    outcome = await build("driving-licence").run(file)
    assert (outcome.stored, outcome.refused, outcome.finished) == (30, 0, True)
    held = (await office.post("/v1/driving-licence-lookups", {"holder": pseudonyms[7]})).json()["items"]
    assert len(held) == 1
    assert held[0]["version"] == 1
    body = held[0]["body"]
    assert (body["classes"], body["valid_until"], body["file_number"]) == (["C1", "D"], "2028-05-06", "440000100007")
    again = await build("driving-licence").run(file)
    assert again.again
    longer = csv_file(tmp_path / "more.csv", LICENCE, rows + rows[:0], "utf-8-sig")
    overlapping = await build("driving-licence").run(longer)
    assert (overlapping.stored, overlapping.refused) == (30, 0)
    held = (await office.post("/v1/driving-licence-lookups", {"holder": pseudonyms[7]})).json()["items"]
    assert [each["version"] for each in held] == [1]


async def test_each_bad_licence_is_refused_with_its_reason(build, numbers, tmp_path) -> None:
    known, other = NUMBER.format(100), NUMBER.format(101)
    numbers.person(known), numbers.person(other)
    good = [known, "550000100001", "C1", "2020-01-01", "first", ""]
    bad = {
        "person-not-found": [NUMBER.format(999), "550000100002", "C1", "2020-01-01", "first", ""],
        "unknown-code": [other, "550000100003", "C9", "2020-01-01", "first", ""],
        "date-out-of-range": [other, "550000100004", "C1", "2199-01-01", "first", ""],
        "licence-exists": [known, "550000100005", "C1", "2020-01-01", "first", ""],
        "file-number-taken": [other, "550000100001", "C1", "2020-01-01", "first", ""],
        "value-error": [other, "550000100007", "C1", "2020-02-30", "first", ""],
        "string-pattern-mismatch": [other, "55000010000x", "C1", "2020-01-01", "first", ""],
        "literal-error": [other, "550000100009", "C1", "2020-01-01", "third", ""],
        "string-type": [other, "550000100010", "", "2020-01-01", "first", ""],
        "columns": [other],
    }
    file = csv_file(tmp_path / "bad.csv", LICENCE, [good, *bad.values()])
    outcome = await build("driving-licence").run(file)
    assert (outcome.stored, outcome.refused) == (1, len(bad))
    found = rejects(outcome)
    codes = [row["refusals"][0]["code"] if "refusals" in row else row["code"] for row in found]
    assert sorted(codes) == sorted(bad)
    assert all("text" in row and "line" in row for row in found)


async def test_vehicles_come_with_plates_and_mortgages(office, build, numbers, vin, tmp_path) -> None:
    owner = numbers.person(NUMBER.format(200))
    first = vin()
    bank = ["11330100247100038A", "示例银行", "2021-03-04"]
    tail = ["K33", "示例牌", "SL-1", "A", "A", "A", "2020-01-01", "2021-03-04"]
    rows = [
        [NUMBER.format(200), first, "02", "浙AT0001", *tail, *bank],
        [NUMBER.format(200), vin(), "02", "浙AT0001", *tail, "", "", ""],  # the plate of the row above
        [NUMBER.format(200), first, "02", "浙AT0002", *tail, "", "", ""],  # here already
        [NUMBER.format(200), vin(), "02", "沪AT0003", *tail, "", "", ""],
        [NUMBER.format(200), vin()[:-1] + "?", "02", "浙AT0004", *tail, "", "", ""],
        [NUMBER.format(200), vin(), "52", "浙AT0005", *tail, "", "", ""],
        [NUMBER.format(200), vin(), "02", "浙AT0006", *tail, bank[0], "", ""],
    ]
    outcome = await build("vehicle").run(csv_file(tmp_path / "vehicles.csv", VEHICLE, rows))
    assert (outcome.stored, outcome.refused) == (2, 5)
    held = (await office.post("/v1/vehicle-lookups", {"owner": owner})).json()["items"]
    assert [each["body"]["plate"]["number"] for each in held] == ["浙AT0001"]
    assert held[0]["body"]["mortgages"][0]["mortgagee"] == "示例银行"
    found = await office.post("/v1/plate-lookups", {"type": "02", "number": "浙AT0001"})
    assert found.json()["urn"] == held[0]["urn"]


async def test_json_lines_are_taken_too(office, build, numbers, tmp_path) -> None:
    owner = numbers.person(NUMBER.format(300))
    row = {
        "number": NUMBER.format(300),
        "file_number": "660000100001",
        "classes": "A2 C1",
        "first_issued_on": "2020-01-01",
        "state": "suspended",
        "state_since": "2026-01-01",
        "state_until": "2026-06-30",
    }
    file = tmp_path / "licences.jsonl"
    file.write_text(json.dumps(row) + "\n" + json.dumps(row | {"classes": ["C1"]}) + "\n")
    outcome = await build("driving-licence").run(file)
    assert (outcome.stored, outcome.refused) == (1, 1)
    held = (await office.post("/v1/driving-licence-lookups", {"holder": owner})).json()["items"]
    assert (held[0]["body"]["state"], held[0]["body"]["state_until"]) == ("suspended", "2026-06-30")


async def test_no_number_file_number_vin_or_plate_stands_in_the_database(
    build, numbers, vin, settings, tmp_path
) -> None:
    number = NUMBER.format(400)
    numbers.person(number)
    chassis = vin()
    licence = csv_file(tmp_path / "l.csv", LICENCE, [[number, "770000100001", "C1", "2020-01-01", "first", ""]])
    tail = ["K33", "示例牌", "SL-1", "A", "A", "A", "2020-01-01", "2021-03-04", "", "", ""]
    vehicle = csv_file(tmp_path / "v.csv", VEHICLE, [[number, chassis, "02", "浙AT7777", *tail]])
    assert (await build("driving-licence").run(licence)).stored == 1
    assert (await build("vehicle").run(vehicle)).stored == 1
    url = settings.database.replace("+asyncpg", "")

    async def dump() -> bytes:
        import asyncpg

        connection = await asyncpg.connect(url)
        try:
            tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
            rows = [str([tuple(row) for row in await connection.fetch(f'select * from "{t[0]}"')]) for t in tables]
        finally:
            await connection.close()
        return "\n".join(rows).encode()

    content = await dump()
    assert b"transport.1." in content, "the dump is of the right database"
    for secret in (number, "770000100001", chassis, "浙AT7777"):
        assert secret.encode() not in content


@pytest.mark.parametrize(
    ("head", "record_type"),
    [
        ("公民身份号码,档案编号\n", "driving-licence"),
        ("Number,VIN,Plate type\n", "vehicle"),
        ('{"number": "1", "file_number": "2"}\n', "driving-licence"),
    ],
)
def test_the_file_says_what_its_rows_are(tmp_path, head, record_type) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(head.encode(encoding))
        assert importers.record_type_of(file) == record_type


async def test_mended_rows_are_imported_from_the_rejects_file(build, numbers, tmp_path) -> None:
    number = NUMBER.format(500)
    row = [number, "880000100001", "C1", "2020-01-01", "first", ""]
    outcome = await build("driving-licence").run(csv_file(tmp_path / "x.csv", LICENCE, [row]))
    assert (outcome.stored, outcome.refused) == (0, 1)
    numbers.person(number)  # meanwhile the population office has registered the person
    mended = await build("driving-licence").run(outcome.rejects)
    assert (mended.stored, mended.refused) == (1, 0)


async def test_an_interrupted_import_goes_on_where_it_ended(build, numbers, tmp_path, app) -> None:
    import asyncio

    people = [NUMBER.format(n) for n in range(600, 700)]
    for number in people:
        numbers.person(number)
    rows = [[n, f"9900001{i:05d}", "C1", "2020-01-01", "first", ""] for i, n in enumerate(people)]
    file = csv_file(tmp_path / "long.csv", LICENCE, rows)
    work = build("driving-licence")
    small = type(work)(**{name: getattr(work, name) for name in work.__slots__} | {"batch": 10})
    stop = asyncio.Event()
    part = await small.run(file, stop=stop, report=lambda *_: stop.set())
    assert (part.stored, part.finished) == (10, False)
    rest = await small.run(file)
    assert (rest.stored, rest.finished) == (100, True)

    async def stored() -> bool:
        async with app.state.edge.database.sessions() as session:
            count = text("select count(*) from driving_licence where first_issued_on = '2020-01-01'")
            return (await (await session.connection()).execute(count)).scalar_one() >= 100

    assert await eventually(stored)
