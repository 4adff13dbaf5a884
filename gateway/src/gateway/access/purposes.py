"""Registered purposes, compiled from ``contracts/purposes``: who may ask for what, and what of it unmasked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onewindow_contracts.purposes import Purpose as Entry
from onewindow_kit.purposes import Purpose, record_type

GRADES = ("public", "internal", "confidential", "restricted")


@dataclass(frozen=True, slots=True)
class RegisteredPurpose:
    """``clear`` are the properties (topic -> names) that leave unmasked; all others leave as their masking says.

    ``highest`` is the most sensitive class that may leave at all.
    """

    rule: Purpose
    clear: Mapping[str, frozenset[str]]
    highest: str


def compiled(entries: Iterable[Entry], instance: str) -> dict[str, RegisteredPurpose]:
    """By id. A holder is named by its local name; its authority at this instance is meant."""
    return {
        each.id: RegisteredPurpose(
            rule=Purpose(
                id=each.id,
                holder=f"{instance}.{each.holder}",
                fields={record_type(record.topic): record.fields for record in each.records},
                valid_from=each.valid_from,
                valid_until=each.valid_until,
            ),
            clear={record.topic: record.clear for record in each.records},
            highest=each.highest_sensitivity,
        )
        for each in entries
    }


def within(grade: str, highest: str) -> bool:
    """Whether a property of class ``grade`` may leave under ``highest``; an unknown class may not."""
    return grade in GRADES and highest in GRADES and GRADES.index(grade) <= GRADES.index(highest)
