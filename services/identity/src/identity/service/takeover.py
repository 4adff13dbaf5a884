"""Stays and permits of persons who are loaded: as they stand today by the rules of their days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from identity.domain import permits
from identity.domain.permits import PermitState
from identity.events import Office
from identity.service.rules import Rules
from identity.tables import plain


def stay(office: Office, person: UUID, division: str, address: str, since: date) -> plain.Stay:
    return plain.Stay(office.urn("stay"), person, division, None, address, since, since)


def permit(
    office: Office, rules: Rules, held: plain.Stay, ground: str, granted_on: date, endorsed_on: date
) -> plain.Permit:
    terms = permits.Terms(
        every=rules.parameter("permit-endorsement-months", endorsed_on),
        window=rules.parameter("permit-endorsement-window-months", endorsed_on),
    )
    row = plain.Permit(
        urn=office.urn("residence-permit"),
        person_id=held.person_id,
        division=held.division,
        neighbourhood=None,
        ground=ground,
        granted_on=granted_on,
        counted_from=held.counted_from,
        endorsed_on=endorsed_on,
        endorse_by=permits.granted(endorsed_on, terms),
    )
    if row.endorse_by < office.today():
        row.state, row.suspended_on = PermitState.SUSPENDED, permits.suspended_from(row.endorse_by)
    return row
