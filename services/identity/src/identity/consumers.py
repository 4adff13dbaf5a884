"""What identity does when oversight tells it of a question or a dispute against an office of its own."""

from __future__ import annotations

import asyncio
from functools import partial

from onewindow_contracts import loader
from onewindow_kit import clock, db, sealing
from onewindow_kit.adverse import matters
from onewindow_kit.adverse.parts import machine
from onewindow_kit.cases import Cases
from onewindow_kit.consumer.hearing import hearing
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import Records
from onewindow_kit.waker import Waker
from onewindow_kit.wire import Event, Refused
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.service.kinds import KINDS
from identity.service.rules import Rules
from identity.settings import IdentitySettings

NAME = "identity"
MATTERS = "oversight.matter-identity.v1"
OFFICE = "population-office"


async def consume(settings: IdentitySettings, stop: asyncio.Event) -> None:
    """Take note of open questions and disputes until ``stop``."""
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    records = Records(keyring, settings.instance)
    acts = machine(
        NAME,
        contracts=contracts,
        records=records,
        keyring=keyring,
        cases=Cases(records, f"{NAME}.case.v1", KINDS),
        kinds=(),
        today=partial(clock.today, settings.time_zone),
        decide_by=Rules(contracts, f"{settings.instance}.{OFFICE}").compensation_due,
    ).acts

    async def handle(session: AsyncSession, event: Event) -> None:
        if event.topic != MATTERS:
            raise Refused("event-unexpected", event.topic)
        if event.envelope is not None:
            await matters.heard(acts, keyring, session, event.envelope)

    async with db.opened(settings.database, pool_size=2) as sessions, Waker(settings.database) as waker:
        consumer = hearing(
            NAME, settings, contracts, sessions=sessions, keyring=keyring, handle=handle, wake=waker.wake
        )
        await consumer.run(stop)
