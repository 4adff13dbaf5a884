"""What departments have comes in: odd files, refused rows, interruption, the same file twice."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from onewindow_kit.imports import FileRefused, Import, Parsed, Refusal, RowRefused
from onewindow_kit.imports.progress import Overtaken
from onewindow_kit.imports.rejects import RejectsFile
from onewindow_kit.problems import Unavailable, VersionConflict
from onewindow_kit.records import new_urn
from pydantic import BaseModel, Field

from .conftest import AUTHORITY, Department

LABELS = {
    "number": ["公民身份号码", "identification number"],
    "name": ["姓名"],
    "shares": ["共有份额", "share"],
}


class Owner(BaseModel):
    number: str = Field(pattern=r"^\d{4}$")
    name: str
    shares: int | None = None


class Registry:
    """An importing department: each row becomes a record whose URN remembers the number."""

    def __init__(self, department: Department, folder: Path) -> None:
        self.department = department
        self.folder = folder
        self.before: Callable[[list[Parsed]], Any] = lambda rows: None

    async def store(self, session: Any, rows: list[Parsed]) -> Any:
        outcome = self.before(rows)
        records = [self.department.record(**row.model.model_dump()) for row in rows]
        await self.department.records.publish(session, *records)
        return outcome

    def importing(self, **more: Any) -> Import:
        return Import(
            **{
                "target": "housing.owner",
                "labels": LABELS,
                "parse": Owner.model_validate,
                "store": self.store,
                "sessions": self.department.sessions,
                "rejects_folder": self.folder / "imports",
                "batch": 3,
            }
            | more
        )

    async def stored(self) -> list[tuple[str, str, int | None]]:
        rows = await self.department.fetch("select urn, version, data, key_id, topic from record")
        opened = [self.department.records.sealer.open(r.topic, r.key_id, r.urn, r.version, r.data) for r in rows]
        bodies = [json.loads(one)["body"] for one in opened]
        return sorted((body["number"], body["name"], body["shares"]) for body in bodies)


@pytest.fixture
def registry(department: Department, tmp_path: Path) -> Registry:
    return Registry(department, tmp_path)


def written(folder: Path, content: str | bytes, name: str = "owners.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rejects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()[1:]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_csv_in_the_encodings_that_offices_use(registry, tmp_path, encoding: str, end: str) -> None:
    lines = ["公民身份号码,姓名,共有份额", "0001,王芳,1", '0002,"李, 强",', '"0003","𠮷田 ""小""",3', ""]
    outcome = await registry.importing().run(written(tmp_path, end.join(lines), encoding=encoding))
    assert (outcome.stored, outcome.refused, outcome.finished, outcome.rejects) == (3, 0, True, None)
    assert await registry.stored() == [("0001", "王芳", 1), ("0002", "李, 强", None), ("0003", '𠮷田 "小"', 3)]


async def test_what_spreadsheets_put_around_cells(registry, tmp_path) -> None:
    content = 'Identification Number;\u3000姓名 ;SHARE\n="0001"; 王芳\u3000;1\n"=""0002""";"两\n行";\n0003;5" 管;2\n\t0004;a;\n\n'
    outcome = await registry.importing().run(written(tmp_path, content))
    assert outcome.refused == 0
    assert await registry.stored() == [
        ("0001", "王芳", 1),
        ("0002", "两\n行", None),
        ("0003", '5" 管', 2),
        ("0004", "a", None),
    ]


async def test_json_lines_by_field_or_label(registry, tmp_path) -> None:
    lines = ['{"number": "0001", "name": "王芳", "shares": 1}', "", '{"公民身份号码": "0002", "姓名": "李强"}']
    outcome = await registry.importing().run(written(tmp_path, "\n".join(lines), "owners.jsonl"))
    assert outcome.stored == 2
    assert await registry.stored() == [("0001", "王芳", 1), ("0002", "李强", None)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"number,name,colour\n", "colour"),
        (b"number,name,number\n", "twice"),
        ("number,name,公民身份号码\n".encode(), "twice"),
        ("号码,姓名\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04whatever", "workbook"),
        (b"x" * 2_000_000, "no header"),
        (b"\x00\x01\x02", "no header"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_whole_with_its_remedy(registry, tmp_path, content, says) -> None:
    with pytest.raises(FileRefused, match=says):
        await registry.importing().run(written(tmp_path, content))
    assert await registry.stored() == []


async def test_a_missing_file_is_refused(registry, tmp_path) -> None:
    with pytest.raises(FileRefused, match="No such file"):
        await registry.importing().run(tmp_path / "nothing.csv")


async def test_refused_rows_are_kept_with_line_field_reason_and_text(registry, tmp_path) -> None:
    content = 'number,name,shares\n0001,王芳,1\n12,李强,x\n0003,赵敏\n0004,a\x00b,\n"0005,钱,1\n0006,孙,2\n'
    outcome = await registry.importing().run(written(tmp_path, content))
    assert (outcome.stored, outcome.refused) == (2, 4)
    assert [number for number, _, _ in await registry.stored()] == ["0001", "0006"]
    assert outcome.rejects.stat().st_mode & 0o777 == 0o600
    found = {row["line"]: row for row in rejects(outcome.rejects)}
    assert (found[3]["field"], found[3]["code"], found[3]["text"]) == ("number", "string-pattern-mismatch", "12,李强,x")
    assert [also["field"] for also in found[3]["also"]] == ["shares"]
    assert (found[4]["field"], found[4]["code"], found[4]["text"]) == (None, "columns", "0003,赵敏")
    assert found[5]["code"] == "nul"
    assert (found[6]["code"], found[6]["text"]) == ("columns", '"0005,钱,1')
    assert "李强" not in "".join(row["reason"] for row in found.values())


async def test_bytes_of_another_encoding_refuse_their_row_only(registry, tmp_path) -> None:
    content = "number,name\n0001,王芳\n".encode() + b"0002,\xff\xff\n" + "0003,赵敏\n".encode()
    outcome = await registry.importing().run(written(tmp_path, content))
    assert (outcome.stored, outcome.refused) == (2, 1)
    assert (rejects(outcome.rejects)[0]["line"], rejects(outcome.rejects)[0]["code"]) == (3, "encoding")


async def test_a_line_without_end_does_not_fill_the_memory(registry, tmp_path) -> None:
    content = b"number,name\n0001,a\n0002," + b"x" * 3_500_000 + b"\n0003,c\n"
    outcome = await registry.importing().run(written(tmp_path, content))
    assert (outcome.stored, outcome.refused) == (2, 1)
    (row,) = rejects(outcome.rejects)
    assert (row["line"], row["code"]) == (3, "too-long")
    assert len(row["text"]) == 1000


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "json"),
        ("[]", "json"),
        ('{"number": NaN}', "json"),
        ("[" * 100_000, "json"),
        ('{"number": "0001", "colour": 1}', "name-unknown"),
        ('{"number": "0001", "公民身份号码": "0002"}', "name-twice"),
        ('{"number": "0001", "name": "\\ud800"}', "json"),
        ('{"number": "0001", "name": "a\\u0000"}', "nul"),
        ('{"number": 1, "name": "a"}', "string-type"),
        ('{"name": "a"}', "missing"),
    ],
)
async def test_json_lines_that_are_no_row(registry, tmp_path, line: str, code: str) -> None:
    path = written(tmp_path, '{"number": "0009", "name": "b"}\n' + line + "\n", "owners.jsonl")
    outcome = await registry.importing().run(path)
    assert (outcome.stored, outcome.refused) == (1, 1)
    assert rejects(outcome.rejects)[0]["code"] == code
    assert rejects(outcome.rejects)[0]["text"] == line


@pytest.mark.parametrize("name", ["owners.csv", "owners.jsonl"])
async def test_refused_rows_can_be_mended_and_imported_again(registry, tmp_path, name: str) -> None:
    if name == "owners.csv":
        content = "公民身份号码;姓名;share\n0001;王芳;1\n12;李强;1\nx;赵敏;2\n"
        mended = ("12;李强", "0012;李强")
    else:
        content = '{"number": "0001", "name": "王芳", "shares": 1}\n{"number": "12", "name": "李强", "shares": 1}\n{}\n'
        mended = ('\\"12\\"', '\\"0012\\"')
    first = await registry.importing().run(
        written(tmp_path, content, name, "gb18030" if name == "owners.csv" else "utf-8")
    )
    assert (first.stored, first.refused) == (1, 2)
    text = first.rejects.read_text()
    assert mended[0] in text
    again = await registry.importing().run(written(tmp_path, text.replace(*mended), "mended.jsonl"))
    assert (again.stored, again.refused) == (1, 1)
    assert again.rejects != first.rejects
    assert await registry.stored() == [("0001", "王芳", 1), ("0012", "李强", 1)]
    assert rejects(again.rejects)[0]["line"] == 3


async def test_the_same_content_twice_changes_nothing(registry, tmp_path) -> None:
    content = "number,name\n0001,王芳\n12,李强\n"
    first = await registry.importing().run(written(tmp_path, content))
    before = (await registry.stored(), first.rejects.read_text())
    again = await registry.importing().run(written(tmp_path, content, "copy.csv"))
    assert (again.stored, again.refused, again.finished, again.again) == (1, 1, True, True)
    assert (await registry.stored(), first.rejects.read_text()) == before
    other = await registry.importing(target="housing.other").run(written(tmp_path, content))
    assert not other.again


async def test_an_interrupted_import_goes_on_where_it_was(registry, tmp_path) -> None:
    rows = [f'{n:04},"name\n{n}",' if n % 4 else f"bad{n},x," for n in range(20)]
    path = written(tmp_path, "number,name,shares\n" + "\n".join(rows) + "\n")
    whole = await registry.importing(target="housing.whole").run(path)
    expected = (sorted(await registry.stored()), rejects(whole.rejects))
    await registry.department.fetch("select 1")
    async with registry.department.sessions() as session, session.begin():
        await (await session.connection()).exec_driver_sql("delete from record")
    stop = asyncio.Event()
    stop.set()
    for done in (3, 6, 9):
        part = await registry.importing().run(path, stop=stop)
        assert (part.stored + part.refused, part.finished) == (done, False)
    crash = iter(["crash"])

    def fail(_rows: list[Parsed]) -> None:
        if next(crash, None):
            raise ConnectionResetError

    registry.before = fail
    with pytest.raises(ConnectionResetError):
        await registry.importing().run(path)
    last = await registry.importing().run(path)
    assert (last.stored, last.refused, last.finished) == (15, 5, True)
    assert (await registry.stored(), rejects(last.rejects)) == expected


async def test_killed_between_the_refused_rows_and_the_commit_they_are_taken_back(
    registry, tmp_path, monkeypatch
) -> None:
    path = written(tmp_path, "number,name\nbad,a\nworse,c\n0001,b\n0002,d\n")
    importing = registry.importing(batch=2)

    class Killed(BaseException):
        pass

    true_add = RejectsFile.add

    def dying(self: RejectsFile, rows: Any) -> None:
        true_add(self, rows)
        raise Killed

    monkeypatch.setattr(RejectsFile, "add", dying)
    with pytest.raises(Killed):
        await importing.run(path)
    monkeypatch.undo()
    assert await registry.stored() == []
    # Meanwhile somebody made the rule milder.
    milder = registry.importing(batch=2, parse=lambda values: Owner.model_construct(**values, shares=None))
    stopped = asyncio.Event()
    stopped.set()
    assert (await milder.run(path, stop=stopped)).rejects is None
    assert [path.read_text() for path in (tmp_path / "imports").iterdir()] == [""]
    outcome = await importing.run(path)
    assert (outcome.stored, outcome.refused, outcome.rejects) == (4, 0, None)


async def test_two_processes_do_not_import_one_file_together(registry, tmp_path) -> None:
    path = written(tmp_path, "number,name\n" + "".join(f"{n:04},x\n" for n in range(30)))
    both = [registry.importing().run(path), registry.importing().run(path)]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert any(isinstance(outcome, Overtaken) for outcome in outcomes)
    assert len(await registry.stored()) == 30


async def test_a_row_that_cannot_be_stored_is_found_and_the_others_stay(registry, tmp_path) -> None:
    path = written(tmp_path, "number,name\n" + "".join(f"{n:04},x\n" for n in range(20)))

    def conflict(rows: list[Parsed]) -> None:
        if {"0003", "0017"} & {row.model.number for row in rows}:
            raise VersionConflict

    registry.before = conflict
    outcome = await registry.importing(batch=10).run(path)
    assert (outcome.stored, outcome.refused) == (18, 2)
    assert [(row["line"], row["code"]) for row in rejects(outcome.rejects)] == [
        (5, "version-conflict"),
        (19, "version-conflict"),
    ]


async def test_rows_refused_by_the_store_and_by_others_asked_before(registry, tmp_path) -> None:
    path = written(tmp_path, "number,name\n0001,a\n0002,b\n0003,c\n0004,d\n")

    async def unknown(rows: list[Parsed]) -> list[tuple[Parsed, Refusal]]:
        why = Refusal("person-not-found", "No person has this number.", "number")
        return [(row, why) for row in rows if row.model.number == "0002"]

    class Late(Registry):
        async def store(self, session: Any, rows: list[Parsed]) -> Any:
            bad = [row for row in rows if row.model.number == "0003"]
            await super().store(session, [row for row in rows if row not in bad])
            return [(row, Refusal("unit-taken", "The unit has an owner.")) for row in bad]

    late = Late(registry.department, tmp_path)
    outcome = await late.importing(prepare=unknown).run(path)
    assert (outcome.stored, outcome.refused) == (2, 2)
    assert [(row["line"], row["field"], row["code"]) for row in rejects(outcome.rejects)] == [
        (3, "number", "person-not-found"),
        (4, None, "unit-taken"),
    ]


async def test_a_department_may_refuse_a_row_while_parsing(registry, tmp_path) -> None:
    def parse(values: dict[str, Any]) -> Owner:
        raise RowRefused(Refusal("date-future", "The day has not come.", "name"))

    outcome = await registry.importing(parse=parse).run(written(tmp_path, "number,name\n0001,a\n"))
    assert rejects(outcome.rejects)[0]["code"] == "date-future"


async def test_an_outage_refuses_no_row(registry, tmp_path) -> None:
    path = written(tmp_path, "number,name\n0001,a\n")

    def gone(_rows: list[Parsed]) -> None:
        raise Unavailable

    registry.before = gone
    with pytest.raises(Unavailable):
        await registry.importing().run(path)
    registry.before = lambda _rows: None
    assert (await registry.importing().run(path)).stored == 1


def test_urns_name_nobody() -> None:
    assert new_urn(AUTHORITY, "title") != new_urn(AUTHORITY, "title")
