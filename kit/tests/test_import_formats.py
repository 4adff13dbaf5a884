"""Odd files come in; what cannot is refused with its place, its reason and its text."""

from pathlib import Path
from typing import Annotated

import pytest
from onewindow_kit.imports import FileRefused
from onewindow_kit.imports.rows import refusals_of
from pydantic import AfterValidator, TypeAdapter, ValidationError

from .conftest import Department
from .importing import Registry, rejects, written


@pytest.fixture
def registry(department: Department, tmp_path: Path) -> Registry:
    return Registry(department, tmp_path)


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


def test_a_validators_own_sentence_is_the_reason() -> None:
    def real_day(text: str) -> str:
        raise ValueError("must be a real day")

    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Annotated[str, AfterValidator(real_day)]).validate_python("2020-02-30")
    assert [refusal.reason for refusal in refusals_of(refused.value)] == ["must be a real day"]
