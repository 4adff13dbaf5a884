"""Driving licences: states, terms and what each decision needs (机动车驾驶证申领和使用规定; 道路交通安全法)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from transport.domain.days import add_months, add_years, not_before, plausible
from transport.domain.problems import (
    ClassesUnchanged,
    ExaminationRequired,
    HolderBarred,
    LicenceExists,
    LicenceLapsed,
    LicenceStateForbids,
    NotYetLapsed,
    RecoveryPeriodOver,
    RenewalNotNeeded,
    RenewalTooEarly,
    TermNotOver,
    TermOutOfBounds,
)

CLASSES = ("A1", "A2", "A3", "B1", "B2", "C1", "C2", "C3", "C4", "C5", "C6", "D", "E", "F", "M", "N", "P")
State = Literal["valid", "retained", "suspended", "use-stopped", "revoked", "annulled", "cancelled"]
LIVE: tuple[State, ...] = ("valid", "retained", "suspended", "use-stopped")
Term = Literal["first", "second", "unlimited"]
CancellationReason = Literal[
    "own-request", "death", "incapacity", "health", "late-renewal", "probation-points", "duplicate"
]
WRONGLY: tuple[CancellationReason, ...] = ("death", "probation-points")
"""Cancellations whose ground can turn out not to have been."""
_NEXT: dict[Term, Term] = {"first": "second", "second": "unlimited"}


@dataclass(frozen=True, slots=True)
class LicenceRules:
    """Dated parameters as of the day of the decision."""

    term_years: Mapping[Term, int]
    """How long each term runs; ``unlimited`` is not in it."""
    window_days: int
    """Renewal opens so many days before expiry."""
    late_years: int
    """Expired longer than this: cancelled instead of renewed."""
    recovery_years: int
    """A licence cancelled for late renewal comes back by examination so long after."""
    suspension_months: tuple[int, int]
    """Shortest and longest suspension."""
    annulment_bar_years: int
    """No new licence so long after an annulment."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as of its newest decision.

    ``valid_until`` is its last day, None without limit. ``state_until`` is the last day of a suspension, of the bar
    after revocation or annulment (None: for life), or of the time in which a cancelled one can be restored.
    """

    classes: tuple[str, ...]
    state: State
    term: Term
    first_issued_on: date
    valid_from: date
    valid_until: date | None
    state_since: date
    state_until: date | None = None
    cancellation_reason: CancellationReason | None = None


def ends(valid_from: date, term: Term, rules: LicenceRules) -> date | None:
    """The last day of a term that begins on ``valid_from``; None without limit."""
    years = rules.term_years.get(term)
    return None if years is None else add_years(valid_from, years)


def ordered(classes: Iterable[str]) -> tuple[str, ...]:
    """Classes in the norm's order, each once."""
    return tuple(sorted(set(classes), key=CLASSES.index))


def may_be_issued(earlier: Iterable[Licence], today: date) -> None:
    """One live licence a person; a revoked or annulled one bars the next until its bar ends."""
    for licence in earlier:
        if licence.state in LIVE:
            raise LicenceExists
        barring = licence.state in ("revoked", "annulled")
        if barring and (licence.state_until is None or licence.state_until >= today):
            raise HolderBarred


def issue(classes: Iterable[str], issued_on: date, today: date, rules: LicenceRules) -> Licence:
    """A first licence runs the first term."""
    plausible(today, issued_on=issued_on)
    return Licence(
        classes=ordered(classes),
        state="valid",
        term="first",
        first_issued_on=issued_on,
        valid_from=issued_on,
        valid_until=ends(issued_on, "first", rules),
        state_since=issued_on,
    )


def lapses_on(licence: Licence, rules: LicenceRules) -> date | None:
    """The first day on which the licence is cancelled instead of renewed; None without limit."""
    if licence.valid_until is None:
        return None
    return add_years(licence.valid_until, rules.late_years) + timedelta(days=1)


def renew(licence: Licence, on: date, twelve_points_reached: bool, rules: LicenceRules) -> Licence:
    """The next term: first, second, without limit; the same again if twelve points were reached in a cycle."""
    _require(licence, "valid")
    lapse = lapses_on(licence, rules)
    if licence.valid_until is None or lapse is None:
        raise RenewalNotNeeded
    if on < licence.valid_until - timedelta(days=rules.window_days):
        raise RenewalTooEarly
    if on >= lapse:
        raise LicenceLapsed
    term = licence.term if twelve_points_reached else _NEXT[licence.term]
    start = licence.valid_until
    return replace(licence, term=term, valid_from=start, valid_until=ends(start, term, rules))


def vary_classes(licence: Licence, classes: Iterable[str]) -> Licence:
    """Adds classes after an examination, or takes them away (probation, age, own request)."""
    _require(licence, "valid")
    wanted = ordered(classes)
    if wanted == licence.classes:
        raise ClassesUnchanged
    return replace(licence, classes=wanted)


def retain(licence: Licence, on: date) -> Licence:
    """The office keeps the licence, e.g. from twelve points until the study is done."""
    return _enter(licence, "retained", on, allowed=("valid",))


def suspend(licence: Licence, on: date, until: date, rules: LicenceRules) -> Licence:
    """A suspension has a last day within the bounds of the law."""
    shortest, longest = rules.suspension_months
    if not add_months(on, shortest) <= until <= add_months(on, longest):
        raise TermOutOfBounds
    return _enter(licence, "suspended", on, until, allowed=("valid", "retained"))


def stop_use(licence: Licence, on: date) -> Licence:
    """Use is stopped by notice when the holder refuses the study after twelve points."""
    return _enter(licence, "use-stopped", on, allowed=("valid", "retained"))


def revoke(licence: Licence, on: date, barred_until: date | None) -> Licence:
    """Revoked for an offence; ``barred_until`` None bars for life."""
    if barred_until is not None and barred_until <= on:
        raise TermOutOfBounds
    return _enter(licence, "revoked", on, barred_until, allowed=LIVE)


def annul(licence: Licence, on: date, rules: LicenceRules) -> Licence:
    """Annulled because it was obtained by deceit or bribery."""
    return _enter(licence, "annulled", on, add_years(on, rules.annulment_bar_years), allowed=LIVE)


def cancel(licence: Licence, on: date, reason: CancellationReason, rules: LicenceRules) -> Licence:
    """Cancelled; only late renewal leaves a way back, and only while the licence is in the holder's hands can he ask."""
    allowed: tuple[State, ...] = ("valid",) if reason == "own-request" else LIVE
    _require(licence, *allowed)
    until = None
    if reason == "late-renewal":
        lapse = lapses_on(licence, rules)
        if lapse is None or on < lapse:
            raise NotYetLapsed
        until = add_years(on, rules.recovery_years)
    cancelled = _enter(licence, "cancelled", on, until, allowed=allowed)
    return replace(cancelled, cancellation_reason=reason)


def restore(licence: Licence, on: date, examined_on: date | None, overturned: bool, rules: LicenceRules) -> Licence:
    """Back to valid: a suspension ends by its term or by a remedy, the rest needs study or an examination passed.

    A cancellation for a death that was wrongly reported, or for points that were, is overturned; one for late renewal is
    recovered by examination.
    """
    _require(licence, "retained", "suspended", "use-stopped", "cancelled")
    if examined_on is not None:
        plausible(on, examined_on=examined_on)
        not_before(licence.state_since, examined_on=examined_on)
    if licence.state == "cancelled" and licence.cancellation_reason in WRONGLY and overturned:
        return replace(_enter(licence, "valid", on, allowed=("cancelled",)), cancellation_reason=None)
    if licence.state == "cancelled":
        return _recover(licence, on, examined_on, rules)
    if licence.state == "suspended":
        if not overturned and licence.state_until is not None and on <= licence.state_until:
            raise TermNotOver
    elif examined_on is None and not overturned:
        raise ExaminationRequired
    return _enter(licence, "valid", on, allowed=(licence.state,))


def _recover(licence: Licence, on: date, examined_on: date | None, rules: LicenceRules) -> Licence:
    if licence.cancellation_reason != "late-renewal":
        raise LicenceStateForbids("Only a licence cancelled for late renewal can be restored")
    if licence.state_until is None or on > licence.state_until:
        raise RecoveryPeriodOver
    if examined_on is None:
        raise ExaminationRequired
    back = _enter(licence, "valid", on, allowed=("cancelled",))
    return replace(back, valid_from=on, valid_until=ends(on, licence.term, rules), cancellation_reason=None)


def consistent(licence: Licence, today: date) -> None:
    """What must be true of a licence that another system has kept; DateOutOfRange or TermOutOfBounds otherwise."""
    plausible(
        today, first_issued_on=licence.first_issued_on, valid_from=licence.valid_from, state_since=licence.state_since
    )
    not_before(licence.first_issued_on, valid_from=licence.valid_from, state_since=licence.state_since)
    not_before(licence.valid_from, valid_until=licence.valid_until)
    not_before(licence.state_since, state_until=licence.state_until)
    if (licence.valid_until is None) != (licence.term == "unlimited"):
        raise TermOutOfBounds("Exactly the unlimited term has no last day")
    if (licence.cancellation_reason is None) != (licence.state != "cancelled"):
        raise LicenceStateForbids("Exactly a cancelled licence has a reason of cancellation")
    if licence.state == "suspended" and licence.state_until is None:
        raise TermOutOfBounds("A suspension has a last day")
    if licence.state in ("valid", "retained", "use-stopped") and licence.state_until is not None:
        raise TermOutOfBounds("A licence in this state has no last day of the state")


def _require(licence: Licence, *states: State) -> None:
    if licence.state not in states:
        raise LicenceStateForbids(f"The licence is {licence.state}")


def _enter(
    licence: Licence, state: State, on: date, until: date | None = None, *, allowed: tuple[State, ...]
) -> Licence:
    _require(licence, *allowed)
    not_before(licence.state_since, on=on)
    return replace(licence, state=state, state_since=on, state_until=until)
