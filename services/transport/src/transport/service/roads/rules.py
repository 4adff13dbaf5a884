"""Dated parameters of the road as the values that the domain asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from transport.domain.problems import UnknownCode
from transport.domain.roads.points import Carry, FullRules
from transport.domain.roads.violations import Surcharge
from transport.service.rules import Rules


@dataclass(frozen=True, slots=True)
class Penalty:
    points: int
    fine: int


def penalty(rules: Rules, kind: str, occurred_on: date) -> Penalty:
    """What a kind of violation costs by the rules of the day it happened; UnknownCode for one that there was not."""
    rules.code("violation-kinds", kind, occurred_on)
    points, fines = rules.value("violation-points", occurred_on), rules.value("violation-fines", occurred_on)
    if kind not in points or kind not in fines:
        raise UnknownCode
    return Penalty(points[kind], fines[kind])


def surcharge(rules: Rules, on: date) -> Surcharge:
    return Surcharge(**rules.value("fine-surcharge", on))


def respond_by(rules: Rules, on: date) -> date:
    """Last day to accept or to object when the term begins on ``on``."""
    return rules.working_days_after(on, rules.value("violation-response-days", on))


def pay_by(rules: Rules, on: date) -> date:
    """Last day to pay without a surcharge: calendar days, for this is no office's term."""
    return on + timedelta(days=rules.value("fine-payment-days", on))


def full(rules: Rules, on: date) -> int:
    return rules.value("points-full", on)


def cycle_months(rules: Rules, on: date) -> int:
    return rules.value("points-cycle-months", on)


def carry(rules: Rules, ends_on: date) -> Carry:
    return rules.value("points-carry", ends_on)


def full_rules(rules: Rules, full_on: date) -> FullRules:
    days = rules.value("full-study-days", full_on)
    return FullRules(
        **days,
        large_classes=rules.value("full-large-classes", full_on),
        road_test_from=rules.value("full-road-test-from", full_on),
    )


def probation_months(rules: Rules, on: date) -> int:
    return rules.value("probation-months", on)


def reduction(rules: Rules, means: str, on: date) -> int:
    """How many points one act of study or volunteering is worth."""
    rules.code("reduction-means", means, on)
    return rules.value("points-reductions", on)[means]


def reduction_most(rules: Rules, on: date) -> int:
    return rules.value("points-reduction-most", on)
