"""A row as its record's body, in the words of the record's schema."""

from __future__ import annotations

from datetime import date
from typing import Any

from identity.domain.moves import REMEDY, Step
from identity.tables import (
    Card,
    Household,
    Identification,
    Kinship,
    Move,
    Organisation,
    Permit,
    Person,
    Registration,
    Representation,
    Stay,
    plain,
)

Body = Any
"""A JSON object in the words of one record's schema."""
KINSHIP_ROLES = {
    "parentage": ("parent", "child"),
    "marriage": ("spouse", "spouse"),
    "guardianship": ("guardian", "ward"),
}


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def person(row: Person | plain.Person) -> Body:
    return {
        "name": row.name,
        "sex": row.sex,
        "birth_date": day(row.birth_date),
        "ethnic_group": row.ethnic_group,
        "birth_division": row.birth_division,
        "standing": row.standing,
        "standing_since": day(row.standing_since),
        "died_on": day(row.died_on),
    }


def identification(row: Identification | plain.Identification) -> Body:
    return {
        "scheme": row.scheme,
        "number": row.number,
        "state": row.state,
        "reason": row.reason,
        "assigned_on": day(row.assigned_on),
        "ended_on": day(row.ended_on),
    }


def household(row: Household | plain.Household, members: int) -> Body:
    return {
        "kind": row.kind,
        "division": row.division,
        "neighbourhood": row.neighbourhood,
        "address": row.address,
        "state": row.state,
        "members": members if row.kind == "family" else None,
        "opened_on": day(row.opened_on),
        "closed_on": day(row.closed_on),
    }


def registration(row: Registration | plain.Registration, place: Household | plain.Household) -> Body:
    return {
        "household": row.household,
        "division": place.division,
        "neighbourhood": place.neighbourhood,
        "address": place.address,
        "relationship": row.relationship,
        "state": "open" if row.ended_on is None else "ended",
        "entry": row.entry,
        "registered_on": day(row.registered_on),
        "exit": row.exit,
        "ended_on": day(row.ended_on),
    }


def kinship(row: Kinship | plain.Kinship) -> Body:
    return {
        "kind": row.kind,
        "basis": row.basis,
        "state": row.state,
        "since": day(row.since),
        "ended_on": day(row.ended_on),
        "ending": row.ending,
    }


def card(row: Card | plain.Card) -> Body:
    return {
        "state": row.state,
        "reason": row.reason,
        "issued_on": day(row.issued_on),
        "valid_until": day(row.valid_until),
        "ended_on": day(row.ended_on),
    }


def organisation(row: Organisation) -> Body:
    return {
        "name": row.name,
        "uscc": row.uscc,
        "kind": row.kind,
        "state": row.state,
        "registered_on": day(row.registered_on),
        "dissolved_on": day(row.dissolved_on),
    }


def representation(row: Representation, of: Organisation) -> Body:
    return {
        "organisation": of.name,
        "uscc": of.uscc,
        "capacity": row.capacity,
        "powers": row.powers.split(","),
        "state": row.state,
        "since": day(row.since),
        "until": day(row.until),
        "ended_on": day(row.ended_on),
    }


def move(row: Move) -> Body:
    return {
        "step": row.step,
        "from_division": row.from_division,
        "to_division": row.to_division,
        "reason": row.reason,
        "requested_on": day(row.requested_on),
        "permitted_on": day(row.permitted_on),
        "certified_on": day(row.certified_on),
        "certificate_until": day(row.certificate_until),
        "ended_on": day(row.ended_on),
        "decide_by": day(row.decide_by),
        "decided_reason": row.grounds,
        "remedy": REMEDY if row.step == Step.REFUSED else None,
    }


def stay(row: Stay | plain.Stay) -> Body:
    return {
        "division": row.division,
        "neighbourhood": row.neighbourhood,
        "address": row.address,
        "state": "open" if row.ended_on is None else "ended",
        "since": day(row.since),
        "counted_from": day(row.counted_from),
        "exit": row.exit,
        "ended_on": day(row.ended_on),
    }


def permit(row: Permit | plain.Permit) -> Body:
    return {
        "state": row.state,
        "division": row.division,
        "neighbourhood": row.neighbourhood,
        "ground": row.ground,
        "granted_on": day(row.granted_on),
        "counted_from": day(row.counted_from),
        "endorsed_on": day(row.endorsed_on),
        "endorse_by": day(row.endorse_by),
        "suspended_on": day(row.suspended_on),
        "ended_on": day(row.ended_on),
    }
