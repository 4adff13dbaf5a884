"""Violations, cycles of points and reports as records."""

from __future__ import annotations

from onewindow_kit.records import Record

from transport.domain.roads.points import Duty
from transport.domain.roads.violations import SETTLED
from transport.events.envelope import Act, Change, record, subject
from transport.tables import PointsCycle, Report, Violation

VIOLATION, POINTS_CYCLE, REPORT = "transport.violation.v1", "transport.points-cycle.v1", "transport.report.v1"


def violation(row: Violation, act: Act, change: Change) -> Record:
    body = {
        "kind": row.kind,
        "points": row.points,
        "fine_fen": row.fine,
        "vehicle": row.vehicle,
        "document": row.document,
        "place": row.place,
        "unit": row.unit,
        "occurred_on": row.occurred_on,
        "recorded_on": row.recorded_on,
        "respond_by": row.respond_by,
        "state": row.state,
        "accepted_on": row.accepted_on,
        "pay_by": row.pay_by,
        "paid_on": row.paid_on,
        "paid_fen": row.paid,
        "decision": None
        if row.decision_reason is None
        else {"reason": row.decision_reason, "remedy": row.decision_remedy},
    }
    subjects = [
        each
        for person, role in ((row.owner, "owner"), (row.driver, "driver"))
        if person is not None
        for each in subject(person, role, row.occurred_on)
    ]
    return record(VIOLATION, row, act, change, subjects, body, ended=row.state in SETTLED)


def points_cycle(row: PointsCycle, duty: Duty | None, act: Act, change: Change) -> Record:
    """``duty`` as long as twelve points stand."""
    body = {
        "licence": row.licence,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "state": row.state,
        "points": row.points,
        "carried_in": row.carried_in,
        "reduced": row.reduced,
        "times_full": row.times_full,
        "full_on": row.full_on,
        "duty": duty,
    }
    who = subject(row.holder, "holder", row.starts_on)
    return record(POINTS_CYCLE, row, act, change, who, body, ended=row.state != "open")


def report(row: Report, act: Act, change: Change) -> Record:
    """The reporter's view and nothing else: neither plate nor violation, whoever reads the log."""
    body = {
        "state": row.state,
        "submitted_on": row.submitted_on,
        "decide_by": row.decide_by,
        "decided_on": row.decided_on,
    }
    who = subject(row.reporter, "reporter", row.submitted_on)
    return record(REPORT, row, act, change, who, body, ended=row.state != "submitted")
