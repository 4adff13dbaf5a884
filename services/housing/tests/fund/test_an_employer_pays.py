"""An employer enrols its people and pays month by month; what it does not pay in time is in arrears."""

from datetime import date

import pytest
from onewindow_kit import clock
from onewindow_kit.testing import legal_day

pytestmark = pytest.mark.rule("domain-20", "domain-29")


async def test_contributions_land_in_each_employees_ledger_and_in_the_employers_totals(
    employer, employed, pay, account_of, ledger_of, acting
):
    with legal_day(date(2026, 10, 12)):
        firm = await employer()
        (anna, first), (bert, _) = await employed(firm, "2026-09-01"), await employed(firm, "2026-09-15", 500_000)
        assert first["body"] | {"base_fen": 0, "employer": ""} == {
            "kind": "employed",
            "state": "open",
            "employer": "",
            "employer_name": "示例科技有限公司",
            "base_fen": 0,
            "employer_rate": 12,
            "employee_rate": 12,
            "balance_fen": 0,
            "since": "2026-09-01",
            "sealed_on": None,
            "closed_on": None,
            "closed_because": None,
            "paid_until": None,
            "arrears_fen": 0,
            "interest_until": "2026-09-01",
        }
        assert first["body"]["employer"] == firm["urn"]
        assert (await pay(firm, "2026-09", anna)).json()["body"]["paid_fen"] == 240_000
        done = await pay(firm, "2026-09", bert, amount=120_000)
    body = done.json()["body"]
    assert (body["paid_fen"], body["employees"], body["paid_until"]) == (360_000, 2, "2026-09")
    assert (await account_of(bert.pseudonym))["body"]["balance_fen"] == 120_000
    [line] = await ledger_of(first["urn"])
    assert (line["kind"], line["direction"], line["month"], line["value_on"]) == (
        "contribution",
        "credit",
        "2026-09",
        "2026-10-12",
    )
    own = await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")
    assert own.json()["body"] == body and own.json()["subjects"][0]["role"] == "employer"


async def test_nobody_else_sees_or_acts_for_the_employer(employer, acting, employed, pay, citizen, worker, refused):
    firm, other = await employer(), await employer()
    refused(await acting(other).get(f"/v1/fund-employers/{firm['urn']}"), 404, "not-found")
    anna, _ = await employed(firm, clock.today().replace(day=1).isoformat())
    month = clock.today().isoformat()[:7]
    path = f"/v1/fund-employers/{firm['urn']}/contributions"
    list_ = {"month": month, "lines": [{"number": anna.number, "amount_fen": 240_000}]}
    refused(await acting(other).post(path, list_), 404, "not-found")
    refused(await citizen(anna.pseudonym).post(path, list_), 403, "forbidden")
    refused(await pay(other, month, anna), 409, "contribution-list-refused")


@pytest.mark.rule("housing.fund-rate-minimum", "housing.fund-rate-maximum")
@pytest.mark.parametrize(
    ("rates", "allowed"), [((5, 12), True), ((4, 12), False), ((12, 13), False), ((12, 4), False), ((5, 5), True)]
)
async def test_rates_lie_within_the_statutory_bounds(employer, acting, refused, rates, allowed):
    firm = await employer(employer_rate=8, employee_rate=8)
    body = dict(zip(("employer_rate", "employee_rate"), rates, strict=True))
    changed = await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/rates", body, version=1)
    if allowed:
        assert changed.json()["body"]["employer_rate"] == rates[0] and changed.json()["version"] == 2
    else:
        refused(changed, 409, "fund-rate-out-of-bounds")


async def test_other_rates_hold_for_the_next_month(employer, employed, acting, pay, account_of, refused):
    with legal_day(date(2026, 10, 12)):
        firm = await employer()
        anna, _ = await employed(firm, "2026-09-01")
        await pay(firm, "2026-09", anna)
        rates = {"employer_rate": 5, "employee_rate": 7}
        version = (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["version"]
        changed = await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/rates", rates, version=version)
        assert changed.status_code == 200
        again = await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/rates", rates, version=version + 1)
        refused(again, 409, "nothing-changed")
        refused(await pay(firm, "2026-10", anna), 409, "contribution-list-refused")
        assert (await pay(firm, "2026-10", anna, amount=120_000)).status_code == 200
    assert (await account_of(anna.pseudonym))["body"]["balance_fen"] == 360_000


@pytest.mark.rule("housing.fund-base-multiple", "housing.fund-average-wage")
@pytest.mark.parametrize(("month", "base"), [("2026-06-01", 3 * 1_270_000), ("2026-07-01", 3 * 1_310_000)])
async def test_the_base_is_capped_by_the_average_of_its_year(employer, employed, month, base):
    firm = await employer()
    _, account = await employed(firm, month, 9_000_000)
    assert account["body"]["base_fen"] == base


async def test_an_organisation_is_enrolled_once_and_a_person_never(employer, fund, person, new_code, refused):
    firm = await employer()
    body = {
        "organisation": firm["subjects"][0]["pseudonym"],
        "name": "别名",
        "uscc": new_code(),
        "employer_rate": 12,
        "employee_rate": 12,
        "since": "2020-01-01",
        "legal_basis": "条例",
    }
    refused(await fund.post("/v1/fund-employers", body), 409, "employer-enrolled-already")
    refused(await fund.post("/v1/fund-employers", body | {"organisation": person()}), 409, "organisation-expected")
    future = body | {"organisation": "housing.1.org-" + "b" * 22, "since": "2199-01-01"}
    refused(await fund.post("/v1/fund-employers", future), 409, "date-in-future")
    before = body | {"organisation": "housing.1.org-" + "c" * 22, "since": "1990-01-01"}
    refused(await fund.post("/v1/fund-employers", before), 409, "rule-not-in-force")


async def test_one_account_a_person_taken_on_by_the_next_employer(
    employer, employed, acting, account_of, refused, worker
):
    with legal_day(date(2026, 10, 12)):
        firm, next_firm = await employer(), await employer()
        anna, account = await employed(firm, "2026-09-01")
        enrol = {"person": anna.named, "average_wage_fen": 800_000, "since": "2026-10-08"}
        path = f"/v1/fund-employers/{next_firm['urn']}/employees"
        refused(await acting(next_firm).post(path, enrol), 409, "fund-account-open")
        gone = {"person": anna.named, "left_on": "2026-10-07"}
        refused(
            await acting(next_firm).post(f"/v1/fund-employers/{next_firm['urn']}/departures", gone),
            409,
            "not-employed-here",
        )
        wrong_name = gone | {"person": anna.named | {"name": "别人"}}
        refused(
            await acting(next_firm).post(f"/v1/fund-employers/{next_firm['urn']}/departures", wrong_name),
            409,
            "not-employed-here",
        )
        left = await acting(firm).post(f"/v1/fund-employers/{firm['urn']}/departures", gone)
        assert left.json()["body"]["employees"] == 0
        sealed = await account_of(anna.pseudonym)
        assert (sealed["body"]["state"], sealed["body"]["sealed_on"]) == ("sealed", "2026-10-07")
        assert (await acting(next_firm).post(path, enrol)).json()["body"]["employees"] == 1
    now = await account_of(anna.pseudonym)
    assert (now["urn"], now["body"]["state"], now["body"]["base_fen"]) == (account["urn"], "open", 800_000)
    stranger = worker()
    wrong = enrol | {"person": stranger.named | {"name": "别人"}}
    refused(await acting(next_firm).post(path, wrong), 404, "person-not-found")


@pytest.mark.rule("housing.fund-remittance-days")
async def test_what_is_not_paid_in_time_is_in_arrears_and_can_be_paid_late(
    app, employer, employed, pay, account_of, ledger_of, acting, fund, refused
):
    with legal_day(date(2026, 8, 3)) as day:
        firm = await employer()
        anna, account = await employed(firm, "2026-08-03")
        day.write_text("2026-09-05")
        await app.state.duties.once()
        assert (await account_of(anna.pseudonym))["body"]["arrears_fen"] == 0, "the last day is in time"
        day.write_text("2026-10-06")
        await app.state.duties.once()
        assert (await account_of(anna.pseudonym))["body"]["arrears_fen"] == 480_000
        owed = (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["body"]
        assert (owed["arrears_fen"], owed["arrears_lines"]) == (480_000, 2)
        await acting(firm).post(
            f"/v1/fund-employers/{firm['urn']}/departures", {"person": anna.named, "left_on": "2026-10-06"}
        )
        refused(await pay(firm, "2026-10", anna), 409, "contribution-list-refused")
        assert (await pay(firm, "2026-08", anna)).status_code == 200, "arrears can be paid after the departure"
        paid = (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["body"]
        assert (paid["arrears_fen"], paid["arrears_lines"], paid["paid_fen"]) == (240_000, 1, 240_000)
    after = (await account_of(anna.pseudonym))["body"]
    assert (after["arrears_fen"], after["balance_fen"], after["state"]) == (240_000, 240_000, "sealed")
    assert [line["month"] for line in await ledger_of(account["urn"])] == ["2026-08"]


async def test_a_list_is_booked_whole_or_not_at_all(employer, employed, pay, acting, account_of, worker):
    with legal_day(date(2026, 10, 12)):
        firm = await employer()
        (anna, _), (bert, _) = await employed(firm, "2026-09-01"), await employed(firm, "2026-09-01")
        stranger = worker()
        lines = [
            {"number": anna.number, "amount_fen": 240_000},
            {"number": bert.number, "amount_fen": 240_001},
            {"number": anna.number, "amount_fen": 240_000},
            {"number": stranger.number, "amount_fen": 240_000},
            {"number": "nobody-at-all", "amount_fen": 240_000},
        ]
        path = f"/v1/fund-employers/{firm['urn']}/contributions"
        answer = await acting(firm).post(path, {"month": "2026-09", "lines": lines})
    assert answer.status_code == 409 and answer.json()["code"] == "contribution-list-refused"
    assert [(error["path"], error["reason"].partition(":")[0]) for error in answer.json()["errors"]] == [
        ("/lines/1", "contribution-amount-wrong"),
        ("/lines/2", "contribution-repeated"),
        ("/lines/3", "not-employed-here"),
        ("/lines/4", "not-employed-here"),
    ]
    for each in (anna, bert):
        assert (await account_of(each.pseudonym))["body"]["balance_fen"] == 0
    assert (await acting(firm).get(f"/v1/fund-employers/{firm['urn']}")).json()["body"]["paid_fen"] == 0
