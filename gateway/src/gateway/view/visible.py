"""A record as one of its subjects sees it: the envelope with `you` for `subjects`, the body cut to the subject's roles.

A disputed one says so, whoever disputes it: `disputed` are the URNs of the open disputes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from gateway.view.shapes import Shape

_YOU = ("role", "from", "until", "part")


def entries_of(envelope: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Pseudonym -> the subject's own entries, as `subjects` has them."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for subject in envelope["subjects"]:
        entries.setdefault(subject["pseudonym"], []).append(subject)
    return entries


def you_of(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: entry[name] for name in _YOU} for entry in entries]


def is_current(envelope: dict[str, Any], entries: list[dict[str, Any]]) -> bool:
    """Whether the record is of the present for this subject: not ended, and an entry open after the effective day
    (`until` is excluded)."""
    if envelope["change"] == "ended":
        return False
    return any(entry["until"] is None or entry["until"] > envelope["effective_on"] for entry in entries)


def visible(
    shape: Shape, envelope: dict[str, Any], entries: list[dict[str, Any]], disputes: Sequence[str] = ()
) -> dict[str, Any]:
    """The record for the subject with these entries."""
    cut = shape.cut(frozenset([entry["role"] for entry in entries]))
    body = envelope["body"]
    return mark(disputes) | {
        "urn": envelope["urn"],
        "version": envelope["version"],
        "change": envelope["change"],
        "authority": envelope["authority"],
        "effective_on": envelope["effective_on"],
        "recorded_at": envelope["recorded_at"],
        "legal_basis": envelope["legal_basis"],
        "contract": envelope["contract"],
        "you": you_of(entries),
        "body": body if cut is None else cut(body),
    }


def visible_bytes(
    shape: Shape, envelope: dict[str, Any], entries: list[dict[str, Any]], disputes: Sequence[str] = ()
) -> bytes:
    return orjson.dumps(visible(shape, envelope, entries, disputes))


def mark(disputes: Sequence[str]) -> dict[str, Any]:
    """What a record's object says of open disputes: nothing where there are none."""
    return {"disputed": list(disputes)} if disputes else {}
