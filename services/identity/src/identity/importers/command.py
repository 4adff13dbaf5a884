"""``python -m identity import FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from onewindow_contracts import loader
from onewindow_kit import db, sealing
from onewindow_kit.imports import Import, command
from onewindow_kit.keyring import Keyring
from onewindow_kit.waker import Waker
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from identity.events import Office
from identity.importers import organisations
from identity.importers.rows import RowReader, labels
from identity.service.importing import Importer
from identity.service.rules import Rules
from identity.settings import IdentitySettings


async def run(settings: IdentitySettings, file: Path, record_type: str | None = None) -> int:
    """Import ``file``; the exit code. ``record_type`` is ``person`` (or left out) or ``organisation``."""
    makes = {None: importing, "person": importing, "organisation": importing_organisations}
    if record_type not in makes:
        print(f"no import of type {record_type}: person (the default) or organisation", file=sys.stderr)
        return 2
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    async with db.opened(settings.database, pool_size=2) as sessions, Waker(settings.database) as waker:
        return await command(makes[record_type](settings, keyring, sessions, waker), file)


def importing(
    settings: IdentitySettings, keyring: Keyring, sessions: async_sessionmaker[AsyncSession], waker: Waker
) -> Import:
    """The kit's import of persons with their households."""
    contracts = loader.load(settings.contracts or None)
    office = Office.of(contracts, keyring, settings.instance, settings.time_zone)
    rules = Rules(contracts, office.authority)
    return Import(
        target="identity.person",
        labels=labels(contracts.openapi("identity")),
        parse=RowReader(rules, office.today()),
        store=Importer(office, rules).store,
        sessions=sessions,
        rejects_folder=settings.imports,
        wake=waker.wake,
    )


def importing_organisations(
    settings: IdentitySettings, keyring: Keyring, sessions: async_sessionmaker[AsyncSession], waker: Waker
) -> Import:
    """The kit's import of organisations with their legal representatives."""
    contracts = loader.load(settings.contracts or None)
    office = Office.of(contracts, keyring, settings.instance, settings.time_zone)
    rules = Rules(contracts, office.authority)
    return Import(
        target=organisations.TARGET,
        labels=organisations.labels(contracts.openapi("identity")),
        parse=organisations.reader(rules),
        store=organisations.Importer(office, rules).store,
        sessions=sessions,
        rejects_folder=settings.imports,
        wake=waker.wake,
    )
