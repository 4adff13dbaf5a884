"""Rows that many entries share, each stored once: shapes and credentials by their digest, subjects by their blind index.

What was looked up is remembered. The memory is thrown away when a transaction fails: its numbers would be nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.record.sealing import RecordSealer
from gateway.recorder.parsing import Credential, Shape, digest

Row = TypeVar("Row", Shape, Credential)
MOST: Final = 200_000
"""Rows remembered of each kind."""

_SHAPES: Final = """
insert into shape (digest, kind, outcome, reason, organisation, purpose, legal_basis, operation, records, withheld)
select d, k, o, r, g, p, l, f, s::jsonb, w::jsonb
from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[]) as new (d, k, o, r, g, p, l, f, s, w)
on conflict (digest) do update set digest = excluded.digest
returning digest, number
"""
_CREDENTIALS: Final = """
insert into credential (digest, client, actor, token, key)
select * from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[])
on conflict (digest) do update set digest = excluded.digest
returning digest, number
"""
_SUBJECTS: Final = """
insert into subject (blind, pseudonym, key) select * from unnest($1::bytea[], $2::bytea[], $3::bytea[])
returning blind, number
"""


class Rows(Generic[Row]):
    """Numbers of shapes, or of credentials."""

    def __init__(self, insert: str) -> None:
        self._insert = insert
        self._known: dict[Row, int] = {}

    async def number(self, connection: asyncpg.Connection, wanted: Iterable[Row]) -> dict[Row, int]:
        """Row to number, for at least ``wanted``; good until the next call."""
        missing = {row for row in wanted if row not in self._known}
        if missing:
            if len(self._known) > MOST:
                self._known.clear()
                missing = set(wanted)
            by_digest = {digest(row): row for row in missing}
            columns = zip(*by_digest.values(), strict=True)
            for key, number in await connection.fetch(self._insert, list(by_digest), *map(list, columns)):
                self._known[by_digest[key]] = number
        return self._known


class Subjects:
    """Numbers of people, and the ciphers of entries about them."""

    def __init__(self, sealer: RecordSealer) -> None:
        self._sealer = sealer
        self._known: dict[str, tuple[int, AESGCM]] = {}

    async def number(self, connection: asyncpg.Connection, wanted: set[str]) -> dict[str, tuple[int, AESGCM]]:
        """Pseudonym to number and cipher, for at least ``wanted``.

        Whom erasure has removed since begins anew: with another key, so that what was destroyed stays so.
        """
        known = self._known
        if len(known) > MOST:
            known.clear()
        held = {known[name][0]: name for name in wanted if name in known}
        present = await connection.fetch("select number from subject where number = any($1::bigint[])", list(held))
        for number in held.keys() - {row["number"] for row in present}:
            del known[held[number]]
        missing = {self._sealer.blind(name): name for name in wanted if name not in known}
        if missing:
            await self._find(connection, missing)
        return known

    async def _find(self, connection: asyncpg.Connection, missing: dict[bytes, str]) -> None:
        stored = "select blind, number, key from subject where blind = any($1::bytea[])"
        for row in await connection.fetch(stored, list(missing)):
            cipher = self._sealer.subject_cipher(row["blind"], row["key"])
            self._known[missing.pop(row["blind"])] = row["number"], cipher
        if not missing:
            return
        fresh = {blind: self._sealer.new_subject(name) for blind, name in missing.items()}
        columns: Any = zip(*fresh.values(), strict=True)
        for row in await connection.fetch(_SUBJECTS, *map(list, columns)):
            blind = row["blind"]
            cipher = self._sealer.subject_cipher(blind, fresh[blind][2])
            self._known[missing[blind]] = row["number"], cipher


def shapes() -> Rows[Shape]:
    return Rows(_SHAPES)


def credentials() -> Rows[Credential]:
    return Rows(_CREDENTIALS)
