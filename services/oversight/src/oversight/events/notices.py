"""A notice, as its addressee sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

from onewindow_kit.records import Record

from oversight.events import TOPICS
from oversight.events.envelope import record, subject

BASIS = "个人信息保护法 第五十七条"


def notice(urn: str, person: str, body: dict[str, Any], authority: str, on: date) -> Record:
    """A notice is said once and stays as it was said."""
    people = subject(person, "addressee", on)
    return record(TOPICS["notice"], urn, 1, "created", authority, on, BASIS, people, body)
