"""What one node shows counts on all of them; what only the whole record shows raises one alarm, and names no citizen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from onewindow_kit import alarms, topics
from onewindow_kit.access import TOPIC, AccessLog, Seen, Writer
from onewindow_kit.alarms.canaries import Canaries
from onewindow_kit.budgets import Fold, Watch, asked
from onewindow_kit.budgets.offsets import Offsets
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import eventually, kafka_address, topic_prefix

from .budgeting import BUDGETS, PURPOSE, Counting, counting, officer

ACTOR, WHOLE = (budget.citizens for budget in BUDGETS)
LOG = {"kind": "log", "department": "access", "producers": ["gateway"], "consumers": ["gateway"], "partitions": 1}
RETENTION = {"cleanup": "delete", "retention": "P30D"}
TOPICS = [
    LOG | {"topic": TOPIC, "record_type": "entries", "retention": RETENTION},
    LOG | {"topic": alarms.TOPIC, "record_type": "alarms", "retention": RETENTION},
]
CANARY = "gateway.1.nobody"


@dataclass
class City:
    """The record's topic; ``nodes`` by folder, each counting and watching."""

    folder: Path
    prefix: str
    keyring: Keyring
    canaries: Canaries

    @asynccontextmanager
    async def node(self, name: str) -> AsyncIterator[Node]:
        with counting(self.folder / name, at=None) as here:
            async with Writer(kafka_address(), Sealer(self.keyring), prefix=self.prefix) as writer:
                fold = Fold(
                    here.budgets,
                    here.raising,
                    Sealer(self.keyring),
                    purpose={PURPOSE.id: PURPOSE}.get,
                    canary=self.canaries.__contains__,
                )
                seals = Sealer(self.keyring)
                async with Watch(
                    here.budgets, here.raising, seals, fold, kafka=kafka_address(), prefix=self.prefix
                ) as watch:
                    await eventually(lambda: Offsets(here.budgets.node).caught(TOPIC), within=30)
                    yield Node(here, AccessLog("demo", writer), watch)

    async def alarms(self, count: int) -> list[alarms.Alarm]:
        """The first ``count`` that were sent."""
        stop, found = asyncio.Event(), []
        async for alarm, _ in alarms.follow(kafka_address(), self.prefix, Sealer(self.keyring), 0, stop):
            if alarm.id not in {each.id for each in found}:
                found.append(alarm)
            if len(found) == count:
                stop.set()
        return found


@dataclass
class Node:
    here: Counting
    log: AccessLog
    watch: Watch

    async def look(self, name: str, subject: str, **more: Any) -> str:
        """Decided, counted and kept as the gateway does it; the reason."""
        decision = self.here.look(name, subject)
        outcome = "answered" if decision.allowed else "refused"
        await self.keep(name, subject, outcome, decision.reason, **more)
        return str(decision.reason)

    async def keep(
        self, name: str, subject: str | None, outcome: Any, reason: str = "within-purpose", **more: Any
    ) -> None:
        await self.log.keep(
            Seen.by(officer(name), "look", outcome, reason, "gateway.readForPurpose", **more), [subject]
        )

    def count(self, name: str) -> int:
        return self.here.counts(name)["actor-hour"].without


@pytest.fixture
async def city(tmp_path: Path) -> City:
    prefix = topic_prefix()
    await topics.ensure(kafka_address(), TOPICS, prefix=prefix)
    keyring = Keyring.load(provision(tmp_path / "keys", TOPICS, [], ["gateway"])["gateway"])
    return City(tmp_path, prefix, keyring, Canaries(tmp_path / "canaries", keyring.blind))


async def test_what_other_nodes_show_counts_here_once_it_is_in_the_record(city: City) -> None:
    async with city.node("one") as one, city.node("two") as two:
        for number in range(ACTOR - 1):
            await one.look("o-17", f"gateway.1.p{number}")
        await eventually(lambda: two.count("o-17") == ACTOR - 1, within=30)
        assert await two.look("o-17", "gateway.1.p0") == "within-purpose", "known there, known here"
        assert await two.look("o-17", "gateway.1.last") == "within-purpose"
        assert await two.look("o-17", "gateway.1.more") == "actor-budget-reached"
        await eventually(lambda: one.here.look("o-17", "gateway.1.p0").reason == "actor-locked", within=30)
        (alarm,) = await city.alarms(1)
        assert (alarm.kind, alarm.officer) == ("budget", "o-17")


async def test_nodes_that_do_not_fold_the_record_are_caught_showing_twice_as_many(city: City) -> None:
    with counting(city.folder / "one", at=None) as one, counting(city.folder / "two", at=None) as two:
        people = [f"gateway.1.p{number}" for number in range(3 * ACTOR)]
        assert one.shown("o-17", people[::2]) + two.shown("o-17", people[1::2]) == 2 * ACTOR


async def test_a_node_whose_store_is_lost_knows_no_counts_until_it_has_them_again(city: City) -> None:
    async with city.node("one") as one:
        for number in range(5):
            await one.look("o-17", f"gateway.1.p{number}")
    with counting(city.folder / "fresh", at=None) as fresh:
        fresh.budgets.await_fold(TOPIC)
        assert fresh.look("o-17", "gateway.1.p0").reason == "usage-unknown"
    async with city.node("fresh") as again:
        assert again.count("o-17") == 5


async def test_folding_the_same_entries_again_counts_nothing_twice(city: City) -> None:
    async with city.node("one") as one:
        for number in range(5):
            await one.look("o-17", f"gateway.1.p{number}")
        await one.keep("o-17", "gateway.1.refused", "refused", "beyond-purpose")
        own = replace(officer(None), kind="citizen")
        await one.log.keep(Seen.by(own, "own", "answered", "own-window", "gateway.readView"), ["gateway.1.self"])
        await eventually(lambda: one.watch.leads and _folded(one) >= 7, within=30)
        assert one.count("o-17") == 5


async def test_patterns_raise_one_alarm_each_and_name_no_citizen(city: City) -> None:
    city.canaries.designate([CANARY])
    blind = city.keyring.blind
    async with city.node("one") as one, city.node("two") as two:
        for number in range(10):
            question = asked(blind, "cn-id", f"330106{19700101 + number * 300}0{number:03d}", "张三")
            await (one, two)[number % 2].keep("o-1", None, "not-found", asked=question.what, near=question.near)
        for number in range(5):
            question = asked(blind, "cn-id", f"33010619900101{number:03d}X", "李四")
            subject = f"gateway.1.s{number}"
            await (one, two)[number % 2].keep("o-2", subject, "answered", asked=question.what, near=question.near)
        for number in range(12):
            await (one, two)[number % 2].keep("o-3", "gateway.1.star", "answered")
        await two.keep("o-4", CANARY, "answered")
        found = await city.alarms(4)
        assert sorted((each.kind, each.officer) for each in found) == [
            ("canary", "o-4"),
            ("enumeration", "o-1"),
            ("repeat", "o-3"),
            ("sequential", "o-2"),
        ]
        for alarm in found:
            assert alarm.entry and "gateway.1." not in json.dumps(alarm.body())
            assert one.here.look(alarm.officer, "gateway.1.p0").allowed, "an alarm that is no budget locks nobody"


def test_the_list_of_canaries_names_nobody_and_is_its_owners_alone(tmp_path: Path) -> None:
    canaries = Canaries(tmp_path / "list", b"k" * 32)
    assert CANARY not in canaries
    assert Canaries(tmp_path / "list", b"k" * 32).designate([CANARY]) == 1
    assert CANARY not in (tmp_path / "list").read_text() and (tmp_path / "list").stat().st_mode & 0o077 == 0
    assert CANARY in Canaries(tmp_path / "list", b"k" * 32)
    assert CANARY not in Canaries(tmp_path / "list", b"another holder's key" * 2)


def _folded(node: Node) -> int:
    return Offsets(node.here.budgets.node).get(TOPIC) or 0
