"""An employer, its employees, and the fund's own office on the housing service."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from onewindow_kit.pseudonyms import Pseudonym
from stdnum.cn import uscc

PURPOSE = "provident-fund.ledger"
WAGE = 1_000_000
DUE = 240_000
"""12 % and 12 % of a base of 10,000 yuan, in fen."""

_serial = itertools.count(1)


@dataclass(frozen=True)
class Worker:
    """Somebody whom identity knows by number and name."""

    pseudonym: str
    number: str
    name: str

    @property
    def named(self) -> dict[str, str]:
        return {"scheme": "cn-id", "number": self.number, "name": self.name}


@pytest.fixture
def fund(http: Any, issuer: Any, caller_type: Any) -> Any:
    """An officer of the provident fund."""
    return caller_type(
        http, issuer.agency("provident-fund", "housing", sector="housing", purpose=PURPOSE, act={"sub": "clerk-2"})
    )


@pytest.fixture
def caller_type(office: Any) -> Any:
    return type(office)


@pytest.fixture
def transport_service(http: Any, issuer: Any, caller_type: Any) -> Any:
    return caller_type(http, issuer.service("transport", "housing"))


@pytest.fixture
def worker(identity: Any) -> Callable[[], Worker]:
    """A person that identity knows."""

    def make() -> Worker:
        serial = next(_serial)
        made = Worker(str(Pseudonym.new("housing")), f"33010619850101{serial:04d}", f"职工{serial}")
        identity.people[made.number, made.name] = made.pseudonym
        return made

    return make


@pytest.fixture
def new_code() -> Callable[[], str]:
    """A unified social credit code that no other test has."""

    def make() -> str:
        base = f"9133010{next(_serial):010d}"
        return base + uscc.calc_check_digit(base)

    return make


@pytest.fixture
def employer(fund: Any, organisation: Callable[[], str], new_code: Callable[[], str]) -> Callable[..., Any]:
    """Enrols an employer and answers its record."""

    async def enrol(**other: Any) -> dict[str, Any]:
        body = {
            "organisation": organisation(),
            "name": "示例科技有限公司",
            "uscc": new_code(),
            "employer_rate": 12,
            "employee_rate": 12,
            "since": "2020-01-01",
            "legal_basis": "住房公积金管理条例 第十四条",
        } | other
        answer = await fund.post("/v1/fund-employers", body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return enrol


@pytest.fixture
def acting(firm: Callable[[str], Any]) -> Callable[[dict[str, Any]], Any]:
    """Somebody who represents an enrolled employer."""
    return lambda record: firm(record["subjects"][0]["pseudonym"])


@pytest.fixture
def employed(acting: Callable[..., Any], worker: Callable[[], Worker], fund: Any) -> Callable[..., Any]:
    """Enrols somebody at an employer, and answers who it is and the account."""

    async def enrol(record: dict[str, Any], since: str, wage: int = WAGE) -> tuple[Worker, dict[str, Any]]:
        person = worker()
        body = {"person": person.named, "average_wage_fen": wage, "since": since}
        answer = await acting(record).post(f"/v1/fund-employers/{record['urn']}/employees", body)
        assert answer.status_code == 200, answer.text
        [account] = (await fund.post("/v1/fund-account-lookups", {"person": person.pseudonym})).json()["items"]
        return person, account

    return enrol


@pytest.fixture
def pay(acting: Callable[..., Any]) -> Callable[..., Any]:
    """The employer pays a month for some employees, all the same sum."""

    async def contribute(record: dict[str, Any], month: str, *workers: Worker, amount: int = DUE) -> Any:
        lines = [{"number": worker.number, "amount_fen": amount} for worker in workers]
        return await acting(record).post(
            f"/v1/fund-employers/{record['urn']}/contributions", {"month": month, "lines": lines}
        )

    return contribute


@pytest.fixture
def account_of(fund: Any) -> Callable[..., Any]:
    """A person's newest account as it is published."""

    async def find(person: str) -> dict[str, Any]:
        items = (await fund.post("/v1/fund-account-lookups", {"person": person})).json()["items"]
        return items[0]

    return find


@pytest.fixture
def ledger_of(fund: Any) -> Callable[..., Any]:
    """The bodies of an account's lines, oldest first."""

    async def lines(urn: str) -> list[dict[str, Any]]:
        page = (await fund.get(f"/v1/fund-accounts/{urn}/entries?limit=200")).json()
        return [each["body"] for each in reversed(page["items"])]

    return lines


@pytest.fixture
def settle_case(fund: Any) -> Callable[..., Any]:
    """The fund decides a case as it stands."""

    async def decide(case: dict[str, Any], outcome: str = "granted") -> Any:
        version = (await fund.get(f"/v1/cases/{case['urn']}")).json()["version"]
        grounds = {"basis": "provident-fund.refusal", "evidence": [case["urn"]]} if outcome == "refused" else None
        body = {"outcome": outcome, "reason": "材料齐全。", "grounds": grounds}
        return await fund.post(f"/v1/cases/{case['urn']}/decisions", body, version=version)

    return decide
