"""The provident fund through two windows: the employer's, opened by who represents it, and the employee's."""

from datetime import date, timedelta

import pytest
from onewindow_local.demo import cases, firms
from onewindow_local.demo.city import City, Refused
from onewindow_local.demo.employers import RATE, contribute, employer, hire

from .following import apply

WAGE = 1_000_000
MONTHLY = 2 * WAGE * RATE // 100


@pytest.mark.rule("domain-20", "domain-29")
async def test_a_firm_pays_for_its_employee_who_withdraws_for_rent(city: City):
    boss, worker = await city.adult("例老板"), await city.adult("例职工")
    firm = await firms.found(city, "示例制造有限公司", boss, await city.citizen(boss))
    window = await city.citizen(worker)
    months = _months_before(city.today(), 4)
    enrolled = await employer(city, firm, since=months[0])
    await hire(firm, enrolled, worker, WAGE, since=months[0])
    for month in months:
        paid = await contribute(firm, enrolled, f"{month:%Y-%m}", {worker: MONTHLY})
    [account] = await window.records("housing.fund-account", after=paid)
    assert account["body"]["balance_fen"] == len(months) * MONTHLY
    entries = await window.records("housing.fund-entry", after=paid)
    assert sorted(each["body"]["month"] for each in entries) == [f"{month:%Y-%m}" for month in months]
    [own] = await firm.window.records("housing.fund-employer", after=paid)
    assert own["body"]["uscc"] == firm.number
    assert await firm.window.records("housing.fund-account", after=paid) == []
    with pytest.raises(Refused) as twice:
        await contribute(firm, enrolled, f"{months[-1]:%Y-%m}", {worker: MONTHLY})
    assert twice.value.status == 409

    wish = {"reason": "rent", "amount_fen": 100_000}
    case, asked = await apply(window, "housing", "applyForWithdrawal", path={"urn": account["urn"]}, body=wish)
    body = await case.seen(asked)
    assert body["state"] == "pending" and body["decide_by"] > city.today().isoformat()
    decided = await cases.decide(await city.office("provident-fund", "housing"), case.urn)
    assert await case.state(decided) == "granted"
    [account] = await window.records("housing.fund-account", after=decided)
    assert account["body"]["balance_fen"] == len(months) * MONTHLY - 100_000
    debits = [each for each in await window.records("housing.fund-entry") if each["body"]["direction"] == "debit"]
    assert [each["body"]["amount_fen"] for each in debits] == [100_000]


def _months_before(day: date, count: int) -> list[date]:
    """The first day of each of the last months that are over, the oldest first."""
    months = [day.replace(day=1)]
    for _ in range(count):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[:0:-1]


@pytest.mark.rule("domain-29")
async def test_nobody_looks_through_a_firms_window_without_representing_it(city: City):
    boss, stranger = await city.adult("例董事"), await city.adult("例外客")
    firm = await firms.found(city, "示例贸易有限公司", boss, await city.citizen(boss))
    with pytest.raises(Exception, match=r"400|403"):
        await city.representative(await city.citizen(stranger), firm.number)
