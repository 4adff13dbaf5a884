"""No answer without its entry; what a writer sent is whole, in order, and shows what is missing or was changed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from onewindow_kit.access import Batch, EntryNotKept, Seen, batch, leaf, read
from onewindow_kit.callers import Principal
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import kafka_address
from onewindow_kit.wire import Refused

from . import entries
from .entries import SEEN

OFFICER = Principal(
    kind="agency",
    subject="demo.social-aid",
    sector="social-aid",
    client_id="demo.social-aid",
    token_id="jti-1",
    expires_at=2**40,
    authority="demo.social-aid",
    purpose="social-aid.means-test",
    actor="o-17",
    case="SA-2026-1",
    thumbprint="jkt",
)


@pytest.fixture
async def record(tmp_path: Path) -> entries.Record:
    return await entries.record(kafka_address(), tmp_path)


def unbroken(chain: list[Batch]) -> bool:
    """What the recorder holds a writer to: numbers without gaps, each batch naming the one before by its hash."""
    numbered = [each.number for each in chain] == list(range(len(chain)))
    return numbered and all(later.previous == earlier.digest for earlier, later in pairwise(chain))


async def test_an_entry_says_who_why_and_which_fields_and_is_kept_as_it_is_hashed(record: entries.Record) -> None:
    seen = Seen.by(
        OFFICER, "look", "answered", "within-purpose", "readForPurpose", records={"housing.title": ["use", "address"]}
    )
    async with record.log() as log:
        kept = await log.keep(seen, ["gateway.1.somebody"])
    (found,) = await record.batches(1)
    ((salt, entry),) = found.entries
    said = json.loads(entry)
    assert kept.headers == {"Onewindow-Entry": said["id"]} and len(said["id"]) == 22
    assert said["at"][19] == "." and said["at"].endswith("Z") and len(said["at"]) == 24
    assert (said["organisation"], said["actor"], said["case"]) == ("demo.social-aid", "o-17", "SA-2026-1")
    assert said["subject"] == "gateway.1.somebody"
    assert said["records"] == {"housing.title": ["address", "use"]}
    assert said["key"] == "jkt" and said["asked"] is None and said["correlation"]
    assert leaf(salt, entry) == sha256(b"\0" + salt + entry).digest()


async def test_entries_of_one_turn_travel_in_one_record(record: entries.Record) -> None:
    async with record.log() as log:
        kept = await asyncio.gather(*(log.keep(SEEN, [f"gateway.1.p{n}"]) for n in range(50)))
        page = await log.keep(SEEN, [f"gateway.1.q{n}" for n in range(50)])
    first, second = await record.batches(2)
    assert [json.loads(entry)["id"] for _, entry in first.entries] == [each.id for each in kept]
    assert page.headers["Onewindow-Entries"] == "50" and len(second.entries) == 50
    assert unbroken([first, second])
    salts = [salt for each in (first, second) for salt, _ in each.entries]
    assert len(set(salts)) == 100


async def test_many_entries_at_once_are_cut_into_records_that_kafka_takes(record: entries.Record) -> None:
    async with record.log() as log:
        kept = await log.keep(SEEN, [f"gateway.1.p{n}" for n in range(2000)])
    found = await record.batches(4)
    assert kept.count == sum(len(each.entries) for each in found) == 2000
    assert unbroken(found)


async def test_a_missing_batch_shows(record: entries.Record) -> None:
    async with record.log() as log:
        for _ in range(3):
            await log.keep(SEEN, [None])
    found = await record.batches(3)
    assert unbroken(found)
    assert not unbroken([found[0], found[2]])
    assert not unbroken(found[1:])
    assert not unbroken([found[0], replace(found[1], digest=b"x" * 32), found[2]])


@pytest.mark.parametrize("name", ["ow-writer", "ow-number", "ow-previous", "ow-after", "ow-count", "value"])
async def test_a_batch_opens_only_as_it_was_sealed(record: entries.Record, name: str) -> None:
    async with record.log() as log:
        await log.keep(SEEN, [None])
        await log.keep(SEEN, [None, "gateway.1.p"])
    lying = (await record.lying(2))[1]
    others = {
        "ow-writer": b"a" * 22,
        "ow-number": b"2",
        "ow-previous": b"00" * 32,
        "ow-after": b"a" * 22 + b":7",
        "ow-count": b"1",
    }
    headers = [(key, others[key] if key == name else value) for key, value in lying.headers]
    changed = bytes([lying.value[0] ^ 1]) + lying.value[1:] if name == "value" else lying.value
    assert read(record.reader_seals, lying.headers, lying.value)
    with pytest.raises(Refused):
        read(record.reader_seals, headers, changed)


@pytest.mark.parametrize("plain", [b"", b"short", b"s" * 16 + b"\xff\xff\xff\xff" + b"{}", b"s" * 16 + b"\0\0\0\0"])
def test_frames_that_do_not_add_up_are_refused(plain: bytes, record_seals: Sealer) -> None:
    headers, value = batch.seal(record_seals, "a" * 22, 0, b"", None, [plain])
    with pytest.raises(Refused) as refused:
        read(record_seals, headers, value)
    assert refused.value.code == "batch-malformed"


async def test_more_than_can_wait_are_refused_at_once(record: entries.Record) -> None:
    async with record.log(most=10) as log:
        with pytest.raises(EntryNotKept):
            await log.keep(SEEN, [f"gateway.1.p{n}" for n in range(11)])
        assert (await log.keep(SEEN, [f"gateway.1.p{n}" for n in range(10)])).count == 10


async def test_a_caller_that_goes_takes_nobody_elses_entry_along(record: entries.Record) -> None:
    async with record.log() as log:
        gone = asyncio.create_task(log.keep(SEEN, ["gateway.1.gone"]))
        stays = asyncio.create_task(log.keep(SEEN, ["gateway.1.stays"]))
        await asyncio.sleep(0)  # one turn: both have put their entries
        gone.cancel()
        assert (await stays).count == 1
    (found,) = await record.batches(1)
    assert len(found.entries) == 2, "what was put may have been shown: it stands in the record"


def test_a_machine_and_a_citizen_are_named_as_what_they_are() -> None:
    def by(**over: Any) -> Seen:
        return Seen.by(replace(OFFICER, **over), "look", "answered", "r", "o")

    assert by(actor=None).actor is None
    citizen = by(kind="citizen", client_id="city-app", actor=None, authority=None)
    assert (citizen.organisation, citizen.client, citizen.purpose, citizen.case) == ("city-app", "city-app", None, None)
    assert by(kind="representative", client_id="city-app", actor="gateway.1.clerk").actor == "gateway.1.clerk"
    service = by(kind="service", client_id="transport", authority=None, actor="gateway")
    assert (service.organisation, service.actor) == ("transport", None)


@pytest.fixture
def record_seals(tmp_path: Path) -> Sealer:
    paths = entries.provision(tmp_path, [entries.TOPIC_FILE], [], ["gateway", "access"])
    return Sealer(entries.Keyring.load(paths["access"]))
