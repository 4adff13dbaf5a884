"""Driving licences keep to their states and terms through any sequence of decisions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from onewindow_contracts import loader
from onewindow_kit.problems import Problem
from transport.domain import licences
from transport.domain.days import add_years
from transport.domain.licences import CLASSES, LIVE, Licence
from transport.domain.problems import (
    ExaminationRequired,
    HolderBarred,
    LicenceExists,
    LicenceLapsed,
    NotYetLapsed,
    RecoveryPeriodOver,
    RenewalNotNeeded,
    RenewalTooEarly,
    TermNotOver,
    TermOutOfBounds,
)
from transport.service.rules import Rules

ISSUED = date(2020, 2, 29)
RULES = Rules(loader.load()).licences(ISSUED)


def issued() -> Licence:
    return licences.issue(["C1"], ISSUED, ISSUED, RULES)


@pytest.mark.rule("transport.licence-term-years", "domain-24")
def test_terms_are_six_years_ten_years_and_then_without_limit() -> None:
    first = issued()
    assert first.valid_until == date(2026, 2, 28)
    second = licences.renew(first, date(2026, 1, 1), False, RULES)
    assert (second.term, second.valid_from, second.valid_until) == ("second", date(2026, 2, 28), date(2036, 2, 28))
    third = licences.renew(second, date(2036, 2, 28), False, RULES)
    assert (third.term, third.valid_until) == ("unlimited", None)
    with pytest.raises(RenewalNotNeeded):
        licences.renew(third, date(2040, 1, 1), False, RULES)


def test_twelve_points_keep_the_same_term() -> None:
    again = licences.renew(issued(), date(2026, 2, 1), True, RULES)
    assert (again.term, again.valid_until) == ("first", date(2032, 2, 28))


@pytest.mark.rule("transport.licence-renewal-window", "transport.licence-late-years", "domain-24")
def test_renewal_opens_ninety_days_before_and_closes_a_year_after_expiry() -> None:
    licence = issued()
    opens = date(2026, 2, 28) - timedelta(days=90)
    with pytest.raises(RenewalTooEarly):
        licences.renew(licence, opens - timedelta(days=1), False, RULES)
    assert licences.renew(licence, opens, False, RULES).term == "second"
    assert licences.renew(licence, date(2027, 2, 28), False, RULES).term == "second"
    with pytest.raises(LicenceLapsed):
        licences.renew(licence, date(2027, 3, 1), False, RULES)


@pytest.mark.rule("transport.licence-recovery-years", "domain-24")
def test_a_licence_cancelled_for_late_renewal_comes_back_by_examination_within_two_years() -> None:
    with pytest.raises(NotYetLapsed):
        licences.cancel(issued(), date(2027, 2, 28), "late-renewal", RULES)
    cancelled = licences.cancel(issued(), date(2027, 3, 1), "late-renewal", RULES)
    assert cancelled.state_until == date(2029, 3, 1)
    with pytest.raises(ExaminationRequired):
        licences.restore(cancelled, date(2028, 1, 1), None, False, RULES)
    back = licences.restore(cancelled, date(2029, 3, 1), date(2029, 2, 1), False, RULES)
    assert (back.state, back.valid_from, back.valid_until) == ("valid", date(2029, 3, 1), date(2035, 3, 1))
    with pytest.raises(RecoveryPeriodOver):
        licences.restore(cancelled, date(2029, 3, 2), date(2029, 2, 1), False, RULES)


def test_a_death_that_was_wrongly_reported_gives_the_licence_back() -> None:
    cancelled = licences.cancel(issued(), date(2021, 1, 1), "death", RULES)
    assert licences.restore(cancelled, date(2021, 2, 1), None, True, RULES).state == "valid"


@pytest.mark.rule("transport.licence-suspension-months", "domain-24")
def test_a_suspension_ends_with_its_term_or_by_a_remedy() -> None:
    suspended = licences.suspend(issued(), date(2021, 1, 31), date(2021, 3, 1), RULES)
    with pytest.raises(TermNotOver):
        licences.restore(suspended, date(2021, 3, 1), None, False, RULES)
    assert licences.restore(suspended, date(2021, 3, 1), None, True, RULES).state == "valid"
    assert licences.restore(suspended, date(2021, 3, 2), None, False, RULES).state == "valid"
    for until in (date(2021, 2, 27), date(2021, 8, 1)):
        with pytest.raises(TermOutOfBounds):
            licences.suspend(issued(), date(2021, 1, 31), until, RULES)


@pytest.mark.rule("transport.licence-annulment-bar-years", "domain-24")
def test_one_live_licence_a_person_and_none_while_barred() -> None:
    with pytest.raises(LicenceExists):
        licences.may_be_issued([issued()], date(2021, 1, 1))
    annulled = licences.annul(issued(), date(2021, 1, 1), RULES)
    with pytest.raises(HolderBarred):
        licences.may_be_issued([annulled], date(2024, 1, 1))
    licences.may_be_issued([annulled], date(2024, 1, 2))
    for_life = licences.revoke(issued(), date(2021, 1, 1), None)
    with pytest.raises(HolderBarred):
        licences.may_be_issued([for_life], date(2090, 1, 1))


@given(st.sets(st.sampled_from(CLASSES), min_size=1))
def test_classes_stand_in_the_norms_order(classes: set[str]) -> None:
    ordered = licences.ordered(classes)
    assert set(ordered) == classes
    assert list(ordered) == sorted(ordered, key=CLASSES.index)


class AnyDecisions(RuleBasedStateMachine):
    """Whatever is decided in whatever order: a refusal changes nothing, and what stands is a licence in law."""

    @initialize()
    def begin(self) -> None:
        self.today = ISSUED
        self.licence = issued()
        self.ended_for_good = False

    def attempt(self, after: object) -> None:
        before = self.licence
        try:
            self.licence = after()  # type: ignore[operator]  # a thunk, so that its refusal is caught here
        except Problem as refusal:
            assert refusal.status == 409
            assert self.licence is before
            return
        assert not self.ended_for_good, "a revoked or annulled licence never comes back"
        self.ended_for_good = self.licence.state in ("revoked", "annulled")

    @rule(days=st.integers(0, 900))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(twelve=st.booleans())
    def renew(self, twelve: bool) -> None:
        self.attempt(lambda: licences.renew(self.licence, self.today, twelve, RULES))

    @rule()
    def retain(self) -> None:
        self.attempt(lambda: licences.retain(self.licence, self.today))

    @rule(days=st.integers(1, 400))
    def suspend(self, days: int) -> None:
        self.attempt(lambda: licences.suspend(self.licence, self.today, self.today + timedelta(days=days), RULES))

    @rule()
    def stop_use(self) -> None:
        self.attempt(lambda: licences.stop_use(self.licence, self.today))

    @rule(years=st.one_of(st.none(), st.integers(1, 10)))
    def revoke(self, years: int | None) -> None:
        until = None if years is None else add_years(self.today, years)
        self.attempt(lambda: licences.revoke(self.licence, self.today, until))

    @rule()
    def annul(self) -> None:
        self.attempt(lambda: licences.annul(self.licence, self.today, RULES))

    @rule(reason=st.sampled_from(["own-request", "death", "incapacity", "health", "late-renewal"]))
    def cancel(self, reason: licences.CancellationReason) -> None:
        self.attempt(lambda: licences.cancel(self.licence, self.today, reason, RULES))

    @rule(examined=st.booleans(), overturned=st.booleans())
    def restore(self, examined: bool, overturned: bool) -> None:
        day = self.today if examined else None
        self.attempt(lambda: licences.restore(self.licence, self.today, day, overturned, RULES))

    @invariant()
    def it_is_a_licence_in_law(self) -> None:
        licence = self.licence
        assert licence.state_since <= self.today
        assert (licence.valid_until is None) == (licence.term == "unlimited")
        assert licence.valid_until is None or licence.valid_until > licence.valid_from
        assert (licence.cancellation_reason is not None) == (licence.state == "cancelled")
        if licence.state == "suspended":
            assert licence.state_until is not None and licence.state_until > licence.state_since
        if licence.state in LIVE and licence.state != "suspended":
            assert licence.state_until is None
        assert replace(licence) == licence


TestAnyDecisions = AnyDecisions.TestCase
