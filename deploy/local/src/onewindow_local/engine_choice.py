"""Embedded engines or the user's own: what --kafka and --database said, remembered for the next start."""

import asyncio
import contextlib
import json
import os
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from onewindow_kit.broker import connection

from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance

EMBEDDED = "embedded"


@dataclass(frozen=True)
class EngineChoice:
    """`kafka` is HOST:PORT[,HOST:PORT…], `database` a superuser's postgresql:// address; None means embedded."""

    kafka: str | None = None
    database: str | None = None


def decide(instance: Instance, kafka: str | None, database: str | None) -> EngineChoice:
    """What was asked for now, else what this instance used before. The word `embedded` goes back to embedded."""
    file = instance.folder / "engines.json"
    before = EngineChoice(**json.loads(file.read_text())) if file.exists() else EngineChoice()
    choice = EngineChoice(_pick(kafka, before.kafka), _pick(database, before.database))
    if choice.kafka is not None:
        _check_kafka(choice.kafka)
    if choice.database is not None:
        choice = EngineChoice(choice.kafka, _check_database(choice.database))
    return choice


def remember(instance: Instance, choice: EngineChoice) -> None:
    """Keep `choice` beside the data (0600: the address may hold a password)."""
    handle = os.open(instance.folder / "engines.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(choice), file)


def servers(kafka: str) -> str:
    """HOST:PORT[,HOST:PORT…] of an address, without what it may hold of credentials."""
    return connection(kafka)["bootstrap_servers"]


async def reach_kafka(kafka: str) -> None:
    """LocalError when none of its servers takes a connection: better told now than after a minute."""
    addresses = servers(kafka)
    for address in addresses.split(","):
        host, _, port = address.rpartition(":")
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(5):
                _, writer = await asyncio.open_connection(host, int(port))
                writer.close()
                return
    raise LocalError(
        f"Kafka at {addresses} takes no connection.",
        "Check the address given with --kafka, or use --kafka embedded for one of our own.",
    )


def _pick(asked: str | None, before: str | None) -> str | None:
    if asked == EMBEDDED:
        return None
    return asked or before


def _check_kafka(address: str) -> None:
    try:
        parts = [part.rpartition(":") for part in servers(address).split(",")]
    except ValueError:
        parts = []
    if not parts or not all(host and colon and port.isdigit() for host, colon, port in parts):
        # The address may hold a password: it is not repeated.
        raise LocalError(
            "--kafka is neither HOST:PORT nor scram-sha-256[+tls]://USER:PASSWORD@HOST:PORT.",
            "For example --kafka 127.0.0.1:9092, or --kafka embedded.",
        )


def _check_database(address: str) -> str:
    address = address.replace("postgresql+asyncpg://", "postgresql://").replace("postgres://", "postgresql://")
    parts = urlsplit(address)
    if parts.scheme != "postgresql" or not parts.hostname:
        raise LocalError(
            "--database is not a PostgreSQL address.",
            "For example --database postgresql://postgres:secret@127.0.0.1:5432/postgres, or --database embedded.",
        )
    return address
