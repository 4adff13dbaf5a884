"""The office's desk on a real database, on a day that the test sets; a sequence of commands is one transaction, undone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from identity.events import Changes, Office
from identity.service.desk import Desk
from identity.service.kinds import KINDS
from identity.service.rules import Rules
from identity.settings import IdentitySettings
from onewindow_contracts import loader
from onewindow_contracts.errors import NotYetInForce
from onewindow_contracts.models import identity as api
from onewindow_kit import db, sealing
from onewindow_kit.cases import Cases
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Problem
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession
from stdnum.cn import ric

START = date(2024, 1, 1)
Work = Callable[[Desk], Awaitable[Any]]


@dataclass(frozen=True)
class DatedOffice(Office):
    """An office whose legal day is ``days[0]``."""

    days: list[date] = field(default_factory=lambda: [START])

    def today(self) -> date:
        return self.days[0]


class Sequence:
    """One sequence in its transaction; ``tried`` is the problem's code, None when the command was done."""

    def __init__(self, rig: Rig, session: AsyncSession) -> None:
        self.rig, self.session = rig, session
        self.result: Any = None

    async def tried(self, work: Work) -> str | None:
        rig = self.rig
        desk = Desk(
            self.session, rig.office, rig.rules, "demo.population-office", Changes(self.session, rig.office), rig.cases
        )
        try:
            async with self.session.begin_nested():
                self.result = await work(desk)
                await desk.changes.publish()
        except Problem as problem:
            return problem.code
        except NotYetInForce:
            return "rule-not-in-force"
        except IntegrityError:
            return "conflict"
        return None

    async def done(self, work: Work) -> Any:
        refused = await self.tried(work)
        assert refused is None, refused
        return self.result

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        found = await (await self.session.connection()).execute(text(query))
        return [tuple(row) for row in found] if found.returns_rows else []


class Rig:
    """``play(town, commands)``: what ``town`` sets up once is where every sequence begins."""

    def __init__(self, settings: IdentitySettings) -> None:
        contracts = loader.load()
        keyring = Keyring.load(settings.keyring)
        sealing.use(keyring)
        self.office = DatedOffice.of(contracts, keyring, settings.instance, settings.time_zone)
        self.rules = Rules(contracts, self.office.authority)
        self.cases = Cases(self.office.records, "identity.case.v1", KINDS)
        self.runner = asyncio.Runner()
        self.engine = db.create_engine(settings.database, pool_size=1)
        self.sessions = db.session_factory(self.engine)

    def today(self, day: date) -> None:
        self.office.days[0] = day

    def setup(self, work: Callable[[Sequence], Awaitable[Any]]) -> Any:
        """Run ``work`` and keep what it did."""

        async def run() -> Any:
            async with self.sessions() as session, session.begin():
                return await work(Sequence(self, session))

        return self.runner.run(run())

    def play(self, work: Callable[[Sequence], Awaitable[None]]) -> None:
        """Run ``work`` from the beginning and undo it."""

        async def run() -> None:
            async with self.sessions() as session, session.begin() as transaction:
                try:
                    await work(Sequence(self, session))
                finally:
                    await transaction.rollback()

        self.today(START)
        self.runner.run(run())

    def close(self) -> None:
        self.runner.run(self.engine.dispose())
        self.runner.close()


@contextmanager
def rig(settings: IdentitySettings) -> Iterator[Rig]:
    made = Rig(settings)
    try:
        yield made
    finally:
        made.close()


async def admit(sequence: Sequence, name: str, sex: str, born: date, number: int) -> str:
    """Somebody registered elsewhere: the identity pseudonym. ``number`` tells apart people of one day and sex."""
    from identity.service import admissions, dossiers

    body = f"330106{born:%Y%m%d}{number * 2 + (sex == '1'):03d}"
    command = api.AdmissionCommand(
        name=name,
        sex=sex,  # type: ignore[arg-type]  # a code of the contract
        birth_date=born,
        ethnic_group="01",
        scheme="cn-id",
        number=body + ric.calc_check_digit(body + "0"),
        standing="elsewhere",
    )

    async def work(desk: Desk) -> str:
        return await dossiers.name(desk, (await admissions.admit(desk, command)).id)

    return await sequence.done(work)
