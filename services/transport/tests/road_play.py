"""The product's side of a sequence of steps on the road, by name as the model has them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow_kit.decide import Principal
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from transport.domain.plates import Plate
from transport.service import vehicles as vehicle_service
from transport.service.desk import Acting, Desk
from transport.service.licences import Grounds
from transport.service.plates import Choice
from transport.service.roads import licensing, objections, points, recording, violations
from transport.service.roads.recording import Found
from transport.tables import Vehicle, Violation

START = date(2025, 1, 6)
FIRST = {"old": date(2020, 3, 1), "other": date(2021, 11, 15), "novice": date(2024, 6, 1)}
UNIT, BASIS = "xihu-brigade", "道路交通安全法"
GROUNDS = Grounds("依法 / by law", "复议 / review")
PEOPLE = ("old", "other", "novice", "firm")
CARS = {"car": "old", "van": "firm"}


class Dated(Desk):
    """A desk at which the sequence's own day is today."""

    now = START

    def today(self) -> date:
        return Dated.now


@dataclass
class World:
    """Committed once: who there is and what they have; every sequence begins from here."""

    desk: Dated
    sessions: Any
    name: dict[str, str]
    licence: dict[str, str]
    car: dict[str, str]


class Playing:
    """The product's side of a sequence."""

    def __init__(self, world: World, session: AsyncSession) -> None:
        self.world, self.session, self.desk = world, session, world.desk
        self.urns: list[str] = []
        self.acting = Acting(world.desk, Principal("agency", "demo.traffic-police", "transport", "x", "t", 0))

    async def wait(self, days: int) -> None:
        del days  # the day is set by whoever plays
        await points.close_ended(self.desk, self.session, self.desk.today(), 100)

    async def record(self, car: str, kind: str) -> None:
        plate = (await self.row(Vehicle, self.world.car[car])).plate_number
        found = self.found(kind, None)
        await self._noted(Plate("02", plate), found)

    async def stop(self, person: str, kind: str) -> None:
        await self._noted(None, self.found(kind, self.world.name[person]))

    async def _noted(self, plate: Any, found: dict[str, Any]) -> None:
        record = await recording.record(self.desk, self.session, Found(plate=plate, **found))
        self.urns.append(record.urn)

    def found(self, kind: str, driver: str | None) -> dict[str, Any]:
        return {
            "kind": kind,
            "driver": driver,
            "occurred_on": self.desk.today(),
            "place": "文三路",
            "document": secrets.token_hex(8).upper(),
            "unit": UNIT,
            "officer": None,
            "legal_basis": BASIS,
        }

    async def accept(self, at: int, person: str) -> None:
        await violations.accept(*await self._at(at), person=self.world.name[person])

    async def name(self, at: int, owner: str, driver: str) -> None:
        names = self.world.name
        await violations.name_driver(*await self._at(at), owner=names[owner], driver=names[driver])

    async def pay(self, at: int, person: str, amount: int) -> None:
        await violations.pay(*await self._at(at), person=self.world.name[person], amount=amount)

    async def contest(self, at: int, person: str) -> None:
        desk, session, urn, version = await self._at(at)
        await objections.object_to(
            Acting(desk), session, urn, version, person=self.world.name[person], reason="不服 / I object"
        )

    async def judge(self, at: int, granted: bool, same_unit: bool) -> None:
        urn = (await self.row(Violation, self.urns[at])).objection
        case = await self.desk.cases.find(self.session, urn or "")
        acting = Acting(self.desk, self.acting.caller, {"unit": UNIT if same_unit else "legal-office"})
        await self._ruled(acting, case, granted)

    async def annul(self, at: int) -> None:
        await violations.annul(*await self._at(at), by_objection=False, legal_basis=BASIS, grounds=GROUNDS)

    async def establish(self, at: int, driver: str | None) -> None:
        await violations.establish(
            *await self._at(at),
            driver=None if driver is None else self.world.name[driver],
            effective_on=self.desk.today(),
            legal_basis=BASIS,
            grounds=GROUNDS,
        )

    async def transfer(self, car: str, to: str) -> None:
        await vehicle_service.transfer(
            self.desk,
            self.session,
            self.world.car[car],
            None,
            to=self.world.name[to],
            ground="sale",
            consenting=(),
            choice=Choice("02", None),
            effective_on=self.desk.today(),
            legal_basis=BASIS,
        )

    async def reduce(self, person: str, means: str) -> None:
        case = await licensing.apply_for_reduction(
            self.acting, self.session, person=self.world.name[person], means=means
        )
        await self._ruled(Acting(self.desk, None, {"done_on": self.desk.today()}), case, True)

    async def recover(self, person: str, days: int, road_test: bool) -> None:
        case = await licensing.apply_for_recovery(
            self.acting, self.session, self.world.licence[person], person=self.world.name[person]
        )
        today = self.desk.today()
        answer = {"examined_on": today, "studied_days": days} | ({"road_tested_on": today} if road_test else {})
        await self._ruled(Acting(self.desk, None, answer), case, True)

    async def _ruled(self, acting: Acting, case: Any, granted: bool) -> None:
        await self.desk.cases.decide(
            acting,
            self.session,
            case.urn,
            case.version,
            granted=granted,
            reason="依法 / by law",
            on=self.desk.today(),
            answer=acting.answer,
        )

    async def _at(self, at: int) -> tuple[Desk, AsyncSession, str, int]:
        row = await self.row(Violation, self.urns[at])
        return self.desk, self.session, row.urn, row.version

    async def row(self, kind: type[Any], urn: str) -> Any:
        return (await self.session.exec(select(kind).where(kind.urn == urn))).one()
