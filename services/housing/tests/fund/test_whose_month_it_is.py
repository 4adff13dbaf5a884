"""A month belongs to one payer: whoever comes after does not pay what another owes, and who has left owes nothing more."""

from datetime import date

import pytest
from housing.service import notices
from onewindow_kit.testing import legal_day

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-20")


@pytest.fixture
def leave(acting, fund):
    async def leave(firm, worker, on, office=False):
        body = {"person": worker.named, "left_on": on}
        answer = await (fund if office else acting(firm)).post(f"/v1/fund-employers/{firm['urn']}/departures", body)
        assert answer.status_code == 200, answer.text
        return answer.json()["body"]

    return leave


@pytest.fixture
def in_arrears(app, employer, employed, leave):
    """Somebody who left an employer that owes August; in October."""

    async def in_arrears(day, left_on="2026-10-06", office=False):
        firm = await employer()
        day.write_text("2026-08-03")
        anna, account = await employed(firm, "2026-08-03")
        day.write_text("2026-10-06")
        await app.state.duties.once()
        return firm, anna, account, await leave(firm, anna, left_on, office)

    return in_arrears


async def test_the_next_employer_does_not_pay_what_the_one_before_owes(
    in_arrears, employer, acting, pay, account_of, refused
):
    with legal_day(date(2026, 8, 3)) as day:
        firm, anna, _, owing = await in_arrears(day)
        assert owing["arrears_fen"] == 2 * DUE
        next_firm = await employer()
        enrol = {"person": anna.named, "average_wage_fen": 1_000_000, "since": "2026-08-10"}
        path = f"/v1/fund-employers/{next_firm['urn']}/employees"
        assert (await acting(next_firm).post(path, enrol)).status_code == 200
        wrong = await pay(next_firm, "2026-08", anna)
        refused(wrong, 409, "contribution-list-refused")
        assert wrong.json()["errors"][0]["reason"].startswith("month-before-account")
        assert (await pay(firm, "2026-08", anna)).status_code == 200
    assert (await account_of(anna.pseudonym))["body"]["balance_fen"] == DUE


async def test_a_self_employed_person_does_not_pay_what_an_employer_owes(in_arrears, citizen, refused):
    with legal_day(date(2026, 8, 3)) as day:
        _, anna, account, _ = await in_arrears(day)
        me = citizen(anna.pseudonym)
        joined = await me.post("/v1/fund-memberships", {"average_income_fen": 800_000, "rate": 10})
        assert joined.json()["body"]["state"] == "granted"
        path = f"/v1/fund-accounts/{account['urn']}/contributions"
        refused(await me.post(path, {"month": "2026-08", "amount_fen": DUE}), 409, "month-before-account")


@pytest.mark.parametrize(("by_office", "months"), [(True, 1), (False, 2)])
async def test_a_departure_reported_late_clears_the_months_after_it_on_the_offices_word_only(
    in_arrears, account_of, by_office, months
):
    """The duty could not know; but no employer is rid of its debts by saying that somebody left long ago."""
    with legal_day(date(2026, 8, 3)) as day:
        _, anna, _, owing = await in_arrears(day, left_on="2026-08-20", office=by_office)
    assert (owing["arrears_fen"], owing["arrears_lines"], owing["employees"]) == (months * DUE, months, 0)
    assert (await account_of(anna.pseudonym))["body"]["arrears_fen"] == months * DUE


async def test_the_dead_owe_nothing_and_nothing_is_owed_for_months_after_a_death(
    app, registry, employer, employed, account_of
):
    with legal_day(date(2026, 8, 3)) as day:
        firm = await employer()
        late, _ = await employed(firm, "2026-08-03")
        day.write_text("2026-10-06")
        await app.state.duties.once()
        async with app.state.edge.database.sessions() as session, session.begin():
            await notices.died(session, registry, late.pseudonym, date(2026, 8, 20))
        assert (await account_of(late.pseudonym))["body"]["arrears_fen"] == DUE


async def test_who_is_employed_after_having_paid_alone_has_one_account_and_another_payer(
    employer, acting, worker, citizen, pay, account_of, refused
):
    with legal_day(date(2026, 10, 12)):
        anna = worker()
        me = citizen(anna.pseudonym)
        case = (await me.post("/v1/fund-memberships", {"average_income_fen": 800_000, "rate": 10})).json()
        [urn] = case["body"]["results"]
        own = f"/v1/fund-accounts/{urn}/contributions"
        assert (await me.post(own, {"month": "2026-10", "amount_fen": 80_000})).status_code == 201
        firm = await employer()
        enrol = {"person": anna.named, "average_wage_fen": 1_000_000, "since": "2026-10-08"}
        hired = await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/employees", enrol)
        assert hired.status_code == 200, hired.text
        now = await account_of(anna.pseudonym)
        assert (now["urn"], now["body"]["kind"], now["body"]["employer"]) == (urn, "employed", firm["urn"])
        refused(await pay(firm, "2026-10", anna), 409, "contribution-list-refused")
        refused(await me.post(own, {"month": "2026-10", "amount_fen": 80_000}), 409, "not-self-employed")


async def test_nobody_is_employed_before_the_employer_was_enrolled(employer, worker, acting, refused):
    """Months for years back, paid in a day, would be insured months for a loan or a plate."""
    firm, anna = await employer(since="2020-01-01"), worker()
    enrol = {"person": anna.named, "average_wage_fen": 1_000_000, "since": "2019-12-31"}
    path = f"/v1/fund-employers/{firm['urn']}/employees"
    refused(await acting(firm).post(path, enrol), 409, "dates-out-of-order")
    assert (await acting(firm).post(path, enrol | {"since": "2020-01-01"})).status_code == 200
