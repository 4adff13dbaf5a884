"""Violations of traffic law: who answers, until when, what is due (道路交通安全法 107 to 110; Order 163)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from transport.domain.roads.problems import (
    AmountNotDue,
    DriverAlreadyNamed,
    NaturalPersonOnly,
    NotYoursToAnswer,
    ObjectionDecided,
    ObjectionPending,
    ResponseTooLate,
    TermToAnswerRuns,
    ViolationStateForbids,
)

State = Literal["recorded", "accepted", "paid", "objected", "annulled"]
SETTLED: tuple[State, ...] = ("paid", "annulled")
PERCENT = 100  # not a rule: what per cent means


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Per cent of the fine for each day that it is late, and at most so many together (None: no limit)."""

    daily: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Violation:
    """A violation as of its newest step; ``objection`` is the case that was opened against it, ever."""

    points: int
    fine: int
    owner: str | None
    driver: str | None
    respond_by: date
    state: State = "recorded"
    state_before: State | None = None
    accepted_on: date | None = None
    pay_by: date | None = None
    paid_on: date | None = None
    paid: int | None = None
    objection: str | None = None


def accept(violation: Violation, person: str, on: date, pay_by: date, *, organisation: bool) -> Violation:
    """The driver who was named takes it, or the owner who drove."""
    _require(violation, "recorded")
    if organisation:
        raise NaturalPersonOnly
    if violation.driver not in (None, person):
        raise NotYoursToAnswer
    _in_time(violation, on)
    return replace(violation, state="accepted", driver=person, accepted_on=on, pay_by=pay_by)


def name_driver(violation: Violation, driver: str, on: date, respond_by: date, *, organisation: bool) -> Violation:
    """The owner says who drove; that person answers within a term of its own."""
    _require(violation, "recorded")
    if violation.driver is not None:
        raise DriverAlreadyNamed
    _in_time(violation, on)
    if organisation:
        raise NaturalPersonOnly("An organisation does not drive")
    return replace(violation, driver=driver, respond_by=respond_by)


def establish(violation: Violation, driver: str | None, on: date, pay_by: date) -> Violation:
    """The office decides: at any time against a driver who became known, else once the term to answer is over."""
    _require(violation, "recorded")
    if driver is None and on <= violation.respond_by:
        raise TermToAnswerRuns
    return replace(violation, state="accepted", driver=driver or violation.driver, accepted_on=on, pay_by=pay_by)


def due(violation: Violation, on: date, surcharge: Surcharge) -> int:
    """What must be paid on a day, in fen: the fine, and the surcharge for each day after the last one."""
    late = 0 if violation.pay_by is None else max(0, (on - violation.pay_by).days)
    percent = late * surcharge.daily
    if surcharge.most is not None:
        percent = min(percent, surcharge.most)
    return violation.fine + violation.fine * percent // PERCENT


def pay(violation: Violation, amount: int, on: date, surcharge: Surcharge) -> Violation:
    _require(violation, "accepted")
    owed = due(violation, on, surcharge)
    if amount != owed:
        raise AmountNotDue(f"{owed} fen are due today", due=owed)
    return replace(violation, state="paid", paid_on=on, paid=amount)


def object_to(violation: Violation, person: str, on: date, case: str) -> Violation:
    """Once, in time, by the driver, or by the owner while nobody is said to have driven."""
    _require(violation, "recorded", "accepted")
    if violation.driver not in (None, person):
        raise NotYoursToAnswer
    if violation.objection is not None:
        raise ObjectionDecided
    _in_time(violation, on)
    return replace(violation, state="objected", state_before=violation.state, objection=case)


def uphold(violation: Violation, on: date, respond_by: date, pay_by: date) -> Violation:
    """The objection failed or was withdrawn: back to where it was, with terms that run anew."""
    _require(violation, "objected")
    if violation.state_before == "accepted":
        return replace(violation, state="accepted", state_before=None, accepted_on=on, pay_by=pay_by)
    return replace(violation, state="recorded", state_before=None, respond_by=respond_by)


def annul(violation: Violation, *, by_objection: bool) -> Violation:
    """It never counted. While an objection is pending only its decision annuls."""
    if violation.state == "objected" and not by_objection:
        raise ObjectionPending
    if violation.state == "annulled":
        raise ViolationStateForbids("The violation is annulled")
    return replace(violation, state="annulled", state_before=None)


def _in_time(violation: Violation, on: date) -> None:
    if on > violation.respond_by:
        raise ResponseTooLate


def _require(violation: Violation, *states: State) -> None:
    if violation.state not in states:
        raise ViolationStateForbids(f"The violation is {violation.state}")
