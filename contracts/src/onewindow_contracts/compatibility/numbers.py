"""Dated parameters: what was the rule on a day of the past stays so, for the cases that were judged by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onewindow_contracts.entries import Parameter
from onewindow_contracts.errors import NotYetInForce
from onewindow_contracts.loader import Contracts


def numbers(before: Contracts, after: Contracts, today: date | None = None) -> Iterator[str]:
    """What became of each parameter's values up to ``today``; what was announced for later may still change."""
    today = today or date.today()
    for name, old in before.parameters.items():
        new = after.parameters.get(name)
        if new is None:
            yield f"{name}: the parameter is gone, and with it the rule of old cases"
            continue
        for since in sorted({v.since for p in (old, new) for v in p.values if v.since <= today}):
            was, now = _value(old, since), _value(new, since)
            if was is not None and now != was:
                yield f"{name}: on {since} it was {was[0]}, now it says {now[0] if now else 'nothing'}"


def _value(parameter: Parameter, on: date) -> tuple[object] | None:
    try:
        return (parameter.value(on),)
    except NotYetInForce:
        return None
