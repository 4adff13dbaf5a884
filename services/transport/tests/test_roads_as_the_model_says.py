"""Random steps by everybody on the road, each judged by a model that knows nothing of the product.

Each sequence runs in one transaction that is rolled back; each step in a savepoint, as a request is one.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import fields, replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from onewindow_contracts import loader
from onewindow_contracts.calendar import WorkingDays
from onewindow_kit.problems import Problem
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.testing import thorough
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from transport.domain.roads import points as points_rules
from transport.domain.roads import violations as violation_rules
from transport.service import licences as licence_service
from transport.service import vehicles as vehicle_service
from transport.service.desk import Desk
from transport.service.plates import Choice
from transport.service.roads import points
from transport.service.vehicles import Description
from transport.store.roads import violations as violation_store
from transport.tables import DrivingLicence, PointsCycle, Vehicle, Violation

from .road_model import MEANS, Model
from .road_play import BASIS, CARS, FIRST, PEOPLE, START, Dated, Playing, World

AFTER = WorkingDays.of(loader.load()).after
Step = tuple[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
async def world(app: Any) -> AsyncIterator[World]:
    desk = app.state.desk
    dated = Dated(**{each.name: getattr(desk, each.name) for each in fields(Desk)})
    Dated.now = START
    sessions = app.state.edge.database.sessions
    name = {who: str(Pseudonym.new("transport", organisation=who == "firm")) for who in PEOPLE}
    licence, car = {}, {}
    async with sessions() as session, session.begin():
        for who, first in FIRST.items():
            record = await licence_service.issue(
                dated, session, holder=name[who], classes=["C1"], issued_on=first, file_number=None, legal_basis=BASIS
            )
            licence[who] = record.urn
        for which, who in CARS.items():
            what = Description(f"LSV{secrets.token_hex(7).upper()}", "K33", "示例", "S1", "A", "A", "A", START)
            plate = Choice("02", None)
            record = await vehicle_service.register(
                dated, session, owner=name[who], description=what, choice=plate, legal_basis=BASIS
            )
            car[which] = record.urn
    yield World(dated, sessions, name, licence, car)


def steps(random: Random, longest: int) -> list[Step]:
    """A sequence: what people and offices try, sensible or not, once something has happened on the road."""
    return [_happens(random), *(_step(random) for _ in range(random.randint(2, longest)))]


def _happens(random: Random) -> Step:
    kind = random.choice(("red-light", "hit-and-run", "hit-and-run", "phone", "lights", "parking"))
    stopped = ("stop", (random.choice(("old", "old", "other", "novice", "firm")), kind))
    return random.choice((stopped, stopped, ("record", (random.choice(tuple(CARS)), kind))))


def _step(random: Random) -> Step:
    who, whom, at = random.choice(("old", *PEOPLE)), random.choice(PEOPLE), random.randint(0, 2)
    driver = random.choice(("old", "old", "other", "novice"))
    choices: list[tuple[int, Step]] = [
        (6, _happens(random)),
        (3, ("accept", (at, who))),
        (1, ("name", (at, who, whom))),
        (4, ("pay", (at, who, random.choice((0, 0, 0, 1, -1))))),
        (2, ("contest", (at, who))),
        (2, ("judge", (at, random.random() < 0.5, random.random() < 0.3))),
        (2, ("annul", (at,))),
        (1, ("establish", (at, random.choice((None, *PEOPLE))))),
        (2, ("transfer", (random.choice(tuple(CARS)), who))),
        (2, ("reduce", (driver, random.choice(tuple(MEANS))))),
        (4, ("recover", (driver, random.choice((6, 7, 14, 60)), random.random() < 0.5))),
        (4, ("wait", (random.choice((1, 20, 30, 120, 366)),))),
    ]
    return random.choices([step for _, step in choices], [weight for weight, _ in choices])[0]


async def play(world: World, sequence: list[Step]) -> None:
    """Every step on both sides; AssertionError where they differ."""
    model = Model(START, FIRST, {"firm"}, CARS, AFTER)
    Dated.now = START
    async with world.sessions() as session:
        playing = Playing(world, session)
        for verb, given in sequence:
            if verb in ("accept", "name", "pay", "contest", "judge", "annul", "establish"):
                if not model.offences:
                    continue
                given = (given[0] % len(model.offences), *given[1:])
            if verb == "judge" and not model.offences[given[0]].contested:
                continue
            if verb == "pay":
                given = (*given[:2], max(0, model.due(given[0]) + given[2]))
            broken = getattr(model, verb)(*given)
            Dated.now = model.today
            said = await _tried(session, getattr(playing, verb), given)
            assert (said in broken) if broken else said is None, (verb, given, broken, said)
        await _compare(world, session, model, playing)
        await session.rollback()


async def _tried(session: AsyncSession, command: Callable[..., Awaitable[None]], given: tuple[Any, ...]) -> str | None:
    """The code of the refusal; a refused step leaves nothing."""
    try:
        async with session.begin_nested():
            await command(*given)
    except Problem as refusal:
        return refusal.code
    return None


async def _compare(world: World, session: AsyncSession, model: Model, playing: Playing) -> None:
    session.expire_all()
    who = {name: person for person, name in world.name.items()}
    stored = {
        row.urn: row
        for row in (await session.exec(select(Violation).where(col(Violation.urn).in_(playing.urns)))).all()
    }
    for urn, o in zip(playing.urns, model.offences, strict=True):
        row = stored[urn]
        told = (row.state, row.respond_by, row.pay_by, row.paid, row.counting, who.get(row.owner), who.get(row.driver))
        assert told == (o.state, o.respond_by, o.pay_by, o.paid, o.counts, o.owner, o.driver)
        assert await world.desk.records.version(session, urn) == row.version
    for car, urn in world.car.items():
        assert who[(await playing.row(Vehicle, urn)).owner] == model.cars[car]
    for person, urn in world.licence.items():
        driver = model.drivers[person]
        assert (await playing.row(DrivingLicence, urn)).state == driver.state
        found = (await session.exec(select(PointsCycle).where(PointsCycle.licence == urn))).all()
        assert sorted(row.points for row in found if row.state == "ended") == sorted(driver.ended)
        running = [
            (row.starts_on, row.points, row.reduced, row.times_full, row.full_on)
            for row in found
            if row.state == "open"
        ]
        year = driver.year
        assert running == ([(year.start, year.stand, year.reduced, year.times, year.full_on)] if year else [])


@pytest.mark.rule("domain-22", "domain-23", "domain-24", "domain-25")
@thorough(500)
@given(st.randoms(use_true_random=False))
async def test_the_road_is_as_the_model_says(world: World, random: Random) -> None:
    sequence = steps(random, 6)
    note(str(sequence))
    await play(world, sequence)


DEFECTS = {
    "unpaid points clear": (points_rules, "passing_on", lambda *_: []),
    "what was paid passes on": (points_rules, "passing_on", lambda given, *_: list(given)),
    "reductions have no limit": (points_rules, "reduce", lambda stand, worth, reduced, most: min(worth, stand)),
    "no study is needed": (points_rules, "fulfilled", lambda *_: None),
    "any amount pays": (violation_rules, "pay", lambda violation, amount, on, _: _paid(violation, amount, on)),
    "violations do not block a transfer": (violation_store, "open_of_vehicle", lambda session, urn: _none()),
    "points stay after an annulment": (points, "take", lambda *_: _none()),
}


def _paid(violation: Any, amount: int, on: date) -> Any:
    return replace(violation, state="paid", paid_on=on, paid=amount)


async def _none() -> int:
    return 0


@pytest.mark.parametrize("defect", DEFECTS)
async def test_the_judge_sees_a_planted_defect(world: World, monkeypatch: pytest.MonkeyPatch, defect: str) -> None:
    place, name, wrong = DEFECTS[defect]
    monkeypatch.setattr(place, name, wrong)
    random = Random(defect)
    for _ in range(400):
        try:
            await play(world, steps(random, 12))
        except AssertionError:
            return
    pytest.fail("400 sequences did not show it")
