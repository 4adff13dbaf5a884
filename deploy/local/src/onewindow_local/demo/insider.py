"""Somebody with root on the machine that keeps the access record: its disk, its database, its signing key. For demos and tests."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onewindow_local.databases import RECORD, name_of
from onewindow_local.environment import addresses, instance_name
from onewindow_local.instance import Instance

WIDTH, HASH = 256, 32


class Insider:
    """What root can do to the record of an instance, past everything that the recorder would refuse."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        database = f"/{name_of(instance_name(), RECORD)}"
        self._address = urlsplit(addresses(instance).database)._replace(path=database).geturl()

    @asynccontextmanager
    async def _superuser(self) -> AsyncIterator[Any]:
        import asyncpg  # not needed by commands that only read

        connection = await asyncpg.connect(self._address, timeout=10)
        try:
            yield connection
        finally:
            await connection.close()

    async def leaves(self) -> list[bytes]:
        """All leaf hashes, as they lie in the database."""
        async with self._superuser() as connection:
            rows = await connection.fetch("select hashes from tile where level = 0 order by index")
        return [row["hashes"][at : at + HASH] for row in rows for at in range(0, len(row["hashes"]), HASH)]

    async def overwrite_leaf(self, index: int, digest: bytes) -> bytes:
        """Put another hash in a leaf's place; what stood there."""
        tile, at = index // WIDTH, index % WIDTH * HASH + 1
        async with self._superuser() as connection, connection.transaction():
            read = "select substring(hashes from $2 for 32) from tile where level = 0 and index = $1"
            before = await connection.fetchval(read, tile, at)
            write = "update tile set hashes = overlay(hashes placing $3 from $2) where level = 0 and index = $1"
            await connection.execute(write, tile, at, digest)
        return before

    async def edit_entry(self, entry: str, sealed: bytes) -> bytes:
        """Put other bytes in the place of what an entry says; what stood there."""
        async with self._superuser() as connection, connection.transaction():
            before = await connection.fetchval("select sealed from entry where id = $1", entry)
            await connection.execute("update entry set sealed = $2 where id = $1", entry, sealed)
        return before

    async def delete_entry(self, entry: str) -> list[Any]:
        """Take an entry's row away; its values."""
        async with self._superuser() as connection:
            return list(await connection.fetchrow("delete from entry where id = $1 returning *", entry))

    async def put_entry(self, values: list[Any]) -> None:
        """A deleted row back in its place."""
        places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        async with self._superuser() as connection:
            await connection.execute(f"insert into entry values ({places})", *values)

    async def cosigned(self) -> list[tuple[int, str]]:
        """Size and note of every checkpoint with entries that the witness has cosigned, the smallest first."""
        query = "select size, note || cosignatures as note from checkpoint where cosignatures <> '' and size > 0 order by size"
        async with self._superuser() as connection:
            return [(row["size"], row["note"]) for row in await connection.fetch(query)]

    def sign(self, leaves: Sequence[bytes]) -> str:
        """A checkpoint over any leaves, signed with the record's own key."""
        stolen = json.loads((self.instance.keys / f"{RECORD}.json").read_text())["log"]["d"]
        key = Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(stolen + "=" * (-len(stolen) % 4)))
        name, number, _ = (self.instance.keys / "log.pub").read_text().split("+", 2)
        text = f"{name}\n{len(leaves)}\n{base64.b64encode(root(leaves)).decode()}\n"
        signature = base64.b64encode(bytes.fromhex(number) + key.sign(text.encode())).decode()
        return f"{text}\n— {name} {signature}\n"

    @staticmethod
    def publish(leaves: Sequence[bytes], checkpoint: str, folder: Path) -> Path:
        """A log of these leaves under this checkpoint, laid out for everybody to read: what root shows instead."""
        level, hashes = 0, list(leaves)
        while hashes:
            for at in range(0, len(hashes), WIDTH):
                part = hashes[at : at + WIDTH]
                partial = "" if len(part) == WIDTH else f".p/{len(part)}"
                file = folder / f"tile/{level}/{at // WIDTH:03}{partial}"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(b"".join(part))
            whole = range(0, len(hashes) - WIDTH + 1, WIDTH)
            hashes, level = [root(hashes[at : at + WIDTH]) for at in whole], level + 1
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "checkpoint").write_text(checkpoint)
        return folder


def root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()
