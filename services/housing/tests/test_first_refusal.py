"""A share on sale is offered to the other owners first, at the same terms (Civil Code 305, 306)."""

from datetime import date, timedelta

import pytest
from onewindow_kit.testing import eventually, legal_day

pytestmark = pytest.mark.rule("domain-13", "housing.first-refusal-days")


@pytest.fixture
def on_sale(citizen, identity, registered, gateway):
    """A share for sale whose buyer has agreed: the case, and the offer made to the other owners."""

    async def on_sale(seller, owners, buyer, **other):
        title = await registered(*owners)
        acquirers = [{"party": identity.introduced(buyer, "买方")}]
        body = {"cause": "purchase", "acquirers": acquirers, "price_fen": 90_000_000} | other
        made = await citizen(seller).post(f"/v1/titles/{title['urn']}/share-transfer-applications", body)
        assert made.status_code == 201, made.text
        agreed = await citizen(buyer).post(f"/v1/cases/{made.json()['urn']}/consents")
        assert agreed.status_code == 200, agreed.text
        written = [each.split("@")[0] for each in agreed.headers["onewindow-version"].split(", ")]
        [offer] = [urn for urn in written if ":offer:" in urn] or [None]
        return title, agreed.json(), offer

    return on_sale


async def owners(office, title):
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    return {s["pseudonym"]: s["part"] for s in now["subjects"]}


async def cases_of(registry, app, who):
    async with app.state.edge.database.sessions() as session, session.begin():
        return {case.urn: case for case in await registry.cases.of_person(session, who)}


async def test_the_offer_names_its_terms_and_each_sees_the_own_answer(citizen, person, on_sale, refused):
    seller, one, two, buyer = person(), person(), person(), person()
    _, case, offer = await on_sale(seller, [(seller, "1/2"), (one, "1/4"), (two, "1/4")], buyer)
    shown = (await citizen(one).get(f"/v1/offers/{offer}")).json()
    assert (shown["body"]["share"], shown["body"]["price_fen"]) == ("1/2", 90_000_000)
    until = date.fromisoformat(shown["body"]["opened_on"]) + timedelta(days=30)
    assert shown["body"]["respond_by"] == until.isoformat() and shown["body"]["case"] == case["urn"]
    assert {(s["pseudonym"], s["role"], s["part"]) for s in shown["subjects"]} == {
        (seller, "seller", None),
        (one, "co-owner", "asked"),
        (two, "co-owner", "asked"),
    }
    for stranger in (buyer, person()):
        refused(await citizen(stranger).get(f"/v1/offers/{offer}"), 404, "not-found")
        refused(await citizen(stranger).post(f"/v1/offers/{offer}/acceptances"), 404, "not-found")


async def test_all_waive_and_the_buyer_gets_it(office, citizen, person, on_sale, decide, refused):
    seller, other, buyer = person(), person(), person()
    title, case, offer = await on_sale(seller, [(seller, "1/2"), (other, "1/2")], buyer, share="1/6")
    refused(await decide(case), 409, "first-refusal-open")
    waived = (await citizen(other).post(f"/v1/offers/{offer}/waivers")).json()
    assert waived["body"]["state"] == "passed" and waived["change"] == "ended"
    refused(await citizen(other).post(f"/v1/offers/{offer}/acceptances"), 409, "offer-closed")
    assert (await decide(case)).json()["body"]["state"] == "granted"
    assert await owners(office, title) == {seller: "1/3", other: "1/2", buyer: "1/6"}


async def test_one_accepts_and_the_sale_goes_there_at_the_same_terms(
    app, registry, office, citizen, person, on_sale, decide
):
    seller, one, two, buyer = person(), person(), person(), person()
    title, case, offer = await on_sale(seller, [(seller, "1/2"), (one, "1/4"), (two, "1/4")], buyer)
    assert (await citizen(one).post(f"/v1/offers/{offer}/acceptances")).json()["body"]["state"] == "open"
    assert (await citizen(two).post(f"/v1/offers/{offer}/waivers")).json()["body"]["state"] == "accepted"
    lost = (await citizen(buyer).get(f"/v1/cases/{case['urn']}")).json()
    assert lost["body"]["state"] == "refused" and "优先购买权" in lost["body"]["decision"]["reason"]
    [urn] = await cases_of(registry, app, one)
    won = (await citizen(one).get(f"/v1/cases/{urn}")).json()
    assert won["body"]["state"] == "pending"
    assert (await decide(won)).status_code == 200
    assert await owners(office, title) == {one: "3/4", two: "1/4"}
    assert (await office.get(f"/v1/titles/{title['urn']}")).json()["body"]["price_fen"] == 90_000_000


async def test_two_accept_in_proportion_to_their_shares(app, registry, office, citizen, person, on_sale, decide):
    seller, one, two, buyer = person(), person(), person(), person()
    title, _, offer = await on_sale(seller, [(seller, "2/5"), (one, "2/5"), (two, "1/5")], buyer)
    for owner in (one, two):
        assert (await citizen(owner).post(f"/v1/offers/{offer}/acceptances")).status_code == 200
    [urn] = await cases_of(registry, app, two)
    assert (await decide({"urn": urn})).status_code == 200
    assert await owners(office, title) == {one: "2/3", two: "1/3"}


async def test_silence_lets_it_pass_and_an_early_acceptance_counts_at_the_end(
    app, registry, office, citizen, person, on_sale, decide, refused
):
    seller, silent, buyer = person(), person(), person()
    title, case, offer = await on_sale(seller, [(seller, "1/2"), (silent, "1/2")], buyer)
    last = date.fromisoformat((await citizen(silent).get(f"/v1/offers/{offer}")).json()["body"]["respond_by"])

    async def closed():
        await app.state.duties.once()
        return (await citizen(silent).get(f"/v1/offers/{offer}")).json()["body"]["state"] == "passed"

    with legal_day(last):
        assert not await closed()
        refused(await decide(case), 409, "first-refusal-open")
    with legal_day(last + timedelta(days=1)):
        await eventually(closed)
        refused(await citizen(silent).post(f"/v1/offers/{offer}/acceptances"), 409, "offer-closed")
        assert (await decide(case)).status_code == 200
    assert await owners(office, title) == {silent: "1/2", buyer: "1/2"}


async def test_who_accepted_in_time_gets_it_though_another_never_answered(
    app, registry, office, citizen, person, on_sale, decide
):
    seller, quick, silent, buyer = person(), person(), person(), person()
    title, _, offer = await on_sale(seller, [(seller, "1/2"), (quick, "1/4"), (silent, "1/4")], buyer)
    assert (await citizen(quick).post(f"/v1/offers/{offer}/acceptances")).status_code == 200
    last = date.fromisoformat((await citizen(quick).get(f"/v1/offers/{offer}")).json()["body"]["respond_by"])

    async def sold():
        await app.state.duties.once()
        return await cases_of(registry, app, quick)

    with legal_day(last + timedelta(days=1)):
        [urn] = await eventually(sold)
        assert (await decide({"urn": urn})).status_code == 200
    assert await owners(office, title) == {quick: "3/4", silent: "1/4"}


async def test_a_sale_that_is_off_is_offered_to_nobody(citizen, person, on_sale, refused):
    seller, other, buyer = person(), person(), person()
    _, case, offer = await on_sale(seller, [(seller, "1/2"), (other, "1/2")], buyer)
    assert (await citizen(seller).post(f"/v1/cases/{case['urn']}/withdrawals")).status_code == 200
    assert (await citizen(other).get(f"/v1/offers/{offer}")).json()["body"]["state"] == "withdrawn"
    refused(await citizen(other).post(f"/v1/offers/{offer}/acceptances"), 409, "offer-closed")


async def test_a_gift_and_a_sale_among_owners_are_offered_to_nobody(person, on_sale, decide):
    seller, other = person(), person()
    _, case, offer = await on_sale(seller, [(seller, "1/2"), (other, "1/2")], person(), cause="gift", price_fen=None)
    assert offer is None and (await decide(case)).status_code == 200
    _, case, offer = await on_sale(seller, [(seller, "1/2"), (other, "1/2")], other)
    assert offer is None and (await decide(case)).status_code == 200


async def test_an_owner_who_came_later_comes_first_too(office, citizen, person, on_sale, decide, named, refused):
    seller, other, buyer, late = person(), person(), person(), person()
    title, case, offer = await on_sale(seller, [(seller, "1/2"), (other, "1/2")], buyer)
    assert (await citizen(other).post(f"/v1/offers/{offer}/waivers")).status_code == 200
    gift = {
        "cause": "gift",
        "giver": other,
        "share": "1/4",
        "owners": named(late),
        "consented": True,
        "legal_basis": "x",
    }
    given = await office.post(f"/v1/titles/{title['urn']}/share-transfer", gift, version=1)
    assert given.status_code == 200
    refused(await decide(case), 409, "first-refusal-open")


@pytest.mark.rule("domain-14")
async def test_a_creditor_whose_word_a_transfer_needs_is_asked_again_for_who_comes_first(
    app, registry, office, citizen, firm, organisation, person, on_sale, decide, identity, registered
):
    seller, other, bank = person(), person(), organisation()
    title = await registered((seller, "1/2"), (other, "1/2"))
    terms = {
        "mortgagee": identity.introduced(bank, "示例银行"),
        "mortgagee_code": "11330100247100089J",
        "kind": "ordinary",
        "secured_fen": 1_000_000,
        "debt_from": "2026-01-01",
        "debt_until": "2046-01-01",
        "no_transfer": True,
    }
    made = await citizen(seller).post(f"/v1/titles/{title['urn']}/mortgage-applications", terms)
    assert made.status_code == 201, made.text
    for caller in (firm(bank), citizen(other)):
        assert (await caller.post(f"/v1/cases/{made.json()['urn']}/consents")).status_code == 200
    assert (await decide(made.json())).status_code == 200
    buyer = person()
    body = {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer, "买方")}], "price_fen": 90_000_000}
    sale = (await citizen(seller).post(f"/v1/titles/{title['urn']}/share-transfer-applications", body)).json()
    assert (await firm(bank).post(f"/v1/cases/{sale['urn']}/consents")).status_code == 200
    agreed = await citizen(buyer).post(f"/v1/cases/{sale['urn']}/consents")
    written = [each.split("@")[0] for each in agreed.headers["onewindow-version"].split(", ")]
    [offer] = [urn for urn in written if ":offer:" in urn]
    assert (await citizen(other).post(f"/v1/offers/{offer}/acceptances")).status_code == 200
    found = await cases_of(registry, app, other)
    [second] = [each for each in found.values() if each.kind == "share-transfer" and each.urn != sale["urn"]]
    assert (second.state, second.role_of(bank)) == ("awaiting-parties", "mortgagee")
    assert (await firm(bank).post(f"/v1/cases/{second.urn}/consents")).status_code == 200
    assert (await decide({"urn": second.urn})).status_code == 200
    assert await owners(office, title) == {other: "1/1"}
