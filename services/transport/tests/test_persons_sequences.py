"""Through any sequence of merges, splits, decisions and commands every record is the right person's, and nobody else's."""

import asyncio
import secrets
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onewindow_kit import aliases
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import thorough
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from transport.app import parts
from transport.service import licences, permits, vehicles
from transport.service.desk import Acting
from transport.service.persons import doubles, splitting
from transport.service.persons.merging import merge
from transport.service.persons.splitting import split

from .lottery_rig import BASIS, START, Pool, Rig, rolled_back
from .persons_judge import Judge, Record, Review

who = st.integers(0, 9)
commands = st.one_of(
    st.tuples(st.just("car"), who),
    st.tuples(st.just("licence"), who),
    st.tuples(st.just("enter"), who),
    st.tuples(st.just("permit"), who, st.integers(0, 3)),
    st.tuples(st.just("scrap"), who),
    st.tuples(st.just("merge"), who, who),
    st.tuples(st.just("merge"), who, who),
    st.tuples(st.just("part"), who),
    st.tuples(st.just("decide"), who, st.integers(0, 255)),
)
sequence = st.lists(commands, min_size=4, max_size=12)


class Sequence:
    """The same commands to the product and to the judge."""

    def __init__(self, rig: Rig, pool: Pool) -> None:
        self.rig, self.pool = rig, pool
        self.judge = Judge([], {})
        for _ in range(3):
            self.judge.people.append(self.newcomer())

    def newcomer(self) -> str:
        name, home = str(Pseudonym.new("transport")), secrets.token_hex(4)
        self.rig.town.register(name, household=home)
        self.judge.households[name] = home
        return name

    def person(self, number: int) -> str:
        return self.judge.people[number % len(self.judge.people)]

    async def run(self, command: tuple[Any, ...]) -> None:
        name, *told = command
        self.rig.calendar.passes(minutes=1)
        await getattr(self, name)(*told)

    async def car(self, who: int) -> None:
        name = self.person(who)
        self.judge.made("car", (await self.rig.must(self.rig.car(name))).urn, name)

    async def licence(self, who: int) -> None:
        rig, name = self.rig, self.person(who)
        issue = {"holder": name, "classes": ["C1"], "issued_on": START, "file_number": None, "legal_basis": BASIS}
        made, code = await rig.do(lambda s: licences.issue(rig.desk, s, **issue))
        assert code == self.judge.licence(name)
        if code is None:
            self.judge.made("licence", made.urn, name)

    async def enter(self, who: int) -> None:
        name = self.person(who)
        made, code = await self.pool.join(name)
        assert code == self.judge.enter(name)
        if code is None:
            self.judge.made("entry", made.urn, name)

    async def permit(self, who: int, which: int) -> None:
        rig, name = self.rig, self.person(who)
        if not (cars := self.judge.of(name, "car")):
            return
        car = cars[which % len(cars)]
        made, code = await rig.do(lambda s: permits.apply(rig.desk, s, holder=name, vehicle=car, zone="XH-1"))
        assert code == self.judge.permit(name, car)
        if code is None:
            self.judge.made("permit", made.urn, name, car=car, household=self.judge.households[name])

    async def scrap(self, who: int) -> None:
        rig = self.rig
        if not (cars := self.judge.of(self.person(who), "car")):
            return
        day = rig.calendar.day
        await rig.must(
            lambda s: vehicles.deregister(
                rig.desk, s, cars[0], None, cause="scrapped", effective_on=day, legal_basis=BASIS
            )
        )
        self.judge.scrap(cars[0])

    async def merge(self, one: int, two: int) -> None:
        losing, into, rig = self.person(one), self.person(two), self.rig
        if losing == into:
            return
        await rig.must(lambda s: merge(rig.desk, s, losing, into, rig.calendar.day))
        self.judge.merge(losing, into)

    async def part(self, who: int) -> None:
        old, rig = self.person(who), self.rig
        stays, leaves, returning = self.newcomer(), self.newcomer(), sorted(self.judge.returning(old))
        await rig.must(lambda s: split(rig.desk, s, old, stays, leaves, returning, rig.calendar.day))
        self.judge.part(old, stays, leaves)

    async def decide(self, which: int, bits: int) -> None:
        """An officer assigns what one review holds; licence reviews and the order of records don't matter to the judge."""
        reviews: list[Review] = [review for review in self.judge.reviews if review.keys]
        if not reviews:
            return
        rig, review = self.rig, reviews[which % len(reviews)]
        sides = {urn: bits >> n & 1 for n, urn in enumerate(sorted(review.keys))}
        pending = await rig.must(
            lambda s: rig.desk.cases.listing(s, state="pending", kind=splitting.REVIEW, limit=1000)
        )
        found = next(case for case in pending if review.keys <= set(case.content["keys"]))
        assert found.content["old"] == review.old
        named = ("stays", "leaves")
        answer = {key: named[sides.get(key, 0)] for key in found.content["keys"]}
        await rig.must(
            lambda s: rig.desk.cases.decide(
                Acting(rig.desk),
                s,
                found.urn,
                found.version,
                granted=True,
                reason="查明",
                on=rig.calendar.day,
                answer={"assignments": answer},
            )
        )
        self.judge.decide(review, sides)

    async def compare(self) -> None:
        for urn, record in self.judge.records.items():
            envelope = await self.rig.envelope(urn)
            shown = [subject["pseudonym"] for subject in envelope["subjects"]]
            assert shown == ([] if record.holder is None else [record.holder]), f"{record.kind}: a stranger's record"
            assert live(record, envelope) == record.live, f"{record.kind} is {envelope['body']['state']}"
        statement = (
            "select holder, count(*) from driving_licence where state = 'valid' and not doubtful group by holder"
        )
        assert all(count == 1 for _, count in await self.rig.connection.execute(text(statement)))
        for name in self.judge.people:
            if len(self.judge.of(name, "licence")) > 1:
                asked = await self.rig.must(lambda s, name=name: self.rig.desk.cases.of_person(s, name))
                assert any(case.kind == doubles.REVIEW and case.is_open for case in asked), "nobody was asked"


def live(record: Record, envelope: dict[str, Any]) -> bool:
    states = {"car": "registered", "licence": "valid", "entry": "entered", "permit": "granted"}
    return envelope["body"]["state"] == states[record.kind]


async def play(opened: Any, told: list[tuple[Any, ...]]) -> None:
    async with rolled_back(opened) as rig:
        playing = Sequence(rig, await rig.pool())
        for command in told:
            await playing.run(command)
        await playing.compare()


@pytest.mark.rule("domain-7", "domain-28", "transport.permit-quota")
def test_every_record_is_the_right_persons_whatever_happens(request: pytest.FixtureRequest) -> None:
    settings = request.getfixturevalue("settings")  # by name: hypothesis has a `settings` of its own
    with asyncio.Runner() as runner:
        holder = parts(settings)
        opened = runner.run(holder.__aenter__())
        try:

            @thorough(250)
            @given(sequence)
            def playing(told: list[tuple[Any, ...]]) -> None:
                runner.run(play(opened, told))

            playing()
        finally:
            runner.run(holder.__aexit__(None, None, None))


async def all_to_one(session: Any, old: str, stays: str, leaves: str, returning: Any, urns: Any) -> dict[str, str]:
    return dict.fromkeys(urns, "stays")


async def nothing_settled(*_: Any) -> list[str]:
    return []


DEFECTS = {
    "contested records shown to who stays": (aliases, "split", all_to_one, [("car", 0), ("part", 0)]),
    "what a merge brought is not given back": (
        aliases,
        "split",
        all_to_one,
        [("car", 0), ("merge", 0, 1), ("part", 0)],
    ),
    "two entries of one person": (
        splitting,
        "settle",
        nothing_settled,
        [("enter", 0), ("part", 0), ("enter", 2), ("decide", 0, 0)],
    ),
    "a household without a quota": (
        permits.domain,
        "may_apply",
        lambda **_: None,
        [*[("car", 0)] * 3, *[("permit", 0, n) for n in range(3)]],
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
async def test_the_judge_finds_a_planted_defect(defect: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, wrong, told = DEFECTS[defect]
    async with parts(settings) as opened:
        await play(opened, told)
        monkeypatch.setattr(where, name, wrong)
        with pytest.raises((AssertionError, IntegrityError)):  # the database's own constraints judge too
            await play(opened, told)
