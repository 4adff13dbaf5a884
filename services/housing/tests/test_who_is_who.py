"""Two persons turn out to be one, or one to be two: every record follows, and nobody sees a stranger's."""

from datetime import date

import pytest
from housing.service import notices, same_person
from housing.store import people

pytestmark = pytest.mark.rule("domain-7")
ON = date(2026, 6, 1)


@pytest.fixture
def work(app):
    async def work(use_case, *arguments):
        async with app.state.edge.database.sessions() as session, session.begin():
            return await use_case(session, app.state.registry, *arguments)

    return work


@pytest.fixture
def named_in(office):
    """Who is named in a record now, as its role: pseudonyms."""

    async def named_in(kind, urn):
        record = (await office.get(f"/v1/{kind}/{urn}")).json()
        return {s["pseudonym"]: s["part"] for s in record["subjects"]}

    return named_in


async def test_shares_of_one_person_add_up(office, registered, person, order, work, named_in):
    losing, into, other = person(), person(), person()
    title = await registered((losing, "1/4"), (into, "1/4"), (other, "1/2"))
    freeze = (await office.post(f"/v1/titles/{title['urn']}/freezes", order(), version=1)).json()
    await work(same_person.merged, losing, into, ON)
    assert await named_in("titles", title["urn"]) == {into: "1/2", other: "1/2"}
    assert await named_in("freezes", freeze["urn"]) == {into: "1/2", other: "1/2"}
    assert (await office.get(f"/v1/titles/{title['urn']}")).json()["change"] == "merged"


async def test_joint_owners_who_are_one_own_solely(registered, person, work, named_in):
    losing, into = person(), person()
    title = await registered(losing, into, family=True)
    await work(same_person.merged, losing, into, ON)
    assert await named_in("titles", title["urn"]) == {into: "1/1"}


async def test_ended_titles_rights_cases_and_names_follow(
    office, citizen, registered, person, work, named_in, identity, decide
):
    losing, into, owner = person(), person(), person()
    ended = await registered(losing)
    gone = {"cause": "demolition", "legal_basis": "细则 28"}
    assert (await office.post(f"/v1/titles/{ended['urn']}/cancellation", gone, version=1)).is_success
    flat = await registered(owner)
    body = {"resident": losing, "consents": [owner], "legal_basis": "民法典 368"}
    right = (await office.post(f"/v1/titles/{flat['urn']}/residence-rights", body, version=1)).json()
    asks = {"cause": "gift", "acquirers": [{"party": identity.introduced(losing, "受赠人")}]}
    case = (await citizen(owner).post(f"/v1/titles/{flat['urn']}/transfer-applications", asks)).json()
    await work(same_person.merged, losing, into, ON)
    assert into in await named_in("titles", ended["urn"]) and into in await named_in("residence-rights", right["urn"])
    assert (await citizen(into).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await citizen(losing).get(f"/v1/cases/{case['urn']}")).status_code == 401, "a name of the past"
    assert (await decide(case)).status_code == 200
    paper = (await office.post(f"/v1/titles/{flat['urn']}/certificates")).json()
    assert paper["holders"][0]["name"] == "受赠人"


async def test_a_split_gives_back_and_hides_what_is_open_until_an_officer_decides(
    app, registry, office, citizen, registered, person, work, named_in, refused
):
    losing, into, stays, leaves = person(), person(), person(), person()
    hers, his = await registered(losing), await registered(into)
    await work(same_person.merged, losing, into, ON)
    later = await registered(into)
    await work(same_person.split, into, stays, leaves, [losing], ON)
    assert await named_in("titles", hers["urn"]) == {leaves: "1/1"}
    assert await named_in("titles", his["urn"]) == {stays: "1/1"}
    assert await named_in("titles", later["urn"]) == {}, "nobody sees it until it is known whose it is"
    async with app.state.edge.database.sessions() as session, session.begin():
        found = await registry.cases.of_person(session, into)
    [review] = [case for case in found if case.kind == "split-review"]
    assert review.concerns == (later["urn"],)
    path, granted = f"/v1/cases/{review.urn}/decisions", {"outcome": "granted", "reason": "查明。"}
    refused(await office.post(path, granted, version=review.version), 409, "assignment-incomplete")
    no = {"outcome": "refused", "grounds": {"basis": "title-registry.refusal", "evidence": [review.urn]}}
    refused(await office.post(path, granted | no, version=review.version), 409, "assignment-incomplete")
    path = f"/v1/cases/{review.urn}/assignments"
    wrong = {"assignments": [{"record": his["urn"], "goes_to": "stays"}], "reason": "查明。"}
    refused(await office.post(path, wrong, version=review.version), 409, "assignment-incomplete")
    right = {"assignments": [{"record": later["urn"], "goes_to": "leaves"}], "reason": "查明。"}
    assert (await office.post(path, right, version=review.version)).json()["body"]["state"] == "granted"
    assert await named_in("titles", later["urn"]) == {leaves: "1/1"}
    paper = (await office.post(f"/v1/titles/{later['urn']}/certificates")).json()
    assert len(paper["holders"]) == 1


async def test_a_contested_case_is_nobodys_until_it_is_assigned(
    app, registry, office, citizen, registered, person, work, identity
):
    into, stays, leaves, owner = person(), person(), person(), person()
    flat = await registered(owner)
    asks = {"cause": "gift", "acquirers": [{"party": identity.introduced(into)}]}
    case = (await citizen(owner).post(f"/v1/titles/{flat['urn']}/transfer-applications", asks)).json()
    await work(same_person.split, into, stays, leaves, [], ON)
    for who, status in ((into, 401), (stays, 404), (leaves, 404)):
        assert (await citizen(who).get(f"/v1/cases/{case['urn']}")).status_code == status
    async with app.state.edge.database.sessions() as session, session.begin():
        [review] = [each for each in await registry.cases.of_person(session, into) if each.kind == "split-review"]
    body = {"assignments": [{"record": case["urn"], "goes_to": "stays"}], "reason": "查明。"}
    assert (await office.post(f"/v1/cases/{review.urn}/assignments", body, version=review.version)).is_success
    assert (await citizen(stays).post(f"/v1/cases/{case['urn']}/consents")).status_code == 200
    assert (await citizen(leaves).get(f"/v1/cases/{case['urn']}")).status_code == 404


async def test_a_merge_makes_nobody_dead_and_after_a_split_each_is_as_before(app, person, work):
    async def dead(*names):
        async with app.state.edge.database.sessions() as session:
            return sorted(await people.dead_among(session, names), key=names.index)

    alive, wrongly, stays, leaves = person(), person(), person(), person()
    await work(notices.died, wrongly, date(2025, 1, 1))
    await work(same_person.merged, wrongly, alive, ON)
    assert await dead(alive) == [], "the survivor's standing holds"
    await work(same_person.split, alive, stays, leaves, [wrongly], ON)
    assert await dead(stays, leaves) == [leaves]

    gone, other, stays, leaves = person(), person(), person(), person()
    await work(notices.died, gone, date(2025, 1, 1))
    await work(same_person.merged, other, gone, ON)
    assert await dead(gone) == [gone]
    await work(same_person.split, gone, stays, leaves, [other], ON)
    assert await dead(stays, leaves) == [stays]
