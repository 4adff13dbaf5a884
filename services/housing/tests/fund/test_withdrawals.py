"""Money out of an account: by the reasons that were in force on the day of the application, decided by the office."""

from datetime import date

import pytest
from onewindow_kit.testing import legal_day

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-21", "domain-30")
BEFORE, AFTER = date(2026, 9, 19), date(2026, 9, 20)
"""The two sides of Order 844."""


@pytest.fixture
def saver(employer, employed, pay):
    """Somebody with four months in the account, up to the newest that is due."""

    async def save(*months):
        firm = await employer()
        person, account = await employed(firm, f"{min(months)}-01")
        for month in months:
            assert (await pay(firm, month, person)).status_code == 200
        return person.pseudonym, account["urn"]

    return save


@pytest.fixture
def apply(citizen):
    async def apply(person, urn, reason, **body):
        return await citizen(person).post(f"/v1/fund-accounts/{urn}/withdrawals", {"reason": reason} | body)

    return apply


async def test_a_home_that_the_register_knows_needs_no_paper(
    saver, apply, settle_case, registered, account_of, ledger_of, citizen, refused, person
):
    with legal_day(date(2026, 10, 12)):
        holder, urn = await saver("2026-07", "2026-08", "2026-09")
        refused(await apply(holder, urn, "purchase", amount_fen=500_000), 409, "evidence-missing")
        title = await registered(holder, price_fen=600_000)
        refused(await apply(holder, urn, "purchase"), 409, "amount-missing")
        refused(await apply(holder, urn, "purchase", amount_fen=600_001), 409, "price-exceeded")
        refused(await apply(holder, urn, "purchase", amount_fen=3 * DUE + 1), 409, "balance-too-small")
        refused(await apply(person(), urn, "purchase", amount_fen=1), 404, "not-found")
        made = await apply(holder, urn, "purchase", amount_fen=500_000)
        case = made.json()
        assert made.status_code == 201 and case["body"]["concerns"] == [urn, title["urn"]]
        assert case == (await citizen(holder).get(f"/v1/cases/{case['urn']}")).json(), (
            "the very record that is published"
        )
        assert (case["body"]["kind"], case["body"]["state"]) == ("fund-withdrawal", "pending")
        refused(await apply(holder, urn, "purchase", amount_fen=1), 409, "withdrawal-pending")
        decided = (await settle_case(case)).json()
        assert decided["body"]["state"] == "granted" and urn in decided["body"]["results"]
        assert (await account_of(holder))["body"]["balance_fen"] == 3 * DUE - 500_000
        line = (await ledger_of(urn))[-1]
        assert (line["kind"], line["direction"], line["amount_fen"], line["note"]) == (
            "withdrawal",
            "debit",
            500_000,
            "purchase",
        )
        assert (await apply(holder, urn, "purchase", amount_fen=1)).status_code == 201, "free for the next one"


@pytest.mark.rule("housing.fund-decision-days")
async def test_the_decision_is_due_within_three_working_days(saver, apply, registered):
    with legal_day(date(2026, 9, 24)):
        holder, urn = await saver("2026-07", "2026-08")
        await registered(holder)
        case = (await apply(holder, urn, "purchase", amount_fen=1)).json()
    # Mid-Autumn Day and the weekend lie between.
    assert (case["body"]["applied_on"], case["body"]["decide_by"]) == ("2026-09-24", "2026-09-30")


@pytest.mark.rule("housing.fund-withdrawal-reasons")
@pytest.mark.parametrize("reason", ["renovation", "property-fees"])
async def test_a_reason_cannot_be_asked_for_before_it_existed(saver, apply, registered, refused, reason):
    with legal_day(BEFORE) as day:
        holder, urn = await saver("2026-07", "2026-08")
        await registered(holder)
        early = await apply(holder, urn, reason, amount_fen=1000)
        refused(early, 409, "reason-not-in-force")
        assert "housing.fund-withdrawal-reasons" in early.json()["remedy"]
        day.write_text(AFTER.isoformat())
        assert (await apply(holder, urn, reason, amount_fen=1000)).status_code == 201


@pytest.mark.rule("housing.fund-rent-income-share")
async def test_rent_is_compared_with_the_income_only_before_order_844(saver, apply, refused):
    with legal_day(BEFORE) as day:
        holder, urn = await saver("2026-06", "2026-07", "2026-08")
        for body in ({}, {"monthly_rent_fen": 250_000}, {"monthly_rent_fen": 250_000, "monthly_income_fen": 1_000_000}):
            refused(await apply(holder, urn, "rent", amount_fen=1000, **body), 409, "rent-below-share")
        enough = {"monthly_rent_fen": 250_001, "monthly_income_fen": 1_000_000}
        case = (await apply(holder, urn, "rent", amount_fen=1000, **enough)).json()
        assert case["body"]["state"] == "pending"
        day.write_text(AFTER.isoformat())
        other, its = await saver("2026-06", "2026-07", "2026-08")
        assert (await apply(other, its, "rent", amount_fen=1000)).status_code == 201


async def test_a_case_is_judged_by_the_rules_of_its_own_day(saver, apply, settle_case, refused, registered):
    """Refused for what did not hold then although it holds now, and granted for what held then."""
    with legal_day(BEFORE) as day:
        holder, urn = await saver("2026-06", "2026-07", "2026-08")
        enough = {"monthly_rent_fen": 250_001, "monthly_income_fen": 1_000_000}
        case = (await apply(holder, urn, "rent", amount_fen=1000, **enough)).json()
        day.write_text(AFTER.isoformat())
        assert (await settle_case(case)).status_code == 200


@pytest.mark.rule("housing.fund-rent-without-home", "housing.fund-rent-months", "housing.fund-rent-year-limit")
async def test_rent_needs_three_months_no_home_here_and_room_in_the_year(
    saver, apply, settle_case, registered, refused
):
    with legal_day(date(2026, 10, 12)):
        holder, urn = await saver("2026-08", "2026-09")
        refused(await apply(holder, urn, "rent", amount_fen=1000), 409, "months-missing")
        owner, its = await saver("2026-07", "2026-08", "2026-09")
        await registered(owner)
        refused(await apply(owner, its, "rent", amount_fen=1000), 409, "home-owned")
        tenant, urn = await saver("2025-12", *(f"2026-{month:02}" for month in range(1, 10)))
        case = (await apply(tenant, urn, "rent", amount_fen=2_000_000)).json()
        assert (await settle_case(case)).status_code == 200
        refused(await apply(tenant, urn, "rent", amount_fen=160_001), 409, "year-limit-exceeded")
        assert (await apply(tenant, urn, "rent", amount_fen=160_000)).status_code == 201


@pytest.mark.rule("housing.fund-rent-without-home", "housing.fund-rent-months")
async def test_before_2015_rent_needed_neither_months_nor_a_search_for_homes(app):
    from housing.service.fund.law import FundLaw

    law = FundLaw(app.state.registry.rules.contracts)
    old, new = law.withdrawal("rent", date(2015, 1, 19)), law.withdrawal("rent", date(2015, 1, 20))
    assert (old.rent_without_home, old.rent_months) == (False, 0)
    assert (new.rent_without_home, new.rent_months) == (True, 3)


@pytest.mark.rule("housing.fund-fees-year-limit")
async def test_property_fees_have_a_limit_a_year(saver, apply, registered, refused):
    with legal_day(date(2026, 10, 12)):
        holder, urn = await saver("2026-07", "2026-08", "2026-09")
        await registered(holder)
        refused(await apply(holder, urn, "property-fees", amount_fen=500_001), 409, "year-limit-exceeded")
        assert (await apply(holder, urn, "property-fees", amount_fen=500_000)).status_code == 201


@pytest.mark.rule("housing.fund-purchase-months")
async def test_a_home_bought_long_ago_is_no_reason_any_more(saver, apply, registered, refused):
    with legal_day(date(2026, 10, 11)) as day:
        for bought, status in (("2024-10-11", 201), ("2024-10-10", 409)):  # 24 months to the day, and a day more
            holder, urn = await saver("2026-08", "2026-09")
            day.write_text(bought)
            await registered(holder)
            day.write_text("2026-10-11")
            answer = await apply(holder, urn, "purchase", amount_fen=1000)
            assert answer.status_code == status
    refused(answer, 409, "evidence-missing")


@pytest.mark.rule("housing.fund-closing-reasons")
@pytest.mark.parametrize("reason", ["retirement", "emigration", "incapacity"])
async def test_retirement_emigration_and_incapacity_close_the_account_with_interest_to_the_day(
    saver, apply, settle_case, account_of, ledger_of, refused, reason, citizen, acting
):
    with legal_day(date(2026, 10, 12)) as day:
        holder, urn = await saver("2026-08", "2026-09")
        refused(await apply(holder, urn, reason, amount_fen=1000, evidence="文号1"), 409, "amount-unexpected")
        refused(await apply(holder, urn, reason), 409, "evidence-missing")
        case = (await apply(holder, urn, reason, evidence="人社局〔2026〕1号")).json()
        day.write_text("2026-10-22")
        assert (await settle_case(case)).status_code == 200
        body = (await account_of(holder))["body"]
        assert (body["state"], body["closed_because"], body["closed_on"], body["balance_fen"]) == (
            "closed",
            reason,
            "2026-10-22",
            0,
        )
        lines = await ledger_of(urn)
        # 4,800 yuan for ten days at 1.5 % of a year of 360 days: 2 yuan.
        assert [(each["kind"], each["amount_fen"]) for each in lines[-2:]] == [
            ("interest", 200),
            ("withdrawal", 2 * DUE + 200),
        ]
        refused(await apply(holder, urn, "rent", amount_fen=1), 409, "fund-account-closed")


async def test_a_refused_or_withdrawn_application_frees_the_account(saver, apply, settle_case, registered, citizen):
    with legal_day(date(2026, 10, 12)):
        holder, urn = await saver("2026-08", "2026-09")
        await registered(holder)
        case = (await apply(holder, urn, "purchase", amount_fen=1000)).json()
        decided = (await settle_case(case, "refused")).json()["body"]
        assert decided["state"] == "refused" and decided["decision"]["remedy"]
        again = (await apply(holder, urn, "purchase", amount_fen=1000)).json()
        assert (await citizen(holder).post(f"/v1/cases/{again['urn']}/withdrawals")).status_code == 200
        assert (await apply(holder, urn, "purchase", amount_fen=1000)).status_code == 201


async def test_granting_looks_at_the_account_as_it_is_then(
    saver, apply, settle_case, registered, fund, account_of, refused
):
    with legal_day(date(2026, 10, 12)):
        holder, urn = await saver("2026-08", "2026-09")
        await registered(holder)
        case = (await apply(holder, urn, "purchase", amount_fen=2 * DUE)).json()
        body = {"direction": "debit", "amount_fen": 1, "reason": "错账更正", "legal_basis": "财务管理办法"}
        version = (await account_of(holder))["version"]
        corrected = await fund.post(f"/v1/fund-accounts/{urn}/corrections", body, version=version)
        assert corrected.status_code == 201 and corrected.json()["body"]["kind"] == "correction"
        refused(await settle_case(case), 409, "balance-too-small")
        assert (await account_of(holder))["body"]["balance_fen"] == 2 * DUE - 1, "nothing half-done"


@pytest.mark.rule("housing.fund-self-employed")
async def test_self_employed_people_join_since_order_844_and_pay_for_themselves(
    citizen, person, refused, ledger_of, fund
):
    holder = person()
    command = {"average_income_fen": 800_000, "rate": 10}
    with legal_day(BEFORE) as day:
        refused(await citizen(holder).post("/v1/fund-memberships", command), 409, "self-employed-not-admitted")
        day.write_text(AFTER.isoformat())
        wrong = await citizen(holder).post("/v1/fund-memberships", command | {"rate": 13})
        refused(wrong, 409, "fund-rate-out-of-bounds")
        made = await citizen(holder).post("/v1/fund-memberships", command)
        case = made.json()
        assert made.status_code == 201 and case["body"]["state"] == "granted"
        [urn] = case["body"]["results"]
        refused(await citizen(holder).post("/v1/fund-memberships", command), 409, "fund-account-open")
        path = f"/v1/fund-accounts/{urn}/contributions"
        refused(
            await citizen(holder).post(path, {"month": "2026-09", "amount_fen": 1}), 409, "contribution-amount-wrong"
        )
        refused(await citizen(holder).post(path, {"month": "2026-10", "amount_fen": 80_000}), 409, "month-in-future")
        refused(
            await citizen(holder).post(path, {"month": "2026-08", "amount_fen": 80_000}), 409, "month-before-account"
        )
        paid = await citizen(holder).post(path, {"month": "2026-09", "amount_fen": 80_000})
        assert paid.status_code == 201 and paid.json()["body"]["balance_after_fen"] == 80_000
        refused(
            await citizen(holder).post(path, {"month": "2026-09", "amount_fen": 80_000}), 409, "contribution-repeated"
        )
        for amount, status in ((-1, 422), (0, 422), (2**53, 422), (2**63, 422), (2**53 - 1, 409)):
            assert (await citizen(holder).post(path, {"month": "2026-09", "amount_fen": amount})).status_code == status
        assert len(await ledger_of(urn)) == 1
