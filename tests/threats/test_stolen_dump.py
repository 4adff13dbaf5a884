"""A stolen dump: who carries off the access record, or a department's keys besides, learns about nobody who looked at whom."""

from __future__ import annotations

import secrets
from pathlib import Path

import asyncpg
import httpx
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from gateway.record.sealing import RecordSealer
from onewindow_kit.keyring import Keyring, NoKey
from onewindow_kit.sealing import Sealer, Tampered
from onewindow_kit.testing import eventually
from onewindow_local.environment import addresses, service_environment
from onewindow_local.instance import Instance

from .conftest import Nodes

FIELDS = ["identity.person.name", "identity.person.standing"]


def database(instance: Instance) -> str:
    return service_environment(instance, addresses(instance), "recorder")["ONEWINDOW_RECORD"].replace("+asyncpg", "")


async def dump(connection: asyncpg.Connection) -> str:
    """Everything in the database, bytes as text and in hexadecimal as a dump has them."""
    tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    texts = []
    for row in tables:
        for record in await connection.fetch(f'select * from "{row["tablename"]}"'):
            texts += [each.decode("latin-1") if isinstance(each, bytes) else str(each) for each in record]
            texts += [each.hex() for each in record if isinstance(each, bytes)]
    return "\n".join(texts)


async def test_a_dump_of_the_record_names_nobody_and_opens_with_no_departments_keys(nodes: Nodes) -> None:
    city, instance = nodes.city, nodes.city.instance
    person = await city.adult("例失窃")
    case = f"DB2026-{secrets.randbelow(1_000_000):06}"
    office = await city.office("social-aid", "gateway", case=case)
    asked = {
        "purpose": "social-aid.means-test",
        "subject": {"scheme": "cn-id", "number": person.number, "name": person.name},
        "fields": FIELDS,
    }

    async def looked() -> httpx.Response | None:
        answer = await office.client.post("/v1/views", json=asked)
        return answer if answer.status_code == 200 else None

    answer = await eventually(looked, within=10)
    entry_id = answer.headers["Onewindow-Entry"]
    connection = await asyncpg.connect(database(instance))
    try:
        row = await eventually(lambda: connection.fetchrow("select * from entry where id = $1", entry_id), within=10)
        who = await connection.fetchrow("select * from subject where number = $1", row["subject"])
        everything = await dump(connection)
    finally:
        await connection.close()

    ours = RecordSealer(Keyring.load(instance.keys / "gateway.json"))
    pseudonym = ours.subject_pseudonym(who["blind"], who["pseudonym"])
    assert pseudonym.startswith("gateway.1.")
    kept = ours.open(ours.subject_cipher(who["blind"], who["key"]), row["index"], row["sealed"])
    assert case.encode() in kept.entry and pseudonym.encode() in kept.entry

    private = (pseudonym, pseudonym.rpartition(".")[2], case, person.number, person.name)
    assert found(private, everything) == []
    assert found(private, f"{everything}\n{case.encode().hex()}") == [case], "the search would find it"
    for thief in ("identity", "housing", "transport", "oversight", "demo.social-aid"):
        assert not opens(instance.keys / f"{thief}.json", who, row)
    assert opens(instance.keys / "gateway.json", who, row) and opens(instance.keys / "access.json", who, row)


def found(private: tuple[str, ...], dumped: str) -> list[str]:
    return [each for each in private if each in dumped or each.encode().hex() in dumped]


def opens(keyring: Path, who: asyncpg.Record, row: asyncpg.Record) -> bool:
    """Whether somebody with this keyring reads the entry, with any key that it holds."""
    keys = Keyring.load(keyring)
    try:
        sealer = RecordSealer(keys)
        sealer.open(sealer.subject_cipher(who["blind"], who["key"]), row["index"], row["sealed"])
        return True
    except (NoKey, Tampered):
        pass
    try:
        Sealer(keys).open_own("fields", f"record|key|{who['blind'].hex()}", who["key"])
        return True
    except (NoKey, Tampered):
        return False


def test_a_row_moved_to_another_person_does_not_open(nodes: Nodes) -> None:
    sealer = RecordSealer(Keyring.load(nodes.city.instance.keys / "access.json"))
    blind, _, key = sealer.new_subject("gateway.1.aaaaaaaaaaaaaaaaaaaaaa")
    other, name, _ = sealer.new_subject("gateway.1.bbbbbbbbbbbbbbbbbbbbbb")
    with pytest.raises(Tampered):
        sealer.subject(other, name, key)
    sealed = sealer.seal(sealer.subject_cipher(blind, key), 7, b"s" * 16 + b"{}")
    with pytest.raises(Tampered):
        sealer.open(sealer.subject_cipher(blind, key), 8, sealed)
    with pytest.raises(InvalidTag):
        AESGCM(bytes(32)).decrypt(sealed[:12], sealed[12:], (7).to_bytes(8, "big"))
