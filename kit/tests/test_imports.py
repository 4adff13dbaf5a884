"""Refused rows, interruption, the same file twice, two processes at once."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from onewindow_kit.imports import Parsed, Refusal, RowRefused
from onewindow_kit.imports.progress import Overtaken
from onewindow_kit.imports.rejects import RejectsFile
from onewindow_kit.problems import Unavailable, VersionConflict

from .conftest import Department
from .importing import Owner, Registry, rejects, written


@pytest.fixture
def registry(department: Department, tmp_path: Path) -> Registry:
    return Registry(department, tmp_path)


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
