"""An employer's list as a file: booked line by line, every refused line kept with its reason."""

import asyncio
import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from housing import importers
from onewindow_kit.imports import Import, Outcome
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import legal_day

pytestmark = pytest.mark.rule("domain-20", "domain-29")
HEADER = ["单位统一社会信用代码", "证件号码", "缴存月份", "上年度月平均工资（分）", "月缴存额（分）", "缴存日期"]
TODAY = date(2026, 10, 12)


class Numbers:
    """Identity's exchange of numbers: knows those that it was told of."""

    def __init__(self) -> None:
        self.known: dict[str, Pseudonym] = {}

    def person(self, number: str) -> str:
        return str(self.known.setdefault(number, Pseudonym.new("housing")))

    async def resolve_batch(self, numbers: list[str], *, scheme: str) -> list[Pseudonym | None]:
        return [self.known.get(number) for number in numbers]


@pytest.fixture
def numbers() -> Numbers:
    return Numbers()


@pytest.fixture
def importing(app: Any, numbers: Numbers, tmp_path: Any) -> Import:
    database, registry = app.state.edge.database, app.state.registry
    contracts = registry.rules.contracts
    return importers.contributions(registry, contracts, numbers, database.sessions, tmp_path / "rejects", database.wake)


@pytest.fixture
def run(importing: Import, tmp_path: Any) -> Callable[..., Any]:
    async def run(*rows: list[str], content: str | None = None, encoding: str = "utf-8") -> Outcome:
        out = io.StringIO()
        csv.writer(out).writerows([HEADER, *rows])
        file = tmp_path / "list"
        file.write_bytes((content or out.getvalue()).encode(encoding))
        return await importing.run(file)

    return run


def codes(outcome: Outcome) -> list[str]:
    return [json.loads(line)["code"] for line in outcome.rejects.read_text("utf-8").splitlines()[1:]]


def line(
    uscc: str, number: str, month: str = "2026-09", wage: str = "", amount: str = "240000", on: str = ""
) -> list[str]:
    return [uscc, number, month, wage, amount, on]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
async def test_a_list_opens_accounts_and_books_months(employer, run, numbers, account_of, ledger_of, encoding, acting):
    firm = await employer()
    number = f"list-opens-{encoding}"
    person, uscc = numbers.person(number), firm["body"]["uscc"]
    rows = [
        line(uscc, number, f"2026-{month:02}", "1000000" if month == 7 else "", on=f"2026-{month + 1:02}-03")
        for month in (7, 8, 9)
    ]
    with legal_day(TODAY):
        outcome = await run(*rows, encoding=encoding)
        assert (outcome.stored, outcome.refused) == (3, 0)
        again = await run(*rows, encoding=encoding)
        assert again.again and again.stored == 3
        account = await account_of(person)
        assert (account["body"]["balance_fen"], account["body"]["paid_until"]) == (720_000, "2026-09")
        lines = await ledger_of(account["urn"])
        assert [(each["month"], each["value_on"], each["balance_after_fen"]) for each in lines] == [
            ("2026-07", "2026-08-03", 240_000),
            ("2026-08", "2026-09-03", 480_000),
            ("2026-09", "2026-10-03", 720_000),
        ]
        body = (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["body"]
        assert (body["employees"], body["paid_fen"], body["arrears_fen"]) == (1, 720_000, 0)


async def test_json_lines_with_amounts_as_numbers(employer, run, numbers, account_of):
    firm, person = await employer(), numbers.person("json-1")
    row = {
        "employer_code": firm["body"]["uscc"],
        "number": "json-1",
        "month": "2026-09",
        "average_wage_fen": 1_000_000,
        "amount_fen": 240_000,
    }
    with legal_day(TODAY):
        assert (await run(content=json.dumps(row) + "\n")).stored == 1
    assert (await account_of(person))["body"]["balance_fen"] == 240_000


async def test_the_same_person_twice_and_half_the_lines_wrong(employer, run, numbers, account_of, fund, acting):
    firm, uscc = await employer(), None
    uscc = firm["body"]["uscc"]
    people = [numbers.person(f"half-{index}") for index in range(10)]
    rows = []
    for index in range(10):
        wrong = index % 2
        rows.append(line(uscc, f"half-{index}", wage="1000000", amount="239999" if wrong else "240000"))
    rows.insert(3, line(uscc, "half-0"))
    rows.append(line(uscc, "half-2", wage="1000000"))
    with legal_day(TODAY):
        outcome = await run(*rows)
    assert (outcome.stored, outcome.refused) == (5, 7)
    assert sorted(codes(outcome)) == ["contribution-amount-wrong"] * 5 + ["contribution-repeated"] * 2
    for index, person in enumerate(people):
        items = (await fund.post("/v1/fund-account-lookups", {"person": person})).json()["items"]
        assert [each["body"]["balance_fen"] for each in items] == ([] if index % 2 else [240_000]), "nothing half-done"
    body = (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["body"]
    assert (body["employees"], body["paid_fen"]) == (5, 5 * 240_000)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"uscc": "91110000600037341L"}, "employer-not-enrolled"),
        ({"uscc": "911100006000373411"}, "value-error"),
        ({"number": "nobody"}, "person-not-found"),
        ({"wage": ""}, "wage-missing"),
        ({"month": "2026-11"}, "month-in-future"),
        ({"month": "2026-13"}, "string-pattern-mismatch"),
        ({"on": "2026-10-13"}, "date-in-future"),
        ({"on": "1999-01-01", "month": "1998-12"}, "rule-not-in-force"),
        ({"amount": "0"}, "contribution-amount-wrong"),
        ({"amount": "-240000"}, "string-pattern-mismatch"),
        ({"amount": "2400.00"}, "string-pattern-mismatch"),
        ({"amount": "9" * 15}, "contribution-amount-wrong"),
        ({"amount": "9" * 16}, "string-pattern-mismatch"),
    ],
)
async def test_a_wrong_line_is_kept_with_the_rule_that_it_breaks(employer, run, numbers, account_of, change, code):
    firm = await employer()
    number = f"wrong-{abs(hash(str(change)))}"
    person, uscc = numbers.person(number), firm["body"]["uscc"]
    wrong = {"uscc": uscc, "number": number, "wage": "1000000"} | change
    with legal_day(TODAY):
        outcome = await run(line(**wrong), line(uscc, number, wage="1000000"))
    assert (outcome.stored, codes(outcome)) == (1, [code])
    assert (await account_of(person))["body"]["balance_fen"] == 240_000


async def test_nobody_pays_into_a_closed_account_or_for_the_dead(
    employer, run, numbers, registry, app, citizen, settle_case, account_of
):
    firm = await employer()
    uscc, person = firm["body"]["uscc"], numbers.person("closed-1")
    with legal_day(TODAY):
        await run(line(uscc, "closed-1", "2026-08", "1000000"))
        account = await account_of(person)
        body = {"reason": "retirement", "evidence": "人社局 2026-1"}
        case = (await citizen(person).post(f"/v1/fund-accounts/{account['urn']}/withdrawals", body)).json()
        assert (await settle_case(case)).status_code == 200
        assert codes(await run(line(uscc, "closed-1", wage="1000000"))) == ["fund-account-closed"]


async def test_an_interrupted_list_goes_on_and_nothing_is_late_meanwhile(
    employer, importing, numbers, tmp_path, account_of, app, acting
):
    """A list being read may bring the money: neither arrears nor interest get ahead of it."""
    firm = await employer()
    people = [numbers.person(f"many-{index}") for index in range(50)]
    out = io.StringIO()
    rows = [line(firm["body"]["uscc"], f"many-{index}", "2025-09", "1000000", on="2025-10-05") for index in range(50)]
    csv.writer(out).writerows([HEADER, *rows])
    file = tmp_path / "many.csv"
    file.write_text(out.getvalue(), "utf-8")
    small, stop = replace(importing, batch=10), asyncio.Event()
    with legal_day(TODAY):
        first = await small.run(file, stop=stop, report=lambda *_: stop.set())
        assert not first.finished and 0 < first.stored < 50
        await app.state.duties.once()
        assert (await account_of(people[0]))["body"]["interest_until"] == "2025-10-05"
        rest = await small.run(file)
        assert rest.finished and rest.stored == 50
        await app.state.duties.once()
        assert (await account_of(people[0]))["body"]["interest_until"] == "2026-06-30"
        body = (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["body"]
    assert body["arrears_lines"] == 50 * 12, "October 2025 to September 2026, and nothing for months not yet due"


async def test_ten_thousand_people_are_imported_in_seconds(employer, importing, numbers, tmp_path, acting):
    firm = await employer()
    for index in range(10_000):
        numbers.person(f"mass-{index}")
    file = tmp_path / "mass.jsonl"
    row = {
        "employer_code": firm["body"]["uscc"],
        "month": "2026-09",
        "average_wage_fen": "1000000",
        "amount_fen": "240000",
    }
    file.write_text("\n".join(json.dumps(row | {"number": f"mass-{index}"}) for index in range(10_000)), "utf-8")
    with legal_day(TODAY):
        outcome = await importing.run(file)
    assert (outcome.stored, outcome.refused) == (10_000, 0)
    assert timedelta(seconds=outcome.seconds) < timedelta(seconds=30), f"{outcome.seconds:.1f} s"
    body = (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["body"]
    assert (body["employees"], body["paid_fen"]) == (10_000, 10_000 * 240_000)
