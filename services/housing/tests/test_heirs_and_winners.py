"""What took effect before its entry: heirs since the death, winners since the judgment, the state where nobody inherits."""

from datetime import date, timedelta

import pytest
from housing.service import notices
from onewindow_kit import clock

pytestmark = pytest.mark.rule("domain-17")
TODAY, DIED = clock.today(), date(2026, 3, 4)


@pytest.fixture
def die(app, registry):
    async def die(person, on=DIED):
        async with app.state.edge.database.sessions() as session, session.begin():
            await notices.died(session, registry, person, on)

    return die


@pytest.fixture
def inherit(citizen, identity):
    """One heir applies and names the others, each with a share or none."""

    async def inherit(title, dead, heir, *others, own_share=None, **more):
        heirs = [{"party": identity.introduced(who, "继承人"), "share": share} for who, share in others]
        body = {
            "unit_code": title["body"]["unit_code"],
            "deceased": identity.introduced(dead),
            "own_name": "申请人",
            "own_share": own_share,
            "heirs": heirs,
        }
        return await citizen(heir).post("/v1/inheritance-applications", body | more)

    return inherit


async def parts(office, title):
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    return {s["pseudonym"]: s["part"] for s in now["subjects"]}


async def test_heirs_take_effect_on_the_day_of_death(
    office, citizen, registered, person, die, inherit, decide, refused, sale
):
    dead, one, two = person(), person(), person()
    title = await registered(dead)
    await die(dead)
    refused(
        await office.post(f"/v1/titles/{title['urn']}/transfer", sale(person(), consents=[dead]), version=2),
        409,
        "owner-dead",
    )
    case = (await inherit(title, dead, one, (two, None))).json()
    assert case["body"]["awaiting"] == 1
    assert (await citizen(two).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await decide(case)).status_code == 200
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    assert {s["pseudonym"]: (s["part"], s["from"]) for s in now["subjects"]} == {
        one: ("1/2", "2026-03-04"),
        two: ("1/2", "2026-03-04"),
    }
    assert now["effective_on"] == "2026-03-04" < now["recorded_at"] and now["body"]["cause"] == "inheritance"
    assert now["body"]["disposable"]


async def test_what_one_renounces_accrues_to_the_others(
    office, citizen, registered, person, die, inherit, decide, refused
):
    dead, one, two, three, partner = (person() for _ in range(5))
    title = await registered((dead, "2/3"), (partner, "1/3"))
    await die(dead)
    made = await inherit(title, dead, one, (two, "1/9"), (three, "2/9"), own_share="1/3")
    case = made.json()
    assert (await citizen(two).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    refused(await citizen(person()).post(f"/v1/cases/{case['urn']}/renunciations"), 404, "not-found")
    assert (await citizen(three).post(f"/v1/cases/{case['urn']}/renunciations")).json()["body"]["state"] == "pending"
    assert (await decide(case)).status_code == 200
    assert await parts(office, title) == {partner: "1/3", one: "1/2", two: "1/6"}


async def test_a_surviving_spouse_stays_and_all_agree_on_the_whole(
    office, citizen, registered, person, die, inherit, decide, refused
):
    dead, spouse, child = person(), person(), person()
    title = await registered(dead, spouse, family=True)
    await die(dead)
    refused(await inherit(title, dead, child), 409, "survivor-left-out")
    case = (await inherit(title, dead, child, (spouse, "3/4"), own_share="1/4", ownership="by-shares")).json()
    assert (await citizen(spouse).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await decide(case)).status_code == 200
    assert await parts(office, title) == {spouse: "3/4", child: "1/4"}


async def test_who_is_no_heir_learns_nothing(registered, person, die, inherit, refused, identity):
    owner, dead = person(), person()
    title, other = await registered(owner), await registered(dead)
    await die(dead)
    refused(await inherit(title, owner, person()), 404, "not-found")  # the owner lives
    nobody = {"by": "number", "scheme": "cn-id", "number": "330106199001010000", "name": "无此人"}
    for more in ({"deceased": nobody}, {"deceased": identity.introduced(owner), "heirs": [{"party": nobody}]}):
        refused(await inherit(title, owner, person(), **more), 404, "not-found")  # no number can be tried out here
    refused(await inherit(title, dead, person()), 404, "not-found")  # somebody else's unit
    refused(
        await inherit(other | {"body": {"unit_code": "330106001002GB00012F99999999"}}, dead, person()), 404, "not-found"
    )


async def test_shares_of_heirs_sum_to_the_dead_owners(registered, person, die, inherit, refused):
    dead, partner, one = person(), person(), person()
    title = await registered((dead, "1/2"), (partner, "1/2"))
    await die(dead)
    refused(await inherit(title, dead, one, (person(), "1/3"), own_share="1/3"), 409, "shares-do-not-sum")
    refused(await inherit(title, dead, one, (one, "1/4"), own_share="1/4"), 409, "party-named-twice")


async def test_an_estate_that_nobody_inherits_goes_to_the_state(
    office, citizen, registered, person, organisation, die, inherit, decide, refused
):
    dead, heir, state = person(), person(), organisation()
    title = await registered(dead)
    path = f"/v1/titles/{title['urn']}/escheat"

    def to(pseudonym):
        return {
            "deceased": dead,
            "state": {"pseudonym": pseudonym, "name": "示例市民政局"},
            "legal_basis": "民法典 1160",
        }

    refused(await office.post(path, to(state), version=1), 409, "owner-not-dead")
    await die(dead)
    case = (await inherit(title, dead, heir, (person(), None))).json()
    refused(await office.post(path, to(state), version=2), 409, "heirs-remain")
    assert (await citizen(heir).post(f"/v1/cases/{case['urn']}/withdrawals")).status_code == 200
    refused(await office.post(path, to(person()), version=2), 409, "organisation-required")
    done = (await office.post(path, to(state), version=2)).json()
    assert done["body"]["cause"] == "escheat" and done["effective_on"] == DIED.isoformat()
    assert [s["pseudonym"] for s in done["subjects"]] == [state]


async def test_a_judgment_is_applied_for_by_who_won(office, citizen, registered, person, decide, refused):
    loser, winner = person(), person()
    title = await registered(loser)
    body = {
        "unit_code": title["body"]["unit_code"],
        "own_name": "胜诉方",
        "effective_on": "2026-02-03",
        "judgment_number": "（2026）浙01民终1号",
    }
    future = body | {"effective_on": (TODAY + timedelta(days=1)).isoformat()}
    refused(await citizen(winner).post("/v1/judgment-applications", future), 409, "date-in-future")
    case = (await citizen(winner).post("/v1/judgment-applications", body)).json()
    assert case["body"]["state"] == "pending" and (await decide(case)).status_code == 200
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    assert now["effective_on"] == "2026-02-03" and [s["pseudonym"] for s in now["subjects"]] == [winner]


async def test_a_judgment_does_not_wait_for_a_creditor(
    office, citizen, registered, person, organisation, decide, loan, refused, sale
):
    """A no-transfer clause binds who would sell (406); what a judgment has done is only written down."""
    loser, winner = person(), person()
    title = await registered(loser)
    made = await office.post(f"/v1/titles/{title['urn']}/mortgages", loan(loser, no_transfer=True), version=1)
    assert made.status_code == 201, made.text
    sold = await office.post(f"/v1/titles/{title['urn']}/transfer", sale(winner, consents=[loser]), version=1)
    refused(sold, 409, "mortgagee-consent-missing")
    body = {
        "unit_code": title["body"]["unit_code"],
        "own_name": "胜诉方",
        "effective_on": "2026-02-03",
        "judgment_number": "（2026）浙01民终2号",
    }
    case = (await citizen(winner).post("/v1/judgment-applications", body)).json()
    assert (await decide(case)).status_code == 200
    assert await parts(office, title) == {winner: "1/1"}


@pytest.mark.rule("domain-18", "domain-19")
async def test_another_name_is_applied_for_alone(office, citizen, registered, person, decide, refused):
    owner = person()
    title = await registered(owner)
    path = f"/v1/titles/{title['urn']}/renaming-applications"
    refused(await citizen(owner).post(path, {"name": f"测试{owner[-2:]}"}), 409, "nothing-changed")
    refused(await citizen(person()).post(path, {"name": "新名"}), 404, "not-found")
    case = (await citizen(owner).post(path, {"name": "新名"})).json()
    assert (await decide(case)).status_code == 200
    paper = (await office.post(f"/v1/titles/{title['urn']}/certificates")).json()
    assert paper["holders"][0]["name"] == "新名" and paper["version"] == 2
