"""Transport asks for how many months somebody has paid, and learns a number."""

from datetime import date

import pytest
from onewindow_kit.pseudonyms import Pseudonym, introduction
from onewindow_kit.testing import legal_day

pytestmark = pytest.mark.rule("domain-26", "domain-20")


@pytest.fixture
def months(transport_service, identity):
    async def ask(person, until, receiver=None):
        token = introduction(identity.keyring, Pseudonym.parse(receiver or person))
        answer = await transport_service.post("/v1/contribution-months", {"person": token, "until": until})
        return answer.json().get("months") if answer.status_code == 200 else answer

    return ask


async def test_months_count_without_a_gap_back_from_the_newest_due(months, employer, employed, pay, person, app):
    with legal_day(date(2026, 10, 12)):
        firm = await employer()
        worker, _ = await employed(firm, "2026-04-01")
        for month in ("2026-04", "2026-06", "2026-07", "2026-08", "2026-09"):
            assert (await pay(firm, month, worker)).status_code == 200
        assert await months(worker.pseudonym, "2026-10-12") == 4, "May is missing"
        assert await months(worker.pseudonym, "2026-11-05") == 4, "October is in time until the fifth"
        assert await months(worker.pseudonym, "2026-11-06") == 0, "October is missing then"
        assert await months(worker.pseudonym, "2026-10-11") == 0, "nothing had been paid on that day"
        assert (await pay(firm, "2026-05", worker)).status_code == 200
        assert await months(worker.pseudonym, "2026-10-12") == 6, "paid late counts once it is paid"
        assert await months(person(), "2026-10-12") == 0


async def test_only_transport_asks_and_only_about_whom_identity_introduced(
    months, fund, citizen, person, identity, refused, gateway
):
    refused(await months(person(), "2026-10-12", receiver="transport.1." + "a" * 22), 409, "invalid-introduction")
    token = introduction(identity.keyring, Pseudonym.parse(person()))
    for stranger in (fund, gateway, citizen(person())):
        answer = await stranger.post("/v1/contribution-months", {"person": token, "until": "2026-10-12"})
        refused(answer, 403, "forbidden")
    assert await months(person(), "1999-01-01") == 0
