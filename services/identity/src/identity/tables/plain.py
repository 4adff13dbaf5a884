"""Rows without the mapper, for loads of many thousands: the same fields as the tables of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(slots=True)
class Person:
    id: UUID
    urn: str
    link_urn: str
    name: str
    sex: str
    birth_date: date
    ethnic_group: str | None
    birth_division: str | None
    standing: str
    standing_since: date
    died_on: date | None
    origin: str
    declared_late: bool = False
    version: int = 1
    link_version: int = 1
    merged_into: UUID | None = None
    link_order: int = 0


@dataclass(slots=True)
class Identification:
    urn: str
    person_id: UUID
    scheme: str
    number: str
    number_blind: bytes
    reason: str
    assigned_on: date
    state: str = "current"
    ended_on: date | None = None
    version: int = 1


@dataclass(slots=True)
class Household:
    urn: str
    kind: str
    division: str
    neighbourhood: str | None
    address: str
    code: str | None
    code_blind: bytes | None
    opened_on: date
    state: str = "open"
    closed_on: date | None = None
    version: int = 1


@dataclass(slots=True)
class Registration:
    urn: str
    person_id: UUID
    household: str
    relationship: str | None
    entry: str
    registered_on: date
    exit: str | None = None
    ended_on: date | None = None
    version: int = 1


@dataclass(slots=True)
class Card:
    urn: str
    person_id: UUID
    reason: str
    issued_on: date
    valid_until: date | None
    state: str = "valid"
    ended_on: date | None = None
    version: int = 1


@dataclass(slots=True)
class Kinship:
    urn: str
    kind: str
    basis: str
    since: date
    first_id: UUID
    second_id: UUID
    state: str = "in-force"
    ended_on: date | None = None
    ending: str | None = None
    due_on: date | None = None
    version: int = 1


@dataclass(slots=True)
class Stay:
    urn: str
    person_id: UUID
    division: str
    neighbourhood: str | None
    address: str
    since: date
    counted_from: date
    exit: str | None = None
    ended_on: date | None = None
    version: int = 1


@dataclass(slots=True)
class Permit:
    urn: str
    person_id: UUID
    division: str
    neighbourhood: str | None
    ground: str
    granted_on: date
    counted_from: date
    endorsed_on: date
    endorse_by: date
    state: str = "valid"
    suspended_on: date | None = None
    ended_on: date | None = None
    version: int = 1


@dataclass(slots=True)
class Pseudonym:
    pseudonym: str
    person_id: UUID
    sector: str
    generation: int = 1
    current: bool = True
