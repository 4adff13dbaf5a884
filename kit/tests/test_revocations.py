"""Revocations: known to the end before anybody looks, effective at once, and in silence nobody looks."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from onewindow_kit import revocations, topics, wire
from onewindow_kit.callers import Principal
from onewindow_kit.clock import now, stamp
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.problems import RevocationsUnknown, TokenRevoked
from onewindow_kit.records import new_urn
from onewindow_kit.revocations import HEARTBEAT, TOPICS, Revocations
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, kafka_address, topic_prefix

REVOCATION, LOCK = TOPICS
OFFICE = "demo.supervision-office"
RETENTION = {"cleanup": "compact", "max_compaction_lag": "PT24H", "delete_retention": "P7D"}
FILES: list[dict[str, Any]] = [
    {
        "topic": topic,
        "kind": "record",
        "department": "oversight",
        "record_type": topic.split(".")[1],
        "authorities": ["supervision-office"],
        "producers": ["oversight"],
        "consumers": ["gateway"],
        "partitions": 1,
        "retention": RETENTION,
    }
    for topic in TOPICS
] + [{"topic": HEARTBEAT, "kind": "heartbeat", "department": "oversight", "consumers": ["gateway"]}]
AUTHORITIES = [{"id": OFFICE, "sector": "oversight", "host": "oversight"}]
CLERK = Principal(
    *("agency", "demo.title-registry", "housing", "demo.title-registry", "token-1", 2_000_000_000),
    authority="demo.title-registry",
    actor="officer-7",
    thumbprint="key-1",
)


class Supervision:
    """The office, as far as those who follow it see it."""

    def __init__(self, producer: AIOKafkaProducer, prefix: str, sealer: Sealer) -> None:
        self._producer, self.prefix, self.sealer = producer, prefix, sealer
        self.ends: dict[str, int] = {}

    async def order(
        self, topic: str, body: dict[str, Any], urn: str | None = None, version: int = 1, change: str = "created"
    ) -> str:
        urn, at = urn or new_urn(OFFICE, topic.split(".")[1]), now()
        stated = {"urn": urn, "version": version, "change": change, "authority": OFFICE, "recorded_at": stamp(at)}
        key_id, value = self.sealer.seal(topic, urn, version, json.dumps(stated | {"body": body}).encode())
        head = wire.headers("demo", topic, urn, version, change, OFFICE, key_id, "urn:uuid:x", at)
        await self.send(topic, urn, value, head)
        return urn

    async def send(self, topic: str, urn: str, value: bytes, head: Any) -> None:
        placed = await self._producer.send_and_wait(self.prefix + topic, value, key=urn.encode(), headers=head)
        self.ends[topic] = placed.offset + 1

    async def revoke(self, kind: str, value: str, organisation: str | None = None, until: str | None = None) -> str:
        body = {"kind": kind, "value": value, "organisation": organisation, "reason": "x", "since": "", "until": until}
        return await self.order(REVOCATION, body)

    async def beat(self, at: datetime | None = None, **ahead: int) -> None:
        """What the relay says each second; ``ahead`` claims more than was sent."""
        offsets = {topic: {"0": end + ahead.get("by", 0)} for topic, end in self.ends.items()}
        said = {"department": "oversight", "at": stamp(at or now()), "offsets": offsets}
        await self._producer.send_and_wait(self.prefix + HEARTBEAT, json.dumps(said).encode(), key=b"oversight")


@pytest.fixture
async def office(tmp_path) -> AsyncIterator[Supervision]:
    prefix = topic_prefix()
    await topics.ensure(kafka_address(), FILES, prefix=prefix)
    paths = provision(tmp_path, FILES, AUTHORITIES, ["gateway", "oversight"])
    async with AIOKafkaProducer(bootstrap_servers=kafka_address()) as producer:
        supervision = Supervision(producer, prefix, Sealer(Keyring.load(paths["oversight"])))
        supervision.follower = Keyring.load(paths["gateway"])  # type: ignore[attr-defined]  # for those who follow
        yield supervision


def following(office: Any, patience: float = 5.0) -> Revocations:
    return Revocations(kafka_address(), office.follower, instance="demo", prefix=office.prefix, patience=patience)


def refused(known: Revocations, caller: Principal = CLERK) -> bool:
    try:
        known.check(caller)
    except TokenRevoked:
        return True
    return False


NAMED = {
    ("client", "demo.title-registry"): {"client_id": "demo.title-registry"},
    ("officer", "officer-7", "demo.title-registry"): {"authority": "demo.title-registry", "actor": "officer-7"},
    ("token", "token-1"): {"token_id": "token-1"},
    ("key", "key-1"): {"thumbprint": "key-1"},
}


async def test_what_was_revoked_before_the_start_is_known_at_the_start(office):
    nobody = Principal("agency", "x", "x", "demo.x", "token-0", 2_000_000_000, authority="demo.x", actor="officer-7")
    for named in NAMED:
        await office.revoke(*named)
    await office.beat()
    async with following(office) as known:
        assert known.known()
        for named, says in NAMED.items():
            assert refused(known, replace(nobody, **says)), named
        assert not refused(known, nobody), "an officer of the same id in another office is somebody else"


async def test_a_revocation_is_effective_as_soon_as_it_is_read_and_ends_when_it_is_lifted(office):
    await office.beat()
    async with following(office) as known:
        assert not refused(known)
        urn = await office.revoke("key", "key-1")
        await eventually(lambda: refused(known), within=5)
        await office.order(REVOCATION, {"kind": "key", "value": "key-1", "until": None}, urn, 2, "ended")
        await office.beat()
        await eventually(lambda: not refused(known), within=5)
        # Compaction or a relay that was killed may bring the first version again: it revokes nothing any more.
        await office.order(REVOCATION, {"kind": "key", "value": "key-1", "until": None}, urn, 1, "created")
        await office.revoke("token", "another")
        await office.beat()
        await eventually(lambda: refused(known, CLERK_OF_ANOTHER_TOKEN), within=5)
        assert not refused(known)


CLERK_OF_ANOTHER_TOKEN = Principal("service", "housing", "housing", "housing", "another", 2_000_000_000)


async def test_in_silence_nobody_looks(office, monkeypatch):
    monkeypatch.setattr(revocations, "SILENCE", 0.6)
    async with following(office, patience=0.3) as known:
        with pytest.raises(RevocationsUnknown):
            known.check(CLERK)  # never a heartbeat: nothing is known
        await office.beat()
        await eventually(known.known, within=5)
        known.check(CLERK)
        await eventually(lambda: not known.known(), within=5)
        with pytest.raises(RevocationsUnknown) as silence:
            known.check(CLERK)
        assert (silence.value.status, silence.value.headers["Retry-After"]) == (503, "1")
        await office.beat()
        await eventually(known.known, within=5)


async def test_a_heartbeat_vouches_only_for_what_was_read_and_only_while_it_is_young(office):
    await office.revoke("key", "key-9")
    await office.beat(by=1)  # says that something was ordered which nobody has seen
    await office.beat(at=now() - timedelta(seconds=60))  # of a clock, or a log, of long ago
    async with following(office, patience=0.5) as known:
        assert not known.known()
        await office.beat()
        await eventually(known.known, within=5)


async def test_an_order_that_nobody_understands_lets_nobody_look(office):
    urn = await office.order(REVOCATION, {"kind": "department", "value": "x", "until": None})
    await office.beat()
    async with following(office, patience=0.5) as known:
        assert not known.known()
        await office.order(REVOCATION, {"kind": "department", "value": "x", "until": None}, urn, 2, "ended")
        await office.beat()
        await eventually(known.known, within=5)
        await office.order(REVOCATION, {"kind": "planet", "value": "x", "until": None})
        await eventually(lambda: not known.known(), within=5)


async def test_what_the_office_did_not_seal_is_no_order(office):
    stranger, urn = Sealer(Keyring.load(_stranger(office))), new_urn(OFFICE, "revocation")
    body = {"kind": "client", "value": "demo.title-registry", "until": None}
    stated = {
        "urn": urn,
        "version": 1,
        "change": "created",
        "authority": OFFICE,
        "recorded_at": stamp(now()),
        "body": body,
    }
    key_id, value = stranger.seal(REVOCATION, urn, 1, json.dumps(stated).encode())
    await office.send(
        REVOCATION, urn, value, wire.headers("demo", REVOCATION, urn, 1, "created", OFFICE, key_id, "x", now())
    )
    await office.beat()
    async with following(office) as known:
        assert known.known()
        assert not refused(known)


def _stranger(office: Any) -> Any:
    path = office.follower._path.parent / "stranger"
    return provision(path, FILES, AUTHORITIES, ["oversight"])["oversight"]


async def test_locks_and_their_ends_are_told(office):
    lock = {
        "organisation": "demo.x",
        "officer": "o-1",
        "cause": "budget",
        "reason": None,
        "since": "",
        "alarm": "a" * 22,
    }
    urn = await office.order(LOCK, lock)
    await office.order(LOCK, lock | {"officer": None, "cause": "supervisor"})
    await office.beat()
    async with following(office) as known:
        assert (found := known.locked("demo.x", "o-1")) is not None
        assert (found.cause, found.alarm) == ("budget", "a" * 22)
        assert known.locked("demo.x", None) is not None
        assert known.locked("demo.x", "o-2") is None
        assert known.lifted("demo.x", "o-1") is None
        before = int(time.time() * 1000)
        await office.order(LOCK, lock, urn, 2, "ended")
        await eventually(lambda: known.locked("demo.x", "o-1") is None, within=5)
        assert (known.lifted("demo.x", "o-1") or 0) >= before


async def test_a_revocation_of_a_token_is_forgotten_with_the_token(office):
    past = stamp(datetime.now(UTC) - timedelta(minutes=1))
    await office.revoke("token", "token-1", until=past)
    await office.beat()
    async with following(office) as known:
        assert not refused(known)


async def test_planted_a_follower_that_guesses_would_let_a_revoked_credential_in(office, monkeypatch):
    """The guard is that silence is no permission: planted, a follower that takes silence for it lets the clerk in."""
    await office.revoke("key", "key-1")
    async with following(office, patience=0.2) as known:
        with pytest.raises(RevocationsUnknown):
            known.check(CLERK)
        monkeypatch.setattr(Revocations, "known", lambda _: True)
        known.check(CLERK)
