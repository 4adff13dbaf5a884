"""Registered purposes, compiled from ``contracts/purposes``: who may ask for what, and what of it unmasked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow_kit.decide import Purpose

FOREVER = date.max


@dataclass(frozen=True, slots=True)
class RegisteredPurpose:
    """``clear`` are the properties (topic -> names) that leave unmasked; all others leave as their masking says."""

    rule: Purpose
    clear: Mapping[str, frozenset[str]]


def compiled(entries: Iterable[Mapping[str, Any]], instance: str) -> dict[str, RegisteredPurpose]:
    """By id. A holder is named by its local name; its authority at this instance is meant."""
    return {each["id"]: _compiled(each, instance) for each in entries}


def _compiled(entry: Mapping[str, Any], instance: str) -> RegisteredPurpose:
    holder = entry["holder"]
    records = entry.get("records", ())
    rule = Purpose(
        id=entry["id"],
        holder=holder if "." in holder else f"{instance}.{holder}",
        fields={each["topic"]: frozenset(each["fields"]) for each in records},
        valid_from=_day(entry["valid_from"]),
        valid_until=_day(entry["valid_until"]) if entry.get("valid_until") else FOREVER,
    )
    return RegisteredPurpose(rule, {each["topic"]: frozenset(each.get("clear", ())) for each in records})


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
