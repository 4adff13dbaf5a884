"""The lottery's dated parameters. A pool is judged by the rules of the day on which it was opened."""

from __future__ import annotations

from datetime import date, timedelta

from transport.service.rules import Rules


def least_parties(rules: Rules, on: date) -> int:
    return rules.contracts.parameter("transport.lottery-parties", on)


def reveal_time(rules: Rules, on: date) -> timedelta:
    """At least so long after the freeze the public value becomes known."""
    return timedelta(seconds=rules.contracts.parameter("transport.lottery-reveal-seconds", on))


def insured_months(rules: Rules, on: date) -> int:
    return rules.contracts.parameter("transport.lottery-insured-months", on)


def divisions(rules: Rules, on: date) -> tuple[str, ...]:
    """Leading digits of the divisions whose residents count as registered here."""
    return tuple(rules.contracts.parameter("transport.lottery-divisions", on))


def ladder(rules: Rules, on: date) -> dict[int, int]:
    """Weight from so many rounds without luck on."""
    steps = rules.contracts.parameter("transport.lottery-ladder", on)
    return {int(rounds): weight for rounds, weight in steps.items()}


def quota_months(rules: Rules, on: date) -> int:
    return rules.contracts.parameter("transport.quota-months", on)


def bar_years(rules: Rules, on: date) -> int:
    return rules.contracts.parameter("transport.quota-bar-years", on)


def plate_types(rules: Rules, on: date) -> tuple[str, ...]:
    """Of which cars a quota is used up; of none before there were quotas."""
    parameter = rules.contracts.parameters["transport.quota-plate-types"]
    return tuple(parameter.value(on)) if on >= parameter.values[0].since else ()


def required(rules: Rules, on: date) -> bool:
    """Whether a natural person needs a quota for such a car."""
    return rules.contracts.parameter("transport.quota-required", on)
