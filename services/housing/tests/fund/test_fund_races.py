"""Many clients at once over real HTTP: one of them gets the money, the others are told why not."""

import asyncio
import uuid
from collections import Counter
from datetime import date

import httpx
import pytest
from housing.app import create
from onewindow_kit.testing import legal_day, serve

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-20", "domain-21")
CLIENTS = 64


@pytest.fixture
async def crowd(settings, issuer, identity):
    """``post(token, path, body, version)`` from sixty-four clients with connections of their own to a real server."""
    application = create(settings, verifier=issuer.verifier("housing"), transport=identity.transport)
    async with serve(application) as url:

        async def all_at_once(token, path, body, version=None):
            async def one():
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
                if version is not None:
                    headers["If-Match"] = f'"{version}"'
                async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as client:
                    return await client.post(path, json=body, headers=headers)

            return await asyncio.gather(*(one() for _ in range(CLIENTS)))

        yield all_at_once


def outcomes(answers):
    return Counter((answer.status_code, answer.json().get("code")) for answer in answers)


@pytest.fixture
def saver(employer, employed, pay):
    async def save():
        firm = await employer()
        person, account = await employed(firm, "2026-09-01")
        assert (await pay(firm, "2026-09", person)).status_code == 200
        return person, account["urn"], firm

    return save


async def test_one_of_64_applications_for_a_withdrawal_is_taken(
    crowd, saver, issuer, account_of, citizen, ledger_of, settle_case
):
    with legal_day(date(2026, 10, 12)):
        person, urn, _ = await saver()
        token = issuer.citizen(person.pseudonym, "housing", act={"sub": "gateway"})
        body = {"reason": "building", "amount_fen": DUE, "evidence": "建房许可 1 号"}
        answers = await crowd(token, f"/v1/fund-accounts/{urn}/withdrawals", body)
        assert outcomes(answers) == {(201, None): 1, (409, "withdrawal-pending"): CLIENTS - 1}
        [case] = [answer.json() for answer in answers if answer.status_code == 201]
        officer = issuer.agency("provident-fund", "housing", sector="housing")
        decisions = await crowd(
            officer, f"/v1/cases/{case['urn']}/decisions", {"outcome": "granted", "reason": "齐全"}, case["version"]
        )
        seen = outcomes(decisions)
        assert seen.pop((200, None)) == 1 and sum(seen.values()) == CLIENTS - 1
        assert set(seen) <= {(412, "version-conflict"), (409, "case-closed")}
        assert (await account_of(person.pseudonym))["body"]["balance_fen"] == 0
        assert [line["kind"] for line in await ledger_of(urn)] == ["contribution", "withdrawal"]


async def test_a_month_is_paid_once_however_many_send_the_list(crowd, saver, issuer, account_of, ledger_of):
    with legal_day(date(2026, 10, 12)):
        person, urn, firm = await saver()
        token = issuer.representative(firm["subjects"][0]["pseudonym"], "housing")
        body = {"month": "2026-10", "lines": [{"number": person.number, "amount_fen": DUE}]}
        answers = await crowd(token, f"/v1/fund-employers/{firm['urn']}/contributions", body)
        assert outcomes(answers) == {(200, None): 1, (409, "contribution-list-refused"): CLIENTS - 1}
        assert [line["month"] for line in await ledger_of(urn)] == ["2026-09", "2026-10"]


async def test_two_employers_never_both_take_somebody_on(employer, acting, worker, fund):
    with legal_day(date(2026, 10, 12)):
        for _ in range(6):
            one, other, person = await employer(), await employer(), worker()
            body = {"person": person.named, "average_wage_fen": 800_000, "since": "2026-10-08"}
            answers = await asyncio.gather(
                *(acting(each).post(f"/v1/fund-employers/{each['urn']}/employees", body) for each in (one, other))
            )
            seen = outcomes(answers)
            assert seen.pop((200, None)) == 1 and set(seen) <= {(409, "fund-account-open"), (409, "conflict")}
            items = (await fund.post("/v1/fund-account-lookups", {"person": person.pseudonym})).json()["items"]
            assert len(items) == 1
