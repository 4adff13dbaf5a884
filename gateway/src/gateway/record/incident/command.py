"""``python -m gateway incident …``: the report's bytes, and introductions of the citizens in one, for who holds the keys.

Whoever signs, confirms and sends is somebody else: this process opens the record and the view, and writes files.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
import orjson
from onewindow_contracts import loader
from onewindow_contracts.loader import Contracts
from onewindow_kit import clock
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Unavailable
from onewindow_kit.pseudonyms import IdentityClient

from gateway.record.incident import words
from gateway.record.incident.finding import CredentialUnknown, find
from gateway.record.incident.memory import uncollected
from gateway.record.incident.report import report, written
from gateway.record.sealing import RecordSealer
from gateway.settings import GatewaySettings
from gateway.view import View

UNKNOWN: Final = 4
RECEIVER: Final = "oversight"
BATCH: Final = 200
AT_ONCE: Final = 10


def run_incident(settings: GatewaySettings, arguments: Namespace) -> int:
    """One step; the process's exit code."""
    match arguments.step:
        case "find":
            return run_find(settings, arguments.credential, arguments.since, arguments.until, arguments.out)
        case _:
            return run_introduce(settings, arguments.report, arguments.skip)


def run_find(settings: GatewaySettings, credential: str, since: datetime, until: datetime, out: Path) -> int:
    """Writes ``out`` (0600), and the draft for the public beside it (``.md``); 0, or 4 when nobody used the credential, 1 when
    record or view can't be read."""
    try:
        with uncollected():
            content = asyncio.run(_find(settings, credential, since, until))
            raw, draft = written(content), words.statement(content, _titles(settings))
    except CredentialUnknown:
        sys.stderr.write("No entry of the record was made with this credential.\n")
        return UNKNOWN
    except (OSError, asyncpg.PostgresError, Unavailable) as error:
        sys.stderr.write(f"The record can't be read: {type(error).__name__}.\n")
        return 1
    out.touch(mode=0o600)
    out.write_bytes(raw)
    out.with_suffix(".md").write_text(draft)
    return 0


async def _find(settings: GatewaySettings, credential: str, since: datetime, until: datetime) -> dict[str, Any]:
    contracts = loader.load(settings.contracts or None)
    keyring = Keyring.load(settings.keyring)
    if settings.record is None:
        raise Unavailable("No record is set.")
    connection = await asyncpg.connect(settings.record.replace("postgresql+asyncpg://", "postgresql://"))
    try:
        async with View(settings, keyring, contracts) as view:
            assert view.store  # Unavailable rather than people counted twice under their departments' names
            found = await find(
                connection,
                RecordSealer(keyring),
                credential,
                since,
                until,
                today=clock.today(settings.time_zone),
                person=view.current,
            )
    finally:
        await connection.close()
    identity = f"incident-{secrets.token_hex(8)}"
    return report(
        found,
        identity=identity,
        instance=settings.instance,
        credential=credential,
        since=since,
        until=until,
        made_at=datetime.now(UTC),
        whole=lambda record_type: _properties(contracts, record_type),
    )


def _properties(contracts: Contracts, record_type: str) -> Iterable[str]:
    topic = f"{record_type}.v1"
    if topic not in contracts.topics:
        return ("*",)
    return contracts.body_schema(topic).get("properties", {}) or ("*",)


def run_introduce(settings: GatewaySettings, path: Path, skip: int) -> int:
    """A JSON line for each batch of citizens to be told, after the first ``skip``: number, text, introductions.

    Batches are the same at each run. Citizens whom identity knows no more are counted in ``unknown``.
    """
    return asyncio.run(_introduce(settings, orjson.loads(path.read_bytes()), skip))


async def _introduce(settings: GatewaySettings, content: dict[str, Any], skip: int) -> int:
    title, issuer = _titles(settings), settings.issuer_url or settings.issuer
    async with IdentityClient(settings.identity_url, issuer=issuer, keyring=Keyring.load(settings.keyring)) as identity:
        for number, (fields, people) in enumerate(batches(content)):
            if number < skip:
                continue
            found = await _introductions(identity, people)
            line = {
                "number": number,
                "text": words.notice(content, content["fields"][fields], title),
                "addressees": [each for each in found if each is not None],
                "unknown": found.count(None),
            }
            sys.stdout.write(orjson.dumps(line).decode() + "\n")
            sys.stdout.flush()
    return 0


def batches(content: dict[str, Any]) -> list[tuple[int, list[str]]]:
    """Number of the set of fields, and at most 200 citizens who are told of just these; nobody of an undisclosed look."""
    by_fields: dict[int, list[str]] = {}
    for citizen in words.disclosed(content):
        by_fields.setdefault(citizen["disclosed"], []).append(citizen["citizen"])
    return [
        (fields, people[start : start + BATCH])
        for fields, people in sorted(by_fields.items())
        for start in range(0, len(people), BATCH)
    ]


async def _introductions(identity: IdentityClient, people: list[str]) -> list[str | None]:
    from onewindow_kit.pseudonyms.client import PersonNotFound

    bound = asyncio.Semaphore(AT_ONCE)

    async def one(person: str) -> str | None:
        async with bound:
            try:
                return await identity.introduce(person, RECEIVER)
            except PersonNotFound:
                return None

    return list(await asyncio.gather(*(one(person) for person in people)))


def _titles(settings: GatewaySettings) -> words.Title:
    contracts = loader.load(settings.contracts or None)

    def title(record_type: str) -> dict[str, str]:
        topic = contracts.topics.get(f"{record_type}.v1")
        return dict(topic.title) if topic is not None and topic.title else {"zh": record_type, "en": record_type}

    return title
