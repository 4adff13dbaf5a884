"""A move in three steps: permission, move-out certificate, arrival (户口登记条例 10, 13).

From the certificate to the arrival the mover is in transit; a certificate that expires reopens the losing register.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from identity.domain.problems import CertificateExpired, DateOutOfOrder, MoveNotPossible


class Step(StrEnum):
    REQUESTED = "requested"
    PERMITTED = "permitted"
    IN_TRANSIT = "in-transit"
    COMPLETED = "completed"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


REMEDY = "自收到决定之日起六十日内可申请行政复议，或六个月内向人民法院提起行政诉讼。"
"""What can be done against the refusal of a move (行政复议法 20, 行政诉讼法 46)."""

OPEN = frozenset({Step.REQUESTED, Step.PERMITTED, Step.IN_TRANSIT})

NEXT: dict[Step, frozenset[Step]] = {
    Step.REQUESTED: frozenset({Step.PERMITTED, Step.REFUSED, Step.WITHDRAWN}),
    Step.PERMITTED: frozenset({Step.IN_TRANSIT, Step.WITHDRAWN}),
    Step.IN_TRANSIT: frozenset({Step.COMPLETED, Step.EXPIRED}),
}


def advance(step: Step, to: Step) -> Step:
    """The next step, MoveNotPossible where it does not follow."""
    if to not in NEXT.get(step, frozenset()):
        raise MoveNotPossible
    return to


def expires_on(issued_on: date, days: int) -> date:
    """The last day on which a certificate is good."""
    return issued_on + timedelta(days=days)


def arrive(step: Step, issued_on: date, last_day: date, arrived_on: date) -> Step:
    """The end of a move within the certificate's term."""
    if step is Step.EXPIRED:
        raise CertificateExpired
    done = advance(step, Step.COMPLETED)
    if arrived_on < issued_on:
        raise DateOutOfOrder
    if arrived_on > last_day:
        raise CertificateExpired
    return done
