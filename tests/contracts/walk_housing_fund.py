"""Every operation of the provident fund once: an employer pays, its people withdraw, borrow, leave and are inherited."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from onewindow_kit import clock

from .live import Answer, Service, Town, wait_for
from .people import Firm, Person, adult, deceased, firm

BASIS = "住房公积金管理条例 第十四条"
TODAY = clock.today()
MONTH = TODAY.replace(day=1)
WAGE, RATE = 1_000_000, 12
DUE = 2 * WAGE * RATE // 100


def walk(town: Town) -> None:
    housing = town.service("housing")
    office = town.token("agency", "provident-fund")
    boss, anna, bert, late = (numbered(town, name) for name in ("例东", "例职", "例员", "例逝"))
    company = firm(town, "示例制造有限公司", boss)
    acting = company.token("housing")
    employer = enrolled(housing, company, office)
    urn = employer["urn"]
    assert housing.call("readFundEmployer", urn=urn, token=acting)["urn"] == urn
    for person in (anna, bert, late):
        body = {"person": named(person), "average_wage_fen": WAGE, "since": months_ago(6).isoformat()}
        housing.call("enrolEmployee", body, urn=urn, token=acting)
    for back in range(5, -1, -1):
        lines = [{"number": person.number, "amount_fen": DUE} for person in (anna, bert, late)]
        paid = housing.call("contribute", {"month": f"{months_ago(back):%Y-%m}", "lines": lines}, urn=urn, token=acting)
    rates = {"employer_rate": 10, "employee_rate": 10}
    housing.call("setFundRates", rates, at=paid.etag, urn=urn, token=acting)

    saving = account_of(housing, anna, office)
    assert housing.call("readFundAccount", urn=saving, token=office)["body"]["balance_fen"] == 6 * DUE
    assert housing.call("listFundEntries", urn=saving, token=office, query={"limit": 2})["next"]
    wish = {"reason": "building", "amount_fen": 1000, "evidence": "建房许可 1 号"}
    case = housing.call("applyForWithdrawal", wish, urn=saving, token=anna.token("housing"))
    decided(housing, case, office)
    asked = {"amount_fen": 1_000_000, "months": 120, "evidence": "购房合同 1 号"}
    case = housing.call("applyForLoan", asked, urn=saving, token=anna.token("housing"))
    [loan] = decided(housing, case, office)["body"]["results"]
    assert housing.call("readFundLoan", urn=loan, token=office)["body"]["outstanding_fen"] == 1_000_000
    part = {"amount_fen": 400_000, "from_account": True}
    housing.call("repayLoan", part, at=1, urn=loan, token=anna.token("housing"))
    wrong = {"direction": "credit", "amount_fen": 5, "reason": "错账更正", "legal_basis": BASIS}
    at = housing.call("readFundAccount", urn=saving, token=office).etag
    housing.call("correctFundLedger", wrong, at=at, urn=saving, token=office)

    gone = {"person": named(bert), "left_on": TODAY.isoformat()}
    housing.call("reportDeparture", gone, urn=urn, token=acting)
    leaving = account_of(housing, bert, office)
    incoming = transfer("NB") | {"amount_fen": 12_345}
    at = housing.call("readFundAccount", urn=leaving, token=office).etag
    housing.call("takeFundIn", incoming, at=at, urn=leaving, token=office)
    at = housing.call("readFundAccount", urn=leaving, token=office).etag
    housing.call("transferFundOut", transfer("HZ"), at=at, urn=leaving, token=office)

    free = numbered(town, "例自由")
    case = housing.call("joinAsSelfEmployed", {"average_income_fen": WAGE, "rate": RATE}, token=free.token("housing"))
    [own] = case["body"]["results"]
    month = {"month": f"{MONTH:%Y-%m}", "amount_fen": WAGE * RATE // 100}
    housing.call("payOwnContribution", month, urn=own, token=free.token("housing"))

    introduced = town.service("identity").call("introduceMyself", {"receiver": "housing"}, token=anna.token("identity"))
    question = {"person": introduced["introduction"], "until": TODAY.isoformat()}
    assert housing.call("contributionMonths", question)["months"] == 6
    inherited(town, housing, late, anna, office)


def numbered(town: Town, name: str) -> Person:
    """Somebody born on a random day: lists name people by number alone, so that two must not share one."""
    return adult(town, name, born=TODAY - timedelta(days=secrets.randbelow(12_000) + 8_000))


def inherited(town: Town, housing: Service, late: Person, heir: Person, office: str) -> None:
    """Once identity's notice has arrived, the heir is paid."""
    account = account_of(housing, late, office)
    deceased(town, late)
    wait_for(lambda: housing.call("readFundAccount", urn=account, token=office)["body"]["state"] == "sealed")
    body = {
        "deceased": late.in_sector("title-registry"),
        "heirs": [{"person": heir.in_sector("title-registry"), "share": "1/1"}],
        "evidence": "公证书 1 号",
    }
    decided(housing, housing.call("openFundInheritance", body, token=office), office)
    assert housing.call("readFundAccount", urn=account, token=office)["body"]["closed_because"] == "death"


def enrolled(housing: Service, company: Firm, office: str) -> Answer:
    body = {
        "organisation": company.in_sector("title-registry"),
        "name": company.name,
        "uscc": company.code,
        "employer_rate": RATE,
        "employee_rate": RATE,
        "since": "2020-01-01",
        "legal_basis": BASIS,
    }
    return housing.call("enrolEmployer", body, token=office)


def account_of(housing: Service, person: Person, office: str) -> str:
    found = housing.call("findFundAccounts", {"person": person.in_sector("title-registry")}, token=office)
    return found["items"][0]["urn"]


def decided(housing: Service, case: Answer, office: str) -> Answer:
    body = {"outcome": "granted", "reason": "材料齐全。"}
    return housing.call("decideCase", body, at=case["version"], urn=case["urn"], token=office)


def named(person: Person) -> dict[str, str]:
    return {"scheme": "cn-id", "number": person.number, "name": person.name}


def transfer(city: str) -> dict[str, Any]:
    number = f"{city}-{secrets.randbelow(10**12):012}"
    return {"centre": "另一市住房公积金管理中心", "certificate_number": number, "legal_basis": BASIS}


def months_ago(count: int) -> date:
    month = MONTH
    for _ in range(count):
        month = (month - timedelta(days=1)).replace(day=1)
    return month
