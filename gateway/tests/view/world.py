"""A small instance for tests of the view: real Kafka, a projector in its own process, a department that publishes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
from aiokafka import AIOKafkaProducer
from gateway.settings import GatewaySettings
from gateway.view import View
from gateway.view import store as stores
from onewindow_contracts import loader
from onewindow_contracts.loader import HOME
from onewindow_kit import topics, wire
from onewindow_kit.clock import now, stamp
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.records import new_urn
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, free_port, kafka_address, topic_prefix

from .library import OFFICE

LINK, LINK_OFFICE = "identity.link.v1", "demo.population-office"
SERVICES = ("identity", "housing", "transport", "oversight", "library", "gateway")


@dataclass(frozen=True)
class Person:
    """A person's pseudonym in each sector, and the URN of the link record."""

    pseudonyms: dict[str, str]
    link: str

    def __getitem__(self, sector: str) -> str:
        return self.pseudonyms[sector]


@dataclass
class World:
    """``sent`` counts per (topic, partition) what a heartbeat says."""

    folder: Path
    contracts: list[Path]
    prefix: str
    producer: AIOKafkaProducer
    sent: dict[tuple[str, int], int] = field(default_factory=dict)
    sealers: dict[str, Sealer] = field(default_factory=dict)
    ops_port: int = field(default_factory=free_port)

    @property
    def settings(self) -> GatewaySettings:
        return GatewaySettings(
            contracts=self.contracts,
            keyring=self.keys / "gateway.json",
            kafka=kafka_address(),
            topic_prefix=self.prefix,
            view=self.folder / "view",
            ops_port=self.ops_port,
        )

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def keyring(self) -> Keyring:
        return Keyring.load(self.keys / "gateway.json")

    async def prepare(self) -> None:
        """Keys and topics for what the contracts say now; harmless to repeat."""
        self.sealers.clear()
        contracts = loader.load(self.contracts)
        provision(self.keys, contracts.topics.values(), contracts.authorities.values(), SERVICES)
        await topics.ensure(kafka_address(), contracts.topics.values(), prefix=self.prefix)

    def person(self) -> Person:
        sectors = ("identity", "housing", "transport", "oversight", "library", "gateway")
        return Person({s: str(Pseudonym.new(s)) for s in sectors}, new_urn(LINK_OFFICE, "link"))

    async def born(self) -> Person:
        person = self.person()
        await self.link(person)
        return person

    async def link(self, person: Person, version: int = 1, *, aliases: Iterable[str] = (), gone: bool = False) -> None:
        """Publish a link record; ``aliases`` are another record's pseudonyms, ``gone``: merged into another one."""
        listed = [(p, not gone) for p in person.pseudonyms.values()] + [(p, False) for p in aliases]
        body = {
            "pseudonyms": [{"sector": p.split(".")[0], "pseudonym": p, "current": current} for p, current in listed]
        }
        await self.publish(
            LINK,
            person.link,
            version,
            [subject(person["gateway"], "person")],
            body,
            authority=LINK_OFFICE,
            change="created" if version == 1 else "merged",
        )

    async def publish(
        self,
        topic: str,
        urn: str,
        version: int,
        subjects: list[dict[str, Any]],
        body: dict[str, Any],
        *,
        wait: bool = True,
        partition: int | None = None,
        **changed: Any,
    ) -> Any:
        """Send one event as a relay would; ``changed`` replaces parts of the envelope."""
        envelope = envelope_of(topic, urn, version, subjects, body, **changed)
        return await self.send(
            topic, urn, version, orjson.dumps(envelope), envelope["change"], envelope["authority"], wait, partition
        )

    async def send(
        self,
        topic: str,
        urn: str,
        version: int,
        data: bytes,
        change: str,
        authority: str = OFFICE,
        wait: bool = True,
        partition: int | None = None,
    ) -> Any:
        department = topic.split(".")[0]
        if department not in self.sealers:
            self.sealers[department] = Sealer(Keyring.load(self.keys / f"{department}.json"))
        key_id, value = self.sealers[department].seal(topic, urn, version, data)
        headers = wire.headers("demo", topic, urn, version, change, authority, key_id, "c-1", datetime.now(UTC))
        if change == "erased":
            headers, value = [*headers, (wire.ERASURE, value)], None
        return await self.raw(topic, urn.encode(), value, headers, wait, partition)

    async def raw(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: list[tuple[str, bytes]],
        wait: bool = True,
        partition: int | None = None,
    ) -> Any:
        sending = await self.producer.send(self.prefix + topic, value, key=key, headers=headers, partition=partition)

        def count(done: asyncio.Future[Any]) -> None:
            if not done.cancelled() and done.exception() is None:
                place = (topic, done.result().partition)
                self.sent[place] = max(self.sent.get(place, 0), done.result().offset + 1)

        sending.add_done_callback(count)
        return await sending if wait else sending

    async def beat(self, department: str, at: str | None = None, **ahead: int) -> str:
        """Send a heartbeat with the offsets sent so far; ``ahead`` adds to a topic's (named by its record type)."""
        offsets: dict[str, dict[str, int]] = {}
        for (topic, partition), following in self.sent.items():
            if topic.startswith(f"{department}."):
                more = ahead.get(topic.split(".")[1], 0)
                offsets.setdefault(topic, {})[str(partition)] = following + more
        at = at or stamp(now())
        value = orjson.dumps({"department": department, "at": at, "offsets": offsets})
        await self.producer.send_and_wait(f"{self.prefix}{department}.heartbeat.v1", value, key=department.encode())
        return at

    async def loan(self, person: Person, urn: str | None = None, version: int = 1, **body: Any) -> str:
        urn = urn or new_urn(OFFICE, "loan")
        await self.publish(
            "library.loan.v1", urn, version, [subject(person["library"], "borrower")], {"book": "红楼梦"} | body
        )
        return urn

    @asynccontextmanager
    async def projector(self, *flags: str) -> AsyncIterator[Projector]:
        running = await self.start(*flags)
        try:
            yield running
        finally:
            await running.stop()

    async def start(self, *flags: str) -> Projector:
        """A projector in a process of its own; returns once it is ready (or ended, with ``--once``)."""
        log = (self.folder / "projector.log").open("ab")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "gateway", "projector", *flags, env=self.environment(), stdout=log, stderr=log
        )
        log.close()
        projector = Projector(process, self.ops_port)
        if "--once" not in flags:
            await eventually(projector.answers, within=20)
        return projector

    def environment(self) -> dict[str, str]:
        mine = {
            "CONTRACTS": os.pathsep.join(map(str, self.contracts)),
            "KEYRING": str(self.keys / "gateway.json"),
            "KAFKA": kafka_address(),
            "TOPIC_PREFIX": self.prefix,
            "VIEW": str(self.folder / "view"),
            "OPS_PORT": str(self.ops_port),
        }
        return os.environ | {f"ONEWINDOW_{name}": value for name, value in mine.items()}

    @asynccontextmanager
    async def view(self) -> AsyncIterator[View]:
        await eventually(lambda: stores.current(self.settings.view), within=20)
        async with View(self.settings, self.keyring, loader.load(self.contracts)) as view:
            yield view


@dataclass
class Projector:
    process: asyncio.subprocess.Process
    ops_port: int

    async def answers(self) -> bool:
        if self.process.returncode is not None:
            raise AssertionError(f"the projector ended with {self.process.returncode}")
        try:
            async with httpx.AsyncClient(trust_env=False) as client:
                return (await client.get(f"http://127.0.0.1:{self.ops_port}/readyz")).status_code == 200
        except httpx.TransportError:
            return False

    async def metric(self, line: str) -> float | None:
        """The value of an exposed metric, by its name and labels as printed."""
        async with httpx.AsyncClient(trust_env=False) as client:
            text = (await client.get(f"http://127.0.0.1:{self.ops_port}/metrics")).text
        return next((float(each.rsplit(" ", 1)[1]) for each in text.splitlines() if each.startswith(line + " ")), None)

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self.process.wait(), 15)


def subject(pseudonym: str, role: str, **more: Any) -> dict[str, Any]:
    return {"pseudonym": pseudonym, "role": role, "from": "2026-01-01", "until": None, "part": None} | more


def envelope_of(
    topic: str, urn: str, version: int, subjects: list[dict[str, Any]], body: dict[str, Any], **changed: Any
) -> dict[str, Any]:
    return {
        "urn": urn,
        "version": version,
        "change": "created" if version == 1 else "varied",
        "authority": OFFICE,
        "effective_on": "2026-01-01",
        "recorded_at": stamp(now()),
        "legal_basis": "Library Statute, article 1",
        "contract": topic,
        "subjects": subjects,
        "body": body,
    } | changed


@asynccontextmanager
async def world(folder: Path, *contracts: Path) -> AsyncIterator[World]:
    async with AIOKafkaProducer(bootstrap_servers=kafka_address(), acks="all", linger_ms=1) as producer:
        made = World(folder, [HOME, *contracts], topic_prefix(), producer)
        await made.prepare()
        yield made


def section_of(window: dict[str, Any], name: str) -> dict[str, Any]:
    return next(section for section in window["sections"] if section["section"] == name)


def window_of(view: View, person: Person) -> dict[str, Any]:
    """The person's window as the hot path joins it."""
    window = view.window(person["gateway"])
    sections = [head + tail for head, tail in zip(window.heads, view.tails(window), strict=True)]
    return orjson.loads(b'{"sections":[%b]}' % b",".join(sections))
