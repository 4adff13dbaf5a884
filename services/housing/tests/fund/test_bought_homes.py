"""A home that was bought is a reason once, up to its price; one that was inherited or given is none."""

from datetime import date

import pytest
from onewindow_kit.testing import legal_day

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-21")


@pytest.fixture
def saver(employer, employed, pay):
    async def save(months):
        firm = await employer()
        person, account = await employed(firm, f"2026-{min(months):02}-01")
        for month in months:
            assert (await pay(firm, f"2026-{month:02}", person)).status_code == 200
        return person.pseudonym, account["urn"]

    return save


@pytest.fixture
def ask(citizen):
    async def ask(person, urn, amount, reason="purchase", **other):
        body = {"reason": reason, "amount_fen": amount} | other
        return await citizen(person).post(f"/v1/fund-accounts/{urn}/withdrawals", body)

    return ask


async def test_all_withdrawals_for_a_home_together_stay_within_its_price(saver, ask, settle_case, registered, refused):
    with legal_day(date(2025, 12, 30)) as day:
        day.write_text("2026-09-10")
        holder, urn = await saver([7, 8])
        await registered(holder, price_fen=300_000)
        first = await ask(holder, urn, 200_000)
        assert (await settle_case(first.json())).status_code == 200
        refused(await ask(holder, urn, 100_001), 409, "price-exceeded")
        day.write_text("2027-01-10")  # another year, the same home
        refused(await ask(holder, urn, 100_001), 409, "price-exceeded")
        assert (await ask(holder, urn, 100_000)).status_code == 201


@pytest.mark.parametrize("cause", ["allocation", "construction"])
async def test_a_home_that_was_not_bought_is_no_purchase(saver, ask, registered, refused, cause):
    with legal_day(date(2026, 9, 10)):
        holder, urn = await saver([7])
        await registered(holder, cause=cause)
        refused(await ask(holder, urn, DUE), 409, "evidence-missing")
        assert (await ask(holder, urn, DUE, evidence="购房合同1")).status_code == 201


async def test_who_built_a_home_withdraws_for_building(saver, ask, registered, refused):
    with legal_day(date(2026, 9, 10)):
        holder, urn = await saver([7])
        await registered(holder, cause="construction")
        assert (await ask(holder, urn, DUE, "building")).status_code == 201
