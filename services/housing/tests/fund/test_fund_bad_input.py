"""Bad input of the fund's operations: each its documented problem, and nothing done."""

import pytest

pytestmark = pytest.mark.rule("domain-20", "domain-21")
URN = "urn:onewindow:demo.provident-fund:fund-account:" + "a" * 22


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"reason": "holiday", "amount_fen": 1}, "reason"),
        ({"reason": "rent", "amount_fen": -1}, "amount_fen"),
        ({"reason": "rent", "amount_fen": 0}, "amount_fen"),
        ({"reason": "rent", "amount_fen": 1.5}, "amount_fen"),
        ({"reason": "rent", "amount_fen": "1"}, "amount_fen"),
        ({"reason": "rent", "amount_fen": True}, "amount_fen"),
        ({"reason": "rent", "amount_fen": 2**53}, "amount_fen"),
        ({"reason": "rent", "amount_fen": 2**70}, "amount_fen"),
        ({"reason": "rent", "amount_fen": 1, "evidence": "a\u0007b"}, "evidence"),
        ({"reason": "rent", "amount_fen": 1, "more": 1}, "more"),
        ({"amount_fen": 1}, "reason"),
    ],
)
async def test_what_the_schema_forbids(citizen, person, body, path):
    answer = await citizen(person()).post(f"/v1/fund-accounts/{URN}/withdrawals", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert any(path in error["path"] for error in answer.json()["errors"])


@pytest.mark.parametrize("month", ["2026-00", "2026-13", "2026-1", "0000-01", "2026-01-01", "二〇二六年一月"])
async def test_a_month_is_a_month(employer, acting, month):
    firm = await employer()
    body = {"month": month, "lines": [{"number": "1", "amount_fen": 1}]}
    answer = await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/contributions", body)
    assert answer.status_code == 422


async def test_lists_have_bounds(employer, acting):
    firm = await employer()
    for lines in ([], [{"number": "1", "amount_fen": 1}] * 1001, [{"number": "1", "amount_fen": -5}]):
        body = {"month": "2026-09", "lines": lines}
        assert (await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/contributions", body)).status_code == 422


async def test_unknown_things_are_404_and_others_offices_403(
    citizen, person, fund, office, refused, firm, organisation
):
    body = {"reason": "rent", "amount_fen": 1}
    refused(await citizen(person()).post(f"/v1/fund-accounts/{URN}/withdrawals", body), 404, "not-found")
    refused(
        await citizen(person()).post(f"/v1/fund-accounts/{URN}/loans", {"amount_fen": 1, "months": 1}), 404, "not-found"
    )
    refused(await fund.get(f"/v1/fund-accounts/{URN}"), 404, "not-found")
    refused(await fund.get(f"/v1/fund-accounts/{URN}/entries"), 404, "not-found")
    refused(await office.get(f"/v1/fund-accounts/{URN}"), 403, "forbidden")
    refused(await citizen(person()).get(f"/v1/fund-accounts/{URN}"), 403, "forbidden")
    loan = URN.replace("fund-account", "fund-loan")
    repay = {"amount_fen": 1, "from_account": True}
    refused(await citizen(person()).post(f"/v1/fund-loans/{loan}/repayments", repay, version=1), 404, "not-found")
    unknown = URN.replace("fund-account", "fund-employer")
    refused(await firm(organisation()).get(f"/v1/fund-employers/{unknown}"), 404, "not-found")


async def test_pages_of_a_ledger(employer, employed, fund, refused, account_of):
    firm = await employer()
    person, account = await employed(firm, "2026-01-01")
    urn = account["urn"]
    for amount in range(1, 6):
        version = (await account_of(person.pseudonym))["version"]
        body = {"direction": "credit", "amount_fen": amount, "reason": "更正", "legal_basis": "条例"}
        assert (await fund.post(f"/v1/fund-accounts/{urn}/corrections", body, version=version)).status_code == 201
    seen, cursor = [], ""
    while cursor is not None:
        page = (await fund.get(f"/v1/fund-accounts/{urn}/entries?limit=2{cursor and '&cursor=' + cursor}")).json()
        seen += [each["body"]["line"] for each in page["items"]]
        cursor = page["next"]
    assert seen == [5, 4, 3, 2, 1]
    for wrong in ("WzBd", "Wzk5OTk5OTk5OTk5OV0", "WyJ4Il0", "!!"):
        assert (await fund.get(f"/v1/fund-accounts/{urn}/entries?cursor={wrong}")).status_code in (400, 422)
