"""Any sequence of commands, legal and illegal, leads where a small independent model says: entries, draws, quotas, plates."""

import asyncio
import secrets
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onewindow_kit.testing import thorough
from sqlalchemy import text
from transport.app import parts
from transport.domain.lottery import draw as draw_rules
from transport.domain.lottery import pool as pool_rules
from transport.domain.lottery.draw import winners
from transport.service import vehicles
from transport.service.lottery import entering, freezing, quotas

from .lottery_judge import Judge
from .lottery_model import recomputed, seed_of, tree_head
from .lottery_rig import PARTIES, Pool, Rig, rolled_back

PEOPLE, PLATES = 3, 2
who, party, pool = st.integers(0, PEOPLE - 1), st.integers(0, 1), st.integers(0, 9)
honest = st.sampled_from([True, True, True, False])
commands = st.one_of(
    st.tuples(st.just("round"), st.integers(1, 2), st.lists(who, max_size=4), st.integers(0, 3)),
    st.tuples(st.just("open"), st.integers(1, 2)),
    st.tuples(st.just("commit"), pool, party, honest),
    st.tuples(st.just("join"), pool, who),
    st.tuples(st.just("leave"), pool, who),
    st.tuples(st.just("freeze"), pool, st.sampled_from([60, 60, 0])),
    st.tuples(st.just("reveal"), pool, party, honest),
    st.tuples(st.just("draw"), pool),
    st.tuples(st.just("award"), pool),
    st.tuples(st.just("car"), who, st.one_of(st.none(), st.integers(0, PLATES - 1))),
    st.tuples(st.just("scrap"), who),
    st.tuples(st.just("wait"), st.sampled_from([0, 0, 1, 370, 800])),
    st.tuples(st.just("forfeit")),
    st.tuples(st.just("move"), who, st.booleans()),
)
sequence = st.lists(commands, min_size=3, max_size=9)


class Sequence:
    """The same commands to the product and to the judge."""

    def __init__(self, rig: Rig, people: list[str]) -> None:
        self.rig, self.people, self.pools = rig, people, list[Pool]()
        self.judge = Judge(len(people), rig.calendar.day, rig.calendar.now)
        self.entries: dict[tuple[int, int], str] = {}
        self.cars: dict[int, str] = {}
        mark = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(4))
        self.plates = [f"浙A{mark}{n}" for n in range(PLATES)]

    async def run(self, command: tuple[Any, ...]) -> None:
        name, *told = command
        needs_pool = name in ("commit", "join", "leave", "freeze", "reveal", "draw", "award")
        if needs_pool:
            if not self.pools:
                return
            told[0] %= len(self.pools)
        await getattr(self, name)(*told)
        if name in ("round", "award", "car", "forfeit"):
            await self.compare()

    async def round(self, quota: int, joining: list[int], revealing: int) -> None:
        """A whole round, with as many secrets as the bits of ``revealing`` say."""
        await self.open(quota)
        last = len(self.pools) - 1
        for n in range(2):
            await self.commit(last, n, True)
        for each in joining:
            await self.join(last, each)
        await self.freeze(last, 60)
        for n in range(2):
            if revealing >> n & 1:
                await self.reveal(last, n, True)
        await self.wait(0)
        await self.draw(last)
        await self.award(last)

    async def open(self, quota: int) -> None:
        self.pools.append(await self.rig.pool(quota))
        self.judge.open(quota)

    async def commit(self, pool: int, party: int, honest: bool) -> None:
        here, name = self.pools[pool], PARTIES[party]
        other = here.keys[PARTIES[1 - party]]
        assert await here.commit(name, None if honest else other) == self.judge.commit(pool, party, honest)

    async def join(self, pool: int, who: int) -> None:
        made, code = await self.pools[pool].join(self.people[who])
        assert code == self.judge.join(pool, who)
        if code is None:
            self.entries[pool, who] = made.urn

    async def leave(self, pool: int, who: int) -> None:
        if (urn := self.entries.get((pool, who))) is None:
            return
        version = (await self.rig.envelope(urn))["version"]
        rig, person = self.rig, self.people[who]
        _, code = await rig.do(lambda s: entering.leave(rig.desk, s, urn, version, applicant=person))
        assert code == self.judge.leave(pool, who)

    async def freeze(self, pool: int, due: int) -> None:
        code = await self.pools[pool].freeze(due)
        assert code == self.judge.freeze(pool, self.rig.calendar.now + timedelta(seconds=due))
        if code is None:
            listed = {who: urn for (n, who), urn in self.entries.items() if n == pool}
            lines = []
            for who, urn in listed.items():
                body = await self.rig.body(urn)
                if body["state"] == "listed":
                    assert body["weight"] == self.judge.weight(who)
                    lines.append(f"{body['code']} {body['weight']}")
            assert (await self.rig.body(self.pools[pool].urn))["root"] == tree_head(sorted(lines))

    async def reveal(self, pool: int, party: int, honest: bool) -> None:
        code = await self.pools[pool].reveal(PARTIES[party], None if honest else "f" * 64)
        known = PARTIES[party] in self.pools[pool].secrets
        assert code == self.judge.reveal(pool, party, honest and known)
        told = {each["party"]: each["secret"] for each in (await self.rig.body(self.pools[pool].urn))["parties"]}
        revealed = {PARTIES[n] for n in self.judge.pools[pool].revealed}
        held = self.pools[pool].secrets
        assert told == {name: held[name] if name in revealed else None for name in PARTIES}

    async def draw(self, pool: int) -> None:
        value = secrets.token_hex(4)
        code = await self.pools[pool].draw(value)
        assert code == self.judge.draw(pool)
        if code is None:
            urn = self.pools[pool].urn
            body = await self.rig.body(urn)
            codes = {}
            for (n, who), entry in self.entries.items():
                if n == pool and self.judge.pools[pool].entered[who] == "listed":
                    known = await self.rig.body(entry)
                    codes[known["code"]] = (who, known["weight"])
            assert body["public_value"]["value"] == value and body["seed"] == seed_of(urn, body)
            order = recomputed(body["seed"], {c: w for c, (_, w) in codes.items()}, self.judge.pools[pool].quota)
            assert body["winners"] == order
            self.judge.drawn(pool, [codes[c][0] for c in order])

    async def award(self, pool: int) -> None:
        assert await self.pools[pool].award() == self.judge.award(pool)

    async def car(self, who: int, plate: int | None) -> None:
        number = None if plate is None else self.plates[plate]
        made, code = await self.rig.do(self.rig.car(self.people[who], number))
        assert code == self.judge.car(who, plate)
        if code is None:
            self.cars[self.judge.made] = made.urn

    async def scrap(self, who: int) -> None:
        mine = [number for number, car in self.judge.cars.items() if car.owner == who]
        if not mine:
            return
        rig, urn = self.rig, self.cars[mine[0]]
        await rig.must(
            lambda s: vehicles.deregister(
                rig.desk, s, urn, None, cause="scrapped", effective_on=rig.calendar.day, legal_basis="机动车登记规定"
            )
        )
        self.judge.scrap(mine[0])

    async def wait(self, days: int) -> None:
        """At least until every public value is known."""
        self.rig.calendar.passes(days=days, minutes=2)
        self.judge.day, self.judge.now = self.rig.calendar.day, self.rig.calendar.now

    async def forfeit(self) -> None:
        rig = self.rig
        assert await rig.must(lambda s: quotas.forfeit(rig.desk, s, rig.calendar.day)) == self.judge.forfeit()

    async def move(self, who: int, registered: bool) -> None:
        self.rig.town.register(self.people[who], "330106" if registered else "310101")
        self.judge.people[who].registered = registered

    async def compare(self) -> None:
        """What stands in the register is what the judge says."""
        urns = [pool.urn for pool in self.pools]
        found = await self.rows(
            "select lottery, applicant, state from lottery_entry where urn = any(:urns)",
            urns=list(self.entries.values()),
        )
        expected = {
            (urns[pool], self.people[who], state)
            for pool, here in enumerate(self.judge.pools)
            for who, state in here.entered.items()
        }
        assert set(found) == expected
        quotas_there = await self.rows("select holder, state, valid_until from plate_quota where holder = any(:people)")
        mine = [
            (self.people[n], quota.state, quota.until)
            for n, person in enumerate(self.judge.people)
            for quota in person.quotas
        ]
        assert sorted(quotas_there) == sorted(mine)
        live = [holder for holder, state, _ in quotas_there if state == "live"]
        assert len(live) == len(set(live)), "somebody has two live quotas"
        hung = await self.rows(
            "select plate_type, vehicle.urn from vehicle join plate on plate.vehicle = vehicle.urn "
            "where owner = any(:people)"
        )
        assert {urn for _, urn in hung} == {self.cars[number] for number in self.judge.cars}

    async def rows(self, statement: str, **more: Any) -> list[tuple[Any, ...]]:
        known = {"people": self.people} | more
        named = {name: value for name, value in known.items() if f":{name}" in statement}
        return [tuple(row) for row in await self.rig.connection.execute(text(statement), named)]


async def play(opened: Any, told: list[tuple[Any, ...]]) -> None:
    async with rolled_back(opened) as rig:
        people = [await rig.person() for _ in range(PEOPLE)]
        playing = Sequence(rig, people)
        limits = await playing.rows("select holder, valid_until from driving_licence where holder = any(:people)")
        for holder, until in limits:
            playing.judge.people[people.index(holder)].licensed_until = until
        for command in told:
            await playing.run(command)
        await playing.compare()


def everything(settings: Any, count: int) -> None:
    """Plays ``count`` sequences on one set of parts; AssertionError where product and judge differ."""

    with asyncio.Runner() as runner:
        holder = parts(settings)
        opened = runner.run(holder.__aenter__())
        try:

            @thorough(count)
            @given(sequence)
            def playing(told: list[tuple[Any, ...]]) -> None:
                runner.run(play(opened, told))

            playing()
        finally:
            runner.run(holder.__aexit__(None, None, None))


@pytest.mark.rule("domain-26", "transport.quota-months", "transport.quota-bar-years", "transport.plate-kept-years")
def test_every_sequence_leads_where_the_judge_says(request: pytest.FixtureRequest) -> None:
    everything(request.getfixturevalue("settings"), 250)


ROUND = ("round", 1, [0, 1], 3)
DEFECTS = {
    "the last instead of the first win": (
        pool_rules,
        "winners",
        lambda s, e, n: winners(s, e, len(e))[::-1][:n],
        [ROUND],
    ),
    "a list that is not hashed": (draw_rules.tree, "root", lambda leaves: b"\0" * 32, [ROUND]),
    "a secret taken for another": (pool_rules.these, "revealed", lambda lottery, party, secret: party, [ROUND]),
    "everybody listed": (freezing, "unmet", lambda facts, months: None, [("move", 0, False), ROUND]),
    "a quota never used up": (
        quotas.domain,
        "use",
        lambda quota, car: quota,
        [ROUND, ("car", 0, None), ("car", 1, None)],
    ),
    "a bar that is forgotten": (
        quotas.domain,
        "forfeit",
        lambda quota, years: quotas.domain.give_back(quota),
        [ROUND, ("wait", 370), ("forfeit",)],
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
async def test_the_judge_finds_a_planted_defect(defect: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, wrong, told = DEFECTS[defect]
    async with parts(settings) as opened:
        await play(opened, told)
        monkeypatch.setattr(where, name, wrong)
        with pytest.raises(AssertionError):
            await play(opened, told)


def test_days_are_counted_as_the_law_does() -> None:
    from .lottery_judge import later

    assert later(date(2024, 2, 29), 1) == date(2025, 2, 28)
