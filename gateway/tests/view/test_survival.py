"""The projector killed, the log read twice, contracts and topics changed beneath it: the view is always what the log says."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from gateway.projector.session import FAR_BEHIND
from gateway.view import store as stores
from gateway.view.digest import Digest, digest
from gateway.view.seal import ViewSealer
from onewindow_kit.keyring import rotate
from onewindow_kit.problems import Unavailable
from onewindow_kit.records import new_urn
from onewindow_kit.testing import eventually, kafka_address

from .library import INNER, OFFICE, loan, write
from .world import Person, World, section_of, subject, window_of, world

LOAN = "library.loan.v1"
UNUSABLE = "the contracts as they are now can't be used"


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[World]:
    """An instance that the test may hurt."""
    async with world(tmp_path, write(tmp_path / "library", "loan")) as made:
        yield made


def what_is_there(made: World) -> Digest:
    """Of the view as it lies on disk; no reader may have it open in this process."""
    store = stores.open_for_reading(made.settings.view)
    try:
        return digest(store, ViewSealer(made.keyring))
    finally:
        store.close()


async def once(made: World, *flags: str) -> None:
    projector = await made.start("--once", *flags)
    assert await asyncio.wait_for(projector.process.wait(), 60) == 0


async def load(made: World, people: list[Person], count: int) -> list[tuple[str, int]]:
    """Publish loans with one to four versions, subjects that come and go, and a few erasures; returns what is newest."""
    chance = random.Random(7)
    newest = []
    for _ in range(count):
        urn, versions = new_urn(OFFICE, "loan"), chance.randint(1, 4)
        for version in range(1, versions + 1):
            if version > 1 and chance.random() < 0.05:
                await made.send(LOAN, urn, version, b"", "erased", wait=False)
                versions = version
                break
            named = chance.sample(people, chance.randint(1, 3))
            subjects = [subject(person["library"], "borrower") for person in named]
            changed = {"change": "ended"} if version > 1 and chance.random() < 0.2 else {}
            day = f"2026-{chance.randint(1, 12):02}-01"
            await made.publish(LOAN, urn, version, subjects, {"book": "b"}, wait=False, effective_on=day, **changed)
        newest.append((urn, versions))
    await made.producer.flush()
    return newest


async def test_killed_at_any_moment_the_view_and_its_offsets_agree(own: World) -> None:
    people = [await own.born() for _ in range(20)]
    loading = asyncio.create_task(load(own, people, 1200))
    for _ in range(5):
        projector = await own.start()
        before = await projector.metric(f'onewindow_projector_applied_total{{topic="{LOAN}"}}') or 0

        async def moved(projector=projector, before=before) -> bool:
            now = await projector.metric(f'onewindow_projector_applied_total{{topic="{LOAN}"}}') or 0
            return now > before or loading.done()

        await eventually(moved, within=20)
        await projector.kill()
    newest = await loading
    async with own.projector(), own.view() as view:
        await view.wait(newest, 30)
    survived = what_is_there(own)
    assert survived.records > 500
    await once(own, "--rebuild")
    assert what_is_there(own) == survived


async def test_a_log_read_twice_and_out_of_order_across_partitions_gives_the_same_view(own: World) -> None:
    people = [await own.born() for _ in range(6)]
    newest = await load(own, people, 300)
    await once(own)
    first = what_is_there(own)
    # The same records once more, older versions after newer ones and in other partitions.
    chance = random.Random(3)
    again = [(urn, version) for urn, last in newest for version in range(1, last + 1)]
    chance.shuffle(again)
    for urn, version in again:
        whom = [subject(people[0]["library"], "borrower")]
        await own.publish(LOAN, urn, version, whom, {"book": "?"}, wait=False, partition=chance.randint(0, 3))
    await own.producer.flush()
    await once(own)
    assert what_is_there(own) == first


async def test_nothing_of_an_aborted_transaction_is_seen(own: World) -> None:
    person = await own.born()
    transactional = AIOKafkaProducer(
        bootstrap_servers=kafka_address(), transactional_id=f"{own.prefix}relay", acks="all"
    )
    plain, own.producer = own.producer, transactional
    async with transactional:
        await transactional.begin_transaction()
        aborted = await own.loan(person)
        await transactional.abort_transaction()
        async with transactional.transaction():
            committed = await own.loan(person)
    own.producer = plain
    async with own.projector() as projector, own.view() as view:
        await view.wait([(committed, 1), (person.link, 1)])
        [record] = section_of(window_of(view, person), "library")["records"]["library.loan"]
        assert record["urn"] == committed
        with pytest.raises(Unavailable):
            await view.wait([(aborted, 1)], 0.2)
        lag = f'onewindow_projector_lag_records{{topic="{LOAN}"}}'
        # Control records don't count as lag for ever.
        await eventually(lambda: _is(projector.metric(lag), 0))


async def _is(coming, value: float) -> bool:
    return await coming == value


async def test_a_new_departments_topic_file_makes_its_section_appear_without_a_restart(own: World) -> None:
    async with own.projector(), own.view() as view:
        person = await own.born()
        await view.wait([(person.link, 1)])
        folder = own.folder / "library"
        write(folder, "card")
        text = (folder / "topics" / "library.card.v1.yaml").read_text()
        (folder / "topics" / "library.card.v1.yaml").write_text(text.replace("section: library", "section: reading"))
        await own.prepare()
        urn = new_urn(OFFICE, "card")
        whom = [subject(person["library"], "holder")]
        await own.publish("library.card.v1", urn, 1, whom, {"book": "b"})
        await eventually(lambda: "reading" in view.frame.shapes.sections)
        await view.wait([(urn, 1)], 20)
        await eventually(
            lambda: section_of(window_of(view, person), "reading")["records"]["library.card"][0]["urn"] == urn
        )


async def test_a_property_that_gets_a_class_is_seen_in_what_was_published_before(own: World) -> None:
    async with own.projector(), own.view() as view:
        person = await own.born()
        urn = await own.loan(person, remark="written before", fine_fen=5)
        await view.wait([(urn, 1), (person.link, 1)])

        def body() -> dict[str, object]:
            return section_of(window_of(view, person), "library")["records"]["library.loan"][0]["body"]

        assert "remark" not in body()
        place = view.changes(person["gateway"], None)
        assert place is not None
        remark = {"type": "string", "maxLength": 200, "x-data-classification": INNER}
        fine = {"type": "integer", "x-visible-to": [], "x-data-classification": INNER}
        write(own.folder / "library", "loan", loans=loan(remark=remark, fine_fen=fine))
        await eventually(lambda: body() == {"book": "红楼梦", "remark": "written before"}, within=20)
        assert view.changes(person["gateway"], place[1]) == ([], place[1])  # the person's records have not changed


async def test_records_that_move_to_another_section_and_topics_made_again_make_the_view_anew(own: World) -> None:
    async with own.projector(), own.view() as view:
        person = await own.born()
        urn = await own.loan(person)
        await view.wait([(urn, 1), (person.link, 1)])
        before = view.store.path
        place = view.changes(person["gateway"], None)
        assert place is not None
        path = own.folder / "library" / "topics" / "library.loan.v1.yaml"
        path.write_text(path.read_text().replace("section: library", "section: books"))
        await eventually(lambda: view.store.path != before, within=20)
        await eventually(lambda: "books" in view.frame.shapes.sections)
        assert section_of(window_of(view, person), "books")["records"]["library.loan"][0]["urn"] == urn
        assert view.changes(person["gateway"], place[1]) is None  # a place in the view that is gone

        before = view.store.path
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka_address())
        await admin.start()
        await admin.delete_topics([own.prefix + LOAN])
        await admin.close()

        await own.prepare()
        await eventually(lambda: view.store.path != before, within=30)
        await eventually(lambda: section_of(window_of(view, person), "books")["records"] == {})
        again = await own.loan(person)
        await view.wait([(again, 1)], 20)


async def test_contracts_that_cannot_be_used_stop_nothing(own: World) -> None:
    async with own.projector() as projector, own.view() as view:
        person = await own.born()
        path = own.folder / "library" / "topics" / "library.loan.v1.yaml"
        whole, log = path.read_text(), own.folder / "projector.log"
        for broken in ("topic: [", whole.replace("section: library", "")[:200], whole.replace("Loan", "Nowhere")):
            path.write_text(broken)
            urn = await own.loan(person)
            await view.wait([(urn, 1), (person.link, 1)], 10)
            await eventually(lambda: UNUSABLE in log.read_text(), within=10)
            log.write_text("")
            assert await projector.answers()
        path.write_text(whole)
        urn = await own.loan(person)
        await view.wait([(urn, 1)], 10)


async def test_a_rotated_key_opens_without_a_restart(own: World) -> None:
    async with own.projector(), own.view() as view:
        person = await own.born()
        await view.wait([(person.link, 1)])
        rotate(own.keys, LOAN)
        own.sealers.clear()
        urn = await own.loan(person)
        await view.wait([(urn, 1)], 10)
        assert section_of(window_of(view, person), "library")["held"] == []


async def test_a_topic_that_is_refused_again_and_again_stands_still_and_the_others_go_on(own: World) -> None:
    async with own.projector() as projector, own.view() as view:
        person = await own.born()
        halted = f'onewindow_projector_halted{{topic="{LOAN}"}}'
        for _ in range(300):
            urn = new_urn(OFFICE, "loan")
            await own.publish(LOAN, urn, 1, [subject(person["library"], "x")], {"book": 1}, wait=False)
        await own.producer.flush()
        await eventually(lambda: _is(projector.metric(halted), 1))
        letters = 'onewindow_dead_letters_total{consumer="gateway",reason="shape-invalid",topic="library.loan.v1"}'
        assert 90 <= (await projector.metric(letters) or 0) < 300
        assert not await projector.answers()  # readiness fails, and says so
        other = await own.born()
        await view.wait([(other.link, 1)])
        # Mended contracts let it go on where it stood.
        write(own.folder / "library", "loan", loans=loan(book={"x-data-classification": INNER}))
        await eventually(projector.answers, within=20)
        last = await own.loan(other)
        await view.wait([(last, 1)], 20)


async def test_two_projectors_never_work_on_one_view(own: World) -> None:
    async with own.projector():
        second = await own.start("--once")
        assert await asyncio.wait_for(second.process.wait(), 20) == 1


async def test_followers_of_a_view_that_was_far_behind_are_told_to_read_anew(own: World) -> None:
    person = await own.born()
    async with own.projector(), own.view() as view:
        await view.wait([(person.link, 1)])
        place = view.changes(person["gateway"], None)
        assert place is not None
    other = own.person()
    for _ in range(FAR_BEHIND + 1):
        await own.publish(LOAN, new_urn(OFFICE, "loan"), 1, [subject(other["library"], "x")], {"book": "b"}, wait=False)
    await own.producer.flush()
    urn = await own.loan(person)
    async with own.projector(), own.view() as view:
        await view.wait([(urn, 1)], 60)
        assert view.changes(person["gateway"], place[1]) is None
        log = own.folder / "projector.log"
        await eventually(lambda: log.read_text().count("view caught up") == 2, within=60)
        place = view.changes(person["gateway"], None)
        assert place is not None
        later = await own.loan(person)
        await view.wait([(later, 1)])
        found = view.changes(person["gateway"], place[1])
        assert found is not None and [change.urn for change in found[0]] == [later]
