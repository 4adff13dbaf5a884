"""The register of purposes: why somebody may look at people, as reviewed data (``contracts/purposes``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onewindow_contracts.documents import parse
from onewindow_contracts.entries import Label
from onewindow_contracts.errors import ContractError
from onewindow_contracts.fields import Fields


@dataclass(frozen=True, slots=True)
class PurposeRecord:
    """Properties of one topic's body (and ``you``, the person's own part) that may be asked for.

    Those in ``clear`` leave as they are, the others masked as their class says.
    """

    topic: str
    fields: frozenset[str]
    clear: frozenset[str]


@dataclass(frozen=True, slots=True)
class GrantedTo:
    """The body that the grant names, as it was called: a renamed or replaced holder has to be granted anew."""

    name: str
    uscc: str


@dataclass(frozen=True, slots=True)
class Budget:
    """At most ``citizens`` distinct people for one acting person (``actor``) or the ``organisation``, per clock hour or
    legal day."""

    of: str
    per: str
    citizens: int


@dataclass(frozen=True, slots=True)
class Emergency:
    """Declared under ``act``; everything that was gathered is deleted ``delete_within_days`` after the purpose's end, which
    ``proof`` shows: a document that says what was deleted, when, and who saw it."""

    act: str
    delete_within_days: int
    proof: Label


@dataclass(frozen=True, slots=True)
class Purpose:
    """A registered reason to look. ``holder`` is an authority's local name; both days are included.

    ``to`` ends the sentence that the citizen reads beside a look ("... to register the transfer that you applied for").
    ``processor`` is a vendor whose staff act for the holder. ``keeps`` are topics of records that the holder keeps itself and
    sees whole. ``case`` is the pattern that a stated file number fits, ``case_example`` one that fits. ``machines`` are
    services that may look without an acting person. ``assessment`` refers to the impact assessment that covers restricted
    fields. Looks are disclosed to their subject on ``discloses_on`` at the latest under the law ``discloses_basis``, without
    them at once. ``adverse_subjects_per_day``: more people than that may not be burdened by one office in a legal day
    without a supervisor; None: nobody may.
    """

    id: str
    holder: str
    granted_to: GrantedTo | None
    processor: Label | None
    title: Label
    plain: Label
    to: Label
    legal_basis: str
    highest_sensitivity: str
    assessment: str | None
    acting_person: bool
    machines: frozenset[str]
    case: str | None
    case_example: str | None
    keeps: tuple[str, ...]
    records: tuple[PurposeRecord, ...]
    budgets: tuple[Budget, ...]
    emergency: Emergency | None
    discloses_on: date | None
    discloses_basis: str | None
    adverse_subjects_per_day: int | None
    valid_from: date
    valid_until: date
    file: Path


def purpose(file: Path) -> Purpose:
    """The purpose in ``file``; ContractError names the place that is missing, of the wrong kind or unknown."""
    f = Fields(parse(file), file)
    case = f.inside("case")
    discloses, adverse = f.inside("discloses"), f.inside("adverse")
    read = Purpose(
        id=f.take("id", str),
        holder=f.take("holder", str),
        granted_to=_granted(f),
        processor=f.label("processor", None),
        title=f.label("title"),
        plain=f.label("plain"),
        to=f.label("to"),
        legal_basis=f.take("legal_basis", str),
        highest_sensitivity=f.take("highest_sensitivity", str),
        assessment=f.take("assessment", str, None),
        acting_person=f.take("acting_person", bool),
        machines=frozenset(f.names("machines", ())),
        case=_pattern(case) if case else None,
        case_example=case.take("example", str) if case else None,
        keeps=f.names("keeps", ()),
        records=tuple(_records(f)),
        budgets=tuple(_budgets(f)),
        emergency=_emergency(f),
        discloses_on=discloses.day("on") if discloses else None,
        discloses_basis=discloses.take("legal_basis", str) if discloses else None,
        adverse_subjects_per_day=adverse.take("subjects_per_day", int) if adverse else None,
        valid_from=f.day("valid_from"),
        valid_until=f.day("valid_until"),
        file=file,
    )
    for part in (case, discloses, adverse, f):
        if part:
            part.close()
    return read


def _granted(f: Fields) -> GrantedTo | None:
    g = f.inside("granted_to")
    if g is None:
        return None
    granted = GrantedTo(g.take("name", str), g.take("uscc", str))
    g.close()
    return granted


def _pattern(case: Fields) -> str:
    pattern: str = case.take("pattern", str)
    try:
        re.compile(pattern)
    except re.error as error:
        raise ContractError(case.file, f"{case.place}/pattern", f"is no pattern: {error}") from error
    return pattern


def _records(f: Fields) -> list[PurposeRecord]:
    found = []
    for r in f.items("records"):
        fields = frozenset(r.names("fields"))
        found.append(PurposeRecord(r.take("topic", str), fields, frozenset(r.names("clear", ()))))
        r.close()
    return found


def _budgets(f: Fields) -> list[Budget]:
    found = []
    for b in f.items("budgets"):
        found.append(Budget(b.take("of", str), b.take("per", str), b.take("citizens", int)))
        b.close()
    return found


def _emergency(f: Fields) -> Emergency | None:
    e = f.inside("emergency")
    if e is None:
        return None
    deletion = e.inside("deletion", required=True)
    assert deletion is not None  # `required` raises without
    declared = Emergency(e.take("act", str), deletion.take("within_days", int), deletion.label("proof"))
    deletion.close()
    e.close()
    return declared
