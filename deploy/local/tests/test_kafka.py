"""Embedded Kafka: the log survives a kill, and jars are what the repository pins or are not used."""

import os
import shutil
import signal
import socket
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from onewindow_local.engines import jars, ports
from onewindow_local.engines.kafka import Kafka, serves
from onewindow_local.errors import DownloadRefused, PortTaken


def a_kafka(folder: Path) -> Kafka:
    return Kafka(folder, *ports.ephemeral(2))


async def send(kafka: Kafka, value: bytes) -> None:
    """In a transaction, as the relays do."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka.address, transactional_id="test")
    async with producer, producer.transaction():
        await producer.send_and_wait("kept", value)


async def read(kafka: Kafka, count: int) -> list[bytes]:
    consumer = AIOKafkaConsumer(
        "kept", bootstrap_servers=kafka.address, auto_offset_reset="earliest", isolation_level="read_committed"
    )
    async with consumer:
        return [(await consumer.getone()).value for _ in range(count)]


async def test_what_was_acknowledged_is_there_after_kill_9(tmp_path: Path) -> None:
    kafka = a_kafka(tmp_path / "kafka")
    await kafka.start()
    try:
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka.address)
        await admin.start()
        await admin.create_topics([NewTopic("kept", 1, 1)])
        await admin.close()
        await send(kafka, b"before")
        assert kafka.process is not None
        os.killpg(kafka.process.pid, signal.SIGKILL)
        kafka.process.wait()
        await kafka.stop()
        await kafka.start()
        await send(kafka, b"after")
        assert await read(kafka, 2) == [b"before", b"after"]
    finally:
        await kafka.stop()


async def test_it_comes_back_on_other_ports(tmp_path: Path) -> None:
    kafka = a_kafka(tmp_path / "kafka")
    await kafka.start()
    await kafka.stop()
    moved = a_kafka(tmp_path / "kafka")
    await moved.start()
    try:
        assert serves(moved.port)
    finally:
        await moved.stop()


async def test_a_stranger_on_the_port_is_named(tmp_path: Path) -> None:
    kafka = a_kafka(tmp_path / "kafka")
    with socket.create_server(("127.0.0.1", kafka.port)):
        assert not serves(kafka.port)
        with pytest.raises(PortTaken) as caught:
            await kafka.start()
    assert str(kafka.port) in caught.value.message


def test_a_jar_that_was_tampered_with_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = jars.class_path()[0].parent
    bad = tmp_path / good.name
    shutil.copytree(good, bad)
    victim = next(bad.glob("jose4j-*.jar"))
    victim.write_bytes(victim.read_bytes() + b"\0")
    monkeypatch.setenv("ONEWINDOW_CACHE", str(tmp_path))
    # No network: nobody listens there.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(DownloadRefused) as caught:
        jars.class_path()
    assert "--kafka" in caught.value.remedy


def test_a_download_that_is_not_the_pinned_file_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = {jar.name: jar for jar in jars.class_path()}
    swapped = tmp_path / "jose4j-0.9.6.jar"
    swapped.write_bytes(b"not the file")
    monkeypatch.setenv("ONEWINDOW_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(jars, "_resolve", lambda *_: [*(good | {swapped.name: swapped}).values()])
    with pytest.raises(DownloadRefused) as caught:
        jars.class_path()
    assert swapped.name in caught.value.message
    assert not list((tmp_path / "cache").glob("**/*.jar"))
