"""Publishing: one transaction, versions without gaps, outbox in the order of versions."""

import asyncio
import json

import pytest
from onewindow_kit.keyring import rotate
from onewindow_kit.problems import BodyTooLarge, VersionConflict
from onewindow_kit.records import Record

TITLE = "housing.title.v1"


async def test_a_published_record_is_stored_and_waits_in_the_outbox_sealed(department) -> None:
    record = department.record(address="西湖区文三路 1 号")
    async with department.sessions() as session, session.begin():
        session.info["correlation"] = "urn:uuid:1"
        await department.records.publish(session, record)
        assert session.info["written"] == [f"{record.urn}@1"]
        assert await department.records.version(session, record.urn) == 1
        assert await department.records.current(session, record.urn) == record.data
    (row,) = await department.fetch("select o.*, r.data from outbox o join record r using (urn)")
    assert (row.topic, row.urn, row.version, row.correlation) == (TITLE, record.urn, 1, "urn:uuid:1")
    assert row.value == row.data
    assert "文三路".encode() not in row.value
    assert row.published_at is None


async def test_an_aborted_command_leaves_neither_record_nor_outbox_row(department) -> None:
    async with department.sessions() as session:
        await department.records.publish(session, department.record())
        await session.rollback()
    assert await department.fetch("select 1 from outbox union all select 1 from record") == []


@pytest.mark.parametrize("version", [0, 1, 3])
async def test_a_version_follows_the_stored_one(department, version: int) -> None:
    record = department.record()
    await department.publish(record)
    with pytest.raises(VersionConflict):
        await department.publish(department.record(record.urn, version, "varied"))
    await department.publish(department.record(record.urn, 2, "varied"))


async def test_a_record_begins_at_version_one(department) -> None:
    with pytest.raises(VersionConflict):
        await department.publish(department.record(version=2))


async def test_a_record_stays_with_its_topic_and_authority(department) -> None:
    record = department.record()
    await department.publish(record)
    moved = department.record(record.urn, 2)
    foreign = Record(TITLE, moved.urn, 2, "varied", "demo.vehicle-administration", moved.data, moved.recorded_at)
    with pytest.raises(VersionConflict):
        await department.publish(foreign)


async def test_one_conflict_among_many_is_a_conflict_of_all(department) -> None:
    old = department.record()
    await department.publish(old)
    with pytest.raises(VersionConflict):
        await department.publish(*(department.record() for _ in range(5)), old)
    assert len(await department.fetch("select 1 from outbox")) == 1


async def test_sixteen_writers_of_one_record_make_a_gapless_order(department) -> None:
    record = department.record()
    await department.publish(record)
    lost = 0

    async def write() -> None:
        nonlocal lost
        for _ in range(6):
            async with department.sessions() as session:
                version = await department.records.version(session, record.urn)
            try:
                await department.publish(department.record(record.urn, version + 1, "varied"))
            except VersionConflict:
                lost += 1

    await asyncio.gather(*(write() for _ in range(16)))
    rows = await department.fetch("select version from outbox where urn = $1 order by id", record.urn)
    assert [row.version for row in rows] == list(range(1, 16 * 6 - lost + 2))
    assert lost > 0


async def test_two_commands_on_the_same_records_in_other_orders_do_not_deadlock(department) -> None:
    records = [department.record() for _ in range(30)]
    await department.publish(*records)
    again = [department.record(record.urn, 2, "varied") for record in records]
    both = [department.publish(*again), department.publish(*reversed(again))]
    outcomes = await asyncio.wait_for(asyncio.gather(*both, return_exceptions=True), 10)
    assert sorted(type(outcome) for outcome in outcomes if outcome) == [VersionConflict]


async def test_a_version_that_waits_for_the_one_before_comes_after_it_in_the_outbox(department) -> None:
    record = department.record()
    await department.publish(record)
    version = followed = 1

    async def follow(after: float) -> int:
        await asyncio.sleep(after)
        await department.publish(department.record(record.urn, version + 2, "varied"))
        return 1

    for turn in range(40):
        # The first is a long statement; the second begins while it runs and waits for it.
        many = [department.record() for _ in range(400)]
        first = department.publish(*many, department.record(record.urn, version + 1, "varied"))
        _, second = await asyncio.gather(first, follow(0.001 * turn), return_exceptions=True)
        assert second == 1 or isinstance(second, VersionConflict)
        followed += second == 1
        version += 1 + (second == 1)
    assert followed > 1
    rows = await department.fetch("select version from outbox where urn = $1 order by id", record.urn)
    assert [row.version for row in rows] == list(range(1, version + 1))


async def test_several_versions_of_a_record_in_one_command(department) -> None:
    first = department.record()
    await department.publish(first, department.record(first.urn, 2, "varied"), department.record())
    rows = await department.fetch("select version from outbox where urn = $1 order by id", first.urn)
    assert [row.version for row in rows] == [1, 2]


async def test_erasure_leaves_a_tombstone_and_the_record_can_go_on(department) -> None:
    record = department.record(name="王芳")
    await department.publish(record)
    await department.publish(department.record(record.urn, 2, "erased"))
    (row,) = await department.fetch("select r.data, o.value from record r join outbox o using (urn, version)")
    assert row.data is None and len(row.value) == 28, "of what was erased nothing is left but the proof"
    async with department.sessions() as session:
        assert await department.records.current(session, record.urn) is None
        assert (await department.records.snapshot(session, TITLE, None, 10)).envelopes == []
    await department.publish(department.record(record.urn, 3, "created"))


async def test_a_record_that_kafka_would_refuse_is_refused_before(department) -> None:
    with pytest.raises(BodyTooLarge):
        await department.publish(department.record(name="x" * 1_000_000))


async def test_the_snapshot_gives_each_current_record_once(department) -> None:
    records = [department.record(n=n) for n in range(7)]
    await department.publish(*records)
    await department.publish(department.record(records[3].urn, 2, "varied", n=99))
    seen, cursor = [], None
    async with department.sessions() as session:
        while True:
            page = await department.records.snapshot(session, TITLE, cursor, 3)
            seen += [json.loads(envelope) for envelope in page.envelopes]
            if (cursor := page.next) is None:
                break
    assert [one["urn"] for one in seen] == sorted(record.urn for record in records)
    assert {one["body"]["n"] for one in seen} == {0, 1, 2, 99, 4, 5, 6}


async def test_republishing_seals_under_the_current_key_and_keeps_versions(department, tmp_path) -> None:
    records = [department.record(n=n) for n in range(5)]
    await department.publish(*records)
    new = rotate(tmp_path / "keys", TITLE)
    department.records.sealer.keyring.reload()
    async with department.sessions() as session, session.begin():
        assert await department.records.republish(session, TITLE, batch=2) == 5
        assert await department.records.republish(session, records[0].urn) == 1
        assert await department.records.republish(session, "urn:onewindow:demo.x:title:unknown") == 0
    again = (await department.fetch("select * from outbox order by id"))[5:]
    assert [row.urn for row in again] == [*sorted(record.urn for record in records), records[0].urn]
    assert {(row.version, row.key_id) for row in again} == {(1, new)}
    opened = department.records.sealer.open(TITLE, new, again[5].urn, 1, again[5].value)
    assert opened == records[0].data
