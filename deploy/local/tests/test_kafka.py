"""Embedded Kafka: the log survives a kill, and jars are what the repository pins or are not used."""

import os
import shutil
import signal
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
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


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository on this machine with all pinned jars, and an empty cache: what is fetched comes from there."""
    good = {jar.name: jar for jar in jars.class_path()}
    folder = tmp_path / "mirror"
    for path in jars.pinned():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(good[Path(path).name], folder / path)
    handler = partial(QuietHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        monkeypatch.setenv("ONEWINDOW_MAVEN", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("ONEWINDOW_CACHE", str(tmp_path / "cache"))
        yield folder
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


def test_jars_are_fetched_once_and_a_damaged_one_again(mirror: Path) -> None:
    seen: list[str] = []
    found = jars.class_path(lambda what, done, size: seen.append(what))
    assert len(seen) == len(found) == len(jars.pinned())
    found[3].write_bytes(found[3].read_bytes() + b"\0")
    seen.clear()
    assert jars.class_path(lambda what, done, size: seen.append(what)) == found
    assert len(seen) == 1


def test_a_download_that_is_not_the_pinned_file_is_thrown_away(mirror: Path, tmp_path: Path) -> None:
    swapped = next(mirror.rglob("jose4j-*.jar"))
    swapped.write_bytes(b"not the file")
    with pytest.raises(DownloadRefused) as caught:
        jars.class_path()
    assert swapped.name in caught.value.message
    assert not list((tmp_path / "cache").rglob("*.jar"))


def test_a_refused_download_says_what_to_do(mirror: Path) -> None:
    next(mirror.rglob("jose4j-*.jar")).unlink()
    with pytest.raises(DownloadRefused) as caught:
        jars.class_path()
    assert "404" in caught.value.message
    assert "--kafka" in caught.value.remedy


def test_no_network_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_CACHE", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_MAVEN", f"http://127.0.0.1:{ports.ephemeral()[0]}")
    with pytest.raises(DownloadRefused) as caught:
        jars.class_path()
    assert "--kafka" in caught.value.remedy
