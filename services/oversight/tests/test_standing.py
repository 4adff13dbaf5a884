"""Reminders and escalation, whatever anybody does on whatever days: nothing is late unseen, nobody acts out of turn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from onewindow_contracts import loader
from onewindow_contracts.calendar import WorkingDays
from onewindow_kit.problems import Problem
from oversight.domain.problems import MatterClosed, NotEscalated
from oversight.domain.standing import Standing, Terms

CALENDAR = WorkingDays.of(loader.load())
AFTER = CALENDAR.after
START = date(2026, 9, 20)  # weekends, Mid-Autumn and National Day lie ahead


class Matter(RuleBasedStateMachine):
    """A matter over the days: the day's duty runs on most of them, people act when they like."""

    duty = staticmethod(Standing.step)

    @initialize(
        office=st.integers(4, 20), supervisor=st.integers(3, 15), reminder=st.integers(1, 3), start=st.integers(0, 14)
    )
    def open(self, office: int, supervisor: int, reminder: int, start: int) -> None:
        self.terms = Terms(office, supervisor, reminder, 10)
        self.today = START + timedelta(days=start)
        self.at = Standing.opened(self.today, self.terms, AFTER)
        self.opened_on = self.today
        self.seen = [self.at]

    def _to(self, after: Standing) -> None:
        self.at = after
        self.seen.append(after)

    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        """However long the process was down: what is due is done on the day when it is there again."""
        self.today += timedelta(days=days)
        steps = 0
        while (after := type(self).duty(self.at, self.today, self.terms, AFTER)) is not None:
            self._to(after)
            steps += 1
            assert steps <= 3, "a day brings about at most an escalation, a reminder and an end"
        assert type(self).duty(self.at, self.today, self.terms, AFTER) is None, "doing it twice changes nothing"
        # what nobody looked after today cannot be overdue and nobody's
        if self.at.state == "open":
            assert self.at.escalated_on is not None or self.today <= self.at.due
            if self.today > self.at.due:
                assert self.at.reminded_on is not None, "a late supervisor is reminded"
            elif AFTER(self.today, self.terms.reminder) >= self.at.due:
                assert self.at.reminded_on is not None, "near its end somebody was reminded"
        if self.at.state == "answered":
            assert self.today <= self.at.due

    @rule(supervisor=st.booleans())
    def answer(self, supervisor: bool) -> None:
        before = self.at
        try:
            self._to(before.answered(self.today, self.terms, AFTER, supervisor=supervisor))
        except MatterClosed:
            assert before.state != "open"
        except NotEscalated:
            assert supervisor and before.escalated_on is None
        else:
            assert self.at.state == ("closed" if supervisor else "answered")

    @rule(accepted=st.booleans())
    def judge(self, accepted: bool) -> None:
        before = self.at
        try:
            self._to(before.judged(self.today, self.terms, AFTER, accepted=accepted))
        except Problem:
            assert before.state != "answered"
        else:
            assert accepted or (self.at.state == "open" and self.at.escalated_on == self.today)

    @rule()
    def withdraw(self) -> None:
        before = self.at
        try:
            self._to(before.withdrawn())
        except MatterClosed:
            assert not before.is_pending

    @invariant()
    def what_was_never_comes_back(self) -> None:
        for before, after in zip(self.seen, self.seen[1:], strict=False):
            assert before.is_pending, "what is over stays over"
            assert after.reminders >= before.reminders
            assert before.escalated_on is None or after.escalated_on is not None
            assert after.state != "open" or after.due >= self.opened_on
            assert CALENDAR.is_working_day(after.due)


Matter.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestMatter = Matter.TestCase


def forgets_to_escalate(at: Standing, on: date, terms: Terms, after: Any) -> Standing | None:
    to = at.step(on, terms, after)
    return None if to is not None and to.escalated_on != at.escalated_on else to


def forgets_to_remind(at: Standing, on: date, terms: Terms, after: Any) -> Standing | None:
    to = at.step(on, terms, after)
    return None if to is not None and to.reminders != at.reminders else to


@pytest.mark.parametrize("defect", [forgets_to_escalate, forgets_to_remind])
def test_a_duty_that_forgets_is_found_out(defect: Any) -> None:
    class Broken(Matter):
        duty = staticmethod(defect)

    # found is enough: it need not be made small
    found = settings(
        max_examples=1000,  # few runs leave a matter alone until it is late
        stateful_step_count=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        report_multiple_bugs=False,
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Broken, settings=found)


@pytest.mark.rule("oversight.question-days", "oversight.dispute-days")
def test_an_office_has_its_term_in_working_days() -> None:
    parameters = loader.load().parameters
    for name, days in (("question", 15), ("dispute", 20)):
        assert parameters[f"oversight.{name}-days"].value(START) == days
    thursday = date(2026, 9, 24)
    at = Standing.opened(thursday, Terms(3, 10, 1, 15), AFTER)
    assert at.due == date(2026, 9, 30), "Mid-Autumn and the weekend don't count"
    assert at.step(at.due, Terms(3, 10, 1, 15), AFTER) is not None and at.escalated_on is None


@pytest.mark.rule("oversight.supervisor-days", "oversight.reminder-days", "oversight.contest-days")
def test_a_reminder_comes_before_the_end_and_the_supervisor_the_day_after_it() -> None:
    on = date(2026, 11, 2)
    terms = Terms(15, 10, 3, 15)
    at = Standing.opened(on, terms, AFTER)
    assert at.step(AFTER(on, 11), terms, AFTER) is None
    reminded = at.step(AFTER(on, 12), terms, AFTER)
    assert reminded is not None and reminded.reminders == 1
    assert reminded.step(at.due, terms, AFTER) is None
    late = at.due + timedelta(days=1)
    escalated = reminded.step(late, terms, AFTER)
    assert escalated is not None and (escalated.escalated_on, escalated.due) == (late, AFTER(late, 10))
    answered = at.answered(on, terms, AFTER, supervisor=False)
    assert answered.due == AFTER(on, 15) and answered.step(answered.due, terms, AFTER) is None
