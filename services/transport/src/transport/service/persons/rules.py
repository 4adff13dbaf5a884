"""How long the office has to decide whose a record is."""

from __future__ import annotations

from datetime import date

from transport.service.rules import Rules


def review_by(rules: Rules, on: date) -> date:
    return rules.working_days_after(on, rules.value("review-decision-days", on))
