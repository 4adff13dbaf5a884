"""A command about something of one's own reaches its department only with what is the caller's."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest
from gateway.commands.catalogue import CitizenCommand, citizen_commands
from gateway.commands.outward import Answer
from gateway.commands.own import FACTS, HEADER, Own
from gateway.commands.relay import Commands
from onewindow_contracts import loader
from onewindow_kit.decide import Principal
from onewindow_kit.problems import NotFound

ME, OTHER = "gateway.1.me", "gateway.1.other"
NAMES = {ME: ("gateway.1.me", "housing.1.me"), OTHER: ("gateway.1.other",)}
RECORD, ENTRY = "urn:onewindow:demo.title-registry:title:mine", "an-entry-of-mine"
SAID = {"at": "2026-11-24T08:00:00.000Z", "organisation": "demo.title-registry", "kind": "look", "subject": "secret"}
WANTED = {command.operation: command for command in citizen_commands("oversight", loader.load().openapi("oversight"))}


class Department:
    """Takes what comes."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []

    async def ask(self, _method: str, _path: str, *, headers: dict[str, str], **_: Any) -> Answer:
        self.asked.append(headers)
        return Answer(201, {"content-type": "application/json"}, b"{}")


class Exchange:
    async def token(self, *_: Any) -> str:
        return "exchanged"


async def entry_of(names: Any, entry: str) -> Mapping[str, Any] | None:
    return SAID if entry == ENTRY and "housing.1.me" in names else None


def holds(names: Any, urn: str) -> bool:
    return urn == RECORD and "housing.1.me" in names


def commands(department: Department) -> Commands:
    stands: Any = {"oversight": department}
    exchange: Any = Exchange()
    own = Own(NAMES.__getitem__, entry_of, holds)
    return Commands(lambda _department, operation: WANTED.get(operation), stands, exchange, own)


def caller(who: str) -> Principal:
    return Principal("citizen", who, "gateway", "app", "t", 2**40)


async def relay(department: Department, who: str, operation: str, body: Any, **headers: str) -> Answer:
    relayed = {"path": {}, "query": {}, "body": body, "headers": headers}
    return await commands(department).relay(caller(who), "token", "oversight", operation, **relayed)


async def test_the_facts_of_ones_own_entry_go_along_and_nothing_else_of_it() -> None:
    department = Department()
    await relay(department, ME, "askQuestion", {"entry": ENTRY, "text": "为什么？"}, **{HEADER: "forged"})
    sent = department.asked[0][HEADER]
    facts = json.loads(base64.urlsafe_b64decode(sent + "=" * (-len(sent) % 4)))
    assert facts == {name: SAID.get(name) for name in FACTS} and "secret" not in str(facts)
    assert "subject" not in FACTS, "whose it is stays here"


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("askQuestion", {"entry": ENTRY, "text": "?"}),
        ("raiseDispute", {"about": RECORD, "grounds": "?"}),
    ],
)
async def test_what_is_somebody_elses_reaches_no_department(operation: str, body: dict[str, str]) -> None:
    department = Department()
    with pytest.raises(NotFound):
        await relay(department, OTHER, operation, body)
    assert department.asked == []
    assert (await relay(department, ME, operation, body)).status == 201


async def test_what_is_no_text_is_left_to_the_department_without_any_facts() -> None:
    department = Department()
    await relay(department, OTHER, "askQuestion", {"entry": [ENTRY], "text": "?"})
    await relay(department, OTHER, "askQuestion", None)
    assert all(HEADER not in sent for sent in department.asked) and len(department.asked) == 2


async def test_a_contract_without_the_mark_would_let_anybodys_record_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted defect: what holds the rule up is the mark in the contract, and the relay's asking for it."""
    unmarked = CitizenCommand("oversight", "raiseDispute", "POST", "/v1/disputes", frozenset(), True, "")
    monkeypatch.setitem(WANTED, "raiseDispute", unmarked)
    department = Department()
    await relay(department, OTHER, "raiseDispute", {"about": RECORD, "grounds": "?"})
    assert len(department.asked) == 1, "so the tests above would have noticed"
