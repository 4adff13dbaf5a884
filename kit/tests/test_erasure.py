"""A person is taken out of a department's records: own ones end as tombstones, shared ones stay with their others."""

import asyncio
import json
from typing import Any

import pytest
from onewindow_kit.clock import now
from onewindow_kit.erasure import Erasure, Found
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.records import Record, new_urn
from onewindow_kit.relay import Relay

from .conftest import AUTHORITY, TITLE, Department, eventually
from .consuming import Transport, as_many, sender
from .test_dead_letters import letters

BASIS = "PIPL art. 47"


def title(*subjects: str, urn: str = "", version: int = 1, **body: Any) -> Record:
    urn = urn or new_urn(AUTHORITY, "title")
    entries = [
        {"pseudonym": each, "role": "owner", "from": "2026-01-01", "until": None, "part": None} for each in subjects
    ]
    envelope = {"urn": urn, "version": version, "change": "created", "authority": AUTHORITY, "subjects": entries}
    data = json.dumps(envelope | {"body": body}).encode()
    return Record(TITLE, urn, version, "created", AUTHORITY, data, now())


async def carried_out(department: Department, erasure: Erasure) -> Found:
    found, place = Found(), ""
    while place is not None:
        async with department.sessions() as session, session.begin():
            place = await erasure.carry_out(session, place, BASIS, found)
    return found


async def test_own_records_go_and_shared_ones_stay_with_their_others(department: Department) -> None:
    person, alias, other = (str(Pseudonym.new("housing")) for _ in range(3))
    own, older = title(person), title(alias)
    shared = title(other, person, seller=person, buyer=other)
    foreign, nobodys = title(other), title(witness=person)
    await department.publish(own, older, shared, foreign, nobodys)
    erasure = Erasure(department.records, [person, alias])
    async with department.sessions() as session:
        looked = await erasure.find(session)
    assert (looked.alone, looked.shared) == ({"housing.title": 3}, {"housing.title": 1})
    assert sorted((await carried_out(department, erasure)).urns) == sorted(looked.urns)
    async with department.sessions() as session:
        left = {urn: await department.records.current(session, urn) for urn in (*looked.urns, foreign.urn)}
        versions = [await department.records.version(session, urn) for urn in (own.urn, shared.urn, foreign.urn)]
    assert versions == [2, 2, 1]
    assert left[own.urn] is left[older.urn] is left[nobodys.urn] is None and left[foreign.urn] == foreign.data
    changed = json.loads(left[shared.urn] or b"")
    assert [each["pseudonym"] for each in changed["subjects"]] == [other]
    assert (changed["version"], changed["change"], changed["legal_basis"]) == (2, "corrected", BASIS)
    assert changed["body"]["buyer"] == other
    assert Pseudonym.parse(changed["body"]["seller"]).sector == "housing" and changed["body"]["seller"] != person
    assert (await carried_out(department, erasure)).urns == [], "what is done is found no more"


async def test_the_outbox_keeps_no_earlier_state(department: Department) -> None:
    person = str(Pseudonym.new("housing"))
    record = title(person)
    await department.publish(record)
    erasure = Erasure(department.records, [person])
    await carried_out(department, erasure)
    stop = asyncio.Event()
    settings = {"kafka": department.kafka, "instance": "demo", "prefix": department.prefix}
    relay = asyncio.create_task(Relay("housing", database=department.url, **settings).run(stop))

    async def published() -> bool:
        async with department.sessions() as session:
            return not await erasure.waiting(session, [record.urn])

    await eventually(published)
    async with department.sessions() as session, session.begin():
        await erasure.prune(session)
    rows = await department.fetch("select version, change from outbox where urn = $1", record.urn)
    assert [(row.version, row.change) for row in rows] == [(2, "erased")]
    stop.set()
    await relay


async def test_what_is_no_pseudonym_is_nobodys(department: Department) -> None:
    with pytest.raises(ValueError, match="pseudonym"):
        Erasure(department.records, ["e"])


async def test_an_erased_record_takes_its_letters_along_and_gets_none_any_more(department: Department) -> None:
    transport = Transport(department)
    bad, other = department.record(name="王芳"), department.record()
    async with sender(department) as send, department.log("transport.dead-letter.v1") as log, transport.consuming():
        partition, _ = await send(bad, partition=0, value=b"\x00" * 200)
        await letters(log)
        await send(department.record(bad.urn, 2, "erased"), partition=partition)
        await eventually(lambda: as_many(transport, 1))
        gone = (await letters(log, 2))[1]
        assert gone.value is None and gone.key == log.messages[0].key
        # Late, and refused: not kept. The next letter in the topic is another record's.
        await send(bad, partition=partition, value=b"\x00" * 200)
        await send(other, partition=partition, value=b"\x00" * 200)
        late = (await letters(log, 3))[2]
    assert dict(late.headers)["original-key"] == other.urn.encode()
