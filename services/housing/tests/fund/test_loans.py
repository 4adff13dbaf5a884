"""A loan of the fund: what it needs, what it costs a day, and how it is paid back."""

from datetime import date

import pytest
from onewindow_kit.testing import legal_day

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-21")
MONTHS = [f"2026-{month:02}" for month in range(4, 10)]


@pytest.fixture
def borrower(employer, employed, pay):
    async def save(*months):
        firm = await employer()
        person, account = await employed(firm, f"{months[0]}-01")
        for month in months:
            assert (await pay(firm, month, person)).status_code == 200
        return person.pseudonym, account["urn"]

    return save


@pytest.fixture
def ask(citizen):
    async def ask(person, urn, amount, months=240, **body):
        return await citizen(person).post(
            f"/v1/fund-accounts/{urn}/loans", {"amount_fen": amount, "months": months} | body
        )

    return ask


@pytest.mark.rule(
    "housing.fund-loan-multiple",
    "housing.fund-loan-term",
    "housing.fund-loan-months",
    "housing.fund-loan-decision-days",
)
async def test_a_loan_within_its_limits_is_decided_within_fifteen_working_days(
    borrower, ask, registered, refused, settle_case, fund
):
    with legal_day(date(2026, 10, 12)):
        late, its = await borrower("2026-05", "2026-06", "2026-07", "2026-08", "2026-09")
        refused(await ask(late, its, 1_000_000, evidence="购房合同1"), 409, "months-missing")
        holder, urn = await borrower(*MONTHS)
        most = 15 * 6 * DUE
        refused(await ask(holder, urn, most), 409, "evidence-missing")
        title = await registered(holder)
        refused(await ask(holder, urn, most + 1), 409, "loan-limit-exceeded")
        refused(await ask(holder, urn, most, 361), 409, "loan-term-too-long")
        case = (await ask(holder, urn, most)).json()
        assert (case["body"]["decide_by"], case["body"]["concerns"]) == ("2026-11-02", [urn, title["urn"]])
        refused(await ask(holder, urn, 1), 409, "loan-pending")
        decided = (await settle_case(case)).json()
        [loan] = decided["body"]["results"]
        body = (await fund.get(f"/v1/fund-loans/{loan}")).json()["body"]
        assert (body["outstanding_fen"], body["annual_rate"], body["title"]) == (most, "0.0260", title["urn"])
        refused(await ask(holder, urn, 1), 409, "loan-open")


@pytest.mark.rule("housing.fund-loan-limit", "housing.fund-loan-rate", "housing.fund-loan-months")
async def test_limit_rate_and_months_are_those_of_the_day(app):
    from housing.service.fund.law import FundLaw

    law = FundLaw(app.state.registry.rules.contracts)
    assert [law.loan(date(2023, 12, 31)).limit, law.loan(date(2024, 1, 1)).limit] == [50_000_000, 65_000_000]
    assert [law.loan_rate(date(2025, 5, 7)), law.loan_rate(date(2025, 5, 8))] == ["0.0285", "0.0260"]
    assert [law.loan(date(2014, 10, 8)).months, law.loan(date(2014, 10, 9)).months] == [12, 6]


async def test_interest_is_paid_first_and_the_last_fen_ends_the_loan(
    borrower, ask, registered, settle_case, fund, citizen, refused, account_of, person
):
    with legal_day(date(2026, 10, 12)) as day:
        holder, urn = await borrower(*MONTHS)
        await registered(holder)
        [loan] = (await settle_case((await ask(holder, urn, 1_000_000)).json())).json()["body"]["results"]
        path = f"/v1/fund-loans/{loan}/repayments"
        day.write_text("2026-10-22")
        # 10,000 yuan for ten days at 2.6 % of 360 days: 7.2222… yuan.
        refused(
            await citizen(holder).post(path, {"amount_fen": 721, "from_account": False}, version=1),
            409,
            "repayment-below-interest",
        )
        refused(
            await citizen(person()).post(path, {"amount_fen": 722, "from_account": False}, version=1), 404, "not-found"
        )
        refused(
            await citizen(holder).post(path, {"amount_fen": 1_000_723, "from_account": True}, version=1),
            409,
            "repayment-too-large",
        )
        half = await citizen(holder).post(path, {"amount_fen": 500_722, "from_account": True}, version=1)
        assert half.json()["body"]["outstanding_fen"] == 500_000
        assert (await account_of(holder))["body"]["balance_fen"] == 6 * DUE - 500_722
        refused(
            await citizen(holder).post(path, {"amount_fen": 500_000, "from_account": True}, version=1),
            412,
            "version-conflict",
        )
        closing = {"reason": "retirement", "evidence": "文号"}
        refused(await citizen(holder).post(f"/v1/fund-accounts/{urn}/withdrawals", closing), 409, "loan-open")
        done = await fund.post(path, {"amount_fen": 500_000, "from_account": False}, version=2)
        assert (done.json()["body"]["state"], done.json()["body"]["repaid_on"], done.json()["change"]) == (
            "repaid",
            "2026-10-22",
            "ended",
        )
        refused(
            await citizen(holder).post(path, {"amount_fen": 1, "from_account": False}, version=3), 409, "loan-repaid"
        )
        too_much = {"amount_fen": 10 * DUE, "from_account": True}
        refused(await citizen(holder).post(path, too_much, version=3), 409, "loan-repaid")
