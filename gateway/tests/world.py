"""Departments' events through real Kafka and a projector process of its own, as the gateway gets them."""

from __future__ import annotations

import asyncio
import os
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from aiokafka import AIOKafkaProducer
from gateway.view import store
from onewindow_contracts import loader
from onewindow_kit import clock, topics, wire
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.records import new_urn
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, free_port, kafka_address, topic_prefix

SECTORS = ("gateway", "identity", "housing", "transport", "social-aid")


class Person:
    """A citizen, or an organisation: a pseudonym in each sector and the link record that ties them."""

    def __init__(self, *, organisation: bool = False) -> None:
        self.pseudonyms = {sector: str(Pseudonym.new(sector, organisation=organisation)) for sector in SECTORS}

    def __getitem__(self, sector: str) -> str:
        return self.pseudonyms[sector]


class World:
    """Publishes records as the departments do; each returns the version token (``urn@version``) to wait for."""

    def __init__(self, producer: AIOKafkaProducer, prefix: str, keys: Path) -> None:
        self._producer, self._prefix, self._keys = producer, prefix, keys

    async def publish(
        self, authority: str, topic: str, subjects: list[dict[str, Any]], body: dict[str, Any], **over: Any
    ) -> str:
        record_type = topic.split(".")[1]
        moment = clock.now()
        envelope = {
            "urn": new_urn(f"demo.{authority}", record_type),
            "version": 1,
            "change": "created",
            "authority": f"demo.{authority}",
            "effective_on": "2026-03-01",
            "recorded_at": clock.stamp(moment),
            "legal_basis": "民法典第209条",
            "contract": topic,
            "subjects": subjects,
            "body": body,
        } | over
        urn, version = envelope["urn"], envelope["version"]
        sealer = Sealer(Keyring.load(self._keys / f"{topic.split('.')[0]}.json"))
        key_id, sealed = sealer.seal(topic, urn, version, orjson.dumps(envelope))
        heads = wire.headers(
            "demo", topic, urn, version, envelope["change"], envelope["authority"], key_id, str(uuid.uuid4()), moment
        )
        await self._producer.send_and_wait(self._prefix + topic, sealed, key=urn.encode(), headers=heads)
        return f"{urn}@{version}"

    async def born(self, person: Person | None = None, **decided: Any) -> tuple[Person, str]:
        """Publish a link record; ``decided`` is what a merge or split says in it (order, retired)."""
        person = person or Person()
        listed = [
            {"sector": sector, "pseudonym": pseudonym, "current": True}
            for sector, pseudonym in person.pseudonyms.items()
        ]
        body = {"pseudonyms": listed} | decided
        token = await self.publish(
            "population-office", "identity.link.v1", [_subject(person["gateway"], "person")], body
        )
        return person, token

    async def named(self, person: Person, name: str) -> str:
        body = {
            "name": name,
            "sex": "1",
            "birth_date": "1990-01-01",
            "ethnic_group": "01",
            "birth_division": "330102",
            "standing": "registered",
            "standing_since": "1990-01-01",
            "died_on": None,
        }
        subjects = [_subject(person["identity"], "person")]
        return await self.publish("population-office", "identity.person.v1", subjects, body)

    async def owns(self, person: Person, address: str, part: str | None = None, **over: Any) -> str:
        body = {
            "unit_code": "330102001002GB00001F00010001",
            "address": address,
            "area_m2": "89.50",
            "use": "10",
            "ownership": "sole",
            "certificate_number": "浙(2026)杭州市不动产权第0000001号",
            "entry": "first",
            "cause": "purchase",
            "registered_on": "2026-03-01",
            "price_fen": 300_000_000,
            "disposable": True,
        }
        subjects = [_subject(person["housing"], "owner", part)]
        return await self.publish("title-registry", "housing.title.v1", subjects, body, **over)


def _subject(pseudonym: str, role: str, part: str | None = None) -> dict[str, Any]:
    return {"pseudonym": pseudonym, "role": role, "from": "2026-03-01", "until": None, "part": part}


@asynccontextmanager
async def world(keys: Path, view: Path) -> AsyncIterator[World]:
    """Topics of one's own, a projector that fills ``view``, and departments that publish."""
    prefix = topic_prefix()
    await topics.ensure(kafka_address(), loader.load().topics.values(), prefix=prefix)
    environment = {
        "ONEWINDOW_KAFKA": kafka_address(),
        "ONEWINDOW_TOPIC_PREFIX": prefix,
        "ONEWINDOW_KEYRING": str(keys / "gateway.json"),
        "ONEWINDOW_VIEW": str(view),
        "ONEWINDOW_OPS_PORT": str(free_port()),
    }
    projector = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "projector"), env=os.environ | environment, stderr=asyncio.subprocess.DEVNULL
    )
    producer = AIOKafkaProducer(bootstrap_servers=kafka_address(), acks="all")
    await producer.start()
    try:
        await eventually(lambda: store.current(view) is not None, within=20)
        yield World(producer, prefix, keys)
    finally:
        await producer.stop()
        projector.terminate()
        await projector.wait()
