"""What an office does to people: on a basis of its own, on confirmed evidence, by two units, and to be undone."""

from typing import Any

import pytest

from .conftest import BASIS, word


@pytest.mark.rule("adverse-1")
async def test_nothing_happens_before_an_officer_of_another_unit_approves(town: Any) -> None:
    [person] = town.people(1)
    [visit] = await town.seen([person])
    [act] = await town.restrict({person: [visit]})
    assert act["state"] == "proposed" and await town.colour(person) == "green"

    done = (await town.decide([act])).json()["acts"][0]

    assert done["state"] == "in-force" and await town.colour(person) == "red"
    told = await town.published(act["act"])
    body = told["body"]
    assert (body["reason"], body["evidence"], body["basis"]) == ("到访风险场所", [visit], BASIS)
    assert told["authority"] == "demo.health-commission" and "传染病防治法" in told["legal_basis"]
    assert body["remedy"]["zh"] and body["remedy"]["en"]
    assert [ruling["outcome"] for ruling in body["rulings"]] == ["approved"]
    assert [subject["pseudonym"] for subject in told["subjects"]] == [person]


@pytest.mark.parametrize(
    ("officer", "unit", "code"),
    [
        ("officer-1", "review", "approver-is-author"),
        ("officer-2", "control", "approver-same-unit"),
        ("officer-2", None, "approver-same-unit"),
        (None, None, "author-missing"),
    ],
)
async def test_who_may_not_be_the_second_officer(town: Any, refused: Any, officer, unit, code) -> None:
    [person] = town.people(1)
    [act] = await town.restrict({person: await town.seen([person])})
    refused(await town.decide([act], by=town.officer(officer, unit)), code)
    assert await town.colour(person) == "green"


async def test_an_attempt_without_evidence_stands_in_the_persons_record(town: Any) -> None:
    was_there, never_there = town.people(2)
    [visit] = await town.seen([was_there])
    await town.seen([never_there])
    unknown = visit[:-22] + "a" * 22
    acts = await town.restrict({was_there: [visit], never_there: [visit]})
    acts += await town.restrict({never_there: [unknown]})
    assert [(act["state"], act["refusal"]) for act in acts] == [
        ("proposed", None),
        ("refused", "evidence-not-confirmed"),
        ("refused", "evidence-not-confirmed"),
    ]
    told = await town.published(acts[1]["act"])
    assert told["subjects"][0]["pseudonym"] == never_there and told["body"]["refusal"] == "evidence-not-confirmed"
    assert (await town.decide(acts[1:2])).json()["code"] == "act-decided"


async def test_another_kind_of_record_is_no_evidence(town: Any) -> None:
    [person] = town.people(1)
    [act] = await town.restrict({person: await town.seen([person])})
    [again] = await town.restrict({person: [act["act"]]})  # one's own attempt bears nobody out
    assert again["refusal"] == "evidence-not-confirmed"


@pytest.mark.parametrize("basis", ["title-registry.refusal", "health-commission.other"])
async def test_a_basis_of_another_office_or_of_nobody_is_refused(town: Any, refused: Any, basis: str) -> None:
    [person] = town.people(1)
    body = town.restriction({person: await town.seen([person])})
    body["grounds"]["basis"] = basis
    refused(await town.author.post("/v1/code-restrictions", body), "basis-not-held")


async def test_an_author_without_a_unit_is_refused(town: Any, refused: Any) -> None:
    [person] = town.people(1)
    body = town.restriction({person: await town.seen([person])})
    for officer in (town.officer("officer-1", None), town.officer(None, None)):
        refused(await officer.post("/v1/code-restrictions", body), "author-missing")


async def test_too_many_people_in_a_day_wait_for_the_supervisor_however_they_are_cut_up(town: Any) -> None:
    people = town.people(201)
    visits = dict(zip(people, await town.seen(people), strict=True))
    first = await town.restrict({person: [visits[person]] for person in people[:150]})
    assert {act["state"] for act in first} == {"proposed"}
    again = await town.restrict({person: [visits[person]] for person in people[:150]})
    assert {act["state"] for act in again} == {"proposed"}, "the same people again are not more people"
    rest = await town.restrict({person: [visits[person]] for person in people[150:]})
    assert {(act["state"], *act["held_for"]) for act in rest} == {("held", "too-many-subjects")}

    held = (await town.decide(first[:1])).json()["acts"][0]
    assert held["state"] == "held", "what was proposed before the day became crowded waits as well"
    assert {await town.colour(person) for person in people} == {"green"}

    ruled = await town.supervisor.ok("/v1/adverse-act-rulings", word([held], "released"))
    assert ruled["acts"][0]["state"] == "proposed"
    done = (await town.decide(ruled["acts"])).json()["acts"][0]
    assert done["state"] == "in-force"
    refused = await town.supervisor.ok("/v1/adverse-act-rulings", word(rest, "refused"))
    assert {(act["state"], act["refusal"]) for act in refused["acts"]} == {("refused", "supervisor-refused")}


async def test_only_the_supervisor_rules_on_what_is_held(town: Any) -> None:
    [person] = town.people(1)
    [act] = await town.restrict({person: await town.seen([person])})
    assert (await town.second.post("/v1/adverse-act-rulings", word([act], "released"))).status_code == 403
    not_held = await town.supervisor.post("/v1/adverse-act-rulings", word([act], "released"))
    assert not_held.json()["code"] == "act-not-held"
    assert (await town.supervisor.post("/v1/adverse-act-decisions", word([act], "approved"))).status_code == 403


async def test_undoing_restores_the_code_and_opens_a_case_for_compensation(town: Any, refused: Any) -> None:
    [person] = town.people(1)
    [act] = await town.restrict({person: await town.seen([person])})
    path = f"/v1/adverse-acts/{act['act']}/undoings"
    refused(await town.author.post(path, {"reason": "未到访"}, version=act["version"]), "act-not-in-force")
    [done] = (await town.decide([act])).json()["acts"]

    undone = await town.author.ok(path, {"reason": "未到访"}, version=done["version"])

    assert undone["body"]["state"] == "undone" and await town.colour(person) == "green"
    assert undone["change"] == "corrected" and undone["body"]["undone_reason"] == "未到访"
    code = await town.published(done["results"][0])
    assert (code["body"]["colour"], code["change"]) == ("green", "corrected")
    case = await town.published(undone["body"]["compensation"])
    assert case["body"]["kind"] == "compensation" and case["body"]["state"] == "pending" and case["body"]["decide_by"]
    assert case["body"]["concerns"] == [act["act"], code["urn"]]
    assert case["subjects"][0]["pseudonym"] == person
    refused(await town.author.post(path, {"reason": "再次"}, version=undone["version"]), "act-not-in-force")


async def test_what_came_after_is_not_undone_with_it(town: Any, refused: Any) -> None:
    [person] = town.people(1)
    [visit] = await town.seen([person])
    acts = [(await town.restrict({person: [visit]}))[0] for _ in range(2)]
    first, second = [(await town.decide([act])).json()["acts"][0] for act in acts]
    path = "/v1/adverse-acts/{}/undoings".format
    answer = await town.author.post(path(first["act"]), {"reason": "有误"}, version=first["version"])
    refused(answer, "act-overtaken")
    await town.author.ok(path(second["act"]), {"reason": "有误"}, version=second["version"])


async def test_someone_who_asks_or_disputes_waits_for_the_supervisor(town: Any) -> None:
    asking, other = town.people(2)
    visits = await town.seen([asking, other])
    acts = town.app.state.desk.acts
    sessions = town.app.state.edge.database.sessions
    urn = "urn:onewindow:demo.supervision-office:matter-health:" + "a" * 22
    async with sessions() as session, session.begin():
        await acts.matter(session, urn, asking, "demo.health-commission", is_open=True)
    held, proposed = await town.restrict({asking: [visits[0]], other: [visits[1]]})
    assert (held["state"], held["held_for"], proposed["state"]) == ("held", ["open-matter"], "proposed")
    async with sessions() as session, session.begin():
        await acts.matter(session, urn, asking, "demo.health-commission", is_open=False)
    [now] = await town.restrict({asking: [visits[0]]})
    assert now["state"] == "proposed"


async def test_an_office_reads_its_acts_and_the_supervisor_everybodys(town: Any) -> None:
    [person] = town.people(1)
    [act] = await town.restrict({person: await town.seen([person])})
    for reader in (town.second, town.supervisor):
        [item] = (await reader.get("/v1/adverse-acts?state=proposed")).json()["items"]
        assert item["urn"] == act["act"] and item["body"]["author"] == "officer-1"
        assert (await reader.get(f"/v1/adverse-acts/{act['act']}")).headers["ETag"] == '"1"'
