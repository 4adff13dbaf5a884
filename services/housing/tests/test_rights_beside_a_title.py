"""Objections, advance notices and residence rights: entered, in the way, and over by themselves."""

from datetime import date, timedelta

import pytest
from onewindow_kit import clock
from onewindow_kit.testing import eventually, legal_day

TODAY = clock.today()
DAY = timedelta(days=1)
BASIS = {"legal_basis": "民法典 第二百二十、二百二十一、三百六十八条"}


@pytest.fixture
def objected(office, citizen, registered, person, decide):
    """An objection applied for through the window and entered: owner, title, objector, objection."""

    async def objected():
        owner, objector = person(), person()
        title = await registered(owner)
        body = {"unit_code": title["body"]["unit_code"], "ground": "购房款由我支付，登记有误。"}
        case = (await citizen(objector).post("/v1/objection-applications", body)).json()
        [urn] = (await decide(case)).json()["body"]["results"]
        return owner, title, objector, (await office.get(f"/v1/objections/{urn}")).json()

    return objected


@pytest.mark.rule("domain-15", "domain-16", "housing.objection-days")
async def test_an_objection_lapses_without_a_suit(app, office, objected):
    _, _, objector, objection = await objected()
    assert [(s["role"], s["pseudonym"]) for s in objection["subjects"]][1] == ("objector", objector)
    last = TODAY + timedelta(days=15)
    assert objection["body"]["holds_until"] == last.isoformat()

    async def lapsed():
        await app.state.duties.once()
        now = (await office.get(f"/v1/objections/{objection['urn']}")).json()
        return now["body"]["ending"] == "lapsed" and now["body"]["ended_on"] == (last + DAY).isoformat()

    with legal_day(last):
        assert not await lapsed()
    with legal_day(last + DAY):
        await eventually(lapsed)


@pytest.mark.rule("domain-14", "domain-15", "housing.objection-days")
async def test_a_suit_makes_it_a_dispute_in_which_nobody_disposes(office, objected, sale, person, refused):
    owner, title, _, objection = await objected()
    path, suits = f"/v1/titles/{title['urn']}/transfer", f"/v1/objections/{objection['urn']}/suits"
    refused(
        await office.post(suits, BASIS | {"suit_on": (TODAY - DAY).isoformat()}, version=1), 409, "dates-out-of-order"
    )
    refused(await office.post(suits, BASIS | {"suit_on": (TODAY + DAY).isoformat()}, version=1), 409, "date-in-future")
    sued = (await office.post(suits, BASIS | {"suit_on": TODAY.isoformat()}, version=1)).json()
    assert sued["body"]["suit_on"] == TODAY.isoformat() and sued["body"]["holds_until"] is None
    refused(await office.post(suits, BASIS | {"suit_on": TODAY.isoformat()}, version=2), 409, "suit-already-noted")
    refused(await office.post(path, sale(person(), consents=[owner]), version=1), 409, "title-disputed")
    judged = sale(person(), consents=[], cause="judgment", effective_on=TODAY.isoformat(), price_fen=None)
    assert (await office.post(path, judged, version=1)).status_code == 200
    ended = await office.post(f"/v1/objections/{objection['urn']}/ending", BASIS | {"ending": "decided"}, version=3)
    assert ended.json()["body"]["ending"] == "decided"


@pytest.mark.rule("domain-15")
async def test_a_suit_that_comes_too_late_changes_nothing(office, objected, refused):
    _, _, _, objection = await objected()
    late = TODAY + timedelta(days=16)
    with legal_day(late):
        answer = await office.post(
            f"/v1/objections/{objection['urn']}/suits", BASIS | {"suit_on": late.isoformat()}, version=1
        )
    # Whether or not the register has written the lapse down yet.
    assert answer.json()["code"] in {"objection-lapsed", "version-conflict", "record-ended"}


@pytest.mark.rule("domain-15")
async def test_only_the_objector_gives_up(citizen, objected, refused):
    owner, _, objector, objection = await objected()
    path, body = f"/v1/objections/{objection['urn']}/ending", BASIS | {"ending": "decided"}
    refused(await citizen(owner).post(path, body, version=1), 404, "not-found")
    assert (await citizen(objector).post(path, body, version=1)).json()["body"]["ending"] == "withdrawn"
    refused(await citizen(objector).post(path, body, version=2), 409, "record-ended")


async def test_an_unknown_unit_looks_like_nothing(citizen, person, unit_code, refused):
    body = {"unit_code": unit_code(), "ground": "x"}
    refused(await citizen(person()).post("/v1/objection-applications", body), 404, "not-found")


@pytest.fixture
def noticed(office, registered, person):
    """A title with an advance notice: owner, title, beneficiary, notice."""

    async def noticed():
        owner, beneficiary = person(), person()
        title = await registered(owner)
        body = BASIS | {"beneficiary": beneficiary, "consents": [owner]}
        made = await office.post(f"/v1/titles/{title['urn']}/advance-notices", body, version=1)
        assert made.status_code == 201, made.text
        return owner, title, beneficiary, made.json()

    return noticed


@pytest.mark.rule("domain-14", "domain-15")
async def test_an_advance_notice_blocks_all_but_its_beneficiary(office, noticed, sale, loan, person, refused):
    owner, title, beneficiary, notice = await noticed()
    base = f"/v1/titles/{title['urn']}"
    refused(
        await office.post(f"{base}/transfer", sale(person(), consents=[owner]), version=1),
        409,
        "advance-notice-in-force",
    )
    refused(await office.post(f"{base}/mortgages", loan(owner), version=1), 409, "advance-notice-in-force")
    agreed = loan(owner, notice_consents=[notice["urn"]])
    assert (await office.post(f"{base}/mortgages", agreed, version=1)).status_code == 201
    assert (await office.post(f"{base}/transfer", sale(beneficiary, consents=[owner]), version=1)).status_code == 200
    done = (await office.get(f"/v1/advance-notices/{notice['urn']}")).json()
    assert (done["body"]["ending"], done["change"]) == ("fulfilled", "ended")


@pytest.mark.rule("domain-15", "housing.advance-notice-days")
async def test_an_advance_notice_ends_ninety_days_after_registration_is_possible(app, office, noticed, refused):
    _, _, _, notice = await noticed()
    path, body = f"/v1/advance-notices/{notice['urn']}/registrability", BASIS | {"registrable_on": TODAY.isoformat()}
    possible = (await office.post(path, body, version=1)).json()
    last = TODAY + timedelta(days=90)
    assert possible["body"]["holds_until"] == last.isoformat()
    refused(await office.post(path, body, version=2), 409, "already-registrable")

    async def lapsed():
        await app.state.duties.once()
        return (await office.get(f"/v1/advance-notices/{notice['urn']}")).json()["body"]["ending"] == "lapsed"

    with legal_day(last):
        assert not await lapsed()
    with legal_day(last + DAY):
        await eventually(lapsed)


@pytest.mark.rule("domain-15")
async def test_the_beneficiary_is_asked_when_the_owner_sells_through_the_window(
    citizen, noticed, identity, person, decide
):
    owner, title, beneficiary, _ = await noticed()
    buyer = person()
    body = {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer)}]}
    case = (await citizen(owner).post(f"/v1/titles/{title['urn']}/transfer-applications", body)).json()
    for who in (buyer, beneficiary):
        assert (await citizen(who).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await decide(case)).json()["body"]["state"] == "granted"


@pytest.mark.rule("domain-16")
async def test_an_advance_notice_by_owner_and_beneficiary(
    citizen, office, registered, person, identity, decide, refused
):
    owner, beneficiary = person(), person()
    title = await registered(owner)
    body = {"beneficiary": identity.introduced(beneficiary)}
    case = (await citizen(owner).post(f"/v1/titles/{title['urn']}/advance-notice-applications", body)).json()
    assert (await citizen(beneficiary).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    [urn] = (await decide(case)).json()["body"]["results"]
    path = f"/v1/advance-notices/{urn}/cancellation"
    refused(await citizen(owner).post(path, BASIS, version=1), 404, "not-found")
    assert (await citizen(beneficiary).post(path, BASIS, version=1)).json()["body"]["ending"] == "cancelled"


@pytest.fixture
def housed(citizen, office, registered, person, identity, decide):
    """A residence right that owner and resident applied for: owner, title, resident, right."""

    async def housed(**other):
        owner, resident = person(), person()
        title = await registered(owner)
        body = {"resident": identity.introduced(resident)} | other
        case = (await citizen(owner).post(f"/v1/titles/{title['urn']}/residence-right-applications", body)).json()
        assert (await citizen(resident).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
        [urn] = (await decide(case)).json()["body"]["results"]
        return owner, title, resident, (await office.get(f"/v1/residence-rights/{urn}")).json()

    return housed


@pytest.mark.rule("domain-16")
async def test_a_residence_right_follows_the_unit_and_dies_with_its_holder(
    app, registry, office, housed, sale, person, refused
):
    from housing.service import notices

    owner, title, resident, right = await housed()
    buyer = person()
    sold = await office.post(f"/v1/titles/{title['urn']}/transfer", sale(buyer, consents=[owner]), version=1)
    assert sold.status_code == 200, "it follows the unit and stops nothing"
    now = (await office.get(f"/v1/residence-rights/{right['urn']}")).json()
    assert [(s["role"], s["pseudonym"]) for s in now["subjects"]] == [("owner", buyer), ("resident", resident)]
    gone = {"cause": "demolition", "legal_basis": "细则 28"}
    refused(
        await office.post(f"/v1/titles/{title['urn']}/cancellation", gone, version=2), 409, "residence-right-in-force"
    )
    async with app.state.edge.database.sessions() as session, session.begin():
        await notices.died(session, registry, resident, date(2026, 5, 1))
    over = (await office.get(f"/v1/residence-rights/{right['urn']}")).json()
    assert (over["body"]["ending"], over["body"]["ended_on"]) == ("died", "2026-05-01")


@pytest.mark.rule("domain-16")
def test_nothing_hands_a_residence_right_on(app):
    """It is neither transferred nor inherited: no operation names another holder of one that exists."""
    paths = [path for path in app.state.contract["paths"] if path.startswith("/v1/residence-rights/")]
    assert sorted(paths) == ["/v1/residence-rights/{urn}", "/v1/residence-rights/{urn}/cancellation"]


@pytest.mark.rule("domain-16", "housing.dwelling-uses")
async def test_a_residence_right_needs_a_dwelling_and_a_human_being(
    citizen, registered, person, organisation, identity, refused
):
    owner = person()
    office_space, flat = await registered(owner, use="60"), await registered(owner)
    body = {"resident": identity.introduced(person())}
    path = "/v1/titles/{}/residence-right-applications"
    refused(await citizen(owner).post(path.format(office_space["urn"]), body), 409, "not-a-dwelling")
    firm = {"resident": identity.introduced(organisation())}
    refused(await citizen(owner).post(path.format(flat["urn"]), firm), 409, "natural-person-required")
    past = body | {"until": "2020-01-01"}
    refused(await citizen(owner).post(path.format(flat["urn"]), past), 409, "dates-out-of-order")
    with legal_day(date(2020, 12, 31)):
        refused(await citizen(owner).post(path.format(flat["urn"]), body), 409, "rule-not-in-force")


@pytest.mark.rule("domain-16")
async def test_a_residence_right_for_a_term_ends_with_it(app, office, citizen, housed):
    until = TODAY + timedelta(days=400)
    _, _, _, right = await housed(until=until.isoformat())

    async def over():
        await app.state.duties.once()
        return (await office.get(f"/v1/residence-rights/{right['urn']}")).json()["body"]["ending"] == "expired"

    with legal_day(until):
        assert not await over()
    with legal_day(until + DAY):
        await eventually(over)
