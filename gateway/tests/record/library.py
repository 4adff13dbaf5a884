"""A record of one's own: a database, a topic, entries written as services write them, and recorder processes."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
from onewindow_contracts import loader
from onewindow_kit import topics
from onewindow_kit.access import AccessLog, Seen, Writer
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, fresh_database, kafka_address, topic_prefix

from ..conftest import Rig
from ..world import Person, World


@dataclass
class Log:
    """Where one record lives; ``log`` writes entries as the gateway does."""

    database: str
    prefix: str
    keys: Path
    log: AccessLog
    environment: dict[str, str] = field(default_factory=dict)

    def keyring(self, holder: str = "access") -> Keyring:
        return Keyring.load(self.keys / f"{holder}.json")

    async def look(self, *subjects: str | None, **said: Any) -> str:
        """An agency's look, kept; the id of its (first) entry."""
        return (await self.log.keep(seen(**said), subjects)).id

    async def connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(self.database.replace("+asyncpg", ""))

    async def begun(self) -> bool:
        """Whether a recorder has made its tables and signed the empty tree."""
        connection = await self.connect()
        try:
            if await connection.fetchval("select to_regclass('checkpoint')") is None:
                return False
            return await connection.fetchval("select exists (select from checkpoint)")
        finally:
            await connection.close()

    async def start(self, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
        """A recorder process; its log is read from ``stderr``."""
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gateway", "recorder", *arguments),
            env=os.environ | self.environment | environment,
            stderr=asyncio.subprocess.PIPE,
        )

    async def record(self, **environment: str) -> tuple[int, str]:
        """Let a recorder merge what is there; its exit code and what it said."""
        process = await self.start("--once", **environment)
        _, said = await process.communicate()
        assert process.returncode is not None
        return process.returncode, said.decode()


@dataclass
class Shown:
    """A record, the gateway that shows it, and the world whose people it is about."""

    log: Log
    rig: Rig
    world: World

    async def person(self) -> Person:
        """Somebody whom the link store knows by now."""
        person, token = await self.world.born()
        await self.rig.app.state.parts.view.wait([(token.partition("@")[0], 1)])
        return person

    async def get(self, person: Person, path: str, **query: Any) -> httpx.Response:
        return await self.rig.client.get(path, params=query, headers=self.rig.of(person["gateway"]))

    async def entries(self, person: Person, **query: Any) -> list[dict[str, Any]]:
        """What the person sees of others' looks, the newest first."""
        answer = await self.get(person, "/v1/me/access-entries", **query)
        assert answer.status_code == 200, answer.text
        return [each for each in answer.json()["items"] if each["kind"] != "own"]

    async def merged(self, person: Person, entry_id: str) -> None:
        """Wait until the record has the entry, and a checkpoint over it."""

        async def there() -> bool:
            connection = await self.log.connect()
            try:
                return await connection.fetchval(
                    "select exists (select from entry join checkpoint on size > index where id = $1)", entry_id
                )
            finally:
                await connection.close()

        await eventually(there, within=60)


@asynccontextmanager
async def reading_role(log: Log) -> AsyncIterator[str]:
    """The record's address for a role that may only select from what its owner makes."""
    role, password = f"reader_{secrets.token_hex(6)}", secrets.token_hex(12)
    connection = await log.connect()
    await connection.execute(f"create role {role} login password '{password}'")
    await connection.execute(f"alter default privileges in schema public grant select on tables to {role}")
    try:
        parts = urlsplit(log.database)
        yield parts._replace(netloc=f"{role}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()
    finally:
        await connection.execute(f"drop owned by {role}")
        await connection.execute(f"drop role {role}")
        await connection.close()


def seen(**said: Any) -> Seen:
    """What an agency saw, unless ``said`` otherwise."""
    look: dict[str, Any] = {
        "kind": "look",
        "outcome": "answered",
        "reason": "within-purpose",
        "operation": "gateway.readForPurpose",
        "organisation": "demo.title-registry",
        "client": "demo.title-registry",
        "actor": "clerk-17",
        "token": "token-1",
        "key": "thumbprint-1",
        "purpose": "title-registry.transfer",
        "legal_basis": "不动产登记暂行条例第16条、第24条",
        "case": "2026-0042",
        "records": {"identity.person": ["name", "standing"]},
    }
    return Seen(**(look | said))


@asynccontextmanager
async def opened(keys: Path) -> AsyncIterator[Log]:
    prefix = topic_prefix()
    own = [each for each in loader.load().topics.values() if each.department == "access"]
    await topics.ensure(kafka_address(), own, prefix=prefix)
    writer = Writer(kafka_address(), Sealer(Keyring.load(keys / "gateway.json")), prefix=prefix)
    async with fresh_database("record") as database, writer:
        environment = {
            "ONEWINDOW_KAFKA": kafka_address(),
            "ONEWINDOW_TOPIC_PREFIX": prefix,
            "ONEWINDOW_KEYRING": str(keys / "access.json"),
            "ONEWINDOW_RECORD": database,
            "ONEWINDOW_OPS_PORT": "0",
        }
        yield Log(database, prefix, keys, AccessLog("demo", writer), environment)
