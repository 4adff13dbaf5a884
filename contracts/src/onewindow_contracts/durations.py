"""ISO 8601 durations of days, hours, minutes and seconds, as topic files write them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def duration(text: Any) -> timedelta | None:
    """None for anything else, years and months included: they have no fixed length."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def milliseconds(text: Any) -> int:
    """For Kafka's settings; ValueError when ``text`` is no such duration."""
    found = duration(text)
    if found is None:
        raise ValueError(f"{text!r} is no duration of days, hours, minutes, seconds")
    return int(found / timedelta(milliseconds=1))
