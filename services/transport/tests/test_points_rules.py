"""Points as the norms say, without a database: cycles, what passes on, study; each changed rule on both sides of its day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onewindow_contracts import loader
from onewindow_contracts.errors import NotYetInForce
from transport.domain.days import add_months
from transport.domain.problems import UnknownCode
from transport.domain.roads import points
from transport.domain.roads.ages import question
from transport.domain.roads.points import Given
from transport.domain.roads.problems import NoPoints, ReductionLimit, RoadTestRequired, StudyTooShort
from transport.domain.roads.violations import Violation, due
from transport.service.roads import rules
from transport.service.rules import Rules

OLD, NEW = date(2022, 3, 31), date(2022, 4, 1)
RULES = Rules(loader.load())


@pytest.mark.rule("transport.points-cycle-months", "domain-22")
@given(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    st.integers(0, 40),
    st.integers(0, 364),
)
def test_cycles_follow_each_other_from_the_first_licence(first: date, years: int, more: int) -> None:
    day = add_months(first, 12 * years) + timedelta(days=more)
    span = points.span(first, day, rules.cycle_months(RULES, NEW))
    assert span.starts_on <= day <= span.ends_on
    after = points.span(first, span.ends_on + timedelta(days=1), 12)
    assert after.starts_on == span.ends_on + timedelta(days=1)
    assert add_months(first, (span.starts_on.year - first.year) * 12) == span.starts_on


PAID, OPEN = Given("paid", 3, date(2022, 1, 10)), Given("open", 6, None)
LATE = Given("late", 1, date(2023, 1, 1))


@pytest.mark.rule("transport.points-carry", "domain-22")
@pytest.mark.parametrize(
    ("ends_on", "given", "passing"),
    [
        (OLD, [PAID, OPEN], ["paid", "open"]),
        (NEW, [PAID, OPEN], ["open"]),
        (OLD, [PAID], []),
        (NEW, [PAID], []),
        (NEW, [PAID, LATE], ["late"]),
    ],
)
def test_unpaid_points_pass_on_and_before_order_163_all_did(ends_on, given, passing) -> None:
    stand = sum(each.points for each in given)
    rule = rules.carry(RULES, ends_on)
    assert [each.violation for each in points.passing_on(given, stand, ends_on, 12, rule)] == passing


@pytest.mark.rule("transport.points-full", "domain-23")
def test_twelve_points_do_not_clear_by_waiting() -> None:
    given = [Given("a", 12, date(2023, 1, 1))]
    full = rules.full(RULES, NEW)
    assert points.passing_on(given, 12, date(2023, 12, 31), full, "unpaid") == given


@pytest.mark.rule("transport.violation-points", "domain-22")
@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [("phone", 2, 3), ("plate-covered", 12, 9), ("speeding-half", 12, 6), ("wrong-lane", 2, 1)],
)
def test_a_violation_costs_what_it_cost_on_its_day(kind: str, before: int, after: int) -> None:
    assert rules.penalty(RULES, kind, OLD).points == before
    assert rules.penalty(RULES, kind, NEW).points == after


def test_there_are_twelve_nine_six_three_and_one() -> None:
    kinds = RULES.contracts.codelists["transport.violation-kinds"].codes
    assert {rules.penalty(RULES, kind, NEW).points for kind in kinds} == {0, 1, 3, 6, 9, 12}
    with pytest.raises(UnknownCode):
        rules.penalty(RULES, "flying", NEW)
    with pytest.raises(NotYetInForce):
        rules.penalty(RULES, "phone", date(2001, 1, 1))


@pytest.mark.rule("transport.points-reduction-most", "transport.points-reductions", "domain-22")
def test_six_points_a_cycle_may_be_taken_off_and_none_before_order_163() -> None:
    with pytest.raises(ReductionLimit):
        points.reduce(6, 1, 0, rules.reduction_most(RULES, OLD))
    most = rules.reduction_most(RULES, NEW)
    assert points.reduce(6, rules.reduction(RULES, "classroom-study", NEW), 4, most) == 2
    with pytest.raises(ReductionLimit):
        points.reduce(6, 2, 5, most)
    with pytest.raises(NoPoints):
        points.reduce(0, 1, 0, most)
    assert points.reduce(1, 2, 0, most) == 1, "not below none"
    with pytest.raises(NotYetInForce):
        rules.reduction(RULES, "volunteer", OLD)


@pytest.mark.rule(
    "transport.full-study-days", "transport.full-large-classes", "transport.full-road-test-from", "domain-23"
)
@pytest.mark.parametrize(
    ("on", "classes", "times", "stand", "days", "road_test"),
    [
        (NEW, ["C1"], 1, 12, 7, False),
        (NEW, ["C1"], 2, 12, 14, True),
        (NEW, ["C1"], 1, 24, 14, True),
        (NEW, ["C1"], 20, 12, 60, True),
        (NEW, ["B2", "C1"], 1, 12, 30, False),
        (NEW, ["A1"], 9, 12, 120, True),
        (OLD, ["A1"], 1, 12, 7, False),
        (OLD, ["C1"], 3, 12, 7, True),
    ],
)
def test_twelve_points_cost_days_of_study(on, classes, times, stand, days, road_test) -> None:
    duty = points.duty(times, stand, rules.full(RULES, on), classes, rules.full_rules(RULES, on))
    assert (duty.study_days, duty.road_test) == (days, road_test)
    points.fulfilled(duty, days, road_test)
    with pytest.raises(StudyTooShort):
        points.fulfilled(duty, days - 1, True)
    if road_test:
        with pytest.raises(RoadTestRequired):
            points.fulfilled(duty, days, False)


@pytest.mark.rule("transport.probation-months", "domain-23")
def test_a_class_is_in_probation_for_its_first_year() -> None:
    first, added, months = date(2020, 5, 6), {"D": date(2025, 1, 1)}, rules.probation_months(RULES, NEW)
    classes = ("C1", "D")
    assert points.on_probation(classes, first, {}, date(2021, 5, 5), months) == classes
    assert points.on_probation(classes, first, {}, date(2021, 5, 6), months) == ()
    assert points.on_probation(classes, first, added, date(2025, 12, 31), months) == ("D",)


@pytest.mark.rule("transport.fine-surcharge")
def test_the_surcharge_has_a_limit_since_2012() -> None:
    violation = Violation(0, 10000, "o", None, date(2000, 1, 1), state="accepted", pay_by=date(2011, 1, 1))
    assert due(violation, date(2011, 1, 1), rules.surcharge(RULES, date(2011, 1, 1))) == 10000
    assert due(violation, date(2011, 12, 31), rules.surcharge(RULES, date(2011, 12, 31))) == 10000 + 364 * 300
    assert due(violation, date(2012, 1, 1), rules.surcharge(RULES, date(2012, 1, 1))) == 20000


@pytest.mark.rule("transport.licence-ages", "domain-24")
@pytest.mark.parametrize(
    ("on", "classes", "least", "below"),
    [
        (OLD, ["A1"], 26, 50),
        (NEW, ["A1"], 22, 60),
        (OLD, ["C1"], 18, 70),
        (NEW, ["C1"], 18, None),
        (NEW, ["C1", "B2"], 20, 60),
    ],
)
def test_each_class_has_its_ages(on, classes, least, below) -> None:
    asked = question(classes, RULES.value("licence-ages", on))
    assert (asked.least, asked.below) == (least, below)
