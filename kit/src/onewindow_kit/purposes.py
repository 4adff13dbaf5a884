"""A registered reason to look at people, compiled: what ``decide`` needs to know of it and what an entry says of it.

Purposes are reviewed data (``contracts/purposes``); whoever decides compiles them with the authorities of the day. A record
type is named as everywhere outside Kafka: ``housing.title``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Budget:
    """At most ``citizens`` distinct people in one clock hour or legal day, looked at by one acting person (``actor``) or
    by the whole organisation, for one purpose."""

    of: Literal["actor", "organisation"]
    per: Literal["hour", "day"]
    citizens: int

    @property
    def name(self) -> str:
        """``actor-hour``: what a snapshot of usage counts under."""
        return f"{self.of}-{self.per}"


@dataclass(frozen=True, slots=True)
class Purpose:
    """``holder`` is an authority's full id; both days of validity are included.

    ``fields`` maps a record type to the properties of its body that may be seen (``you``: the person's own part), ``clear``
    to those of them that leave unmasked. ``keeps`` are record types that the holder keeps itself: seen whole, unmasked.
    ``highest`` is the most sensitive class that may leave; ``assessed`` says that an impact assessment covers restricted
    fields. ``acting_person`` asks for an officer; ``machines`` are services that may look without one. ``case`` is the
    pattern of the file number that every look must state, None for a purpose without cases. ``processor`` acts for the
    holder with people of its own. From ``void_from`` on the holder is not the body any more to which this was granted. ``adverse_subjects_per_day``
    is how many people an office may burden in one legal day before a supervisor must agree (None: it burdens nobody).
    Under the law ``discloses_basis`` a look appears in its subject's record on the fixed day ``discloses_on``; without
    that at once.
    """

    id: str
    holder: str
    fields: Mapping[str, frozenset[str]]
    valid_from: date
    valid_until: date
    legal_basis: str = ""
    clear: Mapping[str, frozenset[str]] = field(default_factory=dict)
    keeps: frozenset[str] = frozenset()
    highest: str = "public"
    assessed: bool = False
    acting_person: bool = False
    machines: frozenset[str] = frozenset()
    case: str | None = None
    budgets: tuple[Budget, ...] = ()
    processor: str | None = None
    discloses_on: date | None = None
    discloses_basis: str | None = None
    adverse_subjects_per_day: int | None = None
    void_from: date | None = None

    def covers(self, record_type: str, properties: frozenset[str]) -> bool:
        """Whether all of ``properties`` of ``record_type`` lie within this purpose."""
        return record_type in self.keeps or properties <= self.fields.get(record_type, frozenset())


def compiled(entries: Iterable[Any], authorities: Mapping[str, Any], instance: str) -> dict[str, Purpose]:
    """By id: the purposes of ``instance``.

    ``entries`` are the register's (``onewindow_contracts.entries.Purpose``), ``authorities`` the known ones by full id.
    """
    return {each.id: _compiled(each, authorities.get(f"{instance}.{each.holder}"), instance) for each in entries}


def _compiled(entry: Any, holder: Any, instance: str) -> Purpose:
    return Purpose(
        id=entry.id,
        holder=f"{instance}.{entry.holder}",
        fields={record_type(each.topic): each.fields for each in entry.records},
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        legal_basis=entry.legal_basis,
        clear={record_type(each.topic): each.clear for each in entry.records},
        keeps=frozenset(record_type(topic) for topic in entry.keeps),
        highest=entry.highest_sensitivity,
        assessed=entry.assessment is not None,
        acting_person=entry.acting_person,
        machines=entry.machines,
        case=entry.case,
        budgets=tuple(Budget(each.of, each.per, each.citizens) for each in entry.budgets),
        processor=entry.processor,
        discloses_on=entry.discloses_on,
        discloses_basis=entry.discloses_basis,
        adverse_subjects_per_day=entry.adverse_subjects_per_day,
        void_from=void_from(entry, holder),
    )


def void_from(entry: Any, holder: Any) -> date | None:
    """The first day on which the grant is void, None while its holder stands.

    Void always: the holder is unknown, or no longer the body (name and unified social credit code) that the grant names,
    or followed by another on no stated day. Else from the day on which the authority ends, which is its first without office.
    """
    if holder is None or (holder.title["zh"], holder.uscc) != (entry.granted_to.name, entry.granted_to.uscc):
        return date.min
    if holder.valid_until is None and holder.successor is not None:
        return date.min
    return holder.valid_until


def record_type(topic: str) -> str:
    """``housing.title.v1`` -> ``housing.title``."""
    return topic.rpartition(".")[0]
