"""An account goes to another city, money comes from one, and a dead person's account is paid to the heirs."""

from datetime import date

import pytest
from housing.service import notices
from onewindow_kit.testing import legal_day

from .conftest import DUE

pytestmark = pytest.mark.rule("domain-20", "domain-21")
BASIS = {"legal_basis": "建金〔2016〕74号"}


async def left(acting, firm, worker, on):
    body = {"person": worker.named, "left_on": on}
    return await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/departures", body)


async def test_out_with_a_certificate_and_in_once(
    app, employer, employed, pay, acting, fund, account_of, ledger_of, refused
):
    with legal_day(date(2026, 10, 12)) as day:
        firm = await employer()
        anna, account = await employed(firm, "2026-08-01")
        for month in ("2026-08", "2026-09"):
            await pay(firm, month, anna)
        urn = account["urn"]
        out = {"centre": "宁波市住房公积金管理中心", "certificate_number": f"HZ-2026-{urn[-6:].upper()}"} | BASIS
        out["certificate_number"] = out["certificate_number"].translate(str.maketrans("", "", " "))
        await app.state.duties.once()  # the search for arrears, which else may write a version between two steps
        version = (await account_of(anna.pseudonym))["version"]
        path = f"/v1/fund-accounts/{urn}/transfers-out"
        refused(await fund.post(path, out, version=version), 409, "fund-account-not-sealed")
        await left(acting, firm, anna, "2026-10-12")
        day.write_text("2026-10-22")
        refused(await fund.post(path, out, version=version), 412, "version-conflict")
        gone = await fund.post(path, out, version=version + 1)
        body = gone.json()["body"]
        assert (body["state"], body["closed_because"], body["balance_fen"]) == ("closed", "transfer-out", 0)
        lines = await ledger_of(urn)
        assert [(each["kind"], each["amount_fen"]) for each in lines[-2:]] == [
            ("interest", 200),
            ("transfer-out", 2 * DUE + 200),
        ]
        # The person comes back to another employer here: a new account, and what the other city had comes in.
        next_firm = await employer()
        enrol = {"person": anna.named, "average_wage_fen": 1_000_000, "since": "2026-10-22"}
        done = await acting(next_firm).post(f"/v1/fund-employers/{next_firm['urn']}/employees", enrol)
        assert done.status_code == 200
        fresh = await account_of(anna.pseudonym)
        assert fresh["urn"] != urn and fresh["body"]["state"] == "open"
        incoming = {
            "centre": "宁波市住房公积金管理中心",
            "certificate_number": f"NB-2026-{fresh['urn'][-6:].upper()}",
            "amount_fen": 490_000,
        } | BASIS
        path = f"/v1/fund-accounts/{fresh['urn']}/transfers-in"
        taken = await fund.post(path, incoming, version=1)
        assert (taken.status_code, taken.json()["body"]["balance_after_fen"]) == (201, 490_000)
        refused(await fund.post(path, incoming, version=2), 409, "transfer-certificate-used")
        refused(
            await fund.post(f"/v1/fund-accounts/{urn}/transfers-in", incoming, version=gone.json()["version"]),
            409,
            "fund-account-closed",
        )
        assert (await account_of(anna.pseudonym))["body"]["balance_fen"] == 490_000


@pytest.mark.rule("housing.fund-heirs-days")
async def test_the_heirs_agree_and_are_paid_to_the_last_fen(
    app, registry, employer, employed, pay, fund, person, citizen, settle_case, account_of, ledger_of, refused
):
    with legal_day(date(2026, 10, 12)):
        firm = await employer()
        late, account = await employed(firm, "2026-08-01", 999_900)
        for month in ("2026-08", "2026-09"):
            assert (await pay(firm, month, late, amount=2 * 119_988)).status_code == 200
        heirs = [person() for _ in range(3)]
        body = {
            "deceased": late.pseudonym,
            "heirs": [{"person": heir, "share": "1/3"} for heir in heirs],
            "evidence": "公证书（2026）浙杭证1号",
        }
        refused(await fund.post("/v1/fund-inheritances", body), 409, "holder-not-dead")
        async with app.state.edge.database.sessions() as session, session.begin():
            await notices.died(session, registry, late.pseudonym, date(2026, 10, 10))
        assert (await account_of(late.pseudonym))["body"]["state"] == "sealed"
        for change, code in (
            ({"heirs": [{"person": heir, "share": "1/2"} for heir in heirs]}, "shares-do-not-sum"),
            ({"heirs": [{"person": heirs[0], "share": "1/2"}] * 2}, "heir-repeated"),
            ({"heirs": [{"person": late.pseudonym, "share": "1/1"}]}, "heir-repeated"),
            ({"heirs": [{"person": "housing.1.org-" + "a" * 22, "share": "1/1"}]}, "organisation-unexpected"),
            ({"deceased": heirs[0], "heirs": [{"person": heirs[1], "share": "1/1"}]}, "holder-not-dead"),
        ):
            refused(await fund.post("/v1/fund-inheritances", body | change), 409, code)
        case = (await fund.post("/v1/fund-inheritances", body)).json()
        assert (case["body"]["state"], case["body"]["respond_by"]) == ("awaiting-parties", "2026-12-11")
        refused(await fund.post("/v1/fund-inheritances", body), 409, "withdrawal-pending")
        refused(await settle_case(case), 409, "case-awaits-parties")
        for heir in heirs[1:]:
            assert (await citizen(heir).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
        assert (await settle_case(case)).status_code == 200
        closed = (await account_of(late.pseudonym))["body"]
        assert (closed["state"], closed["closed_because"], closed["balance_fen"]) == ("closed", "death", 0)
        paid = [line for line in await ledger_of(account["urn"]) if line["kind"] == "death"]
        assert [line["amount_fen"] for line in paid] == [159_984] * 3
        assert sum(line["amount_fen"] for line in paid) == 2 * 2 * 119_988
        refused(await fund.post("/v1/fund-inheritances", body), 409, "fund-account-closed")


async def test_who_returns_from_the_dead_keeps_the_money(
    app, registry, employer, employed, pay, fund, person, settle_case, account_of, refused
):
    with legal_day(date(2026, 10, 12)):
        firm = await employer()
        back, _ = await employed(firm, "2026-08-01")
        assert (await pay(firm, "2026-08", back)).status_code == 200
        async with app.state.edge.database.sessions() as session, session.begin():
            await notices.died(session, registry, back.pseudonym, date(2026, 10, 10))
        body = {"deceased": back.pseudonym, "heirs": [{"person": person(), "share": "1/1"}], "evidence": "公证书2号"}
        case = (await fund.post("/v1/fund-inheritances", body)).json()
        async with app.state.edge.database.sessions() as session, session.begin():
            await notices.revived(session, registry, back.pseudonym, date(2026, 10, 11))
        refused(await settle_case(case), 409, "holder-not-dead")
        assert (await account_of(back.pseudonym))["body"]["balance_fen"] == DUE
        assert (await settle_case(case, "refused")).status_code == 200
