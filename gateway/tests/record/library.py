"""A record of one's own: a database, a topic, entries written as services write them, and recorder processes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
from onewindow_contracts import loader
from onewindow_kit import topics
from onewindow_kit.access import TOPIC, AccessLog, Seen, Writer
from onewindow_kit.keyring import Keyring
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import fresh_database, kafka_address, topic_prefix

HOLDERS = {"gateway", "identity", "housing", "transport", "access"}


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
    await topics.ensure(kafka_address(), [loader.load().topics[TOPIC]], prefix=prefix)
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
