"""A sale through the window: the owner applies, everybody whose word the law needs agrees, the office decides."""

from datetime import date, timedelta

import pytest
from onewindow_kit.testing import eventually, legal_day

pytestmark = pytest.mark.rule("domain-18", "domain-30")


@pytest.fixture
def apply(citizen, identity):
    async def apply(seller, title, *buyers, **other):
        acquirers = [{"party": identity.introduced(buyer, f"买方{buyer[-2:]}")} for buyer in buyers]
        body = {"cause": "purchase", "acquirers": acquirers, "price_fen": 350_000_000} | other
        return await citizen(seller).post(f"/v1/titles/{title['urn']}/transfer-applications", body)

    return apply


def answers(case):
    return [(s["role"], s["part"]) for s in case["subjects"]]


async def test_owner_and_buyer_apply_together_and_the_office_enters_it(
    office, citizen, registered, person, apply, decide, refused
):
    seller, buyer, stranger = person(), person(), person()
    title = await registered(seller)
    made = await apply(seller, title, buyer)
    case = made.json()
    assert made.status_code == 201 and made.headers["location"] == f"/v1/cases/{case['urn']}"
    assert case["body"]["state"] == "awaiting-parties" and case["body"]["awaiting"] == 1
    said = {term["label"]["en"]: term["value"] for term in case["body"]["terms"]}
    assert said["price"] == "¥3,500,000.00" and said["acquirer"] == f"买方{buyer[-2:]}", (
        "the buyer reads to what to agree"
    )
    assert said["address"] == title["body"]["address"] and said["cause"] == "买卖 purchase"
    assert answers(case) == [("applicant", None), ("party", "asked")] and case["body"]["concerns"] == [title["urn"]]
    refused(await decide(case), 409, "case-awaits-parties")
    for caller in (citizen(stranger), citizen(seller)):
        refused(await caller.post(f"/v1/cases/{case['urn']}/consents"), 404, "not-found")
    refused(await citizen(stranger).get(f"/v1/cases/{case['urn']}"), 404, "not-found")
    agreed = (await citizen(buyer).post(f"/v1/cases/{case['urn']}/consents")).json()
    assert agreed["body"]["state"] == "pending" and answers(agreed)[1] == ("party", "consented")
    refused(await citizen(buyer).post(f"/v1/cases/{case['urn']}/consents"), 409, "already-answered")
    decided = (await decide(case)).json()
    assert decided["body"]["state"] == "granted" and decided["body"]["results"] == [title["urn"]]
    decision = decided["body"]["decision"]
    assert decision["authority"] == "demo.title-registry" and decision["legal_basis"] and decision["remedy"]
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    assert [s["pseudonym"] for s in now["subjects"]] == [buyer] and now["body"]["price_fen"] == 350_000_000
    paper = (await office.post(f"/v1/titles/{title['urn']}/certificates")).json()
    assert paper["holders"] == [{"name": f"买方{buyer[-2:]}", "share": "1/1"}]
    refused(await decide(case), 409, "case-closed")


@pytest.mark.rule("housing.case-answer-days", "housing.case-decision-days")
async def test_deadlines_count_working_days(citizen, registered, person, apply):
    seller = person()
    title = await registered(seller)
    with legal_day(date(2026, 9, 24)):
        case = (await apply(seller, title, person())).json()
    # Mid-Autumn and the week of National Day lie between: ten working days end on 15 October.
    assert (case["body"]["applied_on"], case["body"]["respond_by"]) == ("2026-09-24", "2026-10-15")
    assert case["body"]["decide_by"] == "2026-11-26"


@pytest.mark.rule("domain-13")
async def test_every_joint_owner_is_asked(office, citizen, registered, person, apply, decide):
    seller, spouse, buyer = person(), person(), person()
    title = await registered(seller, spouse, family=True)
    case = (await apply(seller, title, buyer)).json()
    assert case["body"]["awaiting"] == 2
    for who in (buyer, spouse):
        assert (await citizen(who).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await decide(case)).status_code == 200


@pytest.mark.rule("domain-13", "housing.consent-majority")
async def test_of_owners_by_shares_the_largest_are_asked_until_two_thirds_agree(citizen, registered, person, apply):
    seller, big, small = person(), person(), person()
    title = await registered((seller, "3/10"), (big, "2/5"), (small, "3/10"))
    case = (await apply(seller, title, person())).json()
    assert {s["pseudonym"] for s in case["subjects"]} >= {seller, big} and case["body"]["awaiting"] == 2
    seller = person()
    title = await registered((seller, "2/3"), (person(), "1/3"))
    assert (await apply(seller, title, person())).json()["body"]["awaiting"] == 1


@pytest.mark.rule("domain-13", "housing.consent-majority")
async def test_a_majority_cannot_take_the_others_shares_for_itself(
    office, citizen, registered, person, apply, decide, refused, sale
):
    """Two thirds sell the whole to others (301); nobody's share passes to another owner without the one whose it is."""
    big, small, friend = person(), person(), person()
    title = await registered((big, "2/3"), (small, "1/3"))
    path = f"/v1/titles/{title['urn']}/transfer"
    refused(await office.post(path, sale(big, consents=[big]), version=1), 409, "consent-missing")
    case = (await apply(big, title, big)).json()
    assert case["body"]["awaiting"] == 1 and small in {s["pseudonym"] for s in case["subjects"]}
    case = (await apply(big, title, big, friend)).json()
    assert small in {s["pseudonym"] for s in case["subjects"]}
    for who in (small, friend):
        assert (await citizen(who).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await decide(case)).status_code == 200


@pytest.mark.rule("domain-13")
async def test_the_applicant_may_name_who_signs(citizen, registered, person, apply, identity, refused):
    seller, big, small = person(), person(), person()
    title = await registered((seller, "1/2"), (big, "3/10"), (small, "1/5"))
    named = await apply(seller, title, person(), cosigners=[identity.introduced(small)])
    assert small in {s["pseudonym"] for s in named.json()["subjects"]}
    refused(await apply(seller, title, person(), cosigners=[identity.introduced(person())]), 409, "not-an-owner")
    thin = await registered((seller, "1/10"), (big, "4/5"), (small, "1/10"))
    refused(await apply(seller, thin, person(), cosigners=[identity.introduced(small)]), 409, "consent-missing")


async def test_a_party_says_no_and_an_applicant_gives_up(citizen, registered, person, apply, decide, refused):
    seller, buyer = person(), person()
    title = await registered(seller)
    first, second = (await apply(seller, title, buyer)).json(), (await apply(seller, title, buyer)).json()
    no = await citizen(buyer).post(f"/v1/cases/{first['urn']}/refusals", {"reason": "贷款未获批准。"})
    assert no.json()["body"]["state"] == "refused" and no.json()["body"]["decision"]["reason"] == "贷款未获批准。"
    refused(await decide(first), 409, "case-closed")
    refused(await citizen(buyer).post(f"/v1/cases/{second['urn']}/withdrawals"), 404, "not-found")
    gone = await citizen(seller).post(f"/v1/cases/{second['urn']}/withdrawals")
    assert gone.json()["body"]["state"] == "withdrawn" and gone.json()["change"] == "ended"
    refused(await citizen(buyer).post(f"/v1/cases/{second['urn']}/consents"), 409, "case-closed")


@pytest.mark.rule("housing.case-answer-days")
async def test_who_does_not_answer_in_time_lets_it_lapse(app, citizen, office, registered, person, apply, refused):
    seller, buyer = person(), person()
    title = await registered(seller)
    case = (await apply(seller, title, buyer)).json()
    last = date.fromisoformat(case["body"]["respond_by"])

    async def lapsed():
        await app.state.duties.once()
        return (await office.get(f"/v1/cases/{case['urn']}")).json()["body"]["state"] == "lapsed"

    with legal_day(last):
        assert not await lapsed()
    with legal_day(last + timedelta(days=1)):
        await eventually(lapsed)
        refused(await citizen(buyer).post(f"/v1/cases/{case['urn']}/consents"), 409, "case-closed")


async def test_a_buyer_is_named_by_number_and_name(citizen, registered, person, identity, refused):
    seller, buyer = person(), person()
    title = await registered(seller)
    path = f"/v1/titles/{title['urn']}/transfer-applications"
    right = identity.numbered(buyer, "330106199001011234", "王小明")
    answer = await citizen(seller).post(path, {"cause": "gift", "acquirers": [{"party": right}]})
    assert buyer in {s["pseudonym"] for s in answer.json()["subjects"]}
    for wrong in (right | {"name": "王大明"}, right | {"number": "330106199001011235"}):
        refused(
            await citizen(seller).post(path, {"cause": "gift", "acquirers": [{"party": wrong}]}),
            404,
            "person-not-found",
        )
    # Who owns nothing here can't try numbers and names: the title does not exist for them.
    refused(await citizen(person()).post(path, {"cause": "gift", "acquirers": [{"party": right}]}), 404, "not-found")
    other_sector = identity.introduced(buyer.replace("housing.", "transport.", 1))
    refused(
        await citizen(seller).post(path, {"cause": "gift", "acquirers": [{"party": other_sector}]}),
        409,
        "invalid-introduction",
    )


@pytest.mark.rule("domain-12", "domain-17")
async def test_what_cannot_be_granted_is_refused_at_once(
    app, registry, citizen, registered, person, apply, identity, refused
):
    from housing.service import notices

    seller, late = person(), person()
    title = await registered(seller)
    async with app.state.edge.database.sessions() as session, session.begin():
        await notices.died(session, registry, late, date(2026, 1, 2))
    refused(await apply(seller, title, late), 409, "person-dead")
    buyer = person()
    refused(await apply(seller, title, buyer, buyer), 409, "party-named-twice")
    refused(await apply(seller, title, seller), 409, "nothing-changed")
    path = f"/v1/titles/{title['urn']}/transfer-applications"
    thirds = [{"party": identity.introduced(person()), "share": "1/3"} for _ in range(2)]
    body = {"cause": "purchase", "acquirers": thirds}
    refused(await citizen(seller).post(path, body), 409, "shares-do-not-sum")
    body["acquirers"][0]["share"] = "0/1"
    refused(await citizen(seller).post(path, body), 422, "invalid-request")


@pytest.mark.rule("domain-29")
async def test_a_firm_sells_and_a_firm_buys(firm, registered, organisation, identity, decide):
    seller, buyer = organisation(), organisation()
    title = await registered(seller)
    path = f"/v1/titles/{title['urn']}/transfer-applications"
    body = {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer, "示例科技有限公司")}]}
    case = (await firm(seller).post(path, body)).json()
    assert (await firm(buyer).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await decide(case)).json()["body"]["state"] == "granted"


async def test_an_officer_reads_what_was_asked_for(office, citizen, registered, person, apply, issuer, http, refused):
    seller, buyer = person(), person()
    case = (await apply(seller, await registered(seller), buyer)).json()
    asked = (await office.get(f"/v1/cases/{case['urn']}/application")).json()
    assert asked["applicant"] == seller and asked["parties"] == [
        {"pseudonym": buyer, "role": "acquirer", "answer": "asked"}
    ]
    assert asked["content"]["price_fen"] == 350_000_000
    other = issuer.agency("provident-fund", "housing", sector="housing")
    headers = {"Authorization": f"Bearer {other}"}
    refused(await http.get(f"/v1/cases/{case['urn']}/application", headers=headers), 404, "not-found")
    listed = (await office.get("/v1/cases?state=awaiting-parties&limit=200")).json()
    assert all(item["body"]["state"] == "awaiting-parties" for item in listed["items"])
    refused(await citizen(seller).get(f"/v1/cases/{case['urn']}/application"), 403, "forbidden")
