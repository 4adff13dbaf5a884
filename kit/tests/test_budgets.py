"""Nobody is shown more people than their budget, whichever process of a node they ask; a reached budget stays reached."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from onewindow_kit.budgets import Budgets, asked
from onewindow_kit.budgets.cleaning import clean
from onewindow_kit.testing import eventually

from .budgeting import AN_HOUR, BUDGETS, ORGANISATION, Counting, counting

ACTOR, WHOLE = (budget.citizens for budget in BUDGETS)


class LooksBeforeItLeaps(Budgets):
    """Planted defect: counts after the decision without asking again, as if no other process did."""

    def _reserve(self, claim, items):  # type: ignore[no-untyped-def]  # as the class it breaks
        with self.node.write() as transaction:
            for item in items:
                list(self.counted(transaction, claim, item, self._now()))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Counting]:
    with counting(tmp_path) as here:
        yield here


def people(count: int, kind: str = "p") -> list[str]:
    return [f"gateway.1.{kind}{number}" for number in range(count)]


def test_an_officer_sees_no_more_distinct_people_than_the_budget_and_is_locked_at_the_next(node: Counting) -> None:
    for person in people(ACTOR):
        assert node.look("o-17", person).allowed
        assert node.look("o-17", person).allowed, "the same person is not another one"
    refused = node.look("o-17", "gateway.1.one-more")
    assert (refused.allowed, refused.reason) == (False, "actor-budget-reached")
    assert node.look("o-17", people(1)[0]).reason == "actor-locked", "known people are out of reach too"
    assert node.look("o-18", "gateway.1.one-more").allowed, "the colleague works on"
    (alarm,) = node.raising.waiting()
    assert (alarm.kind, alarm.scope, alarm.officer, alarm.budget) == ("budget", "officer", "o-17", "actor-hour")
    assert (alarm.count, alarm.limit) == (ACTOR, ACTOR) and not any(
        "gateway.1" in str(v) for v in alarm.body().values()
    )


def test_an_organisation_is_locked_when_all_its_officers_together_reached_its_budget(node: Counting) -> None:
    shown = sum(node.shown(f"o-{number}", people(ACTOR, f"{number}-")) for number in range(5))
    assert shown == WHOLE
    assert node.look("o-9", people(1, "0-")[0]).reason == "organisation-locked"
    assert [alarm.scope for alarm in node.raising.waiting()] == ["organisation"]


def test_a_machine_counts_for_its_organisation(node: Counting) -> None:
    assert node.shown(None, people(WHOLE + 5)) == WHOLE
    assert node.look("o-1", "gateway.1.p0").reason == "organisation-locked"


def test_a_lock_outlasts_the_hour_and_a_restart_until_a_supervisor_lifts_it(tmp_path: Path) -> None:
    with counting(tmp_path) as node:
        assert node.shown("o-17", people(ACTOR + 1)) == ACTOR
    with counting(tmp_path) as node:
        assert node.look("o-17", "gateway.1.p0").reason == "actor-locked"
        node.at += 5 * AN_HOUR
        assert node.look("o-17", "gateway.1.p0").reason == "actor-locked"
        node.standing.lifts[ORGANISATION, "o-17"] = node.at + 60_000
        assert node.look("o-17", "gateway.1.p0").allowed


def test_counts_outlast_a_restart(tmp_path: Path) -> None:
    with counting(tmp_path) as node:
        assert node.shown("o-17", people(15)) == 15
    with counting(tmp_path) as node:
        assert node.shown("o-17", people(40, "later")) == ACTOR - 15


def test_the_next_clock_hour_is_a_new_budget_for_who_did_not_reach_it(node: Counting) -> None:
    assert node.shown("o-17", people(ACTOR)) == ACTOR
    node.at += AN_HOUR
    assert node.shown("o-17", people(ACTOR, "later")) == ACTOR


def test_lifting_a_lock_gives_one_new_allowance_in_the_same_hour(node: Counting) -> None:
    assert node.shown("o-17", people(ACTOR + 1)) == ACTOR
    node.at += 60_000
    node.standing.lifts[ORGANISATION, "o-17"] = node.at
    node.at += 1
    assert node.shown("o-17", people(2 * ACTOR, "more")) == ACTOR
    assert node.look("o-17", "gateway.1.p0").reason == "actor-locked", "reached again, locked again"
    assert len({alarm.id for alarm in node.raising.waiting()}) == 2


def test_a_lock_of_oversight_holds_at_once(node: Counting) -> None:
    node.standing.locks.add((ORGANISATION, "o-17"))
    assert node.look("o-17", "gateway.1.p0").reason == "actor-locked"
    node.standing.locks = {(ORGANISATION, None)}
    assert node.look("o-18", "gateway.1.p0").reason == "organisation-locked"


def test_a_page_counts_all_its_people_or_nobody(node: Counting) -> None:
    assert node.shown("o-17", people(15)) == 15
    assert node.look("o-17", *people(6, "page")).reason == "actor-budget-reached"
    node.standing.lifts[ORGANISATION, "o-17"] = 1  # of long ago: the lock stays, and so do the counts
    assert node.look("o-18", *people(ACTOR, "page")).allowed
    assert node.look("o-18", *people(ACTOR, "page")).allowed


def test_failed_look_ups_count_as_people_do(node: Counting) -> None:
    questions = [asked(b"k" * 32, "cn-id", f"33010619900101{n:04d}", "李四").what for n in range(ACTOR + 1)]
    assert node.shown("o-17", questions) == ACTOR


def test_what_is_refused_for_another_reason_is_not_counted(node: Counting) -> None:
    for person in people(ACTOR * 2):
        assert node.look("o-17", person, wanted={"housing.title": frozenset({"address"})}).reason == "beyond-purpose"
    assert node.shown("o-17", people(ACTOR)) == ACTOR


def _last_place_twice(node: Counting) -> list[bool]:
    """Whether each of two processes shows somebody, when one takes the last place while the other decides."""
    assert node.shown("o-17", people(ACTOR - 1)) == ACTOR - 1
    faster: list[bool] = []
    slower = node.look(
        "o-17",
        "gateway.1.slower",
        meanwhile=lambda: faster.append(node.look("o-17", "gateway.1.faster").allowed),
    )
    return [*faster, slower.allowed]


def test_the_last_place_is_given_once(node: Counting) -> None:
    assert _last_place_twice(node) == [True, False]


def test_a_budget_that_counts_without_asking_again_is_caught(tmp_path: Path) -> None:
    with counting(tmp_path, LooksBeforeItLeaps) as node:
        assert _last_place_twice(node) == [True, True]


async def test_processes_of_a_node_never_show_more_than_the_budget_together(tmp_path: Path) -> None:
    started = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "budgeting", str(tmp_path), str(number)),
            cwd=Path(__file__).parent,
            stdout=asyncio.subprocess.PIPE,
        )
        for number in range(4)
    ]
    told = [(await process.communicate())[0] for process in started]
    assert sum(int(text.split()[-1]) for text in told) == ACTOR


async def test_hours_that_are_over_are_forgotten_and_the_present_one_is_not(tmp_path: Path) -> None:
    with counting(tmp_path, at=None) as node:
        old, distinct = node.budgets.periods.of("hour", 0).key, node.budgets.distinct
        with node.budgets.node.write() as transaction:
            for number in range(3):
                distinct.add(transaction, old, b"b" * 12, bytes([number]) * 12, 1)
        assert node.shown("o-17", people(3)) == 3
        cleaning = asyncio.create_task(clean(node.budgets))

        def forgotten() -> bool:
            with node.budgets.node.read() as transaction:
                return distinct.count(transaction, old, b"b" * 12) == 0

        await eventually(forgotten)
        cleaning.cancel()
        assert node.counts("o-17")["actor-hour"].without == 3
