"""Imports bring stays, residence permits, divorces and cards by the law of their day, and refuse what never was."""

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

HEADERS = ["公民身份号码", "姓名", "性别", "出生日期", "配偶公民身份号码", "结婚日期", "离婚日期", "身份证签发日期",
           "居住地区划", "居住地址", "居住登记日期", "居住证申领条件", "居住证签发日期", "居住证签注日期"]  # fmt: skip


def number(born: date, sequence: int) -> str:
    body = f"330108{born:%Y%m%d}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0")


@pytest.fixture
def load(app: Any, settings: Any, tmp_path: Path) -> Any:
    """``await load(rows)``: the refused rows' fields and codes, by line."""

    async def run(rows: list[list[str]]) -> dict[int, set[tuple[str, str]]]:
        text = io.StringIO()
        csv.writer(text).writerows([HEADERS, *rows])
        file = tmp_path / "residents.csv"
        file.write_text(text.getvalue())
        chosen = settings.model_copy(update={"imports": tmp_path / "rejects"})
        outcome = await importing(chosen, Keyring.load(settings.keyring), app.state.sessions, app.state.waker).run(file)
        lines = outcome.rejects.read_text().splitlines()[1:] if outcome.rejects else []
        refused: dict[int, set[tuple[str, str]]] = {}
        for line in map(json.loads, lines):
            refused.setdefault(line["line"], set()).add((line["field"], line["code"]))
        return refused

    return run


@pytest.mark.rule("domain-10", "identity.permit-stay-months", "identity.card-validity")
async def test_residents_come_in_with_their_permits(load: Any, office: Any, published: Any) -> None:
    he, she = number(date(1985, 1, 2), 811), number(date(1986, 3, 4), 822)
    stay = ["330106", "文二路 9 号", "2015-06-30"]
    assert not await load(
        [
            [he, "汤一", "男", "1985-01-02", "", "", "", "", *stay, "job", "2016-01-01", "2016-12-20"],
            [she, "汤二", "女", "1986-03-04", he, "2010-01-01", "2018-01-01", "", "", "", "", "", "", ""],
        ]
    )
    person = await office.done("/v1/person-lookups", {"scheme": "cn-id", "number": he})
    assert person["stay"]["body"]["counted_from"] == "2015-06-30"
    permit = person["permit"]["body"]
    assert (permit["state"], permit["endorse_by"], permit["suspended_on"]) == ("suspended", "2017-12-20", "2017-12-21")
    [marriage] = person["kinships"]
    assert (marriage["body"]["state"], marriage["body"]["ending"]) == ("ended", "divorce")
    record = await published(person["permit"]["urn"])
    assert [(s["pseudonym"], s["role"]) for s in record["subjects"]] == [(person["person"], "holder")]


@pytest.mark.rule("identity.permit-stay-months", "identity.card-validity")
async def test_what_never_was_is_refused_by_field(load: Any) -> None:
    def row(n: int, *last: str, born: date = date(1950, 1, 2), card: str = "") -> list[str]:
        return [number(born, 831 + 2 * n), f"汤{n}", "男", born.isoformat(), "", "", "", card, *last]

    refused = await load(
        [
            row(0, "330106", "", "", "", "", ""),
            row(1, "330106", "文二路", "2015-06-30", "job", "2015-12-31", ""),
            row(2, "330106", "文二路", "2020-01-01", "job", "2020-06-30", ""),
            row(3, "", "", "", "", "", "", card="1984-04-05"),
            row(4, "", "", "", "", "", "", born=date(1990, 1, 1), card="2003-12-31"),
        ]
    )
    assert list(refused.values()) == [
        {("stay_division", "missing")},
        {("permit_granted_on", "rule-not-in-force")},
        {("permit_granted_on", "stay-too-short")},
        {("card_issued_on", "rule-not-in-force")},
        {("card_issued_on", "card-not-possible")},
    ]
