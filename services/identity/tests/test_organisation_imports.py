"""A file of organisations: the good lines are stored once, the others named with their reason."""

import json
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from identity.importers.command import importing_organisations
from onewindow_kit.keyring import Keyring
from stdnum.cn import uscc

HEADERS = "统一社会信用代码,机构名称,机构类型,成立日期,法定代表人公民身份号码,任职日期"
_serial = count(1)
pytestmark = pytest.mark.rule("domain-29")


def code() -> str:
    body = f"92330106{next(_serial):09d}"
    return body + uscc.calc_check_digit(body)


@pytest.fixture
def load(app: Any, settings: Any, tmp_path: Path) -> Any:
    """``await load(lines)``: import a file; (outcome, refused rows)."""

    async def run(*lines: str) -> tuple[Any, list[dict[str, Any]]]:
        file = tmp_path / "organisations.csv"
        file.write_text("\n".join([HEADERS, *lines]) + "\n")
        chosen = settings.model_copy(update={"imports": tmp_path / "rejects"})
        job = importing_organisations(chosen, Keyring.load(settings.keyring), app.state.sessions, app.state.waker)
        outcome = await job.run(file)
        lines_ = outcome.rejects.read_text().splitlines()[1:] if outcome.rejects else []
        return outcome, [json.loads(line) for line in lines_]

    return run


async def test_organisations_come_with_who_represents_them(
    load: Any, town: Any, caller: Any, current_number: Any
) -> None:
    chief = await town.stranger(name="批量法人")
    number, other = code(), code()
    lines = (
        f"{number},导入一公司,企业,2018-03-01,{current_number(chief)},2019-01-01",
        f"{other},导入二店,individual-business,,,",
    )
    outcome, refused = await load(*lines)
    assert (outcome.stored, refused) == (2, [])
    register = caller("agency", "demo.company-register", "identity")
    file = await register.done("/v1/organisation-lookups", {"uscc": number})
    assert file["body"]["registered_on"] == "2018-03-01" and file["body"]["kind"] == "enterprise"
    [held] = file["representations"]
    assert held["person"] == chief["person"] and held["body"]["since"] == "2019-01-01"
    again, refused = await load(*lines, f"{code()},导入三公司,,,,")
    assert (again.stored, refused) == (3, []), "lines that are known change nothing"
    assert (await register.done("/v1/organisation-lookups", {"uscc": number}))["version"] == file["version"]


async def test_wrong_lines_are_named_and_the_others_stored(load: Any, town: Any, current_number: Any) -> None:
    taken = code()
    child = await town.stranger(name="幼年法人", born=date(2020, 1, 1))
    outcome, refused = await load(
        f"{taken},先到公司,,,,",
        f"{taken},后到公司,,,,",
        f"{taken[:-1]}{'0' if taken[-1] != '0' else '1'},坏代码公司,,,,",
        f"{code()},坏类型公司,马戏团,,,",
        f"{code()},无人公司,,,110101199003070000,",
        f"{code()},少年公司,,2021-01-01,{current_number(child)},",
        f"{code()},未来公司,,2999-01-01,,",
    )
    assert outcome.stored == 1
    codes = [row["code"] for row in refused]
    assert codes == [
        "organisation-exists",
        "value-error",
        "unknown-code",
        "person-not-found",
        "representative-under-age",
        "date-in-future",
    ]
    assert "110101199003070000" not in str([row["reason"] for row in refused])
