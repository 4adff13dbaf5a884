"""The lottery's use cases on a real database: refusals by name, conditions at freeze and award, quotas used and forfeited."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from onewindow_kit.problems import Unavailable
from sqlalchemy import text
from transport.app import parts
from transport.service.lottery import entering
from transport.service.lottery.quotas import forfeit

from .lottery_model import recomputed, seed_of, tree_head
from .lottery_rig import Pool, Rig, rolled_back

pytestmark = pytest.mark.rule("domain-26")


@pytest.fixture
async def rig(settings: Any) -> AsyncIterator[Rig]:
    async with parts(settings) as opened, rolled_back(opened) as made:
        yield made


async def ready(rig: Rig, quota: int = 1) -> Pool:
    made = await rig.pool(quota)
    for party in made.keys:
        assert await made.commit(party) is None
    return made


async def drawn(rig: Rig, made: Pool) -> dict[str, Any]:
    assert await made.freeze() is None
    for party in made.keys:
        assert await made.reveal(party) is None
    rig.calendar.passes(minutes=2)
    assert await made.draw() is None
    return await rig.body(made.urn)


async def entry_of(rig: Rig, made: Pool, who: str) -> str:
    record, code = await made.join(who)
    assert code is None, code
    return record.urn


async def test_what_is_published_is_enough_to_recompute_the_draw(rig: Rig) -> None:
    made = await ready(rig, quota=2)
    entries = [await entry_of(rig, made, await rig.person()) for _ in range(5)]
    body = await drawn(rig, made)
    lines = {(await rig.body(urn))["code"]: (await rig.body(urn))["weight"] for urn in entries}
    assert body["root"] == tree_head(sorted(f"{code} {weight}" for code, weight in lines.items()))
    assert body["seed"] == seed_of(made.urn, body)
    assert body["winners"] == recomputed(body["seed"], lines, 2)
    states = {(await rig.body(urn))["code"]: (await rig.body(urn))["state"] for urn in entries}
    assert {code for code, state in states.items() if state == "won"} == set(body["winners"])
    assert (await rig.envelope(made.urn))["subjects"] == [], "a pool names nobody"
    assert await made.award() is None
    assert (await rig.body(made.urn))["awarded"] == 2


async def test_nobody_enters_after_the_freeze_or_twice(rig: Rig) -> None:
    made, who = await ready(rig), await rig.person()
    entry = await entry_of(rig, made, who)
    assert (await made.join(who))[1] == "entry-exists"
    await rig.must(lambda session: entering.leave(rig.desk, session, entry, 1, applicant=who))
    again = await entry_of(rig, made, who)
    assert await made.freeze() is None
    assert (await made.join(await rig.person()))[1] == "lottery-frozen"
    assert await made.commit("court") == "lottery-frozen"
    assert await made.freeze() == "lottery-frozen"
    left = await rig.do(lambda session: entering.leave(rig.desk, session, again, 2, applicant=who))
    assert left[1] == "entry-state-forbids"
    company = "transport.1.org-" + "a" * 22
    assert (await (await ready(rig)).join(company))[1] == "natural-person-only"


async def test_steps_out_of_order_are_refused_by_name(rig: Rig) -> None:
    made = await rig.pool()
    other = await rig.pool()
    assert await made.freeze() == "commitments-missing"
    assert await made.commit("court", other.keys["court"]) == "commitment-unsigned"
    assert await made.reveal("court", "0" * 64) == "lottery-not-frozen"
    assert await made.draw() == "lottery-not-frozen"
    assert await made.award() == "lottery-not-drawn"
    assert [await made.commit(party) for party in made.keys] == [None, None]
    assert await made.commit("court") == "already-committed"
    assert await made.freeze(due_in=0) == "public-value-known"
    assert await made.freeze() is None
    assert await made.reveal("court", "0" * 64) == "reveal-mismatch"
    assert await made.reveal("court") is None
    assert await made.reveal("court") == "already-revealed"
    assert await made.draw() == "draw-too-early"
    rig.calendar.passes(minutes=2)
    assert await made.reveal("notary") == "reveal-too-late"
    assert await made.draw() is None
    assert await made.draw("9") == "lottery-drawn"
    body = await rig.body(made.urn)
    assert [party["secret"] is None for party in body["parties"]] == [False, True]
    assert body["seed"] == seed_of(made.urn, body)
    assert await made.award() is None
    assert await made.award() == "lottery-awarded"


@pytest.mark.rule("transport.lottery-reveal-seconds")
async def test_the_office_leaves_the_parties_time_to_reveal(rig: Rig) -> None:
    made = await ready(rig)
    await entry_of(rig, made, await rig.person())
    assert await made.freeze(due_in=1) == "reveal-time-too-short"
    assert await made.freeze(due_in=2) is None


async def test_a_value_that_became_known_while_neighbours_answered_is_none_for_the_draw(rig: Rig) -> None:
    made = await ready(rig)
    entry = await entry_of(rig, made, await rig.person())
    asks = rig.town.residence

    async def slow(pseudonym: str) -> dict[str, Any]:
        rig.calendar.passes(seconds=90)
        return await asks(pseudonym)

    rig.town.residence = slow
    assert await made.freeze(due_in=60) == "public-value-known"
    assert (await rig.body(made.urn))["state"] == "open" and (await rig.body(entry))["state"] == "entered"
    rig.town.residence = asks
    assert await made.freeze(due_in=60) is None


async def test_an_altered_entry_stops_the_draw(rig: Rig) -> None:
    made = await ready(rig)
    entry = await entry_of(rig, made, await rig.person())
    assert await made.freeze() is None
    rig.calendar.passes(minutes=2)
    await rig.connection.execute(text("update lottery_entry set weight = 9 where urn = :urn"), {"urn": entry})
    assert await made.draw() == "entries-altered"


@pytest.mark.rule("transport.lottery-insured-months", "transport.lottery-divisions")
async def test_conditions_are_tested_at_the_freeze(rig: Rig) -> None:
    made = await ready(rig)
    people = {name: await rig.person() for name in ("fine", "owner", "away", "short", "insured", "suspended", "nobody")}
    people["unlicensed"] = await rig.person(licence=False)
    entries = {name: await entry_of(rig, made, who) for name, who in people.items()}
    await rig.must(rig.car(people["owner"]))
    rig.town.register(people["away"], division="310101")
    rig.town.lodge(people["short"], 23)
    rig.town.lodge(people["insured"], 24)
    rig.town.lodge(people["suspended"], 99, state="suspended")
    rig.town.homes.pop(people["nobody"])
    assert await made.freeze() is None
    found = {name: await rig.body(urn) for name, urn in entries.items()}
    assert {name: body["decision"] and body["decision"]["ground"] for name, body in found.items()} == {
        "fine": None,
        "owner": "no-car",
        "away": "residence",
        "short": "insured-months",
        "insured": None,
        "suspended": "residence",
        "nobody": "residence",
        "unlicensed": "licence",
    }
    assert {name for name, body in found.items() if body["state"] == "listed"} == {"fine", "insured"}
    assert found["short"]["decision"]["remedy"]


async def test_while_a_neighbour_is_down_nothing_is_frozen_and_nobody_excluded(rig: Rig) -> None:
    made = await ready(rig)
    entry = await entry_of(rig, made, await rig.person())

    async def silent(pseudonym: str) -> Any:
        raise Unavailable

    asks, rig.town.residence = rig.town.residence, silent
    assert await made.freeze() == "unavailable"
    rig.town.residence = asks
    assert (await rig.body(entry))["state"] == "entered" and (await rig.body(made.urn))["state"] == "open"
    assert await made.freeze() is None


async def test_who_no_longer_meets_the_conditions_gets_no_quota_and_nobody_else_does(rig: Rig) -> None:
    made = await ready(rig, quota=2)
    one, two, three = [await rig.person() for _ in range(3)]
    entries = {who: await entry_of(rig, made, who) for who in (one, two, three)}
    body = await drawn(rig, made)
    winners = [who for who, urn in entries.items() if (await rig.body(urn))["code"] in body["winners"]]
    await rig.must(rig.car(winners[0]))
    assert await made.award() is None
    outcome = {who: (await rig.body(urn))["state"] for who, urn in entries.items()}
    assert sorted(outcome.values()) == ["awarded", "lost", "not-awarded"]
    assert outcome[winners[0]] == "not-awarded"
    assert (await rig.body(entries[winners[0]]))["decision"]["ground"] == "no-car"
    assert (await rig.body(made.urn))["awarded"] == 1


async def awarded(rig: Rig, who: str) -> str:
    made = await ready(rig)
    await entry_of(rig, made, who)
    await drawn(rig, made)
    assert await made.award() is None
    statement = text("select urn from plate_quota where holder = :who")
    return (await rig.connection.execute(statement, {"who": who})).scalars().all()[-1]


@pytest.mark.rule("transport.quota-required", "transport.quota-plate-types")
async def test_a_quota_is_used_by_one_car(rig: Rig) -> None:
    who = await rig.person()
    quota = await awarded(rig, who)
    await rig.must(rig.car(who, kind="52"))
    assert (await rig.body(quota))["state"] == "live", "a new-energy car uses no quota"
    car = await rig.must(rig.car(who))
    body = await rig.body(quota)
    assert (body["state"], body["vehicle"]) == ("used", car.urn)
    await rig.must(rig.car(who))  # none is needed in these years


@pytest.mark.rule("transport.quota-required")
async def test_from_the_day_on_which_a_quota_is_needed_there_is_no_car_without(rig: Rig) -> None:
    rig.calendar.passes(days=(date(2044, 12, 30) - rig.calendar.day).days)
    who, company = await rig.person(), "transport.1.org-" + "a" * 22
    quota = await awarded(rig, who)
    other = await rig.person(licence=False)
    await rig.must(rig.car(other))
    rig.calendar.passes(days=2)
    assert rig.calendar.day == date(2045, 1, 1)
    assert (await rig.do(rig.car(other)))[1] == "plate-quota-missing"
    await rig.must(rig.car(company))
    await rig.must(rig.car(other, kind="52"))
    await rig.must(rig.car(who))
    assert (await rig.body(quota))["state"] == "used"
    assert (await rig.do(rig.car(who)))[1] == "plate-quota-missing"


@pytest.mark.rule("transport.quota-months", "transport.quota-bar-years")
async def test_a_quota_not_used_in_time_is_forfeited_and_bars_its_holder(rig: Rig) -> None:
    who = await rig.person()
    quota = await awarded(rig, who)
    until = date.fromisoformat((await rig.body(quota))["valid_until"])
    assert until == date(2027, 11, 23)
    rig.calendar.passes(days=(until - rig.calendar.day).days)
    assert await rig.must(lambda session: forfeit(rig.desk, session, rig.calendar.day)) == 0
    rig.calendar.passes(days=1)
    assert await rig.must(lambda session: forfeit(rig.desk, session, rig.calendar.day)) == 1
    body = await rig.body(quota)
    assert (body["state"], body["barred_until"]) == ("forfeited", "2029-11-23")
    await rig.must(rig.car(await rig.person()))
    for day, ground in ((date(2029, 11, 23), "not-barred"), (date(2029, 11, 24), None)):
        rig.calendar.passes(days=(day - rig.calendar.day).days)
        made = await ready(rig)
        entry = await entry_of(rig, made, who)
        assert await made.freeze() is None
        decision = (await rig.body(entry))["decision"]
        assert (decision and decision["ground"]) == ground


@pytest.mark.rule("transport.lottery-ladder")
async def test_rounds_without_luck_make_heavier_and_a_quota_starts_anew(rig: Rig) -> None:
    who = await rig.person()
    for _ in range(2):
        made = await ready(rig)
        for each in [who, *[await rig.person() for _ in range(2)]]:
            await entry_of(rig, made, each)
        await drawn(rig, made)
        assert await made.award() is None
    statement = text("update lottery_entry set state = 'lost', drawn = null where applicant = :who")
    await rig.connection.execute(statement, {"who": who})
    await rig.connection.execute(text("delete from plate_quota where holder = :who"), {"who": who})
    made = await ready(rig)
    entry = await entry_of(rig, made, who)
    assert await made.freeze() is None
    assert (await rig.body(entry))["failed_rounds"] == 2
    rig.calendar.passes(minutes=2)
    assert await made.draw() is None and await made.award() is None
    rig.calendar.passes(days=1200)
    made = await ready(rig)
    entry = await entry_of(rig, made, who)
    assert await made.freeze() is None
    assert (await rig.body(entry))["failed_rounds"] == 0
