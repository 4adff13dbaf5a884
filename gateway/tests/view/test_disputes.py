"""A disputed record is marked wherever it is shown, to everybody it is shown to, until the dispute is over."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.projector import disputes
from gateway.view.section import SHOWN
from onewindow_kit.records import new_urn

from .conftest import Stage
from .library import OFFICE
from .world import Person, World, section_of, subject, window_of

DISPUTE, SUPERVISION = "oversight.dispute.v1", "demo.supervision-office"
LOAN = "library.loan.v1"


async def dispute(world: World, person: Person, about: str, urn: str, version: int = 1, state: str = "open") -> None:
    body = {
        "about": about,
        "grounds": "还书日期有误。",
        "state": state,
        "raised_on": "2026-11-24",
        "office": OFFICE,
        "handler": None,
        "due": "2026-12-22",
        "reminders": 0,
        "escalated_on": None,
        "ruling": None,
    }
    change = "created" if version == 1 else "varied" if state == "open" else "ended"
    named = [subject(person["oversight"], "disputer")]
    await world.publish(DISPUTE, urn, version, named, body, authority=SUPERVISION, change=change)


def shown(stage: Stage, person: Person) -> list[dict[str, Any]]:
    return section_of(window_of(stage.view, person), "library")["records"].get("library.loan", [])


async def test_a_disputed_record_is_marked_for_everybody_until_the_dispute_is_over(stage: Stage) -> None:
    world, view = stage.world, stage.view
    borrower, guarantor = await world.born(), await world.born()
    urn, mine, another = new_urn(OFFICE, "loan"), new_urn(SUPERVISION, "dispute"), new_urn(SUPERVISION, "dispute")
    both = [subject(borrower["library"], "borrower"), subject(guarantor["library"], "guarantor")]
    await world.publish(LOAN, urn, 1, both, {"book": "西游记"})
    await view.wait([(urn, 1), (borrower.link, 1), (guarantor.link, 1)])
    assert "disputed" not in shown(stage, borrower)[0]
    before = window_of(view, guarantor)
    await dispute(world, borrower, urn, mine)
    await dispute(world, guarantor, urn, another)
    await view.wait([(mine, 1), (another, 1)])
    for person in (borrower, guarantor):
        assert shown(stage, person)[0]["disputed"] == sorted([mine, another])
    assert before != window_of(view, guarantor)
    # the office writes on meanwhile: the mark stays on the new version
    await world.publish(LOAN, urn, 2, both, {"book": "西游记", "due_on": "2026-12-01"}, change="varied")
    await view.wait([(urn, 2)])
    assert (shown(stage, borrower)[0]["version"], len(shown(stage, borrower)[0]["disputed"])) == (2, 2)
    [(_, released)] = view.opened(borrower["gateway"], [LOAN])
    assert released["disputed"] == sorted([mine, another]), "agencies are told as well"
    [page] = view.records(borrower["gateway"], "library.loan", None, 10)[0]
    assert mine.encode() in page and b'"disputed"' in page
    await dispute(world, borrower, urn, mine, 2, "rejected")
    await view.wait([(mine, 2)])
    assert shown(stage, guarantor)[0]["disputed"] == [another]
    await world.send(DISPUTE, another, 2, b"", "erased", SUPERVISION)
    await view.wait([(another, 2)])
    assert "disputed" not in shown(stage, borrower)[0] and "disputed" not in shown(stage, guarantor)[0]


async def test_only_a_record_of_ones_own_window_is_ones_own(stage: Stage) -> None:
    world, view = stage.world, stage.view
    borrower, other = await world.born(), await world.born()
    urn = await world.loan(borrower)
    await view.wait([(urn, 1), (borrower.link, 1), (other.link, 1)])
    holds = view.registry.holds
    mine, theirs = (view.pseudonyms(each["gateway"]) for each in (borrower, other))
    assert holds(mine, urn) and not holds(theirs, urn)
    assert not holds(mine, borrower.link), "what is not shown is nobody's to dispute"
    assert not holds(mine, new_urn(OFFICE, "loan")) and not holds(mine, "x" * 5000)
    await world.send(LOAN, urn, 2, b"", "erased")
    await view.wait([(urn, 2)])
    assert not holds(mine, urn)


async def test_a_dispute_that_comes_before_its_record_marks_it_when_it_comes(stage: Stage) -> None:
    world, view = stage.world, stage.view
    borrower = await world.born()
    urn, mine = new_urn(OFFICE, "loan"), new_urn(SUPERVISION, "dispute")
    await dispute(world, borrower, urn, mine)
    await view.wait([(mine, 1)])
    await world.publish(LOAN, urn, 1, [subject(borrower["library"], "borrower")], {"book": "红楼梦"})
    await view.wait([(urn, 1), (borrower.link, 1)])
    assert shown(stage, borrower)[0]["disputed"] == [mine]


async def test_an_old_record_beyond_those_that_are_shown_is_marked_where_all_are_listed(stage: Stage) -> None:
    world, view = stage.world, stage.view
    borrower = await world.born()
    urns = [await world.loan(borrower, book=f"第{number}册") for number in range(SHOWN + 2)]
    await view.wait([(urn, 1) for urn in urns] + [(borrower.link, 1)])
    hidden = next(urn for urn in urns if urn not in [each["urn"] for each in shown(stage, borrower)])
    mine = new_urn(SUPERVISION, "dispute")
    await dispute(world, borrower, hidden, mine)
    await view.wait([(mine, 1)])
    assert len(shown(stage, borrower)) == SHOWN and all("disputed" not in each for each in shown(stage, borrower))
    pages = view.records(borrower["gateway"], "library.loan", None, 50)[0]
    assert [hidden.encode() in each for each in pages if b'"disputed"' in each] == [True]


def test_a_projector_that_forgets_the_mark_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted defect: what ``noted`` keeps is what marks; were it lost, no record would be marked."""
    kept: dict[bytes, bytes] = {}

    class Memory:
        nothing_disputed = True

        def get(self, _database: str, key: bytes) -> bytes | None:
            return kept.get(key)

        def put(self, _database: str, key: bytes, value: bytes) -> None:
            kept[key] = value

        def delete(self, _database: str, key: bytes) -> None:
            kept.pop(key, None)

    batch: Any = Memory()
    opened = {"body": {"about": "urn:a", "state": "open"}}
    assert disputes.noted(batch, "urn:d", opened, None) == "urn:a" and disputes.of(batch, "urn:a") == ["urn:d"]
    assert disputes.noted(batch, "urn:d", opened, opened) is None, "said twice changes nothing"
    monkeypatch.setattr(Memory, "put", lambda *_: None)
    assert disputes.noted(batch, "urn:e", opened, None) == "urn:a"
    assert "urn:e" not in disputes.of(batch, "urn:a"), "and this is what the checks above would see"
