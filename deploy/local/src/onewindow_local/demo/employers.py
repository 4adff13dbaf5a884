"""Employers in the provident fund, and what they do there by who represents them; for demos and tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onewindow_local.demo.city import City, Done, Person
from onewindow_local.demo.firms import Firm, named

RATE = 12
"""Percent of the wage that the firm and each employee pay."""


async def employer(city: City, firm: Firm, since: date | None = None) -> Done:
    """The firm is enrolled by the fund's office, from this month on or from the day ``since``."""
    fund = await city.office("provident-fund", "housing")
    return await fund.do(
        "/v1/fund-employers",
        {
            "organisation": await city.pseudonym(firm, "provident-fund"),
            "name": firm.name,
            "uscc": firm.number,
            "employer_rate": RATE,
            "employee_rate": RATE,
            "since": (since or city.today().replace(day=1)).isoformat(),
            "legal_basis": "住房公积金管理条例 第十四条",
        },
    )


async def hire(firm: Firm, enrolled: Done, person: Person, wage_fen: int, *, since: date) -> Done:
    """The firm opens an account for an employee; ``wage_fen`` is last year's average of a month."""
    body = {"person": named(person), "average_wage_fen": wage_fen, "since": since.isoformat()}
    return await firm.window.command("housing", "enrolEmployee", path={"urn": enrolled.urn}, body=body)


async def contribute(firm: Firm, enrolled: Done, month: str, amounts: Mapping[Person, int]) -> Done:
    """The firm pays a month (``2026-05``) for its employees: fen for each, both parts together."""
    lines = [{"scheme": each.scheme, "number": each.number, "amount_fen": fen} for each, fen in amounts.items()]
    body = {"month": month, "lines": lines}
    return await firm.window.command("housing", "contribute", path={"urn": enrolled.urn}, body=body)
