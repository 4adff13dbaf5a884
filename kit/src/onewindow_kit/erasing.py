"""``python -m <department> erase find|records|letters``: a department's part in erasing one person.

Pseudonyms come on stdin, one a line, so that they stand in no list of processes; each step writes one JSON object.
``find`` counts and changes nothing. ``records`` publishes and returns once the relay has. ``letters`` tombstones what the
department's consumer kept aside of this person; URNs of changed records may stand on stdin beside the pseudonyms.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit import db, sealing
from onewindow_kit.consumer.dead_letters import DeadLetters
from onewindow_kit.consumer.forgetting import about, naming
from onewindow_kit.erasure import Erasure, Found
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import Records
from onewindow_kit.sealing import Sealer
from onewindow_kit.settings import ServiceSettings

STEPS = ("find", "records", "letters")
NOT_PUBLISHED = 5
PATIENCE = 60.0  # seconds for the relay
Own = Callable[[AsyncSession, list[str]], Awaitable[None]]

log = structlog.get_logger(__name__)


async def run(name: str, settings: ServiceSettings, step: str, legal_basis: str, own: Own | None) -> int:
    """``own``: what the department does in its own tables once all its records are gone. NOT_PUBLISHED: run it again."""
    lines = [line.strip() for line in sys.stdin if line.strip()]
    keyring = Keyring.load(settings.keyring)
    sealing.use(keyring)
    if step == "letters":
        _say(await letters(name, settings, keyring, lines))
        return 0
    names = [line for line in lines if not line.startswith("urn:")]
    erasure = Erasure(Records(keyring, settings.instance), names)
    async with db.opened(settings.database, pool_size=1) as sessions:
        if step == "find":
            async with sessions() as session:
                _say(_told(await erasure.find(session)))
            return 0
        found, place = Found(), ""
        while place is not None:
            async with sessions() as session, session.begin():
                place = await erasure.carry_out(session, place, legal_basis, found)
        if own is not None:
            async with sessions() as session, session.begin():
                await own(session, names)
        _say(_told(found))
        log.info("person erased", alone=sum(found.alone.values()), shared=sum(found.shared.values()))
        deadline = time.monotonic() + PATIENCE
        while True:
            async with sessions() as session, session.begin():
                if not (waiting := await erasure.waiting(session, found.urns)):
                    await erasure.prune(session)
            if not waiting:
                return 0
            if time.monotonic() > deadline:
                return NOT_PUBLISHED
            await asyncio.sleep(0.1)


async def letters(name: str, settings: Any, keyring: Keyring, lines: list[str]) -> dict[str, int]:
    """Tombstone what ``name``'s consumer kept aside of whom ``lines`` name: as a subject, or by a record of theirs."""
    sealer = Sealer(keyring)
    by_record, by_content = about([line for line in lines if line.startswith("urn:")]), naming(sealer, lines)
    kept = DeadLetters(
        name, kafka=settings.kafka, instance=settings.instance, sealer=sealer, prefix=settings.topic_prefix
    )
    async with kept:
        gone = await kept.forget(lambda letter: by_record(letter) or by_content(letter))
    log.info("dead letters erased", letters=gone)
    return {"letters": gone}


def _told(found: Found) -> dict[str, Any]:
    return {"alone": found.alone, "shared": found.shared, "urns": found.urns}


def _say(what: dict[str, Any]) -> None:
    print(orjson.dumps(what).decode(), flush=True)
