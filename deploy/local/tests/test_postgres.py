"""Embedded PostgreSQL: its data survive a kill, it keeps out strangers, and deep folders are no obstacle."""

import os
import signal
import socket
from pathlib import Path

import asyncpg
import pytest
from onewindow_local.engines import children, ports
from onewindow_local.engines.postgres import Postgres, RootRefused, socket_path
from onewindow_local.errors import AlreadyInUse, PortTaken


def a_postgres(folder: Path) -> Postgres:
    return Postgres(folder, ports.ephemeral()[0], max_connections=20)


async def test_what_was_committed_is_there_after_kill_9(tmp_path: Path) -> None:
    server = a_postgres(tmp_path / "pg")
    await server.start()
    try:
        connection = await asyncpg.connect(server.url)
        await connection.execute("create table kept as select 42 as answer")
        assert server.process is not None
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
        await server.stop()
        await server.start()
        connection = await asyncpg.connect(server.url)
        assert await connection.fetchval("select answer from kept") == 42
        await connection.close()
    finally:
        await server.stop()


async def test_nobody_comes_in_without_the_password(tmp_path: Path) -> None:
    server = a_postgres(tmp_path / "pg")
    await server.start()
    try:
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(f"postgresql://postgres:wrong@127.0.0.1:{server.port}/postgres")
        assert (tmp_path / "pg" / "password").stat().st_mode & 0o077 == 0
    finally:
        await server.stop()


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    server = a_postgres(tmp_path / "pg")
    with socket.create_server(("127.0.0.1", server.port)), pytest.raises(PortTaken) as caught:
        await server.start()
    assert str(server.port) in caught.value.message
    assert "--port" in caught.value.remedy
    assert server.process is None


async def test_two_servers_never_share_a_folder(tmp_path: Path) -> None:
    first, second = a_postgres(tmp_path / "pg"), a_postgres(tmp_path / "pg")
    await first.start()
    try:
        second._lock.patience = 0.2
        with pytest.raises(AlreadyInUse) as caught:
            await second.start()
        assert first.process is not None
        assert str(first.process.pid) in caught.value.message
    finally:
        await first.stop()


async def test_a_deep_folder_gets_a_short_socket_which_goes_with_the_server(tmp_path: Path) -> None:
    server = a_postgres(tmp_path / ("d" * 60) / ("e" * 60))
    await server.start()
    try:
        where = socket_path(server.folder)
        assert len(str(where)) < 80
        assert where.stat().st_mode & 0o777 == 0o700
        assert any(where.iterdir())
    finally:
        await server.stop()
    assert not where.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs the user namespace")
async def test_root_without_user_namespaces_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel refuses a flag that it does not know as it refuses a forbidden one.
    monkeypatch.setattr(children, "CLONE_NEWUSER", 0x1)
    with pytest.raises(RootRefused) as caught:
        await a_postgres(tmp_path / "pg").start()
    assert "--database" in caught.value.remedy
