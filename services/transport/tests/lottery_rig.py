"""A transport desk in one transaction that is rolled back, on a day that passes as the test says; neighbours made up."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from onewindow_kit.problems import Problem
from onewindow_kit.pseudonyms import Pseudonym
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession
from transport.domain.lottery.parties import Party
from transport.domain.lottery.pool import PublicValue
from transport.service import licences, vehicles
from transport.service.desk import Desk
from transport.service.lottery import drawing, entering, freezing, preparing
from transport.service.plates import Choice
from transport.service.vehicles import Description

from .conftest import new_vin

BASIS = "小客车公开摇号规则"
START = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
PARTIES = ("court", "notary")


@dataclass
class Town:
    """What identity and housing would say of each person."""

    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    insured: dict[str, int] = field(default_factory=dict)

    def register(self, person: str, division: str = "330106", household: str = "h") -> None:
        self.homes[person] = {
            "registered": {"division": division, "neighbourhood": None},
            "household": household,
            "permit": None,
        }

    def lodge(self, person: str, months: int, state: str = "valid") -> None:
        place = {"division": "330106", "neighbourhood": None}
        permit = {"state": state, "since": "2024-01-01", **place}
        self.homes[person] = {"registered": None, "household": None, "permit": permit}
        self.insured[person] = months

    async def residence(self, pseudonym: str) -> dict[str, Any]:
        return self.homes.get(pseudonym, {"registered": None, "household": None, "permit": None})

    async def months(self, pseudonym: str, until: date) -> int:
        return self.insured.get(pseudonym, 0)


class Calendar:
    """The legal day and the instant, moved by the test."""

    def __init__(self) -> None:
        self.day, self.now = START, NOON

    def passes(self, **span: int) -> None:
        self.now += timedelta(**span)
        self.day = (self.now + timedelta(hours=8)).date()


class DatedDesk(Desk):
    """A desk on the calendar's day."""

    __slots__ = ("calendar",)

    def today(self) -> date:
        return self.calendar.day


def dated(desk: Desk, calendar: Calendar, town: Town) -> Desk:
    """``desk`` on that calendar, with ``town`` in the place of its neighbours."""
    made = object.__new__(DatedDesk)
    for name in Desk.__dataclass_fields__:
        object.__setattr__(made, name, getattr(desk, name))
    object.__setattr__(made, "identity", town)
    object.__setattr__(made, "contributions", town)
    object.__setattr__(made, "calendar", calendar)
    return made


@dataclass
class Rig:
    """Use cases as commands: each in a savepoint, so that a refused one leaves nothing."""

    desk: Desk
    connection: AsyncConnection
    calendar: Calendar
    town: Town

    async def do(self, work: Callable[[AsyncSession], Awaitable[Any]]) -> tuple[Any, str | None]:
        """What the use case gave, or the code of its refusal."""
        session = AsyncSession(bind=self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        try:
            async with session, session.begin():
                return await work(session), None
        except Problem as problem:
            assert 400 <= problem.status < 500 or problem.code == "unavailable", problem
            return None, problem.code

    async def must(self, work: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        made, code = await self.do(work)
        assert code is None, code
        return made

    async def body(self, urn: str) -> dict[str, Any]:
        """The body of a record as it was last published."""
        return (await self.envelope(urn))["body"]

    async def envelope(self, urn: str) -> dict[str, Any]:
        return orjson.loads(await self.must(lambda session: self.desk.records.current(session, urn)))

    async def person(self, *, licence: bool = True) -> str:
        """Somebody registered in the city, with a licence."""
        who = str(Pseudonym.new("transport"))
        self.town.register(who, household=secrets.token_hex(4))
        if licence:
            await self.licence(who)
        return who

    async def licence(self, who: str) -> str:
        made = await self.must(
            lambda session: licences.issue(
                self.desk,
                session,
                holder=who,
                classes=["C1"],
                issued_on=self.calendar.day - timedelta(days=400),
                file_number=None,
                legal_basis=BASIS,
            )
        )
        return made.urn

    def car(self, owner: str, number: str | None = None, kind: str = "02") -> Callable[[AsyncSession], Awaitable[Any]]:
        """The registration of a new car."""
        what = Description(new_vin(), "K33", "示例牌", "S1", "A", "A", "A", self.calendar.day)
        return lambda session: vehicles.register(
            self.desk, session, owner=owner, description=what, choice=Choice(kind, number), legal_basis=BASIS
        )

    async def pool(self, quota: int = 1, keys: dict[str, Ed25519PrivateKey] | None = None) -> "Pool":
        keys = keys or {name: Ed25519PrivateKey.generate() for name in PARTIES}
        named = [Party(name, name, key.public_key().public_bytes_raw().hex()) for name, key in keys.items()]
        made = await self.must(
            lambda session: preparing.open_pool(
                self.desk,
                session,
                period="2026-11",
                quota=quota,
                freeze_on=self.calendar.day,
                parties=named,
                now=self.calendar.now,
                legal_basis=BASIS,
            )
        )
        return Pool(self, made.urn, keys)


@dataclass
class Pool:
    """One pool and what its parties hold."""

    rig: Rig
    urn: str
    keys: dict[str, Ed25519PrivateKey]
    secrets: dict[str, str] = field(default_factory=dict)

    async def version(self) -> int:
        return (await self.rig.envelope(self.urn))["version"]

    async def commit(self, party: str, key: Ed25519PrivateKey | None = None) -> str | None:
        """The code of a refusal; ``key``: another's instead of the party's own."""
        secret = secrets.token_hex(32)
        commitment = hashlib.sha256(f"{self.urn}\n{party}\n{secret}".encode()).hexdigest()
        signer = key or self.keys[party]
        signature = signer.sign(f"{self.urn}\n{party}\n{commitment}".encode()).hex()
        rig = self.rig
        _, code = await rig.do(
            lambda session: preparing.commit(
                rig.desk, session, self.urn, party=party, commitment=commitment, signature=signature
            )
        )
        if code is None:
            self.secrets[party] = secret
        return code

    async def join(self, who: str) -> tuple[Any, str | None]:
        rig = self.rig
        return await rig.do(
            lambda session: entering.join(rig.desk, session, self.urn, applicant=who, now=rig.calendar.now)
        )

    async def freeze(self, due_in: int = 60) -> str | None:
        rig, version = self.rig, await self.version()
        value = PublicValue("示例交易所", "收盘", rig.calendar.now + timedelta(seconds=due_in))
        _, code = await rig.do(
            lambda session: freezing.freeze(
                rig.desk,
                session,
                self.urn,
                version,
                public_value=value,
                now=lambda: rig.calendar.now,
                legal_basis=BASIS,
            )
        )
        return code

    async def reveal(self, party: str, secret: str | None = None) -> str | None:
        rig, told = self.rig, secret or self.secrets.get(party, "0" * 64)
        _, code = await rig.do(
            lambda session: preparing.reveal(
                rig.desk, session, self.urn, party=party, secret=told, now=rig.calendar.now
            )
        )
        return code

    async def draw(self, value: str = "3836.77") -> str | None:
        rig, version = self.rig, await self.version()
        _, code = await rig.do(
            lambda session: drawing.draw(
                rig.desk, session, self.urn, version, value=value, now=rig.calendar.now, legal_basis=BASIS
            )
        )
        return code

    async def award(self) -> str | None:
        rig, version = self.rig, await self.version()
        _, code = await rig.do(lambda session: drawing.award(rig.desk, session, self.urn, version, legal_basis=BASIS))
        return code


@asynccontextmanager
async def rolled_back(opened: Any, desk: Desk | None = None) -> AsyncIterator[Rig]:
    """A rig in a transaction of its own, of which nothing stays."""
    calendar, town = Calendar(), Town()
    engine = opened.sessions.kw["bind"]
    async with engine.connect() as connection:
        outer = await connection.begin()
        try:
            # What other tests left in the register is no part of this one.
            await connection.execute(text("update plate_quota set state = 'returned' where state = 'live'"))
            await connection.execute(text("update case_file set state = 'withdrawn' where state = 'pending'"))
            yield Rig(dated(desk or opened.desk, calendar, town), connection, calendar, town)
        finally:
            await outer.rollback()
