"""Objections, advance notices and residence rights as the world sees them: the owners and the one who has the right."""

from datetime import date, datetime

from onewindow_kit.records import Record

from housing.domain.advance_notice import AdvanceNotice
from housing.domain.objection import Objection
from housing.domain.ownership import Ownership
from housing.domain.residence_right import ResidenceRight
from housing.events.envelope import Change, owners, record, subject

OBJECTION, ADVANCE_NOTICE = "housing.objection.v1", "housing.advance-notice.v1"
RESIDENCE_RIGHT = "housing.residence-right.v1"

Right = Objection | AdvanceNotice | ResidenceRight


def right_record(
    right: Right, owned: Ownership, change: Change, effective_on: date, recorded_at: datetime, legal_basis: str
) -> Record:
    """A right at its version; its subjects are the title's present owners and its holder."""
    body = {"title": right.title, "unit_code": right.unit_code, "registered_on": right.registered_on}
    match right:
        case Objection():
            topic, holder, role = OBJECTION, right.objector, "objector"
            body |= {"holds_until": None if right.suit_on else right.holds_until, "suit_on": right.suit_on}
        case AdvanceNotice():
            topic, holder, role = ADVANCE_NOTICE, right.beneficiary, "beneficiary"
            body |= {"registrable_on": right.registrable_on, "holds_until": right.holds_until}
        case ResidenceRight():
            topic, holder, role = RESIDENCE_RIGHT, right.resident, "resident"
            body |= {"until": right.until}
    body |= {"ending": right.ending, "ended_on": right.ended_on}
    subjects = owners(owned, "owner", right.ended_on, right.registered_on)
    subjects.append(subject(holder, role, right.registered_on, right.ended_on))
    return record(topic, right, change, effective_on, recorded_at, legal_basis, subjects, body)
