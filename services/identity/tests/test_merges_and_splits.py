"""Two entries turn out to be one person, or one entry two: decided by two officers, told to every sector."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from onewindow_kit.clock import today

TODAY = today()
EVIDENCE = [{"kind": "inquiry-report", "reference": "R-1"}]
pytestmark = pytest.mark.rule("domain-7")


@pytest.fixture(scope="session")
def desks(officer: Callable[[str], Any]) -> tuple[Any, Any]:
    return officer("officer-1"), officer("officer-2")


async def merge(desks: tuple[Any, Any], survivor: Any, losing: Any, **more: Any) -> Any:
    """One proposes, the other confirms."""
    asked = {"survivor": survivor["person"], "losing": losing["person"], "grounds": "重复登记", "evidence": EVIDENCE}
    proposed = await desks[0].done("/v1/person-merges", asked | more)
    return await desks[1].done(f"/v1/link-decisions/{proposed['id']}/confirmation")


async def split(desks: tuple[Any, Any], person: str, **more: Any) -> Any:
    asked = {"person": person, "grounds": "错误合并", "evidence": EVIDENCE}
    proposed = await desks[0].done("/v1/person-splits", asked | more)
    return await desks[1].done(f"/v1/link-decisions/{proposed['id']}/confirmation")


async def told(app: Any, sector: str, pseudonym: str) -> list[dict[str, Any]]:
    """The notices to a sector about one of its pseudonyms."""
    async with app.state.sessions() as session:
        page = await app.state.records.snapshot(session, f"identity.notice-{sector}.v1", None, 5000)
    notices = [orjson.loads(envelope) for envelope in page.envelopes]
    return [notice for notice in notices if notice["subjects"][0]["pseudonym"] == pseudonym]


async def in_sectors(caller: Any, file: Any, current_number: Any, name: str) -> dict[str, str]:
    asked = {"scheme": "cn-id", "number": current_number(file), "name": name}
    return {
        sector: (await caller("service", sector, sector).done("/v1/pseudonyms", asked))["pseudonym"]
        for sector in ("housing", "transport", "gateway")
    }


async def test_a_double_entry_becomes_one_person(
    town: Any, desks: Any, app: Any, caller: Any, office: Any, current_number: Any, published: Any
) -> None:
    household, _ = await town.household(name="林一")
    survivor = await town.member(household, name="林二", born=TODAY - timedelta(days=9000))
    other, losing = await town.household(name="林贰", born=TODAY - timedelta(days=9000))
    card = await office.done(f"/v1/persons/{losing['person']}/cards", {"reason": "first"})
    numbers = [current_number(file) for file in (survivor, losing)]
    mine = await in_sectors(caller, survivor, current_number, "林二")
    theirs = await in_sectors(caller, losing, current_number, "林贰")

    decision = await merge(desks, survivor, losing)
    assert (decision["state"], decision["person"], decision["other"]) == ("confirmed", survivor["person"], None)

    file = await town.person(survivor["person"])
    states = {i["body"]["number"]: i["body"]["state"] for i in file["identifications"]}
    assert states == {numbers[0]: "current", numbers[1]: "superseded"}
    assert file["registration"]["body"]["household"] == household["urn"]
    assert [(c["urn"], c["body"]["state"]) for c in file["cards"]] == [(card["urn"], "cancelled")]
    assert (await town.read(other))["body"]["state"] == "closed", (
        "the double entry's register is left by its last member"
    )
    assert (await town.person(losing["person"]))["person"] == survivor["person"], "the losing name is an alias"

    for sector in ("housing", "transport"):
        [notice] = await told(app, sector, theirs[sector])
        assert notice["body"]["kind"] == "merged" and notice["body"]["into"] == mine[sector]
        assert theirs["gateway"] not in orjson.dumps(notice).decode()
    record = await published(losing["registration"]["urn"])
    assert record["change"] == "merged" and record["subjects"][0]["pseudonym"] == survivor["person"]
    assert record["body"]["exit"] == "merged"


async def test_a_split_undoes_a_merge_exactly(
    town: Any, desks: Any, app: Any, caller: Any, office: Any, current_number: Any, problem: Any, published: Any
) -> None:
    _, survivor = await town.household(name="田一")
    household, losing = await town.household(name="田二")
    child = await town.child(household, losing, name="田三")
    card = await office.done(f"/v1/persons/{losing['person']}/cards", {"reason": "first"})
    before = {"one": await town.person(survivor["person"]), "two": await town.person(losing["person"])}
    mine = await in_sectors(caller, survivor, current_number, "田一")
    theirs = await in_sectors(caller, losing, current_number, "田二")
    merged = await merge(desks, survivor, losing, new_head=child["person"])
    parted = await split(desks, survivor["person"], undoes=merged["id"])
    assert (await desks[0].read(f"/v1/link-decisions/{merged['id']}"))["undone"]

    after = {"one": await town.person(parted["person"]), "two": await town.person(parted["other"])}
    for who, file in after.items():
        assert file["person"] != before[who]["person"]
        for part in ("identifications", "cards", "kinships"):
            assert [(r["urn"], r["body"]) for r in file[part]] == [(r["urn"], r["body"]) for r in before[who][part]]
        assert file["registration"]["urn"] == before[who]["registration"]["urn"]
        assert file["registration"]["body"]["state"] == "open"
        assert file["entries"] == before[who]["entries"]
    assert after["two"]["cards"][0]["urn"] == card["urn"]

    assert problem(await office.get(f"/v1/persons/{survivor['person']}")) == (404, "person-not-found")
    assert (await town.person(losing["person"]))["person"] == parted["other"], "what only one was called names that one"
    for sector in ("housing", "transport"):
        [notice] = [n for n in await told(app, sector, mine[sector]) if n["body"]["kind"] == "split"]
        fresh = await in_sectors(caller, after["one"], current_number, "田一")
        gone = await in_sectors(caller, after["two"], current_number, "田二")
        assert notice["body"]["stays"] == fresh[sector] and notice["body"]["leaves"] == gone[sector]
        assert notice["body"]["returning"] == [theirs[sector]]
        assert ".2." in fresh[sector] and ".2." in gone[sector]


async def test_who_was_never_entered_alone_leaves_with_named_records(
    town: Any, desks: Any, office: Any, published: Any
) -> None:
    _, person = await town.household(name="苏一")
    given = await office.done(
        f"/v1/persons/{person['person']}/identifications",
        {"scheme": "cn-id", "division": "330106", "reason": "重新编制"},
        version=person["version"],
    )
    old, new = sorted(given["identifications"], key=lambda i: i["body"]["state"], reverse=True)
    leaver = {"name": "苏二", "sex": "2", "birth_date": "1980-05-01"}
    parted = await split(desks, person["person"], leaver=leaver, leaves=[old["urn"]])
    stays, leaves = await town.person(parted["person"]), await town.person(parted["other"])
    assert [i["urn"] for i in stays["identifications"]] == [new["urn"]]
    assert [i["urn"] for i in leaves["identifications"]] == [old["urn"]]
    assert leaves["entries"]["standing"] == "unregistered" and stays["entries"]["standing"] == "registered"
    link = await published(old["urn"])
    assert link["subjects"][0]["pseudonym"] == parted["other"]


async def test_the_second_officer_is_another(town: Any, desks: Any, problem: Any) -> None:
    one, two = await town.stranger(name="何一"), await town.stranger(name="何二")
    asked = {"survivor": one["person"], "losing": two["person"], "grounds": "重复登记", "evidence": EVIDENCE}
    proposed = await desks[0].done("/v1/person-merges", asked)
    path = f"/v1/link-decisions/{proposed['id']}"
    assert problem(await desks[0].post(f"{path}/confirmation")) == (409, "second-officer-required")
    assert (await town.person(two["person"]))["person"] == two["person"], "a proposal changes nothing"
    assert (await desks[1].done(f"{path}/refusal"))["state"] == "refused"
    assert problem(await desks[1].post(f"{path}/confirmation")) == (409, "link-decision-taken")
    assert problem(await desks[1].post(f"{path}/refusal")) == (409, "link-decision-taken")
    assert problem(await desks[1].post(f"/v1/link-decisions/{'a' * 22}/confirmation")) == (404, "not-found")


async def test_what_is_no_merge_is_refused(town: Any, desks: Any, office: Any, problem: Any) -> None:
    one, two, three = [await town.stranger(name=f"江{n}") for n in "一二三"]

    async def refused(survivor: str, losing: str, **more: Any) -> tuple[int, str]:
        asked = {"survivor": survivor, "losing": losing, "grounds": "重复登记", "evidence": EVIDENCE}
        return problem(await desks[0].post("/v1/person-merges", asked | more))

    assert await refused(one["person"], one["person"]) == (409, "person-merged-with-self")
    assert await refused(one["person"], "identity.1." + "a" * 22) == (404, "person-not-found")
    assert await refused(one["person"], "identity.1.org-" + "a" * 22) == (409, "natural-person-required")
    assert await refused(one["person"], two["person"], evidence=[{"kind": "rumour", "reference": "x"}]) == (
        409,
        "unknown-code",
    )
    assert await refused(one["person"], two["person"], evidence=[]) == (422, "invalid-request")
    await merge(desks, one, two)
    assert await refused(one["person"], two["person"]) == (409, "person-merged-with-self")
    assert await refused(two["person"], three["person"]) == (409, "person-merged-already")
    assert await refused(three["person"], two["person"]) == (409, "person-merged-already")
    dead = await town.stranger(name="江四")
    death = {"died_on": str(TODAY), "evidence": [{"kind": "death-certificate", "reference": "D"}]}
    await office.done(f"/v1/persons/{dead['person']}/death", death, version=dead["version"])
    assert await refused(three["person"], dead["person"]) == (409, "merge-dead-with-alive")
    await merge(desks, dead, three, dead_with_alive=True)
    assert (await town.person(three["person"]))["entries"]["standing"] == "dead"


async def test_kin_and_spouses_are_two_persons(town: Any, desks: Any, office: Any, problem: Any) -> None:
    household, parent = await town.household(name="罗一")
    child = await town.child(household, parent, name="罗二")
    asked = {"grounds": "重复登记", "evidence": EVIDENCE}
    pair = {"survivor": parent["person"], "losing": child["person"]}
    assert problem(await desks[0].post("/v1/person-merges", asked | pair)) == (409, "merge-kin")
    people = [
        await town.stranger(name=f"罗{n}", sex=s) for n, s in (("三", "1"), ("四", "2"), ("五", "1"), ("六", "2"))
    ]
    for husband, wife in (people[:2], people[2:]):
        await office.done(
            "/v1/kinships",
            {
                "kind": "marriage",
                "basis": "marriage",
                "since": "2015-05-05",
                "parties": [{"person": p["person"], "role": "spouse"} for p in (husband, wife)],
            },
        )
    pair = {"survivor": people[0]["person"], "losing": people[2]["person"]}
    assert problem(await desks[0].post("/v1/person-merges", asked | pair)) == (409, "merge-bigamy")


async def test_what_is_no_split_is_refused(town: Any, desks: Any, problem: Any) -> None:
    _, one = await town.household(name="姜一")
    _, two = await town.household(name="姜二")
    leaver = {"name": "姜三", "sex": "1", "birth_date": "1990-01-01"}

    async def refused(person: str, **more: Any) -> tuple[int, str]:
        asked = {"person": person, "grounds": "错误登记", "evidence": EVIDENCE}
        return problem(await desks[0].post("/v1/person-splits", asked | more))

    assert await refused(one["person"], leaver=leaver) == (409, "split-of-nothing")
    assert await refused(one["person"], leaves=[one["registration"]["urn"]]) == (409, "split-leaver-required")
    theirs = two["registration"]["urn"]
    assert await refused(one["person"], leaver=leaver, leaves=[theirs]) == (409, "split-not-theirs")
    assert await refused(one["person"], leaver=leaver, leaves=[one["urn"]]) == (409, "split-not-theirs")
    assert await refused(one["person"], undoes="a" * 22) == (409, "split-merge-unknown")
    future = leaver | {"birth_date": str(TODAY + timedelta(days=1))}
    mine = one["registration"]["urn"]
    assert await refused(one["person"], leaver=future, leaves=[mine]) == (409, "date-in-future")
    assert await refused("identity.1." + "b" * 22, leaver=leaver, leaves=[mine]) == (404, "person-not-found")
    three = await town.stranger(name="姜四")
    first = await merge(desks, two, three)
    second = await merge(desks, one, two)
    assert await refused(one["person"], undoes=first["id"]) == (409, "split-merge-unknown"), "the later one first"
    parted = await split(desks, one["person"], undoes=second["id"])
    assert await refused(parted["person"], undoes=second["id"]) == (409, "split-merge-unknown")
    again = await split(desks, parted["other"], undoes=first["id"])
    assert (await town.person(three["person"]))["person"] == again["other"]


async def test_a_conflict_of_numbers_between_the_two_is_none_any_more(
    town: Any, desks: Any, office: Any, current_number: Any, problem: Any
) -> None:
    holder = await town.stranger(name="童一")
    number = current_number(holder)
    entries = {"sex": "1", "birth_date": "1980-05-01", "ethnic_group": "01", "scheme": "cn-id", "number": number}
    claimant = await office.done("/v1/admissions", entries | {"name": "童壹", "standing": "elsewhere"})
    third = await town.stranger(name="童三")
    asked = {"survivor": third["person"], "losing": claimant["person"], "grounds": "重复", "evidence": EVIDENCE}
    assert problem(await desks[0].post("/v1/person-merges", asked)) == (409, "merge-number-contested")
    merged = await merge(desks, claimant, holder)
    file = await town.person(claimant["person"])
    states = sorted(i["body"]["state"] for i in file["identifications"] if i["body"]["number"] == number)
    assert states == ["current", "superseded"]
    parted = await split(desks, claimant["person"], undoes=merged["id"])
    states = {
        name: [i["body"]["state"] for i in (await town.person(parted[name]))["identifications"]]
        for name in ("person", "other")
    }
    assert states == {"person": ["contested"], "other": ["current"]}, "the conflict is open again"


async def test_who_was_registered_by_the_losing_entry_only_is_registered(town: Any, desks: Any, citizen: Any) -> None:
    survivor = await town.stranger(name="莫一")
    await citizen(survivor).done("/v1/stays", {"division": "330106", "address": "文一路 9 号"})
    household, losing = await town.household(name="莫二")
    await merge(desks, survivor, losing)
    file = await town.person(survivor["person"])
    assert file["entries"]["standing"] == "registered"
    assert file["registration"]["urn"] == losing["registration"]["urn"]
    [member] = (await town.read(household))["members"]
    assert member["person"] == survivor["person"]
