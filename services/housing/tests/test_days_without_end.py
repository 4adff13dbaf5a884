"""The calendar's first and last day are days like others: what many contracts write for "no end" stops nothing."""

import pytest

pytestmark = pytest.mark.rule("domain-16")
FIRST, LAST = "0001-01-01", "9999-12-31"


async def test_a_title_with_endless_rights_can_still_be_read_and_sold(office, registered, person, loan, order, sale):
    owner, buyer = person(), person()
    title = await registered(owner)
    path = f"/v1/titles/{title['urn']}"
    endless = loan(owner, debt_until=LAST)
    assert (await office.post(f"{path}/mortgages", endless, version=1)).status_code == 201
    right = {"resident": person(), "until": LAST, "consents": [owner], "legal_basis": "民法典 368"}
    made = await office.post(f"{path}/residence-rights", right, version=1)
    assert made.status_code == 201 and made.json()["body"]["until"] == LAST
    sold = await office.post(f"{path}/transfer", sale(buyer, consents=[owner]), version=1)
    assert sold.status_code == 200, sold.text


async def test_the_first_day_of_the_calendar_too(office, registered, person, order, sale):
    winner, buyer = person(), person()
    title = await registered(person())
    path = f"/v1/titles/{title['urn']}"
    judged = sale(winner, consents=[], cause="judgment", effective_on=FIRST, price_fen=None)
    assert (await office.post(f"{path}/transfer", judged, version=1)).status_code == 200
    long_ago = order(since=FIRST, until="0002-01-01")
    assert (await office.post(f"{path}/freezes", long_ago, version=2)).status_code == 201
    sold = await office.post(f"{path}/transfer", sale(buyer, consents=[winner]), version=2)
    assert sold.status_code == 200, sold.text
