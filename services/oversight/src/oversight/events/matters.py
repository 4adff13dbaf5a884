"""Questions and disputes as the citizen sees them, and as the sector of the office hears of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from onewindow_kit.records import Record

from oversight.domain.standing import PENDING
from oversight.events import MATTER, TOPICS
from oversight.events.envelope import Change, record, subject
from oversight.tables import Matter

BASES = {"question": "个人信息保护法 第五十条", "dispute": "个人信息保护法 第四十六条"}
ROLES = {"question": "asker", "dispute": "disputer"}


def matter(row: Matter, authority: str, on: date, change: Change) -> Record:
    """The citizen's record at the row's version."""
    people = subject(row.person, ROLES[row.kind], row.opened_on)
    body = body_of(row)
    return record(TOPICS[row.kind], row.urn, row.version, change, authority, on, BASES[row.kind], people, body)


def told(row: Matter, authority: str, on: date, change: Change) -> Record | None:
    """The sector's record at its own version: that there is something open, and whose; None where no sector is told."""
    if row.told_urn is None:
        return None
    content = orjson.loads(row.content)
    body = {
        "kind": row.kind,
        "authority": row.office,
        "state": "open" if row.state in PENDING else "closed",
        "due": row.due,
        "reminders": row.reminders,
        "escalated": row.escalated_on is not None,
        "introduction": content["introduction"],
        "about": row.about if row.kind == "dispute" else None,
    }
    topic = f"oversight.{MATTER}{content['sector']}.v1"
    return record(topic, row.told_urn, row.told_version, change, authority, on, BASES[row.kind], [], body)


def body_of(row: Matter) -> dict[str, Any]:
    """What both record types have in common, and what is their own."""
    content = orjson.loads(row.content)
    common = {
        "state": row.state,
        "office": row.office,
        "handler": content.get("handler"),
        "due": row.due,
        "reminders": row.reminders,
        "escalated_on": row.escalated_on,
    }
    if row.kind == "dispute":
        ruling = content.get("ruling")
        own = {"about": row.about, "grounds": content["text"], "raised_on": row.opened_on, "ruling": ruling}
    else:
        own = {
            "entry": row.about,
            "looked_at": content["facts"]["at"],
            "purpose": content["facts"].get("purpose"),
            "text": content["text"],
            "asked_on": row.opened_on,
            "answer": content.get("answer"),
        }
    return common | own
