"""Merges and splits: every record goes to the right person, nobody sees a stranger's, nothing is silently dropped."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from onewindow_contracts.calendar import working_day_after
from onewindow_kit.pseudonyms import Pseudonym
from sqlalchemy import text
from transport.app import parts
from transport.domain.persons import AssignmentsMissing, KeepUnknown
from transport.service import permits
from transport.service.desk import Acting
from transport.service.persons.merging import merge
from transport.service.persons.splitting import split

from .lottery_rig import Rig, rolled_back

pytestmark = pytest.mark.rule("domain-7")


@pytest.fixture
async def rig(settings: Any) -> AsyncIterator[Rig]:
    async with parts(settings) as opened, rolled_back(opened) as made:
        yield made


def fresh() -> str:
    return str(Pseudonym.new("transport"))


async def names(rig: Rig, urn: str) -> list[str]:
    return [subject["pseudonym"] for subject in (await rig.envelope(urn))["subjects"]]


async def merged(rig: Rig, losing: str, into: str) -> None:
    await rig.must(lambda session: merge(rig.desk, session, losing, into, rig.calendar.day))


async def parted(rig: Rig, old: str, returning: list[str]) -> tuple[str, str]:
    stays, leaves = fresh(), fresh()
    await rig.must(lambda session: split(rig.desk, session, old, stays, leaves, returning, rig.calendar.day))
    return stays, leaves


async def case(rig: Rig, kind: str) -> Any:
    found = await rig.must(lambda session: rig.desk.cases.listing(session, state="pending", kind=kind))
    return found[-1] if found else None


async def decide(rig: Rig, found: Any, granted: bool = True, **answer: Any) -> str | None:
    _, code = await rig.do(
        lambda session: rig.desk.cases.decide(
            Acting(rig.desk),
            session,
            found.urn,
            found.version,
            granted=granted,
            reason="查明",
            on=rig.calendar.day,
            answer=answer,
        )
    )
    return code


async def test_everything_of_the_losing_one_is_the_survivors(rig: Rig) -> None:
    one, two = await rig.person(), await rig.person(licence=False)
    car = (await rig.must(rig.car(one))).urn
    permit = (await rig.must(lambda s: permits.apply(rig.desk, s, holder=one, vehicle=car, zone="XH-1"))).urn
    made = await rig.pool()
    entry = (await made.join(one))[0].urn
    await merged(rig, one, two)
    for urn in (car, permit, entry):
        assert await names(rig, urn) == [two]
        envelope = await rig.envelope(urn)
        assert (envelope["version"], envelope["change"]) == (2, "merged")
    assert (await made.join(two))[1] == "entry-exists"


async def test_an_ended_record_stays_ended(rig: Rig) -> None:
    one, two = await rig.person(), await rig.person(licence=False)
    car = (await rig.must(rig.car(one))).urn
    permit = (await rig.must(lambda s: permits.apply(rig.desk, s, holder=one, vehicle=car, zone="XH-1"))).urn
    await rig.must(lambda s: permits.withdraw(rig.desk, s, permit, 1, holder=one))
    await merged(rig, one, two)
    envelope = await rig.envelope(permit)
    assert (envelope["version"], envelope["change"], await names(rig, permit)) == (3, "ended", [two])


async def test_two_live_licences_stay_until_an_officer_chose(rig: Rig) -> None:
    one, two = await rig.person(licence=False), await rig.person(licence=False)
    first, second = await rig.licence(one), await rig.licence(two)
    await merged(rig, one, two)
    assert [await names(rig, urn) for urn in (first, second)] == [[two], [two]]
    assert [(await rig.body(urn))["state"] for urn in (first, second)] == ["valid", "valid"]
    review = await case(rig, "licence-review")
    assert (review.applicant, set(review.concerns)) == (two, {first, second})
    assert review.decide_by is not None
    assert await decide(rig, review, granted=False) == KeepUnknown.code
    assert await decide(rig, review, keep="urn:other") == KeepUnknown.code
    assert await decide(rig, review, keep=first) is None
    states = {urn: (await rig.body(urn))["state"] for urn in (first, second)}
    assert states == {first: "valid", second: "cancelled"}
    assert (await rig.body(second))["cancellation_reason"] == "duplicate"


@pytest.mark.rule("transport.review-decision-days")
async def test_a_split_gives_back_what_a_merge_took(rig: Rig) -> None:
    one, two = await rig.person(), await rig.person()
    ones, twos = (await rig.must(rig.car(one))).urn, (await rig.must(rig.car(two))).urn
    await merged(rig, one, two)
    later = (await rig.must(rig.car(two))).urn
    stays, leaves = await parted(rig, two, [one])
    assert [await names(rig, urn) for urn in (twos, ones, later)] == [[stays], [leaves], []]
    envelope = await rig.envelope(later)
    assert envelope["change"] == "corrected"
    review = await case(rig, "split-review")
    assert review.decide_by == working_day_after(rig.calendar.day, 30)
    assert review.content["keys"] == [urn for urn in review.content["keys"] if urn != ones and urn != twos]
    assert await decide(rig, review, granted=False) == AssignmentsMissing.code
    assert await decide(rig, review, assignments={}) == AssignmentsMissing.code
    assert await decide(rig, review, assignments={later: "stays", ones: "leaves"}) == AssignmentsMissing.code
    everything = dict.fromkeys(review.content["keys"], "leaves")
    assert later in everything
    assert await decide(rig, review, assignments=everything) is None
    assert await names(rig, later) == [leaves]
    assert (await rig.body(later))["state"] == "registered"


async def test_a_split_without_an_earlier_merge_hides_all_until_it_is_decided(rig: Rig) -> None:
    one = await rig.person()
    car = (await rig.must(rig.car(one))).urn
    stays, leaves = await parted(rig, one, [])
    assert await names(rig, car) == []
    review = await case(rig, "split-review")
    subjects = await rig.envelope(review.urn)
    assert {each["pseudonym"] for each in subjects["subjects"]}.isdisjoint({stays, leaves}), "neither sees the case"
    sides = {key: "stays" if key == car else "leaves" for key in review.content["keys"]}
    assert await decide(rig, review, assignments=sides) is None
    assert await names(rig, car) == [stays]


async def test_what_goes_to_somebody_who_was_split_meanwhile_is_contested_between_the_two(rig: Rig) -> None:
    one = await rig.person()
    car = (await rig.must(rig.car(one))).urn
    stays, _ = await parted(rig, one, [])
    first = await case(rig, "split-review")
    second, third = await parted(rig, stays, [])
    assert await decide(rig, first, assignments=dict.fromkeys(first.content["keys"], "stays")) is None
    assert await names(rig, car) == []
    found = await rig.must(lambda session: rig.desk.cases.listing(session, state="pending", kind="split-review"))
    review = next(each for each in found if car in each.content["keys"])
    assert (review.content["stays"], review.content["leaves"]) == (second, third)
    assert await decide(rig, review, assignments=dict.fromkeys(review.content["keys"], "leaves")) is None
    assert await names(rig, car) == [third]


async def test_after_a_split_neither_licence_is_in_doubt(rig: Rig) -> None:
    one, two = await rig.person(licence=False), await rig.person(licence=False)
    first, second = await rig.licence(one), await rig.licence(two)
    await merged(rig, one, two)
    stays, leaves = await parted(rig, two, [one])
    assert [await names(rig, urn) for urn in (first, second)] == [[leaves], [stays]]
    statement = text("select count(*) from driving_licence where doubtful and urn = any(:urns)")
    assert (await rig.connection.execute(statement, {"urns": [first, second]})).scalar_one() == 0


async def test_two_quotas_and_two_entries_become_one(rig: Rig) -> None:
    made = await rig.pool(2)
    for party in made.keys:
        await made.commit(party)
    one, two = await rig.person(), await rig.person(licence=False)
    await rig.licence(two)
    for who in (one, two):
        assert (await made.join(who))[1] is None
    assert await made.freeze() is None
    rig.calendar.passes(minutes=2)
    assert await made.draw() is None and await made.award() is None
    again = await rig.pool()
    later = [(await again.join(who))[0].urn for who in (one, two)]
    await merged(rig, one, two)
    states = await rig.connection.execute(text("select state from plate_quota where holder = :two"), {"two": two})
    assert sorted(states.scalars()) == ["live", "returned"]
    bodies = [await rig.body(urn) for urn in later]
    assert sorted(body["state"] for body in bodies) == ["entered", "excluded"]
    [excluded] = [body for body in bodies if body["state"] == "excluded"]
    assert excluded["decision"]["ground"] == "one-entry"


async def test_a_kept_plate_goes_with_the_person(rig: Rig) -> None:
    from transport.service import vehicles

    one, two = await rig.person(), await rig.person()
    rig.calendar.passes(days=1)
    car = (await rig.must(rig.car(one))).urn
    plate = (await rig.body(car))["plate"]["number"]
    rig.calendar.passes(days=800)
    day = rig.calendar.day
    await rig.must(
        lambda s: vehicles.deregister(
            rig.desk, s, car, None, cause="scrapped", effective_on=day, legal_basis="机动车登记规定"
        )
    )
    await merged(rig, one, two)
    assert (await rig.do(rig.car(await rig.person(), plate)))[1] == "plate-taken"
    stays, leaves = await parted(rig, two, [one])
    assert (await rig.do(rig.car(stays, plate)))[1] == "plate-taken"
    await rig.must(rig.car(leaves, plate))
