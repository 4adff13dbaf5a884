"""``python -m transport import FILE``: built without the HTTP side, which would cost an import more than its work."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from onewindow_contracts import loader
from onewindow_kit import clock, db, sealing
from onewindow_kit.adverse.parts import machine
from onewindow_kit.cases import Cases
from onewindow_kit.imports import FileRefused, command
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.records import Records
from onewindow_kit.waker import Waker

from transport.importers.choice import RECORD_TYPES, record_type_of
from transport.importers.licences import licences
from transport.importers.vehicles import vehicles
from transport.importers.violations import violations
from transport.service import adverse
from transport.service.contributions import ContributionsClient
from transport.service.desk import Desk
from transport.service.kinds import CASE, KINDS
from transport.service.rules import Rules
from transport.settings import Settings


async def run(settings: Settings, file: Path, record_type: str | None = None) -> int:
    """Import licences, vehicles or violations of an older system; the exit code."""
    try:
        chosen = record_type or record_type_of(file)
        if chosen not in RECORD_TYPES:
            raise FileRefused(f"transport imports {' and '.join(RECORD_TYPES)}, not {chosen}.")
    except FileRefused as error:
        print(error, file=sys.stderr)
        return 2
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    build = {"driving-licence": licences, "vehicle": vehicles, "violation": violations}[chosen]
    issuer = settings.issuer_url or settings.issuer
    async with (
        db.opened(settings.database, pool_size=2) as sessions,
        Waker(settings.database) as waker,
        IdentityClient(settings.identity_url, issuer=issuer, keyring=keyring) as identity,
        ContributionsClient(settings.housing_url, identity, issuer=issuer, keyring=keyring) as fund,
    ):
        records = Records(keyring, settings.instance)
        cases = Cases(records, CASE, KINDS)
        rules = Rules(contracts)
        working = machine(
            "transport",
            contracts=contracts,
            records=records,
            keyring=keyring,
            cases=cases,
            kinds=adverse.kinds(cases),
            today=partial(clock.today, settings.time_zone),
            decide_by=rules.compensation_due,
        )
        desk = Desk(records, settings.instance, rules, identity, settings.time_zone, cases, fund, working.acts)
        return await command(build(desk, contracts, identity, sessions, settings.imports, waker.wake), file)
